"""Keys by which other systems use the API."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class ApiToken(SQLModel, table=True):
    """One key of an organisation; the key itself is kept by nobody here, only its digest."""

    __tablename__ = "api_token"

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    created_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    name: str = Field(max_length=80)
    digest: str = Field(max_length=64, unique=True)  # SHA-256 of the key, in hex
    hint: str = Field(max_length=12)  # how the key begins, to tell keys apart
    scope: str = Field(max_length=10)  # read | write (which reads, too)
    created_at: datetime = time_field()
    last_used_at: datetime | None = time_field(nullable=True)  # to the minute
    revoked_at: datetime | None = time_field(nullable=True)
