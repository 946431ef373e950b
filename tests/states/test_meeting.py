"""The meeting's pages from both sides, through their real states."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import reflex as rx
from pydantic import SecretStr
from reflex.istate.data import RouterData
from reflex.state import State
from sqlmodel import select

from interview_platform import routes
from interview_platform.models import Application, Booking, Invite, Message, now, session
from interview_platform.services import hours, invites, meetings
from interview_platform.states.interview_time import InterviewTimeState
from interview_platform.states.meeting import MeetingState
from interview_platform.states.meeting_lines import day_lines
from interview_platform.states.recruiter_hours import HoursState
from interview_platform.states.recruiter_integrations import IntegrationsState
from interview_platform.states.recruiter_meetings import MeetingsState
from interview_platform.states.recruiter_schedule import ScheduleState
from interview_platform.wiring import Platform
from tests import builders
from tests.adapters import calendly_server
from tests.states.recruiter_pages import Recruiter, _Locked, events

BERLIN = "Europe/Berlin"
ALL_WEEK = {str(day): [["09:00", "17:00"]] for day in range(7)}


class Desk:
    """Robin, her candidate Ada, and the way to their pages."""

    def __init__(self, held: Platform) -> None:
        self.held, self.robin = held, Recruiter(held)
        with session(held.engine) as db:
            job = builders.job(db, self.robin.actor)
            self.application = builders.application(db, self.robin.actor, job).id
        self.robin.at(routes.candidate(job.id, self.application))

    def with_hours(self, **values: Any) -> Desk:
        """She said when she can be met."""
        with session(self.held.engine) as db:
            hours.keep(
                db, self.robin.actor, hours.Given(**{"zone": "UTC", "week": ALL_WEEK, "notice_hours": 1, **values})
            )
        return self

    async def offered(self) -> Booking:
        """She scheduled a follow-up by her page."""
        await self.robin.does(ScheduleState.event_handlers["show"])
        await self.robin.does_in_background(ScheduleState.event_handlers["send"])
        with session(self.held.engine) as db:
            return db.exec(select(Booking).order_by(Booking.created_at.desc())).first()

    def row(self) -> Booking:
        """The one meeting."""
        with session(self.held.engine) as db:
            return db.exec(select(Booking)).one()

    def mails(self, purpose: str) -> list[Message]:
        """What the outbox holds."""
        with session(self.held.engine) as db:
            return list(db.exec(select(Message).where(Message.purpose == purpose)))


class Visitor:
    """A candidate's tab at a meeting's link."""

    def __init__(self, token: str) -> None:
        root = State(_reflex_internal_init=True)
        path = routes.meeting(token)
        root.router = RouterData.from_router_data({"headers": {}, "pathname": path, "asPath": path})
        self.page = root.get_substate(MeetingState.get_full_name().split("."))

    async def does(self, name: str, *values: Any) -> list[Any]:
        """Run a handler, those in the background with the framework's lock."""
        handler = MeetingState.event_handlers[name]
        page = _Locked(self.page) if handler.is_background else self.page
        return await events(handler.fn(page, *values))


@pytest.fixture
def desk(held: Platform) -> Desk:
    return Desk(held)


async def visited(desk: Desk) -> Visitor:
    """Ada at her link, the times looked up, in her zone."""
    row = await desk.offered()
    visitor = Visitor(meetings.token_of(desk.held.secret, row))
    await visitor.does("load")
    await visitor.does("note_zone", BERLIN)
    await visitor.does("look")
    return visitor


# --- the candidate ---------------------------------------------------------------------------------------------


async def test_the_page_says_with_whom_and_shows_times_on_her_clock(desk: Desk) -> None:
    visitor = await visited(desk.with_hours(place="https://call.example"))
    page = visitor.page
    assert (page.step, page.host, page.minutes, page.zone) == ("pick", "Robin Reyes", 30, BERLIN)
    first = page.days[0].slots[0]
    at = datetime.fromisoformat(first.key)
    assert f"{at.astimezone(ZoneInfo(BERLIN)):%H:%M}" == first.words
    assert (len(page.days), page.earlier, page.later) == (4, False, True)


