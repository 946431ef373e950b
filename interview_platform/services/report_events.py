"""What happened beside the answers: events for people to review (never a score), and what did not work. Reads only."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from interview_platform.models import AuditEvent, CandidateQuestion, Interview, Recording
from interview_platform.services.report_view import EventView
from interview_platform.services.transcript import Transcript

LIMITS = (
    "Events are things to look at, never a score. None of them shows dishonesty by itself, and reading from notes is "
    "neither measured nor claimed."
)
SAID: dict[str, str] = {
    "answer.pasted": "Part of a typed answer was pasted ({characters} characters).",
    "page.left": "The candidate's tab was in the background for {seconds} seconds.",
    "voice.second": "A second voice was heard for {seconds} seconds.",
    "interview.stopped": "Somebody of your organisation ended the interview: {reason}.",
}
"""Audit actions that a report shows, and what it says of them."""


def events(db: Session, interview: Interview, parts: Sequence[Recording]) -> tuple[EventView, ...]:
    """Everything of SAID that was noted, in order, and the connections that were lost."""
    query = select(AuditEvent).where(
        AuditEvent.subject == f"interview:{interview.id}", col(AuditEvent.action).in_(list(SAID))
    )
    found = [_event(row) for row in db.exec(query.order_by(col(AuditEvent.at)))]
    if len(parts) > 1:
        times = "once" if len(parts) == 2 else f"{len(parts) - 1} times"
        found.append(EventView(f"The connection was lost {times} and taken up again.", None))
    return tuple(found)


def _event(row: AuditEvent) -> EventView:
    known = {key: row.detail.get(key, "?") for key in ("characters", "seconds", "reason")}
    return EventView(SAID[row.action].format(**known), row.at)


def asked(db: Session, interview_id: str) -> tuple[str, ...]:
    """What the candidate asked that was passed on to people."""
    query = select(CandidateQuestion.text).where(CandidateQuestion.interview_id == interview_id)
    return tuple(db.exec(query.order_by(col(CandidateQuestion.created_at))))


def degraded(interview: Interview, script: Transcript) -> tuple[str, ...]:
    """What did not work as it should have, in words: a reader must know what a level rests on."""
    said = [t for t in script.heard if t.speaker == "candidate" and t.kind == "answer" and t.text.strip()]
    live = sum(t.confidence is None for t in said)
    fallen = sum(bool((t.trace or {}).get("fallback")) for t in script.heard if t.speaker == "agent")
    found = []
    if live and interview.status not in ("planned", "live"):
        found.append(f"{live} of {len(said)} spoken answers keep the words heard live: no better transcript was made.")
    if fallen:
        found.append(f"The language model did not answer {fallen} times; the offline interviewer took over.")
    return tuple(found)
