"""Which words of a PDF page nobody sees, and why. Pure: arrays in, a reason for every character out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_platform.adapters.resume_pdf_fonts import misnamed
from interview_platform.adapters.resume_pdf_glyphs import Glyphs, Sheet
from interview_platform.adapters.resume_pdf_parts import Parts, is_embedded
from interview_platform.adapters.resume_pdf_shown import Shown, low_contrast

MOST_TEXT = 2_000
"""Characters of unseen text that are kept of one kind on one page."""
_LEAST_LETTERS = 5  # fewer are marks of a template
_LEAST_MAPPED = 60  # fewer on a page, each a single word, are the names of icons
_TINY_POINTS = 3.0  # on a page 612 points wide
_THIN = 0.08  # width of a letter over its height
_SEEN_SHARE = 0.4  # of a word's letters: a seen word may stick out of a clip or lose a thin letter
_SCAN_SHARE = 0.5  # of the page that pictures cover

SEEN, OCR = 0, 1
KINDS = (
    "",
    "ocr_layer",
    "off_page",
    "tiny",
    "invisible",
    "transparent",
    "switched_off",
    "same_colour",
    "covered",
    "mapped",
    "misnamed",
)
"""What a character's number in `reasons` stands for; 0 is seen."""
DETAILS = {
    "off_page": "characters outside the page",
    "tiny": "characters too small to read",
    "invisible": "characters set to be invisible",
    "transparent": "transparent characters",
    "switched_off": "characters on a layer that is switched off",
    "same_colour": "characters in the colour of their background",
    "covered": "characters covered by something or cut off",
    "mapped": "characters that stand for other letters than the page shows",
    "misnamed": "characters of a font that shows other letters",
    "actual_text": "characters that stand for other letters than the page shows",
    "annotation": "characters in notes or fields that the page does not show",
    "metadata": "characters in the file's properties",
}
"""For people: "12 ... were left out."""


def reasons(glyphs: Glyphs, place: Sheet, found: Parts, shown: Shown | None) -> NDArray[np.int64]:
    """(n,) numbers of KINDS, one a character. Without `shown` only what the text layer itself tells is found."""
    if not glyphs.text:
        return np.zeros(0, np.int64)
    real = ~glyphs.blank & (glyphs.paint >= 0)
    word = _words(glyphs, real)
    why = np.zeros(len(real), np.int64)
    if shown is not None:
        why[_share(word, real, shown.painted)[word] < _SEEN_SHARE] = KINDS.index("covered")
        _explain(why, glyphs, found, shown, place, real)
    by, paint = glyphs.by, glyphs.paint
    if shown is None:
        why[by.mode[paint] == 3] = KINDS.index("invisible")
    why[_share(word, real, _mapped(glyphs, real))[word] > 0.5] = KINDS.index("mapped")
    why[_share(word, real, _tiny(glyphs, place, word, real))[word] > 0.5] = KINDS.index("tiny")
    why[_share(word, real, _outside(glyphs, place))[word] > 0.5] = KINDS.index("off_page")
    why[~real] = SEEN
    return why


