"""`backup FILE` and `restore FILE`: everything the product keeps, in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interview_platform.cli import auditing
from interview_platform.errors import BadInput, PlatformError
from interview_platform.settings import PROJECT, Settings, settings

if TYPE_CHECKING:
    from interview_platform.services.audit_check import Verdict
    from interview_platform.services.backup_archive import Manifest
    from interview_platform.wiring import Platform

LEDGER = "erased.jsonl"
"""Ids of deleted people: a restore deletes again whom an older backup brings back (workflows/erasing)."""
SMALL_FILES = ("demo-password", LEDGER)
"""Of DATA_DIR, beside the database and the stored files."""
KEY_FILE, VAULT_KEY_FILE = "secret.key", "demographics.key"


def join(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    file: Annotated[Path, typer.Argument(help="Where the backup goes: one ZIP, written whole or not at all.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE.")] = False,
    with_key: Annotated[bool, typer.Option("--with-key", help="Put the keys in, too.")] = False,
) -> None:
    """Back up database and stored files while the product runs. Vectors are left out: a restore computes them."""
    from interview_platform.services import backup as backups
    from interview_platform.wiring import platform

    if file.exists() and not force:
        raise BadInput(f"{file} exists already. Choose another name, or overwrite it with --force.")
    held = platform()
    names = (*SMALL_FILES, KEY_FILE, VAULT_KEY_FILE) if with_key else SMALL_FILES
    files = {name: held.settings.data_dir / name for name in names if (held.settings.data_dir / name).is_file()}
    if with_key and KEY_FILE not in files:
        raise BadInput("The secret key comes from SECRET_KEY and is in no file. Keep it where you keep your secrets.")
    with auditing.progress(True, "backup") as step:
        found, chains = backups.write(backups.Source(held.engine, held.blobs, held.secret, files), file, step)
    if chains:  # a database from before the audit chain cannot say it
        with held.db() as db:
            backups.note(db, "backup.made")
    _tell(found, chains, f"{file}: {file.stat().st_size / 1e6:.1f} MB")
    if not with_key:
        where = "SECRET_KEY" if held.settings.secret_key.get_secret_value() else held.settings.data_dir / KEY_FILE
        typer.echo(f"The secret key is not in it. Keep {where} apart from the backup: a restore asks for it.")
        typer.echo(f"Nor is {VAULT_KEY_FILE}, without which voluntary demographics cannot be read any more.")
    if not all(chain.whole for chain in chains):
        raise typer.Exit(1)


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    into: Annotated[
        Path | None, typer.Option("--into", help="This folder, with SQLite and local files, whatever is set.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
    other_key: Annotated[bool, typer.Option("--other-key", help="Although the secret key is another one.")] = False,
    broken_chain: Annotated[bool, typer.Option("--broken-chain", help="Although its audit log is broken.")] = False,
    vectors: Annotated[bool, typer.Option(help="Compute vectors at once, not at the first ranking.")] = True,
) -> None:
    """Bring a backup back, whole or not at all, with every checksum and the audit chain verified. Stop the product
    first."""
    from interview_platform.services import backup as backups
    from interview_platform.services import restoring
    from interview_platform.wiring import build

    chosen = _settings(into)
    _place_keys(chosen, file)
    deleted = _lines(chosen.data_dir / LEDGER)
    held = build(chosen)
    names = {name: chosen.data_dir / name for name in SMALL_FILES}
    target = restoring.Target(chosen.database, held.blobs, held.secret, migrate_to(held.secret), names)
    try:
        with auditing.progress(True, "restore") as step:
            found, chains = restoring.restore(file, target, restoring.Choices(force, other_key, broken_chain), step)
        _tell(found, chains, f"restored what was backed up at {found.created_at[:16].replace('T', ' ')} UTC")
        _clear(chosen)
        _keep(chosen.data_dir / LEDGER, deleted)
        with held.db() as db:
            backups.note(db, "backup.restored")
        if vectors:
            _vectors(held)
    finally:
        held.close()
    if not all(chain.whole for chain in chains):
        raise typer.Exit(1)


def _settings(into: Path | None) -> Settings:
    if into is None:
        return settings()
    own = {"data_dir": into.absolute(), "database_url": "", "s3_bucket": "", "redis_url": "", "chroma_host": ""}
    return settings().model_copy(update=own)


def _place_keys(chosen: Settings, file: Path) -> None:
    """Keys that travelled with the backup go to their places, where there are none yet."""
    from interview_platform.services.backup_archive import reading

    given = {KEY_FILE: chosen.secret_key, VAULT_KEY_FILE: chosen.demographics_key}
    wanted = [name for name, key in given.items() if not key.get_secret_value()]
    with reading(file) as archive:
        for name in set(wanted) & set(archive.names("files")):
            place = chosen.data_dir / name
            if place.exists():
                continue
            chosen.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.touch(mode=0o600)
            with archive.open(f"files/{name}") as content:
                place.write_bytes(content.read())


def _lines(ledger: Path) -> list[str]:
    return ledger.read_text().splitlines() if ledger.is_file() else []


def _keep(ledger: Path, deleted: list[str]) -> None:
    """Whoever was deleted since the backup stays deleted: both lists, each line once."""
    lines = list(dict.fromkeys([*_lines(ledger), *deleted]))
    if lines:
        ledger.write_text("".join(f"{line}\n" for line in lines))


def migrate_to(secret: bytes) -> Any:
    """What brings a database at a URL to a revision."""
    from alembic.config import Config

    from alembic import command

    def migrate(url: str, revision: str) -> None:
        config = Config(str(PROJECT / "alembic.ini"))
        config.attributes.update(url=url, audit_secret=secret)
        command.upgrade(config, revision)

    return migrate


def _clear(chosen: Settings) -> None:
    """What was computed from other data: it is computed anew."""
    import shutil

    for name in ("vectors", "passages"):
        shutil.rmtree(chosen.data_dir / name, ignore_errors=True)


def _vectors(held: Platform) -> None:
    from interview_platform.services import backup_vectors

    try:
        if held.settings.chroma_host:
            backup_vectors.forget(held.vectors)
        with held.db() as db, auditing.progress(True, "restore") as step:
            made = backup_vectors.rebuild(db, held.embeddings, held.vectors, lambda d, t: step("vectors", d, t))
        typer.echo(f"vectors: of {made} résumés computed")
    except PlatformError as error:
        typer.echo(f"Warning: vectors are computed at the first ranking instead. {error}", err=True)


def _tell(found: Manifest, chains: list[Verdict], first: str) -> None:
    typer.echo(first)
    typer.echo(f"database: {sum(found.rows.values())} rows in {len(found.rows)} tables, schema {found.schema}")
    typer.echo(f"files: {len(found.blobs)}")
    for key in found.missing:
        typer.echo(f"Warning: a row names the file {key}, which storage did not have.", err=True)
    auditing.tell(chains, False)
