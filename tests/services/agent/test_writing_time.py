"""The interview's time limits hold in writing too, where the recording's clock stands still."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import col, select

from interview_platform.models import Turn, session
from interview_platform.services.agent.conversation import Conversation
from tests.services.agent.scripted import LONG, Scripted, interview


def _followed_up(engine: Engine, minutes_each: float) -> list[bool]:
    """Whether each of six typed answers, which took so long, was followed up; all lie at second 0."""
    interview_id = interview(engine)
    talk = Conversation(engine, interview_id, Scripted(asks=9))
    talk.open(0.0)
    found = []
    for _ in range(6):
        _age(engine, interview_id, minutes_each)
        found.append(any(said.kind == "follow_up" for said in talk.answer(LONG, 0.0, 0.0, "typed")))
    return found


def _age(engine: Engine, interview_id: str, minutes: float) -> None:
    """Everything so far was that much longer ago."""
    with session(engine) as db:
        for turn in db.exec(select(Turn).where(Turn.interview_id == interview_id).order_by(col(Turn.position))):
            turn.created_at -= timedelta(minutes=minutes)
            db.add(turn)


def test_quick_writing_is_followed_up_to_the_end(engine: Engine) -> None:
    assert _followed_up(engine, 0.5) == [True, False, True, False, True, False]


def test_after_half_an_hour_of_writing_no_more_follow_ups_are_asked(engine: Engine) -> None:
    assert _followed_up(engine, 9.0) == [True, False, True, False, False, False]
