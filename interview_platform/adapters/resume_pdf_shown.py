"""Whether a PDF page shows the characters of its text layer: the page is painted with and without them and compared.

What is covered, clipped away, transparent, switched off or in the colour of its background leaves no difference,
whatever the means. Characters that share a place with others are painted apart, so that none hides behind another.
"""

from __future__ import annotations

import ctypes
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from interview_platform.adapters.resume_pdf_glyphs import Glyphs, Sheet
from interview_platform.adapters.resume_pdf_layers import UNPAINTED
from interview_platform.adapters.resume_pdf_layers import layers as find_layers
from interview_platform.adapters.resume_pdf_parts import Parts, activate

LEAST_CONTRAST = 20
"""Of 255, in green; twice that in red and four times in blue, as eyes weigh them."""
_SHORT_SIDE = 612.0  # pixels of the page's shorter side: 72 to the inch on paper
_LONG_SIDE = 4_000.0
_ZOOM = 3.0  # for letters too thin to leave a clear mark
_LUMA = np.array([0.3, 0.59, 0.11])
_FAINT = 60  # of 255: less opaque is looked at twice
_STRIP = 64  # rows of pixels
_EDGE = 40  # a step in brightness, of 255, where a picture shows letters

Picture = NDArray[np.uint8]  # (height, width, 4): blue, green, red, nothing; (height, width) in grey


class TooSlow(Exception):
    """The page takes longer to paint than there is time."""


@dataclass(frozen=True)
class Shown:
    """One entry a character. `painted`: it leaves a mark; `ground`: the colour behind it; `inked`: what lies behind
    it is itself drawn or written, as on a scan."""

    painted: NDArray[np.bool_]
    ground: NDArray[np.int64]  # (n, 3): red, green, blue
    inked: NDArray[np.bool_]


@dataclass(frozen=True)
class _View:
    """A part of the page, painted at `scale` pixels a point: pixels from the page's upper left corner."""

    scale: float
    left: int
    top: int
    wide: int
    high: int


