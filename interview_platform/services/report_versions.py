"""The earlier reports on an interview beside the one that counts: what they said, and by which rubric. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from interview_platform.models import Report, Score
from interview_platform.services import rubric_changes
from interview_platform.services.rubric_changes import Change

MOST = 10
"""Of the newest; a report is seldom written more often."""


@dataclass(frozen=True)
class EarlierView:
    """One earlier report. `levels` differ from now: (competency, then, now), None = not assessed or not judged."""

    report_id: str
    at: datetime
    judge: str
    rubric: str  # its version
    overall: float | None
    recommendation: str
    provisional: bool
    levels: tuple[tuple[str, int | None, int | None], ...] = ()
    changes: tuple[Change, ...] = ()  # from its rubric to the present report's


def earlier(db: Session, counts: Report) -> tuple[EarlierView, ...]:
    """Every other ready report on this interview, newest first; levels are the judge's."""
    query = select(Report).where(
        Report.interview_id == counts.interview_id, Report.status == "ready", Report.id != counts.id
    )
    held = list(db.exec(query.order_by(col(Report.created_at).desc()).limit(MOST)))
    levels = _levels(db, [counts.id, *(report.id for report in held)]) if held else {}
    return tuple(_view(report, counts, levels) for report in held)


def _view(report: Report, counts: Report, levels: dict[str, dict[str, int | None]]) -> EarlierView:
    then, now = levels.get(report.id, {}), levels.get(counts.id, {})
    differ = tuple((n, then.get(n), now.get(n)) for n in dict.fromkeys([*now, *then]) if then.get(n) != now.get(n))
    changed = rubric_changes.changes(report.rubric, counts.rubric) if report.rubric and counts.rubric else []
    return EarlierView(
        report_id=report.id,
        at=report.created_at,
        judge=report.judge,
        rubric=str(report.rubric.get("version", "")),
        overall=report.overall,
        recommendation=report.recommendation,
        provisional=report.provisional,
        levels=differ,
        changes=tuple(changed),
    )


def _levels(db: Session, report_ids: list[str]) -> dict[str, dict[str, int | None]]:
    made: dict[str, dict[str, int | None]] = {}
    rows = db.exec(select(Score).where(col(Score.report_id).in_(report_ids)).order_by(col(Score.position)))
    for row in rows:
        made.setdefault(row.report_id, {})[row.name] = row.level
    return made
