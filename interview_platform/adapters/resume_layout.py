"""Reading order of a page: pieces of text with their boxes in, lines as a person reads them out. Pure.

Columns are read one after the other; a date or place at the end of a row stays in its row. Points, y grows upwards.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

_GUTTER_POINTS = 6.0  # narrowest white between two columns
_COLUMN_LINES = 4  # fewer lines side by side are a row, not columns
_SHORT_CHARACTERS = 24  # mean length of what stands at the end of rows: dates, places, page numbers
_SIDEBAR = re.compile(
    r"(?i)(?:\w+ ){0,2}(?:contacts?|details|skills|languages?|certifications?|certificates|licen[cs]es|"
    r"education|interests|hobbies|links|awards|"
    r"strengths|competencies|expertise|tools|software|references|summary|profile|about(?: me)?)\W?"
)  # headings of what stands in a sidebar


@dataclass(frozen=True)
class Piece:
    """Text on one line without a wide gap in it."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str

    @property
    def height(self) -> float:
        """Of the line, in points."""
        return max(self.y1 - self.y0, 0.1)

    @property
    def middle(self) -> float:
        """Height of its centre on the page."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True)
class _Columns:
    """A stretch of the page with something on both sides of a gutter."""

    left: list[Piece]
    right: list[Piece]
    above: list[Piece]
    below: list[Piece]

    @property
    def weight(self) -> int:
        """How much the gutter parts: characters on the thinner side."""
        return min(_characters(self.left), _characters(self.right))


def read_page(pieces: list[Piece]) -> str:
    """The page's text: one line per row, a tab where a row has a wide gap, an empty line between blocks."""
    return "\n\n".join(part for part in (_rows(block) for block in _blocks(pieces)) if part)


def _blocks(pieces: list[Piece]) -> list[list[Piece]]:
    """Stretches of text in the order they are read."""
    found = _columns(pieces)
    if found is None:
        return [pieces] if pieces else []
    return [block for side in (found.above, found.left, found.right, found.below) for block in _blocks(side)]


def _columns(pieces: list[Piece]) -> _Columns | None:
    """The gutter that parts most text, or None when the stretch is read straight down."""
    best: _Columns | None = None
    for edge in _edges(pieces):
        for found in _stretches(pieces, edge):
            if (best is None or found.weight > best.weight) and _are_columns(found):
                best = found
    return best


def _edges(pieces: list[Piece]) -> list[float]:
    """Where a column may begin: several lines start there."""
    starts: dict[int, list[float]] = {}
    for piece in pieces:
        starts.setdefault(round(piece.x0 / 4), []).append(piece.x0)
    return [
        min(held)
        for place, held in starts.items()
        if sum(len(starts.get(place + step, ())) for step in (-1, 0, 1)) >= _COLUMN_LINES
    ]


def _stretches(pieces: list[Piece], edge: float) -> list[_Columns]:
    """Where nothing crosses the white just left of `edge`: the page from one crossing line to the next."""
    ordered = sorted(pieces, key=lambda piece: -piece.middle)
    runs: list[tuple[int, int]] = []
    begun = 0
    for index, piece in enumerate(ordered):
        if piece.x0 < edge - 0.5 and piece.x1 > edge - _GUTTER_POINTS:
            runs.append((begun, index))
            begun = index + 1
    runs.append((begun, len(ordered)))
    return [
        _Columns(
            left=[piece for piece in ordered[first:last] if piece.x0 < edge - 0.5],
            right=[piece for piece in ordered[first:last] if piece.x0 >= edge - 0.5],
            above=ordered[:first],
            below=ordered[last:],
        )
        for first, last in runs
        if last - first >= 2 * _COLUMN_LINES
    ]


def _are_columns(found: _Columns) -> bool:
    """Whether two sides are read one after the other, not row by row."""
    few, many = sorted((found.left, found.right), key=len)
    if len(few) < 2 or not _overlap(few, many):
        return False
    middles = sorted(piece.middle for piece in many)
    away = [_near(middles, piece.middle) / piece.height for piece in few]
    in_rows = sum(distance < 0.4 for distance in away) / len(few)
    beside = sum(distance < 0.75 for distance in away) / len(few)
    if len(few) < _COLUMN_LINES:  # the little that stands in a sidebar beside a full column
        return few is found.left and len(many) >= 2 * _COLUMN_LINES and in_rows < 0.7 and beside >= 0.5
    if beside < 0.2:
        return False  # headings set out to the left, each with nothing beside it
    if _is_sidebar(few):
        return True
    short = _characters(few) / len(few) < _SHORT_CHARACTERS
    dated = sum(bool(re.search(r"\b(19|20)\d\d\b|\d{1,2}/\d{2,4}", piece.text)) for piece in few) / len(few)
    return not (in_rows >= 0.8 and (short or dated >= 0.4))


def _is_sidebar(pieces: list[Piece]) -> bool:
    """Whether a side has headings of its own with text below each, so that it is no row of labels."""
    heads = sum(bool(_SIDEBAR.fullmatch(piece.text.strip())) for piece in pieces)
    return heads >= 2 and len(pieces) >= 3 * heads


def _near(sorted_values: list[float], value: float) -> float:
    """Distance to the nearest value."""
    place = bisect_left(sorted_values, value)
    return min(abs(other - value) for other in sorted_values[max(0, place - 1) : place + 1])


def _overlap(one: list[Piece], other: list[Piece]) -> bool:
    """Whether two sides stand beside each other for a good part of the shorter one."""
    top = min(max(piece.y1 for piece in side) for side in (one, other))
    bottom = max(min(piece.y0 for piece in side) for side in (one, other))
    shorter = min(max(p.y1 for p in side) - min(p.y0 for p in side) for side in (one, other))
    return top - bottom > 0.5 * shorter


def _same_row(one: Piece, other: Piece) -> bool:
    return abs(one.middle - other.middle) < 0.4 * min(one.height, other.height)


def _rows(pieces: list[Piece]) -> str:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.middle, piece.x0)):
        if rows and _same_row(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    lines: list[str] = []
    for index, row in enumerate(rows):
        if index and rows[index - 1][0].y0 - row[0].y1 > 0.8 * row[0].height:
            lines.append("")
        lines.append(_line(sorted(row, key=lambda piece: piece.x0)))
    return "\n".join(lines).strip("\n")


def _line(row: list[Piece]) -> str:
    """A row's pieces; close ones (a bold word, an icon) are parted by a space, far ones by a tab."""
    text = row[0].text.strip()
    for before, piece in pairwise(row):
        gap = piece.x0 - before.x1
        text += ("\t" if gap > 2 * piece.height else " ") + piece.text.strip()
    return text


def _characters(pieces: list[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)
