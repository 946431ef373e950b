"""`Calendar` without any service: the hours people gave, and a row for every five minutes that are taken.

The rows' key (person, five minutes) makes a double booking impossible, whatever runs at the same time: all rows of a
meeting and of the pause after it go in within one transaction, or none does. What is booked anew for a reference
takes the place of what it had: new rows first, old rows after, so the old time stays where the new one is gone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, col, delete, select, update

from interview_platform.adapters import own_slots
from interview_platform.errors import BadInput, ServiceUnavailable, TimeTaken
from interview_platform.models import Booking, BusyTime, HostHours, now, session
from interview_platform.ports import Appointment, Visitor

LEFT_BEHIND = timedelta(minutes=10)
"""So old is a time that a process took and then died before it wrote the meeting down."""
_GONE = "Somebody was faster: this time has just been taken. Nothing was booked; choose another one."


def kind_of(host_id: str, minutes: int) -> str:
    """This calendar's name for a meeting of so many minutes with this person."""
    return f"{host_id}:{minutes}"


class OwnCalendar:
    """`Calendar` from people's own hours."""

    name = "own"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def times(self, kind: str, since: datetime, until: datetime) -> list[datetime]:
        """Free times from the person's hours. Raises BadInput."""
        host_id, minutes = _read(kind)
        with session(self._engine) as db:
            hours = _hours(db, host_id)
            return own_slots.starts(hours, minutes, now(), since, until, _taken(db, host_id, since, until))

    def book(self, kind: str, starts_at: datetime, visitor: Visitor, reference: str) -> Appointment:
        """Take the time: all of it, or TimeTaken. Raises BadInput."""
        host_id, minutes = _read(kind)
        starts_at = starts_at.astimezone(UTC)
        key = f"{reference}@{starts_at:%Y%m%dT%H%M}"
        try:
            with session(self._engine) as db:
                hours = _hours(db, host_id)
                self._check(db, hours, minutes, starts_at, host_id, reference)
                _take(db, host_id, own_slots.cells(starts_at, minutes, hours.buffer_minutes), reference, key)
        except IntegrityError as error:
            raise TimeTaken(_GONE) from error
        except OperationalError as error:
            raise ServiceUnavailable("The calendar is very busy just now. Nothing was booked; try again.") from error
        return Appointment(key, starts_at)

    def move(self, key: str, kind: str, starts_at: datetime, visitor: Visitor, reference: str) -> Appointment:
        """The reference's new time; its old one goes in the same transaction."""
        return self.book(kind, starts_at, visitor, reference)

    def cancel(self, key: str, reason: str = "") -> None:
        """Give the time back."""
        with session(self._engine) as db:
            db.exec(delete(BusyTime).where(col(BusyTime.appointment) == key))

    def link(self, kind: str, reference: str) -> str:
        """None: our own page is where the candidate books."""
        return ""

    def tidy(self) -> int:
        """Give back what a process that died took for a meeting that never came about; how many rows."""
        with session(self._engine) as db:
            booked = select(Booking.id).where(Booking.status == "booked")
            old = delete(BusyTime).where(
                col(BusyTime.created_at) < now() - LEFT_BEHIND, col(BusyTime.booking_id).not_in(booked)
            )
            return int(db.exec(old).rowcount)

    def _check(
        self, db: Session, hours: own_slots.Hours, minutes: int, at: datetime, host_id: str, reference: str
    ) -> None:
        """Only what would be offered can be booked: other times are nobody's to give."""
        day = timedelta(days=1)
        mine = _taken(db, host_id, at - day, at + day, without=reference)
        if at not in own_slots.starts(hours, minutes, now(), at, at + own_slots.CELL, mine):
            raise TimeTaken(_GONE)


def _take(db: Session, host_id: str, wanted: list[datetime], reference: str, key: str) -> None:
    """Insert in order of time (two of these never wait for each other), then drop the reference's other rows."""
    query = select(BusyTime.starts_at).where(BusyTime.booking_id == reference, BusyTime.host_id == host_id)
    held = set(db.exec(query))
    for at in wanted:
        if at not in held:
            db.add(BusyTime(host_id=host_id, starts_at=at, booking_id=reference, appointment=key))
            db.flush()
    mine = col(BusyTime.booking_id) == reference
    kept = col(BusyTime.starts_at).in_(wanted)
    db.exec(delete(BusyTime).where(mine, ~kept | (col(BusyTime.host_id) != host_id)))
    db.exec(update(BusyTime).where(mine).values(appointment=key))


def _taken(db: Session, host_id: str, since: datetime, until: datetime, without: str = "") -> set[datetime]:
    around = timedelta(hours=12)  # longer than any meeting and pause
    query = select(BusyTime.starts_at).where(
        BusyTime.host_id == host_id, col(BusyTime.starts_at) >= since - around, col(BusyTime.starts_at) < until + around
    )
    return set(db.exec(query.where(BusyTime.booking_id != without)))


def _hours(db: Session, host_id: str) -> own_slots.Hours:
    row = db.exec(select(HostHours).where(HostHours.user_id == host_id)).first()
    if row is None:
        raise BadInput("This person has not given any hours for meetings yet. Nothing was booked.")
    week = {int(day): [(_clock(begins), _clock(ends)) for begins, ends in parts] for day, parts in row.week.items()}
    return own_slots.Hours(
        row.zone,
        week,
        frozenset(date.fromisoformat(day) for day in row.blocked),
        row.buffer_minutes,
        timedelta(hours=row.notice_hours),
        timedelta(days=row.horizon_days),
    )


def _clock(text: str) -> time:
    return time.fromisoformat(text)


def _read(kind: str) -> tuple[str, int]:
    host_id, _, minutes = kind.rpartition(":")
    if not host_id or not minutes.isdigit() or not 5 <= int(minutes) <= 480:
        raise BadInput("This meeting is not one that can be booked here.")
    return host_id, int(minutes)
