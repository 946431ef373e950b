"""The pool of a job as the recruiter sees it: one page of candidates, one candidate whole, files that failed.

Searching, filtering, ordering, counting and paging happen in the database; a page costs the same in a pool of a
hundred as in one of a hundred thousand. A candidate that was merged into another one is not shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from interview_platform.models import (
    Application,
    Candidate,
    Duplicate,
    Interview,
    Invite,
    Job,
    Match,
    Organisation,
    Resume,
    now,
)
from interview_platform.services import access, pool_query, second_look, smartfilter
from interview_platform.services.access import Actor
from interview_platform.services.pool_query import NOT_FOUND, ORDERS, STAGES, Found, PoolQuery, folded
from interview_platform.services.resume_told import worth_telling
from interview_platform.services.resumes import ResumeFacts
from interview_platform.services.second_look import SecondLook

__all__ = [
    "NOT_FOUND",
    "ORDERS",
    "STAGES",
    "CandidateDetail",
    "FailedFile",
    "PoolPage",
    "PoolQuery",
    "PoolRow",
    "detail",
    "failures",
    "matching",
    "pool",
    "rows",
    "size",
]

FILES = ("resume", "linkedin_pdf")
"""Sources that are files people look at: only these can hold text that nobody sees."""
_MET = {"2": "met", "1": "partly"}


@dataclass(frozen=True)
class PoolRow:
    """One candidate in a job's pool. `score` is None until SmartFilter has ranked."""

    application_id: str
    candidate_id: str
    name: str
    email: str
    headline: str
    stage: str  # one of STAGES
    score: float | None  # 0..100
    requirements: tuple[tuple[str, bool, str], ...]  # skill, required, "met" | "partly" | "not_found"; () when unranked
    conditions: tuple[tuple[str, str, str], ...]  # kind, value, "met" | "not_found"
    resume_id: str
    filename: str
    sources: tuple[str, ...]  # Resume.source of all that is known of this person
    unseen: bool  # a source holds text that nobody sees, and enough of it to be told
    checked: bool  # every file was compared with what people see
    duplicates: int  # pairs with another candidate that wait for a person's decision
    invite_status: str  # "" | open | opened | expired | revoked
    interview_id: str
    interview_status: str  # "" | Interview.status
    created_at: datetime
    second: SecondLook | None = None  # what a language model said when a recruiter asked for a second look


@dataclass(frozen=True)
class PoolPage:
    """One page of a pool."""

    rows: tuple[PoolRow, ...]
    total: int  # that the query finds
    everyone: int  # in the pool
    stages: dict[str, int]  # found in each stage, whichever stage was asked for
    look: SecondLook | None = None  # the second look at the best one, where a recruiter asked for one
    looked: int = 0  # how many were looked at a second time


@dataclass(frozen=True)
class CandidateDetail:
    """Everything the candidate's page shows. Spans in facts and reasons index `text`."""

    row: PoolRow
    candidate: Candidate
    job: Job
    resume: Resume | None
    facts: ResumeFacts
    text: str
    fit: smartfilter.Fit | None  # None until ranked; the sentences are read when somebody looks
    ranker: str
    warnings: tuple[str, ...]  # for the recruiter, e.g. hidden text that was left out
    sources: tuple[Resume, ...] = field(default=())  # all that is known of the person, the résumé in use first
    unseen: tuple[dict[str, Any], ...] = field(default=())  # of the résumé in use
    checked: bool = False


@dataclass(frozen=True)
class FailedFile:
    """A file that could not be read, and the way out."""

    resume_id: str
    filename: str
    error: str
    created_at: datetime


def pool(db: Session, actor: Actor, job_id: str, query: PoolQuery | None = None) -> PoolPage:
    """One page of a job's candidates. Raises NotFound."""
    job, query = access.job(db, actor, job_id), query or PoolQuery()
    merged = pool_query.merged(db, job)
    found = Found(job, query, bool(merged))
    looks = second_look.looked_at(db, job)
    head = [one for one, _ in looks] if query.order == "second" else []
    once = bool(query.search.strip()) and not head  # words are rare; a requirement is found in many
    stages, ids = found.at_once(db) if once else (found.stages(db), [])
    total = stages.get(query.stage, 0) if query.stage else sum(stages.values())
    everyone = pool_query.count(db, job, merged) if found.narrow else sum(stages.values())
    if total and not once:  # nothing found: not looked for a second time
        ids = pool_query.page(db, job, found.along_the_order(total, everyone), head, total)
    return PoolPage(_rows(db, job, ids), total, everyone, stages, looks[0][1] if looks else None, len(looks))


