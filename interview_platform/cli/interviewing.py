"""`evaluate interviewer`: whole interviews with invented candidates, measured and, if wanted, printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from interview_platform.errors import BadInput

ENGINES = ("offline", "llm")


def run(engine: str, folder: Path | None, out: Path | None, show: bool) -> bool:
    """Print the figures and write them; whether every goal was reached. Raises BadInput, ModelMissing."""
    from interview_platform.cli.ranking import embeddings
    from interview_platform.evaluation import interviewer as measuring

    if engine not in ENGINES:
        raise BadInput(f"There is no interviewer “{engine}”. Choose one of: {', '.join(ENGINES)}.")
    held = embeddings()
    report = measuring.measure(
        measuring.load(folder), _interviewer(engine, held), held, _sources(held), _say, typer.echo if show else None
    )
    if out is not None:
        out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    short = {name: report[name] for name in ("summary", "goals", "as_wanted", "decisions", "open_by")}
    typer.echo(json.dumps(short, ensure_ascii=False, indent=2))
    for row in report["interviews"]:
        for name in ("re_asked", "closed_targets", "guard_violations", "custom_changed", "over_limits"):
            for told in row[name]:
                _say(f"{row['persona']}: {name}: {told}")
    return bool(report["as_wanted"])


def _interviewer(engine: str, held: Any) -> Any:
    """The offline interviewer, or the language model of the settings with the offline one behind it."""
    if engine == "offline":
        from interview_platform.services.agent.offline_interviewer import OfflineInterviewer

        return OfflineInterviewer(held)
    from interview_platform.wiring import platform

    made = platform().interviewer
    if made.name == "offline":
        raise BadInput("No language model is set, so only the offline interviewer can be measured. See .env.example.")
    return made


def _sources(held: Any) -> Callable[[Any], Any]:
    from interview_platform.adapters.answer_reader import AnswerReader
    from interview_platform.services.agent.answering import Sources

    return lambda engine: Sources(engine, held, reader=AnswerReader(held))


def _say(line: str) -> None:
    typer.echo(line, err=True)
