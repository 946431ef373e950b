"""Flags, notes and what people say of the product's judgement."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class Feedback(SQLModel, table=True):
    """One entry of the feedback log."""

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    interview_id: str | None = ref_field("interview", nullable=True)
    turn_id: str | None = ref_field("turn", nullable=True)
    score_id: str | None = ref_field("score", nullable=True)
    user_id: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    kind: str = Field(max_length=40)  # flag | note | override | correction | rating | decision | candidate
    about: str = Field(default="", max_length=40)  # of a flag: hallucination | bias | transcript | inconsistent | other
    quote: str = ""  # the sentence it is about, as it stood
    text: str = ""
    created_at: datetime = time_field()
