"""The live rooms: one per interview, on a thread and an event loop of their own, so that no page waits for a call
and no call for a page. Everything public may be used from any thread or loop.

A candidate's tab comes in by `visit`: it asks to enter, is let in, waits in line or is told that another tab holds the
interview (entrance.py). Recruiters only look (`subscribe`). What other parts of the product want to show in the room
(a hint that the picture is dark, say) goes through `emit(interview_id, event)`: any JSON event, from any thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, Literal, TypeVar

from interview_platform.errors import PlatformError, ServiceUnavailable
from interview_platform.media.board import Board
from interview_platform.media.entrance import Elsewhere, Entered, Entrance, Waits
from interview_platform.media.frames import Event
from interview_platform.media.room import REJOIN_SECONDS, Room, RoomParts, log_error, told
from interview_platform.media.talk import ConversationLike
from interview_platform.media.visit import Visit
from interview_platform.media.voicing import SpeaksAhead

__all__ = ["ConversationLike", "Full", "HeldElsewhere", "RoomParts", "Rooms"]

Result = TypeVar("Result")

CALLS = 8
"""Calls one worker holds, unless a setting says else."""
ROOMY_CALLS = 4
"""With more, only key frames are decoded to be looked at."""
LOOK_SECONDS = 0.5
"""How often the line is looked at."""
SILENT_SECONDS = 12.0
"""A page in the lobby is heard every few seconds; after this it is taken for away."""
LAST_SECONDS = 2.0
"""What is still being hung up when the rooms close has this long."""
_FULL = "All interview rooms are taken at the moment. Your place is kept; the room opens by itself."
_ELSEWHERE = "This interview is open in another tab. Close that one, or continue here."


class Full(ServiceUnavailable):
    """No room for one more call now."""


class HeldElsewhere(PlatformError):
    """Another tab of the candidate holds the interview."""


class Rooms:
    """All live interviews of this process."""

    def __init__(self, parts: RoomParts, rejoin_seconds: float = REJOIN_SECONDS, calls: int = CALLS) -> None:
        """`calls`: how many at once; interviews in writing are not counted."""
        self._voice = SpeaksAhead(parts.voice)
        self._parts = replace(parts, voice=self._voice)
        self._entrance = Entrance(calls)  # this and the visits: on the loop only
        self._visits: set[Visit] = set()
        self._rejoin_seconds = rejoin_seconds
        self._rooms: dict[str, Room] = {}
        self._boards: dict[str, Board] = {}
        self._lock = threading.Lock()  # of the two above
        self._closed = False
        self._pool = ThreadPoolExecutor(4, thread_name_prefix="room-model")
        sys.setswitchinterval(0.001)  # a thread that computes may keep audio waiting for 1 ms, not for 5
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="rooms", daemon=True)
        self._thread.start()

    async def offer(self, interview_id: str, sdp: str, type: str, tab: str = "") -> dict[str, str]:
        """Answer a browser's call; an older call of the same interview is hung up. Raises BadInput, InterviewEnded,
        ServiceUnavailable, Full, HeldElsewhere."""
        return await asyncio.wrap_future(self._send(self._offer(interview_id, sdp, type, tab)))

    def visit(self, interview_id: str, tab: str, returning: bool = False) -> Visit:
        """A candidate's tab opens its wire; call it on the loop that reads its events. `returning`: the interview
        was begun before, so that it does not wait behind those that were not."""
        visit = Visit(interview_id, tab, returning, self._on_loop(self._asked), self._on_loop(self._left))
        if self._closed:
            visit.watcher.put(None)
        else:
            self._loop.call_soon_threadsafe(self._visits.add, visit)
        return visit

    async def subscribe(self, interview_id: str) -> AsyncIterator[Event]:
        """Events of the interview, from its present state on, until the caller stops or the rooms close."""
        async for event in self._board(interview_id).subscribe():
            yield event

    def command(self, interview_id: str, command: dict[str, Any]) -> None:
        """Something the candidate pressed or typed."""
        if not self._closed:
            self._loop.call_soon_threadsafe(self._command, interview_id, command)

    def emit(self, interview_id: str, event: Event) -> None:
        """Show a JSON event to everyone in this interview's room now; nobody there: it is dropped. Never blocks."""
        with self._lock:
            board = self._boards.get(interview_id)
        if board is not None:
            board.emit(event)

    def speak_ahead(self, texts: Iterable[str]) -> None:
        """Make the sound of what will probably be said, where and when nobody waits for it."""
        self._voice.prepare_later(texts)

    def live(self) -> list[str]:
        """Interviews with a room now."""
        with self._lock:
            return list(self._rooms)

    def room(self) -> tuple[int, int]:
        """(calls that could come in now, interviews in line), as good as a look from another thread is."""
        return self._entrance.free, self._entrance.waiting

    def close(self) -> None:
        """Hang up every call, finish the recordings, stop the thread; safe to call twice."""
        if self._closed:
            return
        self._closed = True
        with contextlib.suppress(Exception):
            asyncio.run_coroutine_threadsafe(self._close_all(), self._loop).result(timeout=30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._voice.close()

    # --- inside ------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.call_soon(self._look)
        self._loop.run_forever()

    def _on_loop(self, call: Callable[..., None]) -> Callable[..., None]:
        def later(*values: Any) -> None:
            if not self._closed:
                self._loop.call_soon_threadsafe(call, *values)

        return later

    def _send(self, work: Coroutine[Any, Any, Result]) -> Future[Result]:
        if self._closed:
            work.close()
            raise ServiceUnavailable("The live rooms are closed. Reload the page in a moment.")
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def _board(self, interview_id: str) -> Board:
        with self._lock:
            for old in [key for key, board in self._boards.items() if board.idle and key not in self._rooms]:
                del self._boards[old]
            board = self._boards.setdefault(interview_id, Board())
        if self._closed:
            board.close()
        return board

    async def _offer(self, interview_id: str, sdp: str, kind: str, tab: str) -> dict[str, str]:
        known = next((v for v in self._visits if v.interview_id == interview_id and v.tab == tab), None)
        returning = known.returning if known else interview_id in self._rooms
        now = self._loop.time()
        match self._entrance.enter(interview_id, tab, "call", now, returning=returning):
            case Elsewhere():
                raise HeldElsewhere(_ELSEWHERE)
            case Waits():
                raise Full(_FULL)
        try:
            answer = await self._room(interview_id).join(sdp, kind)
        except PlatformError:
            raise
        except Exception as error:
            log_error("joining a room", error)
            raise ServiceUnavailable("The call could not be set up. Reload the page to try again.") from error
        self._entrance.called(interview_id)
        return answer

    def _room(self, interview_id: str) -> Room:
        room = self._rooms.get(interview_id)
        if room is None or room.closed:
            room = Room(interview_id, self._parts, self._pool, self._board(interview_id), self._rejoin_seconds)
            room.on_closed = self._forget
            room.crowded = lambda: len(self._rooms) > ROOMY_CALLS
            with self._lock:
                self._rooms[interview_id] = room
        return room

    # --- visits, on the loop -------------------------------------------------------------------------------------

    def _asked(self, visit: Visit, command: dict[str, Any]) -> None:
        """Something a candidate's tab sent."""
        if command.get("type") == "enter":
            self._enter(visit, "text" if command.get("mode") == "text" else "call", command.get("take") is True)
        elif command.get("type") == "away":
            if self._entrance.holds(visit.interview_id, visit.tab):
                seconds = command.get("seconds")
                self._pool.submit(told, "an absence", self._parts.on_left, visit.interview_id, seconds)
        elif self._entrance.holds(visit.interview_id, visit.tab):
            pasted = command.get("pasted")
            if command.get("type") == "say" and isinstance(pasted, int) and pasted > 0:
                self._pool.submit(told, "a paste", self._parts.on_pasted, visit.interview_id, min(pasted, 1_000_000))
            pressed = partial(self._command, visit.interview_id, {**command, "by": "candidate"})
            if visit.opening is None or visit.opening.done():
                pressed()
            else:  # what was sent while the room opens waits for it
                visit.opening.add_done_callback(lambda _: pressed())

    def _enter(self, visit: Visit, mode: Literal["call", "text"], take: bool) -> None:
        visit.mode = mode
        now = self._loop.time()
        outcome = self._entrance.enter(
            visit.interview_id, visit.tab, mode, now, take=take, returning=visit.returning
        )  # fmt: skip
        match outcome:
            case Elsewhere():
                visit.tell({"type": "elsewhere"})
            case Waits(place):
                self._let_go(visit.interview_id, visit.tab)
                self._board(visit.interview_id).unwatch(visit.watcher)
                visit.inside = False
                visit.tell({"type": "lobby", "place": place})
            case Entered():
                self._let_go(visit.interview_id, visit.tab)
                self._come_in(visit)

    def _come_in(self, visit: Visit) -> None:
        visit.inside = True
        ice = self._parts.ice.for_browser(visit.interview_id)
        room = self._rooms.get(visit.interview_id)
        visit.tell({"type": "entered", "mode": visit.mode, "ice": ice, "calling": bool(room and room.calling)})
        self._board(visit.interview_id).watch(visit.watcher)
        if visit.mode == "text":
            visit.opening = self._loop.create_task(self._write(visit))

    async def _write(self, visit: Visit) -> None:
        try:
            await self._room(visit.interview_id).write()
        except Exception as error:
            log_error("opening a written interview", error)
            text = str(error) if isinstance(error, PlatformError) else "The interview did not open. Reload the page."
            visit.tell({"type": "error", "text": text})

    def _let_go(self, interview_id: str, tab: str) -> None:
        """The interview's other tabs are told that it goes on elsewhere."""
        for other in self._visits:
            if other.interview_id == interview_id and other.tab != tab and other.mode:
                self._board(interview_id).unwatch(other.watcher)
                other.tell({"type": "taken"})
                other.inside, other.mode = False, ""

    def _left(self, visit: Visit) -> None:
        """A tab's wire is gone. Only the last wire of the holding tab counts."""
        self._visits.discard(visit)
        self._board(visit.interview_id).unwatch(visit.watcher)
        if any(v.interview_id == visit.interview_id and v.tab == visit.tab for v in self._visits):
            return
        self._entrance.left(visit.interview_id, visit.tab, self._loop.time())
        room = self._rooms.get(visit.interview_id)
        if room is None:
            self._entrance.forget(visit.interview_id)
        elif self._entrance.holds(visit.interview_id, visit.tab):
            room.leave()

    def _look(self) -> None:
        """Who waits comes in as soon as a room is free, and learns of a better place at once."""
        now = self._loop.time()
        waiting = [v for v in self._visits if v.mode and not v.inside]
        waiting = [v for v in waiting if self._entrance.holds(v.interview_id, v.tab)]
        for visit in waiting:
            silent = now - visit.heard_at > SILENT_SECONDS  # a closed laptop says nothing, and closes nothing
            self._entrance.waits(visit.interview_id, visit.heard_at if silent else None)
        admitted, moved = self._entrance.tick(now)
        for visit in waiting:
            if visit.interview_id in admitted:
                self._come_in(visit)
            elif visit.interview_id in moved:
                visit.tell({"type": "lobby", "place": moved[visit.interview_id]})
        self._loop.call_later(LOOK_SECONDS, self._look)

    def _forget(self, room: Room) -> None:
        with self._lock:
            if self._rooms.get(room.interview_id) is room:
                del self._rooms[room.interview_id]
                self._entrance.release(room.interview_id)
                self._entrance.forget(room.interview_id)

    def _command(self, interview_id: str, command: dict[str, Any]) -> None:
        room = self._rooms.get(interview_id)
        if room is None or not room.command(command):
            text = "The call is not connected. Reload the page to call again."
            self._board(interview_id).emit({"type": "error", "text": text})

    async def _close_all(self) -> None:
        await asyncio.gather(*(room.close() for room in list(self._rooms.values())), return_exceptions=True)
        for board in list(self._boards.values()):
            board.close()
        for visit in self._visits:
            visit.watcher.put(None)
        hanging_up = asyncio.all_tasks() - {asyncio.current_task()}
        if hanging_up:
            await asyncio.wait(hanging_up, timeout=LAST_SECONDS)
