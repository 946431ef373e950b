"""Whether the database finds its way by indexes in the product's most used queries. Prints JSON.

    python -m benchmarks.indexes [--candidates 1000000] [--events N/10] [--database ADDRESS]

Fills an empty database with one job's applications, audit events, e-mails, webhook deliveries and sign-ins, calls the
product's own functions, and has every statement they send explained (EXPLAIN QUERY PLAN on SQLite, EXPLAIN (ANALYZE,
FORMAT JSON) on Postgres). `whole` names growing tables that a statement reads from end to end without an index,
`along` those that it goes through from end to end along one, `ms` is the time of all statements of the function, once.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, text
from sqlmodel import Session, SQLModel, select

from benchmarks.pool import BATCH, _fill
from interview_platform.models import (
    AuditEvent,
    Message,
    SignInSession,
    User,
    Webhook,
    WebhookDelivery,
    make_engine,
    new_id,
    now,
    session,
)
from interview_platform.services import (
    audit_search,
    meetings,
    notifications,
    outgoing_events,
    outgoing_queue,
    overview,
    pool,
    report_list,
    sign_ins,
    talent_list,
)
from interview_platform.services.access import Actor
from interview_platform.services.audit_search import Wanted
from interview_platform.services.list_query import ListQuery
from interview_platform.services.pool_query import ORDERS, PoolQuery

SMALL = frozenset({"organisation", "user_account", "job", "competency", "question", "webhook", "integration"})
"""Tables that hold tens or hundreds of rows however many people apply; every other one grows with them."""
GROWING = frozenset(SQLModel.metadata.tables) - SMALL
ACTIONS = ("candidate.opened", "application.decided", "report.opened", "message.sent", "interview.started")
Ask = Callable[[Session], object]


@dataclass
class Plan:
    """What one function's statements came to."""

    statements: int = 0
    whole: list[str] = field(default_factory=list)  # "table: what the database says"
    along: list[str] = field(default_factory=list)
    ms: float = 0.0


def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=1_000_000)
    parser.add_argument("--events", type=int, help="audit events, e-mails, deliveries and sign-ins, each")
    parser.add_argument("--database", default="", help="address of an empty database; else an SQLite file of its own")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(options.database or f"sqlite:///{Path(folder) / 'indexes.db'}")
        SQLModel.metadata.create_all(engine)
        events = options.candidates // 10 if options.events is None else options.events
        begun = time.perf_counter()
        actor, job_id = fill(engine, options.candidates, events)
        report: dict[str, Any] = {
            "database": engine.dialect.name,
            "candidates": options.candidates,
            "events": events,
            "filled_seconds": round(time.perf_counter() - begun, 1),
            "queries": {name: vars(plan_of(engine, ask)) for name, ask in asked(actor, job_id)},
        }
        engine.dispose()
    print(json.dumps(report, indent=2))


# --- rows --------------------------------------------------------------------------------------------------------


def fill(engine: Engine, candidates: int, events: int) -> tuple[Actor, str]:
    """One organisation with one job; whoever asks, and the job's id. The database then knows its own numbers."""
    actor, job_id = _fill(engine, candidates, 0)
    with session(engine) as db:
        user = User(
            organisation_id=actor.organisation_id,
            email="owner@example.com",
            name="Owner",
            role="owner",
            password_hash="-",
        )
        hook = Webhook(organisation_id=actor.organisation_id, url="https://example.com", secret="-")
        db.add_all([user, hook])
        db.flush()
        actor = Actor(organisation_id=actor.organisation_id, role="owner", user_id=user.id)
        user_id, hook_id = user.id, hook.id
    for first in range(0, events, BATCH):
        places = range(first, min(events, first + BATCH))
        with engine.begin() as connection:
            for table, made in (
                (AuditEvent, [_event(actor, user_id, place) for place in places]),
                (Message, [_message(actor, place) for place in places]),
                (WebhookDelivery, [_delivery(actor, hook_id, place) for place in places]),
                (SignInSession, [_sign_in(actor, user_id, place) for place in places if place < 1000]),
            ):
                if made:
                    connection.execute(SQLModel.metadata.tables[str(table.__tablename__)].insert(), made)
    if engine.dialect.name != "sqlite":  # the product's SQLite runs without: its plans follow from the schema alone
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("vacuum analyze"))
    return actor, job_id


def _event(actor: Actor, user_id: str, place: int) -> dict[str, Any]:
    action = ACTIONS[place % len(ACTIONS)]
    by, subject = f"user:{user_id}" if place % 3 else "system", f"{action.partition('.')[0]}:{new_id()}"
    row = AuditEvent(
        organisation_id=actor.organisation_id, actor=by, action=action, subject=subject, sequence=place + 1
    )
    return row.model_dump()


def _message(actor: Actor, place: int) -> dict[str, Any]:
    status = "failed" if place % 100 == 0 else "sent"
    words = {"purpose": "invite", "subject": "Your interview", "text": "Dear all", "status": status}
    to = f"person{place}@example.com"
    return Message(
        organisation_id=actor.organisation_id, dedup_key=f"invite:{place}", to_address=to, **words
    ).model_dump()


def _delivery(actor: Actor, hook_id: str, place: int) -> dict[str, Any]:
    status = "waiting" if place % 1000 == 0 else "delivered"
    key = f"{hook_id}:{place}"
    mine = {"organisation_id": actor.organisation_id, "webhook_id": hook_id}
    return WebhookDelivery(**mine, dedup_key=key, event="candidate.created", body="{}", status=status).model_dump()


