"""What everyone who watches an interview is told, and what a newcomer is told first. Safe from any thread."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import AsyncIterator

from interview_platform.media.frames import Event

WAITING = 200
"""Events kept for one slow watcher; then the oldest interim captions, then the oldest events go."""
RECENT_CAPTIONS = 12


class Board:
    """One interview's events."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watchers: set[_Watcher] = set()
        self._closed = False
        self._state: Event = {"type": "state", "state": "connecting"}
        self._question: Event | None = None
        self._ended: Event | None = None
        self._captions: deque[Event] = deque(maxlen=RECENT_CAPTIONS)

    @property
    def idle(self) -> bool:
        """Whether nobody watches."""
        with self._lock:
            return not self._watchers

    def emit(self, event: Event) -> None:
        """Tell everyone; never blocks."""
        with self._lock:
            self._remember(event)
            watchers = list(self._watchers)
        for watcher in watchers:
            watcher.put(event)

    async def subscribe(self) -> AsyncIterator[Event]:
        """Where things stand, then every event."""
        watcher = _Watcher(asyncio.get_running_loop())
        with self._lock:
            first = self._standing()
            self._watchers.add(watcher)
            if self._closed:
                watcher.put(None)
        try:
            for event in first:
                yield event
            while (later := await watcher.next()) is not None:
                yield later
        finally:
            with self._lock:
                self._watchers.discard(watcher)

    def close(self) -> None:
        """No more events: whoever watches, or begins to, comes to an end."""
        with self._lock:
            self._closed = True
            watchers = list(self._watchers)
        for watcher in watchers:
            watcher.put(None)

    def _remember(self, event: Event) -> None:
        match event.get("type"):
            case "state":
                self._state = event
            case "question":
                self._question = event
            case "ended":
                self._ended = event
            case "caption" if event.get("final"):
                self._captions.append(event)

    def _standing(self) -> list[Event]:
        question = [self._question] if self._question else []
        ended = [self._ended] if self._ended else []
        return [self._state, *question, *self._captions, *ended]


class _Watcher:
    """One subscriber's queue, filled from any thread, read on its own loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._events: deque[Event | None] = deque()
        self._more = asyncio.Event()
        self._lock = threading.Lock()

    def put(self, event: Event | None) -> None:
        with self._lock:
            if len(self._events) >= WAITING:
                self._drop_one()
            self._events.append(event)
        with contextlib.suppress(RuntimeError):  # its loop is closed: it will never read again
            self._loop.call_soon_threadsafe(self._more.set)

    def _drop_one(self) -> None:
        for index, waiting in enumerate(self._events):
            if waiting and waiting.get("type") == "caption" and not waiting.get("final"):
                del self._events[index]
                return
        self._events.popleft()

    async def next(self) -> Event | None:
        while True:
            with self._lock:
                if self._events:
                    return self._events.popleft()
                self._more.clear()
            await self._more.wait()
