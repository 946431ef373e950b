"""What a candidate agreed to."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class Consent(SQLModel, table=True):
    """One act of consent to one version of the text."""

    id: str = id_field()
    invite_id: str = ref_field("invite")
    version: str = Field(max_length=50)
    text_sha256: str = Field(max_length=64)
    items: Json = json_field(dict)  # {"recording": true, "ai_interviewer": true, "face_analysis": bool, …}
    given_at: datetime = time_field()
