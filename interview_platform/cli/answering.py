"""`evaluate answers`, `transcripts`, `stability` and `faithfulness`: how good, how steady and how true the judge is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from interview_platform.errors import BadInput

JUDGES = ("offline", "llm")
Judge = Annotated[str, typer.Option(help="offline, or llm: the language model of the settings.")]


def join(app: typer.Typer) -> None:
    """Add the commands to `evaluate`."""
    for command in (answers, transcripts, stability, faithfulness):
        app.command(command.__name__)(command)


def answers(
    file: Annotated[Path, typer.Argument(help="JSON lines: id qid question reference|references answer score label.")],
    judge: Judge = "offline",
    out: Annotated[Path | None, typer.Option(help="Write each answer's id and grade (0..1) here.")] = None,
) -> None:
    """Agreement of the judge's grades with people's, beside MiniLM's cosine and TF-IDF."""
    from interview_platform.evaluation import answers as measuring

    lines = measuring.read(file)
    embeddings = _embeddings()
    grades = measuring.graded(lines, measuring.grades_by(_judge(judge, embeddings)), _say)
    if out is not None:
        rows = [json.dumps({"id": line.id, "score": grade}) for line, grade in zip(lines, grades, strict=True)]
        out.write_text("\n".join(rows) + "\n", encoding="utf-8")
    _print(measuring.measure(lines, grades, embeddings))


def transcripts(
    file: Annotated[Path, typer.Argument(help="JSON lines: id, turns ([{role, text}]), overall where rated.")],
    job: Annotated[str, typer.Option(help="A role family, a job title, or a file with the job.")],
    judge: Judge = "offline",
) -> None:
    """Interviews held by others: levels per competency, coverage, agreement with ratings where they are given."""
    from interview_platform.evaluation import transcripts as measuring

    embeddings = _embeddings()
    given, held = measuring.read(file), measuring.rubric_of(job)
    _print(measuring.measure(given, held, _judge(judge, embeddings), embeddings, _say))


def stability(
    file: Annotated[Path | None, typer.Argument(help="Interviews as for `transcripts`; none: built-in ones.")] = None,
    job: Annotated[str, typer.Option(help="With FILE: the job.")] = "general",
    judge: Judge = "offline",
    repeats: Annotated[int, typer.Option(help="How often each interview is scored.")] = 100,
) -> None:
    """Score the same interviews many times and print the range of every level; exit code 1 above the goal."""
    from interview_platform.evaluation import sample_answers
    from interview_platform.evaluation import stability as measuring
    from interview_platform.evaluation import transcripts as reading

    embeddings = _embeddings()
    given = [(job, one) for one in reading.read(file)] if file else list(sample_answers.interviews())
    report = measuring.measure(given, lambda: _judge(judge, embeddings), embeddings, repeats, _say)
    _print(report)
    goal = ("widest_range", measuring.OFFLINE_RANGE) if judge == "offline" else ("median_range", 0.25)
    if report[goal[0]] > goal[1]:
        raise typer.Exit(1)


def faithfulness(
    file: Annotated[Path | None, typer.Argument(help="Marked answers (YAML); none: benchmarks/full_answers.")] = None,
    judge: Judge = "offline",
) -> None:
    """Shares of shown points whose quote is word for word, and whose answer shows them to people; 1 below a goal."""
    from interview_platform.evaluation import faithfulness as measuring
    from interview_platform.settings import PROJECT

    marked = measuring.read(file or PROJECT / "benchmarks" / "full_answers.yaml")
    report = measuring.measure(marked, _judge(judge, _embeddings()))
    _print(report)
    if not report["as_wanted"]:
        raise typer.Exit(1)


def _judge(name: str, embeddings: Any) -> Any:
    """The judge of that name. Raises BadInput for another, or where no language model is set up."""
    if name not in JUDGES:
        raise BadInput(f"There is no judge “{name}”. Choose one of: {', '.join(JUDGES)}.")
    if name == "offline":
        from interview_platform.services.scoring.offline_judge import OfflineJudge

        return OfflineJudge(embeddings)
    from interview_platform.wiring import platform

    made = platform().judge
    if made.name == "offline":
        raise BadInput("No language model may judge by these settings, so nothing was measured. See .env.example.")
    return made


def _embeddings() -> Any:
    from interview_platform.cli.ranking import embeddings

    return embeddings()


def _print(report: dict[str, Any]) -> None:
    typer.echo(json.dumps(report, ensure_ascii=False, indent=2))


def _say(line: str) -> None:
    typer.echo(line, err=True)
