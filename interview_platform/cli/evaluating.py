"""`evaluate …`: how good the ranking is, whether names move it, what tricks do to it. Each prints one JSON object."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(no_args_is_help=True, help="Measure: quality of ranking, blindness to names, tricks.")

Posts = Annotated[Path, typer.Option(help="Job posts, one JSON object a line: id, occupation, text.")]
Resumes = Annotated[Path, typer.Option(help="Résumés, one JSON object a line (id, category, text), or a folder.")]
Limit = Annotated[int, typer.Option(help="Only so many résumés, evenly spread; 0: all.")]


@app.command("ranking")
def ranking(posts: Posts, resumes: Resumes, limit: Limit = 0) -> None:
    """NDCG@10, MAP and P@10 of SmartFilter beside BM25, TF-IDF, MiniLM and their fusion."""
    from interview_platform.evaluation import ranking as measuring

    read, jobs = _read(posts, resumes, limit)
    _print(measuring.measure(read, jobs, _embeddings(), _say))


@app.command("names")
def names(
    resumes: Resumes,
    posts: Annotated[Path | None, typer.Option(help="Job posts; none: a few built-in jobs.")] = None,
    names: Annotated[Path | None, typer.Option(help='More people: [{"first_name", "gender", "group"}].')] = None,
    limit: Limit = 60,
    variants: Annotated[int, typer.Option(help="People put into each résumé.")] = 12,
    schools: Annotated[bool, typer.Option(help="Swap schools' names too.")] = True,
) -> None:
    """The largest change of score and rank when names, pronouns, towns and schools are swapped; exit code 1 if any."""
    from interview_platform.evaluation import names as measuring

    read, jobs = _read(posts, resumes, limit)
    report = measuring.measure(read, jobs, _embeddings(), measuring.people(names), variants, schools)
    _print(report)
    if report["largest_score_change"] or report["largest_rank_change"]:
        raise typer.Exit(1)


@app.command("injections")
def injections(
    file: Annotated[Path | None, typer.Argument(help="With --where: instructions, one JSON object a line.")] = None,
    where: Annotated[str, typer.Option(help="answer, resume or job: into an interview. None: into résumés.")] = "",
    engine: Annotated[str, typer.Option(help="With --where: offline, or llm, the model of the settings.")] = "offline",
    resumes: Annotated[Path | None, typer.Option(help="Résumés, one JSON object a line, or a folder.")] = None,
    posts: Annotated[Path | None, typer.Option(help="Job posts; none: a few built-in jobs.")] = None,
    attacks: Annotated[Path | None, typer.Option(help='More instructions: {"name": ["sentence", …]}.')] = None,
    limit: Annotated[int | None, typer.Option(help="Only so many; 0: all (without it: 20 résumés).")] = None,
    jobs: Annotated[int, typer.Option(help="Only so many posts, evenly spread; 0: all.")] = 6,
) -> None:
    """What tricks in résumés do to their score; with --where, what instructions do to an interview. 1 if one pays."""
    from interview_platform.cli import injecting

    if where or file is not None:
        report = injecting.spoken(file, where or "answer", engine, limit or 0)
    else:
        report = _in_resumes(resumes, posts, attacks, 20 if limit is None else limit, jobs)
    _print(report)
    if not report["as_wanted"]:
        raise typer.Exit(1)


def _in_resumes(resumes: Path | None, posts: Path | None, attacks: Path | None, limit: int, jobs: int) -> Any:
    from interview_platform.cli.ranking import parser
    from interview_platform.evaluation import injections as measuring

    if resumes is None:
        raise typer.BadParameter("Say which résumés (--resumes), or give a FILE of instructions with --where.")
    read, held = _read(posts, resumes, limit)
    held = [held[place * len(held) // jobs] for place in range(jobs)] if jobs and jobs < len(held) else held
    return measuring.measure(read, held, _embeddings(), parser(), attacks)


@app.command("interviewer")
def interviewer(
    engine: Annotated[str, typer.Option(help="offline, or llm: the language model of the settings.")] = "offline",
    personas: Annotated[Path | None, typer.Option(help="A folder of invented candidates; none: the built-in.")] = None,
    json_out: Annotated[Path | None, typer.Option("--json", help="Write every figure here.")] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the interviews.")] = False,
) -> None:
    """Whole interviews with invented candidates, held in text and checked turn by turn; exit code 1 below a goal."""
    from interview_platform.cli import interviewing

    if not interviewing.run(engine, personas, json_out, show):
        raise typer.Exit(1)


@app.command("questions")
def questions(
    file: Annotated[Path, typer.Argument(help="Questions, one JSON object a line: question, answerable, source.")],
    job: Annotated[
        list[Path] | None, typer.Option(help="A job: a text, or JSON lines (id, title, description, …). Repeatable.")
    ] = None,
    company: Annotated[Path | None, typer.Option(help="A company page.")] = None,
    material: Annotated[list[Path] | None, typer.Option(help="A text of the recruiter's. Repeatable.")] = None,
) -> None:
    """Candidates' questions: answered from the right source, declined where none answers; exit code 1 below a goal."""
    from interview_platform.adapters.answer_reader import AnswerReader
    from interview_platform.evaluation import questions as measuring

    base, jobs = measuring.given(list(job or ()), company, list(material or ()))
    held = _embeddings()
    report = measuring.measure(list(measuring.read(file, base, jobs)), held, AnswerReader(held))
    _print(report)
    if not report["as_wanted"]:
        raise typer.Exit(1)


