"""A colleague who is asked to join."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class TeamInvite(SQLModel, table=True):
    """One link by which one address joins an organisation in one role, once."""

    __tablename__ = "team_invite"

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    invited_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    email: str = Field(max_length=320)
    role: str = Field(max_length=20)
    created_at: datetime = time_field()
    expires_at: datetime = time_field()
    revoked_at: datetime | None = time_field(nullable=True)
    accepted_at: datetime | None = time_field(nullable=True)