async def test_later_and_earlier_days_and_another_zone(desk: Desk) -> None:
    visitor = await visited(desk.with_hours())
    first = visitor.page.days
    await visitor.does("turn", 1)
    assert visitor.page.days[0].name not in [day.name for day in first]
    await visitor.does("turn", -1)
    await visitor.does("pick_zone", "Asia/Tokyo")
    await visitor.does("note_zone", BERLIN)  # the browser's word no longer counts
    assert visitor.page.zone == "Asia/Tokyo"
    assert visitor.page.days[0].slots[0].key == first[0].slots[0].key


async def test_choosing_books_nothing_and_confirming_does(desk: Desk) -> None:
    visitor = await visited(desk.with_hours())
    key = visitor.page.days[1].slots[0].key
    await visitor.does("choose", key)
    assert "(Europe/Berlin)" in visitor.page.chosen_words
    assert desk.row().status == "offered"
    await visitor.does("confirm")
    row = desk.row()
    assert (row.status, row.starts_at, row.zone) == ("booked", datetime.fromisoformat(key), BERLIN)
    page = visitor.page
    assert (page.step, page.busy, page.chosen) == ("booked", False, "")
    assert page.file_url.endswith("/meeting.ics")
    assert "calendar.google.com" in page.google_url
    assert "outlook" in page.outlook_url


async def test_a_time_that_is_gone_is_said_and_the_times_are_looked_up_anew(desk: Desk) -> None:
    visitor = await visited(desk.with_hours())
    other = await visited(desk)
    key = visitor.page.days[1].slots[0].key
    for one in (other, visitor):
        await one.does("choose", key)
    await other.does("confirm")
    told = await visitor.does("confirm")
    assert "Free next" in visitor.page.wrong
    assert visitor.page.step == "pick"
    assert [event.fn.__name__ for event in told] == ["look"]
    await visitor.does("look")
    assert "Free next" in visitor.page.wrong
    assert key not in [slot.key for day in visitor.page.days for slot in day.slots]


async def test_when_the_times_cannot_be_looked_up_one_can_look_again(desk: Desk) -> None:
    with calendly_server.calendly() as server:
        desk.held.settings.calendly_token = SecretStr(calendly_server.TOKEN)
        desk.held.settings.calendly_base_url = server.url
        with session(desk.held.engine) as db:
            given = meetings.Offer(desk.robin.actor.user_id, 30, provider="calendly", kind=calendly_server.EVENT_TYPE)
            row = meetings.offer(db, desk.robin.actor, desk.application, given)
        visitor = Visitor(meetings.token_of(desk.held.secret, row))
        await visitor.does("load")
        server.faults = [(503, {}, {})]
        await visitor.does("look")
        assert (visitor.page.not_found, visitor.page.days) == (True, [])
        assert "503" in visitor.page.wrong
        await visitor.does("look")
        assert (visitor.page.not_found, visitor.page.wrong, len(visitor.page.days)) == (False, "", 4)


@pytest.mark.parametrize("key", ["", "tomorrow", "2031-01-01T10:00:00", "2031-01-01T10:00:00+00:00"])
async def test_a_made_up_time_books_nothing(desk: Desk, key: str) -> None:
    visitor = await visited(desk.with_hours())
    visitor.page.chosen = key  # as a changed page could say
    await visitor.does("confirm")
    assert desk.row().status == "offered"
    assert visitor.page.busy is False


async def test_changing_keeps_the_booked_time_until_a_new_one_is_confirmed(desk: Desk) -> None:
    visitor = await visited(desk.with_hours())
    await visitor.does("choose", visitor.page.days[1].slots[0].key)
    await visitor.does("confirm")
    before = desk.row().starts_at
    await visitor.does("change")
    await visitor.does("look")
    assert (visitor.page.step, visitor.page.booked) == ("pick", True)
    await visitor.does("keep")
    assert (visitor.page.step, desk.row().starts_at) == ("booked", before)


