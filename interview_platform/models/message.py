"""E-mails: the outbox."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class Message(SQLModel, table=True):
    """One e-mail. `dedup_key` makes one message per purpose and subject, whatever is clicked twice."""

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    application_id: str | None = ref_field("application", nullable=True)
    dedup_key: str = Field(max_length=200, unique=True)
    purpose: str = Field(max_length=40)  # invite | reject | follow_up | next_step | meeting_…
    to_address: str = Field(max_length=320)
    subject: str
    text: str
    html: str = ""
    calendar: str = ""  # an invitation as iCalendar, attached when not empty
    status: str = "queued"  # queued | sending | sent | kept (built-in outbox) | failed
    transport: str = ""  # name of the mailer
    provider_id: str = ""
    error: str = ""
    created_at: datetime = time_field()
    sent_at: datetime | None = time_field(nullable=True)
