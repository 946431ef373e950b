"""The fairness page's lines: tables of totals as text and widths, nothing that names a person."""

from dataclasses import dataclass, field

from interview_platform.services import fairness_export, fairness_words
from interview_platform.services.fairness_rates import (
    HIDDEN,
    LOW,
    RACE,
    SEX,
    SMALL,
    TOO_FEW,
    Category,
    Table,
    percent,
    printed,
)
from interview_platform.services.fairness_report import Part, Workbench

_QUIET = (HIDDEN, SMALL, TOO_FEW)
_MOST = 1000  # a ratio's upper end beyond this says nothing more


@dataclass
class RateRow:
    """One category. `left`, `width`, `dot`: the interval and the rate on a track of 0–100 %, as CSS lengths."""

    name: str
    people: str = ""
    rate: str = ""
    around: str = ""
    left: str = "0%"
    width: str = "0%"
    dot: str = "0%"
    ratio: str = ""
    ratio_around: str = ""
    p: str = ""
    flag: str = ""
    tone: str = ""
    meaning: str = ""


@dataclass
class RateTable:
    """One table of a part."""

    by: str
    title: str
    rate: str
    facts: str
    small: str
    rows: list[RateRow] = field(default_factory=list)


@dataclass
class RatePart:
    """One stage, question or quarter."""

    key: str
    title: str
    about: str
    note: str
    tables: list[RateTable] = field(default_factory=list)


@dataclass
class FlagLine:
    """One thing to look at, and what to do."""

    title: str
    flag: str
    tone: str
    firm: bool  # chance alone is an unlikely reason
    meaning: str
    next: str


def part(held: Part) -> RatePart:
    """A part as the page shows it."""
    known = f" At least {held.known} with a known category." if held.known else ""
    about = f"{held.about}.{known}"
    return RatePart(held.key, held.title, about, held.note, [_table(one) for one in held.tables])


def flags(held: Workbench) -> list[FlagLine]:
    """Everything flagged, the firmest first."""
    return [
        FlagLine(
            f"{one.name}: {of.title}",
            fairness_words.VERDICTS[one.verdict],
            fairness_words.TONES.get(one.verdict, ""),
            one.verdict != LOW,
            fairness_words.meaning(one, table),
            fairness_words.NEXT.get(one.verdict, ""),
        )
        for of, table, one in fairness_export.flagged(fairness_export.parts_of(held))
    ]


def course(held: Workbench) -> list[dict[str, str | float]]:
    """The lowest impact ratio of each quarter in per cent, by sex and by race; a quarter without one has no point."""
    return [
        {"name": one.title, **{name: low for name, by in (("sex", SEX), ("race", RACE)) if (low := _lowest(one, by))}}
        for one in held.quarters
        if one.tables
    ]


def _lowest(held: Part, by: str) -> float:
    lines = [line for table in held.tables if table.by == by for line in table.categories]
    ratios = [line.ratio for line in lines if line.ratio is not None and line.verdict not in _QUIET]
    return round(100 * min(ratios), 1) if len(ratios) > 1 else 0.0


def _table(held: Table) -> RateTable:
    done = "selected" if held.measure == "selection" else "above the median"
    facts = f"{held.counted} people counted · {fairness_words.unknown(held)}"
    if held.without:
        facts += f" · {held.without} without an outcome yet"
    rows = [_row(one, held) for one in held.categories if one.verdict != HIDDEN]
    small = fairness_words.too_small(held)
    return RateTable(held.by, fairness_words.BY[held.by], f"Share {done}", facts, small, rows)


def _row(one: Category, table: Table) -> RateRow:
    said = fairness_words.VERDICTS[one.verdict]
    meaning = fairness_words.meaning(one, table)
    around, ratio = one.rate_interval, one.ratio_interval
    assert around is not None  # the line has people
    return RateRow(
        one.name,
        people=str(one.n),
        rate=percent(one.rate),
        around=f"{percent(around.low, 0)} to {percent(around.high, 0)}",
        left=percent(around.low),
        width=percent(around.high - around.low),
        dot=percent(one.rate),
        ratio=printed(one.ratio, 2),
        ratio_around=f"{printed(ratio.low, 2)} to {printed(ratio.high, 2) if ratio.high < _MOST else '∞'}"
        if ratio
        else "",
        p="below 0.001" if one.p is not None and one.p < 0.001 else printed(one.p, 3),
        flag=said,
        tone=fairness_words.TONES.get(one.verdict, ""),
        meaning=meaning,
    )
