"""Pasted text in a typed answer: kept as an event that people may read, never a measure and never in a score."""

from __future__ import annotations

from sqlmodel import Session

from interview_platform.errors import NotFound
from interview_platform.models import Interview
from interview_platform.services import audit
from interview_platform.services.agent.records import candidate


def note(db: Session, interview_id: str, characters: int) -> None:
    """Note that so many characters of an answer were pasted. The words are not kept apart from the answer.

    Raises NotFound.
    """
    row = db.get(Interview, interview_id)
    if row is None:
        raise NotFound("This interview does not exist.")
    audit.record(db, candidate(row), "answer.pasted", f"interview:{interview_id}", characters=characters)
