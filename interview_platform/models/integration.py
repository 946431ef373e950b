"""What the last calls to an outside service came to."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import time_field


class Integration(SQLModel, table=True):
    """One outside service of this installation."""

    name: str = Field(primary_key=True, max_length=40)  # services/integrations.NAMES
    ok_at: datetime | None = time_field(nullable=True)
    failed_at: datetime | None = time_field(nullable=True)
    said: str = ""  # what the last success was
    error: str = ""  # what the last failure was, in words for a person, without secrets
