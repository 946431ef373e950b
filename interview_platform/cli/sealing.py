"""`encrypt-files`: what was stored before files were encrypted, or with an older key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from interview_platform.cli import auditing
from interview_platform.errors import BadInput, NotFound, ServiceUnavailable

if TYPE_CHECKING:
    from interview_platform.wiring import Platform


def join(app: typer.Typer) -> None:
    """Add the command."""
    app.command("encrypt-files")(encrypt_files)


def encrypt_files() -> None:
    """Encrypt stored files that are not, or not with the newest FILES_KEY. Stop the product first; exit code 1 names
    those that could not be opened."""
    from interview_platform.adapters.sealed_files import SealedFiles
    from interview_platform.wiring import platform

    held = platform()
    if not isinstance(held.blobs, SealedFiles) or not held.settings.encrypt_files:
        raise BadInput("Set ENCRYPT_FILES=true first (docs/operations.md). Nothing was changed.")
    _stopped(held)
    keys, done, left = list(held.blobs.keys()), 0, 0
    with auditing.progress(True, "encrypt") as step:
        for number, key in enumerate(keys, 1):
            try:
                done += held.blobs.seal_again(key)
            except (NotFound, BadInput, ServiceUnavailable) as error:
                left += 1
                typer.echo(f"Warning: {key} was left as it is. {error}", err=True)
            step("files", number, len(keys))
    typer.echo(f"files: {done} encrypted, {len(keys) - done - left} were already")
    if left:
        raise typer.Exit(1)


def _stopped(held: Platform) -> None:
    """A file that is deleted while it is encrypted would come back; on Postgres nobody can ask."""
    from interview_platform.services import backup_staging

    if held.engine.dialect.name == "sqlite":
        held.engine.dispose()
        backup_staging.unused(Path(held.engine.url.database or ""))
