"""How long data are kept: by organisation and job, from the last thing that happened, never against a hold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from interview_platform.errors import BadInput, NotAllowed
from interview_platform.models import Application, Candidate, Erasure, Feedback, Invite, Organisation, now, session
from interview_platform.services import erasure, holds, retention
from interview_platform.services.access import Actor
from tests import builders


def ago(days: float) -> object:
    return now() - timedelta(days=days)


@pytest.fixture
def owner(engine: Engine) -> Actor:
    with session(engine) as db:
        _, actor = builders.recruiter(db, builders.organisation(db, retention_days=100), role="owner")
        return actor


def applied(db: Session, actor: Actor, days: float, **values: object) -> Application:
    """Somebody who applied so many days ago, for a job of her own."""
    who = builders.candidate(db, actor, created_at=ago(days), **values)
    return builders.application(db, actor, builders.job(db, actor), who, created_at=ago(days))


def test_somebody_goes_when_the_days_are_over_and_not_before(engine: Engine, owner: Actor) -> None:
    with session(engine) as db:
        over, young = applied(db, owner, 101), applied(db, owner, 99)
        [due] = retention.due(db, owner.organisation_id)
    assert due.roots == {"candidate": [over.candidate_id]}
    assert due.scope == erasure.PERSON
    assert young.candidate_id not in str(due)


@pytest.mark.parametrize("what", ["interview", "open link", "decision"])
def test_the_days_count_from_the_last_thing_that_happened(engine: Engine, owner: Actor, what: str) -> None:
    with session(engine) as db:
        application = applied(db, owner, 200)
        held = builders.interview(db, owner, application, status="reported", ended_at=ago(190))
        db.get_one(Invite, held.invite_id).expires_at = ago(180)
        if what == "interview":
            held.ended_at = ago(10)
        elif what == "open link":
            db.get_one(Invite, held.invite_id).expires_at = ago(-5)
        else:
            said = {"organisation_id": owner.organisation_id, "kind": "decision", "text": "reject"}
            db.add(Feedback(interview_id=held.id, created_at=ago(10), **said))
        db.flush()
        assert retention.due(db, owner.organisation_id) == []
        assert retention.countdown(db, application.candidate_id).days_left > 80


def test_an_application_of_a_job_with_fewer_days_goes_alone(engine: Engine, owner: Actor) -> None:
    with session(engine) as db:
        first = applied(db, owner, 40)
        brief = builders.job(db, owner, title="Brief", retention_days=30)
        second = builders.application(db, owner, brief, db.get_one(Candidate, first.candidate_id), created_at=ago(40))
        [due] = retention.due(db, owner.organisation_id)
    assert due.scope == erasure.APPLICATION
    assert due.roots == {"application": [second.id], "resume": []} or due.roots["application"] == [second.id]


def test_a_person_with_one_short_job_goes_by_the_job(engine: Engine, owner: Actor) -> None:
    with session(engine) as db:
        application = applied(db, owner, 40)
        retention.set_days(db, owner, 30, application.job_id)
        seen = retention.countdown(db, application.candidate_id)
        [due] = retention.due(db, owner.organisation_id)
    assert (seen.days, seen.by, seen.days_left) == (30, "Backend Engineer", 0)
    assert due.scope == erasure.PERSON


def test_a_hold_keeps_and_is_counted_apart(engine: Engine, owner: Actor) -> None:
    with session(engine) as db:
        application = applied(db, owner, 200)
        holds.place(db, owner, application.candidate_id, "A claim.")
        assert [one.held for one in retention.due(db, owner.organisation_id)] == [True]
        assert retention.enforce(db, owner.organisation_id) == []
        assert retention.coming(db, owner).held == 1
        assert retention.countdown(db, application.candidate_id).held


def test_enforcing_asks_once_for_everybody_merged(engine: Engine, owner: Actor) -> None:
    with session(engine) as db:
        application = applied(db, owner, 200)
        builders.candidate(db, owner, email="", created_at=ago(200), merged_into=application.candidate_id)
        [asked] = retention.enforce(db, owner.organisation_id)
        assert retention.enforce(db, owner.organisation_id) == []
        assert len(asked.roots["candidate"]) == 2
        assert len(db.exec(select(Erasure)).all()) == 1


def test_people_without_an_application_and_files_of_nobody_go_too(engine: Engine, owner: Actor) -> None:
    with session(engine) as db:
        alone = builders.candidate(db, owner, email="", created_at=ago(150))
        job = builders.job(db, owner)
        file = builders.resume(db, owner, alone, job_id=job.id, created_at=ago(150), status="failed")
        file.candidate_id = None
        db.flush()
        found = {one.scope: one.roots for one in retention.due(db, owner.organisation_id)}
    assert found == {"person": {"candidate": [alone.id]}, "file": {"resume": [file.id]}}


def test_another_organisations_people_are_not_touched(engine: Engine, owner: Actor) -> None:
    with session(engine) as db:
        _, other = builders.recruiter(db, builders.organisation(db, name="Elsewhere"), email="e@example.com")
        applied(db, other, 5000)
        assert retention.due(db, owner.organisation_id) == []


def test_what_comes_is_told_by_day(engine: Engine, owner: Actor) -> None:
    with session(engine) as db:
        applied(db, owner, 95, email="a@example.com")
        applied(db, owner, 95, email="b@example.com")
        applied(db, owner, 85, email="c@example.com")
        applied(db, owner, 10, email="d@example.com")
        coming = retention.coming(db, owner, within_days=30)
    assert coming.number == 3
    assert [number for _, number in coming.days] == [2, 1]


def test_only_owners_set_days_within_bounds(engine: Engine, owner: Actor) -> None:
    with session(engine) as db:
        retention.set_days(db, owner, 30)
        assert db.get_one(Organisation, owner.organisation_id).retention_days == 30
        with pytest.raises(BadInput):
            retention.set_days(db, owner, 3)
        with pytest.raises(NotAllowed):
            retention.set_days(db, Actor(owner.organisation_id, "recruiter", owner.user_id), 60)
