"""Two candidates who may be one person."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class Duplicate(SQLModel, table=True):
    """A pair offered for merging. A person decides; what was moved is kept, so that it can be undone."""

    __table_args__ = (UniqueConstraint("candidate_id", "other_id"),)

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    candidate_id: str = ref_field("candidate")  # the older one: kept when merged
    other_id: str = ref_field("candidate")
    reasons: Json = json_field()  # ["same telephone number", …]
    status: str = Field(default="open", index=True)  # open | merged | dismissed
    moved: Json = json_field(dict)  # {"resumes": [ids], "applications": [ids], …}: what a merge moved
    created_at: datetime = time_field()
