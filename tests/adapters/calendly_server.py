"""A small local server that speaks Calendly's API v2, as far as meetings need it, made from the published fields.

It knows one token, pages event types, offers times of at most seven days and never of the past, books an invitee once
per time, cancels, makes single-use links, and counts requests: `per_minute` of them, then 429 with Retry-After.
`faults` are answers given instead, one a request: (status, headers, body).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "calendly-test-token"
API = "https://api.calendly.com"
USER = f"{API}/users/ABCDEFGHIJKLMNOP"
EVENT_TYPE = f"{API}/event_types/EEEEEEEEEEEEEEEE"
Answer = tuple[int, dict[str, str], Any]


def refusal(status: int, title: str, message: str, **more: Any) -> Answer:
    """An error in Calendly's form."""
    return status, {}, {"title": title, "message": message, **more}


def event_type(uri: str = EVENT_TYPE, name: str = "Follow-up", duration: int = 30, **values: Any) -> dict[str, Any]:
    """An event type as the API lists it."""
    return {
        "uri": uri,
        "name": name,
        "active": True,
        "slug": name.lower(),
        "scheduling_url": f"https://calendly.com/dana/{name.lower()}",
        "duration": duration,
        "kind": "solo",
        "type": "StandardEventType",
        "secret": False,
        "profile": {"type": "User", "name": "Dana Reyes", "owner": USER},
        **values,
    }


@dataclass
class CalendlyServer:
    """What it holds, how it misbehaves, what it was asked."""

    event_types: list[dict[str, Any]] = field(default_factory=lambda: [event_type()])
    hours: tuple[int, int] = (9, 17)  # every day, UTC
    booked: dict[str, dict[str, Any]] = field(default_factory=dict)  # event id → event with its invitee
    faults: list[Answer] = field(default_factory=list)
    asked: list[tuple[str, str, Any]] = field(default_factory=list)  # (method, path with query, body)
    per_minute: int = 1_000
    plan_allows_booking: bool = True
    links: int = 0
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def free(self, since: datetime, until: datetime, minutes: int = 30) -> list[datetime]:
        """Free beginnings, on every half hour."""
        taken = {one["start"] for one in self.booked.values() if one["status"] == "active"}
        at, found = since.replace(minute=0, second=0, microsecond=0), []
        while at < until:
            inside = self.hours[0] <= at.hour and at + timedelta(minutes=minutes) <= at.replace(
                hour=self.hours[1], minute=0
            )
            if since <= at and inside and at not in taken:
                found.append(at)
            at += timedelta(minutes=30)
        return found


