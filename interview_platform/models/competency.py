"""What a job's interview looks for."""

from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field


class Competency(SQLModel, table=True):
    """One competency of one job, with its behaviourally anchored levels (BARS)."""

    id: str = id_field()
    job_id: str = ref_field("job")
    position: int = 0
    name: str = Field(max_length=200)
    group: str = Field(default="technical", sa_column_kwargs={"name": "score_group"})
    # technical | communication | problem_solving | cultural_fit
    weight: float = 1.0
    description: str = ""
    anchors: Json = json_field(dict)  # {"1": str, …, "5": str}
