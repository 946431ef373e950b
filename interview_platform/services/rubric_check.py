"""A rubric as a person types it, and what to know about it before it is saved. Pure.

Some things keep it from being saved ("stop"), protected ground asks to be confirmed, and the rest are hints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from interview_platform.services.agent import question_check

FIT = "cultural_fit"
LEVELS = ("1", "2", "3", "4", "5")
STOP, CONFIRM, HINT = "stop", "confirm", "hint"
_ABOUT_QUESTIONS = frozenset(("leading", "negative", "double_barrelled", "long", "yes_no"))
"""What can be said of a question only, not of a point or an anchor."""


@dataclass(frozen=True)
class AskedDraft:
    """A question with what a good answer shows: (point, follow-up). The wording is changed in the plan."""

    text: str
    points: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class LineDraft:
    """One line of the rubric as typed. `value`: the company's written value it stands for, "" for none."""

    name: str
    group: str = "technical"
    weight: float = 1.0
    description: str = ""
    anchors: dict[str, str] = field(default_factory=dict)
    asked: tuple[AskedDraft, ...] = ()
    value: str = ""
    by_structure: bool = False  # communication without questions of its own: judged from every account


@dataclass(frozen=True)
class Problem:
    """Something to know about the draft. `kind`: stop = it cannot be saved so; confirm; hint."""

    kind: str
    line: int
    text: str
    where: str = ""  # the words it is about


def check(drafts: Sequence[LineDraft]) -> list[Problem]:
    """What to know before it is saved: what cannot be saved first, then protected ground, then hints."""
    found = [*_on_whole(drafts), *(held for n, draft in enumerate(drafts) for held in _on_line(n, draft))]
    order = {STOP: 0, CONFIRM: 1, HINT: 2}
    return sorted(found, key=lambda held: (order[held.kind], held.line))


def _on_whole(drafts: Sequence[LineDraft]) -> Iterable[Problem]:
    if not drafts:
        yield Problem(STOP, 0, "A rubric needs at least one competency.")
    names = [" ".join(draft.name.split()).casefold() for draft in drafts]
    for n, name in enumerate(names):
        if name and name in names[:n]:
            yield Problem(STOP, n, f"“{drafts[n].name}” stands there twice. Rename or remove one.")


def _on_line(n: int, draft: LineDraft) -> Iterable[Problem]:
    name = draft.name.strip() or f"Competency {n + 1}"
    if not draft.name.strip():
        yield Problem(STOP, n, f"{name} needs a name.")
    if not 0 < draft.weight <= 10:
        yield Problem(STOP, n, f"The weight of “{name}” must be above 0 and at most 10.")
    if draft.group == FIT and not draft.value:
        text = f"“{name}” counts as cultural fit, but is none of the values on your company page. Add it there first."
        yield Problem(STOP, n, text)
    yield from _on_points(n, name, draft)
    missing = [level for level in LEVELS if not draft.anchors.get(level, "").strip()]
    if missing:
        yield Problem(HINT, n, f"“{name}” does not say what level {', '.join(missing)} means.")
    for text in _texts(draft):
        yield from _on_words(n, text)


def _on_points(n: int, name: str, draft: LineDraft) -> Iterable[Problem]:
    if draft.by_structure:
        return
    if not draft.asked:
        yield Problem(HINT, n, f"No question of the plan asks for “{name}”: it would stand “not assessed”.")
    for asked in draft.asked:
        points = [point.strip() for point, _ in asked.points]
        if not any(points):
            yield Problem(STOP, n, f"“{name}” needs at least one point: by what is an answer judged?", asked.text)
        if any(bool(point.strip()) != bool(more.strip()) for point, more in asked.points):
            yield Problem(STOP, n, f"Each point of “{name}” needs its words and a follow-up question.", asked.text)
        if len({point.casefold() for point in points}) < len(points):
            yield Problem(STOP, n, f"A point of “{name}” stands there twice.", asked.text)


def _texts(draft: LineDraft) -> list[str]:
    points = [text for asked in draft.asked for pair in asked.points for text in pair]
    return [text for text in (draft.description, *draft.anchors.values(), *points) if text.strip()]


def _on_words(n: int, text: str) -> Iterable[Problem]:
    """The check of questions: a follow-up is one; of a point or an anchor only the ground it touches counts."""
    for flag in question_check.check(text):
        if flag.severity == STOP:
            yield Problem(CONFIRM, n, flag.why, flag.text)
        elif text.rstrip().endswith("?") or flag.kind not in _ABOUT_QUESTIONS:
            yield Problem(HINT, n, flag.why, flag.text)
