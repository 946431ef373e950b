"""A candidate's data, packed for the candidate."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class AccessExport(SQLModel, table=True):
    """One ZIP in storage, for a day."""

    __tablename__ = "access_export"

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    candidate_id: str = ref_field("candidate")
    asked_by: str = Field(max_length=80)  # as in the audit log
    status: str = Field(default="working", max_length=20)  # working | ready | failed
    error: str = ""
    blob_key: str = Field(default="", max_length=300)
    bytes: int = 0
    created_at: datetime = time_field()
    expires_at: datetime = time_field()
