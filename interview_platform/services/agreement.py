"""How far two people, or a person and the judge, agree on levels: counts, distance, weighted kappa. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

Pair = tuple[int, int]
"""Two levels 1..5 of the same thing by two raters."""
HIGHEST = 5
FEWEST = 5
"""Fewer pairs give no kappa: it would be noise with a name."""
APART = 2
"""So many levels apart, people should talk to each other."""


@dataclass(frozen=True)
class Agreement:
    """`same` and `near` (at most one apart) are shares 0..1; `kappa` is quadratic weighted, None with too few pairs or
    where both always say the same level (it is not defined then)."""

    pairs: int
    same: float | None = None
    near: float | None = None
    bias: float | None = None  # mean of second minus first: above 0 the second is kinder
    kappa: float | None = None


def of(pairs: Sequence[Pair]) -> Agreement:
    """The figures for these pairs."""
    count = len(pairs)
    if not count:
        return Agreement(0)
    return Agreement(
        count,
        round(sum(a == b for a, b in pairs) / count, 4),
        round(sum(abs(a - b) <= 1 for a, b in pairs) / count, 4),
        round(math.fsum(b - a for a, b in pairs) / count, 4),
        weighted_kappa(pairs) if count >= FEWEST else None,
    )


def weighted_kappa(pairs: Sequence[Pair]) -> float | None:
    """Cohen's kappa with quadratic weights: 1 = always the same, 0 = as by chance. None where chance never errs."""
    count = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = math.fsum((a - b) ** 2 for a, b in pairs) / count
    by_chance = math.fsum((a - b) ** 2 * n * m for a, n in first.items() for b, m in second.items()) / count**2
    return round(1 - seen / by_chance, 4) if by_chance else None
