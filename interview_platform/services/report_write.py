"""Writes a judged report's rows: numbers, levels, evidence, strengths and concerns, and the seal over all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from interview_platform.models import Evidence, Interview, Organisation, Override, Report, Score, Turn
from interview_platform.services import access, audit, seals
from interview_platform.services.analysis import language
from interview_platform.services.report_view import GROUPS
from interview_platform.services.scoring import combine
from interview_platform.services.scoring.assess import Finding, Quote

PROPOSED = "proposed"
"""Status of a report that was made beside the one that counts, until a person adopts it (services/rescoring)."""
STRENGTHS, CONCERNS = 5, 5
"""At most so many of each in a report."""
ENOUGH = 3
"""Level from which a competency has strengths."""


@dataclass(frozen=True)
class Made:
    """What is to be written: findings over `turns`, what they were judged by, and what was found out beside."""

    findings: Sequence[Finding]
    turns: Sequence[Turn]
    rubric: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    fairness: dict[str, Any] = field(default_factory=dict)
    provisional: bool = False


def enough_coverage(db: Session, interview_id: str) -> float:
    """The share of the rubric that has to be assessed for a recommendation: the organisation's, never below ours."""
    interview = db.get(Interview, interview_id)
    organisation = db.get(Organisation, interview.organisation_id) if interview else None
    own = organisation.enough_coverage if organisation else combine.ENOUGH_COVERAGE
    return max(combine.ENOUGH_COVERAGE, own)


def recommended(total: combine.Total, enough: float) -> str:
    """combine.recommendation, or "" below the organisation's coverage."""
    return combine.recommendation(total) if total.coverage >= enough else ""


def write(db: Session, report: Report, made: Made, key: bytes = b"") -> None:
    """Fill the report, add its rows, seal it, log it. `key`: see seals."""
    judged = made.findings
    parts = [finding.part for finding in judged]
    total = combine.overall(parts)
    proposed = report.status == PROPOSED
    report.status, report.error = report.status if proposed else "ready", ""
    report.overall, report.overall_low, report.overall_high = total.value, total.low, total.high
    report.coverage = total.coverage
    report.groups = combine.group_means(parts, GROUPS)
    report.recommendation = recommended(total, enough_coverage(db, report.interview_id))
    report.strengths, report.concerns = strengths(judged), concerns(judged)
    report.tone = language.flags(made.turns)
    report.rubric, report.versions, report.fairness = made.rubric, made.versions, made.fairness
    report.provisional = made.provisional
    db.add(report)
    db.flush()
    for finding in judged:
        _write_score(db, report, finding)
    if not proposed:
        _carry_all(db, report)
    _seal(db, report, key)


def adopt(db: Session, report: Report, key: bytes = b"") -> None:
    """Let a proposed report count: people's levels go with it, and it is sealed anew."""
    report.status = "ready"
    db.add(report)
    _carry_all(db, report)
    _seal(db, report, key)


def _seal(db: Session, report: Report, key: bytes) -> None:
    db.flush()
    report.seal = seals.make(db, report, key)
    db.add(report)
    interview = db.get(Interview, report.interview_id)
    if interview is not None:
        actor = access.system(interview.organisation_id)
        audit.record(
            db,
            actor,
            "report.built",
            f"report:{report.id}",
            judge=report.judge,
            seal=report.seal["mark"],
            provisional=report.provisional,
        )


def _write_score(db: Session, report: Report, finding: Finding) -> None:
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


def _carry_all(db: Session, report: Report) -> None:
    """People's levels on earlier versions count on this one: by competency, or by its name where that was changed."""
    earlier = _overrides(db, report)
    by_name = {name: row for (_, name), row in earlier.items()}
    for score in db.exec(select(Score).where(Score.report_id == report.id)).all():
        kept = earlier.get((score.competency_id, score.name)) or by_name.get(score.name)
        if kept is not None:
            _carry(db, report, score, kept)


def _carry(db: Session, report: Report, score: Score, kept: Override) -> None:
    """A person's level on an earlier version counts on this one, too."""
    row = Override(score_id=score.id, **kept.model_dump(exclude={"id", "score_id"}))
    db.add(row)
    interview = db.get(Interview, report.interview_id)
    if interview is not None:
        actor = access.system(interview.organisation_id)
        seal = {"row": row.id, "sha256": seals.digest_of(row), "carried": True}
        audit.record(db, actor, "score.overridden", f"score:{score.id}", f"override:{row.id}", **seal)


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


def _overrides(db: Session, of: Report) -> dict[tuple[str | None, str], Override]:
    """The newest override per competency over all versions of the report."""
    query = (
        select(Override, Score)
        .join(Score, col(Override.score_id) == Score.id)
        .join(Report, col(Score.report_id) == Report.id)
        .where(Report.interview_id == of.interview_id, Report.id != of.id)
        .order_by(col(Override.created_at))
    )
    return {(score.competency_id, score.name): override for override, score in db.exec(query)}


def strengths(judged: Sequence[Finding]) -> list[dict[str, str | None]]:
    """Met points with their quotes: each competency's first before any one's second, no quote twice.

    From competencies at level ENOUGH or above only: one good sentence in a weak answer is evidence, not a strength.
    """
    good = [f for f in judged if f.level is not None and f.level.level >= ENOUGH]
    met = [(f, [s for s in f.shown if s.verdict.verdict == "met" and s.quotes]) for f in good]
    ordered = [
        (f, shown[n]) for n in range(max((len(s) for _, s in met), default=0)) for f, shown in met if n < len(shown)
    ]
    once = {s.quotes[0].text: (f, s) for f, s in reversed(ordered)}
    found: list[dict[str, str | None]] = [
        {
            "text": f"{f.criterion.name.rstrip('.')}: {_lower(s.verdict.point)}",
            "turn_id": s.quotes[0].turn_id,
            "quote": s.quotes[0].text,
        }
        for f, s in ordered
        if once[s.quotes[0].text] == (f, s)
    ]
    return found[:STRENGTHS]


def concerns(judged: Sequence[Finding]) -> list[dict[str, str | None]]:
    """Points of asked questions that the answers did not show; only that, for it says nothing of the person."""
    missing = [(f, [s for s in f.shown if s.verdict.verdict == "not_shown"]) for f in judged]
    ordered = [(f, m[n]) for n in range(max((len(m) for _, m in missing), default=0)) for f, m in missing if n < len(m)]
    return [
        {
            "text": f"Not shown in the answers: {_lower(s.verdict.point)} ({f.criterion.name.rstrip('.')})",
            "turn_id": None,
            "quote": "",
        }
        for f, s in ordered[:CONCERNS]
    ]


def _lower(point: str) -> str:
    return point[:1].lower() + point[1:] if point[1:2].islower() else point
