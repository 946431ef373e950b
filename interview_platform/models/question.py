"""A question that may be asked."""

from sqlmodel import SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field


class Question(SQLModel, table=True):
    """One planned question. Those with `application_id` are for that candidate only (from the résumé)."""

    id: str = id_field()
    job_id: str = ref_field("job")
    application_id: str | None = ref_field("application", nullable=True)
    competency_id: str | None = ref_field("competency", nullable=True, ondelete="SET NULL")
    position: int = 0
    kind: str = "core"  # core | resume | custom
    text: str
    plain_text: str = ""  # the same in plainer words, for "repeat"
    points: Json = json_field()  # [{"point": str, "follow_up": str}]: what a good answer covers
    minutes: float = 2.0
    source: str = ""  # bank id, "recruiter", or "resume:<start>-<end>"
    flags: Json = json_field()  # [{"kind", "text", "why"}]: what the check found, where a person kept it all the same
    retired: bool = False  # taken out of the plan; interviews planned before keep it
