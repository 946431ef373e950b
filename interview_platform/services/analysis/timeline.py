"""One interview's measures over its time, with where the questions began. Seconds are on the recording's timeline."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from interview_platform.models import Recording, Signal, Turn
from interview_platform.services import access
from interview_platform.services.access import Actor
from interview_platform.services.analysis.signals import MEASURES


@dataclass(frozen=True)
class Series:
    """One measure: `points` are (seconds, value) in order, from pictures by window, from answers at their beginning."""

    name: str
    source: str
    unit: str
    note: str  # what the number does not mean
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Timeline:
    """`marks` are (seconds, number of the planned question) where one was first asked; `seconds` is the whole time."""

    series: tuple[Series, ...]
    marks: tuple[tuple[float, int], ...]
    seconds: float


def of(db: Session, actor: Actor, interview_id: str) -> Timeline:
    """Every measure with two or more values in time, in the order of MEASURES. Raises NotFound, NotAllowed."""
    interview = access.interview(db, actor, interview_id)
    turns = list(db.exec(select(Turn).where(Turn.interview_id == interview.id).order_by(col(Turn.position))))
    series = _series(db, interview.id, {turn.id: turn.started_seconds for turn in turns})
    whole = db.exec(
        select(Recording.seconds).where(Recording.interview_id == interview.id, Recording.part == 0)
    ).first()
    ends = [whole or 0.0, *(turn.ended_seconds for turn in turns), *(held.points[-1][0] for held in series)]
    return Timeline(series, _marks(list(interview.plan), turns), max(ends))


def _series(db: Session, interview_id: str, starts: dict[str, float]) -> tuple[Series, ...]:
    rows: dict[str, list[Signal]] = {}
    for row in db.exec(select(Signal).where(Signal.interview_id == interview_id)):
        in_time = row.at_seconds is not None or row.turn_id in starts
        if in_time and (row.name not in MEASURES or MEASURES[row.name].switchable):
            rows.setdefault(row.name, []).append(row)
    order = {name: place for place, name in enumerate(MEASURES)}
    names = sorted((name for name, held in rows.items() if len(held) > 1), key=lambda name: order.get(name, len(order)))
    return tuple(_one(rows[name], starts) for name in names)


def _one(rows: list[Signal], starts: dict[str, float]) -> Series:
    first = rows[0]
    points = sorted(
        (row.at_seconds if row.at_seconds is not None else starts[row.turn_id or ""], row.value) for row in rows
    )
    return Series(first.name, first.source, first.unit, first.note, tuple(points))


def _marks(plan: list[str], turns: list[Turn]) -> tuple[tuple[float, int], ...]:
    numbers = {question_id: number for number, question_id in enumerate(plan, start=1)}
    asked: dict[int, float] = {}
    for turn in turns:
        if turn.speaker == "agent" and turn.question_id in numbers:
            asked.setdefault(numbers[turn.question_id], turn.started_seconds)
    return tuple((at, number) for number, at in sorted(asked.items()))
