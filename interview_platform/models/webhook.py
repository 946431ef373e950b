"""Where an organisation wants to be told what happens, and what was sent there."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class Webhook(SQLModel, table=True):
    """One receiver. `secret` is encrypted (services/secret_box)."""

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    created_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    url: str = Field(max_length=500)
    events: Json = json_field()  # [name of services/outgoing_events.EVENTS]
    secret: str = Field(max_length=300)
    status: str = Field(default="on", max_length=10)  # on | off
    why_off: str = Field(default="", max_length=300)  # "" = a person switched it off
    seen: int = 0  # up to which AuditEvent.sequence its events were taken from the audit log
    failing_since: datetime | None = time_field(nullable=True)  # first failure since the last success
    ok_at: datetime | None = time_field(nullable=True)
    created_at: datetime = time_field()


class WebhookDelivery(SQLModel, table=True):
    """One event for one receiver. `dedup_key` makes it one, whoever looks how often; the body holds ids only."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        Index("ix_webhook_delivery_due", "status", "next_at"),
        Index("ix_webhook_delivery_log", "organisation_id", "created_at", "id"),
    )

    id: str = id_field()
    organisation_id: str = ref_field("organisation", index=False)
    webhook_id: str = ref_field("webhook")
    dedup_key: str = Field(max_length=200, unique=True)
    event: str = Field(max_length=40)
    body: str  # byte for byte what is signed and sent
    status: str = Field(default="waiting", max_length=10)  # waiting | sending | delivered | failed | unknown
    attempts: int = 0
    answered: int = 0  # HTTP status of the last answer, 0 = none
    error: str = Field(default="", max_length=300)
    next_at: datetime = time_field()  # not before; while sending: since when
    created_at: datetime = time_field()
    delivered_at: datetime | None = time_field(nullable=True)
