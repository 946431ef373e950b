"""What a recruiter gave the agent to answer from."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class Material(SQLModel, table=True):
    """One version of a text about a job, or about the employer (no `job_id`). Only live ones are answered from."""

    __table_args__ = (UniqueConstraint("series_id", "version"),)

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    job_id: str | None = ref_field("job", nullable=True)
    series_id: str = Field(index=True, max_length=32)  # the same for all versions of one text
    version: int = 1
    status: str = "live"  # live | replaced | removed
    title: str = Field(max_length=200)
    text: str
    filename: str = Field(default="", max_length=300)  # where it came from a file
    blob_key: str = Field(default="", max_length=500)
    created_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    created_at: datetime = time_field()
