"""Reading a held interview back: which follow-ups aimed at an open point, what was asked twice, what broke a rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.embeddings import Embeddings

from interview_platform.evaluation.interview_stage import Held
from interview_platform.models import Question, Turn
from interview_platform.services.agent import conversation, guard, own_points, probes
from interview_platform.services.agent.position import ANSWERS, QUESTIONS
from interview_platform.services.scoring import structure
from interview_platform.services.scoring.bars import PARTLY
from interview_platform.services.scoring.offline_judge import OfflineJudge
from interview_platform.services.scoring.sentences import content

SURE = 0.5
"""Support from which the second reading takes a point for covered; the interviewer's own bar is lower."""
ASKING = QUESTIONS | {"follow_up"}
_OF_FORM = own_points.OF_FORM | frozenset({*structure.POINTS, *probes.ACCOUNT})
"""Points that say how an answer is told, not of what: an answer to another question says nothing about them."""
_ALIKE = 0.6  # share of a label's words that a point must hold to be meant


@dataclass(frozen=True)
class FollowUp:
    """One follow-up that was asked: its target (empty: none, it goes deeper), and whether that was open."""

    turn: Turn
    target: str
    open: bool
    covered_before: bool
    by_label: bool

    def told(self) -> str:
        """For the report."""
        return f"{self.turn.text} [target: {self.target or 'none'}]"


@dataclass(frozen=True)
class Room:
    """One answer to a planned question that left points open with room for a follow-up, and whether one came."""

    turn: Turn
    open: tuple[str, ...]
    followed: bool

    def told(self) -> str:
        """For the report."""
        return f"{self.turn.text} [open: {'; '.join(self.open)}]"


class SecondReading:
    """Whether an interview's answers so far show a point: the offline judge, a higher bar, all answers together."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._judge = OfflineJudge(embeddings)

    def covered(self, question: str, point: str, answers: Sequence[str]) -> bool:
        """Read as one answer."""
        return self._judge.support(question, point, "\n".join(answers)) >= SURE

    def missing(self, question: str, point: str, answers: Sequence[str]) -> bool:
        """Whether there is no sign of it at all: between the two nobody knows."""
        return self._judge.support(question, point, "\n".join(answers)) < PARTLY


def follow_ups(held: Held, second: SecondReading) -> list[FollowUp]:
    """Every follow-up, in order. One without a target is open unless the same was asked before."""
    found = []
    questions = {question.id: question for question in held.plan}
    for turn in held.turns:
        if turn.speaker != "agent" or turn.kind != "follow_up" or turn.question_id not in questions:
            continue
        question = questions[turn.question_id]
        target = _target(held, turn, question)
        before = [entry for entry in held.turns if entry.position < turn.position and entry.kind in ANSWERS]
        if not target:
            found.append(FollowUp(turn, "", True, False, False))
            continue
        covered, labelled = _covered(held, question, target, before, second)
        found.append(FollowUp(turn, target, not covered, covered, labelled))
    return found


def rooms(held: Held, second: SecondReading) -> list[Room]:
    """First answers to planned questions after which the interviewer was asked and a point was truly open, in order."""
    found = []
    first = {one.exchange.question for one in held.decided if one.exchange.follow_ups_here == 0}
    for question in held.plan:
        here = [turn for turn in held.turns if turn.question_id == question.id]
        answer = next((turn for turn in here if turn.kind in ANSWERS), None)
        if answer is None or question.text not in first or not question.points:
            continue
        before = [turn for turn in held.turns if turn.position <= answer.position and turn.kind in ANSWERS]
        left = tuple(
            entry["point"] for entry in question.points if _open(held, question, entry["point"], before, second)
        )
        came = any(turn.kind == "follow_up" and turn.position > answer.position for turn in here)
        found += [Room(answer, left, came)] if left else []
    return found


def _open(held: Held, question: Question, point: str, before: Sequence[Turn], second: SecondReading) -> bool:
    """Whether no answer so far shows a point: by labels, else where the second reading finds no sign of it."""
    covered, labelled = _covered(held, question, point, before, second)
    return not covered and (labelled or second.missing(question.text, point, [turn.text for turn in before]))


def _target(held: Held, turn: Turn, question: Question) -> str:
    """The point a follow-up aims at: from the trace, the decision, or the authored question in it."""
    traced = str((turn.trace or {}).get("target") or "")
    if traced or (turn.trace or {}).get("decision") == "deeper":
        return traced
    for one in held.decided:
        if one.decision.text and one.decision.text in turn.text:
            return one.decision.point
    return next((entry["point"] for entry in question.points if entry["follow_up"] in turn.text), "")


def _covered(
    held: Held, question: Question, target: str, before: Sequence[Turn], second: SecondReading
) -> tuple[bool, bool]:
    """Whether an answer before shows the point, and whether labels said so."""
    known = [turn for turn in before if turn.id in held.lines]
    here = [turn for turn in known if turn.question_id == question.id]
    if here and all(held.lines[turn.id].covers is not None for turn in here):
        return any(target in _labelled(held, turn, question) for turn in known), True
    heard = [turn for turn in before if turn.question_id == question.id] if target in _OF_FORM else before
    return second.covered(question.text, target, [turn.text for turn in heard]), False


def _labelled(held: Held, turn: Turn, question: Question) -> set[str]:
    """The points of a question that an answer shows by its labels. Labels of another question's answer that fit its own
    points say nothing here: many questions ask for what came of it."""
    points = [entry["point"] for entry in question.points]
    other = next((entry for entry in held.plan if entry.id == turn.question_id and entry.id != question.id), None)
    own = [entry["point"] for entry in other.points] if other else []
    return {meant(label, points) for label in held.lines[turn.id].covers or () if not (own and meant(label, own))}


def meant(label: str, points: Sequence[str]) -> str:
    """The point a label means: the same words, a part of it, or most of its words; empty when none."""
    plain = _plain(label)
    for point in points:
        if plain and (plain == _plain(point) or (len(plain.split()) >= 2 and plain in _plain(point))):
            return point
    words = content(label)
    best = max(points, key=lambda point: len(words & content(point)), default="")
    return best if words and len(words & content(best)) >= _ALIKE * len(words) else ""


def asked_twice(held: Held) -> list[str]:
    """Questions and follow-ups put a second time, and repeats that came after an answer instead of a request."""
    found, asked = [], list[str]()
    before: Turn | None = None
    for turn in held.turns:
        if turn.speaker == "candidate":
            before = turn
        elif turn.kind in ASKING:
            if (
                turn.kind == "follow_up" and any(guard.same(turn.text, earlier) for earlier in asked)
            ) or turn.text in asked:
                found.append(f"asked before: {turn.text}")
            asked.append(turn.text)
        elif turn.kind == "repeat" and before is not None and before.kind in ANSWERS:
            found.append(f"repeated after an answer: {turn.text}")
    return found


def violations(held: Held) -> list[str]:
    """Utterances of the agent that the guard refuses.

    Planned questions and fixed lines were written by people: their wording is checked. What was made for this candidate
    (follow-ups, answers to her questions) is checked against what she said, what the sources say, and the points.
    """
    said = [turn.text for turn in held.turns if turn.speaker == "candidate" and turn.text]
    found = []
    for turn in held.turns:
        if turn.speaker == "agent" and (why := _refused(held, turn, said)):
            found.append(f"{why}: {turn.text}")
    return found


def _refused(held: Held, turn: Turn, said: list[str]) -> str:
    """Why this turn must not have been said; empty when it may."""
    if turn.kind == "custom":  # the recruiter's own words, flagged when she types them
        return ""
    if turn.kind != "follow_up" and not (turn.trace or {}).get("passages"):
        return guard.reason(turn.text, ())
    question = next((entry for entry in held.plan if entry.id == turn.question_id), None)
    points = [entry["point"] for entry in question.points] if question else []
    asked = [entry.text for entry in held.turns if entry.speaker == "agent" and entry.kind in QUESTIONS]
    return guard.review(
        turn.text,
        sources=[*_sources(held, turn), *asked],
        said=said,
        points=points,
        follow_up=turn.kind == "follow_up",
    )


def _sources(held: Held, turn: Turn) -> list[str]:
    """What the agent may stand on: the job, the résumé's words, the passages of this turn."""
    passages = [str(entry.get("text", "")) for entry in (turn.trace or {}).get("passages") or ()]
    own = [str(held.persona.job.get(name) or "") for name in ("about", "values", "description", "employer")]
    return [held.job.title, held.job.description, held.job.location, held.persona.resume, *own, *passages]


