"""The audit log: who did what, when, on what and why. Rows are only added, and each is a link of a chain.

It outlives the people it tells of: `detail` holds ids and values, never names or anybody's words, and the reason is a
word of a closed list or the id of the row that holds it, which is deleted with its person.
"""

from __future__ import annotations

from sqlalchemy import or_
from sqlmodel import Session, col, select

from interview_platform.models import AuditEvent
from interview_platform.services import audit_chain, audit_hash, correlation
from interview_platform.services.access import READERS, Actor, need

LONGEST_WORD = 400
"""No value of a detail is a longer text."""


def record(db: Session, actor: Actor, action: str, subject: str, because: str = "", /, **detail: object) -> AuditEvent:
    """Note one deed; it is written with what the session commits, or not at all.

    `action` is "<thing>.<past tense>", `subject` is "<thing>:<id>", `because` a word of a closed list, or
    "<thing>:<id>" of the row in which the reason stands. A long text in `detail` is left out.
    """
    event = AuditEvent(
        organisation_id=actor.organisation_id,
        actor=actor.key,
        action=action,
        subject=subject,
        detail=audit_hash.stored({name: _short(value) for name, value in detail.items()}),
        why=because,
        correlation=correlation.current(),
    )
    audit_chain.wait(db, event)
    return event


def opened(db: Session, actor: Actor, what: str, subject: str) -> AuditEvent:
    """Note that a person looked at something that tells of somebody: "<what>.opened"."""
    return record(db, actor, f"{what}.opened", subject)


def newest(db: Session, actor: Actor, *, limit: int = 100, contains: str = "") -> list[AuditEvent]:
    """The organisation's latest events, newest first; `contains` narrows by action, subject or actor."""
    need(actor, READERS)
    query = select(AuditEvent).where(AuditEvent.organisation_id == actor.organisation_id)
    if contains:
        pattern = f"%{contains}%"
        columns = (col(AuditEvent.action), col(AuditEvent.subject), col(AuditEvent.actor))
        query = query.where(or_(*(column.like(pattern) for column in columns)))
    return list(db.exec(query.order_by(col(AuditEvent.sequence).desc()).limit(limit)))


def _short(value: object) -> object:
    """A text of that length was written by somebody about somebody."""
    long = isinstance(value, str) and len(value) > LONGEST_WORD
    return f"({len(str(value))} characters, not kept here)" if long else value
