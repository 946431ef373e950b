"""Another tab or window in front of the interview: kept as an event that people may read, never in a score.

The browser says so itself, once the interview is in front again. It says nothing of what was looked at, and a candidate
who reads a message, or whose calendar opens a window, leaves the same trace as one who looks something up.
"""

from __future__ import annotations

from sqlmodel import Session, col, func, select

from interview_platform.errors import NotFound
from interview_platform.models import AuditEvent, Interview
from interview_platform.services import audit
from interview_platform.services.agent.records import candidate

LEFT = "page.left"
LEAST_SECONDS, MOST_SECONDS = 2.0, 6 * 3600.0
"""A glance of the system's own windows is not kept; more than an interview lasts is none."""
MOST = 200
"""Events kept of one interview: whoever sends more is not describing a person."""


def note(db: Session, interview_id: str, seconds: object) -> None:
    """Note that it happened, as the browser said; what is too short, or no number, is let be. Raises NotFound."""
    row = db.get(Interview, interview_id)
    if row is None:
        raise NotFound("This interview does not exist.")
    if (
        isinstance(seconds, bool)
        or not isinstance(seconds, int | float)
        or not LEAST_SECONDS <= seconds <= MOST_SECONDS
    ):
        return
    subject = f"interview:{interview_id}"
    held = select(func.count()).select_from(AuditEvent).where(col(AuditEvent.subject) == subject)
    if row.status == "live" and db.exec(held.where(col(AuditEvent.action) == LEFT)).one() < MOST:
        audit.record(db, candidate(row), LEFT, subject, seconds=round(float(seconds)))
