"""Organisations are sealed from each other, and roles hold."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from interview_platform.errors import NotAllowed, NotFound
from interview_platform.models import Report, Score, session
from interview_platform.services import access
from interview_platform.services.access import Actor
from tests import builders

KINDS = ("job", "candidate", "resume", "application", "invite", "interview", "turn", "report", "score")


@pytest.fixture
def rows(engine: Engine) -> tuple[dict[str, str], Actor, Actor]:
    """One row of every kind, its owner, and a recruiter of another organisation."""
    with session(engine) as db:
        _, owner = builders.recruiter(db, email="a@example.com")
        _, stranger = builders.recruiter(db, email="b@example.com")
        job = builders.job(db, owner)
        application = builders.application(db, owner, job)
        interview = builders.interview(db, owner, application)
        turn = builders.turn(db, interview, 1, "agent", "Hello.")
        report = Report(interview_id=interview.id)
        db.add(report)
        db.flush()
        score = Score(report_id=report.id, name="Debugging")
        db.add(score)
        db.flush()
        ids = {
            "job": job.id,
            "candidate": application.candidate_id,
            "resume": str(application.resume_id),
            "application": application.id,
            "invite": interview.invite_id,
            "interview": interview.id,
            "turn": turn.id,
            "report": interview.id,
            "score": score.id,
        }
    return ids, owner, stranger


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_found_by_its_own_organisation_only(
    engine: Engine, rows: tuple[dict[str, str], Actor, Actor], kind: str
) -> None:
    ids, owner, stranger = rows
    reach = getattr(access, kind)
    with session(engine) as db:
        assert reach(db, owner, ids[kind]) is not None
        with pytest.raises(NotFound):
            reach(db, stranger, ids[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_a_candidate_reaches_no_row_of_the_recruiters_side(
    engine: Engine, rows: tuple[dict[str, str], Actor, Actor], kind: str
) -> None:
    ids, owner, _ = rows
    candidate = Actor(organisation_id=owner.organisation_id, role="candidate", invite_id=ids["invite"])
    with session(engine) as db, pytest.raises(NotAllowed):
        getattr(access, kind)(db, candidate, ids[kind])


def test_a_missing_row_and_a_strangers_row_look_the_same(
    engine: Engine, rows: tuple[dict[str, str], Actor, Actor]
) -> None:
    ids, _, stranger = rows
    said = set()
    for job_id in (ids["job"], "0" * 32):
        with session(engine) as db, pytest.raises(NotFound) as missing:
            access.job(db, stranger, job_id)
        said.add(str(missing.value))
    assert len(said) == 1
