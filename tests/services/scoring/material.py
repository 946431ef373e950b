"""An interview worth judging, and a judge whose verdicts a test sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from interview_platform.errors import ServiceUnavailable
from interview_platform.models import Competency, Interview, Job, Question, Turn, session
from interview_platform.ports import PointVerdict
from interview_platform.services.access import Actor
from tests import builders

FOUND, CHANGED = "Says how the cause was found", "Says what was changed so that it stays away"
ANSWER = (
    "Our checkout service timed out every evening and customers could not pay. I looked at the slow query log and saw "
    "that one report held a lock on the orders table. I moved the report to a replica and added an alert, and it has "
    "not come back since."
)


class SetJudge:
    """Gives what `says` makes of point and answer; without it, every point is met by the answer's first words."""

    name = "set"
    label = "Set judge"

    def __init__(self, says: Callable[[str, str], PointVerdict] | None = None) -> None:
        self._says = says or (lambda point, answer: PointVerdict(point, "met", (" ".join(answer.split()[:4]),)))

    def judge(self, question: str, points: Sequence[str], answer: str) -> list[PointVerdict]:
        """One verdict per point."""
        return [self._says(point, answer) for point in points]


class BrokenJudge:
    """Is never there."""

    name = label = "Broken judge"

    def judge(self, question: str, points: Sequence[str], answer: str) -> list[PointVerdict]:
        """Raises ServiceUnavailable."""
        raise ServiceUnavailable("The model did not answer. Nothing was scored; build the report again.")


@dataclass(frozen=True)
class Held:
    """The rows of one ended interview."""

    actor: Actor
    job: Job
    interview: Interview
    competency: Competency
    question: Question
    answer: Turn


def ended(engine: Engine, answer: str = ANSWER, **interview: object) -> Held:
    """One technical question asked and answered, on a timeline; nothing else in the plan."""
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor)
        competency = builders.competency(db, job, anchors={str(n): f"Anchor {n}" for n in range(1, 6)})
        question = builders.question(db, job, competency_id=competency.id)
        application = builders.application(db, actor, job, stage="invited")
        values = {"status": "ended", "plan": [question.id], "interviewer": "Offline interviewer", **interview}
        row = builders.interview(db, actor, application, **values)
        builders.turn(db, row, 0, "agent", question.text, question_id=question.id, started_seconds=1, ended_seconds=5)
        said = builders.turn(
            db, row, 1, "candidate", answer, question_id=question.id, started_seconds=6, ended_seconds=36
        )
    return Held(actor, job, row, competency, question, said)
