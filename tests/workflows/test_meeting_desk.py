"""Meetings from the offer to the reminder: what both sides do, what they are told, what two at once come to."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.adapters.calendly import Calendly
from interview_platform.errors import BadInput, NotAllowed, NotFound, ServiceUnavailable, TimeTaken
from interview_platform.models import Application, AuditEvent, Booking, BusyTime, User, now, session
from interview_platform.services import calendly_events, meetings
from interview_platform.services.access import Actor
from interview_platform.workflows import reminders
from tests import builders
from tests.adapters import calendly_server as server
from tests.services.meeting_cases import ADDRESS, BERLIN, Case
from tests.services.meeting_cases import case as made

ADA, DANA = "ada@example.com", "dana@example.com"


@pytest.fixture
def case(engine: Engine) -> Case:
    return made(engine)


def entry(calendar: str):
    """The one event of a calendar file, and its method."""
    whole = Calendar.from_ical(calendar)
    return whole.walk("VEVENT")[0], str(whole["METHOD"])


# --- offering --------------------------------------------------------------------------------------------------


def test_an_offer_sends_one_link_in_words_and_moves_no_stage(case: Case) -> None:
    row = case.offered(note="Bring questions about <the team>.")
    (mail,) = case.box.sent
    assert (mail.to, mail.subject) == (ADA, "Pick a time to talk about Backend Engineer at Northwind Health")
    assert f"{ADDRESS}/meeting/{case.token(row)}" in mail.text
    assert "Bring questions about <the team>." in mail.text
    assert "&lt;the team&gt;" in mail.html
    with session(case.engine) as db:
        assert db.get_one(Application, case.application_id).stage == "new"
        actions = [event.action for event in db.exec(select(AuditEvent))]
    assert "meeting.offered" in actions


def test_only_those_who_may_write_offer_and_only_their_own_candidates(case: Case) -> None:
    given = meetings.Offer(case.host_id, 30)
    with session(case.engine) as db:
        _, stranger = builders.recruiter(db, builders.organisation(db), email="x@example.com")
    with pytest.raises(NotFound):
        case.desk.offer(stranger, case.application_id, given)
    with pytest.raises(NotAllowed):
        case.desk.offer(Actor(case.actor.organisation_id, "reviewer", case.host_id), case.application_id, given)
    assert case.box.sent == []


def test_a_host_of_another_organisation_or_without_hours_cannot_be_met(case: Case) -> None:
    with session(case.engine) as db:
        foreign, _ = builders.recruiter(db, builders.organisation(db), email="y@example.com")
        colleague = User(organisation_id=case.actor.organisation_id, email="z@e.org", name="Zoe", password_hash="-")
        db.add(colleague)
    with pytest.raises(NotFound):
        case.offered(host_id=foreign.id)
    with pytest.raises(BadInput, match="Zoe has not given any hours"):
        case.offered(host_id=colleague.id)
    with pytest.raises(BadInput, match="not set up"):
        case.offered(provider="calendly", kind=server.EVENT_TYPE)
    with pytest.raises(BadInput, match="how long"):
        case.offered(minutes=7)
    assert case.offered(kind=f"{foreign.id}:30").kind == f"{case.host_id}:30"


@pytest.mark.parametrize("kind", ["", "made-up", "https://api.calendly.com/users/A", "https://x/event_types/../users"])
def test_only_event_types_can_be_booked_at_calendly(outside, kind: str) -> None:
    case, _ = outside
    with pytest.raises(BadInput, match="event types"):
        case.offered(provider="calendly", kind=kind)


def test_an_offer_whose_mail_cannot_be_sent_is_kept_to_be_sent_again(case: Case) -> None:
    case.box.away = True
    row = case.offered()
    assert row.status == "offered"
    assert [message.status for message in case.messages()] == ["failed"]


# --- the candidate ---------------------------------------------------------------------------------------------


def test_a_made_up_changed_or_ended_link_opens_nothing(case: Case) -> None:
    row = case.offered()
    for token in ("", "made-up", case.token(row)[:-1], row.id):
        with pytest.raises(NotFound):
            case.desk.open(token)
    case.change(row, expires_at=now() - timedelta(seconds=1))
    with pytest.raises(NotFound):
        case.desk.open(case.token(row))


def test_picking_books_and_tells_both_with_the_same_calendar_entry(case: Case) -> None:
    row = case.offered()
    at = case.times(row)[3]
    meeting = case.desk.pick(case.token(row), at, "America/New_York")
    assert (meeting.booking.status, meeting.booking.starts_at, meeting.booking.zone) == (
        "booked",
        at,
        "America/New_York",
    )
    hers, his = case.box.to(ADA)[1], case.box.to(DANA)[0]
    assert "(America/New York)" in hers.subject
    assert "(Europe/Berlin)" in his.subject
    event, method = entry(hers.calendar)
    assert entry(his.calendar)[0]["UID"] == event["UID"]
    assert method == "REQUEST"
    assert event["DTSTART"].dt == at
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=30)
    assert str(event["LOCATION"]) == "https://call.example"
    with session(case.engine) as db:
        assert db.get_one(Application, case.application_id).stage == "new"


def test_picking_the_same_time_twice_is_picking_it_once(case: Case) -> None:
    row = case.offered()
    at = case.times(row)[3]
    for _ in range(3):
        case.desk.pick(case.token(row), at, BERLIN)
    assert len(case.box.to(DANA)) == 1
    assert case.now(row).sequence == 1


def test_another_time_moves_the_meeting_and_its_calendar_entry(case: Case) -> None:
    row = case.offered()
    old, new = case.times(row)[3:5]
    case.desk.pick(case.token(row), old, BERLIN)
    case.desk.pick(case.token(row), new, BERLIN)
    assert case.now(row).starts_at == new
    assert old in case.times(row)
    first, second = (entry(mail.calendar)[0] for mail in case.box.to(ADA)[1:])
    assert first["UID"] == second["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert "Moved" in case.box.to(DANA)[1].subject


def test_a_time_that_is_gone_names_the_next_ones_and_leaves_the_row_free(case: Case) -> None:
    first, second = case.offered(), case.offered(case.another(1))
    times = case.times(first)
    case.desk.pick(case.token(first), times[0], BERLIN)
    with pytest.raises(TimeTaken, match="Free next: ") as told:
        case.desk.pick(case.token(second), times[0], "UTC")
    assert f"{times[1]:%H:%M}" in str(told.value)
    assert case.desk.pick(case.token(second), times[1], "UTC").booking.status == "booked"


def test_of_fifty_candidates_who_pick_one_time_one_gets_it_and_the_others_hear_of_the_next(engine: Engine) -> None:
    case = made(engine)
    rows = [case.offered(case.another(number)) for number in range(50)]
    at = case.times(rows[0])[2]
    said: list[str] = []
    gate = threading.Barrier(len(rows))

    def pick(token: str) -> None:
        gate.wait()
        try:
            case.desk.pick(token, at, "UTC")
        except Exception as error:
            said.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=pick, args=(case.token(row),)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with session(engine) as db:
        booked = list(db.exec(select(Booking).where(Booking.status == "booked")))
        cells = list(db.exec(select(BusyTime)))
    assert len(booked) == 1
    assert {cell.booking_id for cell in cells} == {booked[0].id}
    assert len(said) == 49
    assert [words for words in said if not (words.startswith("TimeTaken") and "Free next: " in words)] == []
    assert len(case.box.to(DANA)) == 1


def test_one_candidate_in_two_tabs_gets_one_meeting(case: Case) -> None:
    row = case.offered()
    times = case.times(row)[2:6]
    gate = threading.Barrier(len(times))

    def pick(at) -> None:
        gate.wait()
        with contextlib.suppress(BadInput):
            case.desk.pick(case.token(row), at, BERLIN)

    threads = [threading.Thread(target=pick, args=(at,)) for at in times]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = case.now(row)
    with session(case.engine) as db:
        cells = sorted(cell.starts_at for cell in db.exec(select(BusyTime)))
    assert held.status == "booked"
    assert (cells[0], len(cells)) == (held.starts_at, 6)


def test_the_candidate_cancels_and_may_pick_again(case: Case) -> None:
    row = case.offered()
    at = case.times(row)[3]
    case.desk.pick(case.token(row), at, BERLIN)
    meeting = case.desk.give_up(case.token(row), "I am ill.")
    assert (meeting.booking.status, meeting.booking.cancelled_by) == ("cancelled", "candidate")
    event, method = entry(case.box.to(DANA)[1].calendar)
    assert (method, str(event["STATUS"])) == ("CANCEL", "CANCELLED")
    assert "I am ill." in case.box.to(DANA)[1].text
    assert at in case.times(row)
    assert case.desk.pick(case.token(row), at, BERLIN).booking.status == "booked"
    with pytest.raises(BadInput):
        case.desk.give_up(case.token(case.offered(case.another(1))), "")


def test_none_of_these_suit_me_reaches_the_host_and_the_list(case: Case) -> None:
    row = case.offered()
    with pytest.raises(BadInput):
        case.desk.wish(case.token(row), "  ")
    case.desk.wish(case.token(row), "Mornings before eight, please.")
    case.desk.wish(case.token(row), "Or after six.")
    (mail,) = case.box.to(DANA)
    assert "Mornings before eight, please." in mail.text
    assert case.now(row).wish == "Or after six."


# --- the recruiter ---------------------------------------------------------------------------------------------


def test_the_recruiter_calls_off_and_the_candidate_can_no_longer_pick(case: Case) -> None:
    row = case.offered()
    at = case.times(row)[3]
    case.desk.pick(case.token(row), at, BERLIN)
    case.desk.call_off(case.actor, row.id, "The position is on hold.")
    assert case.now(row).status == "cancelled"
    told = case.box.to(ADA)[-1]
    assert "The position is on hold." in told.text
    assert entry(told.calendar)[1] == "CANCEL"
    assert at in case.times(case.offered(case.another(1)))
    with pytest.raises(BadInput, match="called off"):
        case.desk.pick(case.token(row), at, BERLIN)
    with pytest.raises(BadInput, match="changed meanwhile"):
        case.desk.call_off(case.actor, row.id, "")


def test_the_recruiter_asks_for_another_time(case: Case) -> None:
    row = case.offered()
    at = case.times(row)[3]
    case.desk.pick(case.token(row), at, BERLIN)
    case.desk.ask_again(case.actor, row.id, "")
    held = case.now(row)
    assert (held.status, held.starts_at) == ("offered", None)
    told = case.box.to(ADA)[-1]
    assert case.token(row) in told.text
    assert entry(told.calendar)[1] == "CANCEL"
    assert case.desk.pick(case.token(row), at, BERLIN).booking.status == "booked"


def test_another_organisation_changes_nothing(case: Case) -> None:
    row = case.offered()
    with session(case.engine) as db:
        _, stranger = builders.recruiter(db, builders.organisation(db), email="x@example.com")
    for act in (case.desk.call_off, case.desk.ask_again):
        with pytest.raises(NotFound):
            act(stranger, row.id, "")
    with session(case.engine) as db:
        assert meetings.listing(db, stranger) == []
        assert [one.booking.id for one in meetings.listing(db, case.actor)] == [row.id]


# --- reminders -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours_left", "names"), [(25, []), (23.5, [24]), (3.5, [24]), (2, []), (0.9, [1]), (0.2, [1]), (0.01, [])]
)
def test_reminders_come_a_day_and_an_hour_before_and_once(case: Case, hours_left: float, names: list[int]) -> None:
    row = case.offered()
    case.desk.pick(case.token(row), case.times(row)[3], BERLIN)
    case.change(row, starts_at=now() + timedelta(hours=hours_left), booked_at=now() - timedelta(days=9))
    assert reminders.send_due(case.desk) == 2 * len(names)
    assert reminders.send_due(case.desk) == 0
    keys = [message.dedup_key.split(":")[3] for message in case.messages("meeting_reminder")]
    assert keys == [str(name) for name in names]


def test_a_reminder_is_sent_once_however_many_look(case: Case) -> None:
    row = case.offered()
    case.desk.pick(case.token(row), case.times(row)[3], BERLIN)
    case.change(row, starts_at=now() + timedelta(hours=20), booked_at=now() - timedelta(days=2))
    threads = [threading.Thread(target=reminders.send_due, args=(case.desk,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [message.purpose for message in case.messages() if "reminder" in message.dedup_key] == [
        "meeting_reminder",
        "meeting_host",
    ]
    assert len([mail for mail in case.box.to(ADA) if "Reminder" in mail.subject]) == 1


def test_no_reminder_follows_close_on_the_booking_or_after_a_cancellation(case: Case) -> None:
    row = case.offered()
    case.desk.pick(case.token(row), case.times(row)[3], BERLIN)
    case.change(row, starts_at=now() + timedelta(hours=20))
    assert reminders.send_due(case.desk) == 0
    case.change(row, booked_at=now() - timedelta(days=2))
    case.desk.give_up(case.token(row), "")
    assert reminders.send_due(case.desk) == 0


def test_a_fault_while_looking_does_not_end_the_looking(case: Case) -> None:
    looked = threading.Semaphore(0)

    def tidy() -> int:
        looked.release()
        raise ServiceUnavailable("The database is away.")

    watch = reminders.Reminders(case.desk, tidy, every_seconds=0.01)
    watch.start()
    assert [looked.acquire(timeout=10) for _ in range(3)] == [True] * 3
    watch.close()


# --- Calendly --------------------------------------------------------------------------------------------------


@pytest.fixture
def outside(engine: Engine) -> Iterator[tuple[Case, server.CalendlyServer]]:
    with server.calendly() as held:
        client = Calendly(server.TOKEN, held.url)
        yield made(engine, {"calendly": client}), held
        client.close()


def told_of(held: server.CalendlyServer, number: int, kind: str = "invitee.created", **values: object):
    """Calendly's event about its n-th booking."""
    one = list(held.booked.values())[number]
    event = {"start_time": one["start"].isoformat(), "location": {"join_url": "https://zoom.example/1"}}
    payload = {**one["invitee"], "scheduled_event": event, **values}
    return calendly_events.Event.model_validate({"event": kind, "payload": payload})


