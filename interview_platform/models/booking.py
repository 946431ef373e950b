"""A meeting with a person after the interview, and the time it takes from that person's day."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class Booking(SQLModel, table=True):
    """One follow-up meeting: offered, then fixed by the candidate. Its link is the signature over `id`."""

    __table_args__ = (Index("ix_booking_due", "status", "starts_at"),)

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    application_id: str = ref_field("application")
    host_id: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")  # with whom
    created_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    provider: str = Field(max_length=40)  # own | calendly
    kind: str = ""  # the calendar's name for what is booked: "<host>:<minutes>", or Calendly's event type
    minutes: int = 30
    note: str = ""  # from the recruiter to the candidate
    place: str = ""  # where or how they meet: an address of a call, a room, a telephone number
    url: str = ""  # Calendly's own page, used once, where booking from here is not to be had
    status: str = "offered"  # offered | booked | cancelled
    starts_at: datetime | None = time_field(nullable=True)
    zone: str = Field(default="", max_length=60)  # the candidate's, as IANA names it
    provider_id: str = Field(default="", max_length=300, index=True)  # the calendar's key of what is booked
    provider_past: Json = json_field()  # [key]: what was booked before, so that late news of it changes nothing
    change_url: str = ""
    cancel_url: str = ""
    sequence: int = 0  # rises with every change; guards against two at once, and numbers the .ics
    wish: str = ""  # "none of these suit me", in the candidate's words
    wished_at: datetime | None = time_field(nullable=True)
    cancelled_by: str = Field(default="", max_length=20)  # candidate | organisation
    reason: str = ""
    claimed_at: datetime | None = time_field(nullable=True)  # somebody is changing it just now
    expires_at: datetime | None = time_field(nullable=True)  # of the link, while nothing is booked
    booked_at: datetime | None = time_field(nullable=True)
    created_at: datetime = time_field()


class BusyTime(SQLModel, table=True):
    """Five minutes of somebody's time, taken: the key makes it impossible to take them twice."""

    __tablename__ = "busy_time"

    host_id: str = Field(foreign_key="user_account.id", primary_key=True, ondelete="CASCADE", max_length=32)
    starts_at: datetime = Field(primary_key=True, sa_type=time_field().sa_type, nullable=False)
    booking_id: str = ref_field("booking")
    appointment: str = Field(max_length=80, index=True)  # the key of what is booked
    created_at: datetime = time_field()
