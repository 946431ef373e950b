"""Letters of a PDF page joined to pieces of lines, and the lines that come back on every page taken out."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_platform.adapters.resume_layout import Piece, read_page
from interview_platform.adapters.resume_pdf_glyphs import Glyphs, Sheet

_WORD_GAP = 0.1  # of the size of the letters: more is a space
_PIECE_GAP = 0.9  # more ends a piece
_MARGIN = 0.09  # of the page's height: where headers and footers stand
_PAGE_NUMBER = re.compile(r"(?i)(page|seite|p\.)?\s*#+(\s*(/|of|von|-)\s*#+)?")


def pieces(glyphs: Glyphs, keep: NDArray[np.bool_], place: Sheet) -> tuple[list[Piece], list[str], Sheet]:
    """The pieces of the lines as most of the page is written, what is written in other directions, and the page as
    it lies for who reads the lines."""
    held = np.flatnonzero(keep & (glyphs.paint >= 0))
    turns = glyphs.by.turn[glyphs.paint[held]]
    letters = turns[~glyphs.blank[held]]
    main = int(np.bincount(letters[letters >= 0], minlength=4).argmax())
    asides = [
        read_page(_joined(glyphs, held[turns == turn], turn, place))
        for turn in np.unique(letters).tolist()
        if turn not in (main, -1)
    ]
    flat = Sheet(place.height, place.width, 0, place.box) if main % 2 else place
    lines = _once(_joined(glyphs, held[turns == main], main, place))
    return lines, asides + _slanted(glyphs, held[turns < 0]), flat


def _once(found: list[Piece]) -> list[Piece]:
    """Without the second of two pieces that lie on one another: a shadow, a halo, bold made by painting twice."""
    places: dict[str, list[Piece]] = {}
    kept = []
    for piece in found:
        same = places.setdefault(piece.text, [])
        near = 0.3 * piece.height
        if not any(abs(piece.x0 - other.x0) < near and abs(piece.y0 - other.y0) < near for other in same):
            kept.append(piece)
        same.append(piece)
    return kept


def _turned(box: NDArray[Any], origin: NDArray[Any], turn: int, place: Sheet) -> tuple[NDArray[Any], NDArray[Any]]:
    """Boxes, and the heights of their lines, as they lie when the page is turned so that the writing is upright."""
    x0, y0, x1, y1 = box.T
    if turn == 1:
        return np.stack([y0, place.width - x1, y1, place.width - x0], axis=1), place.width - origin[:, 0]
    if turn == 2:
        turned = np.stack([place.width - x1, place.height - y1, place.width - x0, place.height - y0], axis=1)
        return turned, place.height - origin[:, 1]
    if turn == 3:
        return np.stack([place.height - y1, x0, place.height - y0, x1], axis=1), origin[:, 0]
    return box, origin[:, 1]


def _joined(glyphs: Glyphs, held: NDArray[np.int64], turn: int, place: Sheet) -> list[Piece]:
    if not len(held):
        return []
    paint = glyphs.paint[held]
    box, base = _turned(glyphs.box[held], glyphs.by.origin[paint], turn, place)
    size = np.maximum(glyphs.by.size[paint], 0.5)
    small, large = np.minimum(size[1:], size[:-1]), np.maximum(size[1:], size[:-1])
    gap = np.maximum(box[1:, 0] - box[:-1, 2], box[:-1, 0] - box[1:, 2])
    new = (np.abs(base[1:] - base[:-1]) > 0.5 * small) | (gap > _PIECE_GAP * large)
    gaps = np.concatenate([[0.0], box[1:, 0] - box[:-1, 2]])
    starts = np.concatenate([[0], np.flatnonzero(new) + 1, [len(held)]]).tolist()
    letters = "".join(map(glyphs.text.__getitem__, held.tolist()))
    spaced = np.concatenate([[0], (gaps[1:] > _WORD_GAP * large) | glyphs.after_space[held[1:]]])
    parted, places = _parted(glyphs.codes[held], spaced.astype(bool))
    lines, sizes, lefts, rights = base.tolist(), size.tolist(), box[:, 0].tolist(), box[:, 2].tolist()
    found = []
    for first, end in pairwise(starts):
        at = slice(first, end)
        words = _words(parted[places[first] : places[end]], letters[at], gaps[at])
        if words:
            middle, high = _median(lines[at]), _median(sizes[at])
            found.append(Piece(min(lefts[at]), middle - 0.22 * high, max(rights[at]), middle + 0.78 * high, words))
    return found


def _parted(codes: NDArray[np.int64], spaced: NDArray[np.bool_]) -> tuple[str, list[int]]:
    """Letters with a space before each that is `spaced`, and where each then stands; the end is the last."""
    places = np.cumsum(np.concatenate([[0], 1 + spaced]))
    made = np.full(places[-1], ord(" "), np.uint32)
    made[places[1:] - 1] = codes
    return made.tobytes().decode("utf-32-le", "surrogatepass"), places.tolist()


def _median(values: list[float]) -> float:
    """As numpy's, which takes ten times as long for a line."""
    if values.count(values[0]) == len(values):
        return values[0]
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _words(parted: str, letters: str, gaps: NDArray[np.float64]) -> str:
    """The words of a piece; `parted` are its letters with spaces between them."""
    words = parted.split()
    if len(words) > 3 and max(map(len, words)) == 1:  # a heading with white between its letters
        usual = 1.6 * float(np.median(gaps[1:])) + 0.1
        words = "".join(
            f" {letter}" if gap > usual else letter for letter, gap in zip(letters, gaps, strict=True)
        ).split()
    return " ".join(words)


def _slanted(glyphs: Glyphs, held: NDArray[np.int64]) -> list[str]:
    """Text written at an angle, in the order it is painted."""
    lines: list[str] = []
    last = -2
    for index in held.tolist():
        if index - last > 3 or not lines:
            lines.append("")
        elif index - last > 1:
            lines[-1] += " "
        lines[-1] += glyphs.text[index]
        last = index
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def without_running_lines(pages: list[list[Piece]], places: list[Sheet]) -> list[list[Piece]]:
    """Pages without the headers and footers that come back at the same height on several pages, and without page
    numbers. The head of the first page stays: it is the person's name."""
    counted = Counter(key for held, place in zip(pages, places, strict=True) for key in {*_keys(held, place)})
    kept = []
    for number, (held, place) in enumerate(zip(pages, places, strict=True)):
        kept.append([piece for piece in held if not _runs(piece, place, counted, number)])
    return kept


def _keys(held: list[Piece], place: Sheet) -> list[tuple[str, int]]:
    return [_key(piece) for piece in held if _edge(piece, place)]


def _key(piece: Piece) -> tuple[str, int]:
    return re.sub(r"\d+", "#", piece.text), round(piece.y0 / 4)


def _edge(piece: Piece, place: Sheet) -> str:
    if piece.middle < _MARGIN * place.height:
        return "foot"
    return "head" if piece.middle > (1 - _MARGIN) * place.height else ""


def _runs(piece: Piece, place: Sheet, counted: Counter[tuple[str, int]], number: int) -> bool:
    edge = _edge(piece, place)
    if not edge:
        return False
    text = _key(piece)[0]
    if _PAGE_NUMBER.fullmatch(text) and len(piece.text) < 16 and (edge == "foot" or number):
        return True
    return counted[_key(piece)] > 1 and (edge == "foot" or number > 0)