async def test_cancelling_asks_once_and_tells_the_host(desk: Desk) -> None:
    visitor = await visited(desk.with_hours())
    await visitor.does("choose", visitor.page.days[1].slots[0].key)
    await visitor.does("confirm")
    await visitor.does("ask_cancel", True)
    assert desk.row().status == "booked"
    await visitor.does("write", "why", "I am ill.")
    await visitor.does("cancel")
    assert (desk.row().status, visitor.page.step) == ("cancelled", "cancelled")
    assert "I am ill." in desk.mails("meeting_host")[-1].text


async def test_no_times_and_none_that_suit_lead_to_a_word_to_the_host(desk: Desk) -> None:
    visitor = await visited(desk.with_hours(week={}))
    assert (visitor.page.days, visitor.page.looked, visitor.page.wrong) == ([], True, "")
    await visitor.does("send_wish")
    assert visitor.page.wish_wrong
    await visitor.does("write", "wish", "Sundays.")
    await visitor.does("send_wish")
    assert visitor.page.wish_sent
    assert "Sundays." in desk.mails("meeting_wish")[0].text


@pytest.mark.parametrize("token", ["", "made-up", "ImFiYyI.xyz"])
async def test_without_a_valid_link_nothing_opens_and_nothing_is_done(desk: Desk, token: str) -> None:
    await desk.with_hours().offered()
    visitor = Visitor(token)
    await visitor.does("load")
    assert visitor.page.step == "closed"
    visitor.page.chosen = (now() + timedelta(days=2)).isoformat()
    for name in ("look", "confirm", "cancel", "send_wish", "change", "keep", "ask_outside"):
        await visitor.does(name)
    assert desk.row().status == "offered"
    assert visitor.page._times == []


async def test_the_page_holds_no_ids(desk: Desk) -> None:
    visitor = await visited(desk.with_hours())
    row, shown = desk.row(), str(visitor.page.dict())
    assert [one for one in (row.id, row.application_id, row.host_id, row.organisation_id) if one in shown] == []


def test_a_clock_time_that_comes_twice_says_which() -> None:
    berlin = ZoneInfo(BERLIN)
    moments = [datetime(2026, 10, 25, hour, minute, tzinfo=UTC) for hour in (0, 1, 2) for minute in (0, 30)]
    (day,) = day_lines([at.isoformat() for at in moments], berlin)
    words = [slot.words for slot in day.slots]
    assert words == ["02:00 CEST", "02:30 CEST", "02:00 CET", "02:30 CET", "03:00", "03:30"]


# --- the recruiter ---------------------------------------------------------------------------------------------


async def test_without_hours_the_dialog_offers_the_usual_ones(desk: Desk) -> None:
    await desk.robin.does(ScheduleState.event_handlers["show"])
    state = desk.robin.state(ScheduleState)
    assert (state.is_open, state.host_is_me, state.host_zone) == (True, True, "")
    await desk.robin.does_in_background(ScheduleState.event_handlers["send"])
    assert "hours" in state.wrong
    await desk.robin.does(ScheduleState.event_handlers["note_zone"], BERLIN)
    await desk.robin.does(ScheduleState.event_handlers["use_usual_hours"])
    assert state.host_zone == BERLIN
    await desk.robin.does_in_background(ScheduleState.event_handlers["send"])
    assert state.is_open is False
    assert len(desk.mails("meeting_offer")) == 1


async def test_the_list_shows_it_and_asks_before_it_changes_anything(desk: Desk) -> None:
    visitor = await visited(desk.with_hours())
    await visitor.does("choose", visitor.page.days[1].slots[0].key)
    await visitor.does("confirm")
    robin = desk.robin
    await robin.does(MeetingsState.event_handlers["load"])
    state = robin.state(MeetingsState)
    (line,) = state.lines
    assert (line.status, line.booked, line.waits) == ("Booked", True, False)
    await robin.does(MeetingsState.event_handlers["ask"], line.key, "again")
    assert desk.row().status == "booked"
    await robin.does_in_background(MeetingsState.event_handlers["act"])
    assert (desk.row().status, state.acting) == ("offered", "")
    with session(desk.held.engine) as db:
        assert db.get_one(Application, desk.application).stage == "new"


