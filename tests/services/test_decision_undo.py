"""Taking a decision back: exactly as it was before, or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from interview_platform.errors import BadInput, NotAllowed, NotFound
from interview_platform.models import Application, AuditEvent, Feedback, Message, now, session
from interview_platform.services import decision_undo, notifications, review
from interview_platform.services.access import Actor
from tests import builders


def _decided(db: Session, actor: Actor, decision: str = "reject") -> str:
    """An interview on which somebody has just decided, with the e-mail queued; its id."""
    application = builders.application(db, actor, builders.job(db, actor), stage="interviewed")
    interview = builders.interview(db, actor, application, status="reported")
    review.decide(db, actor, interview.id, decision, "A slip.")
    _mail(db, actor, interview.id, decision)
    return interview.id


def _mail(db: Session, actor: Actor, interview_id: str, decision: str) -> Message:
    key = decision_undo.mail_key(interview_id, decision)
    return notifications.queue(
        db, actor, dedup_key=key, purpose=decision, to="ada@example.com", subject="S", text="Dear Ada"
    )


def test_the_stage_goes_back_and_the_unsent_mail_is_gone_but_the_log_keeps_both(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        interview_id = _decided(db, actor)
        assert decision_undo.undo(db, actor, interview_id) == "interviewed"
        db.flush()
        assert (db.exec(select(Message)).all(), db.exec(select(Feedback)).all()) == ([], [])
        actions = set(db.exec(select(AuditEvent.action)))
    assert {"application.decided", "application.decision_undone"} <= actions


def test_a_second_decision_taken_back_leaves_the_first(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        interview_id = _decided(db, actor, "follow_up")
        review.decide(db, actor, interview_id, "reject")
        decision_undo.undo(db, actor, interview_id)
        assert [row.stage for row in db.exec(select(Application))] == ["follow_up"]
        assert [mail.purpose for mail in db.exec(select(Message))] == ["follow_up"]


@pytest.mark.parametrize("stage", ["invited", "next_step"])
def test_the_stage_is_the_one_before_the_decision_whatever_it_was(engine: Engine, stage: str) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        application = builders.application(db, actor, builders.job(db, actor), stage=stage)
        interview = builders.interview(db, actor, application, status="ended")
        review.decide(db, actor, interview.id, "reject")
        interview_id = interview.id
    with session(engine) as db:
        assert decision_undo.undo(db, actor, interview_id) == stage


def test_what_is_on_its_way_is_not_taken_back(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        interview_id = _decided(db, actor)
        db.exec(select(Message)).one().status = "sending"
        db.flush()
        with pytest.raises(BadInput, match="on its way"):
            decision_undo.undo(db, actor, interview_id)
        assert [row.stage for row in db.exec(select(Application))] == ["rejected"]


def test_a_decision_of_somebody_else_or_of_earlier_stays(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        interview_id = _decided(db, actor)
        for role, error in (("recruiter", BadInput), ("reviewer", NotAllowed)):
            other = Actor(organisation_id=actor.organisation_id, role=role, user_id="somebody-else")
            with pytest.raises(error):
                decision_undo.undo(db, other, interview_id)
        _, stranger = builders.recruiter(db, email="other@example.com")
        with pytest.raises(NotFound):
            decision_undo.undo(db, stranger, interview_id)
        db.exec(select(Feedback)).one().created_at = now() - timedelta(hours=1)
        db.flush()
        with pytest.raises(BadInput, match="no longer"):
            decision_undo.undo(db, actor, interview_id)