class Look:
    """A page that is looked at once: afterwards it shows no text. `until` is the monotonic time to be done by."""

    def __init__(self, page: pypdfium2.PdfPage, place: Sheet, found: Parts, until: float) -> None:
        self.page, self.place, self.found, self.until = page, place, found, until

    def at(self, glyphs: Glyphs) -> Shown:
        """Raises TooSlow, MemoryError."""
        view = self._whole(1.0)
        spots = _spots(glyphs, self.place, view)
        return self._in_grey(glyphs, spots, view) or self._in_colour(glyphs, spots, view)

    def _in_grey(self, glyphs: Glyphs, spots: NDArray[np.int64], view: _View) -> Shown | None:
        """Where a quick look shows every word with a clear contrast to what lies behind it; else None."""
        if find_layers(glyphs, spots, np.zeros(len(spots), bool)).any():
            return None
        whole = self._picture(view, grey=True)
        ground = self._ground(view, grey=True)
        painted = _marked(_apart(whole, ground), spots)
        shade = ground[_middle(spots, ground)].astype(np.int64)
        own = glyphs.by.colour[glyphs.paint]
        clear = (own[:, 0] < 0) | (np.abs(own[:, :3] @ _LUMA - shade) >= 2 * LEAST_CONTRAST)
        clear &= (own[:, 3] < 0) | (own[:, 3] > _FAINT)
        visible = ~glyphs.blank & (glyphs.paint >= 0)
        if (visible & ~clear).any() or _together(visible & ~painted).any():
            activate(self.found.texts, True)
            return None
        return Shown(painted, np.repeat(shade[:, None], 3, axis=1), np.zeros(len(spots), bool))

    def _in_colour(self, glyphs: Glyphs, spots: NDArray[np.int64], view: _View) -> Shown:
        whole = self._picture(view)
        ground = self._ground(view)
        behind = _colours(ground, spots)
        low = low_contrast(glyphs, behind)
        layers = find_layers(glyphs, spots, low)
        painted = self._painted(glyphs, spots, ground, layers, view, whole)
        doubtful = _doubtful(glyphs, painted, low, self.place)
        if doubtful.any():
            painted |= doubtful & self._zoomed(glyphs, doubtful, layers)
        inked = _marked(_edges(ground), spots) if self.found.pictures else np.zeros(len(painted), bool)
        return Shown(painted, behind, inked)

    def _whole(self, zoom: float) -> _View:
        short, long = sorted((max(self.place.width, 1.0), max(self.place.height, 1.0)))
        scale = min(zoom * _SHORT_SIDE / short, _LONG_SIDE / long)
        return _View(scale, 0, 0, max(1, round(self.place.width * scale)), max(1, round(self.place.height * scale)))

    def _ground(self, view: _View, *, grey: bool = False) -> Picture:
        """The page without any text."""
        if not self.found.pictures and not self.found.shapes:
            return _white(view, grey)
        activate(self.found.texts, False)
        return self._picture(view, grey=grey)

    def _painted(
        self, glyphs: Glyphs, spots: Any, ground: Picture, layers: Any, view: _View, whole: Picture | None
    ) -> NDArray[np.bool_]:
        """Which characters leave a mark. `whole` is the page with all its text."""
        if not layers.any() and whole is not None:
            return _marked(_difference(whole, ground), spots)
        painted = np.zeros(len(glyphs.text), bool)
        of_character = np.where(glyphs.paint >= 0, layers[glyphs.paint], -1)
        for layer in np.unique(layers[layers != UNPAINTED]).tolist():
            activate(self.found.texts, False)
            activate(glyphs.by.address[layers == layer].tolist(), True)
            marks = _difference(self._picture(view), ground)
            painted |= (of_character == layer) & _marked(marks, spots)
        return painted

    def _zoomed(self, glyphs: Glyphs, doubtful: NDArray[np.bool_], layers: Any) -> NDArray[np.bool_]:
        """A closer look at the part of the page that holds the doubtful letters."""
        view = self._whole(_ZOOM)
        edges = _spots(glyphs, self.place, view)[doubtful]
        left, top = (edges[:, :2].min(axis=0) - 4).clip(0).tolist()
        right, bottom = (edges[:, 2:].max(axis=0) + 4).tolist()
        view = _View(view.scale, left, top, min(right, view.wide) - left, min(bottom, view.high) - top)
        ground = self._ground(view)
        return self._painted(glyphs, _spots(glyphs, self.place, view), ground, layers, view, None)

    def _picture(self, view: _View, *, grey: bool = False) -> Picture:
        held = _white(view, grey)
        data = held.ctypes.data_as(ctypes.c_void_p)
        kind, depth = (raw.FPDFBitmap_Gray, 1) if grey else (raw.FPDFBitmap_BGRx, 4)
        bitmap = raw.FPDFBitmap_CreateEx(view.wide, view.high, kind, data, depth * view.wide)
        if not bitmap:
            raise MemoryError
        try:
            self._paint(bitmap, view)
        finally:
            raw.FPDFBitmap_Destroy(bitmap)
        return held

    def _paint(self, bitmap: Any, view: _View) -> None:
        pause = raw.IFSDK_PAUSE(version=1)
        kind = dict(raw.IFSDK_PAUSE._fields_)["NeedToPauseNow"]
        pause.NeedToPauseNow = kind(lambda _pause: int(time.monotonic() > self.until))
        wide, high = round(self.place.width * view.scale), round(self.place.height * view.scale)
        where = (-view.left, -view.top, max(1, wide), max(1, high), 0, raw.FPDF_RENDER_NO_SMOOTHIMAGE)
        try:
            state = raw.FPDF_RenderPageBitmap_Start(bitmap, self.page, *where, pause)
        finally:
            raw.FPDF_RenderPage_Close(self.page)
        if state != raw.FPDF_RENDER_DONE:
            raise TooSlow


def _white(view: _View, grey: bool = False) -> Picture:
    if view.wide < 1 or view.high < 1:
        raise MemoryError
    shape = (view.high, view.wide) if grey else (view.high, view.wide, 4)
    held: Picture = np.frombuffer(bytearray(b"\xff") * int(np.prod(shape)), np.uint8).reshape(shape)
    return held


def _doubtful(glyphs: Glyphs, painted: Any, low: Any, place: Sheet) -> NDArray[np.bool_]:
    """Letters side by side that should be seen and left no mark: thin ones, mostly, or hidden ones."""
    by = glyphs.by
    should = (by.mode < 3) & ((by.colour[:, 3] < 0) | (by.colour[:, 3] > _FAINT))
    across, up = (glyphs.box[:, 0] + glyphs.box[:, 2]) / 2, (glyphs.box[:, 1] + glyphs.box[:, 3]) / 2
    inside = (across >= 0) & (across <= place.width) & (up >= 0) & (up <= place.height)
    alone: NDArray[np.bool_] = inside & (glyphs.paint >= 0) & glyphs.letter & should[glyphs.paint] & ~(painted | low)
    return _together(alone)


