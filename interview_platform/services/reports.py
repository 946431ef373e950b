"""The report on an interview: built from the judge's points, read by people.

`build` judges and writes a new version (the newest ready one counts); `view` and `listing` only read. Overrides made
on an earlier version are carried over, for they are people's decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from interview_platform.errors import NotFound, ServiceUnavailable
from interview_platform.models import (
    Application,
    Candidate,
    Evidence,
    Interview,
    Job,
    Override,
    Question,
    Report,
    Score,
    Turn,
    session,
)
from interview_platform.ports import AnswerJudge
from interview_platform.services import access, audit, report_page
from interview_platform.services.access import READERS, Actor, need
from interview_platform.services.agent import plan_versions
from interview_platform.services.analysis import language
from interview_platform.services.report_view import GROUPS, ReportRow, ReportView
from interview_platform.services.scoring import combine, rubric
from interview_platform.services.scoring.assess import Finding, Quote, findings

STRENGTHS, CONCERNS = 5, 5
"""At most so many of each in a report."""
_BROKEN = "The judge did not do its part, so nothing was scored. The interview is kept whole: build the report again."


def build(engine: Engine, interview_id: str, judge: AnswerJudge) -> Report:
    """Judge the interview and write a new report version.

    Raises NotFound, and ServiceUnavailable when the judge fails: then a report with status "failed" and the error
    is kept, and no number of it is made up.
    """
    with session(engine) as db:
        criteria, turns = _material(db, interview_id)
        _clear_unfinished(db, interview_id)
        working = Report(interview_id=interview_id, status="working", judge=judge.label)
        db.add(working)
    try:
        judged = findings(criteria, judge)
    except Exception as error:
        message = str(error) if isinstance(error, ServiceUnavailable) else _BROKEN
        with session(engine) as db:
            db.merge(
                Report(id=working.id, interview_id=interview_id, status="failed", error=message, judge=judge.label)
            )
        raise ServiceUnavailable(message) from error
    with session(engine) as db:
        if db.get(Interview, interview_id) is None:
            raise NotFound("This interview was deleted while its report was being made.")
        report = db.merge(working)
        _write(db, report, judged, turns)
    return report


def view(db: Session, actor: Actor, interview_id: str) -> ReportView:
    """Everything the report page shows. Raises NotFound only when the interview is not the actor's."""
    return report_page.view(db, access.interview(db, actor, interview_id), newest(db, interview_id))


def listing(db: Session, actor: Actor) -> list[ReportRow]:
    """The organisation's interviews that have begun, newest first."""
    need(actor, READERS)
    query = (
        select(Interview, Application, Job, Candidate)
        .join(Application, col(Interview.application_id) == Application.id)
        .join(Job, col(Application.job_id) == Job.id)
        .join(Candidate, col(Application.candidate_id) == Candidate.id)
        .where(Interview.organisation_id == actor.organisation_id, Interview.status != "planned")
        .where(col(Interview.practice).is_(False))
        .order_by(col(Interview.created_at).desc())
    )
    reports = _counting(
        db.exec(select(Report).join(Interview).where(Interview.organisation_id == actor.organisation_id))
    )
    return [_row(*found, reports.get(found[0].id)) for found in db.exec(query)]


def newest(db: Session, interview_id: str) -> Report | None:
    """The report that counts: the newest ready one, else the newest."""
    return _counting(db.exec(select(Report).where(Report.interview_id == interview_id))).get(interview_id)


def _counting(reports: Iterable[Report]) -> dict[str, Report]:
    """Per interview, the report that counts."""
    oldest_first = sorted(reports, key=lambda r: (r.status == "ready", r.created_at))
    return {report.interview_id: report for report in oldest_first}


def _row(interview: Interview, application: Application, job: Job, who: Candidate, report: Report | None) -> ReportRow:
    return ReportRow(
        interview_id=interview.id,
        application_id=application.id,
        job_id=job.id,
        job_title=job.title,
        candidate_name=who.name,
        interview_status=interview.status,
        status=report_page.status_of(interview, report),
        overall=report.overall if report else None,
        coverage=report.coverage if report else 0.0,
        recommendation=report.recommendation if report else "",
        stage=application.stage,
        ended_at=interview.ended_at,
    )


def _material(db: Session, interview_id: str) -> tuple[list[rubric.Criterion], list[Turn]]:
    interview = db.get(Interview, interview_id)
    application = db.get(Application, interview.application_id) if interview else None
    if interview is None or application is None:
        raise NotFound("This interview does not exist.")
    held = {q.id: q for q in db.exec(select(Question).where(col(Question.id).in_(interview.plan)))}
    plan = [held[question_id] for question_id in interview.plan if question_id in held]
    turns = list(db.exec(select(Turn).where(Turn.interview_id == interview_id).order_by(col(Turn.position))))
    competencies = plan_versions.competencies_of(db, application.job_id, plan)
    return rubric.criteria(competencies, plan, rubric.asked_questions(plan, turns)), turns