def _sign_in(actor: Actor, user_id: str, place: int) -> dict[str, Any]:
    digest = sign_ins.digest_of(str(place))
    return SignInSession(
        organisation_id=actor.organisation_id, user_id=user_id, digest=digest, seen_at=now()
    ).model_dump()


# --- what is asked -----------------------------------------------------------------------------------------------


def asked(actor: Actor, job_id: str) -> Iterator[tuple[str, Ask]]:
    """Each by its name: the functions the pages and the background work call, as they call them."""
    yield from _of_the_pool(actor, job_id)
    for name, words in (("", ""), (", searched", "okafor")):
        yield f"candidates{name}", partial(talent_list.search, actor=actor, words=words)
    for name, wanted in {
        "newest": Wanted(),
        "one person's": Wanted(person=f"user:{actor.user_id}"),
        "one kind": Wanted(kind="reports"),
        "since a day": Wanted(since=now() - timedelta(days=1)),
        "searched": Wanted(words="decided"),
    }.items():
        yield f"audit log: {name}", partial(audit_search.page, actor=actor, wanted=wanted)
    page = ListQuery(size=50)
    yield "reports", partial(report_list.listing, actor=actor, query=page)
    yield "reports: how many", partial(report_list.count, actor=actor, query=page)
    yield (
        "reports: those that wait",
        partial(report_list.listing, actor=actor, query=ListQuery(status="reported", undecided=True, size=12)),
    )
    yield "interviews", partial(overview.interviews, actor=actor, query=page)
    yield "home: funnel", partial(overview.funnel, actor=actor)
    yield "home: ended a day", partial(overview.ended_per_day, actor=actor)
    yield "e-mails", partial(notifications.listing, actor=actor, query=page)
    yield "e-mails: failed", partial(notifications.listing, actor=actor, query=ListQuery(status="failed", size=12))
    yield from _in_the_background(actor, job_id)


def _of_the_pool(actor: Actor, job_id: str) -> Iterator[tuple[str, Ask]]:
    pages = {f"by {order}": PoolQuery(order=order) for order in ORDERS}
    pages |= {f"by {order}, far down": PoolQuery(order=order, first=20_000) for order in ("match", "name", "newest")}
    pages |= {
        "one stage": PoolQuery(stage="invited"),
        "searched": PoolQuery(search="okafor"),
        "one requirement": PoolQuery(requirement="Kafka"),
        "a requirement not found": PoolQuery(requirement="!Kafka"),
        "hard conditions met": PoolQuery(conditions_met=True),
        "search, stage and requirement": PoolQuery(search="hill", stage="new", requirement="Python"),
    }
    for name, query in pages.items():
        yield f"pool: {name}", partial(pool.pool, actor=actor, job_id=job_id, query=query)
    yield "pool: how many", partial(pool.size, actor=actor, job_id=job_id)


def _in_the_background(actor: Actor, job_id: str) -> Iterator[tuple[str, Ask]]:
    yield "webhooks: due", partial(outgoing_queue.due, at=now() + timedelta(minutes=1))
    yield "webhooks: taken from the log", _taken
    yield "meetings: due", partial(meetings.due, within=timedelta(days=1))
    yield "résumés to be read", partial(overview.unread, actor=actor, job_id=job_id)
    yield "sign-ins: whose", lambda db: sign_ins._row(db, sign_ins.digest_of("7"))
    yield "sign-ins: one's own", partial(sign_ins.places, actor=actor, session_id="7")


def _taken(db: Session) -> object:
    return outgoing_events.last(db, db.exec(select(Webhook.organisation_id)).one())


# --- plans -------------------------------------------------------------------------------------------------------


def plan_of(engine: Engine, ask: Ask) -> Plan:
    """Call the function, then have each of its statements explained. Nothing that it wrote stays."""
    plan = Plan()
    with Session(engine) as db:
        begun = time.perf_counter()
        with _sent(engine) as statements:
            ask(db)
        plan.ms = round(1000 * (time.perf_counter() - begun), 1)
        db.rollback()
    plan.statements = len(statements)
    for statement, values in statements:
        with engine.connect() as connection:
            explain = _sqlite if engine.dialect.name == "sqlite" else _postgres
            explain(connection, statement, values, plan)
            connection.rollback()
    return plan


@contextmanager
def _sent(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """The statements that read or change rows, as they go to the driver, with their values."""
    held: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if not many and statement.lstrip().split(None, 1)[0].upper() in {"SELECT", "WITH", "UPDATE", "DELETE"}:
            held.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield held
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _sqlite(connection: Any, statement: str, values: Any, plan: Plan) -> None:
    """`SCAN table` reads it from end to end; `SCAN table USING … INDEX` does so along an index."""
    for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values):
        words = str(row[-1]).split()
        if words[0] == "SCAN" and words[1] in GROWING:
            _note(plan.along if "INDEX" in words else plan.whole, f"{words[1]}: {row[-1]}")


def _postgres(connection: Any, statement: str, values: Any, plan: Plan) -> None:
    (found,) = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values).scalar_one()
    waiting = [found["Plan"]]
    while waiting:
        node = waiting.pop()
        waiting += node.get("Plans", [])
        table, kind = node.get("Relation Name", ""), node["Node Type"]
        if table not in GROWING:
            continue
        rows = f"{node.get('Actual Rows', 0) * node.get('Actual Loops', 1):g} rows"
        if "Seq Scan" in kind:
            _note(plan.whole, f"{table}: {kind}, {rows}")
        elif "Index" in kind and "Index Cond" not in node:
            _note(plan.along, f"{table}: {kind} {node.get('Index Name', '')}, {rows}")


def _note(kept: list[str], words: str) -> None:
    if words not in kept:
        kept.append(words)


if __name__ == "__main__":
    main()
