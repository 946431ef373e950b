"""The database's own file: that nothing of what was deleted stays in its freed places."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from interview_platform.errors import ServiceUnavailable

OVERWRITES = 1
"""`user_version` of a SQLite file whose freed places hold nothing any more."""


def scrub(engine: Engine, tables: Sequence[str]) -> None:
    """Leave no freed page of the database file behind. Raises ServiceUnavailable while somebody reads old pages.

    SQLite overwrites what is deleted (`secure_delete`); its write-ahead log still holds older pages until it is cut.
    Postgres gives freed rows back by VACUUM; its own log and backups are the operator's (docs/privacy.md).
    """
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    with connection as open_connection:
        if engine.dialect.name == "sqlite":
            busy = open_connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
            if busy:
                raise ServiceUnavailable("The database is being read; its log is cut as soon as that ends.")
            return
        for name in [name for name in tables if name in SQLModel.metadata.tables]:
            open_connection.execute(text(f'VACUUM "{name}"'))


def overwrite_old(engine: Engine) -> bool:
    """Write a SQLite file anew that was filled before what is deleted was overwritten; whether it was. Once.

    Takes as long as copying the file, and needs it alone: for `migrate`, not for a running product.
    """
    if engine.dialect.name != "sqlite":
        return False
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.execute(text("PRAGMA user_version")).scalar_one() >= OVERWRITES:
            return False
        connection.execute(text("VACUUM"))
        connection.execute(text(f"PRAGMA user_version={OVERWRITES}"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return True
