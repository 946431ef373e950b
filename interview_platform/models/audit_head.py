"""Where each organisation's audit chain ends: what finds that its last events were taken away."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models import audit_guard
from interview_platform.models.base import time_field


class AuditHead(SQLModel, table=True):
    """The last link. It refers to no organisation on purpose: it outlives one that was deleted past the product."""

    organisation_id: str = Field(primary_key=True, max_length=32)
    sequence: int = 0
    digest: str = Field(default="", max_length=64)  # of the last event
    mark: str = Field(default="", max_length=64)  # keyed digest of (organisation, sequence, digest)
    at: datetime = time_field()


audit_guard.guard(AuditHead, audit_guard.HEADS)
