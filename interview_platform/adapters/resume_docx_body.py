"""Walks the paragraphs, tables and text boxes of a DOCX part and tells what is seen from what is not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from interview_platform.adapters import resume_colour as colours
from interview_platform.adapters.resume_docx_looks import TINY_HALF_POINTS, UNKNOWN, Fill, Look, Looks
from interview_platform.adapters.resume_docx_shapes import Box, boxes, has_backdrop
from interview_platform.adapters.resume_docx_xml import W, children, inner, number, on
from interview_platform.adapters.resume_found import Found
from interview_platform.adapters.resume_zip import Element

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SKIPPED = frozenset(
    W + name
    for name in ("moveFrom", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "delInstrText")
)
_USUAL_FIELDS = re.compile(
    r"\s*(?:=|(?:HYPERLINK|PAGE|NUMPAGES|SECTIONPAGES|TOC|DATE|TIME|REF|PAGEREF|MERGEFIELD|SEQ|FORM|SYMBOL|STYLEREF|AUTHOR"
    r"|TITLE|FILENAME|INCLUDEPICTURE|SAVEDATE|CREATEDATE|PRINTDATE|EMBED|SHAPE|CITATION|ADVANCE|EQ)\b)",
    re.I,
)
_NEAR_SHAPE = 12  # paragraphs after a coloured shape's anchor that may stand upon it
_FARTHEST_RAISED = 400  # half-points
_TINY_TWIPS = 50  # 2.5 pt


@dataclass(frozen=True)
class Around:
    """What a paragraph stands in: the fill behind it, why nobody sees it (or None), and its table's look."""

    fill: Fill = None
    why: str | None = None
    look: Look = field(default_factory=dict)


