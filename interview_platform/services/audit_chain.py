"""Gives every audit event its place in its organisation's chain, in the transaction of the deed.

Events wait beside the session and are linked as the last thing before the commit: the chain's end is locked for that
moment only, nobody waits for anything else while holding it, and what is rolled back was never linked. A query for
audit events links what waits first, so that a unit of work sees its own.

Concurrent writers: `UPDATE audit_head SET sequence = sequence + n … RETURNING` takes the row's lock (Postgres) or the
database's write lock (SQLite) and reads the newest end at once; the unique (organisation, sequence) is the net below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import ORMExecuteState, SessionTransaction
from sqlalchemy.sql import visitors
from sqlmodel import Session, col

from interview_platform.models import AuditEvent, AuditHead, new_id, now
from interview_platform.services import audit_hash, correlation

_WAITING = "audit events that wait for the commit"
_keys: WeakKeyDictionary[Engine, bytes] = WeakKeyDictionary()


def hold_key(engine: Engine, secret: bytes) -> None:
    """From now on, events written by this engine are keyed with what is derived from the platform's secret."""
    _keys[engine] = audit_hash.derived(secret)


def key_of(db: Session) -> bytes:
    """The chain's key for this session; b"" where no secret was given (tests)."""
    return _keys.get(db.get_bind().engine, b"")


def wait(db: Session, made: AuditEvent) -> None:
    """Take an event that is linked when the session is committed, and forgotten when it is rolled back."""
    if db.get_transaction() is None:
        db.begin()
    db.info.setdefault(_WAITING, []).append((db.get_nested_transaction() or db.get_transaction(), made))


def link(db: Session) -> None:
    """Give everything that waits its place now."""
    waiting = [made for _, made in db.info.pop(_WAITING, [])]
    if not waiting:
        return
    db.flush()
    alone = new_id()[: correlation.LENGTH]  # outside of anything that was begun, one transaction belongs together
    for made in waiting:
        made.correlation = made.correlation or alone
    for organisation_id in sorted({made.organisation_id for made in waiting}):
        _append(db, organisation_id, [made for made in waiting if made.organisation_id == organisation_id])


def _append(db: Session, organisation_id: str, events: Sequence[AuditEvent]) -> None:
    connection, key = db.connection(), key_of(db)
    sequence, digest = _reserve(connection, organisation_id, len(events))
    for place, made in enumerate(events, sequence + 1):
        made.sequence, made.previous, made.key_id = place, digest, audit_hash.key_id(key)
        digest = made.digest = audit_hash.event(made.model_dump(), key)
    db.add_all(events)
    db.flush()
    end = sequence + len(events)
    mark = audit_hash.head(organisation_id, end, digest, key)
    ended = update(AuditHead).where(col(AuditHead.organisation_id) == organisation_id)
    connection.execute(ended.values(digest=digest, mark=mark, at=now()))


def _reserve(connection: Connection, organisation_id: str, count: int) -> tuple[int, str]:
    """The chain's last place and digest, with `count` places taken behind it; others wait until our commit."""
    taking = (
        update(AuditHead)
        .where(col(AuditHead.organisation_id) == organisation_id)
        .values(sequence=col(AuditHead.sequence) + count)
        .returning(col(AuditHead.sequence), col(AuditHead.digest))
    )
    found = connection.execute(taking).first()
    if found is None:
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        first = {"organisation_id": organisation_id, "sequence": 0, "digest": "", "mark": "", "at": now()}
        connection.execute(insert(AuditHead).values(first).on_conflict_do_nothing())
        found = connection.execute(taking).one()
    return int(found[0]) - count, str(found[1])


@event.listens_for(Session, "before_commit")
def _before_commit(db: Session) -> None:
    link(db)


@event.listens_for(Session, "do_orm_execute")
def _before_query(state: ORMExecuteState) -> None:
    waits = state.session.info.get(_WAITING)
    if waits and state.is_select and _asks_for_events(state.statement):
        link(state.session)  # type: ignore[arg-type]


@event.listens_for(Session, "after_transaction_end")
def _forget(db: Session, transaction: SessionTransaction) -> None:
    waiting = db.info.get(_WAITING)
    if waiting:
        db.info[_WAITING] = [(owner, made) for owner, made in waiting if owner is not transaction]


def _asks_for_events(statement: Any) -> bool:
    name = AuditEvent.__tablename__
    return any(getattr(part, "name", None) == name for part in visitors.iterate(statement))