async def test_a_wish_stands_in_the_list(desk: Desk) -> None:
    visitor = await visited(desk.with_hours())
    await visitor.does("write", "wish", "Only Sundays.")
    await visitor.does("send_wish")
    desk.robin.at(routes.HOME)
    await desk.robin.does(MeetingsState.event_handlers["load"])
    (line,) = desk.robin.state(MeetingsState).lines
    assert (line.wish, line.tone) == ("Only Sundays.", "attention")


async def test_a_colleague_of_another_organisation_sees_none_of_it(desk: Desk, held: Platform) -> None:
    row = await desk.with_hours().offered()
    stranger = Recruiter(held, "x@example.com")
    await stranger.does(MeetingsState.event_handlers["load"])
    assert stranger.state(MeetingsState).lines == []
    stranger.at(routes.candidate("any", desk.application))
    await stranger.does(ScheduleState.event_handlers["show"])
    assert stranger.state(ScheduleState).is_open is False
    stranger.state(MeetingsState).acting, stranger.state(MeetingsState).action = row.id, "cancel"
    await stranger.does_in_background(MeetingsState.event_handlers["act"])
    assert desk.row().status == "offered"


async def test_calendlys_event_types_can_be_chosen_where_it_is_set_up(desk: Desk) -> None:
    with calendly_server.calendly() as server:
        desk.held.settings.calendly_token = SecretStr(calendly_server.TOKEN)
        desk.held.settings.calendly_base_url = server.url
        await desk.robin.does(ScheduleState.event_handlers["show"])
        await desk.robin.does_in_background(ScheduleState.event_handlers["ask_calendly"])
        state = desk.robin.state(ScheduleState)
        assert state.ways[1] == (calendly_server.EVENT_TYPE, "Calendly: Follow-up, 30 min")
        await desk.robin.does(ScheduleState.event_handlers["pick"], "way", "made-up")
        assert state.way == "own"
        await desk.robin.does(ScheduleState.event_handlers["pick"], "way", calendly_server.EVENT_TYPE)
        await desk.robin.does_in_background(ScheduleState.event_handlers["send"])
        visitor = Visitor(meetings.token_of(desk.held.secret, desk.row()))
        for name in ("load", "look"):
            await visitor.does(name)
        server.plan_allows_booking = False
        await visitor.does("choose", visitor.page.days[0].slots[0].key)
        told = await visitor.does("confirm")
        assert [event.fn.__name__ for event in told] == ["ask_outside"]
        await visitor.does("ask_outside")
        assert visitor.page.outside.startswith("https://calendly.com/d/")


async def test_hours_are_typed_as_people_write_them(desk: Desk) -> None:
    robin, on = desk.robin, HoursState.event_handlers
    await robin.does(on["load"])
    state = robin.state(HoursState)
    assert (state.first, state.days[0].text, state.days[6].text) == (True, "09:00–12:00, 13:00–17:00", "")
    await robin.does(on["note_zone"], BERLIN)
    await robin.does(on["write_day"], "0", "9:00-12:00; 13:30 to 15:00")
    await robin.does(on["save"])
    assert (state.first, state.wrong, state.days[0].text) == (False, "", "09:00–12:00, 13:30–15:00")
    assert len(state.next_times) == 5
    await robin.does(on["write_day"], "1", "in the morning")
    await robin.does(on["save"])
    assert "Tuesday: “in the morning” is not a time" in state.wrong
    with session(desk.held.engine) as db:
        assert hours.of(db, robin.actor, robin.actor.user_id).zone == BERLIN


