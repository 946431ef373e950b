"""A reason in law to keep a candidate's data for now."""

from datetime import datetime

from sqlmodel import SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class LegalHold(SQLModel, table=True):
    """While one is not lifted, nothing of the candidate is deleted. The reason is for the organisation's own people."""

    __tablename__ = "legal_hold"

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    candidate_id: str = ref_field("candidate")
    reason: str
    set_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    set_at: datetime = time_field()
    lifted_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    lifted_at: datetime | None = time_field(nullable=True)
