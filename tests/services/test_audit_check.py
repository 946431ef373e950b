"""Whoever changes, deletes, puts in or reorders events in the database is found, with the first event concerned."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, Engine, text
from sqlmodel import Session

from interview_platform.errors import BadInput
from interview_platform.models import AuditEvent, AuditHead, new_id, now, session
from interview_platform.services import audit, audit_chain, audit_check, audit_hash
from interview_platform.services.access import Actor
from tests import builders
from tests.tampering import unguarded

SECRET = b"the platform's secret of these tests"
EVENTS = 6


@pytest.fixture
def actor(engine: Engine) -> Actor:
    """A recruiter whose organisation's chain has EVENTS events."""
    audit_chain.hold_key(engine, SECRET)
    with session(engine) as db:
        actor = builders.recruiter(db)[1]
    for number in range(1, EVENTS + 1):
        with session(engine) as db:
            audit.record(db, actor, "job.changed", f"job:{number}", fields=["title"])
    return actor


def checked(engine: Engine, actor: Actor, secret: bytes = SECRET, **given: object) -> audit_check.Verdict:
    with session(engine) as db:
        keys = audit_check.Keys.of(audit_hash.derived(secret))
        return audit_check.verify(db, actor.organisation_id, keys, **given)  # type: ignore[arg-type]


def first(found: audit_check.Verdict) -> tuple[str, int]:
    """Kind and place of the first break."""
    assert found.broken is not None
    return found.broken.kind, found.broken.sequence


def run(connection: Connection, statement: str) -> None:
    assert connection.execute(text(statement)).rowcount >= 1


def forged(connection: Connection, sequence: int, key: bytes = b"", **changed: object) -> None:
    """Write an event's digest anew, as somebody can who knows the product's code (and, perhaps, a key)."""
    with Session(connection) as db:
        row = db.query(AuditEvent).filter_by(sequence=sequence).one()
        for name, value in {**changed, "key_id": audit_hash.key_id(key)}.items():
            setattr(row, name, value)
        row.digest = audit_hash.event(row.model_dump(), key)
        db.add(row)
        db.flush()


def end_moved(connection: Connection, sequence: int) -> None:
    with Session(connection) as db:
        last = db.query(AuditEvent).filter_by(sequence=sequence).one()
        head = db.query(AuditHead).one()
        head.sequence, head.digest = sequence, last.digest
        head.mark = audit_hash.head(head.organisation_id, sequence, last.digest, b"")
        db.add(head)
        db.flush()


def put_in(connection: Connection) -> None:
    run(connection, "UPDATE auditevent SET sequence = sequence + 100 WHERE sequence >= 3")
    run(connection, "UPDATE auditevent SET sequence = sequence - 99 WHERE sequence > 100")
    with Session(connection) as db:
        second = db.query(AuditEvent).filter_by(sequence=2).one()
        fields = {**second.model_dump(), "id": new_id(), "sequence": 3, "previous": second.digest, "key_id": ""}
        db.add(AuditEvent(**{**fields, "digest": audit_hash.event(fields, b"")}))
        db.flush()


def swapped(connection: Connection) -> None:
    for before, after in ((2, 99), (4, 2), (99, 4)):
        run(connection, f"UPDATE auditevent SET sequence = {after} WHERE sequence = {before}")