@app.command("feedback")
def feedback(
    organisation: Annotated[str, typer.Option(help="Only this organisation's cases, by its id.")] = "",
    out: Annotated[Path | None, typer.Option(help="Write the cases here, one JSON object a line.")] = None,
) -> None:
    """Every flag, other level, blind rating and correction, put to the present judge; agreement now and over time."""
    from interview_platform.evaluation import feedback as measuring
    from interview_platform.wiring import platform

    held = platform()
    _print(measuring.measure(held.engine, held.judge, organisation, out))


@app.command("turns")
def turns(
    manifest: Annotated[
        Path, typer.Argument(help="JSON lines: file, ends (seconds), prompt (a question, open, short).")
    ],
    json_out: Annotated[Path | None, typer.Option("--json", help="Write every answer's figures here.")] = None,
    fit: Annotated[
        bool, typer.Option("--fit", help="Fit the weights on the part fit instead, and print them.")
    ] = False,
    baseline: Annotated[str, typer.Option(help="Another rule on the same sounds: smart_turn, silence.")] = "",
) -> None:
    """How often candidates are cut off and how long they wait, in virtual time; exit code 1 below a goal."""
    from interview_platform.cli import turning

    if not turning.measure(manifest, json_out, fit, baseline):
        raise typer.Exit(1)


@app.command("speech")
def speech(
    manifest: Annotated[Path, typer.Argument(help="JSON lines: file, text; optional terms (words of the trade).")],
    json_out: Annotated[Path | None, typer.Option("--json", help="Write every clip's figures here.")] = None,
    snr: Annotated[
        list[float] | None, typer.Option(help="Decibels of voice over noise (20, 10, 5). Repeatable.")
    ] = None,
) -> None:
    """Words that the two recognisers get wrong, clean and in noise."""
    from interview_platform.cli.models import store
    from interview_platform.evaluation import word_errors

    snrs = (None, *snr) if snr else word_errors.SNRS
    hearing = word_errors.recognisers(store().path("moonshine-tiny-en"), store().path("whisper-base"))
    report = word_errors.measure(word_errors.read(manifest), hearing, snrs, _say)
    if json_out is not None:
        json_out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    _print(report["summary"])


@app.command("turn-set")
def turn_set(
    folder: Annotated[Path, typer.Argument(help="Where the sounds and manifest.jsonl go.")],
    clips: Annotated[Path | None, typer.Option(help="Recordings: JSON lines with file, and vad or text.")] = None,
    kokoro: Annotated[Path | None, typer.Option(help="A folder with Kokoro's ONNX file and voices/*.bin.")] = None,
    fit_voice: Annotated[list[str] | None, typer.Option(help="A program: text in, WAV to {out}. Repeatable.")] = None,
    held_voice: Annotated[list[str] | None, typer.Option(help="The same, for the part held out.")] = None,
    repeats: Annotated[int, typer.Option(help="Voices that say each script.")] = 1,
) -> None:
    """Make a labelled set of pauses and ends from recordings and local voices, for `evaluate turns`."""
    from interview_platform.cli import turning

    turning.make(folder, clips, kokoro, list(fit_voice or ()), list(held_voice or ()), repeats)


def _read(posts: Path | None, resumes: Path, limit: int) -> tuple[Any, Any]:
    from interview_platform.cli.ranking import parser
    from interview_platform.evaluation import ranking_data
    from interview_platform.settings import PROJECT

    read = ranking_data.resumes(resumes, parser(), limit, _say)
    return read, ranking_data.posts(posts or PROJECT / "rag_data" / "demo" / "posts.jsonl")


def _embeddings() -> Any:
    from interview_platform.cli.ranking import embeddings

    return embeddings()


def _print(report: dict[str, Any]) -> None:
    typer.echo(json.dumps(report, ensure_ascii=False, indent=2))


def _say(line: str) -> None:
    typer.echo(line, err=True)
