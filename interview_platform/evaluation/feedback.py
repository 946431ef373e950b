"""`evaluate feedback`: what people said of the judge, put to the present judge; how far they agree, over time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from interview_platform.errors import NotFound
from interview_platform.models import Organisation, Replay, session
from interview_platform.ports import AnswerJudge
from interview_platform.services import feedback_cases


def measure(engine: Engine, judge: AnswerJudge, organisation: str = "", out: Path | None = None) -> dict[str, Any]:
    """Replay the cases of every organisation, or of the one with this id; the figures, and those of earlier runs.

    `out`: where the cases go, one JSON object a line. Raises NotFound, ServiceUnavailable from the judge.
    """
    with session(engine) as db:
        ids = list(db.exec(select(Organisation.id).order_by(col(Organisation.created_at))))
        chosen = [key for key in ids if not organisation or key == organisation]
        if not chosen:
            raise NotFound("There is no such organisation. Without --organisation all of them are replayed.")
        runs = [feedback_cases.replay(db, key, judge) for key in chosen]
        over_time = [_run(row) for key in chosen for row in _earlier(db, key)]
    cases = [case for _, held in runs for case in held]
    if out is not None:
        out.write_text(feedback_cases.as_jsonl(cases), encoding="utf-8")
    tested, agreed = sum(row.cases for row, _ in runs), sum(row.agreed for row, _ in runs)
    return {
        "judge": judge.label,
        "cases": len(cases),
        "tested": tested,
        "agreed": agreed,
        "agreement": round(agreed / tested, 4) if tested else None,
        "organisations": [row.figures for row, _ in runs],
        "over_time": over_time,
    }


def _earlier(db: Any, organisation_id: str) -> list[Replay]:
    query = select(Replay).where(Replay.organisation_id == organisation_id).order_by(col(Replay.created_at))
    return list(db.exec(query))


def _run(row: Replay) -> dict[str, Any]:
    return {"at": row.created_at.isoformat(), "judge": row.judge, "tested": row.cases, "agreed": row.agreed}
