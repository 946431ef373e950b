"""A person who may be interviewed."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class Candidate(SQLModel, table=True):
    """Contact facts only; nothing demographic is kept."""

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    name: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=320, index=True)
    phone: str = Field(default="", max_length=50)
    location: str = Field(default="", max_length=200)
    headline: str = Field(default="", max_length=300)
    links: Json = json_field()  # [str]
    merged_into: str | None = Field(default=None, max_length=32, index=True)  # the candidate that took this one's place
    created_at: datetime = time_field()
