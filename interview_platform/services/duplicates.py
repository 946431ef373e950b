"""Candidates who may be one person: found, offered, merged by a person, taken apart again.

Two candidates are a pair when they share an e-mail address (in another case, or with a +tag), a telephone number, a
name together with a link or an employer, or nearly the same résumé text. Nothing is merged by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Application, Candidate, Duplicate, Job, Resume, now
from interview_platform.services import access, audit, moving
from interview_platform.services.access import WRITERS, Actor, need
from interview_platform.services.likeness import reasons, sketch

__all__ = [
    "Pair",
    "Side",
    "dismiss",
    "find",
    "kept",
    "merge",
    "merged_pairs",
    "open_pairs",
    "pairs_of",
    "sketch",
    "undo",
]

MOST_PAIRS = 100


@dataclass(frozen=True)
class Side:
    """One candidate of a pair, with what tells the two apart."""

    candidate_id: str
    name: str
    email: str
    phone: str
    location: str
    headline: str
    links: tuple[str, ...]
    sources: tuple[tuple[str, str, datetime], ...]  # Resume.source, file name, when it came
    applications: tuple[tuple[str, str, str, str], ...]  # application id, job id, job title, stage
    created_at: datetime


@dataclass(frozen=True)
class Pair:
    """Two candidates who may be one. `kept` is the older one: merging moves the other's things to it."""

    duplicate_id: str
    kept: Side
    other: Side
    reasons: tuple[str, ...]  # for people: "same telephone number"
    status: str  # open | merged | dismissed
    created_at: datetime


def find(db: Session, organisation_id: str, candidate_id: str) -> list[Duplicate]:
    """Pairs of this candidate that were not offered before, written down as open."""
    person = db.get(Candidate, candidate_id)
    if person is None or person.organisation_id != organisation_id or person.merged_into:
        return []
    known = _known(db, person.id)
    made = []
    for other, why in reasons(db, person).items():
        if other in known:
            continue
        row = _row(db, person, other, why)
        db.add(row)
        audit.record(db, access.system(organisation_id), "duplicate.found", f"duplicate:{row.id}", reasons=why)
        made.append(row)
    db.flush()
    return made


def open_pairs(db: Session, actor: Actor, job_id: str = "") -> list[Pair]:
    """Pairs that wait for a decision, newest first; with a job, those with one of its candidates."""
    need(actor, access.READERS)
    return _pairs(db, actor, "open", job_id)


def merged_pairs(db: Session, actor: Actor, job_id: str = "") -> list[Pair]:
    """Pairs that were merged, newest first: what `undo` takes apart."""
    need(actor, access.READERS)
    return _pairs(db, actor, "merged", job_id)


def pairs_of(db: Session, actor: Actor, candidate_id: str) -> list[Pair]:
    """One candidate's pairs that wait for a decision, and those that were merged into it, newest first."""
    own = access.candidate(db, actor, candidate_id).id
    return [*_pairs(db, actor, "open", "", own), *_pairs(db, actor, "merged", "", own)]


def merge(db: Session, actor: Actor, duplicate_id: str) -> None:
    """Make the pair one candidate: the older one, with what the other has.

    Raises BadInput when both have an interview or an invitation for the same job, or one is already merged.
    """
    row, older, other = _decided(db, actor, duplicate_id)
    if row.status == "merged" or older.merged_into or other.merged_into:
        raise BadInput("These two are already merged. Load the page again.")
    row.moved = {**moving.merge(db, older, other), "at": now().isoformat()}
    row.status = "merged"
    db.add(row)
    audit.record(db, actor, "duplicate.merged", f"duplicate:{row.id}", candidate_id=older.id, other_id=other.id)
    db.flush()
    find(db, actor.organisation_id, older.id)


def undo(db: Session, actor: Actor, duplicate_id: str) -> None:
    """Take a merged pair apart: everything that was moved goes back. The pair is offered again."""
    row, older, other = _decided(db, actor, duplicate_id)
    if row.status != "merged" or other.merged_into != older.id:
        raise BadInput("These two are not merged. Load the page again.")
    if older.merged_into or _merged_since(db, row):
        raise BadInput(f"{older.name or 'This candidate'} was merged once more since. Take that apart first.")
    moving.back(db, older, other, row.moved)
    row.moved, row.status = {}, "open"
    db.add(row)
    audit.record(db, actor, "duplicate.unmerged", f"duplicate:{row.id}", candidate_id=older.id, other_id=other.id)
    db.flush()


def dismiss(db: Session, actor: Actor, duplicate_id: str) -> None:
    """Two people after all: the pair is not offered again."""
    row, _, _ = _decided(db, actor, duplicate_id)
    if row.status == "merged":
        raise BadInput("These two are merged. Take them apart first.")
    row.status = "dismissed"
    db.add(row)
    audit.record(db, actor, "duplicate.dismissed", f"duplicate:{row.id}")
    db.flush()


