"""What a candidate is told after the interview."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class CandidateFeedback(SQLModel, table=True):
    """One letter of feedback per interview: never a score, never a promise."""

    __tablename__ = "candidate_feedback"

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    interview_id: str = Field(foreign_key="interview.id", unique=True, ondelete="CASCADE", max_length=32)
    report_id: str | None = ref_field("report", nullable=True, ondelete="SET NULL")
    status: str = Field(default="draft", max_length=20)  # draft (waits for a person) | shown | withheld
    strengths: Json = json_field()  # [{"text", "quote", "turn_id"}]
    hint: str = ""
    text: str = ""  # the whole, as the candidate reads it; a person may have changed it
    decided_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    decided_at: datetime | None = time_field(nullable=True)
    created_at: datetime = time_field()
