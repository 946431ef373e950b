"""A person's own level for a competency."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class Rating(SQLModel, table=True):
    """One person's level for one line of the rubric. Her newest counts; no rating changes what the judge said."""

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    interview_id: str = ref_field("interview")
    user_id: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    name: str = Field(max_length=200)  # of the competency, as in Score.name
    competency_id: str | None = ref_field("competency", nullable=True, ondelete="SET NULL")
    level: int | None = None  # 1..5, None = "cannot be assessed"
    blind: bool = False  # given before the judge's levels were shown to this person
    note: str = ""
    created_at: datetime = time_field()
