"""What was done, by whom, when."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class AuditEvent(SQLModel, table=True):
    """One action. Only added, never changed. `detail` holds ids and values, no personal text."""

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    actor: str = Field(max_length=80)  # "user:<id>" | "invite:<id>" | "system"
    action: str = Field(max_length=80)  # "<thing>.<past tense>": job.created, invite.revoked, score.overridden
    subject: str = Field(max_length=80)  # "<thing>:<id>"
    detail: Json = json_field(dict)
    at: datetime = time_field()