class Body:
    """One document's reader: call `part` for each of its parts, then ask for `links` and `doubts`."""

    def __init__(self, looks: Looks, found: Found, targets: dict[str, str]) -> None:
        self._looks = looks
        self._found = found
        self._targets = targets
        self._page = 1
        self._paragraphs = 0
        self._shape_at = -1_000
        self._doubtful = 0
        self._unread = 0
        self._breaks = ""
        self._width = 12_240  # twips
        self.page_colour = colours.WHITE
        self.links: list[str] = []

    def size_page(self, root: Element) -> None:
        """Take the page's width from the first section that tells it."""
        self._width = next((wide for size in root.iter(W + "pgSz") if (wide := number(size, "w"))), self._width)

    def part(self, root: Element | None, breaks: bool = False) -> str:
        """The lines of a part; with `breaks`, a form feed where a new page begins."""
        if root is None:
            return ""
        shown = breaks and root.find(f".//{W}lastRenderedPageBreak") is not None
        self._breaks = "rendered" if shown else "set" if breaks else ""
        text = "\n".join(self._blocks(root, Around())).strip("\n")
        self._breaks = ""
        return text

    def doubts(self) -> list[dict[str, Any]]:
        """What could not be told: then the file counts as not checked."""
        found = []
        if self._doubtful:
            detail = f"{self._doubtful} characters have the page's colour and may stand on a coloured shape. "
            found.append((detail + "Compare the text with the original.", self._doubtful))
        if self._unread:
            found.append(("Parts of another format inside this file were not read. Compare with the original.", 1))
        return [{"kind": "unchecked", "detail": detail, "count": count} for detail, count in found]

    # --- blocks ------------------------------------------------------------------------------------------------

    def _blocks(self, element: Element, around: Around) -> list[str]:
        lines: list[str] = []
        for child in children(element):
            if child.tag == W + "p":
                lines.extend(self._paragraph(child, around))
            elif child.tag == W + "tbl":
                lines.extend(self._table(child, around))
            elif child.tag == W + "altChunk":
                self._unread += 1
            elif child.tag in (W + "del", W + "moveFrom"):
                self._deleted(child)
            elif child.tag not in _SKIPPED:
                lines.extend(self._blocks(child, around))
        return lines

    def _table(self, table: Element, around: Around) -> list[str]:
        """Cells of one line each make one line; longer cells are columns and are read one after the other."""
        properties = table.find(W + "tblPr")
        around = replace(around, look=self._looks.style_of(properties, "tblStyle"))
        if self._looks.fills_cells(properties):
            around = replace(around, fill=UNKNOWN)
        lines: list[str] = []
        for row in inner(table, "tr"):
            here = replace(around, why=around.why or _row_hidden(row))
            cells = []
            for cell in inner(row, "tc"):
                fill = self._looks.fill(cell.find(W + "tcPr"))
                inside = replace(here, fill=fill) if fill is not None else here
                cells.append([line for line in self._blocks(cell, inside) if line])
            if all(len(cell) <= 1 for cell in cells):
                lines.append("\t".join(cell[0] for cell in cells if cell))
            else:
                lines.extend(line for cell in cells for line in [*cell, ""])
        return lines

    def _paragraph(self, paragraph: Element, around: Around) -> list[str]:
        self._paragraphs += 1
        if has_backdrop(paragraph, self._looks):
            self._shape_at = self._paragraphs
        properties = paragraph.find(W + "pPr")
        look = self._looks.default | around.look | self._looks.style_of(properties, "pStyle")
        fill = self._looks.fill(properties)
        fill = look.get("behind") if fill is None else fill
        why = around.why or self._place(properties)
        writer = _Writer(self, Around(around.fill if fill is None else fill, why), look)
        if properties is not None and on(properties.find(W + "pageBreakBefore")):
            writer.pieces.append(self._break("set"))
        writer.walk(paragraph)
        writer.close()
        listed = properties is not None and properties.find(W + "numPr") is not None
        text = "".join(writer.pieces).strip(" \t\n")
        drawn = [line for box in writer.boxes for line in self._box(box, around)]
        return [*(("• " if listed and text.strip() else "") + text).split("\n"), *drawn]

    def _place(self, properties: Element | None) -> str | None:
        """Why nobody sees a paragraph standing there, or None."""
        if properties is None:
            return None
        spacing, frame = properties.find(W + "spacing"), properties.find(W + "framePr")
        line = number(spacing, "line")
        if spacing is not None and spacing.get(W + "lineRule") == "exact" and line is not None and line < _TINY_TWIPS:
            return "tiny"
        places = [number(properties.find(W + "ind"), "left"), number(properties.find(W + "ind"), "start")]
        places += [number(frame, "x"), number(frame, "y")]
        if any(place is not None and (place < -self._width or place >= 2 * self._width) for place in places):
            return "off_page"
        if frame is not None and frame.get(W + "hRule") == "exact" and (number(frame, "h") or 999) < _TINY_TWIPS:
            return "tiny"
        return None

    def _box(self, box: Box, around: Around) -> list[str]:
        fill = around.fill if box.fill is None else box.fill
        return self._blocks(box.content, Around(fill, around.why or box.why))

    def _break(self, kind: str) -> str:
        """A form feed where pages are cut at this kind of break, else nothing."""
        if kind != self._breaks:
            return ""
        self._page += 1
        return "\f"

    def _deleted(self, element: Element) -> None:
        if element.tag == W + "del":
            pieces = [piece.text or "" for tag in ("delText", "t") for piece in element.iter(W + tag)]
            self._found.add("deleted", "".join(pieces) + "\n", self._page)

    # --- runs --------------------------------------------------------------------------------------------------

    def _why(self, look: Look, around: Around, count: int) -> str | None:
        """Why nobody sees a run of `count` characters, or None."""
        if around.why:
            return around.why
        if look.get("hidden"):
            return "hidden_run"
        if look.get("no_ink"):
            return "invisible"
        size = look.get("size", 22)
        if size <= TINY_HALF_POINTS or look.get("scale", 100) <= 15 or look.get("spacing", 0) < -4 * size:
            return "tiny"  # or squeezed until the letters lie upon each other
        if abs(look.get("raised", 0)) > _FARTHEST_RAISED:
            return "off_page"
        colour, fill = look.get("colour"), look.get("fill") or around.fill
        behind = self.page_colour if fill is None else fill
        if colour is None or isinstance(behind, str) or not colours.alike(colour, behind):
            return None
        if fill is None and self._paragraphs - self._shape_at <= _NEAR_SHAPE:
            self._doubtful += count
            return None
        return "same_colour"