def by_calendly(case: Case) -> Booking:
    return case.offered(provider="calendly", kind=server.EVENT_TYPE, place="")


def test_a_meeting_is_booked_moved_and_cancelled_at_calendly(outside) -> None:
    case, held = outside
    row = by_calendly(case)
    first, second = case.times(row)[:2]
    assert case.desk.pick(case.token(row), first, BERLIN).booking.place.startswith("https://zoom.example/")
    case.desk.pick(case.token(row), second, BERLIN)
    case.desk.give_up(case.token(row), "Ill")
    assert [one["status"] for one in held.booked.values()] == ["canceled", "canceled"]
    assert list(held.booked.values())[1]["reason"] == "Ill"


def test_news_of_our_own_booking_changes_nothing(outside) -> None:
    case, held = outside
    row = by_calendly(case)
    first, second = case.times(row)[:2]
    case.desk.pick(case.token(row), first, BERLIN)
    assert case.desk.heard(told_of(held, 0)) is False
    case.desk.pick(case.token(row), second, BERLIN)
    assert case.desk.heard(told_of(held, 0)) is False
    assert case.desk.heard(told_of(held, 0, "invitee.canceled")) is False
    assert case.now(row).starts_at == second
    assert len(case.box.to(DANA)) == 2


def test_where_the_plan_cannot_book_the_candidate_books_there_and_it_shows_here(outside) -> None:
    case, held = outside
    held.plan_allows_booking = False
    row = by_calendly(case)
    with pytest.raises(ServiceUnavailable, match="paid plan"):
        case.desk.pick(case.token(row), case.times(row)[0], BERLIN)
    link = case.desk.outside(case.desk.open(case.token(row)))
    assert link.endswith(f"utm_content={row.id}")
    assert case.desk.outside(case.desk.open(case.token(row))) == link
    held.plan_allows_booking = True
    Calendly(server.TOKEN, held.url).book(
        server.EVENT_TYPE, case.times(row)[0], case_visitor(), row.id
    )  # what its page does
    assert case.desk.heard(told_of(held, 0)) is True
    assert case.desk.heard(told_of(held, 0)) is False
    assert case.now(row).status == "booked"
    assert len(case.box.to(DANA)) == 1


