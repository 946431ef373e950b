"""Following and ending a running interview: who may, what is kept, and that organisations are sealed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, InterviewEnded, NotAllowed, NotFound
from interview_platform.models import AuditEvent, Interview, now, session
from interview_platform.services import live
from interview_platform.services.access import Actor
from tests import builders


@dataclass
class Held:
    """A running interview, and a recruiter of another organisation."""

    actor: Actor
    stranger: Actor
    interview: str


@pytest.fixture
def held(engine: Engine) -> Held:
    """One question asked, one answer that was not heard, one that was."""
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        _, stranger = builders.recruiter(db, builders.organisation(db, name="Contoso"), email="x@example.com")
        job = builders.job(db, actor)
        question = builders.question(db, job)
        row = builders.interview(
            db, actor, builders.application(db, actor, job), plan=[question.id], status="live", started_at=now(),
            interviewer="Offline interviewer",
        )  # fmt: skip
        builders.turn(db, row, 0, "agent", question.text, question_id=question.id, ended_seconds=4)
        builders.turn(db, row, 1, "candidate", "", kind="unheard", started_seconds=5, ended_seconds=6)
        builders.turn(db, row, 2, "candidate", "A lock was held.", started_seconds=9, ended_seconds=15)
    return Held(actor, stranger, row.id)


def _audited(db: Session, interview: str) -> list[tuple[str, dict[str, object]]]:
    rows = db.exec(
        select(AuditEvent).where(AuditEvent.subject == f"interview:{interview}").order_by(col(AuditEvent.at))
    )
    return [(row.action, row.detail) for row in rows]


def test_a_running_interview_is_told_with_its_place_engine_and_troubles(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        (found,) = live.running(db, held.actor)
    assert (found.live.number, found.live.total, found.engine, found.writing) == (1, 1, "Offline interviewer", False)
    assert found.seconds >= 15
    assert found.troubles == ("1 utterance could not be heard",)


def test_the_words_come_in_order_with_their_times_and_without_what_was_not_heard(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        said = live.transcript(db, held.actor, held.interview)
    assert [(one.speaker, one.at_seconds) for one in said] == [("agent", 0.0), ("candidate", 9.0)]


def test_joining_and_ending_are_in_the_audit_log_with_who_and_why(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        live.join(db, held.actor, held.interview)
        live.end(db, held.actor, held.interview, "technical")
    with session(engine) as db:
        assert _audited(db, held.interview) == [
            ("interview.followed", {}),
            ("interview.stopped", {"reason": "technical"}),
        ]
        assert {row.actor for row in db.exec(select(AuditEvent))} == {held.actor.key}


def test_organisations_are_sealed_from_each_others_interviews(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        assert live.running(db, held.stranger) == []
        for act in (
            lambda: live.one(db, held.stranger, held.interview),
            lambda: live.join(db, held.stranger, held.interview),
            lambda: live.transcript(db, held.stranger, held.interview),
            lambda: live.end(db, held.stranger, held.interview, "technical"),
        ):
            with pytest.raises(NotFound):
                act()
        assert _audited(db, held.interview) == []


@pytest.mark.parametrize("role", ["auditor", "candidate"])
def test_who_neither_reviews_nor_decides_does_not_listen_in(engine: Engine, held: Held, role: str) -> None:
    other = replace(held.actor, role=role)
    with session(engine) as db:
        for act in (live.join, live.transcript):
            with pytest.raises(NotAllowed):
                act(db, other, held.interview)


def test_a_reviewer_may_follow_and_not_end(engine: Engine, held: Held) -> None:
    reviewer = replace(held.actor, role="reviewer")
    with session(engine) as db:
        assert live.join(db, reviewer, held.interview)
        with pytest.raises(NotAllowed):
            live.end(db, reviewer, held.interview, "technical")


def test_an_end_needs_a_reason_and_an_interview_that_runs(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        with pytest.raises(BadInput):
            live.end(db, held.actor, held.interview, "I did not like the answers")
        db.get_one(Interview, held.interview).status = "ended"
        for act in (
            lambda: live.join(db, held.actor, held.interview),
            lambda: live.end(db, held.actor, held.interview, "other"),
        ):
            with pytest.raises(InterviewEnded):
                act()
        assert live.is_over(db, held.interview)
