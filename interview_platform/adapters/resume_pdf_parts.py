"""What a PDF page is made of: its text objects in the order they are painted, its pictures, and how many shapes.

pdfium is called through pointers of our own (`fast`): the library's wrappers would cost more than the reading.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2
from pypdfium2 import raw

_MOST_OBJECTS = 60_000  # more on one page are a drawing, not a résumé
_MOST_PIXELS = 40_000_000  # of a picture that is unpacked to look at the page
_MOST_DEPTH = 12


def fast(function: Any, returns: Any, *takes: Any) -> Callable[..., Any]:
    """The same C function taking and giving plain numbers; nothing else runs meanwhile."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(returns, *takes)(address or 0)


_P, _I = ctypes.c_void_p, ctypes.c_int
_mode = fast(raw.FPDFTextObj_GetTextRenderMode, _I, _P)  # -1 for what is no text
_page_object = fast(raw.FPDFPage_GetObject, ctypes.c_size_t, _P, _I)
_form_object = fast(raw.FPDFFormObj_GetObject, ctypes.c_size_t, _P, ctypes.c_ulong)
_form_count = fast(raw.FPDFFormObj_CountObjects, _I, _P)
_kind = fast(raw.FPDFPageObj_GetType, _I, _P)
_marks = fast(raw.FPDFPageObj_CountMarks, _I, _P)
_activate = fast(raw.FPDFPageObj_SetIsActive, _I, _P, _I)


@dataclass
class Parts:
    """What a page is made of. `texts` are the text objects' addresses, `modes` the text render mode of each; `tags`
    the ActualText of each that has one."""

    texts: list[int] = field(default_factory=list)
    modes: list[int] = field(default_factory=list)
    tags: dict[int, str] = field(default_factory=dict)
    layers: set[int] = field(default_factory=set)  # the text objects on a layer that can be switched off
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)  # in the page's own coordinates
    shapes: int = 0  # everything else that leaves a mark
    huge: bool = False  # a picture too large to unpack, or too many objects: the page cannot be looked at


def parts(page: pypdfium2.PdfPage) -> Parts:
    """Every object of the page, also those inside forms."""
    address = int(ctypes.cast(page.raw, ctypes.c_void_p).value or 0)
    found = Parts()
    _collect(found, _page_object, address, raw.FPDFPage_CountObjects(page), 0)
    return found


def activate(addresses: Iterable[int], on: bool) -> None:
    """Say of objects, by their addresses, whether they are painted from now on."""
    deque(map(_activate, filter(None, addresses), repeat(int(on))), 0)


def _collect(found: Parts, get: Callable[..., Any], owner: int, count: int, depth: int) -> None:
    left = max(0, _MOST_OBJECTS - len(found.texts) - found.shapes)
    found.huge = found.huge or count > left
    items = list(map(get, repeat(owner), range(min(count, left))))
    marks = np.fromiter(map(_marks, items), np.int64, len(items))
    kinds = np.fromiter(map(_mode, items), np.int64, len(items))
    modes, begun = kinds.tolist(), 0
    for place in np.flatnonzero((kinds < 0) | (marks > 0)).tolist():
        _add_texts(found, items[begun:place], modes[begun:place])  # most are text and nothing else
        begun = place + 1
        if modes[place] >= 0:
            _add_texts(found, items[place:begun], modes[place:begun])
            _read_marks(items[place], found)
        elif items[place]:
            _collect_other(found, items[place], depth)
    _add_texts(found, items[begun:], modes[begun:])


def _add_texts(found: Parts, items: list[int], modes: list[int]) -> None:
    found.texts += items
    found.modes += modes


def _collect_other(found: Parts, item: int, depth: int) -> None:
    kind = _kind(item)
    if kind == raw.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
        _collect(found, _form_object, item, _form_count(item), depth + 1)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        found.huge = found.huge or _pixels(pointer(item)) > _MOST_PIXELS
        found.pictures.append(_bounds(pointer(item)))
    else:
        found.shapes += 1


def pointer(address: int) -> Any:
    """The page object at an address that `parts` or `glyphs` gave."""
    return ctypes.cast(address, raw.FPDF_PAGEOBJECT)


def is_embedded(address: int) -> bool:
    """Whether the font of the text object at this address comes with the file."""
    return bool(raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(pointer(address))) == 1)


def _pixels(item: Any) -> int:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(item, width, height)
    return int(width.value) * int(height.value)


def _bounds(item: Any) -> tuple[float, float, float, float]:
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *edges)
    return (edges[0].value, edges[1].value, edges[2].value, edges[3].value)


def _read_marks(address: int, found: Parts) -> None:
    """Note what an object's marks say: other words for what it paints, or that it stands on a layer."""
    item = pointer(address)
    for index in reversed(range(_marks(address))):
        mark = raw.FPDFPageObj_GetMark(item, index)
        if _mark_text(raw.FPDFPageObjMark_GetName, mark) == "OC":
            found.layers.add(address)
        words = _mark_text(raw.FPDFPageObjMark_GetParamStringValue, mark, b"ActualText")
        if words:
            found.tags[address] = words
            raw.FPDFPageObj_RemoveMark(item, mark)  # so that the letters that are painted are read, not these


def _mark_text(get: Any, mark: Any, *key: bytes) -> str:
    length = ctypes.c_ulong()
    if not get(mark, *key, None, 0, length) or length.value < 4:
        return ""
    held = (ctypes.c_ushort * (length.value // 2 + 1))()
    get(mark, *key, held, length.value, length)
    return bytes(held).decode("utf-16-le", "ignore").replace("\0", "")  # some begin with one
