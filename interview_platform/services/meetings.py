"""Follow-up meetings: offered by a recruiter, fixed by the candidate, changed by both. Rows only, no calendar.

    offered ──candidate picks──▶ booked ──another time──▶ booked
        ▲                          │
        └──────ask for another─────┤            cancelled ──candidate picks again──▶ booked
                                   └──cancel───────▶

The link is a signature over the row's id; until when it opens is in the row. A change is claimed first (`claim`): the
calendar is spoken to outside any transaction, and two at once must not both be. No stage is ever changed here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer
from sqlmodel import Session, col, select, update

from interview_platform import routes
from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Application, Booking, Candidate, Job, Organisation, User, now
from interview_platform.ports import Appointment
from interview_platform.services import access, audit, hours
from interview_platform.services.access import READERS, WRITERS, Actor, need

OWN, CALENDLY = "own", "calendly"
OFFER_DAYS = 14
CLAIM_SECONDS = 60
LONGEST_NOTE = 1500
LONGEST_WISH = 1000
_EVENT_TYPE = re.compile(r"https?://[\w.:-]{1,100}/event_types/[\w-]{1,80}")
_AFTER = timedelta(days=1)  # so long after a meeting its link still says what was
_GONE = "This link does not open a meeting. It may have ended or been withdrawn. Write to the person who sent it."
_BUSY = "This meeting is being changed in this moment, perhaps by you in another tab. Try again in a minute."


@dataclass(frozen=True)
class Offer:
    """What a recruiter asks for. `kind` is Calendly's event type; ours is made from host and minutes."""

    host_id: str
    minutes: int
    note: str = ""
    place: str = ""
    provider: str = OWN
    kind: str = ""


@dataclass(frozen=True)
class Meeting:
    """A meeting with everything its page and letters say. `host` is None once that person is gone."""

    booking: Booking
    application: Application
    candidate: Candidate
    job: Job
    organisation: Organisation
    host: User | None
    host_zone: str

    @property
    def host_name(self) -> str:
        """With whom."""
        return self.host.name if self.host else f"the team at {self.organisation.name}"


# --- offering --------------------------------------------------------------------------------------------------


def offer(db: Session, actor: Actor, application_id: str, given: Offer) -> Booking:
    """A meeting the candidate may pick a time for. Raises BadInput, NotAllowed, NotFound."""
    need(actor, WRITERS)
    application = access.application(db, actor, application_id)
    host = _host(db, actor, given)
    kept = hours.of(db, actor, host.id)
    if given.provider == OWN and kept is None:
        raise BadInput(f"{host.name} has not given any hours for meetings yet. The hours come first; nothing was sent.")
    row = Booking(
        organisation_id=actor.organisation_id,
        application_id=application.id,
        host_id=host.id,
        created_by=actor.user_id,
        provider=given.provider,
        kind=given.kind if given.provider == CALENDLY else f"{host.id}:{given.minutes}",
        minutes=given.minutes,
        note=given.note.strip()[:LONGEST_NOTE],
        place=" ".join((given.place or (kept.place if kept else "")).split())[: hours.LONGEST_PLACE],
        expires_at=now() + timedelta(days=OFFER_DAYS),
    )
    db.add(row)
    db.flush()
    told = {"application_id": application.id, "host": host.id, "minutes": row.minutes, "provider": row.provider}
    audit.record(db, actor, "meeting.offered", f"meeting:{row.id}", **told)
    return row


def _host(db: Session, actor: Actor, given: Offer) -> User:
    user = db.get(User, given.host_id)
    if user is None or user.organisation_id != actor.organisation_id or user.disabled:
        raise NotFound("This person does not belong to your organisation. Nothing was sent.")
    if given.provider not in (OWN, CALENDLY):
        raise BadInput("Choose how the time is found. Nothing was sent.")
    if given.provider == OWN and given.minutes not in hours.LENGTHS:
        raise BadInput("Choose how long the meeting is. Nothing was sent.")
    if given.provider == CALENDLY and not _EVENT_TYPE.fullmatch(given.kind):
        raise BadInput("Choose one of Calendly's event types. Nothing was sent.")
    return user


