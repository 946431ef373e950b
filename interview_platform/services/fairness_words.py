"""The words of the fairness workbench: the categories of the form, what a verdict means, how it was counted."""

from __future__ import annotations

from interview_platform.services.fairness_rates import (
    ADVERSE,
    BOTH,
    DIFFERENT,
    FINE,
    HIDDEN,
    LOW,
    NO_RATIO,
    RACE,
    REFERENCE,
    SCORING,
    SELECTION,
    SEX,
    SMALL,
    TOO_FEW,
    Category,
    Table,
    one_person_decides,
    percent,
    printed,
)

SEXES: dict[str, str] = {"female": "Female", "male": "Male", "other": "Non-binary or another"}
RACES: dict[str, str] = {
    "hispanic": "Hispanic or Latino",
    "white": "White",
    "black": "Black or African American",
    "pacific": "Native Hawaiian or Pacific Islander",
    "asian": "Asian",
    "native": "Native American or Alaska Native",
    "two": "Two or More Races",
}
"""Categories of the EEO-1 report, which the rule names; all but the first are "not Hispanic or Latino"."""

BY: dict[str, str] = {SEX: "Sex", RACE: "Race and ethnicity", BOTH: "Race, ethnicity and sex together"}
MEASURES: dict[str, str] = {SELECTION: "Selected", SCORING: "Scored above the median"}

VERDICTS: dict[str, str] = {
    REFERENCE: "Highest rate",
    SMALL: "Under 2%: left out",
    TOO_FEW: "Too few people to say",
    ADVERSE: "Below four fifths",
    LOW: "Below four fifths; may be chance",
    DIFFERENT: "Differs more than chance",
    FINE: "No flag",
    NO_RATIO: "Nobody was selected",
    HIDDEN: "Too few people to show",
}
TONES: dict[str, str] = {ADVERSE: "danger", LOW: "attention", DIFFERENT: "attention"}

NEXT: dict[str, str] = {
    ADVERSE: (
        "Find out which step makes the difference: look at the stages and the questions below. Have the questions and "
        "the rubric of that step reviewed, and try whether another one measures the same with less difference. Speak "
        "to your counsel before you go on using it."
    ),
    LOW: (
        "Not proof of anything: the numbers are small enough for chance. Look again when more people have answered, "
        "and look at the questions now: they cost nothing to review."
    ),
    DIFFERENT: (
        "The ratio is above four fifths, but with so many people the difference is unlikely to be chance. The federal "
        "guidelines count that too (29 CFR 1607.4(D)). Look at the step's questions and rubric."
    ),
}

NOT_ADVICE = "This is a calculation, not legal advice, and not the independent audit that Local Law 144 asks for."
METHOD: tuple[str, ...] = (
    "Selection rate: people of a category who were selected, divided by all people of that category with an outcome.",
    "Scoring rate: people of a category who scored above the median of everybody with a score, people of an unknown "
    "category included, divided by all people of that category with a score.",
    "Impact ratio: a category's rate divided by the highest rate of the same table (6 RCNY § 5-300).",
    "Categories under 2% of a table's people are left out of the impact ratios and are never the highest rate, "
    "because one or two people decide such a rate (6 RCNY § 5-301(d)); their numbers and rates are shown.",
    "People whose category is unknown are in no rate; their number is shown.",
    "Intervals are 95%: Wilson's for a rate, Katz' for a ratio. p: Fisher's exact test, two-sided, against the highest "
    "rate; Holm's correction counts how many categories were compared.",
    "Flag: a ratio below 0.80 (the four-fifths rule, 29 CFR 1607.4(D)). Where even nobody being selected could have "
    "been chance, or a category has fewer than 5 people, it says “too few people to say”.",
)


def meaning(one: Category, table: Table) -> str:
    """One sentence on a category, for somebody who has never heard of an impact ratio."""
    best = table.reference
    done = "selected" if table.measure == SELECTION else "above the median"
    if one.verdict == REFERENCE or best is None or one.ratio is None:
        return _without_ratio(one, done)
    compare = (
        f"{percent(one.rate)} of {one.n} were {done}, against {percent(best.rate)} of {best.n} ({best.name}): "
        f"{printed(one.ratio, 2)} of the highest rate."
    )
    ends = {
        TOO_FEW: " With so few people no difference could be told from chance.",
        ADVERSE: f" Chance alone is an unlikely reason (p = {_chance(one.p)}).",
        LOW: f" Chance can be the reason (p = {_chance(one.p)}).",
        DIFFERENT: f" Chance alone is an unlikely reason (p = {_chance(one.p)}).",
        FINE: "",
    }
    hangs = one.verdict in (ADVERSE, LOW) and one_person_decides(one, best)
    return compare + ends[one.verdict] + (f" One more person {done} would lift it to four fifths." if hangs else "")


def unknown(table: Table) -> str:
    """How many people are in no rate, and why."""
    folded = any(one.verdict == HIDDEN for one in table.categories)
    return f"{table.unknown} of an unknown category" + (", or of one too small to show" if folded else "")


def too_small(table: Table) -> str:
    """The categories that are hidden, in a line; "" for none."""
    names = ", ".join(one.name for one in table.categories if one.verdict == HIDDEN)
    return f"Too few people to show: {names}." if names else ""


def _without_ratio(one: Category, done: str) -> str:
    if one.verdict == HIDDEN:
        return "So few people that their numbers would point at them. They are left out of the ratios."
    rate = f"{percent(one.rate)} of {one.n} were {done}."
    if one.verdict == SMALL:
        return f"{rate} These are {percent(one.share)} of all: under 2%, so that one or two people decide the rate."
    return rate


def _chance(p: float | None) -> str:
    return "below 0.001" if p is not None and p < 0.001 else printed(p, 3)
