"""What was done, by whom, when, on what and why: one link of its organisation's chain."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from interview_platform.models import audit_guard
from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class AuditEvent(SQLModel, table=True):
    """One action. Only added, never changed (services/audit.record). It holds ids and values, no personal text.

    `sequence`, `previous`, `digest` and `key_id` are set where the event takes its place in the chain, just before the
    deed is committed (services/audit_chain).
    """

    __table_args__ = (
        UniqueConstraint("organisation_id", "sequence", name="uq_audit_event_sequence"),
        CheckConstraint("sequence > 0", name="ck_audit_event_linked"),
        Index("ix_audit_event_subject", "subject", "sequence"),
        Index("ix_audit_event_actor", "organisation_id", "actor", "sequence"),
        Index("ix_audit_event_action", "organisation_id", "action", "sequence"),
        Index("ix_audit_event_at", "organisation_id", "at"),
        Index("ix_audit_event_correlation", "correlation"),
    )

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    actor: str = Field(max_length=80)  # "user:<id>" | "invite:<id>" | "system"
    action: str = Field(max_length=80)  # "<thing>.<past tense>": job.created, invite.revoked, score.overridden
    subject: str = Field(max_length=80)  # "<thing>:<id>"
    detail: Json = json_field(dict)
    at: datetime = time_field()
    why: str = Field(
        default="", max_length=120
    )  # a word of a closed list, or "<thing>:<id>" of the row that holds the reason
    correlation: str = Field(default="", max_length=32)  # what was done in one go shares it
    sequence: int = 0  # 1, 2, 3 … within the organisation
    previous: str = Field(default="", max_length=64)  # digest of the one before; "" for the first
    digest: str = Field(default="", max_length=64)
    key_id: str = Field(default="", max_length=12)  # which secret the digest was keyed with; "" = none


audit_guard.guard(AuditEvent, audit_guard.EVENTS)
