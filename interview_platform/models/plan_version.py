"""What every interview of a job asks, as it stood at one time."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class PlanVersion(SQLModel, table=True):
    """One version of a job's plan; the newest is used for new interviews, older ones stay with theirs."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("job_id", "version"),)

    id: str = id_field()
    job_id: str = ref_field("job")
    version: int  # from 1
    items: Json = json_field()  # [question_id | "resume:1" | "resume:2"] in order; the latter: from this résumé
    created_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    note: str = ""  # what changed, for people
    created_at: datetime = time_field()