async def test_the_integrations_page_tests_and_shows_nothing_secret(desk: Desk) -> None:
    desk.held.settings.turn_urls, desk.held.settings.turn_secret = "turn:127.0.0.1:9?transport=tcp", SecretStr("s3cret")
    robin, on = desk.robin, IntegrationsState.event_handlers
    await robin.does(on["load"])
    state = robin.state(IntegrationsState)
    assert {line.name: line.testable for line in state.lines}["calendly"] is False
    for name in ("files", "turn"):
        await robin.does_in_background(on["test"], name)
    lines = {line.name: line for line in state.lines}
    assert "stored, read back and removed" in lines["files"].ok
    assert (lines["turn"].state, lines["turn"].tone) == ("Failing", "danger")
    assert state.testing == []
    assert "s3cret" not in str(state.dict())


async def test_what_cannot_be_tested_is_said(desk: Desk) -> None:
    told = await desk.robin.does_in_background(IntegrationsState.event_handlers["test"], "calendly")
    assert isinstance(told[0], rx.event.EventSpec)
    assert desk.robin.state(IntegrationsState).testing == []


# --- planning the interview ------------------------------------------------------------------------------------


class Planner:
    """A candidate's tab at the page where she plans her interview."""

    def __init__(self, held: Platform, invite_id: str) -> None:
        with session(held.engine) as db:
            token = invites.token_of(held.secret, db.get_one(Invite, invite_id))
        root = State(_reflex_internal_init=True)
        path = routes.interview_time(token)
        root.router = RouterData.from_router_data({"headers": {}, "pathname": path, "asPath": path})
        self.page = root.get_substate(InterviewTimeState.get_full_name().split("."))

    async def does(self, name: str, *values: Any) -> list[Any]:
        """Run a handler."""
        handler = InterviewTimeState.event_handlers[name]
        return await events(handler.fn(_Locked(self.page) if handler.is_background else self.page, *values))


@pytest.fixture
def planner(desk: Desk) -> Planner:
    with session(desk.held.engine) as db:
        row = builders.interview(db, desk.robin.actor, db.get_one(Application, desk.application))
    return Planner(desk.held, row.invite_id)


async def test_a_suggested_time_is_planned_with_one_press(desk: Desk, planner: Planner) -> None:
    await planner.does("load")
    await planner.does("note_zone", BERLIN)
    slot = planner.page.days[0].slots[0]
    await planner.does("keep", slot.key)
    assert planner.page.step == "planned"
    assert f"{slot.words} (Europe/Berlin)" in planner.page.when
    assert planner.page.file_url.endswith("/interview.ics")
    assert len(desk.mails("invite_time")) == 1
    await planner.does("forget")
    assert planner.page.step == "pick"


async def test_a_typed_time_is_meant_on_her_clock(desk: Desk, planner: Planner) -> None:
    await planner.does("load")
    await planner.does("pick_zone", "Asia/Tokyo")
    day = (now() + timedelta(days=2)).date()
    await planner.does("keep_typed")
    assert planner.page.wrong
    await planner.does("type_time", f"{day}T07:15")
    (again,) = await planner.does("keep_typed")
    await planner.does("keep", again.args[0][1]._decode())
    with session(desk.held.engine) as db:
        planned = db.exec(select(Invite)).one().planned_at
    assert planned == datetime.combine(day, datetime.min.time(), ZoneInfo("Asia/Tokyo")) + timedelta(
        hours=7, minutes=15
    )


async def test_a_time_after_the_links_end_is_refused_in_words(planner: Planner) -> None:
    await planner.does("load")
    await planner.does("keep", (now() + timedelta(days=40)).isoformat())
    assert "The link ends on" in planner.page.wrong
    assert planner.page.step == "pick"


async def test_a_link_that_does_not_open_plans_nothing(desk: Desk, planner: Planner) -> None:
    with session(desk.held.engine) as db:
        db.exec(select(Invite)).one().revoked_at = now()
    await planner.does("load")
    assert planner.page.step == "closed"
    await planner.does("keep", (now() + timedelta(days=1)).isoformat())
    with session(desk.held.engine) as db:
        assert db.exec(select(Invite)).one().planned_at is None