def _together(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Those flagged that have others beside them: words, not single thin letters."""
    if not flags.any():
        return flags
    flagged: NDArray[np.bool_] = flags & (np.convolve(flags, np.ones(5), "same") >= 3)
    return flagged


def low_contrast(glyphs: Glyphs, behind: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(n,): the colour a character is filled with is that of what lies behind it, or it is all but transparent."""
    colour = glyphs.by.colour[glyphs.paint]
    away = np.abs(colour[:, :3] - behind) // (2, 1, 4)  # as LEAST_CONTRAST
    plain = (colour[:, 0] >= 0) & (glyphs.by.mode[glyphs.paint] % 4 == 0) & (glyphs.paint >= 0)
    same = (away.max(axis=1, initial=0) < LEAST_CONTRAST) | (colour[:, 3] < LEAST_CONTRAST)
    low: NDArray[np.bool_] = plain & same
    return low


def _spots(glyphs: Glyphs, place: Sheet, view: _View) -> NDArray[np.int64]:
    """(n, 4) pixels x0, y0, x1, y1 (ends not included) where a character must leave a mark: up to the height of an x,
    so that the lines above and below do not count; commas and accents as high as the line."""
    by, box = glyphs.by, glyphs.box
    base, size, upright = by.base[glyphs.paint], by.size[glyphs.paint], by.upright[glyphs.paint]
    bottom = np.where(upright, base - np.where(glyphs.letter, 0.05, 0.25) * size, box[:, 1])
    top = np.where(upright, base + np.where(glyphs.letter, 0.45, 0.95) * size, box[:, 3])
    edges = np.stack([box[:, 0], place.height - top, box[:, 2], place.height - bottom], axis=1) * view.scale
    edges = np.clip(np.nan_to_num(edges), -1e6, 1e6)
    spots = np.concatenate([np.floor(edges[:, :2]), np.ceil(edges[:, 2:])], axis=1).astype(np.int64)
    spots[:, 2:] = np.maximum(spots[:, 2:], spots[:, :2] + 1)
    spots -= [view.left, view.top, view.left, view.top]
    clipped: NDArray[np.int64] = np.clip(spots, 0, [view.wide, view.high, view.wide, view.high])
    return clipped


def _middle(spots: NDArray[np.int64], ground: Picture) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row and column of the middle of each spot."""
    high, wide = ground.shape[:2]
    across = np.minimum((spots[:, 0] + spots[:, 2]) // 2, wide - 1)
    return np.minimum((spots[:, 1] + spots[:, 3]) // 2, high - 1), across


def _colours(ground: Picture, spots: NDArray[np.int64]) -> NDArray[np.int64]:
    """Red, green and blue of the ground in the middle of each spot."""
    colours: NDArray[np.int64] = ground[_middle(spots, ground)][:, 2::-1].astype(np.int64)
    return colours


def _difference(one: Picture, other: Picture) -> NDArray[np.bool_]:
    """(height, width): where two pictures differ so that eyes see it."""
    seen = np.zeros(one.shape[0] * one.shape[1], bool)
    other_pixels = other.reshape(-1, 4)
    where = np.flatnonzero(one.view(np.uint32).ravel() != other.view(np.uint32).ravel())
    here, there = one.reshape(-1, 4)[where], other_pixels[where]
    away = np.maximum(here, there) - np.minimum(here, there)
    seen[where] = (
        (away[:, 1] >= LEAST_CONTRAST) | (away[:, 2] >= 2 * LEAST_CONTRAST) | (away[:, 0] >= 4 * LEAST_CONTRAST)
    )
    return seen.reshape(one.shape[:2])


def _apart(one: Picture, other: Picture) -> NDArray[np.bool_]:
    """(height, width): where two grey pictures differ so that eyes see it. Takes the place of the first, and goes by
    strips: memory that a process touches for the first time costs more than the sums."""
    marks = one.view(np.bool_)
    for top in range(0, len(one), _STRIP):
        here, there = one[top : top + _STRIP], other[top : top + _STRIP]
        less = np.minimum(here, there)
        np.greater_equal(np.maximum(here, there) - less, LEAST_CONTRAST, out=marks[top : top + _STRIP])
    return marks


def _edges(ground: Picture) -> NDArray[np.bool_]:
    """Where brightness jumps from one pixel to the next."""
    green = np.ascontiguousarray(ground[..., 1])
    found = np.zeros(green.shape, bool)
    found[:, 1:] = np.maximum(green[:, 1:], green[:, :-1]) - np.minimum(green[:, 1:], green[:, :-1]) >= _EDGE
    return found


def _marked(marks: NDArray[np.bool_], spots: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether any pixel of each spot is marked. Row after row, beginning in the middle, where most letters have ink."""
    wide = marks.shape[1]
    where = np.flatnonzero(marks)
    x0, y0, x1, y1 = spots.T
    found = np.zeros(len(spots), bool)
    high = y1 - y0
    left = np.arange(len(spots))
    for step in range(int(high.max(initial=0))):
        left = left[(high[left] > step) & ~found[left]]
        start = (y0[left] + (step + high[left] // 2) % high[left]) * wide
        found[left] = np.searchsorted(where, start + x1[left]) > np.searchsorted(where, start + x0[left])
    return found
