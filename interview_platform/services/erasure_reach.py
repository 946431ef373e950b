"""Which rows hold something of a person: found by the foreign keys of every table there is, so that none is forgotten.

A row belongs to a person when it cannot be without a row of theirs (a foreign key with ON DELETE CASCADE); a table
that is added tomorrow is reached the same way. What a key does not say stands in SOFT.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Table, delete, select
from sqlmodel import Session, SQLModel

Rows = dict[str, set[str]]
"""Ids by table."""

SOFT = (("candidate", "merged_into", "candidate"),)
"""(table, column, table it names): links without a foreign key."""
_AT_ONCE = 500


def reach(db: Session, roots: Mapping[str, Iterable[str]]) -> Rows:
    """Everything that goes with these rows, themselves included where they exist."""
    found: Rows = {}
    waiting = [(table, _existing(db, table, ids)) for table, ids in roots.items()]
    while waiting:
        table, ids = waiting.pop()
        new = ids - found.setdefault(table, set())
        found[table] |= new
        if new:
            waiting += [(child.name, _pointing(db, child, column, new)) for child, column in _children(table)]
    return {table: ids for table, ids in found.items() if ids}


def remove(db: Session, rows: Mapping[str, Iterable[str]]) -> None:
    """Delete these rows, those that point at others first."""
    for table in reversed(SQLModel.metadata.sorted_tables):
        for some in _portions(rows.get(table.name, ())):
            db.execute(delete(table).where(_key(table).in_(some)))


def read(db: Session, rows: Mapping[str, Iterable[str]], table: str) -> list[dict[str, Any]]:
    """The rows of one table, whole, oldest id first."""
    held = SQLModel.metadata.tables[table]
    found: list[dict[str, Any]] = []
    for some in _portions(rows.get(table, ())):
        found += [dict(row._mapping) for row in db.execute(select(held).where(_key(held).in_(some)))]
    return sorted(found, key=lambda row: str(row[_key(held).name]))


def column(db: Session, rows: Mapping[str, Iterable[str]], table: str, name: str) -> list[Any]:
    """One column of the rows of one table."""
    return [row[name] for row in read(db, rows, table)]


def _children(parent: str) -> Iterator[tuple[Table, Column[Any]]]:
    for table in SQLModel.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name == parent and (key.ondelete or "").upper() == "CASCADE":
                yield table, key.parent
    for child, name, named in SOFT:
        if named == parent:
            held = SQLModel.metadata.tables[child]
            yield held, held.c[name]


def _pointing(db: Session, table: Table, by: Column[Any], ids: set[str]) -> set[str]:
    found: set[str] = set()
    for some in _portions(ids):
        found |= set(db.execute(select(_key(table)).where(by.in_(some))).scalars())
    return found


def _existing(db: Session, table: str, ids: Iterable[str]) -> set[str]:
    held = SQLModel.metadata.tables[table]
    found: set[str] = set()
    for some in _portions(ids):
        found |= set(db.execute(select(_key(held)).where(_key(held).in_(some))).scalars())
    return found


def _key(table: Table) -> Column[Any]:
    """What a row is known by; without an id of its own, by the row it belongs to."""
    keys = list(table.primary_key.columns)
    if len(keys) == 1:
        return keys[0]
    return next(key.parent for key in table.foreign_keys if not key.parent.primary_key)


def _portions(ids: Iterable[str]) -> Iterator[list[str]]:
    held = sorted(ids)
    for first in range(0, len(held), _AT_ONCE):
        yield held[first : first + _AT_ONCE]
