"""Rows of any database as lines of JSON, and back into any other: what is in a backup's `tables/`.

Tables are read as the database has them, not as the code's models are, so that a backup of an older schema can be
loaded into that schema and then be brought forward by the migrations.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, MetaData, Table, func, insert, inspect, select, text
from sqlalchemy.schema import sort_tables_and_constraints

from interview_platform.errors import BadInput

REVISIONS = "alembic_version"
_AT_ONCE = 500


def revision(connection: Connection) -> str:
    """The schema's version. Raises BadInput where the database was never set up."""
    if not inspect(connection).has_table(REVISIONS):
        raise BadInput("This database is empty: there is nothing to back up. Run: python -m interview_platform prepare")
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def tables(connection: Connection) -> list[Table]:
    """Every table but the schema's version, those that others refer to first."""
    held = MetaData()
    held.reflect(connection)
    ordered = sort_tables_and_constraints(held.tables.values())  # type: ignore[no-untyped-call]
    return [table for table, _ in ordered if table is not None and table.name != REVISIONS]


def count(connection: Connection, table: Table) -> int:
    """How many rows."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """One JSON object a row, in the order of the key."""
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_AT_ONCE)
    for row in connection.execute(query).mappings():
        values = {name: _out(value) for name, value in row.items()}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def load(connection: Connection, table: Table, content: Iterable[bytes]) -> int:
    """Insert what `lines` gave; how many rows. Raises BadInput for a line that does not fit the table."""
    aware = connection.dialect.name != "sqlite"
    times = {column.name for column in table.columns if isinstance(column.type, DateTime)}
    some, done = [], 0
    for line in content:
        some.append(_in(table, line, times, aware))
        if len(some) == _AT_ONCE:
            connection.execute(insert(table), some)
            done, some = done + len(some), []
    if some:
        connection.execute(insert(table), some)
    return done + len(some)


def _out(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(value, bytes | memoryview):
        return {"$bytes": base64.b64encode(bytes(value)).decode()}
    return value


def _in(table: Table, line: bytes, times: set[str], aware: bool) -> dict[str, Any]:
    try:
        row = json.loads(line)
        unknown = set(row) - set(table.columns.keys())
        for name in times & set(row):
            if row[name] is not None:
                moment = datetime.fromisoformat(row[name])
                row[name] = moment if aware else moment.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, TypeError, AttributeError) as error:
        raise BadInput(f"A row of “{table.name}” in this backup cannot be read. Nothing was changed.") from error
    if unknown:
        raise BadInput(f"This backup has columns of “{table.name}” that the database has not: {', '.join(unknown)}.")
    return {name: _bytes(value) for name, value in row.items()}


def _bytes(value: Any) -> Any:
    held = isinstance(value, dict) and set(value) == {"$bytes"}
    return base64.b64decode(value["$bytes"]) if held else value
