"""What merging two candidates moves, and how it goes back exactly.

An application that gives way to another one for the same job is not deleted: it stays with the merged-away candidate,
whom no pool shows, and comes back with it.
"""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, select

from interview_platform.errors import BadInput
from interview_platform.models import Application, Candidate, Interview, Invite, Job, Resume
from interview_platform.services import pool_ranking

_FIELDS = ("name", "email", "phone", "location", "headline")


def merge(db: Session, older: Candidate, other: Candidate) -> dict[str, Any]:
    """Move the other's sources and applications to the older one; what was moved, for `back`. Raises BadInput."""
    given, swapped = _sorted_out(db, older, other)
    resumes = list(db.exec(select(Resume.id).where(Resume.candidate_id == other.id)))
    _give(db, Resume, resumes, older.id)
    _give(db, Application, given, older.id)
    _swap(db, older, other, swapped)
    filled = {name: getattr(other, name) for name in _FIELDS if getattr(other, name) and not getattr(older, name)}
    links = [link for link in other.links if link not in older.links]
    for name, value in filled.items():
        setattr(older, name, value)
    older.links = [*older.links, *links]
    other.merged_into = older.id
    db.add(older)
    db.add(other)
    db.flush()
    refresh(db, older.id)
    return {"resumes": resumes, "applications": given, "swapped": swapped, "filled": filled, "links": links}


def back(db: Session, older: Candidate, other: Candidate, moved: dict[str, Any]) -> None:
    """Undo what `merge` did; what came since stays with the older candidate."""
    _give(db, Resume, moved.get("resumes", []), other.id)
    _give(db, Application, moved.get("applications", []), other.id)
    _swap(db, older, other, [(mine, theirs) for theirs, mine in moved.get("swapped", [])])
    for name, value in moved.get("filled", {}).items():
        if getattr(older, name) == value:
            setattr(older, name, "")
    older.links = [link for link in older.links if link not in moved.get("links", [])]
    other.merged_into = None
    db.add(older)
    db.add(other)
    db.flush()
    refresh(db, older.id)
    refresh(db, other.id)


def refresh(db: Session, candidate_id: str) -> None:
    """What the pools search and sort by, of all of a person's applications."""
    for application in db.exec(select(Application).where(Application.candidate_id == candidate_id)):
        pool_ranking.refresh_row(db, application)
    db.flush()


def _sorted_out(db: Session, older: Candidate, other: Candidate) -> tuple[list[str], list[tuple[str, str]]]:
    """The other's applications that move, and pairs (older's, other's) where the other's takes the older's place."""
    mine, theirs = _applications(db, older), _applications(db, other)
    begun = _begun(db, [one.id for one in (*mine.values(), *theirs.values())])
    given, swapped = [], []
    for job_id, one in theirs.items():
        if job_id not in mine:
            given.append(one.id)
        elif one.id in begun and mine[job_id].id in begun:
            job = db.get(Job, job_id)
            raise BadInput(
                f"Both were invited for “{job.title if job else 'the same job'}”, so they cannot be merged without "
                "losing one interview. Nothing was changed. Decide on one of the two there, or keep them apart."
            )
        elif one.id in begun:
            swapped.append((mine[job_id].id, one.id))
    return given, swapped


def _applications(db: Session, person: Candidate) -> dict[str, Application]:
    return {one.job_id: one for one in db.exec(select(Application).where(Application.candidate_id == person.id))}


def _begun(db: Session, application_ids: list[str]) -> set[str]:
    """Applications with an invitation or an interview."""
    made = set(db.exec(select(Invite.application_id).where(col(Invite.application_id).in_(application_ids))))
    return made | set(
        db.exec(select(Interview.application_id).where(col(Interview.application_id).in_(application_ids)))
    )


def _swap(db: Session, older: Candidate, other: Candidate, pairs: list[tuple[str, str]]) -> None:
    """Exchange the owners of two applications for one job: (the older's, the other's)."""
    if not pairs:
        return
    aside = Candidate(organisation_id=older.organisation_id)  # one job and candidate can have one application only
    db.add(aside)
    db.flush()
    for mine, theirs in pairs:
        _give(db, Application, [mine], aside.id)
        _give(db, Application, [theirs], older.id)
        _give(db, Application, [mine], other.id)
    db.delete(aside)
    db.flush()


def _give(db: Session, table: type[Resume] | type[Application], ids: list[str], candidate_id: str) -> None:
    for row in db.exec(select(table).where(col(table.id).in_(ids))):
        row.candidate_id = candidate_id
        db.add(row)
    db.flush()
