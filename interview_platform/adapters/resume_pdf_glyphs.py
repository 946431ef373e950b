"""What a PDF page's text layer holds, letter by letter, as pdfium reads it: arrays, one entry a character.

Places are points on the page as it is shown (after its own rotation, from the lower left corner of what is shown).
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from interview_platform.adapters.resume_pdf_parts import Parts, fast

_P, _I, _ADDRESS = ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t
_loose_box = fast(raw.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
_object_of = fast(raw.FPDFText_GetTextObject, _ADDRESS, _P, _I)
_unicode = fast(raw.FPDFText_GetUnicode, ctypes.c_uint, _P, _I)
_bulk = fast(raw.FPDFText_GetText, _I, _P, _I, _I, _P)
_origin = fast(raw.FPDFText_GetCharOrigin, _I, _P, _I, _P, _P)
_matrix = fast(raw.FPDFText_GetMatrix, _I, _P, _I, _P)
_font_size = fast(raw.FPDFText_GetFontSize, ctypes.c_double, _P, _I)
_mode = fast(raw.FPDFTextObj_GetTextRenderMode, _I, _P)  # -1 for what is no text
_fill = fast(raw.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
_extent = fast(raw.FPDFPageObj_GetBounds, _I, _P, _P, _P, _P, _P)
_font = fast(raw.FPDFTextObj_GetFont, _ADDRESS, _P)


_READABLE = {**dict.fromkeys(range(32), 32), 2: 45, 0xFFFE: 45}  # pdfium's signs for a hyphen at the end of a line
_REACH = 0.03  # of its height: how much higher a letter with a stem may reach
_FARTHEST = 1e6  # points: where a damaged file's numbers end


@dataclass(frozen=True)
class Sheet:
    """A page's place: `width` and `height` in points as shown, `turns` of 90° clockwise, `box` left, bottom, right,
    top of what is shown of it, in the page's own coordinates."""

    width: float
    height: float
    turns: int
    box: tuple[float, float, float, float]

    def shown(self, x: NDArray[Any], y: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Points of the page's own coordinates, on the page as it is shown."""
        left, bottom, right, top = self.box
        if self.turns == 1:
            return y - bottom, self.height - (x - left)
        if self.turns == 2:
            return right - x, self.height - (y - bottom)
        if self.turns == 3:
            return top - y, self.height - (right - x)
        return x - left, y - bottom

    def turned(self, x: NDArray[Any], y: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Directions, turned as the page is."""
        return ((x, y), (y, -x), (-x, -y), (-y, x))[self.turns]


@dataclass(frozen=True)
class Paint:
    """What paints runs of characters: one row an object of the page. Arrays of length m."""

    address: NDArray[np.int64]
    size: NDArray[np.float64]  # points, after every scaling
    turn: NDArray[np.int64]  # quarters that the writing is turned against the clock; -1 for slanted
    origin: NDArray[np.float64]  # (m, 2): a point on the line that the letters stand on
    font: NDArray[np.int64]  # the address of its font
    mode: NDArray[np.int64]  # the text render mode, 0..7
    colour: NDArray[np.int64]  # (m, 4): red, green, blue, alpha; -1 where it is a pattern

    @property
    def upright(self) -> NDArray[np.bool_]:
        """Written as most text is."""
        upright: NDArray[np.bool_] = self.turn == 0
        return upright

    @property
    def base(self) -> NDArray[np.float64]:
        """Height of the line that upright letters stand on."""
        return self.origin[:, 1]


@dataclass(frozen=True)
class Glyphs:
    """A page's characters in the order they are painted. `box` (n, 4): x0, y0, x1, y1; `paint` (n,) rows of Paint,
    -1 for the spaces and line ends that pdfium adds."""

    text: list[str]
    blank: NDArray[np.bool_]  # (n,): white space
    letter: NDArray[np.bool_]  # (n,): letters and digits
    after_space: NDArray[np.bool_]  # (n,): a blank object was painted just before, which pdfium leaves out
    box: NDArray[np.float64]
    paint: NDArray[np.int64]
    by: Paint

    @cached_property
    def codes(self) -> NDArray[np.int64]:
        """(n,): the code point of each character."""
        return _codes(self.text)


def sheet(page: pypdfium2.PdfPage) -> Sheet:
    """Where the page lies."""
    box = page.get_bbox()
    return Sheet(page.get_width(), page.get_height(), raw.FPDFPage_GetRotation(page) % 4, box)


def glyphs(page: pypdfium2.PdfPage, place: Sheet, found: Parts, most: int) -> Glyphs | None:
    """The page's characters; None when there are more than `most`. Raises pypdfium2.PdfiumError."""
    layer = raw.FPDFText_LoadPage(page)
    if not layer:
        raise pypdfium2.PdfiumError("the text layer could not be read")
    try:
        count = max(0, raw.FPDFText_CountChars(layer))
        if count > most:
            return None
        return _glyphs(int(ctypes.cast(layer, ctypes.c_void_p).value or 0), count, place, found)
    finally:
        raw.FPDFText_ClosePage(layer)


def _glyphs(layer: int, count: int, place: Sheet, found: Parts) -> Glyphs:
    held = (ctypes.c_float * (4 * max(count, 1)))()
    start = ctypes.addressof(held)
    deque(map(_loose_box, repeat(layer), range(count), range(start, start + 16 * count, 16)), 0)
    owners = np.fromiter(map(_object_of, repeat(layer), range(count)), np.int64, count)
    text = _text(layer, count)
    edges = np.ctypeslib.as_array(held)[: 4 * count].reshape(count, 4).astype(float)  # left, top, right, bottom
    edges = np.clip(np.nan_to_num(edges), -_FARTHEST, _FARTHEST)
    x0, y0 = place.shown(edges[:, 0], edges[:, 3])
    x1, y1 = place.shown(edges[:, 2], edges[:, 1])
    box = np.stack([np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)], axis=1)
    addresses, first, rows = np.unique(owners, return_index=True, return_inverse=True)
    paint = np.where(owners == 0, -1, rows)
    codes = _codes(text)
    blank, letter = _flags(text, codes, str.isspace), _flags(text, codes, str.isalnum)
    after, mode = np.zeros(count, bool), np.zeros(len(addresses), np.int64)
    if len(addresses):
        order = np.array(found.texts, np.int64)
        rows = np.minimum(np.searchsorted(addresses, order), len(addresses) - 1)
        kept = addresses[rows] == order
        after[first] = _after_blank(order, rows, kept, len(addresses))
        mode = _modes(addresses, rows[kept], np.array(found.modes, np.int64)[kept])
    return Glyphs(text, blank, letter, after, box, paint, _paint(layer, addresses, first, mode, place, box))


def _codes(text: list[str]) -> NDArray[np.int64]:
    """(n,) the code point of each character."""
    return np.frombuffer("".join(text).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)


def _flags(text: list[str], codes: NDArray[np.int64], holds: Callable[[str], bool]) -> NDArray[np.bool_]:
    """(n,) whether something holds of each character; asked once for each of ASCII."""
    known = np.array([holds(chr(code)) for code in range(128)] + [False], bool)
    found: NDArray[np.bool_] = known[np.minimum(codes, 128)]
    others = np.flatnonzero(codes >= 128)
    found[others] = [holds(text[index]) for index in others.tolist()]
    return found


def _after_blank(
    order: NDArray[np.int64], rows: NDArray[np.int64], kept: NDArray[np.bool_], many: int
) -> NDArray[np.bool_]:
    """(many,): before this object stands one without characters and without extent, which is a space. `order` are the
    page's text objects as they are painted; those `kept` have characters and are `rows` of the result."""
    at = np.flatnonzero(~kept)
    edges = np.zeros((len(at), 4), np.float32)
    place, end = edges.ctypes.data, edges.ctypes.data + edges.nbytes
    deque(map(_extent, order[at].tolist(), *(range(place + part, end, 16) for part in (0, 4, 8, 12))), 0)
    before = at[edges[:, 0] == edges[:, 2]] + 1
    before = before[before < len(order)]
    after = np.zeros(many, bool)
    after[rows[before[kept[before]]]] = True
    return after


def _modes(addresses: NDArray[np.int64], rows: NDArray[np.int64], known: NDArray[np.int64]) -> NDArray[np.int64]:
    """The text render mode of each object: `known` of those in `rows`, asked of the others; 0 for no object."""
    mode = np.where(addresses == 0, 0, -1)
    mode[rows] = known
    others = np.flatnonzero(mode < 0)
    mode[others] = np.fromiter(map(_mode, addresses[others].tolist()), np.int64, len(others))
    return mode


def _text(layer: int, count: int) -> list[str]:
    """The layer's characters, one string each. All at once where none needs two UTF-16 units or is left out."""
    held = (ctypes.c_ushort * (count + 1))()
    if _bulk(layer, 0, count, ctypes.addressof(held)) == count + 1:
        text = bytes(held).decode("utf-16-le", "ignore")[:-1]
        if len(text) == count:
            return list(text.translate(_READABLE))
    codes = [_unicode(layer, index) for index in range(count)]
    return [chr(_READABLE.get(code, code)) if _is_character(code) else " " for code in codes]


def _is_character(code: int) -> bool:
    return 0 < code < 0x110000 and not 0xD800 <= code < 0xE000


def _paint(layer: int, addresses: Any, first: Any, mode: Any, place: Sheet, box: Any) -> Paint:
    """How each object paints, asked at its first character."""
    colour, font = _colours(addresses)
    order = np.argsort(first)
    new = _new_lines(box[first[order]], font[order])
    origin, matrix, size = _places(layer, first[order[new]].tolist())
    back = np.empty(len(order), np.int64)
    back[order] = np.cumsum(new) - 1
    return _as_paint(addresses, (origin[back], matrix[back], size[back]), (font, mode, colour), place, box[first])


def _new_lines(box: Any, font: Any) -> NDArray[np.bool_]:
    """(m,): not on the line of the object before, in its font and size, whose letters stand at the same height."""
    new = np.ones(len(box), bool)
    low, high = np.round(box[:, 1] * 50), np.round(box[:, 3] * 50)  # what differs by less is the same
    reach = _REACH * (high[1:] - low[1:])
    new[1:] = (low[1:] != low[:-1]) | (np.abs(high[1:] - high[:-1]) > reach) | (font[1:] != font[:-1])
    new[:2] = True  # the first may be the one of the spaces that pdfium adds
    return new


def _colours(addresses: Any) -> tuple[Any, Any]:
    """Red, green, blue and alpha of each object, -1 where it has none of its own; and its font."""
    many = len(addresses)
    listed = addresses.tolist()
    shade = np.zeros((many, 4), np.uint32)
    at = shade.ctypes.data
    places = [range(at + part, at + part + 16 * many, 16) for part in (0, 4, 8, 12)]
    filled = np.fromiter(map(_fill, listed, *places), bool, many)  # pdfium answers 0 for no object
    font = np.fromiter(map(_font, listed), np.int64, many)
    return np.where(filled[:, None], shade.astype(np.int64), -1), font


def _places(layer: int, indices: list[int]) -> tuple[Any, Any, Any]:
    """Origin, matrix and font size of single characters."""
    many = len(indices)
    origin, matrix = np.zeros((many, 2)), np.zeros((many, 6), np.float32)
    at, turn = origin.ctypes.data, matrix.ctypes.data
    deque(map(_origin, repeat(layer), indices, range(at, at + 16 * many, 16), range(at + 8, at + 8 + 16 * many, 16)), 0)
    deque(map(_matrix, repeat(layer), indices, range(turn, turn + 24 * many, 24)), 0)
    return origin, matrix, np.fromiter(map(_font_size, repeat(layer), indices), float, many)


def _as_paint(addresses: Any, held: Any, looks: tuple[Any, Any, Any], place: Sheet, box: Any) -> Paint:
    origin, matrix, size = held
    along, across = place.turned(matrix[:, 0], matrix[:, 1])
    tall = np.hypot(matrix[:, 2], matrix[:, 3])
    turn = np.full(len(size), -1, np.int64)
    for quarter, (ahead, aside) in enumerate(((along, across), (across, along), (-along, across), (-across, along))):
        turn[(ahead > 0) & (np.abs(aside) < 0.2 * np.maximum(ahead, 1e-9))] = quarter
    high = np.where(turn % 2 == 0, box[:, 3] - box[:, 1], box[:, 2] - box[:, 0])
    size = np.clip(np.nan_to_num(tall * np.abs(size)), 0, _FARTHEST)
    origin = np.clip(np.nan_to_num(origin), -_FARTHEST, _FARTHEST)
    odd = (turn >= 0) & ((size < 0.3 * high) | (size > 4 * high))  # a font whose letters have a scale of their own
    size = np.where(odd, high, size)
    return Paint(addresses, size, turn, np.stack(place.shown(origin[:, 0], origin[:, 1]), axis=1), *looks)