def listing(db: Session, actor: Actor, *, application_id: str = "", limit: int = 50) -> list[Meeting]:
    """Coming meetings, soonest first, then offers that wait; those of one application whatever became of them."""
    need(actor, READERS)
    query = select(Booking).where(Booking.organisation_id == actor.organisation_id)
    if application_id:
        query = query.where(Booking.application_id == access.application(db, actor, application_id).id)
    else:
        coming = (col(Booking.status) == "booked") & (col(Booking.starts_at) > now() - timedelta(hours=2))
        waiting = (col(Booking.status) == "offered") & (col(Booking.expires_at) > now())
        query = query.where(coming | waiting)
    rows = list(db.exec(query.order_by(col(Booking.created_at).desc()).limit(4 * limit)))
    rows.sort(key=lambda row: (row.status != "booked", row.starts_at or row.created_at))
    return [_whole(db, row) for row in rows[:limit]]


def whole(db: Session, actor: Actor, booking_id: str) -> Meeting:
    """A meeting of the actor's organisation. Raises NotFound, NotAllowed."""
    return _whole(db, access.booking(db, actor, booking_id))


# --- the candidate's link --------------------------------------------------------------------------------------


def link_of(secret: bytes, booking: Booking, address: str) -> str:
    """The whole link a candidate opens."""
    return address + routes.meeting(token_of(secret, booking))


def token_of(secret: bytes, booking: Booking) -> str:
    """The token in the link."""
    return str(_signer(secret).dumps(booking.id))


def open_link(db: Session, secret: bytes, token: str) -> Meeting:
    """What a candidate's link opens. Raises NotFound, the same for every reason."""
    try:
        booking_id = _signer(secret).loads(token)
    except BadData:
        booking_id = None
    row = db.get(Booking, booking_id) if isinstance(booking_id, str) else None
    if row is None or not is_open(row):
        raise NotFound(_GONE)
    return _whole(db, row)


def is_open(row: Booking) -> bool:
    """A booked meeting's link opens until the day after it, any other until the offer ends."""
    if row.status == "booked" and row.starts_at is not None:
        return now() < row.starts_at + _AFTER
    return row.expires_at is not None and now() < row.expires_at


def may_pick(row: Booking) -> bool:
    """Whether the candidate may choose a time: not when the employer called it off, nor once it has begun."""
    if row.status == "cancelled":
        return row.cancelled_by == "candidate"
    return row.status != "booked" or row.starts_at is None or now() < row.starts_at


def wish(db: Session, meeting: Meeting, words: str) -> Booking:
    """ "None of these suit me", with what would. Raises BadInput."""
    said = words.strip()[:LONGEST_WISH]
    if not said:
        raise BadInput("Write a few words on what would suit you; nothing was sent.")
    row = db.get_one(Booking, meeting.booking.id)
    row.wish, row.wished_at = said, now()
    db.add(row)
    audit.record(db, access.system(row.organisation_id), "meeting.wished", f"meeting:{row.id}", by="candidate")
    return row


# --- changing --------------------------------------------------------------------------------------------------


def claim(db: Session, row: Booking) -> int:
    """Take the row for one change; the number to finish it with. Raises BadInput while somebody else has it."""
    free = col(Booking.claimed_at).is_(None) | (col(Booking.claimed_at) < now() - timedelta(seconds=CLAIM_SECONDS))
    mine = update(Booking).where(col(Booking.id) == row.id, col(Booking.sequence) == row.sequence, free)
    number = row.sequence + 1
    if not db.exec(mine.values(sequence=number, claimed_at=now())).rowcount:
        raise BadInput(_BUSY)
    return number