def _words(glyphs: Glyphs, real: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(n,) number of the word each character belongs to; a change of colour, size or line ends a word."""
    by, paint, box = glyphs.by, glyphs.paint, glyphs.box
    colour = (by.colour + 1) @ (1 << np.array([36, 27, 18, 9]))  # with mode and size: all in one number
    look = (colour + by.mode + (np.round(by.size.clip(0, 800) * 10).astype(np.int64) << 45))[paint]
    size = np.maximum(by.size[paint], 0.1)
    new = np.ones(len(real), bool)
    new[1:] = ~real[1:] | ~real[:-1] | (look[1:] != look[:-1])
    new[1:] |= np.abs(by.base[paint][1:] - by.base[paint][:-1]) > 0.5 * size[1:]
    new[1:] |= np.abs(box[1:, 0] - box[:-1, 2]) > 0.6 * size[1:]
    return np.cumsum(new) - 1


def _share(word: Any, real: Any, flag: Any) -> NDArray[np.float64]:
    """(words,) the share of each word's characters that are flagged."""
    many = int(word[-1]) + 1
    counted = np.bincount(word, weights=real, minlength=many)
    flagged: NDArray[np.float64] = np.bincount(word, weights=real & flag, minlength=many) / np.maximum(counted, 1)
    return flagged


def _outside(glyphs: Glyphs, place: Sheet) -> NDArray[np.bool_]:
    across, up = (glyphs.box[:, 0] + glyphs.box[:, 2]) / 2, (glyphs.box[:, 1] + glyphs.box[:, 3]) / 2
    inside = (across >= 0) & (across <= place.width) & (up >= 0) & (up <= place.height)
    return np.asarray(~inside)


def _tiny(glyphs: Glyphs, place: Sheet, word: Any, real: Any) -> NDArray[np.bool_]:
    """Too small on the page as a whole, or pressed together until nothing can be told."""
    size = glyphs.by.size[glyphs.paint]
    scale = 612.0 / max(1.0, min(place.width, place.height))
    wide = np.where(real, glyphs.box[:, 2] - glyphs.box[:, 0], 0.0)
    many = np.maximum(np.bincount(word, weights=real), 1)
    mean = (np.bincount(word, weights=wide) / many)[word]
    thin = glyphs.by.upright[glyphs.paint] & (mean < _THIN * size) & (many[word] >= 3)
    return np.asarray((size * scale < _TINY_POINTS) | thin)


def _mapped(glyphs: Glyphs, real: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """One sign that stands for more letters than any ligature: pdfium gives all of them one box."""
    same = np.zeros(len(real), bool)
    same[1:] = np.all(glyphs.box[1:] == glyphs.box[:-1], axis=1) & real[1:] & real[:-1]
    run = np.cumsum(~same) - 1
    long: NDArray[np.bool_] = np.bincount(run)[run] > 4
    return long


def _explain(why: Any, glyphs: Glyphs, found: Parts, shown: Shown, place: Sheet, real: Any) -> None:
    """Name what hides the characters that leave no mark; text over the picture of a scan is an OCR layer."""
    by, paint = glyphs.by, glyphs.paint
    hidden = why > 0
    layers = np.isin(by.address, np.fromiter(found.layers, np.int64, len(found.layers)))
    alpha = by.colour[:, 3]
    for kind, cause in (
        ("same_colour", low_contrast(glyphs, shown.ground) & (alpha[paint] >= 20)),
        ("transparent", ((alpha >= 0) & (alpha < 20))[paint]),
        ("switched_off", layers[paint]),
        ("invisible", np.isin(by.mode, (3, 7))[paint]),
    ):
        why[hidden & cause] = KINDS.index(kind)
    if _is_scan(found, place) and (real & ~hidden).sum() < 0.2 * real.sum():
        word = _words(glyphs, real)
        why[hidden & (_share(word, real, shown.inked)[word] >= 0.5)] = OCR


def spare_missing_fonts(why: NDArray[np.int64], glyphs: Glyphs) -> bool:
    """Take back the verdict on other scripts whose font the file leaves to the reader and this machine lacks. Whether
    there were any: they cannot be checked."""
    other = (glyphs.codes > 0x24F) & glyphs.letter
    doubtful = (why == KINDS.index("covered")) & other
    for row in np.unique(glyphs.paint[doubtful]).tolist():
        doubtful[(glyphs.paint == row) & doubtful] = not is_embedded(int(glyphs.by.address[row]))
    why[doubtful] = SEEN
    return bool(doubtful.sum() >= _LEAST_LETTERS)


def leave_out_misnamed(why: NDArray[np.int64], glyphs: Glyphs) -> bool:
    """Leave out letters of fonts that show others. Whether they are most of the page: then they stay, as there is
    nothing else to read, and the page cannot be checked."""
    odd = misnamed(glyphs) & (why == SEEN) & ~glyphs.blank
    most = bool(2 * (odd & glyphs.letter).sum() > ((why == SEEN) & glyphs.letter).sum())
    if not most:
        why[odd] = KINDS.index("misnamed")
    return most


def _is_scan(found: Parts, place: Sheet) -> bool:
    left, bottom, right, top = place.box
    covered = sum(
        max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
        for x0, y0, x1, y1 in found.pictures
    )
    return covered >= _SCAN_SHARE * max(1.0, (right - left) * (top - bottom))


def entries(glyphs: Glyphs, why: NDArray[np.int64], page: int) -> list[dict[str, Any]]:
    """The unseen text of a page, one entry a kind: {"kind", "page", "text", "count"}."""
    listed = []
    for number in range(OCR + 1, len(KINDS)):
        indices = np.flatnonzero(why == number).tolist()
        few = number == KINDS.index("mapped") and len(indices) < _LEAST_MAPPED and not _has_phrase(glyphs)
        held = None if few else entry(KINDS[number], page, _joined(glyphs, indices))
        listed += [held] if held else []
    return listed


def _has_phrase(glyphs: Glyphs) -> bool:
    """Whether one sign stands for several words: a space has its box too."""
    same = np.all(glyphs.box[1:] == glyphs.box[:-1], axis=1) & (glyphs.paint[1:] >= 0)
    return bool((same & glyphs.blank[1:] & glyphs.letter[:-1]).any())


def without_cut_lines(unseen: list[dict[str, Any]], texts: Iterable[str]) -> list[dict[str, Any]]:
    """The list without lines that a page break cuts off and that the next page shows whole."""
    if not any(held["kind"] == "covered" for held in unseen):
        return unseen
    seen = re.sub(r"\W", "", "".join(texts))
    return [held for held in unseen if held["kind"] != "covered" or re.sub(r"\W", "", held["text"]) not in seen]


def _joined(glyphs: Glyphs, indices: list[int]) -> str:
    """The characters at these places as text; what lies between two words is one space."""
    text, last = "", -1
    for index in indices:
        if last >= 0 and any(character.isspace() for character in glyphs.text[last + 1 : index + 1]):
            text += " "
        elif last >= 0 and index - last > 1:
            text += " … "
        text += glyphs.text[index]
        last = index
    return text


def entry(kind: str, page: int, text: str) -> dict[str, Any] | None:
    """One piece of unseen text, or None where it is only marks; `count` are all its characters."""
    text = " ".join(text.split())
    if len(re.findall(r"\w", text)) < _LEAST_LETTERS:
        return None
    return {"kind": kind, "page": page, "text": text[:MOST_TEXT], "count": len(re.sub(r"\s", "", text))}


def warnings(unseen: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One warning a kind, for people."""
    counts: dict[str, int] = {}
    for held in unseen:
        counts[held["kind"]] = counts.get(held["kind"], 0) + int(held["count"])
    return [
        {"kind": kind, "detail": f"{count} {DETAILS[kind]} were left out.", "count": count}
        for kind, count in sorted(counts.items())
    ]


def says_more(words: str, painted: str) -> bool:
    """Whether words given for what is painted hold several that the page does not show (an icon's name is fine)."""
    shown = set(re.findall(r"\w{3,}", painted.lower()))
    return len([word for word in re.findall(r"\w{3,}", words.lower()) if word not in shown]) > 3
