"""What Calendly tells of bookings made or changed on its own pages: signed, fresh, each once.

The header is `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">` by the key of the webhook subscription. A rescheduling
comes as two events, one for the old booking and one for the new, in any order; news of a booking that has been replaced
changes nothing. Whose meeting it is stands in `tracking.utm_content`, which we put there.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, NotSignedIn, ServiceUnavailable
from interview_platform.models import Booking
from interview_platform.ports import Appointment, Sessions
from interview_platform.services import access, meetings
from interview_platform.services.profile_text import one_line

MOST_BYTES = 200_000
MOST_AGE_SECONDS = 180
KINDS = ("invitee.created", "invitee.canceled")
_SIGNATURE = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")
_KEPT = "Nothing was changed."


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", str_max_length=20_000, hide_input_in_errors=True)


class Location(_Part):
    """Where an event is held."""

    join_url: str | None = None
    location: str | None = None


class ScheduledEvent(_Part):
    """The event of a booking."""

    start_time: datetime
    location: Location | None = None


class Tracking(_Part):
    """What we put into a booking."""

    utm_content: str | None = None


class Cancellation(_Part):
    """Who called it off, and why."""

    canceler_type: str | None = None
    reason: str | None = None


class Invitee(_Part):
    """The booking itself."""

    uri: str
    timezone: str | None = None
    rescheduled: bool = False
    old_invitee: str | None = None
    cancel_url: str | None = None
    reschedule_url: str | None = None
    scheduled_event: ScheduledEvent
    tracking: Tracking | None = None
    cancellation: Cancellation | None = None


class Event(_Part):
    """One event, as published for v2."""

    event: str
    payload: Invitee


@dataclass(frozen=True)
class Change:
    """What an event came to: a meeting that is booked (`moved`: again) or cancelled now."""

    booking: Booking
    moved: bool


def verified(key: str, header: str, body: bytes, now_seconds: float, sessions: Sessions) -> Event | None:
    """The event of a request whose signature holds, None for a kind we do not use.

    Raises NotSignedIn (unsigned, old, seen before), BadInput (not as published).
    """
    found = _SIGNATURE.fullmatch(header.strip())
    if not key or found is None:
        raise NotSignedIn(f"The Calendly-Webhook-Signature header is missing or not t=SECONDS,v1=HEX. {_KEPT}")
    expected = hmac.new(key.encode(), f"{found.group(1)}.".encode() + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, found.group(2)):
        raise NotSignedIn(f"The signature does not fit this body. {_KEPT}")
    if abs(now_seconds - int(found.group(1))) > MOST_AGE_SECONDS:
        raise NotSignedIn(f"The signature is more than three minutes old, or of the future. {_KEPT}")
    if sessions.count(seen(header), 2 * MOST_AGE_SECONDS) > 1:
        raise NotSignedIn(f"This message was received before. {_KEPT}")
    return _event(body)


def seen(header: str) -> str:
    """The session store's key for a message that was received; dropped when it has to be sent again."""
    return f"calendly:{hashlib.sha256(header.strip().encode()).hexdigest()}"


def apply(db: Session, event: Event) -> Change | None:
    """Write down what happened; None where it changes nothing. Raises ServiceUnavailable: send it again later."""
    row = _row(db, event.payload)
    if row is None or event.payload.uri in row.provider_past:
        return None
    return _created(db, row, event.payload) if event.event == "invitee.created" else _cancelled(db, row, event.payload)


def _created(db: Session, row: Booking, told: Invitee) -> Change | None:
    if row.provider_id == told.uri:
        return None
    moved = row.status == "booked"
    where = told.scheduled_event.location or Location()
    place = where.join_url or where.location or ""
    at = told.scheduled_event.start_time
    if at.tzinfo is None:
        raise BadInput(f"scheduled_event.start_time has no zone. {_KEPT}")
    made = Appointment(told.uri, at, one_line(place, 500), told.reschedule_url or "", told.cancel_url or "")
    fixed = meetings.fix(db, row.id, _claim(db, row), made, (told.timezone or "")[:60])
    return Change(fixed, moved) if fixed else None


def _cancelled(db: Session, row: Booking, told: Invitee) -> Change | None:
    if told.rescheduled or row.provider_id != told.uri or row.status != "booked":
        return None  # the other event of a rescheduling says the new time
    held = told.cancellation or Cancellation()
    by = "candidate" if held.canceler_type == "invitee" else "organisation"
    actor = access.system(row.organisation_id)
    done = meetings.unfix(db, row.id, _claim(db, row), actor, "cancelled", by, held.reason or "")
    return Change(done, False) if done else None


def _claim(db: Session, row: Booking) -> int:
    try:
        return meetings.claim(db, row)
    except BadInput as error:
        raise ServiceUnavailable(str(error)) from error


def _row(db: Session, told: Invitee) -> Booking | None:
    query = select(Booking).where(Booking.provider == meetings.CALENDLY)
    ours = (told.tracking.utm_content if told.tracking else "") or ""
    found = db.exec(query.where(Booking.id == ours)).first() if ours else None
    if found is not None:
        return found
    known = [uri for uri in (told.uri, told.old_invitee) if uri]
    return db.exec(query.where(col(Booking.provider_id).in_(known))).first()


def _event(body: bytes) -> Event | None:
    try:
        held: Any = json.loads(body)
        if isinstance(held, dict) and held.get("event") not in KINDS:
            return None
        return Event.model_validate(held)
    except (ValueError, RecursionError, ValidationError):
        raise BadInput(f"The body is not one of Calendly's events as published. {_KEPT}") from None