def kept(db: Session, person: Candidate) -> Candidate:
    """The candidate that took this one's place, or this one."""
    seen = set()
    while person.merged_into and person.id not in seen:
        seen.add(person.id)
        person = db.get(Candidate, person.merged_into) or person
    return person


# --- parts -----------------------------------------------------------------------------------------------------


def _known(db: Session, candidate_id: str) -> set[str]:
    """Whoever was offered with this candidate before, whatever came of it."""
    pairs = db.exec(
        select(Duplicate.candidate_id, Duplicate.other_id).where(
            or_(Duplicate.candidate_id == candidate_id, Duplicate.other_id == candidate_id)
        )
    )
    return {one for pair in pairs for one in pair}


def _row(db: Session, person: Candidate, other_id: str, why: list[str]) -> Duplicate:
    other = db.get(Candidate, other_id)
    assert other is not None
    older, newer = sorted((person, other), key=lambda one: (one.created_at, one.id))
    return Duplicate(organisation_id=person.organisation_id, candidate_id=older.id, other_id=newer.id, reasons=why)


def _merged_since(db: Session, row: Duplicate) -> bool:
    """Whether another candidate was merged into the same one later: merges are undone from the last to the first."""
    query = select(Duplicate).where(Duplicate.candidate_id == row.candidate_id, Duplicate.status == "merged")
    return any(one.id != row.id and one.moved.get("at", "") > row.moved.get("at", "") for one in db.exec(query))


def _decided(db: Session, actor: Actor, duplicate_id: str) -> tuple[Duplicate, Candidate, Candidate]:
    """The pair, for someone who may decide on it."""
    need(actor, WRITERS)
    row = db.get(Duplicate, duplicate_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound("This pair does not exist, or is not yours to see.")
    return row, access.candidate(db, actor, row.candidate_id), access.candidate(db, actor, row.other_id)


def _pairs(db: Session, actor: Actor, status: str, job_id: str, candidate_id: str = "") -> list[Pair]:
    query = select(Duplicate).where(
        Duplicate.organisation_id == actor.organisation_id,
        Duplicate.status == status,
        col(Duplicate.candidate_id).in_(_living(actor)),
    )
    if status == "open":
        query = query.where(col(Duplicate.other_id).in_(_living(actor)))
    if candidate_id:
        query = query.where(or_(Duplicate.candidate_id == candidate_id, Duplicate.other_id == candidate_id))
    if job_id:
        pool = select(Application.candidate_id).where(Application.job_id == access.job(db, actor, job_id).id)
        query = query.where(or_(col(Duplicate.candidate_id).in_(pool), col(Duplicate.other_id).in_(pool)))
    rows = list(db.exec(query.order_by(col(Duplicate.created_at).desc()).limit(MOST_PAIRS)))
    sides = _sides(db, [one for row in rows for one in (row.candidate_id, row.other_id)])
    return [
        Pair(row.id, sides[row.candidate_id], sides[row.other_id], tuple(row.reasons), row.status, row.created_at)
        for row in rows
    ]


def _living(actor: Actor) -> Any:
    return select(Candidate.id).where(
        Candidate.organisation_id == actor.organisation_id, col(Candidate.merged_into).is_(None)
    )


def _sides(db: Session, ids: list[str]) -> dict[str, Side]:
    """Both candidates of every pair, in three queries."""
    people = db.exec(select(Candidate).where(col(Candidate.id).in_(ids)))
    sources: dict[str, list[tuple[str, str, datetime]]] = {one: [] for one in ids}
    query = select(Resume.candidate_id, Resume.source, Resume.filename, Resume.created_at)
    for owner, source, filename, came in db.exec(
        query.where(col(Resume.candidate_id).in_(ids)).order_by(col(Resume.created_at))
    ):
        sources[str(owner)].append((source, filename, came))
    applied: dict[str, list[tuple[str, str, str, str]]] = {one: [] for one in ids}
    joined = select(Application, Job.title).join(Job, col(Job.id) == Application.job_id)
    for application, title in db.exec(joined.where(col(Application.candidate_id).in_(ids))):
        told = (application.id, application.job_id, title, application.stage)
        applied[application.candidate_id].append(told)
    return {one.id: _side(one, sources[one.id], applied[one.id]) for one in people}


def _side(
    person: Candidate, sources: list[tuple[str, str, datetime]], applied: list[tuple[str, str, str, str]]
) -> Side:
    return Side(
        candidate_id=person.id,
        name=person.name,
        email=person.email,
        phone=person.phone,
        location=person.location,
        headline=person.headline,
        links=tuple(person.links),
        sources=tuple(sources),
        applications=tuple(applied),
        created_at=person.created_at,
    )
