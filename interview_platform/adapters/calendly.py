"""`Calendar` by Calendly's API v2, as the account of one access token.

Facts that shaped it: free times are asked for at most seven days at once and never in the past; POST /invitees books
without Calendly's own page, on paid plans only; there is no call that moves a meeting, so a new one is booked first and
the old one is cancelled after; few requests a minute are allowed, so answers are kept for a minute. Only ids go into a
path, never an address that came from outside.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from interview_platform.adapters.calendly_requests import AGENT, UNEXPECTED, CalendlyRequests
from interview_platform.errors import BadInput, PlatformError, ServiceUnavailable, TimeTaken
from interview_platform.ports import Appointment, Visitor

SOURCE = AGENT
"""Where a booking came from (utm_source); our reference is its utm_content."""
WINDOW = timedelta(days=7)
KEPT_SECONDS = 60.0
MOST_PAGES = 5
_AHEAD = timedelta(minutes=1)  # "now" is in the past when it arrives
_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")
_GONE = "Somebody was faster: this time has just been taken. Nothing was booked; choose another one."


@dataclass(frozen=True)
class EventType:
    """What can be booked at Calendly. `key` is its `kind` for the other calls."""

    key: str
    name: str
    minutes: int


class Calendly:
    """`Calendar` by Calendly."""

    name = "calendly"

    def __init__(
        self,
        token: str,
        base_url: str = "https://api.calendly.com",
        *,
        timeout_seconds: float = 15.0,
        clock: Callable[[], float] = time.time,
        told: Callable[[str], None] = lambda _error: None,
    ) -> None:
        self._http = CalendlyRequests(token, base_url, timeout_seconds, clock, told)
        self._clock = clock
        self._kept: dict[str, tuple[float, Any]] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    # --- what can be booked, and when --------------------------------------------------------------------------

    def account(self) -> dict[str, str]:
        """Whose token it is: {"uri", "name", "zone"}. The cheapest call that proves the token."""
        found = self._object(self._http.get("/users/me"))
        return {
            name: str(found.get(key) or "") for name, key in (("uri", "uri"), ("name", "name"), ("zone", "timezone"))
        }

    def event_types(self) -> list[EventType]:
        """The account's active event types. Raises ServiceUnavailable."""
        asked: dict[str, str] = {"user": self.account()["uri"], "active": "true", "count": "100"}
        found: list[EventType] = []
        for _ in range(MOST_PAGES):
            answer = self._remembered("/event_types", asked)
            held = [one for one in _list(answer) if one.get("active", True) and one.get("uri")]
            found += [
                EventType(str(one["uri"]), str(one.get("name") or ""), int(one.get("duration") or 0)) for one in held
            ]
            after = str((answer.get("pagination") or {}).get("next_page_token") or "")
            if not after:
                break
            asked = {**asked, "page_token": after}
        return found

    def times(self, kind: str, since: datetime, until: datetime) -> list[datetime]:
        """Free times, asked for week by week."""
        at = max(since, datetime.fromtimestamp(self._clock(), UTC) + _AHEAD)
        found: set[datetime] = set()
        while at < until:
            ends = min(at + WINDOW, until)
            asked = {"event_type": kind, "start_time": _stamp(at), "end_time": _stamp(ends)}
            held = _list(
                self._remembered("/event_type_available_times", asked, f"times {kind} {_stamp(at)[:16]} {ends:%d}")
            )
            found |= {_moment(one.get("start_time")) for one in held if one.get("status", "available") == "available"}
            at = ends
        return sorted(one for one in found if since <= one < until)

    # --- booking -----------------------------------------------------------------------------------------------

    def book(self, kind: str, starts_at: datetime, visitor: Visitor, reference: str) -> Appointment:
        """POST /invitees; where it then takes place is asked for after."""
        sent = {
            "event_type": kind,
            "start_time": _stamp(starts_at),
            "invitee": {
                "name": visitor.name or visitor.email,
                "email": visitor.email,
                "timezone": visitor.zone or "UTC",
            },
            "tracking": {"utm_source": SOURCE, "utm_content": reference},
        }
        self._forget()
        try:
            made = self._object(self._http.post("/invitees", sent))
        except BadInput as error:
            raise self._why(kind, starts_at, error) from error
        event = str(made.get("event") or "")
        return Appointment(
            str(made.get("uri") or ""),
            starts_at.astimezone(UTC),
            self._place(event),
            _page(made.get("reschedule_url")),
            _page(made.get("cancel_url")),
        )

    def move(self, key: str, kind: str, starts_at: datetime, visitor: Visitor, reference: str) -> Appointment:
        """Book the new time, then cancel the old one; where that fails the new one goes again."""
        made = self.book(kind, starts_at, visitor, reference)
        try:
            self.cancel(key, "Another time was chosen.")
        except PlatformError:
            self.cancel(made.key, "The other time was kept.")
            raise
        return made

    def cancel(self, key: str, reason: str = "") -> None:
        """Cancel the event of an invitee; one that is cancelled already is as it should be."""
        self._forget()
        try:
            self._http.post(f"/scheduled_events/{_event_id(key)}/cancellation", {"reason": reason[:10_000]})
        except BadInput:
            if self._is_active(key):
                raise

    def link(self, kind: str, reference: str) -> str:
        """A single-use scheduling link that brings our reference back with the booking."""
        sent = {"max_event_count": 1, "owner": kind, "owner_type": "EventType"}
        made = self._object(self._http.post("/scheduling_links", sent))
        page = _page(made.get("booking_url"))
        mark = f"utm_source={SOURCE}&utm_content={quote(reference, safe='')}"
        return f"{page}{'&' if '?' in page else '?'}{mark}" if page else ""

    # --- what the rest is made of ------------------------------------------------------------------------------

    def _why(self, kind: str, starts_at: datetime, error: BadInput) -> BadInput:
        """A refused booking: taken meanwhile, or not bookable at all. Asked, not guessed from the words."""
        asked = {
            "event_type": kind,
            "start_time": _stamp(starts_at),
            "end_time": _stamp(starts_at + timedelta(minutes=1)),
        }
        try:
            held = _list(self._http.get("/event_type_available_times", asked))
        except BadInput:
            return error
        free = {_moment(one.get("start_time")) for one in held if one.get("status", "available") == "available"}
        return error if starts_at.astimezone(UTC) in free else TimeTaken(_GONE)

    def _place(self, event: str) -> str:
        """Where an event takes place; empty when that is not told. A booking never fails for it."""
        try:
            held = self._object(self._http.get(f"/scheduled_events/{_event_id(event)}"))
        except PlatformError:
            return ""
        location = held.get("location") or {}
        return _page(location.get("join_url")) or str(location.get("location") or "")[:500]

    def _is_active(self, key: str) -> bool:
        try:
            held = self._object(self._http.get(f"/scheduled_events/{_event_id(key)}"))
        except BadInput:
            return False
        return str(held.get("status") or "") == "active"

    def _remembered(self, path: str, asked: dict[str, str], name: str = "") -> dict[str, Any]:
        """A GET's answer, asked for again after KEPT_SECONDS or a booking of ours."""
        key = name or f"{path} {sorted(asked.items())}"
        with self._lock:
            at, answer = self._kept.get(key, (0.0, None))
        if answer is None or self._clock() - at > KEPT_SECONDS:
            answer = self._http.get(path, asked)
            with self._lock:
                self._kept[key] = (self._clock(), answer)
        return dict(answer)

    def _forget(self) -> None:
        with self._lock:
            self._kept.clear()

    def _object(self, answer: dict[str, Any]) -> dict[str, Any]:
        held = answer.get("resource")
        if not isinstance(held, dict):
            raise ServiceUnavailable(UNEXPECTED)
        return held


def _list(answer: dict[str, Any]) -> list[dict[str, Any]]:
    held = answer.get("collection")
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def _event_id(uri: str) -> str:
    """The scheduled event's id in its own address or an invitee's. Raises BadInput."""
    parts = urlsplit(uri).path.strip("/").split("/")
    place = parts.index("scheduled_events") + 1 if "scheduled_events" in parts else len(parts)
    if place >= len(parts) or not _ID.fullmatch(parts[place]):
        raise BadInput("This meeting is not one of Calendly's.")
    return parts[place]


def _page(address: Any) -> str:
    """A web address that may be shown as a link, or nothing."""
    text = str(address or "")
    return text if urlsplit(text).scheme in ("https", "http") and len(text) < 2000 else ""


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _moment(text: Any) -> datetime:
    try:
        return datetime.fromisoformat(str(text).replace("Z", "+00:00")).astimezone(UTC)
    except ValueError as error:
        raise ServiceUnavailable(UNEXPECTED) from error
