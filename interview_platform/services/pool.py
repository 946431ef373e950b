"""The pool of a job as the recruiter sees it: candidates with their match, one candidate whole, files that failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from interview_platform.models import Application, Candidate, Interview, Invite, Job, Match, Resume, now
from interview_platform.services import access
from interview_platform.services.access import Actor
from interview_platform.services.resumes import ResumeFacts
from interview_platform.services.smartfilter import SkillGap, SkillMatch

ORDERS = ("match", "name", "newest")


@dataclass(frozen=True)
class PoolRow:
    """One candidate in a job's pool. `score` is None until SmartFilter has ranked."""

    application_id: str
    candidate_id: str
    name: str
    email: str
    headline: str
    stage: str  # Application.stage
    score: float | None  # 0..100
    matched: tuple[SkillMatch, ...]
    missing: tuple[SkillGap, ...]
    resume_id: str
    filename: str
    invite_status: str  # "" | open | opened | expired | revoked
    interview_id: str
    interview_status: str  # "" | Interview.status
    created_at: datetime


@dataclass(frozen=True)
class CandidateDetail:
    """Everything the candidate's page shows. Spans in facts and matches index `text`."""

    row: PoolRow
    candidate: Candidate
    job: Job
    resume: Resume | None
    facts: ResumeFacts
    text: str
    parts: dict[str, float]  # of the score: required, preferred, semantic; each 0..1
    ranker: str
    warnings: tuple[str, ...]  # for the recruiter, e.g. hidden text that was left out


@dataclass(frozen=True)
class FailedFile:
    """A file that could not be read, and the way out."""

    resume_id: str
    filename: str
    error: str
    created_at: datetime


def pool(db: Session, actor: Actor, job_id: str, search: str = "", order: str = "match") -> list[PoolRow]:
    """The candidates of a job. `search` narrows by name, e-mail, headline or skill; `order` is one of ORDERS."""
    job = access.job(db, actor, job_id)
    query = select(Application, Candidate).join(Candidate, col(Candidate.id) == Application.candidate_id)
    found = list(db.exec(query.where(Application.job_id == job.id).order_by(col(Application.created_at))))
    rows = _rows(db, [application for application, _ in found], {person.id: person for _, person in found})
    wanted = search.casefold().split()
    rows = [row for row in rows if all(word in _haystack(row) for word in wanted)]
    if order == "name":
        return sorted(rows, key=lambda row: (row.name or row.filename).casefold())
    if order == "newest":
        return sorted(rows, key=lambda row: row.created_at, reverse=True)
    return sorted(rows, key=lambda row: -1.0 if row.score is None else row.score, reverse=True)


def detail(db: Session, actor: Actor, application_id: str) -> CandidateDetail:
    """One candidate for one job."""
    application = access.application(db, actor, application_id)
    person = access.candidate(db, actor, application.candidate_id)
    resume = access.resume(db, actor, application.resume_id) if application.resume_id else None
    match = _newest_matches(db, [application.id]).get(application.id)
    facts = ResumeFacts.from_json(resume.facts, resume.text) if resume else ResumeFacts(text="")
    return CandidateDetail(
        row=_rows(db, [application], {person.id: person})[0],
        candidate=person,
        job=access.job(db, actor, application.job_id),
        resume=resume,
        facts=facts,
        text=facts.text,
        parts=dict(match.parts) if match else {},
        ranker=match.ranker if match else "",
        warnings=tuple(str(warning.get("detail", "")) for warning in facts.warnings),
    )


def failures(db: Session, actor: Actor, job_id: str) -> list[FailedFile]:
    """The job's files that could not be read, newest first."""
    job = access.job(db, actor, job_id)
    query = select(Resume).where(Resume.job_id == job.id, Resume.status == "failed")
    rows = db.exec(query.order_by(col(Resume.created_at).desc()))
    return [FailedFile(row.id, row.filename, row.error, row.created_at) for row in rows]


def _rows(db: Session, applications: list[Application], people: dict[str, Candidate]) -> list[PoolRow]:
    ids = [application.id for application in applications]
    matches = _newest_matches(db, ids)
    filenames = _filenames(db, [application.resume_id for application in applications if application.resume_id])
    invites = _newest(db, Invite, ids)
    interviews = _newest(db, Interview, ids)
    return [
        _row(
            application,
            people[application.candidate_id],
            filenames.get(application.resume_id or "", ""),
            matches.get(application.id),
            invites.get(application.id),
            interviews.get(application.id),
        )
        for application in applications
    ]


def _row(
    application: Application,
    person: Candidate,
    filename: str,
    match: Match | None,
    invite: Invite | None,
    interview: Interview | None,
) -> PoolRow:
    return PoolRow(
        application_id=application.id,
        candidate_id=person.id,
        name=person.name,
        email=person.email,
        headline=person.headline,
        stage=application.stage,
        score=match.score if match else None,
        matched=tuple(SkillMatch(**item) for item in match.matched) if match else (),
        missing=tuple(SkillGap(**item) for item in match.missing) if match else (),
        resume_id=application.resume_id or "",
        filename=filename,
        invite_status=_invite_status(invite),
        interview_id=interview.id if interview else "",
        interview_status=interview.status if interview else "",
        created_at=application.created_at,
    )


def _invite_status(invite: Invite | None) -> str:
    if invite is None:
        return ""
    if invite.revoked_at:
        return "revoked"
    if invite.expires_at <= now():
        return "expired"
    return "opened" if invite.opened_at else "open"


def _newest_matches(db: Session, application_ids: list[str]) -> dict[str, Match]:
    return _newest(db, Match, application_ids)


def _newest(db: Session, table: Any, application_ids: list[str]) -> dict[str, Any]:
    """The newest row of each application."""
    query = select(table).where(col(table.application_id).in_(application_ids)).order_by(col(table.created_at))
    return {row.application_id: row for row in db.exec(query)}


def _filenames(db: Session, resume_ids: list[str]) -> dict[str, str]:
    """By résumé; the texts, which are long, stay in the database."""
    query = select(Resume.id, Resume.filename).where(col(Resume.id).in_(resume_ids))
    return dict(db.exec(query).all())


def _haystack(row: PoolRow) -> str:
    return " ".join(
        (row.name, row.email, row.headline, row.filename, *(match.skill for match in row.matched))
    ).casefold()
