"""The audit page: found, opened, verified, downloaded, each by who may."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlmodel import select

from interview_platform import routes
from interview_platform.models import AuditEvent, User, session
from interview_platform.services import audit
from interview_platform.states.recruiter_audit import AuditState
from interview_platform.wiring import Platform
from tests import builders
from tests.states.recruiter_pages import Recruiter
from tests.tampering import unguarded


@pytest.fixture
def robin(held: Platform) -> Recruiter:
    """A recruiter at the audit page, after 60 events."""
    made = Recruiter(held)
    with session(held.engine) as db:
        job = builders.job(db, made.actor)
        for _ in range(59):
            audit.record(db, made.actor, "job.changed", f"job:{job.id}")
    made.at(routes.AUDIT)
    return made


async def test_the_page_shows_the_newest_events_and_goes_further_back(robin: Recruiter) -> None:
    events = await robin.does(AuditState.load)
    state = robin.state(AuditState)
    assert (state.first, state.last, state.total, len(state.lines)) == (1, 50, 60, 50)
    assert state.lines[0].thing == "the job “Backend Engineer”"
    assert len(events) == 1  # a log that was never verified is verified
    await robin.does(AuditState.page, 1)
    assert (state.first, state.last) == (51, 60)
    assert state.lines[-1].before == "signed in"


async def test_the_chain_is_verified_and_the_next_one_to_come_sees_it(held: Platform, robin: Recruiter) -> None:
    await robin.does_in_background(AuditState.verify)
    assert robin.state(AuditState).verdict.startswith("Verified up to event 60:")
    await robin.does(AuditState.clear)
    assert await robin.does(AuditState.load) == []
    assert robin.state(AuditState).verdict_tone == "good"
    with session(held.engine) as db:
        assert audit.newest(db, robin.actor)[0].action == "audit.verified"


async def test_a_changed_log_is_told_with_its_first_event(held: Platform, robin: Recruiter) -> None:
    with unguarded(held.engine) as connection:
        connection.execute(text("UPDATE auditevent SET actor = 'system' WHERE sequence = 7"))
    await robin.does_in_background(AuditState.verify)
    state = robin.state(AuditState)
    assert state.verdict_tone == "danger"
    assert "Event 7" in state.verdict
    assert not state.verifying


async def test_filters_narrow_and_are_cleared(robin: Recruiter) -> None:
    await robin.does(AuditState.load)
    state = robin.state(AuditState)
    await robin.does(AuditState.pick_kind, "people")
    assert (state.total, state.narrowed) == (1, True)
    await robin.does(AuditState.pick_person, "system")
    assert (state.total, state.lines) == (0, [])
    await robin.does(AuditState.clear)
    assert (state.total, state.narrowed) == (60, False)
    await robin.does(AuditState.pick_since, "2126-01-01")
    assert state.total == 0
    await robin.does(AuditState.pick_until, "2026-01-01")
    assert state.wrong
    await robin.does(AuditState.pick_since, "no day")
    assert state.wrong == ""


async def test_one_event_opens_with_its_values_and_leads_to_what_was_done_with_it(robin: Recruiter) -> None:
    await robin.does(AuditState.load)
    state = robin.state(AuditState)
    await robin.does(AuditState.show, state.lines[0].key)
    assert state.is_open
    assert dict(state.shown)["Action"] == "job.changed"
    await robin.does(AuditState.show_together)
    assert (state.total, state.is_open) == (59, False)


async def test_an_event_of_others_does_not_open(held: Platform, robin: Recruiter) -> None:
    Recruiter(held, "sam@example.com")
    with session(held.engine) as db:
        query = select(AuditEvent.id).where(AuditEvent.organisation_id != robin.actor.organisation_id)
        theirs = db.exec(query).first()
    await robin.does(AuditState.show, theirs)
    assert not robin.state(AuditState).is_open


async def test_a_recruiter_downloads_nothing_and_an_owner_everything(held: Platform, robin: Recruiter) -> None:
    await robin.does(AuditState.load)
    assert not robin.state(AuditState).may_export
    (refused,) = await robin.does(AuditState.download, "csv")
    assert "role" in str(refused)
    with session(held.engine) as db:
        user = db.get_one(User, robin.actor.user_id)
        user.role = "owner"
        db.add(user)
    await robin.does(AuditState.load)
    assert robin.state(AuditState).may_export
    (given,) = await robin.does(AuditState.download, "csv")
    assert "audit-log.csv" in str(given)
