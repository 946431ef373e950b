"""Voluntary demographics: sealed, apart, unreadable by recruiters, reached by deletion."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from interview_platform.errors import BadInput, NotAllowed, NotFound
from interview_platform.models import Candidate, Interview, Invite, session
from interview_platform.models.demographics import Demographics
from interview_platform.services import demographics, erasure_reach, fairness_report, fairness_sample, invites
from interview_platform.services.access import READERS, Actor
from interview_platform.services.demographics_vault import KEY_FILE, Sealed, Vault, vault_of
from tests import builders

VAULT = Vault(b"a key only for these tests, long enough")
ROOT = Path(__file__).resolve().parent.parent.parent


def invited(db: Session, actor: Actor, status: str = "ended", **values: object) -> invites.Invited:
    """Somebody at the end of an interview, by her own link."""
    who = builders.candidate(db, actor)
    held = builders.interview(
        db, actor, builders.application(db, actor, builders.job(db, actor), who), status=status, **values
    )
    invite = db.get_one(Invite, held.invite_id)
    return invites.open_link(db, builders.SECRET, invites.token_of(builders.SECRET, invite))


def auditor(actor: Actor, role: str = "auditor") -> Actor:
    """Somebody of the same organisation with this role."""
    return replace(actor, role=role)


def test_a_row_names_nobody_and_says_nothing_without_the_key(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        who = invited(db, actor)
        demographics.give(db, VAULT, who, "female", "black")
    with session(engine) as db:
        row = db.exec(select(Demographics)).one()
        person = db.exec(select(Candidate)).one()
        shown = repr(row.model_dump())
        for word in ("female", "black", person.id, who.application.id, who.invite.id):
            assert word not in shown
        with pytest.raises(Sealed):
            Vault(b"another key, just as long as it").open(row.id, row.sealed)
        assert VAULT.open(row.id, row.sealed) == {"sex": "female", "race": "black"}


def test_the_table_has_no_time_and_no_key_to_a_person() -> None:
    table = SQLModel.metadata.tables["demographics"]
    assert set(table.columns.keys()) == {"id", "organisation_id", "sealed"}
    assert [key.column.table.name for key in table.foreign_keys] == ["organisation"]


def test_every_answer_is_as_long_as_any_other_and_sealed_anew_each_time() -> None:
    name = VAULT.name("o", "c")
    made = [VAULT.seal(name, {"sex": sex, "race": race}) for sex, race in (("male", "two"), ("unsaid", "hispanic"))]
    assert len(made[0]) == len(made[1])
    assert VAULT.seal(name, {"sex": "male", "race": "two"}) != made[0]
    with pytest.raises(Sealed):
        VAULT.open(VAULT.name("o", "somebody else"), made[0])  # moved to another row
    assert VAULT.name("o", "c") != VAULT.name("other", "c")


def test_the_key_is_its_own_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    made = vault_of("", tmp_path)
    held = tmp_path / KEY_FILE
    assert held.stat().st_mode & 0o077 == 0
    assert vault_of("", tmp_path).name("o", "c") == made.name("o", "c")
    assert vault_of("a setting of some length", tmp_path).name("o", "c") != made.name("o", "c")
    with pytest.raises(ValueError, match="shorter"):
        Vault(b"short")


def test_an_answer_can_be_changed_read_back_by_its_giver_and_taken_back(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        who = invited(db, actor)
        assert demographics.own(db, VAULT, who) is None
        demographics.give(db, VAULT, who, "male", "asian")
        demographics.give(db, VAULT, who, demographics.UNSAID, "white")
        assert demographics.own(db, VAULT, who) == {"sex": "unsaid", "race": "white"}
        assert demographics.own(db, Vault(b"the key was changed since then"), who) is None
        assert demographics.take_back(db, VAULT, who) == 1
        assert demographics.take_back(db, VAULT, who) == 0
        assert db.exec(select(Demographics)).all() == []


@pytest.mark.parametrize("status", ["planned", "live"])
def test_nobody_is_asked_before_the_end(engine: Engine, status: str) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        with pytest.raises(NotAllowed):
            demographics.give(db, VAULT, invited(db, actor, status), "male", "asian")


def test_a_practice_of_ones_own_people_is_not_asked(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        assert not demographics.may_answer(invited(db, actor, practice=True))


@pytest.mark.parametrize(("sex", "race"), [("", "white"), ("male", ""), ("robot", "white"), ("male", "martian")])
def test_only_the_answers_that_were_offered_are_kept(engine: Engine, sex: str, race: str) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        with pytest.raises(BadInput):
            demographics.give(db, VAULT, invited(db, actor), sex, race)
        assert db.exec(select(Demographics)).all() == []


@pytest.mark.parametrize("role", sorted(READERS | {"candidate"}))
def test_only_owners_and_auditors_may_read_totals(engine: Engine, role: str) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        who = auditor(actor, role)
        readings = (
            lambda: demographics.of_applications(db, who, VAULT),
            lambda: fairness_sample.of_job(db, who, VAULT),
            lambda: fairness_sample.known_by_job(db, who, VAULT),
            lambda: fairness_report.of(db, who, VAULT),
            lambda: fairness_report.jobs(db, who, VAULT),
        )
        for reading in readings:
            if role in ("owner", "auditor"):
                reading()
            else:
                with pytest.raises(NotAllowed):
                    reading()


def test_an_auditor_of_another_organisation_sees_nothing(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        demographics.give(db, VAULT, invited(db, actor), "female", "white")
        job = builders.job(db, actor)
        _, other = builders.recruiter(db, name="Else")
        stranger = auditor(other)
        assert demographics.of_applications(db, stranger, VAULT) == {}
        with pytest.raises(NotFound):
            fairness_sample.of_job(db, stranger, VAULT, job.id)
        assert len(demographics.of_applications(db, auditor(actor), VAULT)) == 1


def test_what_was_said_before_two_candidates_were_merged_still_counts(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        who = invited(db, actor)
        demographics.give(db, VAULT, who, "female", "white")
        kept = builders.candidate(db, actor, email="second@example.com")
        gone = db.get_one(Candidate, who.candidate.id)
        gone.merged_into = kept.id
        who.application.candidate_id = kept.id
        db.add_all([gone, who.application])
        db.flush()
        assert demographics.of_applications(db, auditor(actor), VAULT)[who.application.id].sex == "female"


def test_deletion_reaches_what_no_key_points_at(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        who, other = invited(db, actor), invited(db, actor)
        for one in (who, other):
            demographics.give(db, VAULT, one, "female", "white")
    with session(engine) as db:
        rows = erasure_reach.reach(db, {"candidate": [who.candidate.id]})
        assert "demographics" not in rows
        erasure_reach.remove(db, rows)
        assert demographics.forget_the_gone(db, VAULT) == 1
        assert demographics.own(db, VAULT, other) is not None
    assert demographics.forget_in(engine, VAULT, actor.organisation_id, []) == 0
    assert demographics.forget_in(engine, VAULT, actor.organisation_id, [other.candidate.id]) == 1


def test_a_missing_key_is_no_reason_to_delete_what_everybody_said(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        demographics.give(db, VAULT, invited(db, actor), "female", "white")
        assert demographics.forget_the_gone(db, Vault(b"a key that was made by mistake")) == 0


def test_only_the_form_the_audit_and_deletion_hold_the_vault() -> None:
    users = {
        str(path.relative_to(ROOT / "interview_platform"))
        for path in (ROOT / "interview_platform").rglob("*.py")
        if re.search(r"\bheld\.vault\b|platform\(\)\.vault\b|\bself\.vault\b", path.read_text())
    }
    assert users == {"states/demographics.py", "states/fairness.py", "workflows/upkeep.py"}


def test_answering_leaves_no_trace_in_the_audit_log_and_reading_does(engine: Engine) -> None:
    from interview_platform.models import AuditEvent

    with session(engine) as db:
        _, actor = builders.recruiter(db)
        who = invited(db, actor)
    with session(engine) as db:
        before = len(db.exec(select(AuditEvent)).all())
        demographics.give(db, VAULT, who, "female", "white")
        demographics.take_back(db, VAULT, who)
    with session(engine) as db:
        assert len(db.exec(select(AuditEvent)).all()) == before
        fairness_report.of(db, auditor(actor), VAULT)
    with session(engine) as db:
        assert [event.action for event in db.exec(select(AuditEvent))][before:] == ["fairness.read"]
        assert db.exec(select(Interview)).first() is not None
