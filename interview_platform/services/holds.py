"""Legal holds: while one stands, nothing of a candidate is deleted, by nobody and by no date."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import LegalHold, now
from interview_platform.services import access, audit
from interview_platform.services.access import READERS, Actor, need

OWNERS = frozenset({"owner"})
LONGEST = 1000


def place(db: Session, actor: Actor, candidate_id: str, reason: str) -> LegalHold:
    """An owner sets a hold with its reason; a second one while the first stands is the first.

    Raises BadInput without a reason, NotAllowed, NotFound.
    """
    need(actor, OWNERS)
    person = access.candidate(db, actor, candidate_id)
    said = reason.strip()
    if not said or len(said) > LONGEST:
        raise BadInput(f"Give the reason of the hold in at most {LONGEST} characters. No hold was set.")
    standing = of(db, person.id)
    if standing is not None:
        return standing
    row = LegalHold(organisation_id=actor.organisation_id, candidate_id=person.id, reason=said, set_by=actor.user_id)
    db.add(row)
    db.flush()
    audit.record(db, actor, "hold.set", f"candidate:{person.id}", hold=row.id)
    return row


def lift(db: Session, actor: Actor, candidate_id: str) -> None:
    """An owner lifts it; deletions that waited go on by themselves. Raises NotAllowed, NotFound."""
    need(actor, OWNERS)
    row = of(db, access.candidate(db, actor, candidate_id).id)
    if row is None:
        raise NotFound("There is no hold on this candidate. Load the page again.")
    row.lifted_by, row.lifted_at = actor.user_id, now()
    db.add(row)
    audit.record(db, actor, "hold.lifted", f"candidate:{row.candidate_id}", hold=row.id)


def of(db: Session, candidate_id: str) -> LegalHold | None:
    """The hold that stands on this candidate."""
    query = select(LegalHold).where(LegalHold.candidate_id == candidate_id, col(LegalHold.lifted_at).is_(None))
    return db.exec(query).first()


def any_of(db: Session, candidate_ids: Iterable[str]) -> bool:
    """Whether one stands on any of these."""
    return any(of(db, one) is not None for one in candidate_ids)


def held(db: Session, actor: Actor) -> list[LegalHold]:
    """The organisation's standing holds, oldest first. Raises NotAllowed."""
    need(actor, READERS)
    query = select(LegalHold).where(LegalHold.organisation_id == actor.organisation_id)
    return list(db.exec(query.where(col(LegalHold.lifted_at).is_(None)).order_by(col(LegalHold.set_at))))
