"""What candidates asked that no source could answer: read by people, ticked off by people."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from interview_platform.errors import NotFound
from interview_platform.models import Application, Candidate, CandidateQuestion, Interview, Job, User
from interview_platform.services import access, audit
from interview_platform.services.access import READERS, REVIEWERS, Actor, need

OPEN, DONE = "open", "done"


@dataclass(frozen=True)
class Asked:
    """One row with what is needed to answer it. `about` is question | accommodation | distress | complaint."""

    row: CandidateQuestion
    candidate_name: str
    candidate_email: str
    job_title: str
    status: str  # Interview.status
    done_by: str = ""  # name


def listing(db: Session, actor: Actor, interview_id: str) -> list[Asked]:
    """What was passed on in one interview, in the order it was asked. Raises NotFound, NotAllowed."""
    found = access.interview(db, actor, interview_id)
    return _read(db, actor, col(CandidateQuestion.interview_id) == found.id)


def waiting(db: Session, actor: Actor) -> list[Asked]:
    """What is open in the whole organisation, oldest first; practice interviews left out. Raises NotAllowed."""
    need(actor, READERS)
    return _read(db, actor, (col(CandidateQuestion.status) == OPEN) & col(Interview.practice).is_(False))


def done(db: Session, actor: Actor, question_id: str) -> CandidateQuestion:
    """Tick one off; twice is once. Raises NotFound, NotAllowed."""
    return _set(db, actor, question_id, DONE, actor.user_id)


def undo(db: Session, actor: Actor, question_id: str) -> CandidateQuestion:
    """Open one again. Raises NotFound, NotAllowed."""
    return _set(db, actor, question_id, OPEN, None)


def _set(db: Session, actor: Actor, question_id: str, status: str, by: str | None) -> CandidateQuestion:
    need(actor, REVIEWERS)
    row = db.get(CandidateQuestion, question_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound("This question does not exist, or is not yours to see.")
    if row.status != status:
        row.status, row.done_by = status, by
        db.add(row)
        action = "candidate_question.done" if status == DONE else "candidate_question.reopened"
        audit.record(db, actor, action, f"interview:{row.interview_id}", question_id=row.id, about=row.about)
    return row


def _read(db: Session, actor: Actor, where: object) -> list[Asked]:
    query = (
        select(CandidateQuestion, Interview, Candidate, Job)
        .join(Interview, col(Interview.id) == CandidateQuestion.interview_id)
        .join(Application, col(Application.id) == Interview.application_id)
        .join(Candidate, col(Candidate.id) == Application.candidate_id)
        .join(Job, col(Job.id) == Application.job_id)
        .where(CandidateQuestion.organisation_id == actor.organisation_id, where)  # type: ignore[arg-type]
        .order_by(col(CandidateQuestion.created_at), col(CandidateQuestion.id))
    )
    found = list(db.exec(query))
    people = {row.done_by for row, *_ in found if row.done_by}
    names = {user.id: user.name for user in db.exec(select(User).where(col(User.id).in_(people)))}
    return [
        Asked(row, who.name, who.email, job.title, interview.status, names.get(row.done_by or "", ""))
        for row, interview, who, job in found
    ]
