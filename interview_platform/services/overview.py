"""What stands where, across jobs: every interview with its link, the funnel, and how many ended on which day.

Only reads. Reports have their own listing (services/report_list), e-mails too (services/notifications).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, case, col, func, or_, select

from interview_platform.models import Application, Candidate, Interview, Invite, Job, Resume, now
from interview_platform.services import access
from interview_platform.services.access import READERS, Actor, need
from interview_platform.services.list_query import DECIDED, NEWEST, ListQuery, named, page_of
from interview_platform.services.pool_query import PRACTICE

ENDED = ("ended", "reported")


@dataclass(frozen=True)
class InterviewRow:
    """One interview and the link it is held through. `link` is open | opened | expired | revoked."""

    interview_id: str
    invite_id: str
    application_id: str
    job_id: str
    job_title: str
    candidate_name: str
    candidate_email: str
    status: str  # Interview.status
    stage: str  # Application.stage
    link: str
    expires_at: datetime
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    questions: int


@dataclass(frozen=True)
class FunnelRow:
    """How far the candidates of one open job are. Each number counts those who came at least this far."""

    job_id: str
    job_title: str
    candidates: int
    invited: int
    interviewed: int
    decided: int


def interviews(db: Session, actor: Actor, query: ListQuery | None = None) -> list[InterviewRow]:
    """The organisation's interviews the query finds; newest first. Raises NotAllowed, NotFound."""
    wanted = query or ListQuery()
    rows = select(Interview, Invite, Application, Candidate, Job)  # type: ignore[call-overload]
    found = page_of(_joined(rows, db, actor, wanted).order_by(*NEWEST), wanted)
    return [_row(*parts) for parts in db.exec(found)]


def count(db: Session, actor: Actor, query: ListQuery | None = None) -> int:
    """How many interviews the query finds, on every page. Raises NotAllowed, NotFound."""
    return int(db.exec(_joined(select(func.count()).select_from(Interview), db, actor, query or ListQuery())).one())


def _joined(rows: Any, db: Session, actor: Actor, query: ListQuery) -> Any:
    need(actor, READERS)
    rows = (
        rows.join(Invite, col(Invite.id) == Interview.invite_id)
        .join(Application, col(Application.id) == Interview.application_id)
        .join(Candidate, col(Candidate.id) == Application.candidate_id)
        .join(Job, col(Job.id) == Application.job_id)
        .where(Interview.organisation_id == actor.organisation_id, col(Interview.practice).is_(False))
        .where(*named(query.search))
    )
    if query.job_id:
        rows = rows.where(Job.id == access.job(db, actor, query.job_id).id)
    if query.application_id:
        rows = rows.where(Application.id == access.application(db, actor, query.application_id).id)
    return rows.where(Interview.status == query.status) if query.status else rows


def funnel(db: Session, actor: Actor) -> list[FunnelRow]:
    """The open jobs, newest first. Counted by the database: a pool may hold 100,000."""
    need(actor, READERS)
    done = (
        select(Interview.application_id)
        .where(Interview.organisation_id == actor.organisation_id, col(Interview.status).in_(ENDED))
        .distinct()
        .subquery()
    )
    interviewed, stage = done.c.application_id.is_not(None), col(Application.stage)
    steps = (or_(stage != "new", interviewed), interviewed, stage.in_(DECIDED))
    wanted = (func.sum(case((met, 1), else_=0)) for met in steps)
    query: Any = (
        select(Job.id, Job.title, func.count(col(Application.id)), *wanted)  # type: ignore[call-overload]
        .join(Application, (col(Application.job_id) == Job.id) & (stage != PRACTICE), isouter=True)
        .join(done, done.c.application_id == Application.id, isouter=True)
        .where(Job.organisation_id == actor.organisation_id, Job.status == "open")
        .group_by(col(Job.id), col(Job.title), col(Job.created_at))
        .order_by(col(Job.created_at).desc())
    )
    rows = db.exec(query).all()
    return [FunnelRow(key, title, people, *(counts if people else (0, 0, 0))) for key, title, people, *counts in rows]


def ended_per_day(db: Session, actor: Actor, days: int = 14) -> list[tuple[date, int]]:
    """How many interviews ended on each of the last `days` days (UTC), today last, days without any included."""
    need(actor, READERS)
    today = now().date()
    query = select(Interview.ended_at).where(
        Interview.organisation_id == actor.organisation_id,
        col(Interview.practice).is_(False),
        col(Interview.ended_at) >= now() - timedelta(days=days),
    )
    counts = Counter(at.date() for at in db.exec(query) if at is not None)
    return [(day, counts[day]) for day in (today - timedelta(days=back) for back in range(days - 1, -1, -1))]


def unread(db: Session, actor: Actor, job_id: str) -> list[str]:
    """Ids of the job's stored résumés that were not read yet, oldest first. Raises NotFound."""
    job = access.job(db, actor, job_id)
    query = select(Resume.id).where(Resume.job_id == job.id, Resume.status == "queued")
    return list(db.exec(query.order_by(col(Resume.created_at))))


def _row(
    interview: Interview, invite: Invite, application: Application, candidate: Candidate, job: Job
) -> InterviewRow:
    return InterviewRow(
        interview_id=interview.id,
        invite_id=invite.id,
        application_id=application.id,
        job_id=job.id,
        job_title=job.title,
        candidate_name=candidate.name,
        candidate_email=candidate.email,
        status=interview.status,
        stage=application.stage,
        link=_link_state(invite),
        expires_at=invite.expires_at,
        created_at=interview.created_at,
        started_at=interview.started_at,
        ended_at=interview.ended_at,
        questions=len(interview.plan),
    )


def _link_state(invite: Invite) -> str:
    if invite.revoked_at is not None:
        return "revoked"
    if invite.expires_at <= now():
        return "expired"
    return "opened" if invite.opened_at else "open"
