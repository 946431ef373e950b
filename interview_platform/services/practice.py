"""A recruiter tries a job's interview on herself: like a candidate's, but in no list, no count and no average.

It runs behind a link of its own, from the newest plan, and has a report. Anybody of the organisation's writers may
delete it with everything that was recorded.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Application, Candidate, Interview, Invite, Job, Recording, User
from interview_platform.ports import Blobs
from interview_platform.services import access, audit, invites, recordings
from interview_platform.services.access import READERS, WRITERS, Actor, need
from interview_platform.services.agent import plan_versions
from interview_platform.services.launch import PlanBuilder
from interview_platform.services.pool_query import PRACTICE

DAYS = 7
UNFINISHED = ("planned", "live")


@dataclass(frozen=True)
class Started:
    """The interview and the link that opens its candidate's side."""

    interview: Interview
    link: str


@dataclass(frozen=True)
class PracticeRow:
    """One practice interview of a job. `link` is empty once it is over."""

    interview_id: str
    who: str
    status: str  # Interview.status
    version: int  # of the plan
    created_at: datetime
    link: str


def start(db: Session, actor: Actor, secret: bytes, job_id: str, address: str, plan_builder: PlanBuilder) -> Started:
    """An interview of the actor's own from the newest plan: the one she has not finished, or a new one.

    Nobody is written to. Raises NotAllowed, NotFound, and what the plan builder raises.
    """
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    application = _application(db, actor, job) or _new_application(db, actor, job)
    interview = _unfinished(db, application)
    if interview is None:
        invite, _ = invites.issue(db, actor, secret, application.id, DAYS)
        interview = Interview(
            organisation_id=actor.organisation_id, application_id=application.id, invite_id=invite.id, practice=True
        )
        db.add(interview)
        db.flush()
        plan_builder(db, interview)
        audit.record(db, actor, "practice.started", f"interview:{interview.id}", job_id=job.id)
    elif interview.status == "planned" and interview.plan_version != plan_versions.ensure(db, job).version:
        plan_builder(db, interview)
    return Started(interview, invites.link_of(secret, db.get_one(Invite, interview.invite_id), address))


def listing(db: Session, actor: Actor, secret: bytes, job_id: str, address: str) -> list[PracticeRow]:
    """The job's practice interviews, newest first. Raises NotFound."""
    need(actor, READERS)
    job = access.job(db, actor, job_id)
    query = (
        select(Interview, Invite, Candidate)
        .join(Invite, col(Invite.id) == Interview.invite_id)
        .join(Application, col(Application.id) == Interview.application_id)
        .join(Candidate, col(Candidate.id) == Application.candidate_id)
        .where(Application.job_id == job.id, col(Interview.practice).is_(True))
    )
    return [
        PracticeRow(
            interview_id=interview.id,
            who=who.name,
            status=interview.status,
            version=interview.plan_version,
            created_at=interview.created_at,
            link=invites.link_of(secret, invite, address) if _is_open(interview, invite) else "",
        )
        for interview, invite, who in db.exec(query.order_by(col(Interview.created_at).desc()))
    ]


def delete(db: Session, blobs: Blobs, actor: Actor, interview_id: str) -> None:
    """Remove a practice interview: turns, report, recording, link. Raises BadInput while it runs, NotFound."""
    need(actor, WRITERS)
    interview = access.interview(db, actor, interview_id)
    if not interview.practice:
        raise NotFound("There is no such practice interview.")
    if interview.status == "live":
        raise BadInput("This practice interview is running. End it first; nothing was deleted.")
    for held in db.exec(select(Recording).where(Recording.interview_id == interview.id)):
        if held.blob_key:
            blobs.delete(held.blob_key)
        if held.path:
            with suppress(OSError):
                Path(held.path).unlink(missing_ok=True)
    recordings.drop_pieces(blobs, interview.organisation_id, interview.id)
    application_id = interview.application_id
    db.delete(db.get_one(Invite, interview.invite_id))  # the interview goes with its link
    db.flush()
    audit.record(db, actor, "practice.deleted", f"interview:{interview_id}")
    if db.exec(select(Invite.id).where(Invite.application_id == application_id)).first() is None:
        db.delete(db.get_one(Candidate, db.get_one(Application, application_id).candidate_id))


def _application(db: Session, actor: Actor, job: Job) -> Application | None:
    """The actor's own in this job."""
    mine = select(Invite.application_id).where(Invite.created_by == actor.user_id)
    query = select(Application).where(
        Application.job_id == job.id, Application.stage == PRACTICE, col(Application.id).in_(mine)
    )
    return db.exec(query).first()


def _new_application(db: Session, actor: Actor, job: Job) -> Application:
    user = db.get(User, actor.user_id) if actor.user_id else None
    who = Candidate(
        organisation_id=actor.organisation_id, name=f"Practice ({user.name if user else 'your organisation'})"[:200]
    )
    db.add(who)
    db.flush()
    row = Application(organisation_id=actor.organisation_id, job_id=job.id, candidate_id=who.id, stage=PRACTICE)
    db.add(row)
    db.flush()
    return row


def _unfinished(db: Session, application: Application) -> Interview | None:
    """One that can be gone on with through its link."""
    query = select(Interview, Invite).join(Invite, col(Invite.id) == Interview.invite_id)
    query = query.where(Interview.application_id == application.id).order_by(col(Interview.created_at).desc())
    return next((interview for interview, invite in db.exec(query) if _is_open(interview, invite)), None)


def _is_open(interview: Interview, invite: Invite) -> bool:
    return interview.status in UNFINISHED and invites.is_open(invite)
