"""How likely an answer speaks to its question at all: a story beside it shows nothing, however well it is told. Pure.

Measured of the whole answer, for one near sentence proves little: "We took the window out" is near to many questions.
What is beside the question, or made of remarks that fit every question (stock.py), counts less for every point, and
most of all for the points of form. Never nothing: who answers without naming what was asked is not told for sure.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from interview_platform.services.scoring.shown import Measured

FEATURES = ("near_two", "near_all", "shares", "concrete", "stock")
WEIGHTS = (7.0, 20.7, 8.7, 1.7, -25.2)
BIAS = -1.66
"""Fitted on marked answers against benchmarks/hostile_answers.yaml put to questions (`benchmarks.levels --fit`)."""
BESIDE, SPEAKS = 0.3, 0.75
"""The chance up to which an answer is taken to be beside the question, and from which to speak to it."""
LEAST_CONTENT, LEAST_FORM = 0.5, 0.3
"""What the chances of points of content, and of form, are multiplied by at least."""
CLAIMED = 0.5
"""How far it has to speak to it before anything is claimed ("met")."""
_MOST_CONCRETE = 3
_USUAL_STOCK, _UNHEARD = 0.28, 2
"""An answer of few sentences is taken for a usual one, as if two more had been heard, as far from it as most."""


def features(found: Measured) -> NDArray[np.float64]:
    """FEATURES of an answer that has late shares: likeness of the two nearest sentences, and of all, to question and
    points; the mean of the points' best shares; how concretely the three most concrete sentences tell; likeness of the
    sentences to stock talk."""
    assert found.shares is not None
    near = np.sort(found.near)[::-1]
    concrete = np.sort(np.where(found.general, 0.0, found.concrete))[::-1]
    return np.array(
        [
            near[:2].mean(),
            near.mean(),
            found.shares.max(axis=0).mean(),
            concrete[:_MOST_CONCRETE].mean(),
            (found.stock.sum() + _USUAL_STOCK * _UNHEARD) / (len(found.stock) + _UNHEARD),
        ]
    )


def speaks(found: Measured) -> float:
    """How far an answer speaks to its question, 0..1: 1 where there are no vectors of word pieces to tell by."""
    if found.shares is None:
        return 1.0
    chance = 1 / (1 + math.exp(-(float(features(found) @ np.array(WEIGHTS)) + BIAS)))
    return round(min(1.0, max(0.0, (chance - BESIDE) / (SPEAKS - BESIDE))), 4)


def of_content(speaking: float) -> float:
    """What a point of content counts in an answer that speaks to the question so far."""
    return LEAST_CONTENT + (1 - LEAST_CONTENT) * speaking


def of_form(speaking: float) -> float:
    """What a point of form counts in it."""
    return LEAST_FORM + (1 - LEAST_FORM) * speaking