class _Writer:
    """One paragraph's runs: pieces that are seen, text boxes, and what is not seen handed to Found."""

    def __init__(self, body: Body, around: Around, look: Look) -> None:
        self._body = body
        self._around = around
        self._look = look
        self._unseen: dict[str, list[str]] = {}
        self._codes: list[str] = []
        self.pieces: list[str] = []
        self.boxes: list[Box] = []

    def walk(self, element: Element) -> None:
        """Take in all runs below."""
        for child in children(element):
            if child.tag == W + "del":
                self._body._deleted(child)
            elif child.tag == W + "r":
                self._run(child)
            elif child.tag == _MATH_TEXT:
                self.pieces.append(child.text or "")
            elif child.tag not in _SKIPPED:
                if child.tag == W + "hyperlink":
                    self._link(self._body._targets.get(child.get(_R_ID, ""), ""))
                self.walk(child)

    def close(self) -> None:
        """Hand over what was not seen, a paragraph a line."""
        for kind, texts in self._unseen.items():
            self._body._found.add(kind, "".join(texts) + "\n", self._body._page)
        code = "".join(self._codes)
        for address in re.findall(r'HYPERLINK\s+"([^"]+)"', code):
            self._link(address)
        if code and not _USUAL_FIELDS.match(code):
            self._body._found.add("field_code", code + "\n", self._body._page)

    def _link(self, address: str) -> None:
        if re.match(r"(?i)https?://|mailto:", address) and len(address) <= 500:
            self._body.links.append(address)

    def _run(self, run: Element) -> None:
        looks = self._body._looks
        properties = run.find(W + "rPr")
        look = self._look | looks.style_of(properties, "rStyle") | looks.direct(properties)
        text = self._text(run)
        why = self._body._why(look, self._around, len(text.strip()))
        if why is None:
            self.pieces.append(text)
        elif text:
            self._unseen.setdefault(why, []).append(text.replace("\f", ""))
            self.pieces.extend("\f" * text.count("\f"))

    def _text(self, run: Element) -> str:
        pieces = []
        for child in children(run):
            if child.tag == W + "t":
                pieces.append(child.text or "")
            elif child.tag == W + "tab":
                pieces.append("\t")
            elif child.tag == W + "lastRenderedPageBreak":
                pieces.append(self._body._break("rendered"))
            elif child.tag in (W + "br", W + "cr"):
                pieces.append((child.get(W + "type") == "page" and self._body._break("set")) or "\n")
            elif child.tag == W + "noBreakHyphen":
                pieces.append("-")
            elif child.tag == W + "softHyphen":
                pieces.append("\u00ad")
            elif child.tag == W + "instrText":
                self._codes.append(child.text or "")
            elif child.tag not in _SKIPPED:
                self._drawing(child)
        return "".join(pieces)

    def _drawing(self, element: Element) -> None:
        self.boxes.extend(boxes(element, self._body._looks, self._body._width))
        for described in element.iter():
            if described.tag.endswith("}docPr"):
                said = " ".join(filter(None, (described.get("title"), described.get("descr"))))
                self._body._found.add("alt_text", said + "\n" if said else "", self._body._page)


def _row_hidden(row: Element) -> str | None:
    properties = row.find(W + "trPr")
    if properties is None:
        return None
    if on(properties.find(W + "hidden")):
        return "hidden_run"
    if properties.find(W + "del") is not None:
        return "deleted"
    height = properties.find(W + "trHeight")
    if height is not None and height.get(W + "hRule") == "exact" and (number(height) or 999) < _TINY_TWIPS:
        return "tiny"
    return None
