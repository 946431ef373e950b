"""Text of a PDF as a person sees it. Runs only inside the limited child process (resume_text).

pdfium reads the letters and paints the page; letters that leave no mark are kept apart (resume_pdf_shown,
resume_unseen). Where the page cannot be painted its text is given unchecked, and where pdfium cannot open the file
pdfminer reads it, unchecked as well.
"""

from __future__ import annotations

import io
import logging
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pypdfium2
from pypdfium2 import raw

from interview_platform.adapters import resume_pdf_extras as extras
from interview_platform.adapters import resume_pdf_glyphs as layer
from interview_platform.adapters import resume_unseen
from interview_platform.adapters.resume_layout import Piece, read_page
from interview_platform.adapters.resume_pdf_lines import pieces, without_running_lines
from interview_platform.adapters.resume_pdf_parts import Parts, parts
from interview_platform.adapters.resume_pdf_shown import Look, Shown, TooSlow
from interview_platform.errors import ResumeUnreadable

MOST_PAGES = 40
MOST_CHARACTERS = 200_000
_LEAST_LETTERS = 25  # fewer are a page number or a stamp, not a résumé
_UNCHECKED = "could not be checked for hidden text. Compare the text with the original."
_OCR = (
    "This file is a scan with a text layer that a program wrote. It cannot be checked letter by letter: "
    "compare the text with the picture."
)

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
logging.getLogger("pypdfium2").setLevel(logging.CRITICAL)


def read(content: bytes, seconds: float) -> dict[str, Any]:
    """{"page_texts", "warnings", "unseen", "checked", "links"}; about `seconds` in all. Raises ResumeUnreadable."""
    begun = time.monotonic()
    try:
        with _limit(seconds * 0.7):
            return _by_pdfium(content, begun + seconds * 0.5)
    except _TooSlow as error:
        raise ResumeUnreadable("", "too_slow") from error
    except pypdfium2.PdfiumError as error:
        if _is_locked(error):
            raise ResumeUnreadable("", "encrypted") from error
    try:
        with _limit(max(1.0, seconds * 0.9 - (time.monotonic() - begun))):
            return _by_pdfminer(content)
    except _TooSlow as error:
        raise ResumeUnreadable("", "too_slow") from error


class _TooSlow(BaseException):
    """One reader's share of the time is over; not an Exception, so that no parser swallows it."""


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    def over(_signal: int, _frame: Any) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _is_locked(error: Exception) -> bool:
    return "password" in str(error).lower() or "security" in str(error).lower()


