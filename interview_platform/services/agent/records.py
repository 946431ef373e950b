"""The rows one interview's conversation reads, and the actor it writes as."""

from __future__ import annotations

from sqlmodel import Session, col, select

from interview_platform.errors import NotFound
from interview_platform.models import Application, Interview, Job, Organisation, Question, Turn
from interview_platform.services.access import Actor
from interview_platform.services.agent import wording
from interview_platform.services.agent.position import ANSWERS, Position, position


def interview(db: Session, interview_id: str) -> Interview:
    """The interview. Raises NotFound."""
    row = db.get(Interview, interview_id)
    if row is None:
        raise NotFound("This interview does not exist.")
    return row


def turns(db: Session, interview_id: str) -> list[Turn]:
    """What was said, in order."""
    return list(db.exec(select(Turn).where(Turn.interview_id == interview_id).order_by(col(Turn.position))))


def next_position(db: Session, interview_id: str) -> int:
    """Number of the turn that comes next, from 1."""
    said = turns(db, interview_id)
    return said[-1].position + 1 if said else 1


def place(db: Session, interview: Interview) -> Position:
    """Where the interview stands."""
    ids = list(interview.plan)
    rows = {row.id: row for row in db.exec(select(Question).where(col(Question.id).in_(ids)))}
    return position([rows[question_id] for question_id in ids if question_id in rows], turns(db, interview.id))


def words(db: Session, interview: Interview) -> wording.Words:
    """The agent's words for this job and employer."""
    application = db.get(Application, interview.application_id)
    job = db.get(Job, application.job_id) if application else None
    employer = db.get(Organisation, interview.organisation_id)
    return wording.Words(job_title=job.title if job else "", organisation=employer.name if employer else "")


def newest_answer(db: Session, interview_id: str) -> Turn | None:
    """The candidate's latest answer; a skip or a request is none."""
    found = [turn for turn in turns(db, interview_id) if turn.speaker == "candidate" and turn.kind in ANSWERS]
    return found[-1] if found else None


def candidate(interview: Interview) -> Actor:
    """Who acts when the candidate speaks."""
    return Actor(organisation_id=interview.organisation_id, role="candidate", invite_id=interview.invite_id)
