"""What everyone who watches an interview is told, and what a newcomer is told first. Safe from any thread.

Finished captions are numbered (`id`), so that a watcher who lost the wire and is told again shows none twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
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
        self._watchers: set[Watcher] = set()
        self._name, self._numbered = secrets.token_hex(4), 0
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
            if event.get("type") == "caption" and event.get("final"):
                self._numbered += 1
                event = {**event, "id": f"{self._name}-{self._numbered}"}
            self._remember(event)
            watchers = list(self._watchers)
        for watcher in watchers:
            watcher.put(event)

    async def subscribe(self) -> AsyncIterator[Event]:
        """Where things stand, then every event."""
        watcher = Watcher(asyncio.get_running_loop())
        self.watch(watcher)
        try:
            while (later := await watcher.next()) is not None:
                yield later
        finally:
            self.unwatch(watcher)

    def watch(self, watcher: Watcher) -> None:
        """Tell it where things stand, then every event; the same watcher twice is told again where they stand."""
        with self._lock:
            for event in self._standing():
                watcher.put(event)
            self._watchers.add(watcher)
            if self._closed:
                watcher.put(None)

    def unwatch(self, watcher: Watcher) -> None:
        """Tell it nothing more."""
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

    @property
    def has_question(self) -> bool:
        """Whether a question is shown to those who come."""
        with self._lock:
            return self._question is not None


class Watcher:
    """One subscriber's queue, filled from any thread, read on its own loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._events: deque[Event | None] = deque()
        self._more = asyncio.Event()
        self._lock = threading.Lock()

    def put(self, event: Event | None) -> None:
        """Add one; never blocks. None: nothing comes any more."""
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
        """The oldest one not yet read; waits for it."""
        while True:
            with self._lock:
                if self._events:
                    return self._events.popleft()
                self._more.clear()
            await self._more.wait()