def size(db: Session, actor: Actor, job_id: str) -> int:
    """How many candidates a job has."""
    job = access.job(db, actor, job_id)
    return pool_query.count(db, job, pool_query.merged(db, job))


def matching(db: Session, actor: Actor, job_id: str, query: PoolQuery, most: int) -> list[str]:
    """Ids of the applications a query finds, in its order, `most` at the most, from the first."""
    job = access.job(db, actor, job_id)
    found = Found(job, replace(query, first=0, size=most), bool(pool_query.merged(db, job)))
    if query.order != "second":
        return found.ids(db)
    head = [one for one, _ in second_look.looked_at(db, job)]
    return pool_query.page(db, job, found, head, sum(found.stages(db).values()))


def rows(db: Session, actor: Actor, application_ids: list[str]) -> list[PoolRow]:
    """These applications, in this order; all of one job. Raises NotFound for one that is not the actor's."""
    held = [access.application(db, actor, one) for one in application_ids]
    return list(_rows(db, access.job(db, actor, held[0].job_id), application_ids)) if held else []


def detail(db: Session, actor: Actor, application_id: str) -> CandidateDetail:
    """One candidate for one job."""
    application = access.application(db, actor, application_id)
    person = access.candidate(db, actor, application.candidate_id)
    job = access.job(db, actor, application.job_id)
    resume = access.resume(db, actor, application.resume_id) if application.resume_id else None
    match = db.exec(select(Match).where(Match.application_id == application.id)).first()
    facts = ResumeFacts.from_json(resume.facts, resume.text) if resume else ResumeFacts(text="")
    sources = db.exec(select(Resume).where(Resume.candidate_id == person.id).order_by(col(Resume.created_at).desc()))
    return CandidateDetail(
        row=_rows(db, job, [application.id])[0],
        candidate=person,
        job=job,
        resume=resume,
        facts=facts,
        text=facts.text,
        fit=_fit(db, job, match, facts) if match else None,
        ranker=match.ranker if match else "",
        warnings=tuple(str(warning.get("detail", "")) for warning in facts.warnings),
        sources=tuple(sorted(sources, key=lambda source: source.id != application.resume_id)),
        unseen=tuple(map(dict, worth_telling(resume.unseen))) if resume else (),
        checked=bool(resume and resume.checked),
    )


def failures(db: Session, actor: Actor, job_id: str, most: int = 200) -> list[FailedFile]:
    """The job's files that could not be read, newest first."""
    job = access.job(db, actor, job_id)
    query = select(Resume.id, Resume.filename, Resume.error, Resume.created_at)
    query = query.where(Resume.job_id == job.id, Resume.status == "failed")
    return [FailedFile(*row) for row in db.exec(query.order_by(col(Resume.created_at).desc()).limit(most))]


# --- rows ------------------------------------------------------------------------------------------------------


def _rows(db: Session, job: Job, ids: list[str]) -> tuple[PoolRow, ...]:
    """Rows of these applications, in this order."""
    query = select(Application, Candidate).join(Candidate, col(Candidate.id) == Application.candidate_id)
    held = {row.id: (row, person) for row, person in db.exec(query.where(col(Application.id).in_(ids)))}
    beside = _Beside(db, ids, [person.id for _, person in held.values()])
    return tuple(_row(job, *held[one], beside) for one in ids if one in held)


