""" "This is not what I said": a candidate's words against what was heard."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class CorrectionRequest(SQLModel, table=True):
    """One turn as the candidate remembers it. A person listens; only then does it become a Correction."""

    __tablename__ = "correction_request"

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    interview_id: str = ref_field("interview")
    turn_id: str = ref_field("turn")
    text: str  # what was said, as the candidate says
    status: str = Field(default="open", max_length=20)  # open | taken | declined
    answer: str = ""  # for the candidate, when it was declined
    decided_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    decided_at: datetime | None = time_field(nullable=True)
    created_at: datetime = time_field()
