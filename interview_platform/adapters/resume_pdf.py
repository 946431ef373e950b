"""Text of a PDF as a person sees it. Runs only inside the limited child process (resume_text).

pdfminer reads the characters with colour, size and place, so that text nobody can see is left out and counted.
Where pdfminer fails, pdfium reads; it cannot tell hidden text, so its result is marked as not checked.
"""

from __future__ import annotations

import io
import logging
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LAParams, LTChar, LTCurve, LTLayoutContainer, LTPage, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from interview_platform.adapters.resume_layout import Piece, read_page
from interview_platform.errors import ResumeUnreadable

MOST_PAGES = 40
MOST_CHARACTERS = 200_000
_LEAST_LETTERS = 25  # fewer are a page number or a stamp, not a résumé
_TINY_POINTS = 2.5  # on a page 792 points high
_INVISIBLE = 3  # the text render mode that paints nothing
_NOT_SEEN = {
    "same_colour": "characters in the colour of their background",
    "tiny": "characters too small to read",
    "off_page": "characters outside the page",
    "invisible": "characters set to be invisible",
}

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


def read(content: bytes, seconds: float) -> dict[str, Any]:
    """{"text", "pages", "warnings"}; about `seconds` in all. Raises ResumeUnreadable."""
    begun = time.monotonic()
    try:
        with _limit(seconds * 0.6):
            result = _by_pdfminer(content)
        if result["letters"] >= _LEAST_LETTERS or result["hidden"]:
            return _checked(result)
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise ResumeUnreadable("", "encrypted") from error
    except (ResumeUnreadable, MemoryError):
        raise
    except (Exception, _TooSlow):  # pdfminer raises anything at all on a damaged file; pdfium may still read it
        result = {"images": False, "hidden": Counter()}
    try:
        with _limit(max(1.0, seconds * 0.9 - (time.monotonic() - begun))):
            return _by_pdfium(content, bool(result["images"]))
    except _TooSlow as error:
        raise ResumeUnreadable("", "too_slow") from error


class _TooSlow(BaseException):
    """One reader's share of the time is over; not an Exception, so that no parser swallows it."""


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    def over(_signal: int, _frame: Any) -> None:
        raise _TooSlow

    signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


# --- pdfminer --------------------------------------------------------------------------------------------------