def case_visitor():
    from interview_platform.ports import Visitor

    return Visitor("Ada Candidate", ADA, BERLIN)


@pytest.mark.parametrize("order", [("new", "old"), ("old", "new")])
def test_a_rescheduling_there_moves_the_meeting_here_in_any_order(outside, order) -> None:
    case, held = outside
    row = by_calendly(case)
    first, second = case.times(row)[:2]
    case.desk.pick(case.token(row), first, BERLIN)
    Calendly(server.TOKEN, held.url).book(server.EVENT_TYPE, second, case_visitor(), "")
    old_uri = next(iter(held.booked.values()))["invitee"]["uri"]
    events = {
        "new": told_of(held, 1, old_invitee=old_uri, tracking={}),
        "old": told_of(held, 0, "invitee.canceled", rescheduled=True),
    }
    for name in order:
        case.desk.heard(events[name])
    now_ = case.now(row)
    assert (now_.status, now_.starts_at) == ("booked", second)
    assert case.desk.heard(told_of(held, 0)) is False  # late news of the first
    assert case.now(row).starts_at == second


def test_a_cancellation_there_cancels_here_and_late_news_does_not_revive_it(outside) -> None:
    case, held = outside
    row = by_calendly(case)
    case.desk.pick(case.token(row), case.times(row)[0], BERLIN)
    gone = told_of(held, 0, "invitee.canceled", cancellation={"canceler_type": "host", "reason": "Ill"})
    assert case.desk.heard(gone) is True
    assert case.desk.heard(gone) is False
    assert case.desk.heard(told_of(held, 0)) is False
    held_row = case.now(row)
    assert (held_row.status, held_row.cancelled_by, held_row.reason) == ("cancelled", "organisation", "Ill")
    assert "Ill" in case.box.to(ADA)[-1].text


