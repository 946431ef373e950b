"""Calendly's webhook and the calendar file, asked as Calendly, a candidate and somebody else would."""

from __future__ import annotations

import hashlib
import hmac
import json
import time

import pytest
from icalendar import Calendar
from pydantic import SecretStr
from starlette.testclient import TestClient

from interview_platform import api, routes
from interview_platform.models import Booking, session
from interview_platform.services import calendly_events, meetings
from interview_platform.wiring import Platform
from tests import builders
from tests.services.meeting_cases import BERLIN
from tests.services.meeting_cases import case as made

KEY = "the-signing-key"
INVITEE = "https://api.calendly.com/scheduled_events/EV1/invitees/IN1"


@pytest.fixture
def client(held: Platform) -> TestClient:
    held.settings.calendly_webhook_key = SecretStr(KEY)
    return TestClient(api.build(), follow_redirects=False)


@pytest.fixture
def row(held: Platform) -> Booking:
    with session(held.engine) as db:
        user, actor = builders.recruiter(db, name="Dana Reyes", email="dana@example.com")
        application = builders.application(db, actor, builders.job(db, actor))
        given = meetings.Offer(user.id, 30, provider="calendly", kind="https://api.calendly.com/event_types/E")
        return meetings.offer(db, actor, application.id, given)


def event(row: Booking, kind: str = "invitee.created", **values: object) -> dict:
    """One event, as Calendly publishes it."""
    payload = {
        "uri": INVITEE,
        "email": "ada@example.com",
        "name": "Ada Candidate",
        "status": "active",
        "timezone": BERLIN,
        "event": "https://api.calendly.com/scheduled_events/EV1",
        "rescheduled": False,
        "old_invitee": None,
        "new_invitee": None,
        "cancel_url": "https://calendly.com/cancellations/IN1",
        "reschedule_url": "https://calendly.com/reschedulings/IN1",
        "tracking": {"utm_source": "interview-platform", "utm_content": row.id, "utm_campaign": None},
        "questions_and_answers": [],
        "scheduled_event": {
            "uri": "https://api.calendly.com/scheduled_events/EV1",
            "name": "Follow-up",
            "start_time": "2031-05-06T09:30:00.000000Z",
            "end_time": "2031-05-06T10:00:00.000000Z",
            "location": {"type": "zoom", "join_url": "https://zoom.example/1"},
        },
        **values,
    }
    return {"event": kind, "created_at": "2031-05-01T00:00:00.000000Z", "created_by": "u", "payload": payload}


def signed(body: bytes, at: float | None = None, key: str = KEY) -> str:
    stamp = int(at or time.time())
    return f"t={stamp},v1={hmac.new(key.encode(), f'{stamp}.'.encode() + body, hashlib.sha256).hexdigest()}"


def send(client: TestClient, told: object, header: str | None = None):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    given = {"Calendly-Webhook-Signature": signed(body) if header is None else header}
    return client.post(routes.API_WEBHOOK_CALENDLY, content=body, headers=given)


def now_of(held: Platform, row: Booking) -> Booking:
    with session(held.engine) as db:
        return db.get_one(Booking, row.id)


def test_a_booking_made_at_calendly_shows_here_with_its_place(client, held, row) -> None:
    answer = send(client, event(row))
    assert (answer.status_code, answer.json()) == (200, {"changed": True})
    kept = now_of(held, row)
    assert (kept.status, kept.place, kept.zone) == ("booked", "https://zoom.example/1", BERLIN)
    assert f"{kept.starts_at:%Y-%m-%d %H:%M}" == "2031-05-06 09:30"


def test_the_same_news_signed_again_changes_nothing(client, held, row) -> None:
    body = json.dumps(event(row)).encode()
    assert send(client, body, signed(body, time.time() - 5)).json() == {"changed": True}
    assert send(client, body).json() == {"changed": False}
    assert now_of(held, row).sequence == 1


def test_the_same_message_a_second_time_is_refused(client, held, row) -> None:
    body = json.dumps(event(row)).encode()
    header = signed(body)
    assert send(client, body, header).status_code == 200
    again = send(client, body, header)
    assert again.status_code == 401
    assert "received before" in again.json()["error"]


