"""People's own hours: what is kept, what is refused and how that is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from interview_platform.errors import BadInput, NotAllowed
from interview_platform.models import User, now, session
from interview_platform.services import hours
from interview_platform.services.access import Actor
from tests import builders

USUAL = hours.usual("Europe/Berlin")


@pytest.fixture
def actor(engine: Engine) -> Actor:
    with session(engine) as db:
        return builders.recruiter(db)[1]


def test_hours_are_kept_and_changed(engine: Engine, actor: Actor) -> None:
    soon = (now() + timedelta(days=9)).date().isoformat()
    with session(engine) as db:
        hours.keep(db, actor, USUAL)
        row = hours.keep(
            db, actor, replace(USUAL, week={"6": [["13:00", "14:00"], ["09:00", "10:00"]]}, blocked=[soon])
        )
    with session(engine) as db:
        kept = hours.of(db, actor, actor.user_id)
    assert kept.id == row.id
    assert kept.week == {"6": [["09:00", "10:00"], ["13:00", "14:00"]]}
    assert kept.blocked == [soon]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"zone": "Mars/Olympus"}, "time zone"),
        ({"week": {"0": [["17:00", "09:00"]]}}, "Monday: 17:00 is not before 09:00"),
        ({"week": {"1": [["09:00", "12:00"], ["11:00", "13:00"]]}}, "Tuesday: 11:00 to 13:00 begins before 12:00"),
        ({"week": {"2": [["9", "12:00"]]}}, "Wednesday: write times as 09:00"),
        ({"week": {"2": [["09:03", "12:00"]]}}, "steps of five minutes"),
        ({"week": {"2": [["09:00"]]}}, "write times"),
        ({"week": {"7": [["09:00", "12:00"]]}}, "no such day"),
        ({"week": {"0": [[f"{hour:02d}:00", f"{hour:02d}:30"] for hour in range(9, 14)]}}, "more than 4 parts"),
        ({"blocked": ["24 December"]}, "2026-12-24"),
        ({"buffer_minutes": 7}, "Choose one of"),
        ({"notice_hours": -1}, "Choose one of"),
        ({"horizon_days": 1000}, "Choose one of"),
    ],
)
def test_what_cannot_be_kept_is_said(engine: Engine, actor: Actor, change: dict, words: str) -> None:
    with pytest.raises(BadInput, match=words), session(engine) as db:
        hours.keep(db, actor, replace(USUAL, **change))
    with session(engine) as db:
        assert hours.of(db, actor, actor.user_id) is None


def test_hours_are_seen_within_the_organisation_only(engine: Engine, actor: Actor) -> None:
    with session(engine) as db:
        _, stranger = builders.recruiter(db, builders.organisation(db), email="x@example.com")
        hours.keep(db, actor, USUAL)
    with session(engine) as db:
        assert hours.of(db, stranger, actor.user_id) is None
        assert [user.id for user, _ in hours.hosts(db, stranger)] == [stranger.user_id]


def test_auditors_and_the_product_itself_have_no_hours(engine: Engine, actor: Actor) -> None:
    with session(engine) as db:
        db.add(
            User(organisation_id=actor.organisation_id, email="a@e.org", name="Al", role="auditor", password_hash="-")
        )
        with pytest.raises(NotAllowed):
            hours.keep(db, Actor(actor.organisation_id, "auditor", "someone"), USUAL)
        with pytest.raises(BadInput):
            hours.keep(db, Actor(actor.organisation_id, "system"), USUAL)
    with session(engine) as db:
        assert [user.name for user, _ in hours.hosts(db, actor)] == ["Robin Reyes"]


def test_every_zone_that_is_offered_exists() -> None:
    assert len(hours.zones()) > 300
    assert {"Europe/Berlin", "America/New_York", "UTC"} <= set(hours.zones())
    assert hours.zone_of("made/up").key == "UTC"
