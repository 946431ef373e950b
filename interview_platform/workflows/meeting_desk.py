"""Fixing, moving and calling off meetings: rows, calendar and e-mails in an order that survives every interruption.

Claim the row, speak to the calendar outside any transaction, then write what became of it together with its e-mails.
What a process that dies leaves behind in between is given back: our own times by `OwnCalendar.tidy`, Calendly's by the
webhook that tells of the booking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from interview_platform.errors import BadInput, PlatformError, TimeTaken
from interview_platform.models import Booking, Message, now, session
from interview_platform.ports import Appointment, Calendar, Mailer, Visitor
from interview_platform.services import access, calendly_events, hours, meeting_letters, meetings, notifications
from interview_platform.services.access import WRITERS, Actor, need
from interview_platform.services.meetings import Meeting, Offer

AHEAD = timedelta(days=35)
"""So far ahead times are looked for; people's own horizon is nearer."""
AHEAD_CALENDLY = timedelta(days=14)  # two of its requests
NEXT = 5
_OUTRUN = "This meeting was changed meanwhile, perhaps by you in another tab. Reload the page to see how it stands."
_log = structlog.get_logger()


def letters_by(address: str, secret: bytes, sender: str) -> meeting_letters.Desk:
    """What letters need of the product."""
    return meeting_letters.Desk(address, secret, sender)


