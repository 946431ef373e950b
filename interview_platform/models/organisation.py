"""An employer. Organisations are sealed from each other."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, time_field


class Organisation(SQLModel, table=True):
    """One employer and its switches."""

    id: str = id_field()
    name: str = Field(max_length=200)
    about: str = ""  # the company page the agent may quote
    values: str = ""  # one written-down value per line; the only base of "cultural fit"
    face_analysis: bool = True
    voice_analysis: bool = True
    measures_off: Json = json_field()  # [name of services/analysis/signals.MEASURES]: single measures not computed
    blind_schools: bool = True  # names of schools are kept from ranking, too
    enough_coverage: float = 0.5  # below this share of the rubric's weight there is no recommendation
    candidate_feedback: str = "approve"  # off | approve (a person reads it first) | on
    candidate_levels: bool = False  # candidates' versions of a report name levels
    retention_days: int = 180
    created_at: datetime = time_field()
