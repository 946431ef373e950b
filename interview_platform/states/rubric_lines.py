"""A job's rubric put into words for its page, the draft a person makes of it, and the way back."""

from dataclasses import dataclass, field
from typing import Any

from interview_platform.errors import BadInput
from interview_platform.services.rubric_changes import Change
from interview_platform.services.rubric_check import CONFIRM, LEVELS, STOP, AskedDraft, LineDraft, Problem
from interview_platform.services.rubrics import VersionRow
from interview_platform.states.words import GROUPS, moment

TITLES = {STOP: "To be changed", CONFIRM: "Protected ground"}
TONES = {STOP: "danger", CONFIRM: "attention"}


@dataclass
class PointItem:
    """What a good answer shows, and the question that asks for it."""

    point: str = ""
    follow_up: str = ""


@dataclass
class AskedItem:
    """A question of the plan with its points."""

    text: str = ""
    points: list[PointItem] = field(default_factory=list)


@dataclass
class RubricItem:
    """One line as typed; the weight stays text until it is saved. `share` is its part of all weights, percent."""

    name: str = ""
    group: str = "technical"
    weight: str = "1"
    description: str = ""
    anchors: list[str] = field(default_factory=lambda: [""] * 5)
    asked: list[AskedItem] = field(default_factory=list)
    value: str = ""
    by_structure: bool = False
    group_words: str = ""
    facts: str = ""
    share: int = 0
    problems: int = 0
    tone: str = ""


@dataclass
class ProblemLine:
    """Something to know about the draft."""

    title: str
    where: str
    text: str
    tone: str
    line: int


@dataclass
class ChangeLine:
    """One difference between two versions."""

    line: str
    text: str
    before: str
    after: str


@dataclass
class VersionLine:
    """One version in the history, with what it changed."""

    number: int
    who: str
    when: str
    changes: list[ChangeLine]
    facts: str


def item(draft: LineDraft) -> RubricItem:
    """A saved line as the page types it."""
    asked = [AskedItem(one.text, [PointItem(*pair) for pair in one.points]) for one in draft.asked]
    return RubricItem(
        name=draft.name,
        group=draft.group,
        weight=f"{draft.weight:g}",
        description=draft.description,
        anchors=[draft.anchors.get(level, "") for level in LEVELS],
        asked=asked,
        value=draft.value,
        by_structure=draft.by_structure,
    )


def draft(held: RubricItem) -> LineDraft:
    """What is saved and checked; a weight that is no number counts as 0, which cannot be saved."""
    anchors = {level: text for level, text in zip(LEVELS, held.anchors, strict=True) if text.strip()}
    asked = tuple(
        AskedDraft(
            one.text, tuple((p.point, p.follow_up) for p in one.points if p.point.strip() or p.follow_up.strip())
        )
        for one in held.asked
    )
    name = " ".join(held.name.split())
    return LineDraft(
        name, held.group, _number(held.weight), held.description, anchors, asked, held.value, held.by_structure
    )


def _number(typed: str) -> float:
    try:
        return float(typed.strip().replace(",", "."))
    except ValueError:
        return 0.0


def plain(held: RubricItem) -> dict[str, Any]:
    """As JSON, without the framework's proxies."""
    texts = {name: str(getattr(held, name)) for name in ("name", "group", "weight", "description", "value")}
    asked = [
        {"text": str(one.text), "points": [{"point": str(p.point), "follow_up": str(p.follow_up)} for p in one.points]}
        for one in held.asked
    ]
    anchors = [str(text) for text in held.anchors]
    return {**texts, "anchors": anchors, "asked": asked, "by_structure": bool(held.by_structure)}


def again(held: dict[str, Any]) -> RubricItem:
    """From JSON."""
    asked = [AskedItem(one["text"], [PointItem(**p) for p in one["points"]]) for one in held["asked"]]
    return RubricItem(**{**held, "asked": asked})


def measured(lines: list[RubricItem], problems: list[Problem]) -> list[RubricItem]:
    """The lines with their share of the weight and what there is to say about them."""
    weights = [max(0.0, _number(held.weight)) for held in lines]
    whole = sum(weights) or 1.0
    groups = dict(GROUPS)
    made = []
    for n, (held, weight) in enumerate(zip(lines, weights, strict=True)):
        mine = [one for one in problems if one.line == n]
        held.share, held.group_words, held.facts = round(100 * weight / whole), groups[held.group], _facts(held)
        held.problems, held.tone = len(mine), TONES.get(mine[0].kind, "") if mine else ""
        made.append(held)
    return made


def _facts(held: RubricItem) -> str:
    if held.by_structure:
        return "judged from every account in the interview"
    points = sum(len(one.points) for one in held.asked)
    questions = len(held.asked)
    if not questions:
        return "no question asks for it"
    asked = "1 question" if questions == 1 else f"{questions} questions"
    return f"{asked}, {'1 point' if points == 1 else f'{points} points'}"


def sum_words(lines: list[RubricItem]) -> str:
    """What the weights add up to."""
    whole = sum(max(0.0, _number(held.weight)) for held in lines)
    return f"Weights add up to {whole:g}; what counts is each one’s share."


def problem_lines(problems: list[Problem], lines: list[RubricItem]) -> list[ProblemLine]:
    """What there is to know, gravest first."""
    made = []
    for held in problems:
        name = lines[held.line].name if held.line < len(lines) else ""
        where = f"{name}: “{held.where}”" if held.where and name else name
        made.append(
            ProblemLine(TITLES.get(held.kind, "Worth a look"), where, held.text, TONES.get(held.kind, ""), held.line)
        )
    return made


def version_line(row: VersionRow) -> VersionLine:
    """One version in words."""
    changes = [change_line(held) for held in row.changes]
    facts = "the first one" if row.number == 1 else "1 change" if len(changes) == 1 else f"{len(changes)} changes"
    who = row.by or ("As the job began" if row.number == 1 else "By the job’s own change")
    return VersionLine(row.number, who, moment(row.at), changes, facts)


def change_line(held: Change) -> ChangeLine:
    """One difference in words."""
    return ChangeLine(held.line.rstrip("."), held.text, held.before, held.after)


def at(lines: list[RubricItem], index: int) -> RubricItem:
    """A copy of a line without proxies. Raises BadInput."""
    if not 0 <= index < len(lines):
        raise BadInput("This line is not in the rubric any more.")
    return again(plain(lines[index]))
