"""The queue of outgoing webhooks: claimed, sent, settled; tried again with growing pauses; never twice after a 2xx.

    waiting ──claim──▶ sending ──▶ delivered            a 2xx: never sent again
       ▲                  ├──▶ waiting │ failed         no 2xx: again after PAUSES, at the end failed
       └── a person ◀─────┴──▶ unknown                  the process died meanwhile: whether it arrived is not known

A row is claimed by a conditional UPDATE, so two processes cannot send it at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from interview_platform.models import Organisation, User, Webhook, WebhookDelivery, now
from interview_platform.services import access, audit, notifications

PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000)
)  # 2 days and 3 hours in all
"""How long after each failed try the next one comes; after the last there is none."""
LONGEST_SENDING = timedelta(minutes=5)
"""Nothing is sent for so long: the process that sent it is gone."""
FAILING = timedelta(days=2)
"""A receiver that failed for so long, without one success, is switched off."""
KEPT = timedelta(days=30)
GONE = 410
INTERRUPTED = (
    "The product stopped while this was being sent, so it may or may not have arrived. Send it again if the receiver "
    "has not got it: the message id is the same."
)
OFF_SUBJECT = "A webhook was switched off"


@dataclass(frozen=True)
class Claimed:
    """What is to be sent now."""

    delivery_id: str
    url: str
    body: bytes
    secret: str  # encrypted

    @property
    def message_id(self) -> str:
        """The same for every try: receivers know it by this."""
        return f"msg_{self.delivery_id}"


def due(db: Session, at: datetime, most: int = 50) -> list[str]:
    """Deliveries to be sent now, oldest first; those of receivers that are off wait."""
    on = select(Webhook.id).where(Webhook.status == "on")
    query = select(WebhookDelivery.id).where(WebhookDelivery.status == "waiting", WebhookDelivery.next_at <= at)
    query = query.where(col(WebhookDelivery.webhook_id).in_(on))
    return list(db.exec(query.order_by(col(WebhookDelivery.next_at), col(WebhookDelivery.id)).limit(most)))


def claim(db: Session, delivery_id: str, at: datetime) -> Claimed | None:
    """Take a waiting delivery; None when another process has it, or it is done. Commit before sending."""
    mine = update(WebhookDelivery).where(
        col(WebhookDelivery.id) == delivery_id, col(WebhookDelivery.status) == "waiting"
    )
    taken = mine.values(status="sending", next_at=at, attempts=col(WebhookDelivery.attempts) + 1)
    if not db.exec(taken).rowcount:
        return None
    row = db.get_one(WebhookDelivery, delivery_id)
    webhook = db.get_one(Webhook, row.webhook_id)
    return Claimed(row.id, webhook.url, row.body.encode(), webhook.secret)


def settle(db: Session, delivery_id: str, at: datetime, answered: int, error: str = "") -> list[str]:
    """Note what a try came to: the HTTP status, or 0 and the error. E-mails to be delivered, where it was the last."""
    row = db.get(WebhookDelivery, delivery_id)
    if row is None:  # its receiver was removed meanwhile
        return []
    webhook = db.get_one(Webhook, row.webhook_id)
    good, tried = 200 <= answered < 300, row.event == "webhook.test"
    row.answered, row.error = answered, "" if good else (error or _said(answered))[:300]
    if good:
        row.status, row.delivered_at = "delivered", at
        webhook.ok_at, webhook.failing_since = at, None
    else:
        more = row.attempts <= len(PAUSES) and answered != GONE and not tried
        row.status = "waiting" if more else "failed"
        row.next_at = at + PAUSES[row.attempts - 1] if more else at
        webhook.failing_since = webhook.failing_since if tried else webhook.failing_since or at
    db.add(row)
    db.add(webhook)
    db.flush()
    over = not good and not tried and (answered == GONE or at - (webhook.failing_since or at) >= FAILING)
    return _switch_off(db, webhook, row.error) if over else []


def find_interrupted(db: Session, at: datetime) -> int:
    """Deliveries whose process is gone: whether they arrived is unknown, so a person decides. How many."""
    left = update(WebhookDelivery).where(
        col(WebhookDelivery.status) == "sending", col(WebhookDelivery.next_at) < at - LONGEST_SENDING
    )
    return int(db.exec(left.values(status="unknown", error=INTERRUPTED)).rowcount)


def tidy(db: Session, at: datetime) -> None:
    """Forget the log of what was settled long ago. Its keys go, too: the audit log is past them by then."""
    settled = col(WebhookDelivery.status).in_(("delivered", "failed", "unknown"))
    db.exec(delete(WebhookDelivery).where(settled, col(WebhookDelivery.created_at) < at - KEPT))


def _said(answered: int) -> str:
    if answered == GONE:
        return "The receiver answered 410: it wants no more."
    if 300 <= answered < 400:
        return f"The receiver answered {answered}: redirects are not followed. Give the address it leads to."
    return f"The receiver answered {answered}."


def _switch_off(db: Session, webhook: Webhook, error: str) -> list[str]:
    """Off, with a letter to every owner; the e-mails' ids."""
    mine = update(Webhook).where(col(Webhook.id) == webhook.id, col(Webhook.status) == "on")
    if not db.exec(mine.values(status="off", why_off=error)).rowcount:
        return []  # another delivery's end came first
    actor = access.system(webhook.organisation_id)
    audit.record(db, actor, "outgoing.switched_off", f"outgoing:{webhook.id}")
    employer = db.get_one(Organisation, webhook.organisation_id)
    owners = select(User).where(User.organisation_id == employer.id, User.role == "owner")
    key = f"outgoing-off:{webhook.id}:{int((webhook.failing_since or now()).timestamp())}"
    told = [
        notifications.queue(
            db,
            actor,
            dedup_key=f"{key}:{owner.id}",
            purpose="webhook_off",
            to=owner.email,
            subject=OFF_SUBJECT,
            text=_letter(owner, employer, webhook, error),
        )
        for owner in db.exec(owners.where(col(User.disabled).is_(False)))
    ]
    return [message.id for message in told]


def _letter(owner: User, employer: Organisation, webhook: Webhook, error: str) -> str:
    return (
        f"Dear {owner.name},\n\n"
        f"the webhook of {employer.name} to {webhook.url} was switched off: nothing that was sent to it arrived any "
        f"more. The last error: {error}\n\n"
        "What could not be sent is kept in the log of deliveries for 30 days. Put the receiver right, then switch the "
        "webhook on again on Settings, API and webhooks.\n"
    )