@contextmanager
def calendly(**values: Any) -> Iterator[CalendlyServer]:
    """A running server."""
    held = CalendlyServer(**values)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Quiet."""

        def _reply(self, body: Any) -> None:
            with held.lock:
                held.asked.append((self.command, self.path, body))
                answer = _answer(held, self.command, self.path, self.headers.get("authorization", ""), body)
            status, headers, content = answer
            raw = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            for name, value in {"content-type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def do_GET(self) -> None:
            self._reply(None)

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length", 0)))
            self._reply(json.loads(raw or b"{}"))

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()


def _answer(held: CalendlyServer, method: str, path: str, authorization: str, body: Any) -> Answer:
    if held.faults:
        return held.faults.pop(0)
    if authorization != f"Bearer {TOKEN}":
        return refusal(401, "Unauthenticated", "The access token is invalid")
    if len(held.asked) > held.per_minute:
        return 429, {"Retry-After": "60", "X-RateLimit-Reset": "60"}, {"title": "Too Many Requests", "message": "slow"}
    parts = urlsplit(path)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    steps = parts.path.strip("/").split("/")
    if (method, steps) == ("GET", ["users", "me"]):
        return 200, {}, {"resource": {"uri": USER, "name": "Dana Reyes", "timezone": "Europe/Berlin"}}
    if (method, steps) == ("GET", ["event_types"]):
        return _event_types(held, asked)
    if (method, steps) == ("GET", ["event_type_available_times"]):
        return _times(held, asked)
    if (method, steps) == ("POST", ["invitees"]):
        return _book(held, body)
    if (method, steps) == ("POST", ["scheduling_links"]):
        return _link(held, body)
    if steps[0] == "scheduled_events" and len(steps) >= 2 and steps[1] in held.booked:
        return _event(held, method, steps, body)
    return refusal(404, "Resource Not Found", "The server could not find the requested resource.")


def _event_types(held: CalendlyServer, asked: dict[str, str]) -> Answer:
    if asked.get("user") != USER:
        return refusal(400, "Invalid Argument", "The supplied parameters are invalid.")
    at, shown = int(asked.get("page_token", "0")), 2
    more = str(at + shown) if at + shown < len(held.event_types) else None
    pagination = {"count": shown, "next_page": None, "next_page_token": more}
    return 200, {}, {"collection": held.event_types[at : at + shown], "pagination": pagination}


def _times(held: CalendlyServer, asked: dict[str, str]) -> Answer:
    kind = _kind(held, asked.get("event_type", ""))
    if kind is None:
        return refusal(404, "Resource Not Found", "No such event type.")
    since, until = _moment(asked["start_time"]), _moment(asked["end_time"])
    if since < datetime.now(UTC) or until <= since:
        return refusal(400, "Invalid Argument", "start_time must be in the future")
    if until - since > timedelta(days=7):
        return refusal(400, "Invalid Argument", "The date range can be no greater than 1 week (7 days)")
    times = [
        {
            "status": "available",
            "invitees_remaining": 1,
            "start_time": _stamp(at),
            "scheduling_url": "https://calendly.com/d",
        }
        for at in held.free(since, until, int(kind["duration"]))
    ]
    return 200, {}, {"collection": times}


def _book(held: CalendlyServer, body: dict[str, Any]) -> Answer:
    if not held.plan_allows_booking:
        return refusal(403, "Permission Denied", "Please upgrade your plan")
    kind, invitee = _kind(held, str(body.get("event_type"))), body.get("invitee") or {}
    if kind is None or not invitee.get("email") or not invitee.get("name") or not invitee.get("timezone"):
        return refusal(
            400, "Invalid Argument", "The supplied parameters are invalid.", details=[{"parameter": "invitee"}]
        )
    at = _moment(body["start_time"])
    if at not in held.free(at, at + timedelta(minutes=1), int(kind["duration"])):
        return refusal(
            400, "Invalid Argument", "The supplied parameters are invalid.", details=[{"parameter": "start_time"}]
        )
    number = f"{len(held.booked):016d}"
    event, person = f"{API}/scheduled_events/EV{number}", f"{API}/scheduled_events/EV{number}/invitees/IN{number}"
    made = {
        "uri": person,
        "event": event,
        "email": invitee["email"],
        "name": invitee["name"],
        "status": "active",
        "timezone": invitee["timezone"],
        "rescheduled": False,
        "old_invitee": None,
        "new_invitee": None,
        "tracking": body.get("tracking") or {},
        "cancel_url": f"https://calendly.com/cancellations/IN{number}",
        "reschedule_url": f"https://calendly.com/reschedulings/IN{number}",
    }
    held.booked[f"EV{number}"] = {"start": at, "status": "active", "invitee": made, "reason": ""}
    return 201, {}, {"resource": made}


def _event(held: CalendlyServer, method: str, steps: list[str], body: Any) -> Answer:
    event = held.booked[steps[1]]
    if method == "POST" and steps[2:] == ["cancellation"]:
        if event["status"] != "active":
            return refusal(403 if body is None else 400, "Invalid Argument", "Event is already canceled")
        event["status"], event["reason"] = "canceled", str((body or {}).get("reason") or "")
        return 201, {}, {"resource": {"canceled_by": "Dana Reyes", "reason": event["reason"], "canceler_type": "host"}}
    if method == "GET" and not steps[2:]:
        held_at = {"type": "zoom_conference", "status": "pushed", "join_url": f"https://zoom.example/{steps[1]}"}
        shown = {"uri": f"{API}/scheduled_events/{steps[1]}", "status": event["status"], "location": held_at}
        return 200, {}, {"resource": {**shown, "start_time": _stamp(event["start"])}}
    return refusal(404, "Resource Not Found", "The server could not find the requested resource.")


def _link(held: CalendlyServer, body: dict[str, Any]) -> Answer:
    if _kind(held, str(body.get("owner"))) is None or body.get("owner_type") != "EventType":
        return refusal(400, "Invalid Argument", "The supplied parameters are invalid.")
    if body.get("max_event_count") != 1:
        return refusal(400, "Invalid Argument", "max_event_count must be 1")
    held.links += 1
    made = {"booking_url": f"https://calendly.com/d/link-{held.links}/follow-up", "owner": body["owner"]}
    return 201, {}, {"resource": {**made, "owner_type": "EventType"}}


def _kind(held: CalendlyServer, uri: str) -> dict[str, Any] | None:
    return next((one for one in held.event_types if one["uri"] == uri), None)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
