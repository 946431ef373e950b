"""Selection rates, scoring rates and impact ratios as 6 RCNY § 5-301 (New York City's Local Law 144) asks for them.

Pure: people in, tables out. Three tables are made of the same people: by sex, by race and ethnicity, by both together.
A rate is the share of a category that was selected, or that scored above the median of the full sample, people of an
unknown category included. An impact ratio is a rate over the highest rate of the same table.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from interview_platform.services import fairness_stats as stats
from interview_platform.services.fairness_stats import Interval

SELECTION, SCORING = "selection", "scoring"
SEX, RACE, BOTH = "sex", "race_ethnicity", "intersection"
SMALL_SHARE = 0.02
"""A category below this share of a table's people may be left out of the impact ratios (§ 5-301(d))."""
FOUR_FIFTHS = 0.8
FEWEST = 5
"""With fewer people than this in a category nothing is said about it."""

REFERENCE, SMALL, TOO_FEW, ADVERSE = "reference", "small", "too_few", "adverse"
LOW, DIFFERENT, FINE, NO_RATIO, HIDDEN = "low", "different", "fine", "no_ratio", "hidden"
"""What is said of a category; services/fairness_words has the sentences.

reference: the highest rate of the table · small: under 2 % and left out · too_few: too few people to say anything ·
adverse: below four fifths, and chance is an unlikely reason · low: below four fifths, chance can be the reason ·
different: at or above four fifths, and chance is an unlikely reason · fine: none of these · no_ratio: nobody of any
category was selected · hidden: so few people that a number would point at them (services/fairness_cells).
"""


@dataclass(frozen=True)
class Person:
    """One person assessed. An empty sex or race_ethnicity is unknown; None: not selected or refused yet, no score."""

    sex: str = ""
    race_ethnicity: str = ""
    selected: bool | None = None
    score: float | None = None


@dataclass(frozen=True)
class Category:
    """One line of a table. `p` compares with the reference (Fisher, two-sided), `p_holm` corrects for all lines."""

    name: str
    n: int
    hits: int  # selected, or scored above the median
    rate: float | None = None
    rate_interval: Interval | None = None
    ratio: float | None = None
    ratio_interval: Interval | None = None
    p: float | None = None
    p_holm: float | None = None
    share: float = 0.0  # of the table's people
    verdict: str = FINE


@dataclass(frozen=True)
class Table:
    """One of the three tables. `unknown` people lack what the table is by; `without` lack the outcome; neither is in
    `counted`."""

    by: str  # SEX | RACE | BOTH
    measure: str  # SELECTION | SCORING
    categories: tuple[Category, ...]
    counted: int
    unknown: int
    without: int
    median: float | None = None  # of the full sample, for scoring rates

    @property
    def reference(self) -> Category | None:
        """The category with the highest rate, which the others are divided by."""
        return next((one for one in self.categories if one.verdict == REFERENCE), None)

    @property
    def flagged(self) -> tuple[Category, ...]:
        """Categories somebody has to look at."""
        return tuple(one for one in self.categories if one.verdict in (ADVERSE, LOW, DIFFERENT))


_KEYS: dict[str, Callable[[Person], str]] = {
    SEX: lambda one: one.sex,
    RACE: lambda one: one.race_ethnicity,
    BOTH: lambda one: f"{one.race_ethnicity} · {one.sex}" if one.sex and one.race_ethnicity else "",
}


@dataclass(frozen=True)
class Counts:
    """People and hits of each category, not compared yet. `lines`: (name, people, hits) in the order of the names."""

    by: str
    measure: str
    lines: tuple[tuple[str, int, int], ...]
    unknown: int
    without: int
    median: float | None


def tables(people: Sequence[Person], measure: str, leave_out_small: bool = True) -> tuple[Table, ...]:
    """By sex, by race and ethnicity, by both. `leave_out_small`: use the rule's exception for categories under 2 %."""
    return tuple(table(people, measure, by, leave_out_small) for by in (SEX, RACE, BOTH))


def table(people: Sequence[Person], measure: str, by: str, leave_out_small: bool = True) -> Table:
    """One table. Categories stand in the order of their names."""
    held = counts(people, measure, by)
    return as_table(held, of_counts(held.lines, leave_out_small))


def as_table(held: Counts, lines: tuple[Category, ...]) -> Table:
    """Counts and the lines made of them as one table."""
    counted = sum(n for _, n, _ in held.lines)
    return Table(held.by, held.measure, lines, counted, held.unknown, held.without, held.median)


