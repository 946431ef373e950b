"""Copies of a person's data that were asked for: made in the background, offered for a day, then removed."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, col, select

from interview_platform.errors import NotFound
from interview_platform.models import AccessExport, Candidate, now
from interview_platform.services import access, audit, erasure
from interview_platform.services.access import WRITERS, Actor, need

OFFERED = timedelta(days=1)
WORKING, READY, FAILED = "working", "ready", "failed"
_SAME_FOR = timedelta(minutes=10)
"""Asked again so soon, it is the same copy."""


def request(db: Session, actor: Actor, candidate_id: str) -> AccessExport:
    """A person of the organisation asks, to answer a candidate's request. Raises NotAllowed, NotFound."""
    need(actor, WRITERS)
    return _ask(db, actor, access.candidate(db, actor, candidate_id))


def request_own(db: Session, actor: Actor, candidate_id: str) -> AccessExport:
    """A candidate asks, through the own link. Raises NotFound."""
    person = db.get(Candidate, candidate_id)
    if person is None or person.organisation_id != actor.organisation_id:
        raise NotFound("These data do not exist any more.")
    return _ask(db, actor, person)


def newest(db: Session, candidate_id: str) -> AccessExport | None:
    """The latest copy of this person that is being made or still offered."""
    query = select(AccessExport).where(
        col(AccessExport.candidate_id).in_(erasure.group(db, candidate_id)), AccessExport.expires_at > now()
    )
    return db.exec(query.order_by(col(AccessExport.created_at).desc())).first()


def done(db: Session, export_id: str, blob_key: str, size: int, error: str = "") -> None:
    """Note how the making ended; a copy whose person was deleted meanwhile has no row any more."""
    row = db.get(AccessExport, export_id)
    if row is None:
        raise NotFound("These data were deleted meanwhile.")
    row.status, row.error = (FAILED, error) if error else (READY, "")
    row.blob_key, row.bytes = blob_key, size
    db.add(row)
    audit.record(db, access.system(row.organisation_id), f"export.{row.status}", f"candidate:{row.candidate_id}")


def blob_key(row: AccessExport) -> str:
    """Where the copy is kept."""
    return f"exports/{row.organisation_id}/{row.id}/your-data.zip"


def over(db: Session) -> list[AccessExport]:
    """Copies that are not offered any more."""
    return list(db.exec(select(AccessExport).where(AccessExport.expires_at <= now())))


def interrupted(db: Session) -> list[str]:
    """Copies that an earlier process began."""
    return list(db.exec(select(AccessExport.id).where(AccessExport.status == WORKING)))


def _ask(db: Session, actor: Actor, person: Candidate) -> AccessExport:
    standing = newest(db, person.id)
    if standing is not None and standing.status != FAILED and standing.created_at + _SAME_FOR > now():
        return standing
    row = AccessExport(
        organisation_id=person.organisation_id,
        candidate_id=person.id,
        asked_by=actor.key,
        expires_at=now() + OFFERED,
    )
    row.blob_key = blob_key(row)
    db.add(row)
    db.flush()
    audit.record(db, actor, "export.requested", f"candidate:{person.id}", export=row.id)
    return row
