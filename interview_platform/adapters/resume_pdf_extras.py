"""What a PDF holds beside its pages' content: properties, notes, form fields and links."""

from __future__ import annotations

import ctypes
import re
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
from pypdfium2 import raw

from interview_platform.adapters.resume_layout import Piece
from interview_platform.adapters.resume_pdf_glyphs import Sheet

_MOST_NOTES = 500
_MOST_LINKS = 200
_MOST_XMP = 400_000
_HIDDEN = 1 | 2 | 32  # annotation flags: invisible, hidden, no view
_LONG_WORDS = 14  # more in a title or keywords is no title
_INSTRUCTION = re.compile(
    r"(?i)\b(ignore|disregard|forget|override)\b.{0,60}\b(instructions?|previous|prior|above|prompts?|rules)\b"
    r"|\b(system|hidden)\s+prompt\b|\blanguage model\b|\byou are (an?|now)\b"
    r"|\b(rank|score|rate|recommend|hire|select|shortlist)\b.{0,40}\b(candidate|applicant|resume|résumé|cv|me)\b"
    r"|\b(best|ideal|perfect|top|excellent)\s+(candidate|match|fit|applicant)\b"
)
_NO_PROSE = re.compile(
    r"(?i)(^pdfa|^xmpmm|^stevt|^x:|image|thumb|uuid|documentid|instanceid|history|manifest|schema|date|tool|producer|banner)"
)


@dataclass
class Notes:
    """A page's notes and form fields. `shown` are those a reader sees though the page's content lacks them."""

    hidden: list[str] = field(default_factory=list)
    shown: list[Piece] = field(default_factory=list)
    painted: bool = False  # some have an appearance of their own, which belongs to what a person sees


def notes(page: pypdfium2.PdfPage, place: Sheet) -> Notes:
    """Read the page's annotations; those that are not shown are removed from it."""
    found = Notes()
    for index in reversed(range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES))):
        note = raw.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            remove = _read_note(note, place, found)
        finally:
            raw.FPDFPage_CloseAnnot(note)
        if remove:
            raw.FPDFPage_RemoveAnnot(page, index)
    return found


def _read_note(note: Any, place: Sheet, found: Notes) -> bool:
    """Whether the annotation is to be removed."""
    kind = raw.FPDFAnnot_GetSubtype(note)
    if kind == raw.FPDF_ANNOT_LINK:
        return False
    text = _string(note, b"Contents")
    value = _string(note, b"V")
    if raw.FPDFAnnot_GetFlags(note) & _HIDDEN or kind in (raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_POPUP):
        found.hidden += [part for part in (text, value) if part]
        return True
    looks = raw.FPDFAnnot_GetAP(note, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2
    if looks:
        found.painted = True
        if text and kind not in (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET):
            found.hidden.append(text)  # a mark on the page whose words stand in a note
    elif value or (text and kind == raw.FPDF_ANNOT_FREETEXT):
        found.shown += _fields(note, place, value or text)
    elif text:
        found.hidden.append(text)
    return False


def _fields(note: Any, place: Sheet, text: str) -> list[Piece]:
    """A field's value where the reader would write it."""
    box = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(note, box) or place.turns:
        return [Piece(0, 0, 1, 1, text)]
    x, y = box.left - place.box[0], box.bottom - place.box[1]
    high = max(4.0, min(12.0, abs(box.top - box.bottom)))
    lines = [line.strip() for line in re.split(r"[\r\n]+", text) if line.strip()]
    top = y + abs(box.top - box.bottom)
    return [
        Piece(x, top - high * (number + 1), x + abs(box.right - box.left), top - high * number, line)
        for number, line in enumerate(lines)
    ]


def _string(note: Any, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if length <= 2:
        return ""
    held = (ctypes.c_ushort * (length // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(note, key, held, length)
    return bytes(held).decode("utf-16-le", "ignore").split("\0")[0].strip()


def links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> list[str]:
    """The addresses that the page's links lead to, in the file's order."""
    place, link = ctypes.c_int(0), raw.FPDF_LINK()
    found: list[str] = []
    while len(found) < _MOST_LINKS and raw.FPDFLink_Enumerate(page, place, link):
        action = raw.FPDFLink_GetAction(link)
        length = raw.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if 1 < length < 2_000:
            held = ctypes.create_string_buffer(length)
            raw.FPDFAction_GetURIPath(document, action, held, length)
            found.append(held.value.decode("utf-8", "replace"))
    return found


def properties(document: pypdfium2.PdfDocument, content: bytes) -> list[str]:
    """The file's properties that are more than a title: long texts, lists of keywords, words to a machine."""
    with suppress(pypdfium2.PdfiumError):
        values = document.get_metadata_dict(skip_empty=True)
        told = [text for key, text in values.items() if "Date" not in key and key not in ("Creator", "Producer")]
        return list(dict.fromkeys(text for text in [*told, *_xmp(content)] if _is_told(text)))
    return []


def _is_told(text: str) -> bool:
    return len(re.findall(r"\w+", text)) > _LONG_WORDS or bool(_INSTRUCTION.search(text))


def _xmp(content: bytes) -> list[str]:
    """The texts in the file's XMP packet."""
    texts = []
    for packet in _packets(content):
        for bag in re.findall(r"<(?:rdf:)?(?:Seq|Bag)>(.*?)</", packet, re.S):
            texts.append(", ".join(part.strip() for part in re.findall(r">([^<>]+)<", bag) if part.strip()))
        for name, text in re.findall(r"<([\w:.-]+)[^<>]*>([^<>]{12,})</", packet):
            texts.append("" if _NO_PROSE.search(name) else text)
        for name, text in re.findall(r"\s([\w:.-]+)=\"([^\"<>]{12,})\"", packet):
            texts.append("" if _NO_PROSE.search(name) or name.startswith("xmlns") else text)
    return [" ".join(text.split()) for text in texts if " " in text.strip()]


def _packets(content: bytes) -> list[str]:
    found = [part.decode("utf-8", "ignore") for part in re.findall(rb"(?s)<x:xmpmeta.{0,200000}?</x:xmpmeta>", content)]
    for begun in re.finditer(rb"/Type\s*/Metadata[^>]{0,200}>>\s*stream\r?\n", content):
        with suppress(zlib.error):
            unpacked = zlib.decompressobj().decompress(content[begun.end() : begun.end() + _MOST_XMP], _MOST_XMP)
            found.append(unpacked.decode("utf-8", "ignore"))
    return found[:4]
