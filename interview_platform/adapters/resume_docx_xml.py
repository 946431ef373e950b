"""The XML of a DOCX part: its names, switches and numbers, and what stands where alternatives do. For resume_docx."""

from __future__ import annotations

import re

from interview_platform.adapters.resume_zip import Element, Parts, safe_tree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNDERSTOOD = re.compile(r"(w|wp|wps|wpg|wpc|wpi|wne|w1[0-9]\w*|wp14|a14|am3d|cx\d*|v|o)( |$)")
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": A[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}


def tree(parts: Parts, name: str) -> Element | None:
    """A part with the strict variant's names made the usual ones."""
    xml = parts.read(name)
    for strict, usual in _STRICT.items():
        xml = xml.replace(strict, usual)
    return safe_tree(xml) if xml.strip() else None


def on(element: Element | None) -> bool:
    """Whether a switch such as <w:vanish/> is set."""
    return element is not None and element.get(W + "val", "1") not in ("0", "false", "off", "none")


def number(element: Element | None, name: str = "val") -> int | None:
    """A whole number in an attribute, or None."""
    value = "" if element is None else element.get(W + name, "")
    return int(value) if re.fullmatch(r"-?\d{1,7}", value) else None


def children(element: Element) -> list[Element]:
    """The children, of two alternatives the one a word processor of today shows."""
    found: list[Element] = []
    for child in element:
        if child.tag != MC + "AlternateContent":
            found.append(child)
            continue
        choice = next(
            (one for one in child.findall(MC + "Choice") if _UNDERSTOOD.match(one.get("Requires", "w"))), None
        )
        taken = choice if choice is not None else child.find(MC + "Fallback")
        found.extend(() if taken is None else taken)
    return found


def inner(element: Element, name: str) -> list[Element]:
    """Rows of a table or cells of a row, in order, those in content controls and insertions too."""
    found: list[Element] = []
    for child in element:
        if child.tag == W + name:
            found.append(child)
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml", W + "moveTo"):
            found.extend(inner(child, name))
    return found
