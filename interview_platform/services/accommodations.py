"""What a candidate asked for and the room can give by itself. Never read by anything that scores."""

from __future__ import annotations

import re

from sqlmodel import Session, select

from interview_platform.models import CandidateQuestion

_TIME = re.compile(
    r"\b(?:more|extra|additional|some|longer) time\b|\btime (?:to think|to answer)\b|\bslow(?:er|ly)\b|"
    r"\b(?:stammer|stutter)\w*|\btake(?:s)? me (?:a (?:bit|while)|longer|time)\b|"
    r"\b(?:pause|think) (?:a lot|for long)\b",
    re.IGNORECASE,
)


def wants_time(text: str) -> bool:
    """Whether words that were passed on as a request for an adjustment ask for more time."""
    return _TIME.search(text) is not None


def more_time(db: Session, interview_id: str) -> bool:
    """Whether this candidate has asked for more time."""
    query = select(CandidateQuestion.text).where(
        CandidateQuestion.interview_id == interview_id, CandidateQuestion.about == "accommodation"
    )
    return any(wants_time(text) for text in db.exec(query))
