"""Who said what, when."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class Turn(SQLModel, table=True):
    """One utterance. Seconds are on the interview's timeline (all recording parts end to end)."""

    __table_args__ = (UniqueConstraint("interview_id", "position"),)

    id: str = id_field()
    interview_id: str = ref_field("interview")
    position: int
    speaker: str  # agent | candidate
    kind: str  # agent: greeting core resume custom follow_up repeat notice closing
    # also: reply (to a question of the candidate's)
    # candidate: answer typed skip request (repeat, a moment, stop, aside) unheard (nothing intelligible) question
    # correction (of an earlier answer; `question_id` is the one it corrects)
    question_id: str | None = ref_field("question", nullable=True, ondelete="SET NULL")
    text: str
    because: str = ""  # why the agent asked a follow-up
    engine: str = ""  # who worded it: label of the interviewer; "Authored" for fixed words
    trace: Json = json_field(dict)  # how it came about; services/agent/trace.py has the shape
    started_seconds: float = 0.0
    ended_seconds: float = 0.0
    confidence: float | None = None  # mean word probability of the transcript of record
    words: Json = json_field()  # [[text, started_seconds, ended_seconds, probability]]
    created_at: datetime = time_field()
