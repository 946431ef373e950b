"""One tab's wire to its interview: what it is told, what it asks for. The rooms decide; this only carries."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

from interview_platform.media.board import Watcher
from interview_platform.media.frames import Event

TAB_CHARACTERS = 64


class Visit:
    """From a browser's opening its wire to its closing it. Used on the web server's loop.

    What is told beyond the room's events: `entered` (ice), `lobby` (place in line), `elsewhere` (another tab holds
    the interview: ask the person, then enter with take), `taken` (it goes on in another tab) and `pong`.
    """

    def __init__(
        self,
        interview_id: str,
        tab: str,
        returning: bool,
        take: Callable[[Visit, dict[str, Any]], None],
        leave: Callable[[Visit], None],
    ) -> None:
        """`returning`: the interview was begun before. `take` and `leave` may be called from any thread."""
        self.interview_id, self.tab, self.returning = interview_id, tab[:TAB_CHARACTERS], returning
        self.watcher = Watcher(asyncio.get_running_loop())
        self.mode = ""  # call or text, as last asked for
        self.inside = False
        self.opening: asyncio.Task[None] | None = None  # a written interview's room
        self.heard_at = time.monotonic()
        self._take, self._leave = take, leave

    async def events(self) -> AsyncIterator[Event]:
        """Everything for this tab, until the rooms close."""
        while (event := await self.watcher.next()) is not None:
            yield event

    def tell(self, event: Event) -> None:
        """To this tab alone."""
        self.watcher.put(event)

    def take(self, command: dict[str, Any]) -> None:
        """Something the browser sent."""
        self.heard_at = time.monotonic()
        if command.get("type") == "ping":
            self.tell({"type": "pong"})
        else:
            self._take(self, command)

    def leave(self) -> None:
        """The wire is gone."""
        self._leave(self)
