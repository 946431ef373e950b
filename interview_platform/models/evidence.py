"""A candidate's own words behind a score."""

from sqlmodel import SQLModel

from interview_platform.models.base import id_field, ref_field


class Evidence(SQLModel, table=True):
    """One point of the rubric and the verified quote that shows it. Characters index `Turn.text`."""

    id: str = id_field()
    score_id: str = ref_field("score")
    turn_id: str | None = ref_field("turn", nullable=True)
    point: str
    verdict: str  # met | partly | not_shown
    quote: str = ""
    start_char: int = 0
    end_char: int = 0
    started_seconds: float | None = None
    ended_seconds: float | None = None
