"""Who was assessed at each stage, with outcome, score and, where given, category: the samples the tables are made of.

Nobody is named in a sample, and no sample leaves the services: pages get tables (services/fairness_report).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from interview_platform.models import (
    Application,
    CandidateQuestion,
    Evidence,
    Interview,
    Question,
    Report,
    Score,
)
from interview_platform.services import access, demographics
from interview_platform.services.access import Actor, need
from interview_platform.services.demographics import AUDITORS, Answers
from interview_platform.services.demographics_vault import Vault
from interview_platform.services.fairness_rates import Person
from interview_platform.services.fairness_words import RACES, SEXES
from interview_platform.services.pool_query import PRACTICE

FILTER, INTERVIEW, DECISION = "filter", "interview", "decision"
_FINISHED = ("ended", "reported")
_CHOSEN, _REFUSED = ("follow_up", "next_step"), ("rejected",)
_WORTH = {"met": 1.0, "partly": 0.5, "not_shown": 0.0}
_AT_ONCE = 500
_NOTHING_SAID = Answers()


@dataclass(frozen=True)
class Assessed:
    """One application: what came of it at each stage, and by question. `at`: for the course of time."""

    answers: Answers = _NOTHING_SAID
    invited: bool = False
    finished: bool = False
    decided: bool | None = None  # None: nobody has decided yet
    match: float | None = None
    overall: float | None = None
    at: datetime | None = None
    accommodated: bool = False
    shown: Mapping[str, float] = field(default_factory=dict)  # question id → share of its points that was shown

    def person(self, stage: str) -> Person | None:
        """As somebody assessed at this stage; None for who never came to it."""
        if stage == FILTER:
            return self._as(self.invited, self.match)
        if stage == INTERVIEW:
            return self._as(self.finished, self.overall) if self.invited else None
        return self._as(self.decided, None) if self.finished and self.decided is not None else None

    def at_question(self, question_id: str) -> Person | None:
        """With the share of this question's points as the score; None for who was not asked it."""
        return self._as(None, self.shown[question_id]) if question_id in self.shown else None

    def by_accommodation(self) -> Person | None:
        """By whether an adjustment was asked for: the one category that needs no demographics."""
        if not self.finished:
            return None
        name = "Asked for an adjustment" if self.accommodated else "Did not ask"
        return Person(name, "", self.decided, self.overall)

    def _as(self, selected: bool | None, score: float | None) -> Person:
        sex, race = SEXES.get(self.answers.sex, ""), RACES.get(self.answers.race_ethnicity, "")
        return Person(sex, race, selected, score)


def of_job(db: Session, actor: Actor, vault: Vault, job_id: str = "") -> list[Assessed]:
    """Everybody assessed for a job, or for all. Raises NotAllowed, NotFound."""
    need(actor, AUDITORS)
    if job_id:
        access.job(db, actor, job_id)
    said = demographics.of_applications(db, actor, vault, job_id)
    rows = select(Application.id, Application.stage, Application.score, Application.created_at)
    rows = rows.where(Application.organisation_id == actor.organisation_id, Application.stage != PRACTICE)
    if job_id:
        rows = rows.where(Application.job_id == job_id)
    held = {key: (stage, score, at) for key, stage, score, at in db.exec(rows)}
    interviews = _interviews(db, actor.organisation_id, held)
    reports = _reports(db, [one.id for one in interviews.values()])
    asked = _accommodations(db, actor.organisation_id)
    shown = _shown(db, interviews, reports)
    return [
        _assessed(row, said.get(key, _NOTHING_SAID), interviews.get(key), reports, asked, shown)
        for key, row in sorted(held.items())
    ]


def known_by_job(db: Session, actor: Actor, vault: Vault) -> Counter[str]:
    """How many people of each job have a known category. Raises NotAllowed."""
    said = demographics.of_applications(db, actor, vault)
    query = select(Application.id, Application.job_id).where(
        Application.organisation_id == actor.organisation_id, Application.stage != PRACTICE
    )
    named = (job for key, job in db.exec(query) if key in said and (said[key].sex or said[key].race_ethnicity))
    return Counter(named)


