"""Text of an OpenDocument text (ODT) as a person sees it, and apart from it what nobody sees.

Runs only in the limited process. Nothing outside the file is opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from interview_platform.adapters import resume_colour as colours
from interview_platform.adapters.resume_found import Found
from interview_platform.adapters.resume_kind import ODT
from interview_platform.adapters.resume_odt_looks import DRAW, HREF, OFFICE, STYLE, TEXT, Look, Looks, placed
from interview_platform.adapters.resume_zip import Element, Parts
from interview_platform.errors import ResumeUnreadable

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_SKIPPED = frozenset(
    {
        OFFICE + "forms",
        TEXT + "sequence-decls",
        TEXT + "variable-decls",
        TEXT + "user-field-decls",
        TEXT + "note-citation",
    }
    | {TEXT + "alphabetical-index-mark", _TABLE + "shapes", DRAW + "image", DRAW + "object", OFFICE + "event-listeners"}
)
_TINY_POINTS = 3.0
_MOST_SPACES = 200
_LONG_TITLE = 100


def read(parts: Parts) -> dict[str, Any]:
    """The shape of resume_text. Raises ResumeUnreadable."""
    if b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise ResumeUnreadable("", "encrypted")
    kind = parts.read("mimetype")
    if kind.strip() and b"opendocument.text" not in kind:
        other = {b"spreadsheet": "spreadsheet", b"presentation": "slides"}
        raise ResumeUnreadable("", next((said for word, said in other.items() if word in kind), "archive"))
    content = parts.tree("content.xml")
    root = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
    if content is None or root is None:
        raise ResumeUnreadable("", "wrong_kind")
    found = Found()
    styles = parts.tree("styles.xml")
    reader = _Reader(Looks(content, styles), found)
    heads, feet = reader.edges(styles)
    pages = "\n\n".join(filter(None, [*heads, reader.text(root), *feet])).split("\f")
    _metadata(parts.tree("meta.xml"), found)
    return {
        "page_texts": pages,
        "media_type": ODT,
        "pages": _pages(parts) or len(pages),
        "warnings": found.warnings(),
        "unseen": found.unseen(),
        "checked": True,
        "links": reader.links,
    }


def _metadata(root: Element | None, found: Found) -> None:
    """Words among the properties, which no page shows."""
    for entry in () if root is None else root.iter():
        text = (entry.text or "").strip()
        wanted = entry.tag in (_DC + "description", _DC + "subject", _META + "keyword")
        spoken = entry.tag == _META + "user-defined" and text.count(" ") >= 2
        if wanted or spoken or (entry.tag == _DC + "title" and len(text) > _LONG_TITLE):
            found.add("metadata", text + "\n" if text else "")


def _pages(parts: Parts) -> int:
    found = re.search(rb'page-count="(\d{1,4})"', parts.read("meta.xml"))
    return int(found.group(1)) if found else 0


@dataclass(frozen=True)
class _Around:
    """What text stands in: how it looks, and why nobody sees it (or None)."""

    look: Look
    why: str | None = None


class _Reader:
    """Walks the document; a form feed stands where a page began when it was last shown."""

    def __init__(self, looks: Looks, found: Found) -> None:
        self._looks = looks
        self._found = found
        self._page = 1
        self.links: list[str] = []

    def text(self, root: Element) -> str:
        """The lines below."""
        return "\n".join(self._blocks(root, _Around(self._looks.default))).strip("\n")

    def edges(self, styles: Element | None) -> tuple[list[str], list[str]]:
        """Headers and footers of the page styles that are used."""
        shown: tuple[list[str], list[str]] = ([], [])
        for master in () if styles is None else styles.iter(STYLE + "master-page"):
            used = self._looks.uses_page(master.get(STYLE + "name", ""))
            for texts, name in zip(shown, ("header", "footer"), strict=True):
                for edge in master.findall(STYLE + name):
                    if edge.get(STYLE + "display") == "false" or not used:
                        self._found.add("unused_part", "\n".join(_all_text(edge)) + "\n")
                    elif (text := self.text(edge)) not in texts:
                        texts.append(text)
        return shown

    def _blocks(self, element: Element, around: _Around) -> list[str]:
        lines: list[str] = []
        for child in element:
            if child.tag in (TEXT + "p", TEXT + "h"):
                lines.extend(self._paragraph(child, around))
            elif child.tag == _TABLE + "table":
                lines.extend(self._table(child, around))
            elif child.tag == TEXT + "list-item":
                inner = self._blocks(child, around)
                lines.extend(["• " + inner[0].lstrip("• "), *inner[1:]] if inner and inner[0].strip() else inner)
            elif child.tag == TEXT + "tracked-changes":
                self._deletions(child)
            elif child.tag == TEXT + "soft-page-break":
                self._page += 1
                lines.append("\f")
            elif child.tag == DRAW + "frame" or child.tag == DRAW + "text-box":
                lines.extend(self._frame(child, around))
            elif child.tag not in _SKIPPED:
                lines.extend(self._blocks(child, self._in_section(child, around)))
        return lines

    def _in_section(self, element: Element, around: _Around) -> _Around:
        if element.tag == TEXT + "section" and element.get(TEXT + "display") == "none":
            return replace(around, why=around.why or "hidden_run")
        return around

    def _table(self, table: Element, around: _Around) -> list[str]:
        """Cells of one line each make one line; longer cells are columns and are read one after the other."""
        lines: list[str] = []
        for row in table.iter(_TABLE + "table-row"):
            hidden = row.get(_TABLE + "visibility") in ("collapse", "filter")
            here = replace(around, why=around.why or ("hidden_run" if hidden else None))
            cells = []
            for cell in row.findall(_TABLE + "table-cell"):
                look = here.look | self._looks.cell(cell.get(_TABLE + "style-name"))
                cells.append([line for line in self._blocks(cell, replace(here, look=look)) if line])
            if all(len(cell) <= 1 for cell in cells):
                lines.append("\t".join(cell[0] for cell in cells if cell))
            else:
                lines.extend(line for cell in cells for line in [*cell, ""])
        return lines

    def _frame(self, frame: Element, around: _Around) -> list[str]:
        """A text box; what its picture is described with is not seen."""
        for tag in ("title", "desc"):
            said = frame.findtext(_SVG + tag, "")
            self._found.add("alt_text", said + "\n" if said else "", self._page)
        why = around.why or placed(frame)
        look = around.look | self._looks.frame(frame.get(DRAW + "style-name"))
        return self._blocks(frame, _Around(look, why))

    def _paragraph(self, paragraph: Element, around: _Around) -> list[str]:
        look = around.look | self._looks.style("paragraph", paragraph.get(TEXT + "style-name"))
        pieces: list[str] = []
        drawn: list[str] = []
        unseen: dict[str, list[str]] = {}
        self._inline(paragraph, replace(around, look=look), pieces, drawn, unseen)
        for kind, texts in unseen.items():
            self._found.add(kind, "".join(texts) + "\n", self._page)
        return ["".join(pieces).strip(" \t\n"), *drawn]

    def _inline(
        self,
        element: Element,
        around: _Around,
        pieces: list[str],
        drawn: list[str],
        unseen: dict[str, list[str]],
    ) -> None:
        self._say(_collapsed(element.text), around, pieces, unseen)
        for child in element:
            if child.tag == TEXT + "span":
                look = around.look | self._looks.style("text", child.get(TEXT + "style-name"))
                self._inline(child, replace(around, look=look), pieces, drawn, unseen)
            elif child.tag in (DRAW + "frame", DRAW + "custom-shape", DRAW + "text-box", DRAW + "rect"):
                drawn.extend(self._frame(child, _Around(self._looks.default, around.why)))
            elif child.tag == OFFICE + "annotation":
                self._found.add("comment", "\n".join(_all_text(child)) + "\n", self._page)
            elif child.tag == TEXT + "note":
                body = child.find(TEXT + "note-body")
                drawn.extend(self._blocks(body, _Around(self._looks.default, around.why)) if body is not None else ())
            elif child.tag not in _SKIPPED:
                self._say(self._mark(child), around, pieces, unseen)
                self._inline(child, self._hidden_field(child, around), pieces, drawn, unseen)
            self._say(_collapsed(child.tail), around, pieces, unseen)

    def _mark(self, element: Element) -> str:
        """What an empty element stands for; and the address behind a link is noted."""
        if element.tag == TEXT + "s":
            count = element.get(TEXT + "c", "1")
            return " " * min(int(count) if count.isdigit() else 1, _MOST_SPACES)
        if element.tag == TEXT + "soft-page-break":
            self._page += 1
            return "\f"
        address = element.get(HREF, "")
        if element.tag == TEXT + "a" and re.match(r"(?i)https?://|mailto:", address) and len(address) <= 500:
            self.links.append(address)
        return {TEXT + "tab": "\t", TEXT + "line-break": "\n"}.get(element.tag, "")

    def _hidden_field(self, element: Element, around: _Around) -> _Around:
        hides = (
            element.tag in (TEXT + "hidden-text", TEXT + "hidden-paragraph") or element.get(TEXT + "display") == "none"
        )
        if hides and element.get(TEXT + "is-hidden", "true") == "true":
            return replace(around, why=around.why or "hidden_run")
        return around

    def _say(self, text: str, around: _Around, pieces: list[str], unseen: dict[str, list[str]]) -> None:
        why = around.why or (_unseen(around.look) if text.strip() else None)
        if why is None:
            pieces.append(text)
        elif text:
            unseen.setdefault(why, []).append(text.replace("\f", ""))
            pieces.extend("\f" * text.count("\f"))

    def _deletions(self, changes: Element) -> None:
        for deletion in changes.iter(TEXT + "deletion"):
            self._found.add("deleted", "\n".join(_all_text(deletion)) + "\n", self._page)


def _unseen(look: Look) -> str | None:
    """Why nobody sees text that looks like this, or None."""
    if look.get("hidden"):
        return "hidden_run"
    if look.get("no_ink"):
        return "invisible"
    if look.get("flat") or look.get("size", 99.0) <= _TINY_POINTS or look.get("scale", 100.0) <= 15:
        return "tiny"
    if look.get("off_page"):
        return "off_page"
    colour, fill = look.get("colour"), look.get("fill", colours.WHITE)
    if colour is not None and isinstance(fill, tuple) and colours.alike(colour, fill):
        return "same_colour"
    return None


def _collapsed(text: str | None) -> str:
    """Runs of white space count as one, as the format says."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _all_text(element: Element) -> list[str]:
    return ["".join(paragraph.itertext()) for paragraph in element.iter(TEXT + "p")]