class _Beside:
    """What other tables say of some applications and their candidates."""

    def __init__(self, db: Session, ids: list[str], people: list[str]) -> None:
        self.invites = _newest(db, Invite, ids)
        self.interviews = _newest(db, Interview, ids)
        told = select(Match.application_id, Match.conditions, Match.notes).where(col(Match.application_id).in_(ids))
        matches = db.exec(told).all()
        self.conditions: dict[str, Any] = {one: conditions for one, conditions, _ in matches}
        self.looks = {one: second_look.of_notes(notes) for one, _, notes in matches}
        self.sources: dict[str, list[Any]] = {}
        for source in _sources_of(db, people):
            self.sources.setdefault(source.candidate_id, []).append(source)
        self.duplicates = Counter(_duplicates(db, people))


def _row(job: Job, application: Application, person: Candidate, beside: _Beside) -> PoolRow:
    sources = beside.sources.get(person.id, [])
    file = next((source for source in sources if source.id == application.resume_id), None)
    interview = beside.interviews.get(application.id)
    conditions = beside.conditions.get(application.id) or []
    return PoolRow(
        application_id=application.id,
        candidate_id=person.id,
        name=person.name,
        email=person.email,
        headline=person.headline,
        stage=application.stage,
        score=application.score,
        requirements=_requirements(job, application),
        conditions=tuple((held["kind"], held["value"], held["status"]) for held in conditions),
        resume_id=application.resume_id or "",
        filename=file.filename if file else "",
        sources=tuple(dict.fromkeys(source.source for source in sources)),
        unseen=any(worth_telling(source.unseen) for source in sources),
        checked=all(source.checked for source in sources if source.source in FILES),
        duplicates=beside.duplicates[person.id],
        invite_status=_invite_status(beside.invites.get(application.id)),
        interview_id=interview.id if interview else "",
        interview_status=interview.status if interview else "",
        created_at=application.created_at,
        second=beside.looks.get(application.id),
    )


def _requirements(job: Job, application: Application) -> tuple[tuple[str, bool, str], ...]:
    if application.score is None:
        return ()
    found = dict(part.rsplit("=", 1) for part in application.found.strip("|").split("|") if "=" in part)
    wanted = [(skill, True) for skill in job.required_skills] + [(skill, False) for skill in job.preferred_skills]
    return tuple((skill, must, _MET.get(found.get(folded(skill), ""), "not_found")) for skill, must in wanted)


def _invite_status(invite: Invite | None) -> str:
    if invite is None:
        return ""
    if invite.revoked_at:
        return "revoked"
    if invite.expires_at <= now():
        return "expired"
    return "opened" if invite.opened_at else "open"


def _newest(db: Session, table: Any, application_ids: list[str]) -> dict[str, Any]:
    """The newest row of each application."""
    query = select(table).where(col(table.application_id).in_(application_ids)).order_by(col(table.created_at))
    return {row.application_id: row for row in db.exec(query)}


def _sources_of(db: Session, people: list[str]) -> list[Any]:
    """What is known of these people, oldest first; the texts, which are long, stay in the database."""
    wanted = (Resume.candidate_id, Resume.id, Resume.source, Resume.filename, Resume.unseen, Resume.checked)
    query: Any = select(*wanted)  # type: ignore[call-overload]
    return list(db.exec(query.where(col(Resume.candidate_id).in_(people)).order_by(col(Resume.created_at))))


def _duplicates(db: Session, people: list[str]) -> list[str]:
    """The candidate of each open pair that is among `people`."""
    pairs = select(Duplicate.candidate_id, Duplicate.other_id).where(Duplicate.status == "open")
    either = col(Duplicate.candidate_id).in_(people) | col(Duplicate.other_id).in_(people)
    return [one for pair in db.exec(pairs.where(either)) for one in pair]


def _fit(db: Session, job: Job, match: Match, facts: ResumeFacts) -> smartfilter.Fit:
    """The stored result, with the sentences as the same rules read them now."""
    blind = db.get_one(Organisation, job.organisation_id).blind_schools
    requirements, conditions, notes = smartfilter.explain(facts, smartfilter.wish_of(job), blind_schools=blind)
    order = [*job.required_skills, *job.preferred_skills]
    requirements = tuple(sorted(requirements, key=lambda held: order.index(held.skill)))
    return smartfilter.Fit(match.score, requirements, conditions, dict(match.parts), notes)
