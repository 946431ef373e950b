"""A person's correction of what was heard."""

from datetime import datetime

from sqlmodel import SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class Correction(SQLModel, table=True):
    """The newest correction of a turn counts; `Turn.text`, what the machine heard, never changes."""

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    interview_id: str = ref_field("interview")
    turn_id: str = ref_field("turn")
    user_id: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    before: str  # the words that counted until then
    text: str
    reason: str
    created_at: datetime = time_field()
