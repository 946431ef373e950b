"""Whether a plan asks for what the job weighs, in a time people can give: minutes, shares, gaps, warnings. Pure.

Warnings inform; nothing is blocked by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_platform.models import Competency, Question
from interview_platform.services.agent import guard

LONG_MINUTES = 30
"""A longer interview tires people, and more of them break it off."""
AROUND_MINUTES = 1.5
"""Hello, and thanks at the end."""
FOLLOW_UP_MINUTES = 0.75
"""What one follow-up and its answer take; a question has one on average."""
SLOT_MINUTES = 2.0
"""A question from the résumé."""
FEWEST = 3
OFF_BALANCE = 0.2
"""How far a competency's share of the time may be from its share of the weight."""
GAP = 0.05
"""Share of the weight from which a competency without a question is worth a word."""


@dataclass(frozen=True)
class Share:
    """One competency: its part of the weight and of the time spent on competencies, 0..1."""

    competency_id: str
    name: str
    weight: float
    time: float
    minutes: float
    questions: int
    from_all: bool  # judged from all answers: communication needs no question of its own


@dataclass(frozen=True)
class Coverage:
    """Minutes of the whole interview, without and with follow-ups, and what each competency gets."""

    minutes: float
    with_follow_ups: float
    shares: tuple[Share, ...]
    warnings: tuple[str, ...]


def measure(asked: Sequence[Question | None], competencies: Sequence[Competency]) -> Coverage:
    """Read a plan; None stands for a question from the candidate's own résumé."""
    lengths = [SLOT_MINUTES if row is None else row.minutes for row in asked]
    minutes = sum(lengths) + AROUND_MINUTES
    whole = minutes + FOLLOW_UP_MINUTES * len(lengths)
    shares = tuple(_shares([row for row in asked if row is not None], competencies))
    warnings = [*_on_time(len(asked), whole), *_gaps(shares), *_balance(shares), *_twice(asked)]
    return Coverage(minutes, whole, shares, tuple(warnings))


def _shares(asked: Sequence[Question], competencies: Sequence[Competency]) -> list[Share]:
    weight = sum(row.weight for row in competencies) or 1.0
    known = {row.id for row in competencies}
    time = sum(row.minutes for row in asked if row.competency_id in known) or 1.0
    made = []
    for competency in competencies:
        own = [row for row in asked if row.competency_id == competency.id]
        minutes = sum(row.minutes for row in own)
        made.append(
            Share(
                competency_id=competency.id,
                name=competency.name,
                weight=competency.weight / weight,
                time=minutes / time,
                minutes=minutes,
                questions=len(own),
                from_all=competency.group == "communication" and not own,
            )
        )
    return made


def _on_time(questions: int, minutes: float) -> list[str]:
    if round(minutes) > LONG_MINUTES:
        return [
            f"About {minutes:.0f} minutes with follow-ups. Above {LONG_MINUTES}, more candidates break off: "
            "take a question out or shorten one."
        ]
    if questions < FEWEST:
        return [f"Fewer than {FEWEST} questions: a report will have little to stand on."]
    return []


def _gaps(shares: Sequence[Share]) -> list[str]:
    empty = [one for one in shares if not one.questions and not one.from_all and one.weight >= GAP]
    return [f"{one.name} has {one.weight:.0%} of the weight and no question." for one in empty]


def _balance(shares: Sequence[Share]) -> list[str]:
    held = [one for one in shares if one.questions]
    if len(held) < 2:
        return []
    off = [one for one in held if abs(one.time - one.weight) > OFF_BALANCE]
    return [f"{one.name} gets {one.time:.0%} of the time and has {one.weight:.0%} of the weight." for one in off]


def _twice(asked: Sequence[Question | None]) -> list[str]:
    rows = [(number, row.text) for number, row in enumerate(asked, start=1) if row is not None]
    return [
        f"Questions {one} and {two} ask nearly the same."
        for place, (one, text) in enumerate(rows)
        for two, other in rows[place + 1 :]
        if guard.same(text, other)
    ]
