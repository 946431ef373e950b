"""A candidate's own plan for the interview: within the link's time, reminded once, binding nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import BadInput, InviteUsed
from interview_platform.models import Interview, Invite, Message, now, session
from interview_platform.services import invite_times, invites
from interview_platform.services.meeting_letters import Desk
from tests import builders

DESK = Desk("https://jobs.example", builders.SECRET, "interviews@example.com")
BERLIN = "Europe/Berlin"


@pytest.fixture
def invite(engine: Engine) -> str:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        row = builders.interview(db, actor, builders.application(db, actor, builders.job(db, actor)))
        return row.invite_id


def change(engine: Engine, invite_id: str, **values: object) -> None:
    with session(engine) as db:
        row = db.get_one(Invite, invite_id)
        for name, value in values.items():
            setattr(row, name, value)


def opened(engine: Engine, invite_id: str) -> invites.Invited:
    with session(engine) as db:
        return invites.open_link(db, builders.SECRET, invites.token_of(builders.SECRET, db.get_one(Invite, invite_id)))


def plan(engine: Engine, invite_id: str, hours_ahead: float = 30.0) -> Message:
    invited = opened(engine, invite_id)
    with session(engine) as db:
        invite_times.plan(db, invited, now() + timedelta(hours=hours_ahead), BERLIN)
        return invite_times.planned_mail(db, DESK, _again(db, invited))


def _again(db, invited: invites.Invited) -> invites.Invited:
    return invites.open_link(db, builders.SECRET, invites.token_of(builders.SECRET, invited.invite))


def due(engine: Engine) -> list[str]:
    with session(engine) as db:
        invite_times.due(db, DESK)
        return [row.subject for row in db.exec(select(Message).where(Message.purpose == "invite_reminder"))]


def test_a_plan_is_confirmed_with_a_calendar_entry_that_opens_the_interview(engine: Engine, invite: str) -> None:
    message = plan(engine, invite)
    (event,) = Calendar.from_ical(message.calendar).walk("VEVENT")
    planned = opened(engine, invite).invite.planned_at
    assert abs(event["DTSTART"].dt - planned) < timedelta(seconds=1)
    assert str(event["LOCATION"]).startswith("https://jobs.example/interview/")
    assert "(Europe/Berlin)" in message.subject
    assert "/time" in message.text


@pytest.mark.parametrize(("hours_ahead", "words"), [(-1, "is over"), (0.01, "is over"), (24 * 8, "The link ends on")])
def test_only_times_within_the_links_can_be_planned(engine: Engine, invite: str, hours_ahead, words) -> None:
    with pytest.raises(BadInput, match=words):
        plan(engine, invite, hours_ahead)
    assert opened(engine, invite).invite.planned_at is None


def test_an_ended_interview_is_not_planned_any_more(engine: Engine, invite: str) -> None:
    with session(engine) as db:
        db.exec(select(Interview)).one().status = "ended"
    with pytest.raises(InviteUsed):
        plan(engine, invite)


def test_the_reminder_comes_an_hour_before_and_once(engine: Engine, invite: str) -> None:
    plan(engine, invite)
    assert due(engine) == []
    change(engine, invite, planned_at=now() + timedelta(minutes=50))
    assert due(engine) == ["In an hour: your interview for Backend Engineer at Northwind Health"]
    assert len(due(engine)) == 1


@pytest.mark.parametrize("change_to", [{"status": "live"}, {"status": "ended"}, {"practice": True}])
def test_who_has_begun_is_not_reminded(engine: Engine, invite: str, change_to: dict) -> None:
    change(engine, invite, planned_at=now() + timedelta(minutes=50), expires_at=now() + timedelta(hours=20))
    with session(engine) as db:
        row = db.exec(select(Interview)).one()
        for name, value in change_to.items():
            setattr(row, name, value)
    assert due(engine) == []


def test_a_withdrawn_link_is_not_reminded_of(engine: Engine, invite: str) -> None:
    change(engine, invite, planned_at=now() + timedelta(minutes=50), revoked_at=now())
    assert due(engine) == []


def test_who_planned_nothing_hears_a_day_before_the_end(engine: Engine, invite: str) -> None:
    assert due(engine) == []
    change(engine, invite, expires_at=now() + timedelta(hours=20), created_at=now() - timedelta(days=6))
    assert due(engine) == ["The link ends soon: your interview for Backend Engineer at Northwind Health"]
    assert len(due(engine)) == 1


def test_who_planned_a_time_or_has_a_short_link_hears_nothing_of_the_end(engine: Engine, invite: str) -> None:
    change(engine, invite, expires_at=now() + timedelta(hours=20), created_at=now() - timedelta(hours=20))
    assert due(engine) == []
    change(engine, invite, created_at=now() - timedelta(days=6), planned_at=now() + timedelta(hours=5))
    assert due(engine) == []


def test_suggestions_lie_ahead_on_her_clock_and_before_the_end() -> None:
    found = invite_times.suggestions(now() + timedelta(days=9), BERLIN)
    assert len(found) == 6
    assert found == sorted(found)
    assert {at.astimezone(invite_times.hours.zone_of(BERLIN)).hour for at in found} == {10, 14, 18}
    assert found[0] > now()
    assert len(invite_times.suggestions(now() + timedelta(days=1), BERLIN)) in (2, 3)
    assert invite_times.suggestions(now() + timedelta(minutes=20), BERLIN) == []
