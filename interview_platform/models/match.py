"""How well a résumé fits a job, with reasons."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class Match(SQLModel, table=True):
    """SmartFilter's result for one application; one row, replaced when the pool is ranked anew.

    Which requirement is met stands in `Application.found`; the sentences that show it are read from the résumé's facts
    when somebody looks (services/smartfilter.explain), by the same rules that gave the score.
    """

    __table_args__ = (UniqueConstraint("application_id", name="uq_match_application"),)

    id: str = id_field()
    application_id: str = ref_field("application", index=False)
    score: float  # 0..100
    conditions: Json = json_field()  # [{"kind", "value", "status": "met" | "not_found", "sentence", "start", "end"}]
    parts: Json = json_field(dict)  # {name of the part: 0..1}, those the job has
    notes: Json = json_field()  # [{"kind", "detail"}]: what ranking left out (a pasted advert, a wall of keywords)
    ranker: str = ""  # name and version of the ranking
    created_at: datetime = time_field()
