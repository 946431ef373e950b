"""A read-only way to one report."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class ReportLink(SQLModel, table=True):
    """One signed link. The token is not stored: it is the signature over `id`."""

    __tablename__ = "report_link"

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    interview_id: str = ref_field("interview")
    created_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    audience: str = Field(default="reader", max_length=20)  # reader (the whole report) | candidate (plain language)
    expires_at: datetime = time_field()
    revoked_at: datetime | None = time_field(nullable=True)
    opened: int = 0  # how often
    opened_at: datetime | None = time_field(nullable=True)  # last
    created_at: datetime = time_field()
