"""The statistics beside an impact ratio: Wilson and Katz intervals, Fisher's exact test, Holm's correction. On scipy.

Counts in, figures out; nothing is known here of people or of law. Shares and ratios are 0..1 and up, never per cent.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

LEVEL = 0.05
"""Below this probability chance alone is taken as an unlikely reason; the intervals are 95 %."""


@dataclass(frozen=True)
class Interval:
    """Both ends, included."""

    low: float
    high: float


def wilson(hits: int, of: int) -> Interval | None:
    """Wilson's score interval of a share; None for nobody."""
    if of <= 0:
        return None
    from scipy.stats import binomtest

    found = binomtest(hits, of).proportion_ci(confidence_level=1 - LEVEL, method="wilson")
    return Interval(max(0.0, float(found.low)), min(1.0, float(found.high)))


def katz(hits: int, of: int, other_hits: int, other_of: int) -> Interval | None:
    """Katz' log interval of the ratio of two shares (the first over the second).

    Where one of them has no hits, or both have nothing else, half a person is added to every cell (Walter 1975): a
    logarithm needs a hit, and a spread of nothing would be sure of one person. None where either group is empty or both
    have no hits: there is no ratio then.
    """
    if of <= 0 or other_of <= 0 or (hits == 0 and other_hits == 0):
        return None
    add = 0.5 if 0 in (hits, other_hits) or (hits, other_hits) == (of, other_of) else 0.0
    a, n, b, m = hits + add, of + 2 * add, other_hits + add, other_of + 2 * add
    from scipy.stats import norm

    spread = float(norm.ppf(1 - LEVEL / 2)) * math.sqrt(max(0.0, 1 / a - 1 / n + 1 / b - 1 / m))
    middle = math.log((a / n) / (b / m))
    low = 0.0 if hits == 0 else math.exp(middle - spread)
    return Interval(low, math.inf if other_hits == 0 else math.exp(middle + spread))


def fisher(hits: int, of: int, other_hits: int, other_of: int) -> float | None:
    """Two-sided probability of Fisher's exact test that two groups differ at least so much by chance."""
    if of <= 0 or other_of <= 0:
        return None
    from scipy.stats import fisher_exact

    return min(1.0, float(fisher_exact([[hits, of - hits], [other_hits, other_of - other_hits]])[1]))


def can_say(of: int, other_hits: int, other_of: int) -> bool:
    """Whether a group of this size could differ by more than chance at all: if nobody of it had been chosen.

    Where even that would leave Fisher's test above LEVEL, no figure of this group says anything either way.
    """
    found = fisher(0, of, other_hits, other_of)
    return found is not None and found < LEVEL


def holm(chances: Sequence[float | None]) -> list[float | None]:
    """The same probabilities, corrected for how many were looked at (Holm 1979); None stays None."""
    order = sorted((p, place) for place, p in enumerate(chances) if p is not None)
    made: list[float | None] = [None] * len(chances)
    most = 0.0
    for rank, (p, place) in enumerate(order):
        most = max(most, min(1.0, p * (len(order) - rank)))
        made[place] = most
    return made
