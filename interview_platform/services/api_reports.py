"""A report as other systems read it: levels, quotes, decisions. What is listed here goes out and nothing else.

Measures of face, voice and wording are not among it, nor is the recording: they describe conditions, and outside of the
product nobody would see the words that say so. Voluntary demographics cannot be reached from here at all.
"""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from interview_platform.services import report_export
from interview_platform.services.access import Actor
from interview_platform.services.report_view import OverrideView, ReportView, ScoreView


def read(db: Session, actor: Actor, interview_id: str, key: bytes) -> dict[str, Any]:
    """The newest finished report; the reading is logged. Raises NotAllowed, BadInput without one, NotFound."""
    return told(report_export.for_export(db, actor, interview_id, key, "api"))


def told(view: ReportView) -> dict[str, Any]:
    """The document; levels lie between 1 and 5, null is not assessed."""
    return {
        "id": view.report_id,
        "interview_id": view.interview_id,
        "application_id": view.application_id,
        "job_id": view.job_id,
        "created_at": view.created_at,
        "judge": view.judge,
        "provisional": view.provisional,
        "seal": view.seal.state,
        "coverage": view.coverage,
        "overall": {"level": view.overall, "low": view.overall_low, "high": view.overall_high},
        "recommendation": view.recommendation,
        "adjusted": _adjusted(view),
        "groups": [{"key": one.key, "title": one.title, "level": one.level, "note": one.note} for one in view.groups],
        "scores": [_score(one) for one in view.scores],
        "strengths": [{"text": one.text, "quote": one.quote} for one in view.strengths],
        "concerns": [{"text": one.text, "quote": one.quote} for one in view.concerns],
        "decisions": [{"decision": one.decision, "decided_at": one.at} for one in view.decisions],
    }


def _adjusted(view: ReportView) -> dict[str, Any] | None:
    """With people's levels in place of the judge's; null where no person changed one."""
    if not view.overridden:
        return None
    return {
        "level": view.adjusted_overall,
        "low": view.adjusted_low,
        "high": view.adjusted_high,
        "coverage": view.adjusted_coverage,
        "recommendation": view.adjusted_recommendation,
    }


def _score(of: ScoreView) -> dict[str, Any]:
    return {
        "name": of.name,
        "group": of.group,
        "weight": of.weight,
        "level": of.level,
        "low": of.low,
        "high": of.high,
        "not_assessed": of.not_assessed,
        "anchor": of.anchor,
        "override": _override(of.override),
        "evidence": [{"point": one.point, "verdict": one.verdict, "quote": one.quote} for one in of.evidence],
    }


def _override(of: OverrideView | None) -> dict[str, Any] | None:
    return {"level": of.level, "reason": of.reason, "at": of.at} if of else None
