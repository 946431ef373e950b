"""Receivers of webhooks, as their organisation's owners set them up, and the log of what was sent to them."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlmodel import Session, col, select, update

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Webhook, WebhookDelivery, new_id, now
from interview_platform.services import audit, outgoing_events, outgoing_sign, secret_box
from interview_platform.services.access import OWNERS, Actor, need
from interview_platform.services.outgoing_events import EVENTS, Told

MOST = 10
LONGEST_URL = 500
PURPOSE = "outgoing webhook"
TEST = "webhook.test"
_INSIDE = (".localhost", ".local", ".internal", ".home.arpa")


@dataclass(frozen=True)
class Made:
    """A new receiver, with the only sight of its secret."""

    webhook: Webhook
    secret: str


def create(db: Session, actor: Actor, key: bytes, url: str, events: Sequence[str], local: bool = False) -> Made:
    """A receiver that hears of what happens from now on. `key`: the installation's secret.

    Raises BadInput (the address, no event, too many), NotAllowed.
    """
    need(actor, OWNERS)
    address, chosen = checked(url, local), _chosen(events)
    if len(listing(db, actor)) >= MOST:
        raise BadInput(f"At most {MOST} webhooks. Remove one that is not used.")
    secret = outgoing_sign.new_secret()
    row = Webhook(
        organisation_id=actor.organisation_id,
        created_by=actor.user_id,
        url=address,
        events=chosen,
        secret=secret_box.seal(key, PURPOSE, secret),
    )
    row.seen = outgoing_events.last(db, actor.organisation_id)
    db.add(row)
    audit.record(db, actor, "outgoing.created", f"outgoing:{row.id}", events=chosen)
    db.flush()
    return Made(row, secret)


def listing(db: Session, actor: Actor) -> list[Webhook]:
    """The organisation's receivers, oldest first. Raises NotAllowed."""
    need(actor, OWNERS)
    query = select(Webhook).where(Webhook.organisation_id == actor.organisation_id)
    return list(db.exec(query.order_by(col(Webhook.created_at), col(Webhook.id))))


def switch(db: Session, actor: Actor, webhook_id: str, on: bool) -> Webhook:
    """Switch a receiver on or off. What waited goes on; what happened while it was off is not told afterwards."""
    row = _own(db, actor, webhook_id)
    if on and row.status == "off":
        row.seen, row.failing_since = outgoing_events.last(db, actor.organisation_id), None
    row.status, row.why_off = ("on" if on else "off"), ""
    db.add(row)
    audit.record(db, actor, "outgoing.changed", f"outgoing:{row.id}", status=row.status)
    return row


def remove(db: Session, actor: Actor, webhook_id: str) -> None:
    """Remove a receiver, with its log. Raises NotFound, NotAllowed."""
    row = _own(db, actor, webhook_id)
    audit.record(db, actor, "outgoing.removed", f"outgoing:{row.id}")
    db.delete(row)


def test(db: Session, actor: Actor, webhook_id: str) -> WebhookDelivery:
    """Queue a message that says only that it is a test. Raises BadInput when the receiver is off."""
    row = _own(db, actor, webhook_id)
    if row.status != "on":
        raise BadInput("This webhook is switched off. Switch it on, then test it.")
    told = Told(TEST, new_id(), {"webhook_id": row.id})
    outgoing_events.queue(db, row, told, now().isoformat())
    audit.record(db, actor, "outgoing.tested", f"outgoing:{row.id}")
    query = select(WebhookDelivery).where(WebhookDelivery.dedup_key == f"{row.id}:{TEST}:{told.key}")
    return db.exec(query).one()


def again(db: Session, actor: Actor, delivery_id: str) -> WebhookDelivery:
    """Queue a delivery that failed, or whose end is unknown, under the same message id. Raises BadInput for others."""
    need(actor, OWNERS)
    row = db.get(WebhookDelivery, delivery_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound("This delivery does not exist any more, or is not yours to see.")
    mine = update(WebhookDelivery).where(
        col(WebhookDelivery.id) == row.id, col(WebhookDelivery.status).in_(("failed", "unknown"))
    )
    if not db.exec(mine.values(status="waiting", attempts=0, next_at=now())).rowcount:
        raise BadInput("Only a delivery that failed, or whose end is unknown, can be sent again.")
    audit.record(db, actor, "outgoing.repeated", f"outgoing:{row.webhook_id}", delivery_id=row.id)
    db.refresh(row)
    return row


def log(db: Session, actor: Actor, limit: int = 50) -> list[WebhookDelivery]:
    """The latest deliveries, newest first. Raises NotAllowed."""
    need(actor, OWNERS)
    query = select(WebhookDelivery).where(WebhookDelivery.organisation_id == actor.organisation_id)
    newest = query.order_by(col(WebhookDelivery.created_at).desc(), col(WebhookDelivery.id).desc())
    return list(db.exec(newest.limit(limit)))


def checked(url: str, local: bool = False) -> str:
    """The address, as far as it can be judged before it is called (adapters/webhook_sender looks again, at what its
    name stands for). Raises BadInput."""
    address = url.strip()
    try:
        parts = urlsplit(address)
        host, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if not host or any(character.isspace() for character in address) or len(address) > LONGEST_URL:
        raise BadInput("This is not an address. It looks like https://example.com/hooks.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise BadInput("The address may hold no user name, password or #fragment. Every message is signed instead.")
    if local and parts.scheme in ("http", "https"):
        return address
    if parts.scheme != "https":
        raise BadInput("The address must begin with https://.")
    if _is_inside(host):
        raise BadInput("This address is inside a private network. Give one that can be reached from the internet.")
    return address


def _is_inside(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.casefold().endswith(_INSIDE)


def _chosen(events: Sequence[str]) -> list[str]:
    chosen = [name for name in EVENTS if name in events]
    if not chosen or set(events) - set(EVENTS):
        raise BadInput("Choose at least one event.")
    return chosen


def _own(db: Session, actor: Actor, webhook_id: str) -> Webhook:
    need(actor, OWNERS)
    row = db.get(Webhook, webhook_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound("This webhook does not exist, or is not yours to see.")
    return row
