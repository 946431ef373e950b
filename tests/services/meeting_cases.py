"""Meetings for tests: a recruiter with hours, a candidate, and the desk that fixes their meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.adapters.own_calendar import OwnCalendar
from interview_platform.errors import ServiceUnavailable
from interview_platform.models import Booking, HostHours, Message, session
from interview_platform.ports import Calendar, Mail
from interview_platform.services import meetings
from interview_platform.services.access import Actor
from interview_platform.services.meetings import Offer
from interview_platform.workflows.meeting_desk import MeetingDesk, letters_by
from tests import builders

ALL_WEEK = {str(day): [["09:00", "17:00"]] for day in range(7)}
ADDRESS = "https://jobs.example"
BERLIN = "Europe/Berlin"


@dataclass
class Box:
    """A mailer that keeps what it sends."""

    sent: list[Mail] = field(default_factory=list)
    away: bool = False
    name: str = "box"
    delivers: bool = True

    def send(self, mail: Mail) -> str:
        """Keep it."""
        if self.away:
            raise ServiceUnavailable("The mail server does not answer. The e-mail is kept.")
        self.sent.append(mail)
        return f"id-{len(self.sent)}"

    def to(self, address: str) -> list[Mail]:
        """What somebody got."""
        return [mail for mail in self.sent if mail.to == address]


@dataclass
class Case:
    """Dana, who can be met; Ada, who applied."""

    engine: Engine
    desk: MeetingDesk
    box: Box
    actor: Actor
    host_id: str
    application_id: str

    def offered(self, application_id: str = "", **values: object) -> Booking:
        """A meeting that was offered."""
        given = Offer(**{"host_id": self.host_id, "minutes": 30, **values})
        self.desk.offer(self.actor, application_id or self.application_id, given)
        with session(self.engine) as db:
            query = select(Booking).where(Booking.application_id == (application_id or self.application_id))
            return max(db.exec(query), key=lambda row: row.created_at)

    def token(self, row: Booking) -> str:
        """Its link's token."""
        return meetings.token_of(builders.SECRET, row)

    def times(self, row: Booking) -> list:
        """What its candidate may pick."""
        return self.desk.times(self.desk.open(self.token(row)))

    def now(self, row: Booking) -> Booking:
        """The row as it is."""
        with session(self.engine) as db:
            return db.get_one(Booking, row.id)

    def change(self, row: Booking, **values: object) -> None:
        """Set columns."""
        with session(self.engine) as db:
            held = db.get_one(Booking, row.id)
            for name, value in values.items():
                setattr(held, name, value)

    def messages(self, purpose: str = "") -> list[Message]:
        """The outbox."""
        with session(self.engine) as db:
            rows = db.exec(select(Message).order_by(Message.created_at))
            return [row for row in rows if not purpose or row.purpose == purpose]

    def another(self, number: int) -> str:
        """Somebody else's application for the same job."""
        with session(self.engine) as db:
            job = builders.job(db, self.actor)
            who = builders.candidate(db, self.actor, name=f"Candidate {number}", email=f"c{number}@example.com")
            return builders.application(db, self.actor, job, who).id


def case(engine: Engine, calendars: Mapping[str, Calendar] | None = None, **hours: object) -> Case:
    """Dana with hours on all days in UTC, Ada's application, and a desk."""
    with session(engine) as db:
        employer = builders.organisation(db)
        user, actor = builders.recruiter(db, employer, name="Dana Reyes", email="dana@example.com")
        row = {
            "zone": BERLIN,
            "week": ALL_WEEK,
            "buffer_minutes": 0,
            "notice_hours": 1,
            "place": "https://call.example",
        }
        db.add(HostHours(organisation_id=employer.id, user_id=user.id, **{**row, **hours}))
        application = builders.application(db, actor, builders.job(db, actor))
        host, applied = user.id, application.id
    box = Box()
    letters = letters_by(ADDRESS, builders.SECRET, "Interviews <interviews@example.com>")
    desk = MeetingDesk(engine, box, letters, {"own": OwnCalendar(engine), **(calendars or {})})
    return Case(engine, desk, box, actor, host, applied)
