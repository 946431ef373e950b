"""One access token's requests to Calendly: errors put into words, and the limits kept.

After a 429 nothing more is asked until the time it named. Only the method and the path's shape reach the log.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import structlog

from interview_platform.errors import BadInput, PlatformError, ServiceUnavailable

AGENT = "interview-platform"
UNEXPECTED = "Calendly's answer is not what was expected. Nothing was changed; try again later."
_log = structlog.get_logger()


class CalendlyRequests:
    """JSON in, JSON out. `clock` gives seconds since 1970; `told` hears how each call went: "" or what was wrong."""

    def __init__(
        self,
        token: str,
        base_url: str,
        timeout_seconds: float = 15.0,
        clock: Callable[[], float] = time.time,
        told: Callable[[str], None] = lambda _error: None,
    ) -> None:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json", "User-Agent": AGENT}
        self._client = httpx.Client(base_url=base_url.rstrip("/"), headers=headers, timeout=timeout_seconds)
        self._clock, self._told = clock, told
        self._closed_until = 0.0

    def get(self, path: str, params: dict[str, str] | None = None) -> dict[str, Any]:
        """A GET's object. Raises BadInput (no such thing), ServiceUnavailable."""
        return self._call("GET", path, None, params)

    def post(self, path: str, sent: dict[str, Any]) -> dict[str, Any]:
        """A POST's object. Raises as `get`."""
        return self._call("POST", path, sent, None)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _call(self, method: str, path: str, sent: Any, params: dict[str, str] | None) -> dict[str, Any]:
        try:
            answer = self._answer(method, path, sent, params)
        except ServiceUnavailable as error:
            self._told(str(error))
            raise
        self._told("")
        return answer

    def _answer(self, method: str, path: str, sent: Any, params: dict[str, str] | None) -> dict[str, Any]:
        if self._clock() < self._closed_until:
            raise ServiceUnavailable(self._wait())
        try:
            answer = self._client.request(method, path, json=sent, params=params)
        except httpx.HTTPError as error:
            raise ServiceUnavailable(_silent(method)) from error
        if answer.status_code == 429:
            self._closed_until = self._clock() + _seconds(answer.headers)
            raise ServiceUnavailable(self._wait())
        if not answer.is_success:
            _log.warning("calendly_refused", status=answer.status_code, path=re.sub(r"/[\w-]{8,}", "/…", path))
            raise _failure(answer.status_code)
        return _json(answer)

    def _wait(self) -> str:
        at = datetime.fromtimestamp(self._closed_until, UTC)
        minutes = max(1, -(-int(self._closed_until - self._clock()) // 60))
        unit = "minute" if minutes == 1 else "minutes"
        again = f"try again in {minutes} {unit}, after {at:%H:%M} UTC."
        return f"Calendly's limit of requests is reached. Nothing was changed; {again}"


def _failure(status: int) -> PlatformError:
    if status == 401:
        return ServiceUnavailable(
            "Calendly refused the access token. Nothing was changed; ask your administrator to check CALENDLY_TOKEN."
        )
    if status == 403:
        return ServiceUnavailable(
            "Calendly's plan or the token's rights do not allow this. Nothing was changed; a paid plan and a token "
            "with all scopes are needed."
        )
    if status in (400, 404, 409, 422):
        return BadInput("Calendly cannot book this: the meeting or the time is not there any more. Nothing was booked.")
    return ServiceUnavailable(f"Calendly answered {status}. Nothing was changed; try again later.")


def _silent(method: str) -> str:
    if method == "GET":
        return "Calendly does not answer. Nothing was changed; try again in a few minutes."
    return (
        "Calendly did not answer in time, so this may or may not have been done. Look again in a minute: what was "
        "booked or cancelled there shows here by itself."
    )


def _seconds(headers: httpx.Headers) -> float:
    """How long to wait: Retry-After, or X-RateLimit-Reset (seconds left); else a minute."""
    for name in ("retry-after", "x-ratelimit-reset"):
        given = headers.get(name, "")
        if given.isdigit():
            return float(min(int(given), 86_400))
    return 60.0


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        held = answer.json()
    except ValueError as error:
        raise ServiceUnavailable(UNEXPECTED) from error
    return held if isinstance(held, dict) else {}
