"""A candidate asks that a person looks again."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class HumanReview(SQLModel, table=True):
    """One request and, once somebody looked, the answer the candidate reads."""

    __tablename__ = "human_review"

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    interview_id: str = ref_field("interview")
    text: str = ""  # what the candidate wants looked at
    status: str = Field(default="open", max_length=20)  # open | answered
    outcome: str = Field(default="", max_length=20)  # kept | changed: what the look led to
    answer: str = ""
    answered_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    answered_at: datetime | None = time_field(nullable=True)
    due_at: datetime = time_field()
    created_at: datetime = time_field()
