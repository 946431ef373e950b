"""A candidate's way in."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class Invite(SQLModel, table=True):
    """One signed link for one application. The token itself is not stored: it is the signature over `id`."""

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    application_id: str = ref_field("application")
    created_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    expires_at: datetime = time_field()
    revoked_at: datetime | None = time_field(nullable=True)
    opened_at: datetime | None = time_field(nullable=True)
    planned_at: datetime | None = time_field(nullable=True)  # when the candidate means to hold it, to be reminded
    planned_zone: str = Field(default="", max_length=60)
    created_at: datetime = time_field()
