"""The list of reports: every interview that is over, with the numbers of the report that counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from interview_platform.models import Application, Candidate, Interview, Job, Report
from interview_platform.services import ratings, report_page, reports
from interview_platform.services.access import READERS, Actor, need
from interview_platform.services.list_query import DECIDED, NEWEST, ListQuery, named, page_of

BEGUN = ("planned", "live")
"""An interview that is not over: there is nothing to read yet."""


@dataclass(frozen=True)
class ReportRow:
    """One line of the list of reports."""

    interview_id: str
    application_id: str
    job_id: str
    job_title: str
    candidate_name: str
    interview_status: str
    status: str  # working | ready | failed
    overall: float | None
    coverage: float
    recommendation: str
    stage: str
    ended_at: datetime | None
    hidden: bool = False  # the judge's levels are kept from this reader until she has rated
    provisional: bool = False


def listing(db: Session, actor: Actor, query: ListQuery | None = None) -> list[ReportRow]:
    """The organisation's interviews that are over and that the query finds, newest first. Raises NotAllowed."""
    wanted = query or ListQuery()
    rows = _over(select(Interview, Application, Job, Candidate), actor, wanted).order_by(*NEWEST)
    found: list[Any] = list(db.exec(page_of(rows, wanted)))
    written = reports.newest_of(db, [interview.id for interview, *_ in found])
    blind = ratings.hidden_among(db, actor, ((interview.id, job.blind_first) for interview, _, job, _ in found))
    return [_row(parts, written.get(parts[0].id), parts[0].id in blind) for parts in found]


def count(db: Session, actor: Actor, query: ListQuery | None = None) -> int:
    """How many the query finds, on every page. Raises NotAllowed."""
    return int(db.exec(_over(select(func.count()).select_from(Interview), actor, query or ListQuery())).one())


def _over(rows: Any, actor: Actor, query: ListQuery) -> Any:
    need(actor, READERS)
    rows = (
        rows.join(Application, col(Interview.application_id) == Application.id)
        .join(Job, col(Application.job_id) == Job.id)
        .join(Candidate, col(Application.candidate_id) == Candidate.id)
        .where(Interview.organisation_id == actor.organisation_id, col(Interview.practice).is_(False))
        .where(col(Interview.status).not_in(BEGUN), *named(query.search))
    )
    if query.status:
        rows = rows.where(Interview.status == query.status)
    return rows.where(col(Application.stage).not_in(DECIDED)) if query.undecided else rows


def _row(parts: tuple[Interview, Application, Job, Candidate], report: Report | None, hidden: bool) -> ReportRow:
    interview, application, job, who = parts
    return ReportRow(
        interview_id=interview.id,
        application_id=application.id,
        job_id=job.id,
        job_title=job.title,
        candidate_name=who.name,
        interview_status=interview.status,
        status=report_page.status_of(interview, report),
        overall=report.overall if report and not hidden else None,
        coverage=report.coverage if report and not hidden else 0.0,
        recommendation=report.recommendation if report and not hidden else "",
        stage=application.stage,
        ended_at=interview.ended_at,
        hidden=hidden and report is not None and report.status == "ready",
        provisional=bool(report and report.provisional),
    )
