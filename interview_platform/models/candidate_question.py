"""What a candidate asked that no source could answer."""

from datetime import datetime

from sqlmodel import SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class CandidateQuestion(SQLModel, table=True):
    """One question passed on to the people of the organisation. `about` also takes requests for accommodation."""

    __tablename__ = "candidate_question"

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    interview_id: str = ref_field("interview")
    turn_id: str | None = ref_field("turn", nullable=True, ondelete="SET NULL")
    about: str = "question"  # question | accommodation | distress | complaint
    text: str
    status: str = "open"  # open | done
    done_by: str | None = ref_field("user_account", nullable=True, ondelete="SET NULL")
    created_at: datetime = time_field()
