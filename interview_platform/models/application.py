"""A candidate considered for a job."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class Application(SQLModel, table=True):
    """One candidate × one job, with the stage a person moved it to."""

    __table_args__ = (
        UniqueConstraint("job_id", "candidate_id"),
        Index("ix_application_job_score", "job_id", "score", "id"),
        Index("ix_application_job_name", "job_id", "name_key", "id"),
        Index("ix_application_job_stage", "job_id", "stage", "score", "id"),
        Index("ix_application_job_created", "job_id", "created_at", "id"),
    )

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    job_id: str = ref_field("job")
    candidate_id: str = ref_field("candidate")
    resume_id: str | None = ref_field("resume", nullable=True, ondelete="SET NULL")
    stage: str = "new"  # new | invited | interviewed | follow_up | next_step | rejected
    # also: practice (a recruiter tries the interview on herself; left out of every pool and count)
    score: float | None = None  # Match.score, kept here so that the database can sort and page a large pool
    found: str = ""  # "|python=2|postgresql=1|": folded requirements met (2) or partly met (1), for dots and filters
    haystack: str = ""  # what the pool's search looks in, case folded: name, e-mail, headline, file, skills
    name_key: str = Field(default="", max_length=200)  # the name as it is sorted
    created_at: datetime = time_field()
