"""Long lists for other systems, page by page: newest first, by a cursor that says where the last page ended.

A cursor stays right while rows come and go; it holds a time and an id and gives access to nothing.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from interview_platform.errors import BadInput
from interview_platform.models import Application, Candidate, Feedback, Interview, Job
from interview_platform.services.access import READERS, Actor, need
from interview_platform.services.pool_query import PRACTICE

_BAD = "This cursor is not one of ours. Begin without one; pass on `next` as it was given."


@dataclass(frozen=True)
class Page:
    """Some rows, and the cursor of the next page ("" = this was the last)."""

    rows: list[Any]
    next: str


@dataclass(frozen=True)
class Wanted:
    """Which page."""

    cursor: str = ""
    limit: int = 50


def jobs(db: Session, actor: Actor, wanted: Wanted, status: str = "") -> Page:
    """The organisation's jobs."""
    need(actor, READERS)
    query = select(Job).where(Job.organisation_id == actor.organisation_id)
    return _page(db, query.where(Job.status == status) if status else query, Job, wanted)


def candidates(db: Session, actor: Actor, wanted: Wanted) -> Page:
    """Everybody the organisation knows; merged entries, and people's own practice, are nobody."""
    need(actor, READERS)
    practising = select(Application.candidate_id).where(
        Application.organisation_id == actor.organisation_id, Application.stage == PRACTICE
    )
    query = select(Candidate).where(
        Candidate.organisation_id == actor.organisation_id,
        col(Candidate.merged_into).is_(None),
        col(Candidate.id).not_in(practising),
    )
    return _page(db, query, Candidate, wanted)


def applications(db: Session, actor: Actor, wanted: Wanted, job_id: str, stage: str = "") -> Page:
    """A job's candidates, as applications."""
    need(actor, READERS)
    query = select(Application).where(
        Application.organisation_id == actor.organisation_id,
        Application.job_id == job_id,
        Application.stage != PRACTICE,
    )
    return _page(db, query.where(Application.stage == stage) if stage else query, Application, wanted)


def interviews(db: Session, actor: Actor, wanted: Wanted, job_id: str = "", status: str = "") -> Page:
    """Interviews, without people's own practice."""
    need(actor, READERS)
    query = select(Interview).where(
        Interview.organisation_id == actor.organisation_id, col(Interview.practice).is_(False)
    )
    if job_id:
        of_job = select(Application.id).where(Application.job_id == job_id)
        query = query.where(col(Interview.application_id).in_(of_job))
    return _page(db, query.where(Interview.status == status) if status else query, Interview, wanted)


def decisions(db: Session, actor: Actor, wanted: Wanted) -> Page:
    """What people decided."""
    need(actor, READERS)
    query = select(Feedback).where(Feedback.organisation_id == actor.organisation_id, Feedback.kind == "decision")
    return _page(db, query, Feedback, wanted)


def of_candidates(db: Session, candidate_ids: Sequence[str]) -> dict[str, list[Application]]:
    """The applications of some candidates, newest first."""
    query = select(Application).where(
        col(Application.candidate_id).in_(list(candidate_ids)), Application.stage != PRACTICE
    )
    held: dict[str, list[Application]] = {}
    for row in db.exec(query.order_by(col(Application.created_at).desc(), col(Application.id))):
        held.setdefault(row.candidate_id, []).append(row)
    return held


def _page(db: Session, query: Any, table: Any, wanted: Wanted) -> Page:
    if wanted.cursor:
        at, last = _read(wanted.cursor)
        same = and_(table.created_at == at, table.id < last)
        query = query.where(or_(table.created_at < at, same))
    newest = query.order_by(col(table.created_at).desc(), col(table.id).desc())
    rows = list(db.exec(newest.limit(wanted.limit + 1)))
    shown = rows[: wanted.limit]
    return Page(shown, _written(shown[-1]) if len(rows) > len(shown) else "")


def _written(row: Any) -> str:
    return base64.urlsafe_b64encode(f"{row.created_at.isoformat()}|{row.id}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, str]:
    try:
        told = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode()
        at, _, last = told.partition("|")
        found = datetime.fromisoformat(at)
    except (ValueError, binascii.Error):
        raise BadInput(_BAD) from None
    if found.tzinfo is None or not (last.isalnum() and len(last) <= 32):
        raise BadInput(_BAD)
    return found, last
