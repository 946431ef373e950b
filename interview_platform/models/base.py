"""What every table shares: ids, times in UTC, JSON columns, and the engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, DateTime, Engine, create_engine, event
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, Session

Json = Any
"""Content of a JSON column; each field says its shape."""


_MAPPED_BYTES = 1 << 28  # SQLite reads this much of its file without copying; a page of a large pool is twice as fast


def new_id() -> str:
    """32 random hex digits: ids do not count, and cannot be guessed."""
    return uuid4().hex


def now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in, aware UTC out, also on SQLite, which keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone: it would mean another moment on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite returns naive times: they are UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def id_field() -> Any:
    """Primary key."""
    return Field(default_factory=new_id, primary_key=True, max_length=32)


def ref_field(table: str, nullable: bool = False, index: bool = True, ondelete: Any = "CASCADE") -> Any:
    """Foreign key to `table`; rows go with what they belong to."""
    default: Any = None if nullable else ...
    return Field(default, foreign_key=f"{table}.id", index=index, nullable=nullable, ondelete=ondelete, max_length=32)


def time_field(nullable: bool = False) -> Any:
    """A time; set to now unless nullable."""
    if nullable:
        return Field(default=None, sa_type=UtcDateTime, nullable=True)
    return Field(default_factory=now, sa_type=UtcDateTime, nullable=False)


def json_field(default: Any = list) -> Any:
    """A JSON column; assign a new value to change it, mutation in place is not seen."""
    return Field(default_factory=default, sa_type=JSON, nullable=False)


def make_engine(url: str) -> Engine:
    """Engine with what each database needs: SQLite gets WAL, foreign keys and a busy time-out."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)  # values would stand in error messages
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"check_same_thread": False}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        for pragma in (
            "journal_mode=WAL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "synchronous=NORMAL",
            "secure_delete=ON",  # what is deleted is overwritten, so that no byte of it stays in the file
            f"mmap_size={_MAPPED_BYTES}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


@contextmanager
def session(engine: Engine) -> Iterator[Session]:
    """One unit of work: committed at the end, rolled back on an error. Rows stay readable after it."""
    with Session(engine, expire_on_commit=False) as db:
        yield db
        db.commit()
