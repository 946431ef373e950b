"""The commands: `python -m interview_platform …`.

Each command imports what it needs when it runs, so that `--help` is instant. Errors made for people end in one
line on the error stream and exit code 1.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from interview_platform.cli import accounts, answering, auditing, backing_up, copying, evaluating, models, sealing
from interview_platform.errors import PlatformError
from interview_platform.settings import PROJECT, settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="AI video interviews that a person decides on. Settings: .env.example and docs/operations.md.",
)
app.add_typer(models.app, name="models")
app.add_typer(evaluating.app, name="evaluate")
answering.join(evaluating.app)
app.command("reset-link")(accounts.reset_link)
app.command("organisations")(accounts.organisations)
auditing.join(app)
backing_up.join(app)
copying.join(app)
sealing.join(app)


def main() -> None:
    """Run the command line; expected failures are told in one line."""
    try:
        app()
    except PlatformError as error:
        typer.echo(f"Error: {error}", err=True)
        sys.exit(1)


@app.command()
def serve() -> None:
    """Serve everything on one port until Ctrl-C; prints where to sign in once it answers."""
    from interview_platform.cli import serving

    serving.serve()


@app.command()
def prepare() -> None:
    """Everything before serving, in one go: models pull, migrate, seed."""
    models.pull()
    migrate()
    seed()


@app.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from alembic.config import Config

    from alembic import command

    settings().data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    command.upgrade(Config(str(PROJECT / "alembic.ini")), "head")
    _overwrite_old()
    typer.echo("database: at the newest schema")


def _overwrite_old() -> None:
    from interview_platform.models import make_engine
    from interview_platform.workflows import scrubbing

    engine = make_engine(settings().database)
    scrubbing.overwrite_old(engine)
    engine.dispose()


@app.command()
def seed() -> None:
    """Fill an empty database with the demo organisation (not when DEMO=false)."""
    from interview_platform.cli import demo

    demo.fill()


@app.command("setup-check")
def setup_check() -> None:
    """What is on, what is off and why; exit code 1 when the product cannot run."""
    from interview_platform.cli.serving import FRONT_END
    from interview_platform.wiring import platform

    needed = [row for row in models.store().listing() if not row.weight.optional]
    problems = [f"{row.weight.name} is {row.state}. {models.way_out(row)}" for row in needed if not row.here]
    if not FRONT_END.is_file():
        problems.append("The pages are not built. Run: make setup")
    for problem in problems:
        typer.echo(f"Error: {problem}", err=True)
    if problems:
        raise typer.Exit(1)
    for feature in platform().features:
        typer.echo(f"{'on ' if feature.on else 'off'}  {feature.name}: {feature.why}")
    typer.echo("ready: python -m interview_platform serve")


@app.command()
def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be deleted.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Delete candidates whose time is over, and go on with deletions that wait (docs/privacy.md)."""
    from interview_platform.cli import purging

    purging.purge(dry_run, as_json)


@app.command()
def parse(
    files: Annotated[list[Path], typer.Argument(help="Résumés (PDF, DOCX, ODT, RTF, text) or folders of them.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one line per file.")] = False,
) -> None:
    """Read résumés as an upload would and print what was found; exit code 1 when one could not be read."""
    from interview_platform.cli import parsing

    if not parsing.parse(files, as_json):
        raise typer.Exit(1)


@app.command()
def rank(
    jobs: Annotated[Path, typer.Option(help="Jobs, one JSON object a line: id, text or title and description.")],
    resumes: Annotated[Path, typer.Option(help="Résumés: lines of id and text, or a folder of files.")],
    out: Annotated[Path, typer.Option(help="Where the ranked lists go, one JSON object a line.")],
    second_look: Annotated[
        bool, typer.Option("--second-look", help="Let the language model order each list's first twenty.")
    ] = False,
) -> None:
    """Rank résumés for jobs: job_id, candidate_id, rank, score, reasons."""
    from interview_platform.cli import ranking

    ranking.rank(jobs, resumes, out, second_look)


@app.command("audit-bias")
def audit_bias(
    file: Annotated[Path, typer.Argument(help="CSV: sex, race_ethnicity, selected and/or score; stage, question.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    keep_small: Annotated[bool, typer.Option("--keep-small", help="Ratios also for categories under 2%.")] = False,
    min_cell: Annotated[int, typer.Option(help="Hide categories of fewer people than this.")] = 1,
) -> None:
    """Selection and scoring rates and impact ratios of your own data, as Local Law 144 counts them."""
    from interview_platform.cli import auditing_bias

    auditing_bias.audit(file, as_json, keep_small, min_cell)


@app.command()
def rehearse(
    scenario: Annotated[str, typer.Argument(help="A scenario's name in tests/scenarios/, or a file.")],
    json_out: Annotated[Path | None, typer.Option("--json", help="Write the measures here.")] = None,
    answers: Annotated[Path | None, typer.Option(help="A folder of WAV files, spoken in order.")] = None,
    camera: Annotated[Path | None, typer.Option(help="A picture or video that the camera shows.")] = None,
    url: Annotated[str, typer.Option(help="The running server; empty: the one of the settings.")] = "",
) -> None:
    """Hold one interview against the running server, as a candidate in a real browser with a real voice."""
    from interview_platform.evaluation import rehearse as rehearsal

    run: Callable[..., Any] = rehearsal.main
    code = run(scenario=scenario, json_out=json_out, answers=answers, camera=camera, url=url or settings().address)
    if code:
        raise typer.Exit(int(code))
