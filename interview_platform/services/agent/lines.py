"""What the agent is about to say, before it is written down, and as it is handed out to be spoken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from interview_platform.models import Question, Turn
from interview_platform.services.agent import trace
from interview_platform.services.agent.position import ASKS, Position


@dataclass(frozen=True)
class Utterance:
    """One thing for the agent to say. Several in a row are said one after the other."""

    turn_id: str
    text: str
    kind: str  # as Turn.kind of the agent
    question_id: str | None
    question_text: str  # what is open now, for the screen; empty when nothing is
    number: int  # of the planned question, from 1; 0 before the first
    total: int
    expects_answer: bool
    final: bool  # nothing follows it
    source: str = ""  # where an answer to the candidate's question comes from, shown beside it


@dataclass(frozen=True)
class Passed:
    """A CandidateQuestion to be written with the line that says so."""

    about: str
    text: str


@dataclass(frozen=True)
class Line:
    """A thing to say. `because` is for people; the trace has what the next step reads."""

    kind: str
    text: str
    question: Question | None = None
    because: str = ""
    kept: trace.Trace = field(default_factory=dict)
    engine: str = trace.AUTHORED
    source: str = ""
    passed: Passed | None = None

    @property
    def decision(self) -> str:
        """What it does, as in the trace."""
        return str(self.kept.get("decision", ""))

    @property
    def expects_answer(self) -> bool:
        """Whether the candidate is to speak after it."""
        return self.kind in ASKS or self.kind == "repeat" or self.decision in trace.EXPECTS


def line(kind: str, text: str, decision: str, question: Question | None = None, because: str = "", **more: Any) -> Line:
    """A line in authored words."""
    return Line(kind, text, question, because, trace.agent(decision, **more))


def turn_of(held: Line, interview_id: str, position: int, at_seconds: float, intent: str = "") -> Turn:
    """The row of a line; `intent` is of the candidate's turn that led to it."""
    return Turn(
        interview_id=interview_id,
        position=position,
        speaker="agent",
        kind=held.kind,
        question_id=held.question.id if held.question else None,
        text=held.text,
        because=held.because,
        engine=held.engine,
        trace={**({"intent": intent} if intent else {}), **held.kept},
        started_seconds=at_seconds,
        ended_seconds=at_seconds,
    )


def utterance_of(turn: Turn, held: Line, place: Position) -> Utterance:
    """A line that was written down, as it is spoken; `place` is where the interview stands after it."""
    open_now = place.ask.text if place.waiting and place.ask else ""
    return Utterance(
        turn_id=turn.id,
        text=turn.text,
        kind=turn.kind,
        question_id=turn.question_id,
        question_text=turn.text if held.decision == trace.INVITE else open_now,
        number=place.number,
        total=len(place.plan),
        expects_answer=held.expects_answer,
        final=held.kind == "closing",
        source=held.source,
    )


def passing(held: Line, passed: Passed) -> Line:
    """The line, with what it passes on to people."""
    return Line(held.kind, held.text, held.question, held.because, held.kept, held.engine, held.source, passed)


def once(lines: list[Line]) -> list[Line]:
    """The same answer is given once."""
    return [held for number, held in enumerate(lines) if held.text not in {before.text for before in lines[:number]}]
