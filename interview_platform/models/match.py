"""How well a résumé fits a job, with reasons."""

from datetime import datetime

from sqlmodel import SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class Match(SQLModel, table=True):
    """SmartFilter's result for one application; the newest counts."""

    id: str = id_field()
    application_id: str = ref_field("application")
    score: float  # 0..100
    matched: Json = json_field()  # [{"skill", "required": bool, "sentence", "start", "end", "similarity"}]
    missing: Json = json_field()  # [{"skill", "required": bool}]: "not found in the résumé"
    parts: Json = json_field(dict)  # {"required", "preferred", "semantic"}: each 0..1
    ranker: str = ""  # name and version of the ranking
    created_at: datetime = time_field()
