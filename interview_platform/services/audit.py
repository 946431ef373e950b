"""The audit log: what was done, by whom, when. Rows are only added; `detail` holds ids and values, never names."""

from __future__ import annotations

from sqlmodel import Session, col, select

from interview_platform.models import AuditEvent
from interview_platform.services.access import READERS, Actor, need


def record(db: Session, actor: Actor, action: str, subject: str, **detail: object) -> AuditEvent:
    """Add one event. `action` is "<thing>.<past tense>", `subject` is "<thing>:<id>"."""
    event = AuditEvent(
        organisation_id=actor.organisation_id, actor=actor.key, action=action, subject=subject, detail=detail
    )
    db.add(event)
    return event


def newest(db: Session, actor: Actor, *, limit: int = 100, contains: str = "") -> list[AuditEvent]:
    """The organisation's latest events, newest first; `contains` narrows by action, subject or actor."""
    need(actor, READERS)
    query = select(AuditEvent).where(AuditEvent.organisation_id == actor.organisation_id)
    if contains:
        pattern = f"%{contains}%"
        query = query.where(
            col(AuditEvent.action).like(pattern)
            | col(AuditEvent.subject).like(pattern)
            | col(AuditEvent.actor).like(pattern)
        )
    return list(db.exec(query.order_by(col(AuditEvent.at).desc()).limit(limit)))
