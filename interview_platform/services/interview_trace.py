"""How an interview went, step by step: what the agent said and everything that led to it, as the rows hold it.

Only reads, and believes nothing of the shape: a key that is missing was not measured, a value of another kind is left
out. What is in `Turn.trace` is written by services/agent/trace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from interview_platform.models import Application, Candidate, Competency, Interview, Job, Question, Turn
from interview_platform.services import access, ratings
from interview_platform.services.access import READERS, Actor, need
from interview_platform.services.analysis import agent_speech
from interview_platform.services.analysis.agent_speech import AgentSpeech

ASKING = frozenset({"core", "resume", "custom", "follow_up", "repeat"})
"""Kinds of turns that put a question."""
AUTHORED = "Authored"
"""Engine of fixed words: greetings, planned questions, notices."""


HIDDEN = "Shown once you have rated: in this job people rate first."  # in place of what the agent made of an answer


@dataclass(frozen=True)
class Covered:
    """One point of the question. `verdict`: met | partly | not_shown; `quote`: the candidate's own words."""

    point: str
    verdict: str
    quote: str = ""


@dataclass(frozen=True)
class Source:
    """A passage that was looked at for a candidate's question."""

    source: str  # faq | job | company | material
    title: str
    text: str
    score: float | None = None


@dataclass(frozen=True)
class Refused:
    """Words that the guard kept from being said, and why."""

    text: str
    reason: str


@dataclass(frozen=True)
class Step:
    """One thing the agent said. What was not measured is empty or None; seconds are on the interview's timeline."""

    turn_id: str
    position: int
    kind: str
    text: str
    at_seconds: float
    number: int  # of the planned question it belongs to, from 1; 0 when to none
    reply_to: str  # what the candidate said just before, "" at the start
    because: str
    engine: str
    intent: str = ""
    decision: str = ""
    target: str = ""
    covered: tuple[Covered, ...] = ()
    sources: tuple[Source, ...] = ()
    refused: tuple[Refused, ...] = ()
    prompt: str = ""
    fallback: str = ""
    took_seconds: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost: float | None = None  # US dollars
    refers: str = ""  # the candidate's own words that are told back


@dataclass(frozen=True)
class Trace:
    """All steps, and their sums."""

    steps: tuple[Step, ...]
    engines: tuple[tuple[str, int], ...]  # who worded how many of the agent's turns, most first, Authored included
    refused: int
    fallbacks: int
    tokens: int
    cost: float | None
    slowest_seconds: float | None
    by_turn: dict[str, Step] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Speech:
    """The agent's own speech, measured. `candidate` holds the other side's value by the measure's name."""

    measured: AgentSpeech
    candidate: dict[str, str]
    started_seconds: dict[str, float]  # by turn


@dataclass(frozen=True)
class Live:
    """Where a running interview stands."""

    interview_id: str
    candidate_name: str
    job_title: str
    status: str
    total: int
    started_at: datetime | None
    last_at: datetime | None = None  # when something was said last
    question: str = ""  # the planned question that is open
    number: int = 0
    kind: str = ""  # core | resume | custom
    competency: str = ""
    points: tuple[str, ...] = ()
    said: Step | None = None  # the agent's newest question


def trace(db: Session, actor: Actor, interview_id: str) -> Trace:
    """The whole interview; who rates first sees nothing of what the agent made of it. Raises NotFound, NotAllowed."""
    interview = access.interview(db, actor, interview_id)
    steps = tuple(_steps(interview, _turns(db, interview.id)))
    if _unrated(db, actor, interview):
        steps = tuple(_without_views(step) for step in steps)
    costs = [step.cost for step in steps if step.cost is not None]
    took = [step.took_seconds for step in steps if step.took_seconds is not None]
    return Trace(
        steps=steps,
        engines=tuple(Counter(step.engine or AUTHORED for step in steps).most_common()),
        refused=sum(len(step.refused) for step in steps),
        fallbacks=sum(bool(step.fallback) for step in steps),
        tokens=sum((step.tokens_in or 0) + (step.tokens_out or 0) for step in steps),
        cost=sum(costs) if costs else None,
        slowest_seconds=max(took) if took else None,
        by_turn={step.turn_id: step for step in steps},
    )


def _unrated(db: Session, actor: Actor, interview: Interview) -> bool:
    """Whether this person has yet to rate, in a job where people rate first."""
    return bool(ratings.hidden_among(db, actor, [(interview.id, ratings.blind_first(db, interview))]))


def _without_views(step: Step) -> Step:
    """The step without points, verdicts, and reasons that name them."""
    return replace(step, covered=(), target="", because=HIDDEN if step.because else "", decision="", prompt="")