@pytest.mark.parametrize("seconds", [-181, 181, -86_400])
def test_an_old_or_future_message_is_refused(client, held, row, seconds) -> None:
    body = json.dumps(event(row)).encode()
    answer = send(client, body, signed(body, time.time() + seconds))
    assert answer.status_code == 401
    assert "three minutes" in answer.json()["error"]
    assert now_of(held, row).status == "offered"


@pytest.mark.parametrize("header", ["", "t=1", "v1=00", "t=1,v1=" + "0" * 64, "t=x,v1=" + "0" * 64])
def test_without_a_good_signature_nothing_changes(client, held, row, header) -> None:
    assert send(client, event(row), header).status_code == 401
    body = json.dumps(event(row)).encode()
    assert send(client, body, signed(body, key="another")).status_code == 401
    assert send(client, body + b" ", signed(body)).status_code == 401
    assert now_of(held, row).status == "offered"


def test_without_a_key_every_message_is_refused(client, held, row) -> None:
    held.settings.calendly_webhook_key = SecretStr("")
    body = json.dumps(event(row)).encode()
    assert send(client, body, signed(body, key="")).status_code == 401


def test_a_body_larger_than_any_event_is_refused(client) -> None:
    assert send(client, b"x" * (calendly_events.MOST_BYTES + 1)).status_code == 413


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b'{"event": "invitee.created"}', b"[" * 50_000])
def test_what_is_not_as_published_is_said(client, body) -> None:
    assert send(client, body).status_code == 422


def test_other_kinds_and_other_peoples_meetings_need_not_come_again(client, held, row) -> None:
    assert send(client, event(row, "routing_form_submission.created")).json() == {"changed": False}
    assert send(client, event(row, tracking={"utm_content": "another"})).json() == {"changed": False}
    assert now_of(held, row).status == "offered"


def test_a_time_without_a_zone_is_not_guessed(client, held, row) -> None:
    scheduled = {"start_time": "2031-05-06T09:30:00", "location": None}
    assert send(client, event(row, scheduled_event=scheduled)).status_code == 422
    assert now_of(held, row).status == "offered"


def test_a_cancellation_says_by_whom_and_why(client, held, row) -> None:
    send(client, event(row))
    cancelled = {"canceled_by": "Ada", "canceler_type": "invitee", "reason": "I am ill."}
    assert send(client, event(row, "invitee.canceled", status="canceled", cancellation=cancelled)).json()["changed"]
    kept = now_of(held, row)
    assert (kept.status, kept.cancelled_by, kept.reason) == ("cancelled", "candidate", "I am ill.")


def test_news_that_cannot_be_taken_just_now_may_come_again_as_it_was(client, held, row) -> None:
    with session(held.engine) as db:
        number = meetings.claim(db, row)
    body = json.dumps(event(row)).encode()
    header = signed(body)
    first = send(client, body, header)
    assert (first.status_code, first.headers["retry-after"]) == (503, "60")
    with session(held.engine) as db:
        meetings.release(db, row.id, number)
    assert send(client, body, header).json() == {"changed": True}


def test_only_posts_are_taken(client) -> None:
    assert client.get(routes.API_WEBHOOK_CALENDLY).status_code == 405


def test_a_booked_meeting_is_a_calendar_file_for_the_holder_of_its_link(client, held) -> None:
    case = made(held.engine)
    row = case.offered()
    token = meetings.token_of(held.secret, row)
    assert client.get(routes.meeting_file(token)).status_code == 404  # nothing is booked yet
    case.desk.pick(case.token(row), case.times(row)[0], BERLIN)
    answer = client.get(routes.meeting_file(token))
    assert answer.headers["content-type"].startswith("text/calendar")
    (one,) = Calendar.from_ical(answer.text).walk("VEVENT")
    assert one["DTSTART"].dt == case.now(row).starts_at
    assert client.get(routes.meeting_file(token[:-2])).status_code == 404
