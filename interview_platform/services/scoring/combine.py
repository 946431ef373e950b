"""Levels and totals from points, in pure code: the same verdicts always give the same numbers.

A level is 1 + the share of points shown, times four, rounded: none shown 1, half 3, all 5. Where the judge gives the
chance that a point was shown, the point counts by its chance: a level is the best estimate of what the answer holds,
while a claim ("met") has to be nearly certain. The interval covers what uncertain points could change.

What was not assessed is left out, never counted as 0; it widens the overall's interval instead, for it could have been
anything. Sums are exact (`fsum`), so the order of questions and competencies does not matter.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interview_platform.ports import PointVerdict, Verdict

LOWEST, HIGHEST = 1, 5
ENOUGH_COVERAGE = 0.5
"""Below this share of the rubric's weight there is no recommendation."""
UNSURE = 0.5
"""A verdict with less confidence than this may be one step better or worse (in the interval only)."""

_WORTH: dict[Verdict, float] = {"met": 1.0, "partly": 0.5, "not_shown": 0.0}
_WORSE: dict[Verdict, float] = {"met": 0.5, "partly": 0.0, "not_shown": 0.0}
_BETTER: dict[Verdict, float] = {"met": 1.0, "partly": 1.0, "not_shown": 0.5}
SURELY_NOT, SURELY = 0.1, 0.9
"""Chances from which a point counts not at all, and in full: no chance is ever 0 or 1, but an answer with every point
is a 5 and one with none a 1."""
_DOUBT = 3
"""How far strict and kind readings of a chance lie apart: half a point is read as an eighth, or as seven."""
_LEAST_WORTH: dict[Verdict, float] = {"met": 0.8, "partly": 0.2, "not_shown": 0.0}
_MOST_WORTH: dict[Verdict, float] = {"met": 1.0, "partly": 1.0, "not_shown": 0.6}
"""What a point counts, whatever its chance: what is claimed counts most of a point, what is not shown never a whole."""


@dataclass(frozen=True)
class Level:
    """A level 1..5 and the interval it may lie in when unclear points are read strictly or kindly."""

    level: int
    low: float
    high: float


@dataclass(frozen=True)
class Part:
    """One competency in the total; `level` None = not assessed."""

    group: str
    weight: float
    level: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Total:
    """The overall 1..5 (None = nothing assessed), its interval, and the share of weight that was assessed."""

    value: float | None
    low: float | None
    high: float | None
    coverage: float


def level_of(verdicts: Sequence[PointVerdict], discarded: int = 0) -> Level | None:
    """The level that the verdicts give; None without any.

    `discarded` points had a verdict whose quotes were not found in the transcript: they say nothing about the
    level, but the interval covers both readings of them.
    """
    if not verdicts:
        return None
    worth = [_counts(v) for v in verdicts]
    strict = [_strictly(v) for v in verdicts] + [0.0] * discarded
    kind = [_kindly(v) for v in verdicts] + [1.0] * discarded
    level = _from_share(worth)
    return Level(level, float(min(level, _from_share(strict))), float(max(level, _from_share(kind))))


def _counts(verdict: PointVerdict) -> float:
    """How much of a point it counts, 0..1."""
    if verdict.chance is None:
        return _WORTH[verdict.verdict]
    by_chance = (verdict.chance - SURELY_NOT) / (SURELY - SURELY_NOT)
    return min(_MOST_WORTH[verdict.verdict], max(_LEAST_WORTH[verdict.verdict], by_chance))


def _strictly(verdict: PointVerdict) -> float:
    """What it counts to a strict reader; the less certain, the further below."""
    if verdict.chance is not None:
        return _counts(verdict) ** _DOUBT
    return _WORSE[verdict.verdict] if _is_unclear(verdict) else _WORTH[verdict.verdict]


def _kindly(verdict: PointVerdict) -> float:
    if verdict.chance is not None:
        return 1 - (1 - _counts(verdict)) ** _DOUBT
    return _BETTER[verdict.verdict] if _is_unclear(verdict) else _WORTH[verdict.verdict]


def _is_unclear(verdict: PointVerdict) -> bool:
    return verdict.verdict == "partly" or verdict.confidence < UNSURE


def _from_share(worth: Sequence[float]) -> int:
    share = math.fsum(worth) / len(worth)
    return LOWEST + math.floor(share * (HIGHEST - LOWEST) + 0.5)


def overall(parts: Iterable[Part]) -> Total:
    """The weighted mean of what was assessed. In the interval, what was not assessed may be anything from 1 to 5."""
    counted = [p for p in parts if p.weight > 0]
    whole = math.fsum(p.weight for p in counted)
    assessed = [p for p in counted if p.level is not None]
    if not assessed:
        return Total(None, None, None, 0.0)
    weight = math.fsum(p.weight for p in assessed)
    value = math.fsum(p.weight * _or(p.level) for p in assessed) / weight
    open_weight = max(0.0, whole - weight)
    low = math.fsum([*(p.weight * _or(p.low, p.level) for p in assessed), open_weight * LOWEST]) / whole
    high = math.fsum([*(p.weight * _or(p.high, p.level) for p in assessed), open_weight * HIGHEST]) / whole
    return Total(round(value, 2), round(min(low, value), 2), round(max(high, value), 2), round(weight / whole, 4))


def _or(*values: float | None) -> float:
    return next(float(v) for v in values if v is not None)


def group_means(parts: Iterable[Part], groups: Iterable[str]) -> dict[str, float | None]:
    """Per group, the weighted mean of what was assessed in it; None where nothing was."""
    held = list(parts)
    return {group: overall(p for p in held if p.group == group).value for group in groups}


def recommendation(total: Total) -> str:
    """strong_yes | yes | mixed | no, or "" when too little was assessed. A person decides in every case."""
    if total.value is None or total.low is None or total.coverage < ENOUGH_COVERAGE:
        return ""
    if total.value >= 4.2 and total.low >= 3.5:
        return "strong_yes"
    if total.value >= 3.4:
        return "yes"
    return "mixed" if total.value >= 2.4 else "no"
