"""`evaluate injections FILE --where …`: instructions of a file put into interviews, or into what those are made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from interview_platform.errors import BadInput

ENGINES = ("offline", "llm")


def spoken(file: Path | None, where: str, engine: str, limit: int) -> dict[str, Any]:
    """The figures of `spoken_injections.measure` for the file's instructions. Raises BadInput, ModelMissing."""
    from interview_platform.adapters.answer_reader import AnswerReader
    from interview_platform.cli.ranking import embeddings
    from interview_platform.evaluation import attack_files, spoken_injections
    from interview_platform.services.agent.answering import Sources

    if file is None:
        raise BadInput("Name the file of instructions to try, after “injections”.")
    if engine not in ENGINES:
        raise BadInput(f"There is no engine “{engine}”. Choose one of: {', '.join(ENGINES)}.")
    spoken_injections.check_place(where)
    found = attack_files.read(file)
    kept = [found[place * len(found) // limit] for place in range(limit)] if 0 < limit < len(found) else found
    held = embeddings()
    interviewer, judge = _engines(engine, held)
    return spoken_injections.measure(
        kept, where, interviewer, judge, held, lambda database: Sources(database, held, reader=AnswerReader(held)), _say
    )


def _engines(engine: str, held: Any) -> tuple[Any, Any]:
    """(interviewer, judge): the offline ones, or those of the settings."""
    if engine == "offline":
        from interview_platform.services.agent.offline_interviewer import OfflineInterviewer
        from interview_platform.services.scoring.offline_judge import OfflineJudge

        return OfflineInterviewer(held), OfflineJudge(held)
    from interview_platform.wiring import platform

    made = platform()
    if made.interviewer.name == "offline":
        raise BadInput("No language model is set, so only the offline interviewer can be tried. See .env.example.")
    return made.interviewer, made.judge


def _say(line: str) -> None:
    typer.echo(line, err=True)
