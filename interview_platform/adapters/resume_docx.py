"""Text of a DOCX as a person sees it. Runs only inside the limited child process (resume_text).

The XML is read directly: no document type declarations, so no entities; nothing outside the file is opened.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from interview_platform.errors import ResumeUnreadable

MOST_UNPACKED = 60_000_000
MOST_RATIO = 200
MOST_PARTS = 3_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SKIPPED = frozenset(
    {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}  # the same text box once more
    | {_W + name for name in ("del", "moveFrom", "instrText", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr")}
)
_TINY_HALF_POINTS = 5
_NOT_SEEN = {
    "hidden_run": "characters marked as hidden text",
    "same_colour": "characters in white on white",
    "tiny": "characters too small to read",
}


def read(content: bytes) -> dict[str, Any]:
    """{"text", "pages", "warnings"}. Raises ResumeUnreadable."""
    with _opened(content) as archive:
        names = archive.namelist()
        if "word/document.xml" not in names:
            raise ResumeUnreadable("", "wrong_kind")
        reader = _Reader(_styles(archive, names))
        parts = [*_like(names, "header"), "word/document.xml", *_like(names, "footer")]
        text = "\n\n".join(filter(None, (reader.text(_tree(archive.read(name))) for name in parts)))
        pages = _pages(archive, names)
    warnings = [
        {"kind": kind, "detail": f"{count} {_NOT_SEEN[kind]} were left out.", "count": count}
        for kind, count in sorted(reader.hidden.items())
    ]
    return {"text": text, "pages": pages, "warnings": warnings}


def _opened(content: bytes) -> zipfile.ZipFile:
    """The archive, its sizes checked from the directory before anything is unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ResumeUnreadable("", "damaged") from error
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise ResumeUnreadable("", "zip_bomb")
    if any(entry.file_size > 1_000_000 and entry.file_size > MOST_RATIO * entry.compress_size for entry in entries):
        raise ResumeUnreadable("", "zip_bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ResumeUnreadable("", "encrypted")
    return archive


def _like(names: list[str], part: str) -> list[str]:
    return sorted(name for name in names if re.fullmatch(rf"word/{part}\d*\.xml", name))


def _tree(xml: bytes) -> ElementTree.Element:
    """Parsed XML; a document type declaration (entities, files outside) is refused before parsing."""
    guard = expat.ParserCreate()

    def refuse(*_: Any) -> None:
        raise ResumeUnreadable("", "unsafe")

    guard.StartDoctypeDeclHandler = refuse
    guard.Parse(xml, True)
    return ElementTree.fromstring(xml.replace(_STRICT.encode(), _W[1:-1].encode()))  # noqa: S314


def _pages(archive: zipfile.ZipFile, names: list[str]) -> int:
    """As the word processor counted them when it saved; 0 when it did not say."""
    if "docProps/app.xml" not in names:
        return 0
    found = re.search(rb"<Pages>(\d{1,4})</Pages>", archive.read("docProps/app.xml"))
    return int(found.group(1)) if found else 0


def _styles(archive: zipfile.ZipFile, names: list[str]) -> dict[str, str]:
    """Styles whose text nobody sees, and why."""
    if "word/styles.xml" not in names:
        return {}
    found = {}
    for style in _tree(archive.read("word/styles.xml")).iter(_W + "style"):
        reason = _unseen(style.find(_W + "rPr"))
        if reason:
            found[style.get(_W + "styleId", "")] = reason
    return found


def _unseen(properties: ElementTree.Element | None) -> str | None:
    """Why nobody sees a run with these properties, or None."""
    if properties is None:
        return None
    vanish = properties.find(_W + "vanish")
    if vanish is not None and vanish.get(_W + "val", "1") not in ("0", "false", "off"):
        return "hidden_run"
    size = properties.find(_W + "sz")
    if size is not None and size.get(_W + "val", "").isdigit() and int(size.get(_W + "val", "0")) <= _TINY_HALF_POINTS:
        return "tiny"
    colour = properties.find(_W + "color")
    if colour is not None and re.fullmatch(r"(?i)f[a-f0-9]f[a-f0-9]f[a-f0-9]", colour.get(_W + "val", "")):
        return "same_colour"
    return None


def _shaded(properties: ElementTree.Element | None) -> bool:
    """Whether a fill stands behind, so that white text can be read."""
    shade = None if properties is None else properties.find(_W + "shd")
    return shade is not None and shade.get(_W + "fill", "auto").lower() not in ("auto", "ffffff")


class _Reader:
    """Walks a part's paragraphs and tables."""

    def __init__(self, hidden_styles: dict[str, str]) -> None:
        self.hidden: Counter[str] = Counter()
        self._styles = hidden_styles

    def text(self, root: ElementTree.Element) -> str:
        """The part's lines."""
        return "\n".join(self._blocks(root, shaded=False)).strip("\n")

    def _blocks(self, element: ElementTree.Element, shaded: bool) -> list[str]:
        lines: list[str] = []
        for child in element:
            if child.tag == _W + "p":
                lines.extend(self._paragraph(child, shaded))
            elif child.tag == _W + "tbl":
                lines.extend(self._table(child, shaded))
            elif child.tag not in _SKIPPED:
                lines.extend(self._blocks(child, shaded))
        return lines

    def _table(self, table: ElementTree.Element, shaded: bool) -> list[str]:
        """Cells of one line each make one line; longer cells are columns and are read one after the other."""
        lines: list[str] = []
        for row in table.findall(f"{_W}tr") + table.findall(f"{_W}sdt/{_W}sdtContent/{_W}tr"):
            cells = []
            for cell in row.findall(f"{_W}tc") + row.findall(f"{_W}sdt/{_W}sdtContent/{_W}tc"):
                cells.append([line for line in self._blocks(cell, shaded or _shaded(cell.find(_W + "tcPr"))) if line])
            if all(len(cell) <= 1 for cell in cells):
                lines.append("\t".join(cell[0] for cell in cells if cell))
            else:
                lines.extend(line for cell in cells for line in [*cell, ""])
        return lines

    def _paragraph(self, paragraph: ElementTree.Element, shaded: bool) -> list[str]:
        properties = paragraph.find(_W + "pPr")
        style = None if properties is None else properties.find(_W + "pStyle")
        reason = self._styles.get(style.get(_W + "val", "")) if style is not None else None
        pieces: list[str] = []
        boxes: list[str] = []
        self._runs(paragraph, pieces, boxes, shaded or _shaded(properties), reason)
        listed = properties is not None and properties.find(_W + "numPr") is not None
        text = "".join(pieces).strip()
        return [*(("• " if listed and text else "") + text).split("\n"), *boxes]

    def _runs(
        self,
        element: ElementTree.Element,
        pieces: list[str],
        boxes: list[str],
        shaded: bool,
        reason: str | None,
    ) -> None:
        for child in element:
            if child.tag in _SKIPPED:
                continue
            if child.tag == _W + "r":
                self._run(child, pieces, boxes, shaded, reason)
            else:
                self._runs(child, pieces, boxes, shaded, reason)

    def _run(
        self, run: ElementTree.Element, pieces: list[str], boxes: list[str], shaded: bool, reason: str | None
    ) -> None:
        properties = run.find(_W + "rPr")
        style = None if properties is None else properties.find(_W + "rStyle")
        named = self._styles.get(style.get(_W + "val", "")) if style is not None else None
        why = _unseen(properties) or named or reason
        if why == "same_colour" and (shaded or _shaded(properties)):
            why = None
        text = self._run_text(run, boxes, shaded)
        if why and text.strip():
            self.hidden[why] += len(text.strip())
        elif not why:
            pieces.append(text)

    def _run_text(self, run: ElementTree.Element, boxes: list[str], shaded: bool) -> str:
        pieces = []
        for child in run:
            if child.tag == _W + "t":
                pieces.append(child.text or "")
            elif child.tag == _W + "tab":
                pieces.append("\t")
            elif child.tag in (_W + "br", _W + "cr"):
                pieces.append("\n")
            elif child.tag == _W + "noBreakHyphen":
                pieces.append("-")
            elif child.tag not in _SKIPPED:
                for box in _text_boxes(child):
                    boxes.extend(self._blocks(box, shaded=True))  # a box may have any fill behind it
        return "".join(pieces)


def _text_boxes(element: ElementTree.Element) -> list[ElementTree.Element]:
    """The text boxes drawn here, outermost only and each once."""
    if element.tag in _SKIPPED:
        return []
    if element.tag == _W + "txbxContent":
        return [element]
    return [box for child in element for box in _text_boxes(child)]
