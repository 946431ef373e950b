"""Beside each score, what an answer to the questions that were asked tells at each level: what a person rates by.

Only authored levels, and only where the question was asked with its authored points; the machine's level does not come
from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlmodel import Session, col, select

from interview_platform.models import Interview, Question, Report, Score, Turn
from interview_platform.services.agent import bank
from interview_platform.services.report_view import LevelsView
from interview_platform.services.scoring import rubric


def of(db: Session, report: Report, turns: Sequence[Turn]) -> dict[str, tuple[LevelsView, ...]]:
    """The levels of the asked questions behind each of the report's scores, by score id, in the plan's order."""
    interview = db.get(Interview, report.interview_id)
    plan = list(interview.plan) if interview else []
    held = {row.id: row for row in db.exec(select(Question).where(col(Question.id).in_(plan)))}
    asked = {turn.question_id for turn in turns if turn.speaker == "agent"}
    rows = [held[question_id] for question_id in plan if question_id in held and question_id in asked]
    scores = db.exec(select(Score).where(Score.report_id == report.id))
    return {score.id: tuple(_shown(row for row in rows if _belongs(row, score))) for score in scores}


def _belongs(row: Question, score: Score) -> bool:
    if row.competency_id is not None or score.competency_id is not None:
        return row.competency_id == score.competency_id
    return row.source.startswith(bank.OF_VALUES) and score.name == rubric.value_name(row)


def _shown(rows: Iterable[Question]) -> Iterator[LevelsView]:
    for row in rows:
        levels = bank.levels(row.source, [str(entry.get("point", "")) for entry in row.points])
        if levels:
            yield LevelsView(row.text, levels)
