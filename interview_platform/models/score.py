"""A level for one competency."""

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field


class Score(SQLModel, table=True):
    """The machine's level for one competency; a person's override is its own row, this one never changes."""

    id: str = id_field()
    report_id: str = ref_field("report")
    competency_id: str | None = ref_field("competency", nullable=True, ondelete="SET NULL")
    name: str = Field(max_length=200)  # as it was when judged
    group: str = Field(default="technical", sa_column_kwargs={"name": "score_group"})
    weight: float = 1.0
    position: int = 0
    level: int | None = None  # 1..5, None = not assessed
    low: float | None = None
    high: float | None = None
    not_assessed: str = ""  # why, when level is None
    anchor: str = ""  # the anchor's words for the level
