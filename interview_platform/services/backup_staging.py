"""A database that is filled beside the one in use and takes its place in one step: whole or not at all.

SQLite: a file beside, renamed over. Postgres: a schema of its own, whose tables change places with ours in one
transaction; whatever else lies in the database is left alone.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import OperationalError

from interview_platform.errors import BadInput
from interview_platform.models import make_engine, new_id
from interview_platform.services import backup_rows

_RUNNING = "The product is still running on this database. Stop it first. Nothing was changed."


class Staged:
    """`url` is the database to be filled; `take_place` puts it where the other one was."""

    def __init__(self, url: str, place: str) -> None:
        self.url, self._place = url, place

    def take_place(self) -> None:
        """Let it be the database from now on. Raises BadInput while somebody still uses the other one."""
        if make_url(self._place).get_backend_name() == "sqlite":
            _rename(_file(self.url), _file(self._place))
        else:
            _move(self._place, make_url(self.url).query["options"])


def is_used(url: str) -> bool:
    """Whether there is something in the database that a restore would overwrite."""
    if make_url(url).get_backend_name() == "sqlite" and not _file(url).exists():
        return False
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            held = inspect(connection)
            if not held.has_table("organisation"):
                return False
            return connection.execute(text("SELECT 1 FROM organisation LIMIT 1")).first() is not None
    finally:
        engine.dispose()


@contextmanager
def staged(url: str) -> Iterator[Staged]:
    """An empty database beside the one at `url`; gone afterwards unless it took its place."""
    if make_url(url).get_backend_name() == "sqlite":
        place = _file(url)
        unused(place)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = place.with_name(f".{place.name}.{new_id()[:8]}.restoring")
        try:
            yield Staged(f"sqlite:///{beside}", url)
        finally:
            for suffix in ("", "-wal", "-shm"):
                Path(f"{beside}{suffix}").unlink(missing_ok=True)
        return
    name = f"restoring_{new_id()[:8]}"
    engine = make_engine(url)
    try:
        _run(engine, f"CREATE SCHEMA {name}")
        yield Staged(_inside(url, name), url)
    finally:
        _run(engine, f"DROP SCHEMA IF EXISTS {name} CASCADE")
        engine.dispose()


def _file(url: str) -> Path:
    return Path(make_url(url).database or "")


def unused(place: Path) -> None:
    """Nobody else has the SQLite file open (leaving WAL needs it for oneself). Raises BadInput."""
    if not place.exists():
        return
    held = sqlite3.connect(place, timeout=1)
    try:
        held.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise BadInput(_RUNNING) from error
    finally:
        held.close()


def _rename(beside: Path, place: Path) -> None:
    held = sqlite3.connect(beside)
    held.execute("PRAGMA journal_mode=DELETE")  # everything into the one file
    held.close()
    unused(place)
    os.chmod(beside, 0o600)
    os.replace(beside, place)
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{place}{suffix}").unlink()


def _inside(url: str, schema: str) -> str:
    """The same database, seen with this schema as the only one."""
    return make_url(url).update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)


def _move(url: str, options: str | tuple[str, ...]) -> None:
    """Tables and the triggers' function change places. Two seconds are given to whoever still holds them."""
    schema = str(options).partition("search_path=")[2]
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '2s'"))
            ours, new = (inspect(connection).get_table_names(schema=name) for name in (None, schema))
            for name in set(ours) & {*new, backup_rows.REVISIONS}:
                connection.execute(text(f'DROP TABLE "{name}" CASCADE'))
            connection.execute(text("DROP FUNCTION IF EXISTS audit_refuse() CASCADE"))
            own = connection.execute(text("SELECT current_schema()")).scalar_one()
            for name in new:
                connection.execute(text(f'ALTER TABLE {schema}."{name}" SET SCHEMA "{own}"'))
            connection.execute(text(f'ALTER FUNCTION {schema}.audit_refuse() SET SCHEMA "{own}"'))
    except OperationalError as error:
        raise BadInput(_RUNNING) from error
    finally:
        engine.dispose()


def _run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))