def custom_changed(held: Held, ended_early: bool) -> list[str]:
    """The recruiter's own questions that were not asked word for word."""
    asked = {turn.text for turn in held.turns if turn.kind == "custom"}
    return [] if ended_early else [text for text in own_questions(held) if text not in asked]


def own_questions(held: Held) -> list[str]:
    """The recruiter's own questions as they were typed, white space apart."""
    typed = held.persona.job.get("custom_questions") or held.persona.job.get("questions") or ()
    return [" ".join(str(text).split()) for text in typed]


def over_limits(held: Held) -> list[str]:
    """More follow-ups than allowed, an interview that never ended, an utterance that is too long."""
    found = ["the interview did not end"] if held.stuck else []
    for number, question in enumerate(held.plan, start=1):
        here = sum(turn.kind == "follow_up" and turn.question_id == question.id for turn in held.turns)
        if here > conversation.FOLLOW_UPS_PER_QUESTION:
            found.append(f"question {number}: {here} follow-ups")
    for turn in held.turns:
        if turn.speaker == "agent" and len(turn.text.split()) > guard.MAX_WORDS:
            found.append(f"{len(turn.text.split())} words: {turn.text}")
    return found


def core_texts(held: Held) -> tuple[str, ...]:
    """The job's core questions as they were put, in order; those not reached as planned."""
    put = {turn.question_id: turn.text for turn in held.turns if turn.kind == "core"}
    return tuple(put.get(question.id, question.text) for question in held.plan if question.kind == "core")


def transcript(held: Held) -> str:
    """The interview as one reads it; in brackets why, and what a follow-up aimed at."""
    lines = [f"=== {held.persona.name} ({held.persona.style}) — {held.job.title}, {held.job.level}"]
    for turn in held.turns:
        who = "AI" if turn.speaker == "agent" else "  " + held.persona.person.split()[0]
        lines.append(f"{who} [{turn.kind}]: {turn.text or '(nothing)'}")
        trace = turn.trace or {}
        notes = [turn.because, str(trace.get("decision") or ""), str(trace.get("target") or "")]
        told = "; ".join(note for note in notes if note)
        if turn.speaker == "agent" and told:
            lines.append(f"      ({told})")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.lower()))
