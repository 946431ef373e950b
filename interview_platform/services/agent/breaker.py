"""A circuit breaker: after failures in a row a service is left alone for a while, then tried by one call."""

from __future__ import annotations

import threading
from collections.abc import Callable

FAILURES = 3
REST_SECONDS = 60.0


class Breaker:
    """Shared by every room; safe from any thread."""

    def __init__(
        self, clock: Callable[[], float], failures: int = FAILURES, rest_seconds: float = REST_SECONDS
    ) -> None:
        self._clock, self._most, self._rest = clock, failures, rest_seconds
        self._lock = threading.Lock()
        self._failed = 0
        self._until = 0.0
        self._probing = False

    @property
    def failed(self) -> int:
        """Failures in a row so far."""
        return self._failed

    def allows(self) -> bool:
        """Whether a call may be made now. After the rest one caller gets True and must report how it went."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._probing or self._clock() < self._until:
                return False
            self._probing = True
            return True

    def report(self, worked: bool) -> None:
        """How a call that was allowed went."""
        with self._lock:
            self._probing = False
            self._failed = 0 if worked else self._failed + 1
            if self._failed >= self._most:
                self._until = self._clock() + self._rest
