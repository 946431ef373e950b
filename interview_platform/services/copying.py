"""Copies the product's database from SQLite to Postgres: one moment of it, every row compared, whole or not at all.

Rows are loaded beside whatever the Postgres database holds, into the schema they were written with, and compared there.
Then the migrations bring them to the newest schema, the audit chains are verified, and the tables take their place in
one step. Stored files stay where they are.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, inspect, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from interview_platform.errors import BadInput
from interview_platform.models import AuditHead, make_engine, session
from interview_platform.services import audit_chain, audit_check, backup, backup_rows, backup_staging, restoring
from interview_platform.services.backup_archive import Step

_NOTHING = "Nothing was changed."


@dataclass(frozen=True)
class Way:
    """From where to where. `url` is a Postgres database's; `secret` the platform's."""

    source: Engine
    url: str
    secret: bytes
    migrate: restoring.Migrate


@dataclass(frozen=True)
class Compared:
    """A table that is the same on both sides. `digest`: the sum of its rows' SHA-256, whatever their order."""

    table: str
    rows: int
    digest: str


def copy(
    way: Way, rehearse: bool = False, broken_chain: bool = False, step: Step = lambda *_: None
) -> tuple[list[Compared], list[audit_check.Verdict]]:
    """Copy, compare and put in place (`rehearse`: leave nothing behind); each table, and how the audit chains stand.

    Raises BadInput while the product runs (not for a rehearsal), for a database that is used or cannot be reached, a
    row that differs or is refused, and a broken audit chain unless that is chosen.
    """
    _ask_place(way.url)
    folder = Path(way.source.url.database or "").parent
    with (
        _still(way.source, rehearse),
        backup.moment(way.source, folder) as (here, _),
        backup_staging.staged(way.url) as staged,
    ):
        ends = _ends(here, way.secret)
        way.migrate(staged.url, backup_rows.revision(here))
        compared = _fill(here, staged.url, step)
        way.migrate(staged.url, "head")
        chains = restoring.chains_at(staged.url, way.secret, ends)
        _ask_chains(chains, broken_chain)
        if not rehearse:
            _note(staged.url, way.secret)
            staged.take_place()
    return compared, chains


def _ask_place(url: str) -> None:
    try:
        used = backup_staging.is_used(url)
    except OperationalError as error:
        where = make_url(url).set(query={}).render_as_string(hide_password=True)
        raise BadInput(f"{where} does not answer, or refuses this user: {_why(error)}. {_NOTHING}") from error
    if used:
        raise BadInput(f"The database there holds an organisation already. Choose an empty one. {_NOTHING}")


@contextmanager
def _still(source: Engine, rehearse: bool) -> Iterator[None]:
    """Nobody writes while the copy is made: what they wrote would not be in it."""
    if rehearse:
        yield
        return
    source.dispose()
    place = Path(source.url.database or "")
    backup_staging.unused(place)
    held = sqlite3.connect(place, isolation_level=None)
    try:
        held.execute("PRAGMA journal_mode=WAL")  # as everybody who reads it now will ask for
        held.execute("BEGIN IMMEDIATE")
        yield
    finally:
        held.close()


def _ends(here: Connection, secret: bytes) -> list[dict[str, Any]]:
    """Where the audit chains end; a database from before them has none."""
    if not inspect(here).has_table(str(AuditHead.__tablename__)):
        return []
    audit_chain.hold_key(here.engine, secret)
    with Session(here) as db:
        return audit_check.ends_of(db)


def _fill(here: Connection, url: str, step: Step) -> list[Compared]:
    engine = make_engine(url)
    try:
        with engine.begin() as there:
            ours, theirs = ({table.name: table for table in backup_rows.tables(side)} for side in (here, there))
            if odd := sorted(set(ours) ^ set(theirs)):
                raise BadInput(f"The two databases do not have the same tables: {', '.join(odd)}. {_NOTHING}")
            total, done, compared = sum(backup_rows.count(here, table) for table in ours.values()), 0, []
            for name, table in theirs.items():
                compared.append(_table(here, ours[name], there, table))
                done += compared[-1].rows
                step("rows", done, total)
            return compared
    finally:
        engine.dispose()


def _table(here: Connection, ours: Table, there: Connection, theirs: Table) -> Compared:
    """Load one table, read it back, compare."""
    given, kept = _Sum(), _Sum()
    try:
        backup_rows.load(there, theirs, given.through(backup_rows.lines(here, ours)))
    except DBAPIError as error:
        raise BadInput(f"Postgres does not take a row of “{ours.name}”: {_why(error)}. {_NOTHING}") from error
    for _ in kept.through(backup_rows.lines(there, theirs)):
        continue
    if given.rows != kept.rows:
        raise BadInput(f"“{ours.name}” has {given.rows} rows here and {kept.rows} there. {_NOTHING}")
    if given.digest != kept.digest:
        raise BadInput(f"A row of “{ours.name}” is not the same there as here. {_NOTHING}")
    return Compared(ours.name, given.rows, given.digest)


class _Sum:
    """Counts and digests rows that pass through; neither the rows' order nor that of their columns matters."""

    def __init__(self) -> None:
        self.rows, self._sum = 0, 0

    def through(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            row = json.dumps(json.loads(line), sort_keys=True).encode()
            self._sum = (self._sum + int.from_bytes(hashlib.sha256(row).digest())) % 2**256
            self.rows += 1
            yield line

    @property
    def digest(self) -> str:
        return f"{self._sum:064x}"


def _ask_chains(chains: list[audit_check.Verdict], broken_chain: bool) -> None:
    broken = next((chain.broken for chain in chains if chain.broken), None)
    if broken and not broken_chain:
        raise BadInput(
            f"The audit log is not as it was written. {broken.words} {_NOTHING} --broken-chain copies it nevertheless."
        )


def _note(url: str, secret: bytes) -> None:
    engine = make_engine(url)
    audit_chain.hold_key(engine, secret)
    try:
        with session(engine) as db:
            backup.note(db, "database.copied")
    finally:
        engine.dispose()


def _why(error: DBAPIError) -> str:
    """What the database says of it, without the row's values."""
    said = getattr(getattr(error.orig, "diag", None), "message_primary", None) or str(error.orig)
    return said.strip().rstrip(".").replace("\n", " ")
