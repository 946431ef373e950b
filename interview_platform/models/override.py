"""A person's correction of a level."""

from datetime import datetime

from sqlmodel import SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class Override(SQLModel, table=True):
    """The newest override of a score counts; the machine's level stays beside it."""

    id: str = id_field()
    score_id: str = ref_field("score")
    user_id: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    level: int | None = None  # 1..5, None = "not assessed"
    reason: str
    created_at: datetime = time_field()