def counts(people: Sequence[Person], measure: str, by: str) -> Counts:
    """How many people each category has, and how many of them were selected or scored above the median."""
    key = _KEYS[by]
    middle = median(people) if measure == SCORING else None
    hit = _scored_above(middle) if measure == SCORING else _selected
    found: dict[str, list[int]] = {}
    unknown = without = 0
    for one in people:
        outcome = hit(one)
        if outcome is None:
            without += 1
        elif not key(one):
            unknown += 1
        else:
            held = found.setdefault(key(one), [0, 0])
            held[0] += 1
            held[1] += outcome
    lines = tuple((name, n, hits) for name, (n, hits) in sorted(found.items()))
    return Counts(by, measure, lines, unknown, without, middle)


def median(people: Sequence[Person]) -> float | None:
    """The median score of everybody who has one, whatever is known of them."""
    scores = [one.score for one in people if one.score is not None]
    return statistics.median(scores) if scores else None


def of_counts(lines: Sequence[tuple[str, int, int]], leave_out_small: bool = True) -> tuple[Category, ...]:
    """(name, people, hits) to the lines of a table. Raises ValueError where there are more hits than people."""
    if any(not 0 <= hits <= n for _, n, hits in lines):
        raise ValueError("more selected than people")
    total = sum(n for _, n, _ in lines)
    made = [_line(name, n, hits, total) for name, n, hits in lines if n]
    if leave_out_small:
        made = [replace(one, verdict=SMALL) if one.share < SMALL_SHARE else one for one in made]
    best = _best(made)
    if best is None or not best.hits:
        return tuple(one if one.verdict == SMALL else replace(one, verdict=NO_RATIO) for one in made)
    compared = [_compared(one, best) for one in made]
    corrected = stats.holm([one.p for one in compared])
    return tuple(replace(one, p_holm=p) for one, p in zip(compared, corrected, strict=True))


def _line(name: str, n: int, hits: int, total: int) -> Category:
    return Category(name, n, hits, hits / n, stats.wilson(hits, n), share=n / total)


def _best(lines: Sequence[Category]) -> Category | None:
    """The highest rate; of two equal ones that with more people, which is the firmer ground to compare with."""
    held = [one for one in lines if one.verdict != SMALL]
    return max(held, key=lambda one: (one.rate or 0.0, one.n), default=None)


def _compared(one: Category, best: Category) -> Category:
    if one.verdict == SMALL:
        return one
    assert one.rate is not None
    assert best.rate is not None
    ratio = (one.hits * best.n) / (one.n * best.hits)
    if one.name == best.name:
        return replace(one, ratio=1.0, verdict=REFERENCE)
    p = stats.fisher(one.hits, one.n, best.hits, best.n)
    around = stats.katz(one.hits, one.n, best.hits, best.n)
    return replace(one, ratio=ratio, ratio_interval=around, p=p, verdict=_verdict(one, best, ratio, p))


def _verdict(one: Category, best: Category, ratio: float, p: float | None) -> str:
    unlikely = p is not None and p < stats.LEVEL
    if one.n < FEWEST or best.n < FEWEST or not (unlikely or stats.can_say(one.n, best.hits, best.n)):
        return TOO_FEW
    if ratio < FOUR_FIFTHS:
        return ADVERSE if unlikely else LOW
    return DIFFERENT if unlikely else FINE


def one_person_decides(one: Category, best: Category) -> bool:
    """Whether one more person selected would lift the category to four fifths: then the flag hangs on one person."""
    if one.ratio is None or one.ratio >= FOUR_FIFTHS or not best.hits:
        return False
    return min(one.hits + 1, one.n) * best.n >= FOUR_FIFTHS * one.n * best.hits


def printed(value: float | None, digits: int) -> str:
    """A number as a table prints it: halves are rounded up, as people do; "" for none."""
    if value is None:
        return ""
    exact = Decimal(repr(round(value, 12)))
    return str(exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))


def percent(value: float | None, digits: int = 1) -> str:
    """A share as per cent: "54.3%"; "" for none."""
    return "" if value is None else f"{printed(value * 100, digits)}%"


def _selected(one: Person) -> bool | None:
    return one.selected


def _scored_above(middle: float | None) -> Callable[[Person], bool | None]:
    def above(one: Person) -> bool | None:
        return None if one.score is None or middle is None else one.score > middle

    return above
