"""What a person shows besides the password."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, time_field


class SecondFactor(SQLModel, table=True):
    """An authenticator app's secret (encrypted) and the recovery codes that are left (hashed)."""

    __tablename__ = "second_factor"

    id: str = id_field()
    user_id: str = Field(foreign_key="user_account.id", unique=True, ondelete="CASCADE", max_length=32)
    secret: str  # encrypted: services/secret_box
    recovery: Json = json_field()  # ["<salted digest>", …]
    last_step: int = 0  # the newest 30 s step a code was taken for: none counts twice
    created_at: datetime = time_field()
    confirmed_at: datetime | None = time_field(nullable=True)  # None: shown, not yet in use
