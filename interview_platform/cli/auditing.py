"""`verify-audit`: whether the audit log is as it was written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from interview_platform.errors import BadInput

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_Old = Annotated[
    list[Path] | None, typer.Option("--old-secret", help="A file with an earlier SECRET_KEY; may be given again.")
]
_Ends = Annotated[Path | None, typer.Option("--ends", help="Chain ends kept earlier: nothing up to them may be gone.")]
_Keep = Annotated[Path | None, typer.Option("--keep", help="Write the chains' ends here, for a later --ends.")]


def join(app: typer.Typer) -> None:
    """Add the command."""
    app.command("verify-audit")(verify_audit)


def verify_audit(as_json: _Json = False, old_secret: _Old = None, ends: _Ends = None, keep: _Keep = None) -> None:
    """Check every organisation's audit chain; exit code 1 with the first broken event where one is not whole."""
    from interview_platform.services import audit_check
    from interview_platform.wiring import platform

    held = platform()
    _migrated(held.engine)
    secrets = [_read(path).strip() for path in old_secret or ()]
    known = audit_check.read_ends(_parsed(ends)) if ends else []
    with held.db() as db, progress(not as_json, "checking") as step:
        found = audit_check.verify_all(db, secrets, known, lambda done, total: step("events", done, total))
        now_ends = audit_check.ends_of(db)
    tell(found, as_json)
    if not all(verdict.whole for verdict in found):
        raise typer.Exit(1)
    if keep:
        keep.write_text(json.dumps(now_ends, indent=1), encoding="utf-8")
        typer.echo(f"ends: kept in {keep}", err=True)


def tell(found: list[Any], as_json: bool) -> None:
    """Print verdicts (services/audit_check.Verdict)."""
    if as_json:
        typer.echo(json.dumps({"whole": all(v.whole for v in found), "chains": [v.as_json() for v in found]}, indent=1))
        return
    for verdict in found:
        if verdict.broken is None:
            typer.echo(
                f"whole   {verdict.organisation_id}  {verdict.events} events, up to {verdict.digest[:16] or '-'}"
            )
            continue
        at = f" ({verdict.broken.at:%Y-%m-%d %H:%M} UTC, {verdict.broken.event_id})" if verdict.broken.at else ""
        typer.echo(f"BROKEN  {verdict.organisation_id}  whole up to event {verdict.events}. {verdict.broken.words}{at}")


class progress:
    """A bar on the error stream: `with progress(True, "checking") as step: step(what, done, total)`."""

    def __init__(self, shown: bool, label: str) -> None:
        import sys

        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

        columns = (TextColumn("{task.description:24}"), BarColumn(), TaskProgressColumn())
        quiet = not (shown and sys.stderr.isatty())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=quiet)
        self._label, self._tasks = label, dict[str, Any]()

    def __enter__(self) -> Any:
        self._bar.start()
        return self._step

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def _step(self, what: str, done: int, total: int) -> None:
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(f"{self._label}: {what}", total=total)
        self._bar.update(self._tasks[what], completed=done, total=total)


def _migrated(engine: Any) -> None:
    from sqlalchemy import inspect

    if not inspect(engine).has_table("audithead"):
        raise BadInput("This database has no audit chain yet. Run: python -m interview_platform migrate")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def _parsed(path: Path) -> Any:
    try:
        return json.loads(_read(path))
    except ValueError:
        return None
