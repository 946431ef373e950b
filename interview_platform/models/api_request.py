"""What a request of another system with an Idempotency-Key came to."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class ApiRequest(SQLModel, table=True):
    """One request that is carried out once, however often it comes. Holds ids, nothing of anybody."""

    __tablename__ = "api_request"
    __table_args__ = (UniqueConstraint("organisation_id", "digest", name="uq_api_request_key"),)

    id: str = id_field()
    organisation_id: str = ref_field("organisation", index=False)
    digest: str = Field(max_length=64)  # of the operation and its Idempotency-Key
    asked: str = Field(max_length=64)  # digest of what was asked for: the same key for something else is refused
    answer: Json = json_field(dict)  # ids; {} while it is being carried out
    created_at: datetime = time_field()
