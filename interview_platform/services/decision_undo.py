"""Taking back a decision while its e-mail has not gone: for the seconds in which a person sees that it was a slip."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, col, delete, select

from interview_platform.errors import BadInput
from interview_platform.models import Feedback, Message, now
from interview_platform.services import access, audit
from interview_platform.services.access import WRITERS, Actor, need
from interview_platform.services.review import STAGES

WITHIN = timedelta(minutes=2)
BEFORE = "interviewed"
"""Where an application stands that nobody had decided on."""


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
    rows = list(db.exec(decided.order_by(col(Feedback.created_at).desc()).limit(2)))
    if not rows or rows[0].user_id != actor.user_id or rows[0].created_at < now() - WITHIN:
        raise BadInput("This can no longer be undone. Decide again instead; both decisions stay in the log.")
    _withdraw_mail(db, rows[0])
    application = access.application(db, actor, interview.application_id)
    taken, application.stage = application.stage, STAGES[_decision(rows[1])] if len(rows) > 1 else BEFORE
    db.add(application)
    db.delete(rows[0])
    audit.record(db, actor, "application.decision_undone", f"application:{application.id}", decision=taken)
    return application.stage


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
