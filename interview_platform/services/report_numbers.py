"""The part of a ReportView that depends on the report: the machine's numbers, and beside them people's. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session, col, select

from interview_platform.models import Evidence, Override, Report, Score, Turn
from interview_platform.services import report_levels, report_write
from interview_platform.services.report_view import (
    GROUPS,
    RECOMMENDATIONS,
    EvidenceView,
    GroupView,
    LevelsView,
    OverrideView,
    ScoreView,
    StatementView,
    ToneView,
)
from interview_platform.services.scoring import combine

NOT_ASKED = "Not assessed: not asked."


def of(db: Session, report: Report, turns: Sequence[Turn], names: dict[str, str]) -> dict[str, Any]:
    """What depends on the report: the machine's numbers, and beside them those with people's overrides."""
    scores = _scores(db, report, names, report_levels.of(db, report, turns))
    adjusted = combine.overall(_part(s) for s in scores)
    enough = report_write.enough_coverage(db, report.interview_id)
    started = {t.id: t.started_seconds for t in turns}
    times = {(e.turn_id, e.quote): e.started_seconds for s in scores for e in s.evidence}
    return {
        "error": report.error,
        "report_id": report.id,
        "created_at": report.created_at,
        "judge": report.judge,
        "provisional": report.provisional,
        "versions": dict(report.versions or {}),
        "fairness": dict(report.fairness or {}),
        "enough_coverage": enough,
        "anchors": _anchors(report),
        "overall": report.overall,
        "overall_low": report.overall_low,
        "overall_high": report.overall_high,
        "coverage": report.coverage,
        "recommendation": report.recommendation,
        "recommendation_text": RECOMMENDATIONS[report.recommendation],
        "adjusted_overall": adjusted.value,
        "adjusted_low": adjusted.low,
        "adjusted_high": adjusted.high,
        "adjusted_coverage": adjusted.coverage,
        "adjusted_recommendation": report_write.recommended(adjusted, enough),
        "overridden": any(s.override for s in scores),
        "groups": _groups(report, scores),
        "scores": scores,
        "strengths": tuple(_statement(s, times) for s in report.strengths),
        "concerns": tuple(_statement(s, times) for s in report.concerns),
        "tone": tuple(ToneView(**t, started_seconds=started.get(t["turn_id"])) for t in report.tone),
    }


def _anchors(report: Report) -> dict[str, tuple[str, ...]]:
    """What each level means for each line of the rubric that the report was made with."""
    lines = (report.rubric or {}).get("lines", [])
    return {line["name"]: tuple(line["anchors"][key] for key in sorted(line["anchors"])) for line in lines}


def _statement(held: dict[str, Any], times: dict[tuple[str | None, str], float | None]) -> StatementView:
    key = (held.get("turn_id"), held.get("quote", ""))
    return StatementView(held["text"], key[0], key[1], times.get(key) if key[1] else None)


def _groups(report: Report, scores: Sequence[ScoreView]) -> tuple[GroupView, ...]:
    adjusted = combine.group_means((_part(s) for s in scores), GROUPS)
    made = []
    for key, title in GROUPS.items():
        own = [s for s in scores if s.group == key]
        level = report.groups.get(key)
        note = "" if level is not None else next((s.not_assessed for s in own if s.not_assessed), NOT_ASKED)
        made.append(GroupView(key, title, level, adjusted[key], note))
    return tuple(made)


def _part(score: ScoreView) -> combine.Part:
    if score.override is not None:
        level = score.override.level
        return combine.Part(score.group, score.weight, level, level, level)
    return combine.Part(score.group, score.weight, score.level, score.low, score.high)


def _scores(
    db: Session, report: Report, names: dict[str, str], levels: dict[str, tuple[LevelsView, ...]]
) -> tuple[ScoreView, ...]:
    rows = list(db.exec(select(Score).where(Score.report_id == report.id).order_by(col(Score.position))))
    ids = [row.id for row in rows]
    evidence = list(db.exec(select(Evidence).where(col(Evidence.score_id).in_(ids))))
    overrides = db.exec(select(Override).where(col(Override.score_id).in_(ids)).order_by(col(Override.created_at)))
    newest = {o.score_id: o for o in overrides}
    made = (_score(r, [e for e in evidence if e.score_id == r.id], newest.get(r.id), names) for r in rows)
    return tuple(replace(view, levels=levels.get(view.score_id, ())) for view in made)


def _score(row: Score, evidence: Sequence[Evidence], override: Override | None, names: dict[str, str]) -> ScoreView:
    shown = sorted(evidence, key=lambda e: (("met", "partly", "not_shown").index(e.verdict), e.started_seconds or 0.0))
    return ScoreView(
        score_id=row.id,
        name=row.name,
        group=row.group,
        weight=row.weight,
        level=row.level,
        low=row.low,
        high=row.high,
        not_assessed=row.not_assessed,
        anchor=row.anchor,
        evidence=tuple(_evidence(e) for e in shown),
        override=_override(override, names) if override else None,
    )


def _override(row: Override, names: dict[str, str]) -> OverrideView:
    return OverrideView(row.level, row.reason, names.get(row.user_id or "", "A former user"), row.created_at)


def _evidence(row: Evidence) -> EvidenceView:
    return EvidenceView(
        row.point,
        row.verdict,
        row.quote,
        row.turn_id,
        row.start_char,
        row.end_char,
        row.started_seconds,
        row.ended_seconds,
    )