ATTACKS: dict[str, tuple[Callable[[Connection], None], int, str]] = {
    "another action": (lambda c: run(c, "UPDATE auditevent SET action = 'x.y' WHERE sequence = 3"), 3, "changed"),
    "another person": (lambda c: run(c, "UPDATE auditevent SET actor = 'system' WHERE sequence = 1"), 1, "changed"),
    "another thing": (lambda c: run(c, "UPDATE auditevent SET subject = 'job:9' WHERE sequence = 6"), 6, "changed"),
    "another reason": (lambda c: run(c, "UPDATE auditevent SET why = 'asked' WHERE sequence = 2"), 2, "changed"),
    "another detail": (lambda c: run(c, "UPDATE auditevent SET detail = '{}' WHERE sequence = 4"), 4, "changed"),
    "no JSON": (lambda c: run(c, "UPDATE auditevent SET detail = '[1, null]' WHERE sequence = 4"), 4, "changed"),
    "another time": (
        lambda c: run(c, "UPDATE auditevent SET at = '2020-01-01 00:00:00' WHERE sequence = 5"),
        5,
        "changed",
    ),
    "another go": (lambda c: run(c, "UPDATE auditevent SET correlation = 'x' WHERE sequence = 2"), 2, "changed"),
    "another id": (lambda c: run(c, "UPDATE auditevent SET id = 'x' WHERE sequence = 2"), 2, "changed"),
    "deleted within": (lambda c: run(c, "DELETE FROM auditevent WHERE sequence IN (3, 4)"), 3, "missing"),
    "the first deleted": (lambda c: run(c, "DELETE FROM auditevent WHERE sequence = 1"), 1, "missing"),
    "the last deleted": (lambda c: run(c, "DELETE FROM auditevent WHERE sequence > 4"), 5, "missing"),
    "all deleted": (lambda c: run(c, "DELETE FROM auditevent"), 1, "missing"),
    "the end deleted": (lambda c: run(c, "DELETE FROM audithead"), EVENTS + 1, "end"),
    "the end changed": (lambda c: run(c, "UPDATE audithead SET mark = digest"), EVENTS, "end"),
    "two reordered": (swapped, 2, "changed"),
    "one put in": (put_in, 3, "key"),
    "one forged without the secret": (lambda c: forged(c, 3, subject="job:9"), 3, "key"),
    "one forged under a key of one's own": (lambda c: forged(c, 3, b"mine", subject="job:9"), 3, "key"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_on_the_database_is_found_at_its_first_event(engine: Engine, actor: Actor, attack: str) -> None:
    assert checked(engine, actor).whole
    work, sequence, kind = ATTACKS[attack]
    with unguarded(engine) as connection:
        work(connection)
    found = checked(engine, actor)
    assert first(found) == (kind, sequence)
    assert found.events == sequence - 1 if kind != "end" else EVENTS


def test_the_last_events_deleted_with_the_end_made_to_fit_still_lack_the_secret(engine: Engine, actor: Actor) -> None:
    with unguarded(engine) as connection:
        run(connection, "DELETE FROM auditevent WHERE sequence > 4")
        end_moved(connection, 4)
    assert first(checked(engine, actor)) == ("end", 4)


def test_an_event_copied_in_behind_the_end_is_found(engine: Engine, actor: Actor) -> None:
    with unguarded(engine) as connection, Session(connection) as db:
        last = db.query(AuditEvent).filter_by(sequence=EVENTS).one().model_dump()
        later = {**last, "id": new_id(), "sequence": EVENTS + 1, "previous": last["digest"], "at": now()}
        db.add(AuditEvent(**later))
        db.flush()
    assert first(checked(engine, actor)) == ("inserted", EVENTS + 1)


def test_a_database_put_back_to_an_earlier_state_is_found_by_an_end_kept_outside(engine: Engine, actor: Actor) -> None:
    with session(engine) as db:
        early = db.query(AuditHead).one().model_dump()
    with session(engine) as db:
        audit.record(db, actor, "job.changed", "job:later")
    with session(engine) as db:
        kept = audit_check.ends_of(db)
    with unguarded(engine) as connection:
        run(connection, f"DELETE FROM auditevent WHERE sequence > {EVENTS}")
        with Session(connection) as db:
            head = db.query(AuditHead).one()
            head.sequence, head.digest, head.mark = early["sequence"], early["digest"], early["mark"]
            db.flush()
    assert checked(engine, actor).whole  # from inside nobody can tell
    assert first(checked(engine, actor, ends=kept)) == ("missing", EVENTS + 1)


def test_all_events_and_the_end_taken_away_are_missed_where_there_are_jobs(engine: Engine, actor: Actor) -> None:
    with session(engine) as db:
        builders.job(db, actor)
    with unguarded(engine) as connection:
        run(connection, "DELETE FROM auditevent")
        run(connection, "DELETE FROM audithead")
    with session(engine) as db:
        (found,) = audit_check.verify_all(db)
    assert first(found) == ("missing", 1)


def test_events_of_an_earlier_secret_are_checked_with_it_and_not_believed_without(engine: Engine, actor: Actor) -> None:
    audit_chain.hold_key(engine, b"a new secret")
    with session(engine) as db:
        audit.record(db, actor, "job.changed", "job:new")
    assert first(checked(engine, actor, b"a new secret")) == ("key", 1)
    with session(engine) as db:
        assert audit_check.verify_all(db, [SECRET])[0].whole


def test_progress_and_every_organisation_are_reported(engine: Engine, actor: Actor) -> None:
    seen: list[tuple[int, int]] = []
    with session(engine) as db:
        other = builders.recruiter(db)[1]
        audit.record(db, other, "job.changed", "job:x")
    with session(engine) as db:
        found = audit_check.verify_all(db, on_progress=lambda done, total: seen.append((done, total)))
    assert sorted(verdict.events for verdict in found) == [1, EVENTS]
    assert all(verdict.as_json()["whole"] for verdict in found)
    assert all(done <= total for done, total in seen)


@pytest.mark.parametrize("kept", [{}, [1], [{"organisation": "o"}], "x"])
def test_a_file_without_chain_ends_is_refused(kept: object) -> None:
    with pytest.raises(BadInput):
        audit_check.read_ends(kept)
