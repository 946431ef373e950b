"""Questions passed on to people: listed, ticked off, opened again, and sealed from other employers."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from interview_platform.errors import NotAllowed, NotFound
from interview_platform.models import AuditEvent, CandidateQuestion, session
from interview_platform.services import candidate_questions
from interview_platform.services.access import Actor
from tests import builders

Place = tuple[str, Actor]


@pytest.fixture
def place(engine: Engine) -> Place:
    """An interview's id and its recruiter."""
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        application = builders.application(db, actor, builders.job(db, actor))
        return builders.interview(db, actor, application).id, actor


def ask(db: Session, place: Place, text: str, **values: object) -> CandidateQuestion:
    interview_id, actor = place
    row = CandidateQuestion(organisation_id=actor.organisation_id, interview_id=interview_id, text=text, **values)
    db.add(row)
    db.flush()
    return row


def test_questions_are_listed_with_who_asked_and_for_which_job(engine: Engine, place: Place) -> None:
    with session(engine) as db:
        ask(db, place, "Is there a canteen?")
        ask(db, place, "Could I have more time?", about="accommodation")
        found = candidate_questions.listing(db, place[1], place[0])
    assert [held.row.text for held in found] == ["Is there a canteen?", "Could I have more time?"]
    assert {(held.candidate_name, held.job_title) for held in found} == {("Ada Candidate", "Backend Engineer")}


def test_what_is_done_waits_no_longer_until_it_is_opened_again(engine: Engine, place: Place) -> None:
    actor = place[1]
    with session(engine) as db:
        row = ask(db, place, "Is there a canteen?")
        candidate_questions.done(db, actor, row.id)
        assert candidate_questions.waiting(db, actor) == []
        assert [held.done_by for held in candidate_questions.listing(db, actor, place[0])] == ["Robin Reyes"]
        candidate_questions.undo(db, actor, row.id)
        assert [held.row.id for held in candidate_questions.waiting(db, actor)] == [row.id]
        assert row.done_by is None


def test_each_change_stands_in_the_audit_log_once_and_without_the_candidates_words(
    engine: Engine, place: Place
) -> None:
    with session(engine) as db:
        row = ask(db, place, "Is there a canteen?")
        for change in (candidate_questions.done, candidate_questions.done, candidate_questions.undo):
            change(db, place[1], row.id)
        events = db.exec(select(AuditEvent).where(AuditEvent.subject == f"interview:{place[0]}")).all()
    assert [event.action for event in events] == ["candidate_question.done", "candidate_question.reopened"]
    assert not any("canteen" in str(event.detail) for event in events)


def test_another_employer_sees_and_changes_nothing(engine: Engine, place: Place) -> None:
    with session(engine) as db:
        row = ask(db, place, "Is there a canteen?")
        _, stranger = builders.recruiter(db, email="s@example.com")
        assert candidate_questions.waiting(db, stranger) == []
        with pytest.raises(NotFound):
            candidate_questions.listing(db, stranger, place[0])
        with pytest.raises(NotFound):
            candidate_questions.done(db, stranger, row.id)
        assert row.status == "open"


def test_an_auditor_reads_and_does_not_tick_off(engine: Engine, place: Place) -> None:
    interview_id, actor = place
    auditor = Actor(organisation_id=actor.organisation_id, role="auditor", user_id=actor.user_id)
    with session(engine) as db:
        row = ask(db, place, "Is there a canteen?")
        assert len(candidate_questions.listing(db, auditor, interview_id)) == 1
        with pytest.raises(NotAllowed):
            candidate_questions.done(db, auditor, row.id)


def test_questions_of_practice_interviews_wait_for_nobody(engine: Engine, place: Place) -> None:
    with session(engine) as db:
        actor = place[1]
        application = builders.application(db, actor, builders.job(db, actor))
        practice = builders.interview(db, actor, application, practice=True)
        ask(db, (practice.id, actor), "Is this on?")
        assert candidate_questions.waiting(db, actor) == []
