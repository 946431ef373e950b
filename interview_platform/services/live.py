"""Interviews that are going on, for the people of the organisation: who, where, what is said; joining and ending.

Only reads, but for two acts that are audited: somebody joined, somebody ended it. Ending itself is the room's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, InterviewEnded
from interview_platform.models import Interview, Turn
from interview_platform.services import access, audit, interview_clock, interview_trace
from interview_platform.services.access import REVIEWERS, WRITERS, Actor, need

REASONS: dict[str, str] = {
    "technical": "Sound, picture or connection do not work",
    "requested": "The candidate asked for it",
    "mistake": "Wrong person, job or link",
    "unwell": "The candidate seems unwell or distressed",
    "other": "Another reason",
}
"""Why a person ends an interview: what is kept in the audit log, and the words for it. None judges an answer."""


@dataclass(frozen=True)
class Said:
    """One utterance. `at_seconds` since the interview began, time spent writing included."""

    turn_id: str
    speaker: str  # agent | candidate
    kind: str
    text: str
    at_seconds: float


@dataclass(frozen=True)
class Running:
    """One interview that goes on. `seconds` it has lasted; `troubles` are sentences about what did not work in it."""

    live: interview_trace.Live
    seconds: int
    engine: str
    writing: bool
    troubles: tuple[str, ...]


def running(db: Session, actor: Actor) -> list[Running]:
    """The organisation's interviews that go on, newest first; practice ones left out. Raises NotAllowed."""
    return [_running(db, held) for held in interview_trace.running(db, actor)]


def one(db: Session, actor: Actor, interview_id: str) -> Running:
    """Where one interview stands, over or not. Raises NotFound, NotAllowed."""
    return _running(db, interview_trace.live(db, actor, interview_id))


def join(db: Session, actor: Actor, interview_id: str) -> Interview:
    """Note that this person follows the interview from now on; the candidate has agreed to it and is not told.

    Raises NotFound, NotAllowed (only those who review or decide follow along), InterviewEnded.
    """
    need(actor, REVIEWERS)
    interview = access.interview(db, actor, interview_id)
    if interview.status != "live":
        raise InterviewEnded("This interview is over. Its report follows within seconds, under Reports.")
    audit.record(db, actor, "interview.followed", f"interview:{interview.id}")
    return interview


def transcript(db: Session, actor: Actor, interview_id: str) -> tuple[Said, ...]:
    """What was said so far, in order. Raises NotFound, NotAllowed."""
    need(actor, REVIEWERS)
    turns = _turns(db, access.interview(db, actor, interview_id).id)
    shown = interview_clock.shown(turns)
    return tuple(
        Said(t.id, t.speaker, t.kind, t.text, shown[t.id]) for t in turns if t.text.strip() or t.kind == "skip"
    )


def end(db: Session, actor: Actor, interview_id: str, reason: str) -> Interview:
    """Note that this person ends the interview, and why; the room then says goodbye and ends it.

    Raises BadInput, InterviewEnded, NotFound, NotAllowed.
    """
    need(actor, WRITERS)
    interview = access.interview(db, actor, interview_id)
    if reason not in REASONS:
        raise BadInput("Choose a reason. It is kept in the audit log; the candidate does not see it.")
    if interview.status != "live":
        raise InterviewEnded("This interview is over already.")
    audit.record(db, actor, "interview.stopped", f"interview:{interview.id}", reason, reason=reason)
    return interview


def is_over(db: Session, interview_id: str) -> bool:
    """Whether nothing more can be said in it."""
    return db.get_one(Interview, interview_id).status not in ("planned", "live")


def last_seconds(db: Session, interview_id: str) -> float:
    """Where the newest words end on the recording's timeline."""
    return max((turn.ended_seconds for turn in _turns(db, interview_id)), default=0.0)


def _turns(db: Session, interview_id: str) -> list[Turn]:
    return list(db.exec(select(Turn).where(Turn.interview_id == interview_id).order_by(col(Turn.position))))


def _running(db: Session, held: interview_trace.Live) -> Running:
    interview = db.get_one(Interview, held.interview_id)
    turns = _turns(db, interview.id)
    said = [turn for turn in turns if turn.speaker == "candidate"]
    return Running(
        live=held,
        seconds=interview_clock.elapsed(db, interview),
        engine=interview.interviewer,
        writing=bool(said) and said[-1].kind == "typed",
        troubles=_troubles(turns),
    )


def _troubles(turns: Sequence[Turn]) -> tuple[str, ...]:
    unheard = sum(turn.kind == "unheard" for turn in turns)
    fallbacks = sum(bool(isinstance(turn.trace, dict) and turn.trace.get("fallback")) for turn in turns)
    found = []
    if unheard:
        found.append(f"{unheard} {'utterance' if unheard == 1 else 'utterances'} could not be heard")
    if fallbacks:
        found.append(f"the offline interviewer stepped in {fallbacks} {'time' if fallbacks == 1 else 'times'}")
    return tuple(found)