class MeetingDesk:
    """Everything that changes a meeting, for both sides' pages and the webhook."""

    def __init__(
        self, engine: Engine, mailer: Mailer, letters: meeting_letters.Desk, calendars: Mapping[str, Calendar]
    ) -> None:
        self.engine, self.letters, self.calendars = engine, letters, calendars
        self._mailer = mailer

    # --- the candidate -----------------------------------------------------------------------------------------

    def open(self, token: str) -> Meeting:
        """What a link opens. Raises NotFound."""
        with session(self.engine) as db:
            return meetings.open_link(db, self.letters.secret, token)

    def times(self, meeting: Meeting) -> list[datetime]:
        """Times the candidate may pick, in order. Raises BadInput, ServiceUnavailable."""
        row = meeting.booking
        ahead = AHEAD_CALENDLY if row.provider == meetings.CALENDLY else AHEAD
        return self._calendar(row).times(row.kind, now(), now() + ahead)

    def outside(self, meeting: Meeting) -> str:
        """An address where she books by herself, where booking from here is not to be had; made once."""
        row = meeting.booking
        if row.url:
            return row.url
        made = self._calendar(row).link(row.kind, row.id)
        with session(self.engine) as db:
            db.get_one(Booking, row.id).url = made
        return made

    def pick(self, token: str, at: datetime, zone: str) -> Meeting:
        """Book or move. Raises TimeTaken with the next free times, BadInput, NotFound, ServiceUnavailable."""
        meeting = self.open(token)
        row = meeting.booking
        if not meetings.may_pick(row):
            raise BadInput("This meeting was called off or has begun; its time cannot be changed any more.")
        if row.status == "booked" and row.starts_at == at:
            return meeting
        with session(self.engine) as db:
            number = meetings.claim(db, row)
        zone = hours.zone_of(zone).key
        made = self._booked(meeting, number, at, zone)
        told = self._fixed(row, number, made, zone)
        self.deliver(told)
        return self.open(token)

    def wish(self, token: str, words: str) -> None:
        """Tell the host that none of the times suit. Raises BadInput, NotFound."""
        with session(self.engine) as db:
            meeting = meetings.open_link(db, self.letters.secret, token)
            meetings.wish(db, meeting, words)
            told = meeting_letters.wished(db, self.letters, meeting)
        self.deliver(told)

    def give_up(self, token: str, reason: str) -> Meeting:
        """The candidate cancels. Raises BadInput, NotFound, ServiceUnavailable."""
        meeting = self.open(token)
        if meeting.booking.status != "booked":
            raise BadInput("There is no booked time to cancel.")
        self._unbook(meeting, access.system(meeting.organisation.id), "cancelled", "candidate", reason)
        return self.open(token)

    # --- the recruiter -----------------------------------------------------------------------------------------

    def offer(self, actor: Actor, application_id: str, given: Offer) -> Message:
        """Offer a meeting and send its e-mail. Raises BadInput, NotAllowed, NotFound."""
        if given.provider not in self.calendars:
            raise BadInput("This calendar is not set up here. Nothing was sent.")
        with session(self.engine) as db:
            row = meetings.offer(db, actor, application_id, given)
            message = meeting_letters.offered(db, self.letters, meetings.whole(db, actor, row.id))
        return self.deliver([message])[0]

    def call_off(self, actor: Actor, booking_id: str, reason: str) -> None:
        """Cancel a meeting, or withdraw its offer. Raises BadInput, NotAllowed, NotFound, ServiceUnavailable."""
        self._by_recruiter(actor, booking_id, "cancelled", reason, ("booked", "offered"))

    def ask_again(self, actor: Actor, booking_id: str, reason: str) -> None:
        """Give the time back and ask the candidate for another. Raises as `call_off`."""
        self._by_recruiter(actor, booking_id, "offered", reason, ("booked",))

    def _by_recruiter(self, actor: Actor, booking_id: str, status: str, reason: str, fitting: Sequence[str]) -> None:
        need(actor, WRITERS)
        with session(self.engine) as db:
            meeting = meetings.whole(db, actor, booking_id)
        if meeting.booking.status not in fitting:
            raise BadInput("This meeting was changed meanwhile. Reload the page to see how it stands.")
        self._unbook(meeting, actor, status, "organisation", reason)

    # --- Calendly's own pages ----------------------------------------------------------------------------------

    def heard(self, event: calendly_events.Event) -> bool:
        """What Calendly tells; whether it changed a meeting. Raises BadInput, ServiceUnavailable."""
        with session(self.engine) as db:
            change = calendly_events.apply(db, event)
            if change is None:
                return False
            meeting = meetings.whole(db, access.system(change.booking.organisation_id), change.booking.id)
            if meeting.booking.status == "booked":
                told = meeting_letters.booked(db, self.letters, meeting, change.moved)
            else:
                told = meeting_letters.cancelled(db, self.letters, meeting)
        self.deliver(told)
        return True

    # --- what both are made of ---------------------------------------------------------------------------------

    def deliver(self, messages: Sequence[Message]) -> list[Message]:
        """Send what was queued; what cannot be sent is kept in the outbox with the reason."""
        return [
            notifications.deliver(self.engine, self._mailer, self.letters.sender, message.id) for message in messages
        ]

    def _calendar(self, row: Booking) -> Calendar:
        if row.provider not in self.calendars:
            raise BadInput("The calendar of this meeting is not set up any more. Write to the person who invited you.")
        return self.calendars[row.provider]

    def _booked(self, meeting: Meeting, number: int, at: datetime, zone: str) -> Appointment:
        """The calendar's part; a refusal lets the row go and names what is free."""
        row, calendar = meeting.booking, self._calendar(meeting.booking)
        visitor = Visitor(meeting.candidate.name, meeting.candidate.email, zone)
        try:
            if row.status == "booked":
                return calendar.move(row.provider_id, row.kind, at, visitor, row.id)
            return calendar.book(row.kind, at, visitor, row.id)
        except PlatformError as error:
            with session(self.engine) as db:
                meetings.release(db, row.id, number)
            if isinstance(error, TimeTaken):
                raise TimeTaken(f"{error} {self._next(meeting, at, zone)}".strip()) from error
            raise

    def _next(self, meeting: Meeting, at: datetime, zone: str) -> str:
        """The free times nearest after the one that is gone, in words."""
        try:
            free = self.times(meeting)
        except PlatformError:
            return ""
        after = [one for one in free if one > at][:NEXT] or free[:NEXT]
        local = [one.astimezone(hours.zone_of(zone)) for one in after]
        words = ", ".join(f"{one:%A} {one.day} {one:%B %H:%M}" for one in local)
        return f"Free next: {words}." if words else "No other time is free just now."

    def _fixed(self, row: Booking, number: int, made: Appointment, zone: str) -> list[Message]:
        """Write the time down with its e-mails; if the row went another way meanwhile, give the time back."""
        with session(self.engine) as db:
            fixed = meetings.fix(db, row.id, number, made, zone)
            if fixed is not None:
                meeting = meetings.whole(db, access.system(row.organisation_id), row.id)
                return meeting_letters.booked(db, self.letters, meeting, moved=row.status == "booked")
            if db.get_one(Booking, row.id).provider_id == made.key:
                return []  # the webhook was faster, and has written
        self._calendar(row).cancel(made.key)
        raise BadInput(_OUTRUN)

    def _unbook(self, before: Meeting, actor: Actor, status: str, by: str, reason: str) -> None:
        row = before.booking
        with session(self.engine) as db:
            number = meetings.claim(db, row)
        try:
            if row.status == "booked":
                self._calendar(row).cancel(row.provider_id, reason)
        except PlatformError:
            with session(self.engine) as db:
                meetings.release(db, row.id, number)
            raise
        with session(self.engine) as db:
            if meetings.unfix(db, row.id, number, actor, status, by, reason) is None:
                raise BadInput(_OUTRUN)
            told = self._told_off(db, actor, before)
        self.deliver(told)

    def _told_off(self, db: Session, actor: Actor, before: Meeting) -> list[Message]:
        after = meetings.whole(db, access.system(actor.organisation_id), before.booking.id)
        if after.booking.status == "offered":
            return meeting_letters.again(db, self.letters, after, before)
        return meeting_letters.cancelled(db, self.letters, after)
