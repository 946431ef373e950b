"""Somebody whose every word is a marker, in every table there is: what a deletion must not leave a byte of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Engine, Table, insert, select
from sqlmodel import Session, SQLModel

from interview_platform.models import new_id, now
from interview_platform.services import erasure_reach

MARK = "zq7xkvplant"


def tables() -> list[Table]:
    """Every table that can hold something of a candidate, parents first: found by the keys, never by a list."""
    found, waiting = {"candidate"}, ["candidate"]
    while waiting:
        new = {child.name for child, _ in erasure_reach._children(waiting.pop())} - found
        found |= new
        waiting += new
    return [table for table in SQLModel.metadata.sorted_tables if table.name in found]


def plant(db: Session, organisation_id: str, job_id: str, user_id: str, mark: str = MARK) -> dict[str, str]:
    """One row in each of these tables, every text and JSON of it the marker; ids by table."""
    given = {"organisation": organisation_id, "job": job_id, "user_account": user_id}
    made: dict[str, str] = {}
    for table in tables():
        row = {column.name: _value(column, {**given, **made}, mark, table.name) for column in table.columns}
        db.execute(insert(table).values(row))
        made[table.name] = str(row.get("id", ""))
    return made


def _value(column: Any, ids: dict[str, str], mark: str, table: str) -> object:
    if column.foreign_keys:
        named = next(iter(column.foreign_keys)).column.table.name
        return ids.get(named) if named != table else None
    if column.name == "id" and column.primary_key:
        return new_id()
    if column.name in ("merged_into",):
        return None
    return _filled(column, mark)


def _filled(column: Any, mark: str) -> object:
    held = getattr(column.type, "impl", column.type)
    if isinstance(held, JSON):
        return {"said": mark, "more": [mark]}
    kind = held.python_type
    if kind in (bool, int, float):
        return kind(1)
    if kind is str:
        if column.name == "blob_key":
            return f"planted/{column.table.name}/{mark}.pdf"
        return mark[: column.type.length or 200]
    return now() - timedelta(days=1)


def in_tables(engine: Engine, mark: str = MARK) -> list[str]:
    """Every table with the marker in any column of any row."""
    with engine.connect() as connection:
        return [
            table.name
            for table in SQLModel.metadata.sorted_tables
            if any(mark in repr(tuple(row)) for row in connection.execute(select(table)))
        ]


def in_files(folder: Path, mark: str = MARK) -> list[str]:
    """Every file below the folder with the marker in its bytes or its name."""
    return sorted(_with_mark(folder, mark.encode(), mark))


def _with_mark(folder: Path, raw: bytes, mark: str) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and (mark in str(path.relative_to(folder)) or raw in path.read_bytes()):
            yield str(path.relative_to(folder))