def test_news_while_we_are_at_it_ourselves_is_asked_for_later(outside) -> None:
    case, held = outside
    row = by_calendly(case)
    Calendly(server.TOKEN, held.url).book(server.EVENT_TYPE, case.times(row)[0], case_visitor(), row.id)
    with session(case.engine) as db:
        meetings.claim(db, row)
    with pytest.raises(ServiceUnavailable):
        case.desk.heard(told_of(held, 0))
    case.change(row, claimed_at=now() - timedelta(minutes=2))  # it died
    assert case.desk.heard(told_of(held, 0)) is True


def test_news_of_somebody_elses_meeting_is_none_of_ours(outside) -> None:
    case, held = outside
    row = by_calendly(case)
    Calendly(server.TOKEN, held.url).book(server.EVENT_TYPE, case.times(row)[0], case_visitor(), "another")
    assert case.desk.heard(told_of(held, 0)) is False


def test_when_calendly_is_away_a_pick_can_be_tried_again_at_once(outside) -> None:
    case, held = outside
    row = by_calendly(case)
    at = case.times(row)[0]
    held.faults = [(503, {}, {})]
    with pytest.raises(ServiceUnavailable):
        case.desk.pick(case.token(row), at, BERLIN)
    assert case.desk.pick(case.token(row), at, BERLIN).booking.status == "booked"
