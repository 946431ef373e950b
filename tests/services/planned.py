"""Jobs with candidates whose résumés can be asked about, for tests of plans."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from interview_platform.models import Application, Interview, Job, Organisation, Resume
from interview_platform.services.access import Actor
from interview_platform.services.agent import plan
from tests import builders

RESUME = "Ada Candidate\nSenior Engineer, Acme Ltd\nBuilt payment services in Python at Acme from 2019 to 2024."
FACTS: dict[str, Any] = {
    "experience": [{"title": "Senior Engineer", "company": "Acme Ltd", "span": [14, 99]}],
    "skills": [{"name": "Python", "sentence": "Built payment services in Python", "start": 40, "end": 99}],
    "education": [],
}


def application(db: Session, **job: object) -> tuple[Actor, Job, Application]:
    """A recruiter, a job, and Ada who applied with a résumé."""
    _, actor = builders.recruiter(db)
    made = builders.job(db, actor, **job)
    return actor, made, another(db, actor, made, "ada@example.com")


def another(db: Session, actor: Actor, job: Job, email: str = "second@example.com") -> Application:
    """A further candidate for the job, with the same résumé."""
    applied = builders.application(db, actor, job, builders.candidate(db, actor, email=email))
    resume = db.get_one(Resume, applied.resume_id)
    resume.text, resume.facts = RESUME, FACTS
    db.add(resume)
    db.flush()
    return applied


def planned(db: Session, actor: Actor, applied: Application) -> Interview:
    """An interview of theirs with its plan."""
    row = builders.interview(db, actor, applied)
    plan.build(db, row)
    return row


def set_values(db: Session, actor: Actor, values: str) -> None:
    """The employer's written values."""
    row = db.get_one(Organisation, actor.organisation_id)
    row.values = values
    db.add(row)
    db.flush()
