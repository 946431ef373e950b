"""What is judged: a job's competencies, each with the questions and answers that speak to it.

- A question speaks to its competency (`competency_id`). Answers to it, a follow-up's too, are judged together.
- A question without one that comes from the company's written-down values (`source` starts with "value") is a
  cultural-fit criterion of its own.
- Every other answer (from the résumé, the recruiter's own questions) speaks to communication alone: a communication
  competency without questions of its own, or the built-in one, is judged by `structure.POINTS` over all answers that
  tell of something that happened.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from interview_platform.models import Competency, Question, Turn
from interview_platform.services.scoring import structure

COMMUNICATION, CULTURAL_FIT = "communication", "cultural_fit"
UNCLEAR_BELOW = 0.4
"""Mean word probability under which a transcript is too unclear to judge from."""

CUT_OFF_WORDS = 12
"""Fewer words than this, said last in an interview that was ended early, are the beginning of an answer, not one."""

ACCOUNT_WORDS = 25
"""Fewer words than this tell nothing in which structure could show; the answer still counts for its own points."""

NOT_ASKED = "Not assessed: not asked."
PASSED = "Not assessed: the candidate passed on the question."
NOT_HEARD = "Not assessed: asked, but no answer was heard."
UNCLEAR = "Not assessed: the recording was too unclear to be sure of the words."
CUT_OFF = "Not assessed: the interview ended before this question was answered."
INTERRUPTED = "Not assessed: the interview ended in the middle of the answer."
TOO_SHORT = "Not assessed: no answer was long enough to show how clearly something is told."
NO_POINTS = "Not assessed: the question has no points to look for."


@dataclass(frozen=True)
class Asked:
    """One planned question with what came back. `reason` says why it cannot be judged, "" = it can."""

    question_id: str
    text: str
    points: tuple[str, ...]
    turns: tuple[Turn, ...]
    reason: str = ""

    @property
    def answer(self) -> str:
        """All the candidate said to it, one turn a line."""
        return "\n".join(turn.text.strip() for turn in self.turns)

    @property
    def tells(self) -> bool:
        """Whether enough was said for the structure of an account to show."""
        return len(self.answer.split()) >= ACCOUNT_WORDS


@dataclass(frozen=True)
class Criterion:
    """One line of the report: a competency, or a value. `by_structure`: judged by structure.POINTS."""

    name: str
    group: str
    weight: float
    position: int
    competency_id: str | None
    anchors: dict[str, str]
    asked: tuple[Asked, ...]
    by_structure: bool = False

    @property
    def judged(self) -> tuple[Asked, ...]:
        """The answers that can be judged."""
        return tuple(a for a in self.asked if not a.reason and (a.tells if self.by_structure else a.points))

    @property
    def reason(self) -> str:
        """Why the criterion is not assessed; "" when it is."""
        if self.judged:
            return ""
        none = TOO_SHORT if self.by_structure else NO_POINTS
        reasons = [a.reason or none for a in self.asked if a.reason != NOT_ASKED]
        return reasons[0] if reasons else NOT_ASKED


def asked_questions(plan: Sequence[Question], turns: Sequence[Turn], ended_by: str = "plan") -> list[Asked]:
    """Each planned question with its answers; several turns of one question belong together.

    `ended_by`: who ended the interview, as in Interview. Where that was a person, the last question that was asked may
    have been cut off. Answers too unclear to be sure of the words are left out; with nothing else nothing is assessed.
    """
    about = [t.question_id for t in turns if t.speaker == "agent" and t.question_id]
    cut_off = about[-1] if about and ended_by not in ("", "plan") else ""
    return [_asked(q, [t for t in turns if t.question_id == q.id], q.id == cut_off) for q in plan]


def asked_of(kept: Sequence[dict[str, Any]], turns: Sequence[Turn], ended_by: str = "plan") -> list[Asked]:
    """`asked_questions` for the questions of a kept rubric, {"id", "text", "points"}, whatever became of their rows."""
    unique = {str(entry["id"]): entry for entry in kept}.values()
    plan = [
        Question(id=e["id"], job_id="", text=e["text"], points=[{"point": point} for point in e["points"]])
        for e in unique
    ]
    return asked_questions(plan, turns, ended_by)


def _asked(question: Question, turns: Sequence[Turn], cut_off: bool) -> Asked:
    answers = tuple(t for t in turns if t.speaker == "candidate" and t.kind != "skip" and t.text.strip())
    points = tuple(str(p["point"]) for p in question.points if str(p.get("point", "")).strip())
    clear = tuple(t for t in answers if t.confidence is None or t.confidence >= UNCLEAR_BELOW)
    return Asked(question.id, question.text, points, clear or answers, _reason(turns, answers, clear, cut_off))


def _reason(turns: Sequence[Turn], answers: Sequence[Turn], clear: Sequence[Turn], cut_off: bool) -> str:
    if not any(t.speaker == "agent" for t in turns):
        return NOT_ASKED
    if not answers and any(t.kind == "skip" for t in turns):
        return PASSED
    if not answers:
        return CUT_OFF if cut_off else NOT_HEARD
    if not clear:
        return UNCLEAR
    return INTERRUPTED if cut_off and sum(len(t.text.split()) for t in clear) < CUT_OFF_WORDS else ""


def criteria(competencies: Sequence[Competency], plan: Sequence[Question], asked: Sequence[Asked]) -> list[Criterion]:
    """The report's lines: the job's competencies, then values, then communication unless it is judged already."""
    by_id = dict(zip((q.id for q in plan), asked, strict=True))
    made = [_competency(c, plan, by_id, asked) for c in sorted(competencies, key=lambda c: (c.position, c.name))]
    last = max((c.position for c in made), default=-1)
    values = [q for q in plan if q.competency_id is None and q.source.startswith("value")]
    made += [_value(q, by_id[q.id], last + n) for n, q in enumerate(values, start=1)]
    if not any(c.group == COMMUNICATION and c.judged for c in made):
        made.append(_built_in(last + len(values) + 1, asked))
    return made


def _built_in(position: int, asked: Sequence[Asked]) -> Criterion:
    return Criterion(
        structure.NAME, COMMUNICATION, 1.0, position, None, structure.ANCHORS, _telling(asked), by_structure=True
    )


def _telling(asked: Sequence[Asked]) -> tuple[Asked, ...]:
    """The questions whose answers tell of something that happened."""
    return tuple(a for a in asked if structure.fits(a.text))


def _competency(of: Competency, plan: Sequence[Question], by_id: dict[str, Asked], asked: Sequence[Asked]) -> Criterion:
    own = tuple(by_id[q.id] for q in plan if q.competency_id == of.id)
    by_structure = of.group == COMMUNICATION and not any(a.points for a in own)
    anchors = {str(k): str(v) for k, v in of.anchors.items()} or (structure.ANCHORS if by_structure else {})
    return Criterion(
        of.name,
        of.group,
        of.weight,
        of.position,
        of.id,
        anchors,
        _telling(asked) if by_structure else own,
        by_structure,
    )


def _value(question: Question, asked: Asked, position: int) -> Criterion:
    return Criterion(value_name(question), CULTURAL_FIT, 1.0, position, None, {}, (asked,))


def value_name(question: Question) -> str:
    """The report's line for a question on one of the employer's written values."""
    said = question.source.partition(":")[2].strip()
    return f"Value: {said or question.text}"[:200]


def snapshot(criteria: Sequence[Criterion], plan_version: int = 0) -> dict[str, Any]:
    """The whole rubric as a report keeps it: {"version", "plan_version", "lines": [{name, group, weight, …}]}.

    The version changes with names, groups, weights, anchors and points; questions from one candidate's résumé have no
    competency and do not change it.
    """
    lines = [_line(criterion) for criterion in criteria]
    named = [{**line, "questions": [] if line["by_structure"] else line["questions"]} for line in lines]
    content = [{key: value for key, value in line.items() if key != "competency_id"} for line in named]
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return {"version": digest[:10], "plan_version": plan_version, "lines": lines}


def _line(of: Criterion) -> dict[str, Any]:
    asked = [{"id": a.question_id, "text": a.text, "points": list(a.points)} for a in of.asked]
    return {
        "competency_id": of.competency_id,
        "name": of.name,
        "group": of.group,
        "weight": of.weight,
        "position": of.position,
        "anchors": dict(of.anchors),
        "by_structure": of.by_structure,
        "questions": asked,
    }


def restore(kept: dict[str, Any], asked: Sequence[Asked]) -> list[Criterion]:
    """A kept rubric over answers as they read now: the same lines, weights, anchors and points."""
    by_id = {a.question_id: a for a in asked}
    return [_restored(line, by_id) for line in kept.get("lines", [])]


def _restored(line: dict[str, Any], by_id: dict[str, Asked]) -> Criterion:
    held = [(entry, by_id[entry["id"]]) for entry in line["questions"] if entry["id"] in by_id]
    asked = tuple(replace(now, text=entry["text"], points=tuple(entry["points"])) for entry, now in held)
    return Criterion(
        line["name"],
        line["group"],
        line["weight"],
        line["position"],
        line["competency_id"],
        dict(line["anchors"]),
        asked,
        line["by_structure"],
    )
