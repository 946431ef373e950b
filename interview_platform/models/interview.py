"""One interview of one application."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class Interview(SQLModel, table=True):
    """Its plan and where it stands. The timeline's zero is the first connection; see Recording."""

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    application_id: str = ref_field("application")
    invite_id: str = Field(foreign_key="invite.id", unique=True, ondelete="CASCADE", max_length=32)
    status: str = "planned"  # planned | live | ended | reported | failed
    plan: Json = json_field()  # [question_id] in the order they are asked
    plan_version: int = 0  # PlanVersion.version of the job it was made from; 0 = before there were versions
    practice: bool = False  # a person of the organisation tries it on herself; never listed or counted
    interviewer: str = ""  # label shown to people: "Offline interviewer" or the model's name
    ended_by: str = ""  # plan | candidate | recruiter
    started_at: datetime | None = time_field(nullable=True)
    ended_at: datetime | None = time_field(nullable=True)
    created_at: datetime = time_field()
