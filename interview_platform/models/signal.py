"""Delivery: conditions and manner, described and never scored."""

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field


class Signal(SQLModel, table=True):
    """One measure of one interview, or of one turn of it."""

    id: str = id_field()
    interview_id: str = ref_field("interview")
    turn_id: str | None = ref_field("turn", nullable=True)
    source: str = Field(max_length=20)  # face | voice | speech
    name: str = Field(max_length=80)
    value: float
    unit: str = Field(default="", max_length=20)
    at_seconds: float | None = None  # on the interview's timeline, for series
    note: str = ""
