"""The audit log's chain: every place once, whoever writes at the same time, and nothing of what is rolled back."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from interview_platform.models import AuditEvent, AuditHead, Job, Organisation, session
from interview_platform.services import access, audit, audit_chain, audit_check, correlation, jobs
from interview_platform.services.access import Actor
from tests import builders

SECRET = b"the platform's secret of these tests"


def place(engine: Engine, secret: bytes = SECRET) -> Actor:
    """An organisation's recruiter; the engine writes with this secret."""
    audit_chain.hold_key(engine, secret)
    with session(engine) as db:
        return builders.recruiter(db)[1]


def written(engine: Engine) -> list[AuditEvent]:
    with session(engine) as db:
        return list(db.exec(select(AuditEvent).order_by(col(AuditEvent.organisation_id), col(AuditEvent.sequence))))


def test_events_are_numbered_in_order_and_each_holds_the_digest_of_the_one_before(engine: Engine) -> None:
    actor = place(engine)
    for number in range(3):
        with session(engine) as db:
            audit.record(db, actor, "job.changed", f"job:{number}", fields=["title"])
    rows = written(engine)
    assert [row.sequence for row in rows] == [1, 2, 3]
    assert [row.previous for row in rows] == ["", rows[0].digest, rows[1].digest]
    with session(engine) as db:
        assert db.exec(select(AuditHead)).one().digest == rows[-1].digest
        assert audit_check.verify(db, actor.organisation_id).whole


def test_each_organisation_has_a_chain_of_its_own(engine: Engine) -> None:
    one, other = place(engine), place(engine)
    with session(engine) as db:
        for actor in (one, other, one):
            audit.record(db, actor, "job.changed", "job:x")
    assert sorted((row.organisation_id == one.organisation_id, row.sequence) for row in written(engine)) == [
        (False, 1),
        (True, 1),
        (True, 2),
    ]


def test_a_deed_that_is_rolled_back_leaves_no_event_and_no_gap(engine: Engine) -> None:
    actor = place(engine)
    with Session(engine) as db:
        audit.record(db, actor, "job.changed", "job:lost")
        assert db.exec(select(AuditEvent)).one().sequence == 1  # linked already, and still not kept
        db.rollback()
    with session(engine) as db:
        audit.record(db, actor, "job.changed", "job:kept")
    assert [(row.sequence, row.subject) for row in written(engine)] == [(1, "job:kept")]


def test_an_event_of_a_savepoint_that_is_rolled_back_is_not_written_with_the_rest(engine: Engine) -> None:
    actor = place(engine)
    with session(engine) as db:
        audit.record(db, actor, "job.changed", "job:before")
        inner = db.begin_nested()
        audit.record(db, actor, "job.changed", "job:inside")
        inner.rollback()
        audit.record(db, actor, "job.changed", "job:after")
    assert [row.subject for row in written(engine)] == ["job:before", "job:after"]


def test_a_session_closed_without_a_commit_forgets_its_events(engine: Engine) -> None:
    actor = place(engine)
    db = Session(engine)
    audit.record(db, actor, "job.changed", "job:x")
    db.close()
    db.commit()
    assert written(engine) == []


def test_the_deed_and_its_event_are_committed_together(engine: Engine) -> None:
    actor = place(engine)
    with session(engine) as db:
        job = jobs.create(db, actor, jobs.JobDraft(title="Nurse", description="Looks after people on a ward."))
        assert [row.action for row in db.exec(select(AuditEvent))] == ["job.created"]
        with session(engine) as another:
            assert another.exec(select(Job.id)).all() == []
    with session(engine) as db:
        assert db.exec(select(Job.id)).all() == [job.id]


def test_many_threads_write_one_chain_without_a_gap_a_fork_or_a_loss(engine: Engine) -> None:
    one, other = place(engine), place(engine)
    begin, failed = threading.Barrier(8), list[BaseException]()

    def work(number: int) -> None:
        begin.wait()
        try:
            for turn in range(12):
                with session(engine) as db:
                    held = db.get(Organisation, one.organisation_id)
                    assert held is not None
                    audit.record(db, one, "job.changed", f"job:{number}-{turn}")
                    held.about = f"{number}-{turn}"
                    db.add(held)
                    if turn % 3 == 0:
                        audit.record(db, other, "job.changed", f"job:{number}-{turn}")
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with session(engine) as db:
        verdicts = {one.organisation_id: 96, other.organisation_id: 32}
        for organisation_id, count in verdicts.items():
            found = audit_check.verify(db, organisation_id)
            assert (found.whole, found.events) == (True, count)
    assert len({row.subject for row in written(engine)}) == 96


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE auditevent SET action = 'job.created'",
        "DELETE FROM auditevent",
        "DELETE FROM audithead",
        "UPDATE audithead SET sequence = 0",
        "DELETE FROM organisation",
    ],
)
def test_the_database_refuses_to_change_or_delete_what_was_logged(engine: Engine, statement: str) -> None:
    actor = place(engine)
    with session(engine) as db:
        audit.record(db, actor, "job.changed", "job:x")
    with pytest.raises(DBAPIError, match="only ever added to"), engine.begin() as connection:
        connection.execute(text(statement))
    assert len(written(engine)) == 1


def test_an_event_without_a_place_in_the_chain_is_refused(engine: Engine) -> None:
    actor = place(engine)
    loose = AuditEvent(organisation_id=actor.organisation_id, actor="system", action="job.changed", subject="job:x")
    with pytest.raises(DBAPIError), session(engine) as db:
        db.add(loose)


def test_details_are_digested_as_the_database_gives_them_back(engine: Engine) -> None:
    actor = place(engine)
    with session(engine) as db:
        shares = {"coverage": 0.1 + 0.2, "names": ("Zoë", "\u2028"), "by": {1: None, "deep": [1.0, True]}}
        audit.record(db, actor, "job.changed", "job:x", **shares)
    with session(engine) as db:
        assert audit_check.verify(db, actor.organisation_id).whole


def test_what_is_done_in_one_go_shares_an_id_and_the_next_has_another(engine: Engine) -> None:
    actor = place(engine)
    with correlation.begun() as held, session(engine) as db:
        audit.record(db, actor, "job.changed", "job:1")
        with correlation.begun():
            audit.record(db, access.system(actor.organisation_id), "job.changed", "job:2")
    with correlation.begun(), session(engine) as db:
        audit.record(db, actor, "job.changed", "job:3")
    ids = [row.correlation for row in written(engine)]
    assert ids[:2] == [held, held]
    assert ids[2] not in ("", held)
    assert correlation.current() == ""