def _assessed(
    row: tuple[str, float | None, datetime],
    answers: Answers,
    interview: Interview | None,
    reports: Mapping[str, Report],
    asked: set[str],
    shown: Mapping[str, Mapping[str, float]],
) -> Assessed:
    stage, match, created = row
    if interview is None:
        return Assessed(answers, match=match, at=created)
    report = reports.get(interview.id)
    finished = interview.status in _FINISHED
    decided = True if stage in _CHOSEN else False if stage in _REFUSED else None
    return Assessed(
        answers,
        invited=True,
        finished=finished,
        decided=decided if finished else None,
        match=match,
        overall=report.overall if report else None,
        at=interview.ended_at or created,
        accommodated=interview.id in asked,
        shown=shown.get(interview.id, {}),
    )


def _interviews(db: Session, organisation_id: str, of: Mapping[str, object]) -> dict[str, Interview]:
    """By application, its interview: a finished one before others, else the newest."""
    query = select(Interview).where(Interview.organisation_id == organisation_id, col(Interview.practice).is_(False))
    found: dict[str, Interview] = {}
    for one in db.exec(query.order_by(col(Interview.created_at))):
        held = found.get(one.application_id)
        if one.application_id in of and (held is None or held.status not in _FINISHED):
            found[one.application_id] = one
    return found


def _reports(db: Session, interviews: list[str]) -> dict[str, Report]:
    """By interview, its newest finished report."""
    found: dict[str, Report] = {}
    for some in _portions(interviews):
        query = select(Report).where(col(Report.interview_id).in_(some), Report.status == "ready")
        found.update({one.interview_id: one for one in db.exec(query.order_by(col(Report.created_at)))})
    return found


def _accommodations(db: Session, organisation_id: str) -> set[str]:
    """Interviews in which an adjustment was asked for in words."""
    query = select(CandidateQuestion.interview_id).where(
        CandidateQuestion.organisation_id == organisation_id, CandidateQuestion.about == "accommodation"
    )
    return set(db.exec(query))


def _shown(
    db: Session, interviews: Mapping[str, Interview], reports: Mapping[str, Report]
) -> dict[str, dict[str, float]]:
    """By interview and question, the share of the question's points that the newest report found in the answers."""
    points = _points(db, {question for one in interviews.values() for question in one.plan})
    verdicts = _verdicts(db, {report.id: interview_id for interview_id, report in reports.items()})
    found: dict[str, dict[str, float]] = {}
    for one in interviews.values():
        judged = verdicts.get(one.id, {})
        for question in one.plan:
            held = [judged[point] for point in points.get(question, ()) if point in judged]
            if held:
                found.setdefault(one.id, {})[question] = sum(held) / len(held)
    return found


def _points(db: Session, questions: set[str]) -> dict[str, list[str]]:
    """The points of questions that everybody of a job is asked."""
    found: dict[str, list[str]] = {}
    for some in _portions(sorted(questions)):
        query = select(Question.id, Question.points).where(
            col(Question.id).in_(some), col(Question.application_id).is_(None)
        )
        found.update({key: [str(one.get("point", "")) for one in points] for key, points in db.exec(query)})
    return found


def _verdicts(db: Session, reports: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """By interview and point, the best verdict of its report, as a number."""
    found: dict[str, dict[str, float]] = {}
    for some in _portions(sorted(reports)):
        query = (
            select(Score.report_id, Evidence.point, Evidence.verdict)
            .join(Evidence, col(Evidence.score_id) == Score.id)
            .where(col(Score.report_id).in_(some))
        )
        for report_id, point, verdict in db.exec(query):
            held = found.setdefault(reports[report_id], {})
            held[point] = max(held.get(point, 0.0), _WORTH.get(verdict, 0.0))
    return found


def _portions(keys: Iterable[str]) -> Iterable[list[str]]:
    held = list(keys)
    return (held[first : first + _AT_ONCE] for first in range(0, len(held), _AT_ONCE))
