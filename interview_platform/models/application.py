"""A candidate considered for a job."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class Application(SQLModel, table=True):
    """One candidate × one job, with the stage a person moved it to."""

    __table_args__ = (UniqueConstraint("job_id", "candidate_id"),)

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    job_id: str = ref_field("job")
    candidate_id: str = ref_field("candidate")
    resume_id: str | None = ref_field("resume", nullable=True, ondelete="SET NULL")
    stage: str = "new"  # new | invited | interviewed | follow_up | next_step | rejected
    created_at: datetime = time_field()
