"""The attacker of the audit log's tests: somebody who may do anything with the database, and has no secret."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from interview_platform.models import audit_guard


def unguard(engine: Engine) -> None:
    """Drop the triggers of the audit log."""
    with engine.begin() as connection:
        for statement in audit_guard.removals(engine.dialect.name):
            connection.execute(text(statement))


@contextmanager
def unguarded(engine: Engine) -> Iterator[Connection]:
    """A transaction in which the triggers of the audit log are gone; they are back after it."""
    dialect = engine.dialect.name
    with engine.begin() as connection:
        for statement in audit_guard.removals(dialect):
            connection.execute(text(statement))
        yield connection
        for statement in audit_guard.statements(dialect):
            connection.execute(text(statement))
