"""What is judged: a job's competencies, each with the questions and answers that speak to it.

- A question speaks to its competency (`competency_id`). Answers to it, a follow-up's too, are judged together.
- A question without one that comes from the company's written-down values (`source` starts with "value") is a
  cultural-fit criterion of its own.
- Every other answer (from the résumé, the recruiter's own questions) speaks to communication alone: a communication
  competency without questions of its own, or the built-in one, is judged by `structure.POINTS` over all answers that
  tell of something that happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_platform.models import Competency, Question, Turn
from interview_platform.services.scoring import structure

COMMUNICATION, CULTURAL_FIT = "communication", "cultural_fit"
UNCLEAR_BELOW = 0.4
"""Mean word probability under which a transcript is too unclear to judge from."""

NOT_ASKED = "Not assessed: not asked."
PASSED = "Not assessed: the candidate passed on the question."
NOT_HEARD = "Not assessed: asked, but no answer was heard."
UNCLEAR = "Not assessed: the recording was too unclear to be sure of the words."
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
        return tuple(a for a in self.asked if not a.reason and (self.by_structure or a.points))

    @property
    def reason(self) -> str:
        """Why the criterion is not assessed; "" when it is."""
        if self.judged:
            return ""
        reasons = [a.reason or NO_POINTS for a in self.asked if a.reason != NOT_ASKED]
        return reasons[0] if reasons else NOT_ASKED


def asked_questions(plan: Sequence[Question], turns: Sequence[Turn]) -> list[Asked]:
    """Each planned question with its answers; several turns of one question belong together."""
    return [_asked(question, [t for t in turns if t.question_id == question.id]) for question in plan]


def _asked(question: Question, turns: Sequence[Turn]) -> Asked:
    answers = tuple(t for t in turns if t.speaker == "candidate" and t.kind != "skip" and t.text.strip())
    points = tuple(str(p["point"]) for p in question.points if str(p.get("point", "")).strip())
    return Asked(question.id, question.text, points, answers, _reason(turns, answers))


def _reason(turns: Sequence[Turn], answers: Sequence[Turn]) -> str:
    if not any(t.speaker == "agent" for t in turns):
        return NOT_ASKED
    if not answers:
        return PASSED if any(t.kind == "skip" for t in turns) else NOT_HEARD
    heard = [t.confidence for t in answers if t.confidence is not None]
    if heard and len(heard) == len(answers) and max(heard) < UNCLEAR_BELOW:
        return UNCLEAR
    return ""


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
