""" "This is not what I said": the candidate's words, a person who listens, and only then a correction.

What a candidate writes changes no result by itself: it waits beside the transcript until somebody has heard that part
of the recording and takes it, or says why not.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import CorrectionRequest, Interview, Turn, now
from interview_platform.services import access, audit, review, transcript
from interview_platform.services.access import READERS, REVIEWERS, Actor, need

LONGEST = 2000
MOST_OPEN = 30
OPEN, TAKEN, DECLINED = "open", "taken", "declined"
REASON = "The candidate says so; a person listened to this part of the recording."
_WRITTEN = ("typed", "skip")


@dataclass(frozen=True)
class Contested:
    """One request with what was heard, for the person who listens."""

    request_id: str
    turn_id: str
    heard: str
    text: str
    at_seconds: float


def contestable(turn: Turn) -> bool:
    """Whether this turn was heard of the candidate: what was typed stands as it was typed."""
    return turn.speaker == "candidate" and turn.kind not in _WRITTEN


def propose(db: Session, actor: Actor, interview: Interview, turn_id: str, text: str) -> CorrectionRequest:
    """The candidate's words for one turn; a second one replaces one that waits. Raises BadInput, NotFound."""
    turn = db.get(Turn, turn_id)
    if turn is None or turn.interview_id != interview.id or not contestable(turn):
        raise NotFound("This part of the transcript cannot be corrected here.")
    if interview.status in ("planned", "live"):
        raise BadInput("The interview is not over yet. Correct it when it has ended; nothing was sent.")
    said = " ".join(text.split())
    if not said or len(said) > LONGEST:
        raise BadInput(f"Write what you said, in at most {LONGEST} characters. Nothing was sent.")
    rows = of_interview(db, interview.id)
    row = next((one for one in rows if one.turn_id == turn_id and one.status == OPEN), None)
    if row is None and sum(one.status == OPEN for one in rows) >= MOST_OPEN:
        raise BadInput("Many corrections wait already. They are looked at first; nothing more was sent.")
    row = row or CorrectionRequest(
        organisation_id=interview.organisation_id, interview_id=interview.id, turn_id=turn_id, text=said
    )
    row.text = said
    db.add(row)
    db.flush()
    audit.record(db, actor, "turn.contested", f"interview:{interview.id}", turn_id=turn_id, request=row.id)
    return row


def take(db: Session, actor: Actor, request_id: str) -> CorrectionRequest:
    """A person listened and the candidate is right: it becomes a correction; the caller has the report built again.

    Raises BadInput, NotAllowed, NotFound.
    """
    row = _waiting(db, actor, request_id)
    review.correct(db, actor, row.turn_id, row.text, REASON)
    return _decided(db, actor, row, TAKEN, "")


def decline(db: Session, actor: Actor, request_id: str, answer: str) -> CorrectionRequest:
    """A person listened and heard otherwise; the candidate reads why. Raises BadInput, NotAllowed, NotFound."""
    row = _waiting(db, actor, request_id)
    said = answer.strip()
    if not said or len(said) > LONGEST:
        raise BadInput("Say in a few words what you heard: the candidate reads it. Nothing was changed.")
    return _decided(db, actor, row, DECLINED, said)


def of_interview(db: Session, interview_id: str) -> list[CorrectionRequest]:
    """Every request of an interview, oldest first."""
    query = select(CorrectionRequest).where(CorrectionRequest.interview_id == interview_id)
    return list(db.exec(query.order_by(col(CorrectionRequest.created_at))))


def waiting(db: Session, actor: Actor, interview_id: str) -> list[Contested]:
    """What waits for somebody to listen. Raises NotAllowed, NotFound."""
    need(actor, READERS)
    interview = access.interview(db, actor, interview_id)
    rows = [row for row in of_interview(db, interview.id) if row.status == OPEN]
    turns = {turn.id: turn for turn in transcript.of(db, interview.id).turns} if rows else {}
    return [
        Contested(row.id, row.turn_id, turns[row.turn_id].text, row.text, turns[row.turn_id].started_seconds)
        for row in rows
    ]


def _waiting(db: Session, actor: Actor, request_id: str) -> CorrectionRequest:
    need(actor, REVIEWERS)
    row = db.get(CorrectionRequest, request_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound("This correction does not exist, or is not yours to decide.")
    if row.status != OPEN:
        raise BadInput("This correction was decided already. Load the page again.")
    return row


def _decided(db: Session, actor: Actor, row: CorrectionRequest, status: str, answer: str) -> CorrectionRequest:
    row.status, row.answer, row.decided_by, row.decided_at = status, answer, actor.user_id, now()
    db.add(row)
    audit.record(db, actor, f"contest.{status}", f"interview:{row.interview_id}", request=row.id, turn_id=row.turn_id)
    return row