class _Device(PDFLayoutAnalyzer):
    """Collects what is painted, flat: characters with what hides them, filled shapes, and whether there are images."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.render_mode = 0

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        super().begin_page(page, ctm)
        self.characters: list[tuple[LTChar, Any, int]] = []
        self.images: list[tuple[float, float, float, float]] = []

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        self._stack.append(self.cur_item)  # a form's content is painted on the page like any other

    def end_figure(self, _: str) -> None:
        self.cur_item = self._stack.pop()

    def render_image(self, name: str, stream: Any) -> None:
        a, b, c, d, e, f = self.ctm
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        self.images.append((min(xs), min(ys), max(xs), max(ys)))

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self.render_mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self, matrix: Any, font: Any, fontsize: Any, scaling: Any, rise: Any, cid: Any, ncs: Any, graphicstate: Any
    ) -> float:
        try:
            text = font.to_unichr(cid)
        except Exception:
            text = ""
        width, shift = font.char_width(cid), font.char_disp(cid)
        item = LTChar(matrix, font, fontsize, scaling, rise, text, width, shift, ncs, graphicstate)
        self.characters.append((item, _rgb(graphicstate.ncolor, graphicstate.ncs.name), self.render_mode))
        if len(self.characters) > MOST_CHARACTERS:
            raise ResumeUnreadable("", "too_long")
        return item.adv


def _by_pdfminer(content: bytes) -> dict[str, Any]:
    document = PDFDocument(PDFParser(io.BytesIO(content)))
    manager = PDFResourceManager()
    device = _Device(manager)
    interpreter = PDFPageInterpreter(manager, device)
    texts: list[str] = []
    hidden: Counter[str] = Counter()
    images = False
    for page in PDFPage.create_pages(document):
        if len(texts) >= MOST_PAGES:
            raise ResumeUnreadable("", "too_many_pages")
        interpreter.process_page(page)
        texts.append(_page_text(device, hidden))
        images = images or bool(device.images)
        if sum(map(len, texts)) > MOST_CHARACTERS:
            raise ResumeUnreadable("", "too_long")
    if not texts:
        raise ValueError("no pages")
    text = "\n\n".join(_without_running_lines(texts))
    return {"text": text, "pages": len(texts), "hidden": hidden, "images": images, "letters": _letters(text)}


def _page_text(device: _Device, hidden: Counter[str]) -> str:
    page = device.cur_item
    assert isinstance(page, LTPage)
    fills = [(item.bbox, _rgb(item.non_stroking_color, "")) for item in page if isinstance(item, LTCurve) and item.fill]
    seen: list[LTChar] = []
    for character, colour, mode in device.characters:
        reason = _unseen(character, colour, mode, page, fills, device.images)
        if reason is None:
            seen.append(character)
        elif not character.get_text().isspace():
            hidden[reason] += 1
    upright = [character for character in seen if character.upright]
    return read_page(_pieces(page, upright if len(upright) * 2 >= len(seen) else seen))


def _without_running_lines(texts: list[str]) -> list[str]:
    """Pages without the headers and footers that come back on each (whatever the page number)."""
    split = [text.split("\n") for text in texts]
    for edge in (0, -1):
        masked = Counter(re.sub(r"\d+", "#", lines[edge]) for lines in split)
        for number, lines in enumerate(split):
            again = masked[re.sub(r"\d+", "#", lines[edge])] > 1
            if again and len(lines) > 1 and (edge == -1 or number > 0):  # the first page's head is the person's name
                del lines[edge]
    return ["\n".join(lines).strip("\n") for lines in split]


def _pieces(page: LTPage, characters: list[LTChar]) -> list[Piece]:
    container = LTLayoutContainer(page.bbox)
    lines = container.group_objects(LAParams(boxes_flow=None), characters)
    pieces = []
    for line in lines:
        if isinstance(line, LTTextLine):
            line.analyze(LAParams(boxes_flow=None))
            text = " ".join(line.get_text().split())
            if text:
                pieces.append(Piece(line.x0, line.y0, line.x1, line.y1, text))
    return pieces


def _unseen(
    character: LTChar, colour: Any, mode: int, page: LTPage, fills: list[tuple[Any, Any]], images: list[Any]
) -> str | None:
    """Why nobody can see this character, or None."""
    x, y = (character.x0 + character.x1) / 2, (character.y0 + character.y1) / 2
    if mode == _INVISIBLE:
        return "invisible"
    if not (page.x0 <= x <= page.x1 and page.y0 <= y <= page.y1):
        return "off_page"
    if character.size * 792 / max(page.height, 1) < _TINY_POINTS:
        return "tiny"
    if colour is None or any(_inside(x, y, box) for box in images):
        return None  # a pattern, or a picture behind it: no telling its contrast
    behind = next((fill for box, fill in reversed(fills) if _inside(x, y, box)), (1.0, 1.0, 1.0))
    if behind is not None and max(abs(one - other) for one, other in zip(colour, behind, strict=True)) < 0.06:
        return "same_colour"
    return None


def _inside(x: float, y: float, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _rgb(colour: Any, space: str) -> tuple[float, float, float] | None:
    """Red, green and blue 0..1; None for patterns and palettes."""
    values = list(colour) if isinstance(colour, list | tuple) else [colour]
    if space in ("Indexed", "Pattern", "Lab") or not all(isinstance(value, int | float) for value in values):
        return None
    if len(values) == 1:
        grey = 1 - values[0] if space in ("Separation", "DeviceN") else values[0]
        return (grey, grey, grey)
    if len(values) == 3:
        return (values[0], values[1], values[2])
    if len(values) == 4:
        red, green, blue = ((1 - value) * (1 - values[3]) for value in values[:3])
        return (red, green, blue)
    return None


def _checked(result: dict[str, Any]) -> dict[str, Any]:
    warnings = [
        {"kind": kind, "detail": f"{count} {_NOT_SEEN[kind]} were left out.", "count": count}
        for kind, count in sorted(result["hidden"].items())
        if count >= 5  # stray spaces and marks of a template
    ]
    if result["letters"] < _LEAST_LETTERS:
        raise ResumeUnreadable("", "scanned" if result["images"] else "empty")
    return {"text": result["text"], "pages": result["pages"], "warnings": warnings}


# --- pdfium ----------------------------------------------------------------------------------------------------


def _by_pdfium(content: bytes, images: bool) -> dict[str, Any]:
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise ResumeUnreadable("", "encrypted" if locked else "damaged") from error
    if len(document) > MOST_PAGES:
        raise ResumeUnreadable("", "too_many_pages")
    texts = []
    for number in range(len(document)):
        page = document[number]
        images = images or any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        texts.append(page.get_textpage().get_text_bounded().replace("\r\n", "\n"))
    text = "\n\n".join(texts)
    if len(text) > MOST_CHARACTERS:
        raise ResumeUnreadable("", "too_long")
    if _letters(text) < _LEAST_LETTERS:
        raise ResumeUnreadable("", "scanned" if images else "empty")
    unchecked = "This file could not be checked for hidden text. Compare the text with the original."
    return {"text": text, "pages": len(texts), "warnings": [{"kind": "unchecked", "detail": unchecked, "count": 1}]}


def _letters(text: str) -> int:
    return len(re.findall(r"[^\W\d_]", text))
