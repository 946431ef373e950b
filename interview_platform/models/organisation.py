"""An employer. Organisations are sealed from each other."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, time_field


class Organisation(SQLModel, table=True):
    """One employer and its switches."""

    id: str = id_field()
    name: str = Field(max_length=200)
    about: str = ""  # the company page the agent may quote
    values: str = ""  # one written-down value per line; the only base of "cultural fit"
    face_analysis: bool = True
    voice_analysis: bool = True
    blind_schools: bool = True  # names of schools are kept from ranking, too
    retention_days: int = 180
    created_at: datetime = time_field()
