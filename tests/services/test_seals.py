"""A report is sealed with what it was made from: whatever is changed behind the product's back is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from interview_platform.models import (
    AuditEvent,
    Correction,
    Evidence,
    Interview,
    Override,
    Report,
    Score,
    Turn,
    session,
)
from interview_platform.services import reports, review, seals
from tests import tampering
from tests.services.scoring.material import Held, SetJudge, ended

KEY = b"the installation's secret"


@pytest.fixture
def held(engine: Engine) -> Held:
    made = ended(engine)
    reports.build(engine, made.interview.id, SetJudge(), key=KEY)
    return made


def _checked(engine: Engine, held: Held, key: bytes = KEY) -> seals.Check:
    with session(engine) as db:
        return reports.view(db, held.actor, held.interview.id, key).seal


def _one(db: Session, table: type) -> object:
    return db.exec(select(table)).first()


def _change(field: str, table: type, value: object) -> Callable[[Session], None]:
    def tamper(db: Session) -> None:
        row = _one(db, table)
        setattr(row, field, value)
        db.add(row)

    return tamper


def _remove(table: type) -> Callable[[Session], None]:
    def tamper(db: Session) -> None:
        db.delete(_one(db, table))

    return tamper


def _new_turn(db: Session) -> None:
    interview = db.exec(select(Interview)).one()
    db.add(Turn(interview_id=interview.id, position=9, speaker="candidate", kind="answer", text="I led it all."))


def _unsealed(db: Session) -> None:
    row = db.exec(select(Report)).one()
    row.seal, row.overall = {}, 1.0
    db.add(row)


def test_a_report_as_it_was_written_is_intact_for_whoever_looks(engine: Engine, held: Held) -> None:
    assert _checked(engine, held).state == seals.INTACT
    assert _checked(engine, held, b"").state == seals.INTACT
    assert _checked(engine, held).mark


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (_change("text", Turn, "Another question."), "transcript"),
        (_change("confidence", Turn, 0.99), "transcript"),
        (_new_turn, "transcript"),
        (_change("plan", Interview, []), "planned"),
        (_change("overall", Report, 1.0), "numbers"),
        (_change("strengths", Report, []), "numbers"),
        (_change("rubric", Report, {"version": "x"}), "numbers"),
        (_change("level", Score, 2), "Levels or quotes"),
        (_change("anchor", Score, "Great."), "Levels or quotes"),
        (_change("quote", Evidence, "I did it all alone"), "Levels or quotes"),
        (_remove(Evidence), "Levels or quotes"),
    ],
)
def test_whatever_is_changed_is_found_and_named(
    engine: Engine, held: Held, tamper: Callable[[Session], None], told: str
) -> None:
    with session(engine) as db:
        tamper(db)
    found = _checked(engine, held)
    assert found.state == seals.CHANGED
    assert any(told in said for said in found.findings)


def test_a_seal_taken_away_is_found(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        _unsealed(db)
    assert _checked(engine, held).state == seals.CHANGED


def test_digests_computed_anew_do_not_fit_the_mark(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        row = db.exec(select(Report)).one()
        row.overall = 1.0
        db.add(row)
        db.flush()
        row.seal = seals.make(db, row)
        db.add(row)
    assert _checked(engine, held).state == seals.CHANGED


def test_digests_computed_anew_with_the_audit_log_made_to_fit_still_lack_the_secret(engine: Engine, held: Held) -> None:
    tampering.unguard(engine)
    with session(engine) as db:
        row = db.exec(select(Report)).one()
        before = dict(row.seal)
        row.overall = 1.0
        db.add(row)
        db.flush()
        forged = {**seals.make(db, row), "key": before["key"]}
        row.seal = forged
        event = db.exec(select(AuditEvent).where(AuditEvent.action == "report.built")).one()
        event.detail = {**event.detail, "seal": forged["mark"]}
        db.add_all([row, event])
    assert _checked(engine, held).state == seals.CHANGED


def test_a_persons_level_is_no_tampering_but_changing_it_in_the_database_is(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        score = db.exec(select(Score).order_by(col(Score.position))).first()
        review.override(db, held.actor, score.id, 2, "The cause was found by a colleague.")
    assert _checked(engine, held).state == seals.INTACT
    with session(engine) as db:
        _change("level", Override, 5)(db)
    assert _checked(engine, held).state == seals.CHANGED
    with session(engine) as db:
        _remove(Override)(db)
    assert _checked(engine, held).state == seals.CHANGED


def test_a_level_put_in_past_the_product_is_found(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        score = db.exec(select(Score)).first()
        db.add(Override(score_id=score.id, level=5, reason="because"))
    assert _checked(engine, held).state == seals.CHANGED


def test_a_correction_after_the_report_says_so_until_it_is_written_again(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        review.correct(db, held.actor, held.answer.id, "I moved the report to a replica.", "Heard at 0:06.")
    later = _checked(engine, held)
    assert (later.state, "corrected after" in later.findings[0]) == (seals.OUTDATED, True)
    reports.build(engine, held.interview.id, SetJudge(), key=KEY, keep_rubric=True)
    assert _checked(engine, held).state == seals.INTACT
    with session(engine) as db:
        _change("text", Correction, "I did everything.")(db)
    assert _checked(engine, held).state == seals.CHANGED


def test_an_override_carried_to_the_next_version_is_intact(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        score = db.exec(select(Score).order_by(col(Score.position))).first()
        review.override(db, held.actor, score.id, 2, "The cause was found by a colleague.")
    reports.build(engine, held.interview.id, SetJudge(), key=KEY)
    assert _checked(engine, held).state == seals.INTACT


def test_a_report_from_before_there_were_seals_is_called_unsealed(engine: Engine) -> None:
    held = ended(engine)
    with session(engine) as db:
        db.add(Report(interview_id=held.interview.id, overall=3.0))
    assert _checked(engine, held).state == seals.UNSEALED


def test_equal_values_have_one_spelling() -> None:
    assert seals.canonical({"b": 1, "a": [1.0, None, True]}) == seals.canonical({"a": (1, None, True), "b": 1.0})
