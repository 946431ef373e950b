"""The chance that an answer shows a point: the best estimate, which levels are made of (combine.py). Never a claim.

A claim ("met") has to be nearly certain of one sentence. A level has to be right on the whole, so it counts every point
by its chance, and looks at more: the best that any sentence does by each measure, and how much of the answer is told
concretely, for whoever tells what happened has usually shown more than the words give away, and whoever talks in
general less. What is added to an answer in general talk, praise or beside the topic changes none of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEATURES = ("share", "share_ahead", "support_ahead", "signs", "own_words", "told")
WEIGHTS = (0.209, 5.844, 2.261, 1.234, 0.805, 1.746)
BIAS = -1.639
WITHOUT_SHARES = (4.799, 1.031, 1.443, 1.899)
BIAS_WITHOUT_SHARES = -1.577
"""Logistic sums over FEATURES, and over those that need no vectors of word pieces; fitted (benchmarks/levels.py)."""
TOLD_SENTENCES = 4
"""So many concrete sentences make a whole account; more add nothing."""
NEAR = 0.15
"""Likeness to the question or a point below which a sentence is beside the topic, however concrete."""
_NONE_AHEAD = -0.3


@dataclass(frozen=True)
class Measured:
    """One answer's sentences against one question's points: matrices have the shape (sentences, points)."""

    supports: NDArray[np.float64]
    supports_ahead: NDArray[np.float64]
    shares: NDArray[np.float64] | None
    shares_ahead: NDArray[np.float64] | None
    signs: NDArray[np.float64]
    own_words: NDArray[np.float64]
    near: NDArray[np.float64]  # (sentences,): likeness to the nearest of question and points
    concrete: NDArray[np.float64]  # (sentences,)
    general: NDArray[np.bool_]  # (sentences,): talk in general, which shows nothing
    stock: NDArray[np.float64]  # (sentences,): likeness to the nearest remark that would fit any question


def features(found: Measured) -> NDArray[np.float64]:
    """Shape (points, FEATURES), or without the two of shares where there are none."""
    told = np.full(found.signs.shape[1], _told(found))
    columns = []
    if found.shares is not None and found.shares_ahead is not None:
        columns = [_best(found.shares, found, 0.0), _best(found.shares_ahead, found, _NONE_AHEAD)]
    columns += [_best(found.supports_ahead, found, _NONE_AHEAD), _best(found.signs, found, 0.0)]
    columns += [_best(found.own_words, found, 0.0), told]
    return np.stack(columns, axis=1)


def chances(found: Measured) -> NDArray[np.float64]:
    """Of each point, 0..1."""
    rows = features(found)
    whole = rows.shape[1] == len(FEATURES)
    weights, bias = (WEIGHTS, BIAS) if whole else (WITHOUT_SHARES, BIAS_WITHOUT_SHARES)
    return np.asarray((1 / (1 + np.exp(-(rows @ np.array(weights) + bias)))).round(4), dtype=np.float64)


def _best(values: NDArray[np.float64], found: Measured, none: float) -> NDArray[np.float64]:
    """The most that any sentence has of each point; a general one has none of any."""
    return np.asarray(np.where(found.general[:, None], none, values).max(axis=0), dtype=np.float64)


def _told(found: Measured) -> float:
    """How much is told concretely of what the points are about, by the TOLD_SENTENCES that tell most: a story beside
    the points counts little, however concrete."""
    bears = (found.supports if found.shares is None else found.shares).max(axis=1)
    counted = np.where((found.near > NEAR) & ~found.general, 2 * found.concrete * bears**2, 0.0)
    return float(np.sort(counted)[::-1][:TOLD_SENTENCES].sum().round(4))