def release(db: Session, booking_id: str, number: int) -> None:
    """The change did not come about."""
    mine = update(Booking).where(col(Booking.id) == booking_id, col(Booking.sequence) == number)
    db.exec(mine.values(claimed_at=None))


def fix(db: Session, booking_id: str, number: int, made: Appointment, zone: str) -> Booking | None:
    """The claimed meeting has a time now; None when the claim was lost meanwhile."""
    row = _claimed(db, booking_id, number)
    if row is None:
        return None
    _set_booked(row, made, zone)
    db.add(row)
    told = {"by": "candidate", "at": made.starts_at.isoformat()}
    audit.record(db, access.system(row.organisation_id), "meeting.booked", f"meeting:{row.id}", **told)
    return row


def unfix(db: Session, booking_id: str, number: int, actor: Actor, status: str, by: str, reason: str) -> Booking | None:
    """The claimed meeting is `cancelled`, or `offered` once more; None when the claim was lost meanwhile."""
    row = _claimed(db, booking_id, number)
    if row is None:
        return None
    _set_unbooked(row, status, by, reason)
    db.add(row)
    action = "meeting.cancelled" if status == "cancelled" else "meeting.asked_again"
    audit.record(db, actor, action, f"meeting:{row.id}", by=by)
    return row


def _set_unbooked(row: Booking, status: str, by: str, reason: str) -> None:
    """What is no longer booked; a cancelled one's time stays to be told."""
    if row.provider_id:
        row.provider_past = [*row.provider_past, row.provider_id][-20:]
    row.provider_id, row.change_url, row.cancel_url = "", "", ""
    row.status, row.cancelled_by, row.reason = (
        status,
        by if status == "cancelled" else "",
        reason.strip()[:LONGEST_WISH],
    )
    row.claimed_at, row.wish, row.wished_at = None, "", None
    if status == "offered":
        row.starts_at, row.url = None, ""
    row.expires_at = max(row.expires_at or now(), now() + timedelta(days=OFFER_DAYS))


def _set_booked(row: Booking, made: Appointment, zone: str) -> None:
    if row.provider_id and row.provider_id != made.key:
        row.provider_past = [*row.provider_past, row.provider_id][-20:]
    row.status, row.starts_at, row.zone = "booked", made.starts_at, zone or row.zone
    row.provider_id, row.change_url, row.cancel_url = made.key, made.change_url, made.cancel_url
    row.place = made.place or row.place
    row.booked_at, row.claimed_at, row.cancelled_by, row.reason = now(), None, "", ""
    row.wish, row.wished_at = "", None


def due(db: Session, *, within: timedelta, limit: int = 500) -> list[Meeting]:
    """Booked meetings that begin within so long from now, soonest first."""
    at = col(Booking.starts_at)
    query = select(Booking).where(Booking.status == "booked", at > now(), at <= now() + within)
    return [_whole(db, row) for row in db.exec(query.order_by(at).limit(limit))]


def _claimed(db: Session, booking_id: str, number: int) -> Booking | None:
    query = select(Booking).where(Booking.id == booking_id).with_for_update()
    row = db.exec(query.execution_options(populate_existing=True)).first()
    return row if row is not None and row.sequence == number else None


def _whole(db: Session, row: Booking) -> Meeting:
    application = db.get_one(Application, row.application_id)
    host = db.get(User, row.host_id) if row.host_id else None
    kept = hours.of(db, access.system(row.organisation_id), host.id) if host else None
    return Meeting(
        row,
        application,
        db.get_one(Candidate, application.candidate_id),
        db.get_one(Job, application.job_id),
        db.get_one(Organisation, row.organisation_id),
        host,
        kept.zone if kept else "UTC",
    )


def begins(row: Booking) -> datetime:
    """When a booked meeting begins. Raises BadInput when it has no time."""
    if row.starts_at is None:
        raise BadInput("This meeting has no time yet.")
    return row.starts_at


def _signer(secret: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="meeting link")
