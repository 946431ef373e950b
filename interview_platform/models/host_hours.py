"""When somebody can be met."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class HostHours(SQLModel, table=True):
    """One person's hours for meetings, on her own clock."""

    __tablename__ = "host_hours"

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    user_id: str = Field(foreign_key="user_account.id", unique=True, ondelete="CASCADE", max_length=32)
    zone: str = Field(max_length=60)  # IANA name
    week: Json = json_field(dict)  # {"0": [["09:00", "12:00"], …]}: Monday is 0
    blocked: Json = json_field()  # ["2026-12-24"]: days without meetings
    buffer_minutes: int = 10  # kept free after each meeting
    notice_hours: int = 24  # nothing sooner than this
    horizon_days: int = 21  # nothing later than this
    place: str = ""  # where or how, unless a meeting says otherwise
    created_at: datetime = time_field()
