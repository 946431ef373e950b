"""Taking back a decision while its e-mail has not gone: for the seconds in which a person sees that it was a slip."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, col, delete, select

from interview_platform.errors import BadInput
from interview_platform.models import Application, AuditEvent, Feedback, Message, now
from interview_platform.services import access, audit
from interview_platform.services.access import WRITERS, Actor, need

WITHIN = timedelta(minutes=2)
BEFORE = "interviewed"
"""Where an application stood before a decision whose event tells of none."""


def mail_key(interview_id: str, decision: str) -> str:
    """Deduplication key of a decision's e-mail: one for each decision on an interview."""
    return f"decision:{interview_id}:{decision}"


def undo(db: Session, actor: Actor, interview_id: str) -> str:
    """Take back one's own latest decision and its unsent e-mail; the stage as it was. The audit log keeps both.

    Raises BadInput when it is too late or the e-mail is on its way, NotFound, NotAllowed.
    """
    need(actor, WRITERS)
    interview = access.interview(db, actor, interview_id)
    decided = select(Feedback).where(Feedback.interview_id == interview.id, Feedback.kind == "decision")
    row = db.exec(decided.order_by(col(Feedback.created_at).desc()).limit(1)).first()
    if row is None or row.user_id != actor.user_id or row.created_at < now() - WITHIN:
        raise BadInput("This can no longer be undone. Decide again instead; both decisions stay in the log.")
    _withdraw_mail(db, row)
    application = access.application(db, actor, interview.application_id)
    taken, application.stage = application.stage, _stage_before(db, application, row)
    db.add(application)
    db.delete(row)
    audit.record(db, actor, "application.decision_undone", f"application:{application.id}", decision=taken)
    return application.stage


def _stage_before(db: Session, application: Application, decided: Feedback) -> str:
    """As the decision's event in the audit log has it."""
    mine = (col(AuditEvent.action) == "application.decided", col(AuditEvent.why) == f"feedback:{decided.id}")
    event = db.exec(select(AuditEvent).where(col(AuditEvent.subject) == f"application:{application.id}", *mine)).first()
    return str(event.detail.get("before") or BEFORE) if event else BEFORE


def _withdraw_mail(db: Session, decided: Feedback) -> None:
    """Unqueue by one conditional DELETE: what a sender has claimed stays, and says so."""
    key = mail_key(str(decided.interview_id), _decision(decided))
    # an e-mail that is older belongs to the same decision made before: it is not this one's to take back
    mine = (col(Message.dedup_key) == key, col(Message.created_at) >= decided.created_at - timedelta(seconds=1))
    db.exec(delete(Message).where(*mine, col(Message.status).in_(("queued", "failed"))))
    if db.exec(select(Message.id).where(*mine)).first():
        raise BadInput("The e-mail is on its way already, so nothing was undone. Decide again, and write to them.")


def _decision(row: Feedback) -> str:
    return row.text.partition("\n")[0]
