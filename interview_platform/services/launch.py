"""Launching an interview: plan, link and mail in one step that can be repeated without doing anything twice.

The application's row is locked first, so that two clicks, or two recruiters, end with one open link.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from interview_platform.errors import BadInput
from interview_platform.models import Application, Interview, Invite, Message, now
from interview_platform.services import access, audit, invites, notifications, row_locks
from interview_platform.services.access import WRITERS, Actor, need

RESEND_SECONDS = 60
"""A second click within this time gives the mail of the first."""

PlanBuilder = Callable[[Session, Interview], None]
"""Writes `interview.plan` and the questions it needs."""


@dataclass(frozen=True)
class Launched:
    """What a launch made, or found. `message` still has to be delivered; see notifications.deliver."""

    invite: Invite
    interview: Interview
    link: str
    message: Message


def launch(
    db: Session, actor: Actor, secret: bytes, application_id: str, address: str, days: int, plan_builder: PlanBuilder
) -> Launched:
    """Plan an interview, issue its link and queue its mail; while a link is open, give that one.

    After a withdrawn or expired link the same interview goes on behind a new one. Raises BadInput (job closed,
    interview done, days out of range), NotAllowed, NotFound, and whatever the plan builder raises.
    """
    need(actor, WRITERS)
    application = row_locks.application(db, actor, application_id)
    open_invite = _open_invite(db, application.id)
    if open_invite is not None:
        interview = _interview(db, actor, application, open_invite, plan_builder)
        return _with_mail(db, actor, secret, open_invite, interview, address)
    _check_may_begin(db, actor, application)
    _retire(db, actor, application)
    invite, _ = invites.issue(db, actor, secret, application.id, days)
    interview = _interview(db, actor, application, invite, plan_builder)
    if application.stage == "new":
        application.stage = "invited"
        db.add(application)
    audit.record(db, actor, "interview.launched", f"interview:{interview.id}", invite_id=invite.id)
    return _with_mail(db, actor, secret, invite, interview, address)


def resend(db: Session, actor: Actor, secret: bytes, invite_id: str, address: str) -> Launched:
    """The same link in another mail. A failed mail is queued again; a fresh one is not repeated.

    Raises BadInput when the link is closed, NotAllowed, NotFound.
    """
    need(actor, WRITERS)
    invite = access.invite(db, actor, invite_id)
    row_locks.application(db, actor, invite.application_id)
    if not invites.is_open(invite):
        raise BadInput("This link is closed, so it was not sent. Extend it, or launch the interview again.")
    interview = db.exec(select(Interview).where(Interview.invite_id == invite.id)).first()
    if interview is None or interview.status in invites.OVER:
        raise BadInput("No interview waits behind this link any more, so it was not sent.")
    link = invites.link_of(secret, invite, address)
    sent = _mails(db, invite)
    newest = sent[-1] if sent else None
    if newest is not None and newest.status == "failed" and newest.to_address:
        return Launched(invite, interview, link, notifications.retry(db, actor, newest.id))
    if newest is not None and _is_fresh(newest):
        return Launched(invite, interview, link, newest)
    message = notifications.invite_mail(db, actor, invite, link, number=len(sent) + 1)
    audit.record(db, actor, "invite.resent", f"invite:{invite.id}", message_id=message.id)
    return Launched(invite, interview, link, message)


def _open_invite(db: Session, application_id: str) -> Invite | None:
    """The newest link that still opens, unless its interview is over."""
    query = select(Invite).where(
        Invite.application_id == application_id, col(Invite.revoked_at).is_(None), col(Invite.expires_at) > now()
    )
    for invite in db.exec(query.order_by(col(Invite.created_at).desc())):
        interview = db.exec(select(Interview).where(Interview.invite_id == invite.id)).first()
        if interview is None or interview.status not in invites.OVER:
            return invite
    return None


def _check_may_begin(db: Session, actor: Actor, application: Application) -> None:
    if access.job(db, actor, application.job_id).status == "closed":
        raise BadInput("This job is closed, so no interview was launched. Open the job again first.")
    done = select(Interview).where(
        Interview.application_id == application.id, col(Interview.status).in_(("ended", "reported"))
    )
    if db.exec(done).first() is not None:
        raise BadInput("This candidate has done the interview already. Nothing was sent; see the report.")


def _retire(db: Session, actor: Actor, application: Application) -> None:
    """Withdraw expired links that a new one replaces: extended later, they would lead nowhere."""
    over = select(Interview.invite_id).where(col(Interview.status).in_(invites.OVER))
    replaced = select(Invite.id).where(
        Invite.application_id == application.id, col(Invite.revoked_at).is_(None), col(Invite.id).not_in(over)
    )
    for invite_id in db.exec(replaced).all():
        invites.revoke(db, actor, invite_id)


def _interview(
    db: Session, actor: Actor, application: Application, invite: Invite, plan_builder: PlanBuilder
) -> Interview:
    """The interview behind the invite: its own, one that lost its link, or a new one with a plan."""
    unfinished = select(Interview).where(
        Interview.application_id == application.id, col(Interview.status).in_(("planned", "live"))
    )
    interview = db.exec(unfinished.order_by(col(Interview.created_at).desc())).first()
    if interview is not None:
        interview.invite_id = invite.id
        db.add(interview)
    else:
        interview = Interview(
            organisation_id=actor.organisation_id, application_id=application.id, invite_id=invite.id, plan=[]
        )
        db.add(interview)
        db.flush()
        plan_builder(db, interview)
    db.flush()
    return interview


def _with_mail(
    db: Session, actor: Actor, secret: bytes, invite: Invite, interview: Interview, address: str
) -> Launched:
    link = invites.link_of(secret, invite, address)
    return Launched(invite, interview, link, notifications.invite_mail(db, actor, invite, link))


def _mails(db: Session, invite: Invite) -> list[Message]:
    """The mails this link was sent by, oldest first."""
    query = select(Message).where(col(Message.dedup_key).startswith(f"invite:{invite.id}:", autoescape=True))
    return list(db.exec(query.order_by(col(Message.created_at))))


def _is_fresh(message: Message) -> bool:
    waiting = message.status in ("queued", "sending")
    return waiting or (now() - message.created_at).total_seconds() < RESEND_SECONDS
