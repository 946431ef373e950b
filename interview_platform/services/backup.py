"""Writes a backup: one moment of the database, the stored files it names, and where the audit chains end.

SQLite is copied by its own online backup, so that the product goes on meanwhile; Postgres is read in one repeatable
transaction. The secret key is left out unless asked for: whoever has it with the data can forge links and the audit
log. Vectors are not stored: they are computed anew from the rows.
"""

from __future__ import annotations

import mimetypes
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlmodel
from sqlalchemy import Connection, Engine, create_engine, inspect, select, text
from sqlmodel import Session

from interview_platform.errors import NotFound
from interview_platform.models import AuditHead, Organisation, now
from interview_platform.ports import Blobs
from interview_platform.services import access, audit, audit_chain, audit_check, backup_rows, recordings
from interview_platform.services.backup_archive import Manifest, Step, Writer, key_id, writing

_PLAIN = "application/octet-stream"
_PACKED = ("video/", "image/", "audio/", "application/zip")
"""Kinds that are compressed already."""


@dataclass(frozen=True)
class Source:
    """What is backed up. `files`: small files of DATA_DIR by the name they have there."""

    engine: Engine
    blobs: Blobs
    secret: bytes
    files: Mapping[str, Path] = field(default_factory=dict)


def write(source: Source, path: Path, step: Step = lambda *_: None) -> tuple[Manifest, list[audit_check.Verdict]]:
    """Write the backup to `path`, whole or not at all; what is in it, and how its audit chains stand.

    Raises BadInput for an empty database, ServiceUnavailable when storage is away.
    """
    with writing(path) as out, moment(source.engine, path.parent) as (connection, database):
        found = Manifest(backup_rows.revision(connection), now().isoformat(), database, key_id(source.secret))
        _tables(connection, out, found, step)
        chains = _chains(connection, found, source.secret)
        _blobs(source.blobs, _wanted(connection, source.blobs), out, found, step)
        for name, file in source.files.items():
            out.add(f"files/{name}", [file.read_bytes()])
        out.end(found, source.secret)
    return found, chains


def note(db: Session, action: str) -> None:
    """Write into every organisation's audit log that a backup of it was made or restored."""
    for organisation_id in db.exec(sqlmodel.select(Organisation.id)):
        audit.record(db, access.system(organisation_id), action, f"organisation:{organisation_id}")


def _chains(connection: Connection, found: Manifest, secret: bytes) -> list[audit_check.Verdict]:
    """How the audit chains stand; a database from before them has none."""
    if not inspect(connection).has_table(str(AuditHead.__tablename__)):
        return []
    audit_chain.hold_key(connection.engine, secret)
    with Session(connection) as db:
        found.ends = audit_check.ends_of(db)
        return audit_check.verify_all(db)


@contextmanager
def moment(engine: Engine, folder: Path) -> Iterator[tuple[Connection, str]]:
    """A connection that sees one moment of the database, and the database's kind; `folder` takes a copy of SQLite."""
    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
            connection.execute(text("SET TRANSACTION READ ONLY"))
            yield connection, engine.dialect.name
        return
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder) as own:
        copy = Path(own) / "copy.db"
        _copy(engine, copy)
        copied = create_engine(f"sqlite:///{copy}")
        try:
            with copied.connect() as connection:
                yield connection, "sqlite"
        finally:
            copied.dispose()


def _copy(engine: Engine, to: Path) -> None:
    """SQLite's online backup: consistent, while others write."""
    held = engine.raw_connection()
    target = sqlite3.connect(to)
    try:
        held.driver_connection.backup(target)  # type: ignore[union-attr]
    finally:
        target.close()
        held.close()


def _tables(connection: Connection, out: Writer, found: Manifest, step: Step) -> None:
    held = backup_rows.tables(connection)
    found.rows = {table.name: backup_rows.count(connection, table) for table in held}
    total, done = sum(found.rows.values()), 0
    for table in held:
        out.add(f"tables/{table.name}.jsonl", backup_rows.lines(connection, table))
        done += found.rows[table.name]
        step("rows", done, total)


def _wanted(connection: Connection, blobs: Blobs) -> dict[str, str]:
    """Key → media type of every stored file: what rows name, and pieces of recordings that are not put together."""
    held = {table.name: table for table in backup_rows.tables(connection)}
    wanted: dict[str, str] = {}
    for table in held.values():
        if "blob_key" in table.columns:
            for row in connection.execute(select(table).where(table.c.blob_key != "")).mappings():
                wanted[str(row["blob_key"])] = _kind(table.name, row)
    interview, recording = held["interview"], held["recording"]
    whole = select(recording.c.interview_id).where(recording.c.part == 0, recording.c.blob_key != "")
    begun = select(interview.c.organisation_id, interview.c.id).where(interview.c.started_at.is_not(None))
    for organisation_id, interview_id in connection.execute(begun.where(interview.c.id.not_in(whole))):
        wanted |= dict.fromkeys(_pieces(blobs, recordings.folder_key(organisation_id, interview_id)), _PLAIN)
    return wanted


def _kind(table: str, row: Any) -> str:
    """How a file was stored: résumés as bytes of no kind, on purpose (they are never shown by a browser)."""
    if table == "recording":
        return str(row["media_type"] or _PLAIN)
    guessed = mimetypes.guess_type(str(row["blob_key"]))[0] if table == "material" else None
    return guessed or _PLAIN


def _pieces(blobs: Blobs, folder: str) -> Iterator[str]:
    """Keys of the pieces that an interview's parts were stored in so far."""
    part = 1
    while name := recordings.stored_part(blobs, folder, part):
        number, part = 0, part + 1
        while blobs.exists(key := recordings.piece_key(folder, name, number)):
            yield key
            number += 1


def _blobs(blobs: Blobs, wanted: Mapping[str, str], out: Writer, found: Manifest, step: Step) -> None:
    for number, (key, media_type) in enumerate(sorted(wanted.items()), 1):
        try:
            content = blobs.get(key)
        except NotFound:
            found.missing.append(key)
        else:
            out.add(f"blobs/{key}", [content], pack=not media_type.startswith(_PACKED))
            found.blobs[key] = media_type
        step("files", number, len(wanted))
