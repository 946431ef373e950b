"""Where somebody is signed in."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class SignInSession(SQLModel, table=True):
    """One sign-in, listed to its owner and ended by her. The id in the cookie is kept as a digest only."""

    __tablename__ = "sign_in_session"

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    user_id: str = ref_field("user_account")
    digest: str = Field(max_length=64, unique=True)  # SHA-256 of the cookie's value
    device: str = Field(default="", max_length=80)  # "Firefox on Linux", from what the browser says of itself
    created_at: datetime = time_field()
    seen_at: datetime = time_field()
    ended_at: datetime | None = time_field(nullable=True)
