"""Brings a backup back: checked byte by byte, filled in beside what is there, its chain verified, then put in place.

A backup of another database or an older version is welcome: its rows are loaded into the schema they were written
with, and the migrations bring it forward.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import Session

from interview_platform.errors import BadInput
from interview_platform.models import make_engine
from interview_platform.ports import Blobs
from interview_platform.services import audit_chain, audit_check, backup_rows, backup_staging
from interview_platform.services.backup_archive import Manifest, Reader, Step, reading

Migrate = Callable[[str, str], None]
"""`migrate(url, revision)` brings the database at `url` to a revision ("head": the newest)."""


@dataclass(frozen=True)
class Target:
    """Where a backup goes. `files`: where small files of DATA_DIR go, by name."""

    url: str
    blobs: Blobs
    secret: bytes
    migrate: Migrate
    files: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Choices:
    """What somebody said yes to: overwriting, another secret than the backup's, a chain that is broken."""

    overwrite: bool = False
    other_key: bool = False
    broken_chain: bool = False


def restore(
    path: Path, target: Target, chosen: Choices, step: Step = lambda *_: None
) -> tuple[Manifest, list[audit_check.Verdict]]:
    """Put the backup in place, whole or not at all; what was in it, and how its audit chains stand.

    Raises BadInput for a damaged backup, a database in use, another secret, or a broken chain, each unless chosen.
    """
    with reading(path, step) as archive:
        known = _ask_key(archive, target.secret, chosen)
        if not chosen.overwrite and backup_staging.is_used(target.url):
            raise BadInput(
                "The database there holds an organisation already. Nothing was changed; --force overwrites it."
            )
        with backup_staging.staged(target.url) as staged:
            target.migrate(staged.url, archive.manifest.schema)
            _load(staged.url, archive, step)
            target.migrate(staged.url, "head")
            chains = chains_at(staged.url, target.secret, archive.manifest.ends)
            _ask_chains(chains, known, chosen)
            before = _files_named(target.url) if chosen.overwrite else set()
            _blobs(archive, target.blobs, step)
            staged.take_place()
        for key in before - set(archive.manifest.blobs):
            target.blobs.delete(key)  # of what was overwritten, nothing stays
        for name in set(archive.names("files")) & set(target.files):
            _file(archive, name, target.files[name])
        return archive.manifest, chains


def _ask_key(archive: Reader, secret: bytes, chosen: Choices) -> bool:
    known = archive.is_of(secret)
    if not known and not chosen.other_key:
        raise BadInput(
            "This backup was made with another secret key. Put that key back first (SECRET_KEY, or secret.key in "
            "DATA_DIR): without it links in mails and open sessions end, and nobody can tell whether the audit log or "
            "the backup itself was changed. Nothing was changed; --other-key restores it nevertheless."
        )
    return known


def _ask_chains(chains: list[audit_check.Verdict], known: bool, chosen: Choices) -> None:
    broken = next((chain.broken for chain in chains if chain.broken), None)
    if broken and known and not chosen.broken_chain:
        raise BadInput(
            f"The audit log in this backup is not as it was written. {broken.words} Nothing was changed; "
            "--broken-chain restores it nevertheless."
        )


def _load(url: str, archive: Reader, step: Step) -> None:
    engine = make_engine(url)
    total, done = sum(archive.manifest.rows.values()), 0
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
                connection.commit()
            held = {table.name: table for table in backup_rows.tables(connection)}
            _same_tables(set(held), set(archive.manifest.rows))
            for name, table in held.items():
                with archive.open(f"tables/{name}.jsonl") as content:
                    loaded = backup_rows.load(connection, table, content)
                if loaded != archive.manifest.rows[name]:
                    raise BadInput(f"“{name}” has {loaded} rows in this backup, not {archive.manifest.rows[name]}.")
                done += loaded
                step("rows", done, total)
            _check_links(connection)
            connection.commit()
    finally:
        engine.dispose()


def _same_tables(here: set[str], there: set[str]) -> None:
    if odd := sorted(here ^ there):
        raise BadInput(
            f"This backup and this version do not have the same tables: {', '.join(odd)}. Nothing was changed."
        )


def _check_links(connection: Connection) -> None:
    """SQLite took rows in any order; whether each refers to one that exists is asked at the end."""
    if connection.dialect.name == "sqlite":
        odd = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if odd:
            raise BadInput(f"A row of “{odd[0]}” in this backup refers to one that is not in it. Nothing was changed.")


def chains_at(url: str, secret: bytes, ends: Sequence[Mapping[str, Any]]) -> list[audit_check.Verdict]:
    """How the audit chains in the database at `url` stand, which were to end as `ends` says."""
    engine = make_engine(url)
    audit_chain.hold_key(engine, secret)
    try:
        with Session(engine) as db:
            return audit_check.verify_all(db, ends=ends)
    finally:
        engine.dispose()


def _files_named(url: str) -> set[str]:
    """Keys that rows of the overwritten database name."""
    if not backup_staging.is_used(url):
        return set()
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            held = [table for table in backup_rows.tables(connection) if "blob_key" in table.columns]
            return {str(key) for table in held for key in connection.execute(select(table.c.blob_key)).scalars() if key}
    finally:
        engine.dispose()


def _blobs(archive: Reader, blobs: Blobs, step: Step) -> None:
    kinds = archive.manifest.blobs
    for number, (key, media_type) in enumerate(kinds.items(), 1):
        with archive.open(f"blobs/{key}") as content:
            try:
                blobs.put(key, content.read(), media_type)
            except ValueError as error:
                raise BadInput(f"“{key}” is no place for a stored file. The database was not changed.") from error
        step("files", number, len(kinds))


def _file(archive: Reader, name: str, to: Path) -> None:
    to.touch(mode=0o600)
    with archive.open(f"files/{name}") as content:
        to.write_bytes(content.read())
