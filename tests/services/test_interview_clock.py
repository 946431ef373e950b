"""How long an interview has lasted: writing counts, breaks do not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from interview_platform.models import Interview, Turn, now, session
from interview_platform.services import interview_clock, reports
from interview_platform.services.interview_clock import MOST_OPEN_SECONDS, MOST_WRITING_SECONDS
from tests import builders

START = now()


def _turn(position: int, speaker: str, at: float, after: float, kind: str = "") -> Turn:
    """`at` on the recording's timeline, written down `after` seconds since the start."""
    kind = kind or ("answer" if speaker == "candidate" else "core")
    created = START + timedelta(seconds=after)
    return Turn(
        id=f"t{position}", interview_id="i", position=position, speaker=speaker, kind=kind, text="Words.",
        started_seconds=at, ended_seconds=at, created_at=created,
    )  # fmt: skip


def test_a_spoken_interview_is_on_the_recordings_clock() -> None:
    turns = [_turn(0, "agent", 2, 2), _turn(1, "candidate", 10, 40), _turn(2, "agent", 41, 41)]
    assert interview_clock.shown(turns) == {"t0": 2, "t1": 10, "t2": 41}
    assert interview_clock.spent(turns, 60.0) == 60.0


def test_an_interview_in_writing_has_times_although_nothing_is_recorded() -> None:
    turns = [
        _turn(0, "agent", 0, 0),
        _turn(1, "candidate", 0, 90, "typed"),
        _turn(2, "agent", 0, 91),
        _turn(3, "candidate", 0, 211, "typed"),
    ]
    assert interview_clock.shown(turns) == {"t0": 0, "t1": 90, "t2": 90, "t3": 210}
    assert interview_clock.spent(turns, 0.0) == pytest.approx(210)


def test_what_is_typed_in_a_call_is_not_counted_twice() -> None:
    turns = [_turn(0, "agent", 5, 5), _turn(1, "candidate", 65, 65, "typed")]
    assert interview_clock.spent(turns, 65.0) == 65.0


def test_a_night_between_two_answers_is_a_break() -> None:
    turns = [_turn(0, "agent", 0, 0), _turn(1, "candidate", 0, 50_000, "typed")]
    assert interview_clock.spent(turns, 0.0) == MOST_WRITING_SECONDS


def test_the_pages_clock_goes_on_where_the_interview_stands(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor)
        held = builders.interview(db, actor, builders.application(db, actor, job))
        assert interview_clock.elapsed(db, held) == 0
        held.started_at = now() - timedelta(hours=30)
        assert interview_clock.elapsed(db, held) == 0
        builders.turn(db, held, 0, "agent", "What did you do?", ended_seconds=30, created_at=now())
        assert 30 <= interview_clock.elapsed(db, held) <= 32
        builders.turn(
            db, held, 1, "candidate", "A queue.", started_seconds=40, ended_seconds=70,
            created_at=now() - timedelta(hours=3),
        )  # fmt: skip
        assert interview_clock.elapsed(db, db.get_one(Interview, held.id)) == 70 + MOST_OPEN_SECONDS


def test_a_report_on_a_written_interview_does_not_stand_at_zero(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor)
        question = builders.question(db, job)
        held = builders.interview(
            db, actor, builders.application(db, actor, job), plan=[question.id], status="ended", started_at=START
        )
        builders.turn(db, held, 0, "agent", question.text, question_id=question.id, created_at=START)
        typed = {"kind": "typed", "question_id": question.id, "created_at": START + timedelta(seconds=95)}
        builders.turn(db, held, 1, "candidate", "A lock was held.", **typed)
        view = reports.view(db, actor, held.id)
    assert [(turn.started_seconds, turn.shown_seconds) for turn in view.turns] == [(0.0, 0.0), (0.0, 95.0)]