@dataclass
class _Read:
    """What was read so far."""

    pages: list[list[Piece]] = field(default_factory=list)
    places: list[layer.Sheet] = field(default_factory=list)
    asides: list[list[str]] = field(default_factory=list)  # text written in other directions
    unseen: list[dict[str, Any]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    unchecked: list[int] = field(default_factory=list)  # pages, from 1
    lost: list[int] = field(default_factory=list)  # pages that cannot be opened
    ocr: int = 0  # characters of a scan's text layer
    pictures: bool = False
    characters: int = 0


def _by_pdfium(content: bytes, until: float) -> dict[str, Any]:
    document = pypdfium2.PdfDocument(content)
    try:
        if len(document) > MOST_PAGES:
            raise ResumeUnreadable("", "too_many_pages")
        held = _Read()
        for number in range(len(document)):
            _try_page(document, number, until, held)
        if len(held.lost) == len(document):
            raise pypdfium2.PdfiumError("no page can be read")
        for text in extras.properties(document, content):
            _note(held, "metadata", 0, text)
        return _result(held)
    finally:
        document.close()


def _try_page(document: pypdfium2.PdfDocument, number: int, until: float, held: _Read) -> None:
    """Read a page; one that is damaged stays empty and unchecked."""
    try:
        _read_page(document, number, until, held)
    except pypdfium2.PdfiumError:
        held.lost.append(number + 1)
        held.unchecked.append(number + 1)
        held.pages.append([])
        held.asides.append([])
        held.places.append(layer.Sheet(612, 792, 0, (0, 0, 612, 792)))


def _read_page(document: pypdfium2.PdfDocument, number: int, until: float, held: _Read) -> None:
    page = document[number]
    try:
        place = layer.sheet(page)
        held.links += extras.links(document, page)
        notes = extras.notes(page, place)
        for text in notes.hidden:
            _note(held, "annotation", number + 1, text)
        if notes.painted:
            page = _flattened(document, page, number)
        _read_layer(page, place, until, held, notes.shown)
    finally:
        page.close()


def _flattened(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, number: int) -> pypdfium2.PdfPage:
    """The page with the fields and notes that it shows made part of its content."""
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()
    return document[number]


def _read_layer(
    page: pypdfium2.PdfPage, place: layer.Sheet, until: float, held: _Read, shown_notes: list[Piece]
) -> None:
    number = len(held.pages) + 1
    found = parts(page)
    glyphs = layer.glyphs(page, place, found, MOST_CHARACTERS - held.characters)
    if glyphs is None:
        raise ResumeUnreadable("", "too_long")
    shown = _shown(page, place, found, glyphs, until)
    if shown is None:
        held.unchecked.append(number)
    why = resume_unseen.reasons(glyphs, place, found, shown)
    missing = resume_unseen.spare_missing_fonts(why, glyphs)
    if resume_unseen.leave_out_misnamed(why, glyphs) or missing:
        held.unchecked.append(number)
    held.unseen += resume_unseen.entries(glyphs, why, number)
    held.ocr += int((why == resume_unseen.OCR).sum())
    held.pictures = held.pictures or bool(found.pictures)
    held.characters += len(glyphs.text)
    lines, asides, flat = pieces(glyphs, why <= resume_unseen.OCR, place)
    held.pages.append([*lines, *shown_notes])
    held.asides.append(asides)
    held.places.append(flat)
    painted = "".join(glyphs.text)
    for text in dict.fromkeys(found.tags.values()):
        if resume_unseen.says_more(text, painted):
            _note(held, "actual_text", number, text)


def _shown(
    page: pypdfium2.PdfPage, place: layer.Sheet, found: Parts, glyphs: layer.Glyphs, until: float
) -> Shown | None:
    """None where the page cannot be painted: it is then unchecked."""
    if found.huge:
        return None
    try:
        return Look(page, place, found, until).at(glyphs)
    except (TooSlow, MemoryError, ArithmeticError, ValueError, IndexError):  # odd numbers in a damaged page
        return None


def _note(held: _Read, kind: str, page: int, text: str) -> None:
    entry = resume_unseen.entry(kind, page, text)
    if entry is not None:
        held.unseen.append(entry)


def _result(held: _Read) -> dict[str, Any]:
    pages = without_running_lines(held.pages, held.places)
    texts = [
        "\n\n".join(filter(None, [read_page(page), *aside])) for page, aside in zip(pages, held.asides, strict=True)
    ]
    unseen = resume_unseen.without_cut_lines(held.unseen, texts)
    warnings = resume_unseen.warnings(unseen)
    unchecked = sorted(set(held.unchecked))
    if unchecked:
        detail = f"Page {', '.join(map(str, unchecked[:10]))} {_UNCHECKED}"
        warnings.append({"kind": "unchecked", "detail": detail, "count": len(unchecked)})
    if held.ocr:
        warnings.append({"kind": "ocr_layer", "detail": _OCR, "count": held.ocr})
    checked = not held.unchecked and not held.ocr
    return _answer(texts, held.pictures, warnings, unseen, checked, list(dict.fromkeys(held.links)))


def _answer(
    texts: list[str], pictures: bool, warnings: list[Any], unseen: list[Any], checked: bool, links: list[str]
) -> dict[str, Any]:
    text = "\n\n".join(texts)
    if len(text) > MOST_CHARACTERS:
        raise ResumeUnreadable("", "too_long")
    if sum(1 for _ in islice(re.finditer(r"[^\W\d_]", text), _LEAST_LETTERS)) < _LEAST_LETTERS:
        raise ResumeUnreadable("", "scanned" if pictures else "empty")
    return {
        "page_texts": texts,
        "warnings": warnings,
        "unseen": unseen,
        "checked": checked,
        "links": links,
    }


def _by_pdfminer(content: bytes) -> dict[str, Any]:
    """For files that pdfium cannot open. Raises ResumeUnreadable."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextLine
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    def lines(item: Any) -> Iterator[Piece]:
        if isinstance(item, LTTextLine):
            yield Piece(item.x0, item.y0, item.x1, item.y1, " ".join(item.get_text().split()))
        elif hasattr(item, "__iter__"):
            for inner in item:
                yield from lines(inner)

    try:
        texts: list[str] = []
        for page in extract_pages(io.BytesIO(content)):
            if len(texts) >= MOST_PAGES:
                raise ResumeUnreadable("", "too_many_pages")
            texts.append(read_page([piece for piece in lines(page) if piece.text]))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise ResumeUnreadable("", "encrypted") from error
    except (ResumeUnreadable, MemoryError):
        raise
    except Exception as error:  # pdfminer raises anything at all on a damaged file
        raise ResumeUnreadable("", "damaged") from error
    if not texts:
        raise ResumeUnreadable("", "damaged")
    unchecked = {"kind": "unchecked", "detail": f"This file {_UNCHECKED}", "count": 1}
    return _answer(texts, False, [unchecked], [], False, [])
