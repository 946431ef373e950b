"""A meeting with a person after the interview."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class Booking(SQLModel, table=True):
    """One follow-up meeting, offered or fixed."""

    id: str = id_field()
    application_id: str = ref_field("application")
    provider: str = Field(max_length=40)
    url: str = ""
    status: str = "offered"  # offered | booked | cancelled
    starts_at: datetime | None = time_field(nullable=True)
    created_at: datetime = time_field()
