"""A job and what it asks for."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class Job(SQLModel, table=True):
    """One opening."""

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    created_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    title: str = Field(max_length=200)
    description: str = ""
    location: str = Field(default="", max_length=200)
    level: str = "mid"  # junior | mid | senior
    role_family: str = "general"  # name of the question bank in rag_data/questions
    required_skills: Json = json_field()  # [str]
    preferred_skills: Json = json_field()  # [str]
    conditions: Json = json_field()  # [{"kind": licence | location | language | work_permit | years, "value", "text"}]
    weights: Json = json_field(dict)  # {part of the score: share}; empty = SmartFilter's own
    intake_paused: bool = False  # a person stopped the reading of its waiting files
    blind_first: bool = False  # people rate before they see the judge's levels
    retention_days: int | None = None  # None: as the organisation
    status: str = "open"  # open | closed
    created_at: datetime = time_field()
