"""Recorded audio and video."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class Recording(SQLModel, table=True):
    """One part (one connection), or the whole (`part` = 0) joined after the interview."""

    id: str = id_field()
    interview_id: str = ref_field("interview")
    part: int  # 1.. in order of connection; 0 = the whole, joined
    path: str = ""  # where the live part is written, until it is stored
    blob_key: str = Field(default="", max_length=300)
    media_type: str = "video/webm"
    offset_seconds: float = 0.0  # start on the interview's timeline
    seconds: float = 0.0
    bytes: int = 0
    sha256: str = Field(default="", max_length=64)
    created_at: datetime = time_field()
