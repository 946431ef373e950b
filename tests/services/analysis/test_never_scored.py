"""Face, voice and tone measures never enter a score: held by what scoring imports, and by changing every measure."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, delete, select

from interview_platform.models import Evidence, Report, Score, Signal, session
from interview_platform.services import reports
from interview_platform.services.analysis import signals
from tests.services.scoring.material import Held, SetJudge, ended

SCORING = Path("interview_platform/services/scoring")
JUDGES = (Path("interview_platform/adapters/langchain_judge.py"), Path("interview_platform/services/reports.py"))
LOW, HIGH = -1e6, 1e6


def _imported(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


MEASURING = {f"interview_platform.services.analysis.{name}" for name in ("face", "voice", "sound", "speech", "signals")}


@pytest.mark.parametrize("file", [*sorted(SCORING.glob("*.py")), *JUDGES], ids=lambda file: file.stem)
def test_what_scores_knows_no_measure(file: Path) -> None:
    imported = _imported(file)
    assert not imported & MEASURING
    assert not imported & {"interview_platform.models.Signal", "interview_platform.models.signal"}


def _scored(engine: Engine, held: Held) -> list[object]:
    """Everything the report says in numbers and verdicts, built anew."""
    reports.build(engine, held.interview.id, SetJudge())
    with session(engine) as db:
        newest = db.exec(
            select(Report).where(Report.interview_id == held.interview.id).order_by(col(Report.created_at).desc())
        ).first()
        assert newest is not None
        scores = db.exec(select(Score).where(Score.report_id == newest.id).order_by(col(Score.competency_id))).all()
        evidence = db.exec(select(Evidence).where(col(Evidence.score_id).in_([score.id for score in scores]))).all()
        return [
            (newest.overall, newest.overall_low, newest.overall_high, newest.coverage, newest.recommendation),
            [(score.competency_id, score.level, score.low, score.high) for score in scores],
            sorted((row.point, row.verdict, row.quote) for row in evidence),
        ]


def _set(engine: Engine, held: Held, name: str, value: float) -> None:
    """The measure for the answer, over time, and for the whole interview."""
    with session(engine) as db:
        db.exec(delete(Signal).where(col(Signal.interview_id) == held.interview.id, col(Signal.name) == name))
        for place in ({"turn_id": held.answer.id}, {"at_seconds": 15.0}, {}):
            db.add_all(signals.rows(held.interview.id, {name: value}, **place))


def test_changing_every_measure_changes_no_score(engine: Engine) -> None:
    held = ended(engine)
    before = _scored(engine, held)
    assert before[1], "there is a score that could have changed"
    for value in (LOW, HIGH):
        for name in signals.MEASURES:
            _set(engine, held, name, value)
        assert _scored(engine, held) == before


@pytest.mark.parametrize("name", sorted(signals.MEASURES))
def test_changing_one_measure_changes_no_score(engine: Engine, name: str) -> None:
    held = ended(engine)
    _set(engine, held, name, LOW)
    low = _scored(engine, held)
    _set(engine, held, name, HIGH)
    assert _scored(engine, held) == low
