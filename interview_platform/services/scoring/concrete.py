"""How concretely a sentence tells something: what happened or was done, or talk that would fit any job and anybody.

"In October I counted two thousand boxes" names a deed, a number, things; "I always give my best and communicate well"
does not. Read by plain signs of English, weighed by a logistic sum that is fitted on our own answers
(`python -m benchmarks.levels --fit`). Names of people and places, pronouns and the length of an answer play no part.
"""

from __future__ import annotations

import math
import re

from interview_platform.services.scoring import structure
from interview_platform.services.scoring.generalities import is_general
from interview_platform.services.scoring.sentences import content, written_out

SIGNS = ("general", "past", "deed", "outcome", "number", "habit", "definite", "own", "matter")
WEIGHTS = (-1.659, 0.52, 0.826, 1.498, 1.716, -0.854, 0.332, 0.336, 1.276)
BIAS = -2.503
"""Fitted; see benchmarks/levels.py."""
_MOST_PAST, _MOST_HABIT, _MOST_DEFINITE = 3, 3, 3
_MOST_MATTER, _MATTER_UNIT = 14, 5
"""More words that carry content than this add nothing: a long sentence is not a concrete one."""

_PAST = re.compile(rf"\b{structure.PAST}\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:i|my|me|myself|we|our|us)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|"
    r"half|third|percent)\b",
    re.IGNORECASE,
)
_HABIT = re.compile(
    r"\b(?:always|usually|often|never|generally|normally|mostly|try to|tend to|sometimes|every time|prefer|believe|"
    r"think|like to|important|good|best|great|nice|well|very|really|of course|many|most|things|issues|problems|quickly|"
    r"carefully|properly)\b",
    re.IGNORECASE,
)
"""What one says of how one is and works, and praise: a word or two of it is in many concrete sentences."""
_DEFINITE = re.compile(r"\b(?:the|this|that|those)\b", re.IGNORECASE)


def signs(sentence: str, roles: frozenset[str], of_the_past: bool) -> list[float]:
    """The sentence's SIGNS. `roles`: what it tells by its place (structure.roles); `of_the_past`: structure.fits."""
    written = written_out(sentence)
    return [
        float(is_general(sentence, of_the_past)),
        float(min(_MOST_PAST, len(_PAST.findall(written)))),
        float(structure.ACTION in roles),
        float(structure.RESULT in roles),
        float(bool(_NUMBER.search(sentence))),
        float(min(_MOST_HABIT, len(_HABIT.findall(sentence)))),
        float(min(_MOST_DEFINITE, len(_DEFINITE.findall(sentence)))),
        float(bool(_OWN.search(sentence))),
        min(_MOST_MATTER, len(content(sentence))) / _MATTER_UNIT,
    ]


def concreteness(sentence: str, roles: frozenset[str], of_the_past: bool) -> float:
    """0..1: the chance that the sentence comes from an account and not from talk in general."""
    total = BIAS + math.fsum(w * s for w, s in zip(WEIGHTS, signs(sentence, roles, of_the_past), strict=True))
    return round(1 / (1 + math.exp(-total)), 4)
