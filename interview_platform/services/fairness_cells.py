"""Totals without persons: categories too small to show are hidden, and what would give them away by subtraction.

People of a hidden category are counted together with those of an unknown one, in one number that is at least `least`:
nobody can work out how many of either there are. Where too few are unknown for that, the next smallest category is
hidden, too. In the crossed table the same holds for every row and column. What is hidden takes no part in any ratio.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from interview_platform.services.fairness_rates import (
    BOTH,
    HIDDEN,
    RACE,
    SEX,
    Category,
    Counts,
    Person,
    Table,
    as_table,
    counts,
    of_counts,
)

LEAST = 5
"""A category is shown from so many people on."""
LEAST_KNOWN = 10
"""Below so many people with a known category nothing is shown at all."""


def tables(people: Sequence[Person], measure: str, least: int = LEAST) -> tuple[Table, ...]:
    """By sex, by race and ethnicity, by both, with what must not be shown hidden. `least` of 1 hides nothing."""
    sexes, races, both = (counts(people, measure, by) for by in (SEX, RACE, BOTH))
    held = [(one, hidden(sizes(one), least, one.unknown)) for one in (sexes, races)]
    gone = {name for _, names in held for name in names}
    margins = {**sizes(sexes), **sizes(races)}
    held.append((both, _crossed(sizes(both), margins, gone, least, both.unknown)))
    return tuple(shown(one, names) for one, names in held)


def table(people: Sequence[Person], measure: str, least: int = LEAST) -> Table:
    """One table by `Person.sex`, whatever stands there."""
    held = counts(people, measure, SEX)
    return shown(held, hidden(sizes(held), least, held.unknown))


def shown(held: Counts, names: set[str]) -> Table:
    """The table with these categories hidden: they stand last, without numbers, their people among the unknown."""
    seen = tuple(line for line in held.lines if line[0] not in names)
    folded = sum(n for name, n, _ in held.lines if name in names)
    lines = (*of_counts(seen), *(Category(name, 0, 0, verdict=HIDDEN) for name in sorted(names)))
    return as_table(replace(held, lines=seen, unknown=held.unknown + folded), lines)


def sizes(held: Counts) -> dict[str, int]:
    """People by category."""
    return {name: n for name, n, _ in held.lines}


def hidden(sizes: Mapping[str, int], least: int, beside: int = 0) -> set[str]:
    """Categories not to be shown. `beside`: people of no category, who are counted in one number with the hidden."""
    names = {name for name, n in sizes.items() if n < least}
    while _tells(sizes, names, least, beside) and (more := _smallest(sizes, names)):
        names.add(more)
    return names


def rounded(people: int) -> int:
    """A number of people that stands apart from its table, down to a multiple of LEAST: nothing is worked out by it."""
    return people - people % LEAST


def _crossed(
    sizes: Mapping[str, int], margins: Mapping[str, int], gone: set[str], least: int, unknown: int
) -> set[str]:
    """Of the crossed table: small cells, cells of a hidden row or column, and what would give these away."""
    names = {name for name, n in sizes.items() if n < least or gone & set(name.split(" · "))}
    lines = [({one: n for one, n in sizes.items() if part in one.split(" · ")}, part) for part in margins]
    totals = [(held, margins[part] - sum(held.values())) for held, part in lines if part not in gone]
    totals.append((dict(sizes), unknown))
    changed = True
    while changed:
        changed = False
        for held, beside in totals:
            if _tells(held, names & set(held), least, beside) and (more := _smallest(held, names)):
                names.add(more)
                changed = True
    return names


def _tells(sizes: Mapping[str, int], names: set[str], least: int, beside: int) -> bool:
    """Whether the number of those not shown gives a hidden category away."""
    left = beside + sum(sizes[name] for name in names)
    return bool(names) and (left < least or (not beside and len(names) < 2))


def _smallest(sizes: Mapping[str, int], names: set[str]) -> str:
    return min((name for name in sizes if name not in names), key=lambda name: (sizes[name], name), default="")
