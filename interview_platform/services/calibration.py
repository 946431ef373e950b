"""The judge beside people, over many interviews: per competency, over time, and where people most often differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from interview_platform.models import Application, Interview, Job, Replay, Report, Score
from interview_platform.services import access, agreement, feedback_cases, reports
from interview_platform.services.access import READERS, Actor, need
from interview_platform.services.agreement import Agreement
from interview_platform.services.feedback_cases import Case


@dataclass(frozen=True)
class Line:
    """One competency: people's blind ratings beside the judge's level, and how often its level was changed."""

    name: str
    blind: Agreement
    changed: int
    scored: int  # how many levels the judge gave


@dataclass(frozen=True)
class Month:
    """One month of reports: the judge's mean level, and its agreement with people."""

    month: str  # 2026-11
    reports: int
    mean: float | None
    agreed: Agreement


@dataclass(frozen=True)
class Question:
    """A question behind levels that people changed."""

    text: str
    changed: int
    asked: int


@dataclass(frozen=True)
class Calibration:
    """Everything the page shows, of all jobs or of one."""

    lines: tuple[Line, ...]
    overall: Agreement
    months: tuple[Month, ...]
    questions: tuple[Question, ...]
    replays: tuple[Replay, ...]
    cases: tuple[Case, ...]


def figures(db: Session, actor: Actor, job_id: str = "") -> Calibration:
    """Compute it all anew. Raises NotFound, NotAllowed."""
    need(actor, READERS)
    if job_id:
        access.job(db, actor, job_id)
    held = _reports(db, actor, job_id)
    known = set(held)
    cases = tuple(c for c in feedback_cases.gather(db, actor.organisation_id) if c.interview_id in known)
    scores = list(db.exec(select(Score).where(col(Score.report_id).in_([r.id for r in held.values()]))))
    replays = db.exec(
        select(Replay).where(Replay.organisation_id == actor.organisation_id).order_by(col(Replay.created_at))
    ).all()
    return Calibration(
        tuple(_lines(cases, scores)),
        agreement.of(_pairs(cases)),
        tuple(_months(held, scores, cases)),
        tuple(_questions(held, cases)),
        tuple(replays),
        cases,
    )


def jobs(db: Session, actor: Actor) -> list[Job]:
    """The organisation's jobs, newest first: for choosing one. Raises NotAllowed."""
    need(actor, READERS)
    query = select(Job).where(Job.organisation_id == actor.organisation_id).order_by(col(Job.created_at).desc())
    return list(db.exec(query))


def _reports(db: Session, actor: Actor, job_id: str) -> dict[str, Report]:
    """By interview, the report that counts; practice left out."""
    query = (
        select(Interview.id)
        .join(Application, col(Interview.application_id) == Application.id)
        .where(Interview.organisation_id == actor.organisation_id, col(Interview.practice).is_(False))
    )
    ids = db.exec(query.where(Application.job_id == job_id) if job_id else query).all()
    return {report.interview_id: report for report in reports.counting(db, ids)}


def _pairs(cases: Sequence[Case]) -> list[agreement.Pair]:
    rated = [case for case in cases if case.kind == "rating"]
    return [(c.person, c.machine) for c in rated if c.person is not None and c.machine is not None]


def _lines(cases: Sequence[Case], scores: Sequence[Score]) -> list[Line]:
    names = Counter(score.name for score in scores if score.level is not None)
    made = []
    for name, scored in names.items():
        own = [case for case in cases if case.competency == name]
        made.append(Line(name, agreement.of(_pairs(own)), sum(c.kind == "override" for c in own), scored))
    return sorted(made, key=lambda line: (-line.changed, -line.blind.pairs, line.name))


def _months(held: dict[str, Report], scores: Sequence[Score], cases: Sequence[Case]) -> list[Month]:
    by_report = {report.id: f"{report.created_at:%Y-%m}" for report in held.values()}
    month_of = {report.interview_id: f"{report.created_at:%Y-%m}" for report in held.values()}
    made = []
    for month in sorted(set(by_report.values())):
        levels = [s.level for s in scores if s.level is not None and by_report[s.report_id] == month]
        own = [case for case in cases if month_of[case.interview_id] == month]
        mean = round(sum(levels) / len(levels), 2) if levels else None
        made.append(Month(month, sum(m == month for m in by_report.values()), mean, agreement.of(_pairs(own))))
    return made


def _questions(held: dict[str, Report], cases: Sequence[Case]) -> list[Question]:
    """Questions by how many reports in which a level that rests on them was changed; those asked of few people, too."""
    asked: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    overridden = {(case.interview_id, case.competency) for case in cases if case.kind == "override"}
    for interview_id, report in held.items():
        lines = (report.rubric or {}).get("lines", [])
        asked.update({str(entry["text"]) for line in lines for entry in line["questions"]})
        hit = [line for line in lines if (interview_id, line["name"]) in overridden]
        changed.update({str(entry["text"]) for line in hit for entry in line["questions"]})
    return [Question(text, count, asked[text]) for text, count in changed.most_common(8)]
