"""Beside each score, what a person rates by, and what the machine's level stands on.

- The levels of the questions that were asked (`of`): only authored ones, and only where the question was asked with its
  authored points; the machine's level does not come from them.
- How many points are shown outright, and whether the level is more of an estimate than these bear out (`basis`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlmodel import Session, col, select

from interview_platform.models import Interview, Question, Report, Score, Turn
from interview_platform.services.agent import bank
from interview_platform.services.report_view import LevelsView, ScoreView
from interview_platform.services.scoring import combine, rubric

ESTIMATE_FROM = 1.0
"""A level so much above what the points that are shown outright would give is called an estimate."""
ESTIMATE = "The level is an estimate and counts points that are likely, too: listen before you rely on it."


def of(db: Session, report: Report, turns: Sequence[Turn]) -> dict[str, tuple[LevelsView, ...]]:
    """The levels of the asked questions behind each of the report's scores, by score id, in the plan's order."""
    interview = db.get(Interview, report.interview_id)
    plan = list(interview.plan) if interview else []
    held = {row.id: row for row in db.exec(select(Question).where(col(Question.id).in_(plan)))}
    asked = {turn.question_id for turn in turns if turn.speaker == "agent"}
    rows = [held[question_id] for question_id in plan if question_id in held and question_id in asked]
    scores = db.exec(select(Score).where(Score.report_id == report.id))
    return {score.id: tuple(_shown(row for row in rows if _belongs(row, score))) for score in scores}


def basis(score: ScoreView) -> str:
    """ "4 of 6 points shown, 1 not clearly", with a caution where these alone do not bear out the machine's level."""
    points = {held.point: held.verdict for held in score.evidence}
    if not points:
        return ""
    shown = sum(verdict == "met" for verdict in points.values())
    unclear = sum(verdict == "partly" for verdict in points.values())
    said = f"{shown} of {len(points)} points shown" + (f", {unclear} not clearly" if unclear else "")
    outright = combine.LOWEST + (combine.HIGHEST - combine.LOWEST) * shown / len(points)
    if score.override is None and score.level is not None and score.level - outright >= ESTIMATE_FROM:
        return f"{said}. {ESTIMATE}"
    return said


def _belongs(row: Question, score: Score) -> bool:
    if row.competency_id is not None or score.competency_id is not None:
        return row.competency_id == score.competency_id
    return row.source.startswith(bank.OF_VALUES) and score.name == rubric.value_name(row)


def _shown(rows: Iterable[Question]) -> Iterator[LevelsView]:
    for row in rows:
        levels = bank.levels(row.source, [str(entry.get("point", "")) for entry in row.points])
        if levels:
            yield LevelsView(row.text, levels)
