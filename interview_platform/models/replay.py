"""What people said of the judge, put to it again."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class Replay(SQLModel, table=True):
    """One run of `evaluate feedback` over an organisation's cases."""

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    judge: str = Field(max_length=200)  # label
    cases: int = 0
    agreed: int = 0
    figures: Json = json_field(dict)  # {"by_kind": {kind: [cases, agreed]}, "mean_distance": float | None, …}
    created_at: datetime = time_field()
