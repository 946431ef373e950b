"""What happened beside the answers: events for people to review (never a score), and what did not work. Reads only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session, col, select

from interview_platform.models import AuditEvent, CandidateQuestion, Interview, Recording
from interview_platform.services.report_view import EventView
from interview_platform.services.transcript import Transcript

LIMITS = (
    "Events are things to look at, never a score. None of them shows dishonesty by itself, and reading from notes is "
    "neither measured nor claimed."
)
MOST_SHOWN = 5
"""Of one kind; the others are counted."""
SAID: dict[str, str] = {
    "answer.pasted": "Part of a typed answer was pasted ({characters} characters).",
    "page.left": "Another tab or window was in front of the interview for {seconds} seconds.",
    "interview.stopped": "Somebody of your organisation ended the interview: {reason}.",
}
"""Audit actions that a report shows, and what it says of them."""


def events(db: Session, interview: Interview, parts: Sequence[Recording]) -> tuple[EventView, ...]:
    """What of SAID was noted, in order, with the minute of the interview, and the connections that were lost."""
    query = select(AuditEvent).where(
        AuditEvent.subject == f"interview:{interview.id}", col(AuditEvent.action).in_(list(SAID))
    )
    rows = list(db.exec(query.order_by(col(AuditEvent.at))))
    seen = Counter[str]()
    found = []
    for row in rows:
        seen[row.action] += 1
        if seen[row.action] <= MOST_SHOWN:
            found.append(_event(row, interview))
    found += [_more(action, rows) for action, times in seen.items() if times > MOST_SHOWN]
    if len(parts) > 1:
        times = "once" if len(parts) == 2 else f"{len(parts) - 1} times"
        found.append(EventView(f"The connection was lost {times} and taken up again.", None))
    return tuple(found)


def _event(row: AuditEvent, interview: Interview) -> EventView:
    known = {key: row.detail.get(key, "?") for key in ("characters", "seconds", "reason")}
    said = SAID[row.action].format(**known)
    started = interview.started_at
    if started is None or row.at < started:
        return EventView(said, row.at)
    minutes, seconds = divmod(int((row.at - started).total_seconds()), 60)
    return EventView(f"{minutes:02d}:{seconds:02d} after the start: {said[:1].lower()}{said[1:]}", row.at)


def _more(action: str, rows: Sequence[AuditEvent]) -> EventView:
    """The ones that are not listed, with their sum."""
    rest = [row for row in rows if row.action == action][MOST_SHOWN:]
    kind = {"answer.pasted": "pasted a part of an answer", "page.left": "had another tab or window in front"}
    said = f"{len(rest)} more times the candidate {kind.get(action, action)}"
    unit = "seconds" if action == "page.left" else "characters"
    whole = sum(int(row.detail.get(unit, 0) or 0) for row in rest)
    return EventView(f"{said}, {whole} {unit} in all.", rest[-1].at)


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