def _clear_unfinished(db: Session, interview_id: str) -> None:
    unfinished = select(Report).where(Report.interview_id == interview_id, Report.status != "ready")
    for report in db.exec(unfinished):
        db.delete(report)


def _write(db: Session, report: Report, judged: Sequence[Finding], turns: Sequence[Turn]) -> None:
    parts = [finding.part for finding in judged]
    total = combine.overall(parts)
    report.status, report.error = "ready", ""
    report.overall, report.overall_low, report.overall_high = total.value, total.low, total.high
    report.coverage = total.coverage
    report.groups = combine.group_means(parts, GROUPS)
    report.recommendation = combine.recommendation(total)
    report.strengths, report.concerns = _strengths(judged), _concerns(judged)
    report.tone = language.flags(turns)
    earlier = _overrides(db, report.interview_id)
    for finding in judged:
        _write_score(db, report, finding, earlier)
    interview = db.get(Interview, report.interview_id)
    if interview is not None:
        actor = access.system(interview.organisation_id)
        audit.record(
            db,
            actor,
            "report.built",
            f"report:{report.id}",
            judge=report.judge,
            overall=total.value,
            coverage=total.coverage,
        )


def _write_score(
    db: Session, report: Report, finding: Finding, earlier: dict[tuple[str | None, str], Override]
) -> None:
    of, level = finding.criterion, finding.level
    score = Score(
        report_id=report.id,
        competency_id=of.competency_id,
        name=of.name,
        group=of.group,
        weight=of.weight,
        position=of.position,
        level=level.level if level else None,
        low=level.low if level else None,
        high=level.high if level else None,
        not_assessed=finding.reason,
        anchor=of.anchors.get(str(level.level), "") if level else "",
    )
    db.add(score)
    db.flush()
    for row in _evidence(score.id, finding):
        db.add(row)
    kept = earlier.get((of.competency_id, of.name))
    if kept is not None:
        carried = kept.model_dump(exclude={"id", "score_id"})
        db.add(Override(score_id=score.id, **carried))


def _evidence(score_id: str, finding: Finding) -> list[Evidence]:
    rows = []
    for shown in finding.shown:
        point, verdict = shown.verdict.point, shown.verdict.verdict
        if not shown.quotes:
            rows.append(Evidence(score_id=score_id, point=point, verdict=verdict))
        rows += [_quoted(Evidence(score_id=score_id, point=point, verdict=verdict), quote) for quote in shown.quotes]
    return rows


def _quoted(row: Evidence, quote: Quote) -> Evidence:
    row.turn_id, row.quote = quote.turn_id, quote.text
    row.start_char, row.end_char = quote.found.start, quote.found.end
    row.started_seconds, row.ended_seconds = quote.found.started_seconds, quote.found.ended_seconds
    return row


def _overrides(db: Session, interview_id: str) -> dict[tuple[str | None, str], Override]:
    """The newest override per competency over all versions of the report."""
    query = (
        select(Override, Score)
        .join(Score, col(Override.score_id) == Score.id)
        .join(Report, col(Score.report_id) == Report.id)
        .where(Report.interview_id == interview_id)
        .order_by(col(Override.created_at))
    )
    return {(score.competency_id, score.name): override for override, score in db.exec(query)}


def _strengths(judged: Sequence[Finding]) -> list[dict[str, str | None]]:
    """Met points with their quotes: each competency's first before any one's second."""
    met = [(f, [s for s in f.shown if s.verdict.verdict == "met" and s.quotes]) for f in judged]
    ordered = [
        (f, shown[n]) for n in range(max((len(s) for _, s in met), default=0)) for f, shown in met if n < len(shown)
    ]
    return [
        {
            "text": f"{f.criterion.name}: {_lower(s.verdict.point)}",
            "turn_id": s.quotes[0].turn_id,
            "quote": s.quotes[0].text,
        }
        for f, s in ordered[:STRENGTHS]
    ]


def _concerns(judged: Sequence[Finding]) -> list[dict[str, str | None]]:
    """Points of asked questions that the answers did not show; only that, for it says nothing of the person."""
    missing = [(f, [s for s in f.shown if s.verdict.verdict == "not_shown"]) for f in judged]
    ordered = [(f, m[n]) for n in range(max((len(m) for _, m in missing), default=0)) for f, m in missing if n < len(m)]
    return [
        {
            "text": f"Not shown in the answers: {_lower(s.verdict.point)} ({f.criterion.name})",
            "turn_id": None,
            "quote": "",
        }
        for f, s in ordered[:CONCERNS]
    ]


def _lower(point: str) -> str:
    return point[:1].lower() + point[1:] if point[1:2].islower() else point