def speech(db: Session, actor: Actor, interview_id: str) -> Speech:
    """How the agent itself spoke, and the candidate's side where both can be measured. Raises NotFound, NotAllowed."""
    interview = access.interview(db, actor, interview_id)
    turns = _turns(db, interview.id)
    measured = agent_speech.measure(turns)
    said = [len(turn.text.split()) for turn in turns if turn.speaker == "candidate" and turn.text.strip()]
    candidate = {}
    if measured.talk_share is not None:
        candidate["Share of speech"] = f"{1 - measured.talk_share:.0%}"
    if said:
        candidate["Words per turn"] = f"{sum(said) / len(said):.1f}"
    return Speech(measured, candidate, {turn.id: turn.started_seconds for turn in turns})


def running(db: Session, actor: Actor) -> list[Live]:
    """The organisation's interviews that are going on, newest first; practice ones left out. Raises NotAllowed."""
    need(actor, READERS)
    query = (
        select(Interview)
        .where(
            Interview.organisation_id == actor.organisation_id,
            Interview.status == "live",
            col(Interview.practice).is_(False),
        )
        .order_by(col(Interview.started_at).desc())
    )
    return [_live(db, actor, interview) for interview in db.exec(query).all()]


def live(db: Session, actor: Actor, interview_id: str) -> Live:
    """Where one interview stands now, as `trace` would show it. Raises NotFound, NotAllowed."""
    return _live(db, actor, access.interview(db, actor, interview_id))


def _live(db: Session, actor: Actor, interview: Interview) -> Live:
    application = db.get(Application, interview.application_id)
    candidate = db.get(Candidate, application.candidate_id) if application else None
    job = db.get(Job, application.job_id) if application else None
    turns = _turns(db, interview.id)
    steps = [step for step in _steps(interview, turns) if step.number and step.kind in ASKING]
    last = steps[-1] if steps else None
    said = _without_views(last) if last and _unrated(db, actor, interview) else last
    question = db.get(Question, interview.plan[said.number - 1]) if said else None
    competency = db.get(Competency, question.competency_id) if question and question.competency_id else None
    return Live(
        interview_id=interview.id,
        candidate_name=candidate.name if candidate else "",
        job_title=job.title if job else "",
        status=interview.status,
        total=len(interview.plan),
        started_at=interview.started_at,
        last_at=turns[-1].created_at if turns else None,
        question=question.text if question else "",
        number=said.number if said else 0,
        kind=question.kind if question else "",
        competency=competency.name if competency else "",
        points=tuple(_text(point, "point") for point in question.points) if question else (),
        said=said,
    )


def _turns(db: Session, interview_id: str) -> list[Turn]:
    query = select(Turn).where(Turn.interview_id == interview_id).order_by(col(Turn.position))
    return list(db.exec(query))


def _steps(interview: Interview, turns: Sequence[Turn]) -> list[Step]:
    numbers = {question_id: number for number, question_id in enumerate(interview.plan, start=1)}
    texts = {turn.id: turn.text for turn in turns}
    steps, heard = [], ""
    for turn in turns:
        if turn.speaker == "candidate":
            heard = turn.text or heard
            continue
        steps.append(_step(turn, numbers.get(turn.question_id or "", 0), heard, texts))
        heard = ""
    return steps


def _step(turn: Turn, number: int, heard: str, texts: dict[str, str]) -> Step:
    held = turn.trace if isinstance(turn.trace, dict) else {}
    return Step(
        turn_id=turn.id,
        position=turn.position,
        kind=turn.kind,
        text=turn.text,
        at_seconds=turn.started_seconds,
        number=number,
        reply_to=heard,
        because=turn.because,
        engine=turn.engine,
        intent=_text(held, "intent"),
        decision=_text(held, "decision"),
        target=_text(held, "target"),
        covered=tuple(
            Covered(_text(one, "point"), _text(one, "verdict"), _text(one, "quote")) for one in _rows(held, "covered")
        ),
        sources=tuple(
            Source(_text(one, "source"), _text(one, "title"), _text(one, "text"), _number(one, "score"))
            for one in _rows(held, "passages")
        ),
        refused=tuple(Refused(_text(one, "text"), _text(one, "reason")) for one in _rows(held, "guard")),
        prompt=_text(held, "prompt"),
        fallback=_text(held, "fallback"),
        took_seconds=_number(held, "seconds"),
        tokens_in=_count(held, "tokens_in"),
        tokens_out=_count(held, "tokens_out"),
        cost=_number(held, "cost"),
        refers=_referred(held.get("refers"), texts),
    )


def _referred(held: Any, texts: dict[str, str]) -> str:
    """The words a reference points at; "" when they do not stand there."""
    if not isinstance(held, dict):
        return ""
    start, end = _count(held, "start"), _count(held, "end")
    text = texts.get(_text(held, "turn_id"), "")
    return text[start:end] if start is not None and end is not None and 0 <= start < end <= len(text) else ""


def _rows(held: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = held.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(held: Any, key: str) -> str:
    found = held.get(key) if isinstance(held, dict) else None
    return found if isinstance(found, str) else ""


def _number(held: dict[str, Any], key: str) -> float | None:
    found = held.get(key)
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def _count(held: dict[str, Any], key: str) -> int | None:
    found = _number(held, key)
    return None if found is None else int(found)
