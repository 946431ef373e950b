"""Fonts whose letters are not the ones that the text layer names, told by their widths.

In every font an i is narrow and an m wide. Where the widths of a font's letters have nothing to do with those of
common fonts, the page shows other letters than the text layer says. Fixed-width fonts cannot be told this way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from interview_platform.adapters.resume_pdf_glyphs import Glyphs

_LEAST_LETTERS = 10  # different ones, below which widths agree or disagree by chance
_LEAST_LIKENESS = 0.35  # correlation; genuine fonts, slanted and small capitals too, stay above 0.6
_LEAST_SPREAD = 0.15  # of the mean width, in itself: less is a fixed-width font (others: 0.25 and more)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_WIDTHS = (  # widths of _LETTERS in thousandths of the size: Helvetica and Times
    "667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 "
    "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500",
    "722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611 "
    "444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444",
)
_COMMON = [np.array(row.split(), float) for row in _WIDTHS]


def misnamed(glyphs: Glyphs) -> NDArray[np.bool_]:
    """(n,): characters of fonts whose widths do not fit the letters they are said to be."""
    codes = glyphs.codes
    plain = (codes < 128) & glyphs.letter & (glyphs.paint >= 0) & (glyphs.by.turn[glyphs.paint] == 0)
    fonts, font = np.unique(glyphs.by.font, return_inverse=True)
    rows = font[glyphs.paint]
    wide = (glyphs.box[:, 2] - glyphs.box[:, 0]) / np.maximum(glyphs.by.size[glyphs.paint], 0.1)
    key = (rows * 128 + codes)[plain]
    shape = len(fonts) * 128
    counts = np.bincount(key, minlength=shape).reshape(-1, 128)
    widths = np.bincount(key, weights=wide[plain], minlength=shape).reshape(-1, 128) / np.maximum(counts, 1)
    letters = [ord(letter) for letter in _LETTERS]
    odd = [_is_odd(widths[row, letters], counts[row, letters] > 0) for row in range(len(fonts))]
    found: NDArray[np.bool_] = np.array(odd, bool)[rows] & (glyphs.paint >= 0)
    return found


def _is_odd(widths: NDArray[np.float64], there: NDArray[np.bool_]) -> bool:
    if there.sum() < _LEAST_LETTERS or widths[there].std() < _LEAST_SPREAD * max(widths[there].mean(), 0.01):
        return False
    common = [row[there] for row in _COMMON]
    return max(float(np.corrcoef(widths[there], row)[0, 1]) for row in common if row.std() > 0) < _LEAST_LIKENESS
