"""Which text objects of a page are painted apart from one another, so that none hides among another's letters."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from interview_platform.adapters.resume_pdf_glyphs import Glyphs

MOST_LAYERS = 4
"""More words over one another are not legible."""
UNPAINTED = MOST_LAYERS
_APART = MOST_LAYERS + 1
_SOME = 5  # shared cells, below which nothing lies over anything
_WIDE = 4.0  # pixels: letters whose middles are nearer than about half of this hide one another
_LITTLE = 0.2  # of the cells that either shares with anything: the ends of words may touch
_HIGH, _HIGHER = 1.4, 2.0
"""Times the height that is looked at, about half a letter's size: less than from line to line, to tell whether words
lie over one another at all; and all that could leave its mark there, to part them."""


def layers(glyphs: Glyphs, spots: NDArray[np.int64], doubtful: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(m,) the layer each object is painted on: 0, and further ones for what would hide among the letters of others.

    UNPAINTED is for what lies under too many words. What holds `doubtful` letters, in the colour of their ground, is
    never painted with the rest: it must leave a mark of its own.
    """
    found = np.zeros(len(glyphs.by.address), np.int64)
    real = np.flatnonzero((glyphs.paint >= 0) & ~glyphs.blank)
    apart = np.zeros(len(found), bool)
    if not doubtful[real].all():
        apart[glyphs.paint[real[doubtful[real]]]] = True
    together = real[~apart[glyphs.paint[real]]]
    if len(_shared_cells(glyphs, spots, together, _HIGH)) >= _SOME:
        _part(glyphs.paint, _shared_cells(glyphs, spots, together, _HIGHER), found)
    found[apart] = _APART
    return found


def _shared_cells(
    glyphs: Glyphs, spots: NDArray[np.int64], real: NDArray[np.int64], heights: float
) -> dict[int, list[int]]:
    """Characters (by index) by the small cell of the page that holds their middles, where it holds several that do
    not follow one another."""
    high = max(3.0, heights * float(np.median(spots[real, 3] - spots[real, 1]))) if len(real) else 3.0
    across = (spots[real, 0] + spots[real, 2]) / 2
    down = (spots[real, 1] + spots[real, 3]) / 2
    found: dict[int, list[int]] = {}
    for number, (aside, shift) in enumerate(((0.0, 0.0), (0.0, 0.5), (0.5, 0.0), (0.5, 0.5))):
        keys = (
            ((across / _WIDE + aside).astype(np.int64) << 24) + ((down / high + shift).astype(np.int64) << 2) + number
        )
        order = np.argsort(keys, kind="stable")
        same = np.flatnonzero((np.diff(keys[order]) == 0) & (np.diff(order) > 3))
        for place in np.concatenate([same, same + 1]).tolist():
            found.setdefault(int(keys[order[place]]), []).append(int(real[order[place]]))
    return found


def _part(paint: NDArray[np.int64], cells: dict[int, list[int]], layers: NDArray[np.int64]) -> None:
    """Give objects that share cells different layers, the first painted the lowest."""
    of_object: dict[int, list[int]] = {}
    for cell, indices in cells.items():
        for index in indices:
            of_object.setdefault(int(paint[index]), []).append(cell)
    taken: list[dict[int, list[int]]] = [{} for _ in range(MOST_LAYERS)]  # by layer: the objects in each cell
    for row, held in sorted(of_object.items(), key=lambda item: min(cells[item[1][0]])):
        layer = next((at for at in range(MOST_LAYERS) if _fits(held, taken[at], of_object)), UNPAINTED)
        layers[row] = layer
        for cell in held if layer != UNPAINTED else ():
            taken[layer].setdefault(cell, []).append(row)


def _fits(held: list[int], taken: dict[int, list[int]], of_object: dict[int, list[int]]) -> bool:
    """Whether an object shares little with each other of a layer: of a short word beneath a long line, too."""
    shared = Counter(other for cell in held for other in taken.get(cell, ()))
    return all(many <= _LITTLE * min(len(held), len(of_object[other])) for other, many in shared.items())
