"""How long an interview has lasted, and when each turn was, where part of it was held in writing.

Turns lie on the recording's timeline, which stands still while somebody writes. Here the time spent writing is added:
from what was said or shown before a typed answer until it came, but no more than a break would be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from sqlmodel import Session, col, select

from interview_platform.models import Interview, Turn, now

MOST_WRITING_SECONDS = 600.0
"""Writing one answer counts for at most this: longer, and the person was away."""
MOST_OPEN_SECONDS = 120.0
"""Of the time since the newest turn; longer, and nobody was there."""


def shown(turns: Iterable[Turn]) -> dict[str, float]:
    """When each turn began, by its id, in seconds since the interview began, the time spent writing included."""
    ordered = sorted(turns, key=lambda turn: turn.position)
    written, found = 0.0, {}
    for before, turn in pairwise([None, *ordered]):
        assert turn is not None
        if before is not None and turn.kind == "typed":
            written += _writing(before, turn)
        found[turn.id] = round(turn.started_seconds + written, 2)
    return found


def spent(turns: Sequence[Turn], at_seconds: float) -> float:
    """`at_seconds` on the recording's timeline, with the time spent writing added."""
    ordered = sorted(turns, key=lambda turn: turn.position)
    return at_seconds + sum(_writing(a, b) for a, b in pairwise(ordered) if b.kind == "typed")


def elapsed(db: Session, interview: Interview) -> int:
    """Whole seconds of the interview that were held, for a page that is loaded in the middle; 0 before it began."""
    if interview.started_at is None:
        return 0
    turns = db.exec(select(Turn).where(Turn.interview_id == interview.id).order_by(col(Turn.position))).all()
    if not turns:
        return 0
    last = max(turn.ended_seconds or turn.started_seconds for turn in turns)
    since = (now() - turns[-1].created_at).total_seconds()
    return int(spent(turns, last) + min(max(since, 0.0), MOST_OPEN_SECONDS))


def _writing(before: Turn, typed: Turn) -> float:
    """Seconds that the typed answer took and the recording's timeline does not hold."""
    took = (typed.created_at - before.created_at).total_seconds()
    held = typed.started_seconds - before.started_seconds
    return max(0.0, min(took, MOST_WRITING_SECONDS) - max(held, 0.0))
