"""What every calendar promises: people's own hours on a database, and Calendly against a server of its fields."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.adapters.calendly import Calendly
from interview_platform.adapters.own_calendar import OwnCalendar, kind_of
from interview_platform.errors import BadInput, ServiceUnavailable, TimeTaken
from interview_platform.models import Booking, BusyTime, HostHours, now, session
from interview_platform.ports import Appointment, Calendar, Visitor
from tests import builders
from tests.adapters import calendly_server as server

ADA = Visitor("Ada Candidate", "ada@example.com", "Europe/Berlin")
ALL_WEEK = {str(day): [["09:00", "17:00"]] for day in range(7)}


@dataclass
class Case:
    """A calendar, what can be booked in it, and references of meetings."""

    calendar: Calendar
    kind: str
    references: list[str]
    server: server.CalendlyServer | None = None

    def times(self, days: int = 20) -> list[datetime]:
        """What is free from now on."""
        return self.calendar.times(self.kind, now(), now() + timedelta(days=days))

    def book(self, at: datetime, reference: int = 0) -> Appointment:
        """Ada books."""
        return self.calendar.book(self.kind, at, ADA, self.references[reference])


def hosted(engine: Engine, meetings: int = 3, **hours: object) -> tuple[str, list[str]]:
    """A person with hours on every day in UTC, and ids of meetings offered with her."""
    with session(engine) as db:
        user, actor = builders.recruiter(db)
        row = {"zone": "UTC", "week": ALL_WEEK, "buffer_minutes": 0, "notice_hours": 1, **hours}
        db.add(HostHours(organisation_id=actor.organisation_id, user_id=user.id, **row))
        job = builders.job(db, actor)
        made = []
        for number in range(meetings):
            who = builders.candidate(db, actor, email=f"c{number}@example.com")
            application = builders.application(db, actor, job, who)
            row = Booking(organisation_id=actor.organisation_id, application_id=application.id, provider="own")
            db.add(row)
            made.append(row.id)
        return user.id, made


@pytest.fixture(params=["own", "calendly"])
def case(request: pytest.FixtureRequest, engine: Engine) -> Iterator[Case]:
    if request.param == "own":
        host, references = hosted(engine)
        yield Case(OwnCalendar(engine), kind_of(host, 30), references)
        return
    with server.calendly() as held:
        made = Calendly(server.TOKEN, held.url)
        yield Case(made, server.EVENT_TYPE, ["m1", "m2", "m3"], held)
        made.close()


def test_free_times_are_in_order_in_the_future_and_in_utc(case: Case) -> None:
    found = case.times()
    assert len(found) > 100  # more than the seven days of one request
    assert found == sorted(set(found))
    assert found[0] > now()
    assert {at.tzinfo for at in found} == {UTC}
    assert {9 <= at.hour < 17 for at in found} == {True}


def test_times_are_asked_for_within_what_is_wanted(case: Case) -> None:
    since = (now() + timedelta(days=3)).replace(hour=10, minute=0, second=0, microsecond=0)
    found = case.calendar.times(case.kind, since, since + timedelta(hours=2))
    assert found == [since + timedelta(minutes=30) * index for index in range(4)]


def test_a_booked_time_is_offered_to_nobody_else_and_cannot_be_had_again(case: Case) -> None:
    at = case.times()[3]
    made = case.book(at)
    assert (made.starts_at, bool(made.key)) == (at, True)
    assert at not in case.times()
    with pytest.raises(TimeTaken, match="choose another"):
        case.book(at, reference=1)


def test_a_cancelled_time_is_free_again_and_cancelling_twice_is_cancelling_once(case: Case) -> None:
    at = case.times()[3]
    made = case.book(at)
    case.calendar.cancel(made.key, "Something came up.")
    case.calendar.cancel(made.key)
    assert at in case.times()
    assert case.book(at, reference=1).starts_at == at


def test_a_moved_meeting_gives_its_old_time_back(case: Case) -> None:
    old, new = case.times()[2:4]
    made = case.book(old)
    moved = case.calendar.move(made.key, case.kind, new, ADA, case.references[0])
    assert moved.starts_at == new
    assert moved.key != made.key
    found = case.times()
    assert old in found
    assert new not in found


def test_a_meeting_that_cannot_be_moved_stays_where_it_was(case: Case) -> None:
    first, second = case.times()[2:4]
    made = case.book(first)
    case.book(second, reference=1)
    with pytest.raises(TimeTaken):
        case.calendar.move(made.key, case.kind, second, ADA, case.references[0])
    assert first not in case.times()


def test_a_time_that_was_never_offered_cannot_be_had(case: Case) -> None:
    at = case.times()[3]
    for wrong in (at.replace(hour=3), at + timedelta(minutes=7), now() - timedelta(days=1)):
        with pytest.raises(BadInput):
            case.book(wrong)


def test_what_cannot_be_booked_is_said_in_words(case: Case) -> None:
    with pytest.raises(BadInput):
        case.calendar.times("made-up:30", now(), now() + timedelta(days=1))


def test_two_at_once_get_one_meeting(case: Case) -> None:
    at = case.times()[5]
    won, lost = race(case, at, case.references)
    assert (len(won), len(lost)) == (1, 2)
    assert {type(error) for error in lost} == {TimeTaken}


def race(case: Case, at: datetime, references: list[str]) -> tuple[list[Appointment], list[Exception]]:
    """Every reference books the same time in the same moment."""
    won: list[Appointment] = []
    lost: list[Exception] = []
    gate = threading.Barrier(len(references))

    def book(reference: str) -> None:
        gate.wait()
        try:
            won.append(case.calendar.book(case.kind, at, ADA, reference))
        except Exception as error:
            lost.append(error)

    threads = [threading.Thread(target=book, args=(reference,)) for reference in references]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return won, lost


# --- people's own hours ----------------------------------------------------------------------------------------


def test_of_fifty_who_want_one_time_one_gets_it(engine: Engine) -> None:
    host, references = hosted(engine, 50, buffer_minutes=10)
    case = Case(OwnCalendar(engine), kind_of(host, 30), references)
    at = case.times()[4]
    won, lost = race(case, at, references)
    assert [made.starts_at for made in won] == [at]
    assert [type(error) for error in lost] == [TimeTaken] * 49
    with session(engine) as db:
        rows = list(db.exec(select(BusyTime)))
    assert len(rows) == 8  # 30 minutes and 10 of pause, in fives
    assert {row.appointment for row in rows} == {won[0].key}


def test_meetings_that_only_overlap_and_the_pause_between_keep_each_other_out(engine: Engine) -> None:
    host, (first, second, third) = hosted(engine, buffer_minutes=15)
    calendar = OwnCalendar(engine)
    at = calendar.times(kind_of(host, 60), now(), now() + timedelta(days=3))[-8].replace(hour=10, minute=0)
    calendar.book(kind_of(host, 60), at, ADA, first)
    for minutes in (-30, 0, 30, 60):
        with pytest.raises(TimeTaken):
            calendar.book(kind_of(host, 30), at + timedelta(minutes=minutes), ADA, second)
    assert calendar.book(kind_of(host, 30), at + timedelta(minutes=90), ADA, third)


def test_a_meeting_may_be_moved_into_its_own_time(engine: Engine) -> None:
    host, references = hosted(engine)
    case = Case(OwnCalendar(engine), kind_of(host, 60), references)
    at = case.times()[2]
    case.book(at)
    assert case.book(at + timedelta(minutes=30)).starts_at == at + timedelta(minutes=30)
    with session(engine) as db:
        assert len(list(db.exec(select(BusyTime)))) == 12


def test_giving_an_old_time_back_leaves_the_new_one(engine: Engine) -> None:
    host, references = hosted(engine)
    case = Case(OwnCalendar(engine), kind_of(host, 30), references)
    old, new = case.times()[2:4]
    key = case.book(old).key
    case.book(new)
    case.calendar.cancel(key)
    assert new not in case.times()


def test_what_a_dead_process_took_is_given_back_and_what_is_booked_stays(engine: Engine) -> None:
    host, references = hosted(engine)
    case = Case(OwnCalendar(engine), kind_of(host, 30), references)
    times = case.times()
    for index in range(3):
        case.book(times[index * 2], reference=index)
    with session(engine) as db:
        db.get_one(Booking, references[0]).status = "booked"
        for row in db.exec(select(BusyTime).where(BusyTime.booking_id != references[2])):
            row.created_at = now() - timedelta(minutes=11)
    assert case.calendar.tidy() == 6
    left = case.times()
    assert [times[index * 2] in left for index in range(3)] == [False, True, False]


def test_without_hours_nothing_is_offered_and_it_is_said(engine: Engine) -> None:
    with session(engine) as db:
        user, _ = builders.recruiter(db)
    with pytest.raises(BadInput, match="not given any hours"):
        OwnCalendar(engine).times(kind_of(user.id, 30), now(), now() + timedelta(days=1))


# --- Calendly --------------------------------------------------------------------------------------------------


@pytest.fixture
def calendly() -> Iterator[tuple[Calendly, server.CalendlyServer]]:
    with server.calendly() as held:
        made = Calendly(server.TOKEN, held.url)
        yield made, held
        made.close()


def week() -> tuple[datetime, datetime]:
    return now() + timedelta(days=1), now() + timedelta(days=7)


def test_active_event_types_are_listed_over_all_pages(calendly) -> None:
    client, held = calendly
    held.event_types = [server.event_type(f"{server.API}/event_types/T{n}", f"Kind {n}", 15 * n) for n in range(1, 6)]
    held.event_types[3]["active"] = False
    assert [(one.name, one.minutes) for one in client.event_types()] == [
        ("Kind 1", 15),
        ("Kind 2", 30),
        ("Kind 3", 45),
        ("Kind 5", 75),
    ]


def test_a_booking_says_who_when_and_whose_and_where_it_is_held(calendly) -> None:
    client, held = calendly
    at = client.times(server.EVENT_TYPE, *week())[0]
    made = client.book(server.EVENT_TYPE, at, ADA, "our-reference")
    sent = next(body for method, path, body in held.asked if path == "/invitees")
    assert sent["invitee"] == {"name": "Ada Candidate", "email": "ada@example.com", "timezone": "Europe/Berlin"}
    assert sent["tracking"] == {"utm_source": "interview-platform", "utm_content": "our-reference"}
    assert made.place == "https://zoom.example/EV0000000000000000"
    assert made.cancel_url.startswith("https://calendly.com/cancellations/")


def test_a_single_use_link_brings_our_reference_back(calendly) -> None:
    client, _ = calendly
    link = client.link(server.EVENT_TYPE, "a b&c")
    assert link == "https://calendly.com/d/link-1/follow-up?utm_source=interview-platform&utm_content=a%20b%26c"


def test_a_wrong_token_is_refused_and_said_without_it(calendly) -> None:
    _, held = calendly
    wrong = Calendly("not-the-token", held.url)
    with pytest.raises(ServiceUnavailable, match="CALENDLY_TOKEN") as told:
        wrong.event_types()
    assert "not-the-token" not in str(told.value)


def test_a_plan_that_cannot_book_is_said(calendly) -> None:
    client, held = calendly
    held.plan_allows_booking = False
    with pytest.raises(ServiceUnavailable, match="paid plan"):
        client.book(server.EVENT_TYPE, client.times(server.EVENT_TYPE, *week())[0], ADA, "r")


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [({"Retry-After": "120"}, 2), ({"X-RateLimit-Reset": "30"}, 1), ({}, 1), ({"Retry-After": "x"}, 1)],
)
def test_after_too_many_requests_nothing_is_asked_until_the_time_named(headers, minutes) -> None:
    clock = [now().timestamp()]
    with server.calendly(faults=[(429, headers, {"title": "Too Many Requests"})]) as held:
        client = Calendly(server.TOKEN, held.url, clock=lambda: clock[0])
        for _ in range(3):
            with pytest.raises(ServiceUnavailable, match=f"in {minutes} minute"):
                client.account()
        assert len(held.asked) == 1
        clock[0] += minutes * 60 + 1
        assert client.account()["name"] == "Dana Reyes"


def test_the_limit_of_ten_a_minute_is_enough_for_many_who_look(calendly) -> None:
    client, held = calendly
    held.per_minute = 10
    frozen = now() + timedelta(days=1)
    for _ in range(30):
        assert client.times(server.EVENT_TYPE, frozen, frozen + timedelta(days=14))
    assert len(held.asked) == 2


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_fault_at_calendly_is_said_and_nothing_is_lost(calendly, status) -> None:
    client, held = calendly
    held.faults = [(status, {}, {})]
    with pytest.raises(ServiceUnavailable, match=str(status)):
        client.account()


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"resource": 3}'])
def test_an_answer_that_is_not_what_was_published_is_no_crash(calendly, body) -> None:
    client, held = calendly
    held.faults = [(200, {}, body)]
    with pytest.raises(ServiceUnavailable, match="not what was expected"):
        client.account()


def test_a_server_that_is_away_is_said(calendly) -> None:
    away = Calendly(server.TOKEN, "http://127.0.0.1:9", timeout_seconds=1)
    with pytest.raises(ServiceUnavailable, match="does not answer"):
        away.account()


def test_when_the_old_time_cannot_be_cancelled_the_new_one_goes_again(calendly) -> None:
    client, held = calendly
    old, new = client.times(server.EVENT_TYPE, *week())[:2]
    made = client.book(server.EVENT_TYPE, old, ADA, "r")
    number = len(held.asked)

    def at_cancelling() -> None:
        held.faults = [(503, {}, {})]

    original = client.cancel

    def cancel(key: str, reason: str = "") -> None:
        if len(held.asked) == number + 2:  # after the booking and its place
            at_cancelling()
        original(key, reason)

    client.cancel = cancel  # type: ignore[method-assign]
    with pytest.raises(ServiceUnavailable):
        client.move(made.key, server.EVENT_TYPE, new, ADA, "r")
    assert [one["status"] for one in held.booked.values()] == ["active", "canceled"]


@pytest.mark.parametrize("key", ["", "https://evil.example/x", "https://api.calendly.com/scheduled_events/../users"])
def test_only_an_events_id_goes_into_a_path(calendly, key) -> None:
    client, held = calendly
    client.cancel(key)  # there is nothing to give back
    assert held.asked == []


def test_how_each_call_went_is_told_to_whoever_listens() -> None:
    told: list[str] = []
    with server.calendly(faults=[(503, {}, {})]) as held:
        client = Calendly(server.TOKEN, held.url, told=told.append)
        with pytest.raises(ServiceUnavailable):
            client.account()
        client.account()
    assert [bool(words) for words in told] == [True, False]
