"""Everybody the organisation knows, page by page: searched and counted in the database, each with the skills that were
read and the jobs they came for. Candidates merged into another one, and a recruiter's own practice, are not people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from interview_platform.models import Application, Candidate, Job, Resume
from interview_platform.services import access
from interview_platform.services.access import READERS, Actor, need
from interview_platform.services.pool_query import MOST_WORDS, PRACTICE

FILES = ("resume", "linkedin_pdf")


@dataclass(frozen=True)
class Considered:
    """One job somebody is or was considered for."""

    application_id: str
    job_id: str
    title: str
    stage: str


@dataclass(frozen=True)
class TalentRow:
    """One person."""

    candidate_id: str
    name: str
    email: str
    headline: str
    filename: str  # of the newest file; for those whose name was not found
    skills: tuple[str, ...]  # of the newest résumé, as it orders them
    jobs: tuple[Considered, ...]  # newest first
    created_at: datetime


@dataclass(frozen=True)
class TalentPage:
    """One page of people."""

    rows: tuple[TalentRow, ...]
    total: int  # that the search finds
    everyone: int


def search(db: Session, actor: Actor, words: str = "", first: int = 0, size: int = 50) -> TalentPage:
    """People whose name, e-mail, headline, file or skills hold every word, newest first. Raises NotAllowed."""
    need(actor, READERS)
    people = _people(actor)
    everyone = _count(db, people)
    found = [*people, *_searched(actor, words)]
    total = _count(db, found) if len(found) > len(people) else everyone
    newest = select(Candidate.id).where(*found).order_by(col(Candidate.created_at).desc(), col(Candidate.id).desc())
    ids = list(db.exec(newest.offset(first).limit(size)))
    return TalentPage(rows(db, actor, ids), total, everyone)


def rows(db: Session, actor: Actor, candidate_ids: Sequence[str]) -> tuple[TalentRow, ...]:
    """These people, in this order; those of other organisations are left out."""
    held = select(Candidate).where(Candidate.organisation_id == actor.organisation_id)
    people = {person.id: person for person in db.exec(held.where(col(Candidate.id).in_(list(candidate_ids))))}
    ids = [one for one in candidate_ids if one in people]
    jobs, sources = _jobs(db, ids), _sources(db, ids)
    return tuple(_row(people[one], jobs.get(one, ()), sources.get(one, ())) for one in ids)


def open_jobs(db: Session, actor: Actor) -> list[tuple[str, str]]:
    """(id, title) of every open job, newest first. Raises NotAllowed."""
    need(actor, READERS)
    query = select(Job.id, Job.title).where(Job.organisation_id == actor.organisation_id, Job.status == "open")
    return [(job_id, title) for job_id, title in db.exec(query.order_by(col(Job.created_at).desc(), Job.id))]


def title_of(db: Session, actor: Actor, job_id: str) -> str:
    """A job's title. Raises NotFound."""
    return access.job(db, actor, job_id).title


def _people(actor: Actor) -> list[ColumnElement[bool]]:
    practising = select(Application.candidate_id).where(
        Application.organisation_id == actor.organisation_id, Application.stage == PRACTICE
    )
    return [
        col(Candidate.organisation_id) == actor.organisation_id,
        col(Candidate.merged_into).is_(None),
        col(Candidate.id).not_in(practising),
    ]


def _searched(actor: Actor, text: str) -> list[ColumnElement[bool]]:
    """Each word in what a pool searches, or in what the person's own row says (somebody in no pool)."""
    found: list[ColumnElement[bool]] = []
    for word in text.casefold().split()[:MOST_WORDS]:
        pools = select(Application.candidate_id).where(
            Application.organisation_id == actor.organisation_id,
            col(Application.haystack).contains(word, autoescape=True),
        )
        told = func.lower(col(Candidate.name) + " " + col(Candidate.email) + " " + col(Candidate.headline))
        found.append(or_(col(Candidate.id).in_(pools), told.contains(word, autoescape=True)))
    return found


def _count(db: Session, where: Sequence[ColumnElement[bool]]) -> int:
    return db.exec(select(func.count()).select_from(Candidate).where(*where)).one()


def _jobs(db: Session, ids: list[str]) -> dict[str, list[Considered]]:
    query: Any = select(Application.candidate_id, Application.id, Job.id, Job.title, Application.stage)  # type: ignore[call-overload]
    query = query.join(Job, col(Job.id) == Application.job_id).where(col(Application.candidate_id).in_(ids))
    held: dict[str, list[Considered]] = {}
    for person, *values in db.exec(query.order_by(col(Application.created_at).desc(), Application.id)):
        held.setdefault(person, []).append(Considered(*values))
    return held


def _sources(db: Session, ids: list[str]) -> dict[str, list[Any]]:
    """What was read of these people: whole careers last, and of these the newest."""
    query: Any = select(Resume.candidate_id, Resume.filename, Resume.source, Resume.facts)  # type: ignore[call-overload]
    query = query.where(col(Resume.candidate_id).in_(ids), Resume.status == "parsed").order_by(col(Resume.created_at))
    held: dict[str, list[Any]] = {}
    for row in sorted(db.exec(query), key=lambda row: row.source in FILES):
        held.setdefault(row.candidate_id, []).append(row)
    return held


def _row(person: Candidate, jobs: Sequence[Considered], sources: Sequence[Any]) -> TalentRow:
    told = sources[-1] if sources else None
    skills = (str(held.get("name", "")) for held in (told.facts or {}).get("skills", ())) if told else ()
    return TalentRow(
        candidate_id=person.id,
        name=person.name,
        email=person.email,
        headline=person.headline,
        filename=told.filename if told else "",
        skills=tuple(dict.fromkeys(skill for skill in skills if skill)),
        jobs=tuple(jobs),
        created_at=person.created_at,
    )
