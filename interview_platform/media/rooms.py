"""The live rooms: one per interview, on a thread and an event loop of their own, so that no page waits for a call
and no call for a page. Everything public may be used from any thread or loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from interview_platform.errors import PlatformError, ServiceUnavailable
from interview_platform.media.board import Board
from interview_platform.media.frames import Event
from interview_platform.media.pipeline import ConversationLike
from interview_platform.media.room import REJOIN_SECONDS, Room, RoomParts, log_error

__all__ = ["ConversationLike", "RoomParts", "Rooms"]

Result = TypeVar("Result")


class Rooms:
    """All live interviews of this process."""

    def __init__(self, parts: RoomParts, rejoin_seconds: float = REJOIN_SECONDS) -> None:
        self._parts = parts
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

    async def offer(self, interview_id: str, sdp: str, type: str) -> dict[str, str]:
        """Answer a browser's call; an older call of the same interview is hung up. Raises BadInput, InterviewEnded,
        ServiceUnavailable."""
        return await asyncio.wrap_future(self._send(self._offer(interview_id, sdp, type)))

    async def subscribe(self, interview_id: str) -> AsyncIterator[Event]:
        """Events of the interview, from its present state on, until the caller stops or the rooms close."""
        async for event in self._board(interview_id).subscribe():
            yield event

    def command(self, interview_id: str, command: dict[str, Any]) -> None:
        """Something the candidate pressed or typed."""
        if not self._closed:
            self._loop.call_soon_threadsafe(self._command, interview_id, command)

    def live(self) -> list[str]:
        """Interviews with a room now."""
        with self._lock:
            return list(self._rooms)

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

    # --- inside ------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

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

    async def _offer(self, interview_id: str, sdp: str, kind: str) -> dict[str, str]:
        room = self._rooms.get(interview_id)
        if room is None or room.closed:
            room = Room(interview_id, self._parts, self._pool, self._board(interview_id), self._rejoin_seconds)
            room.on_closed = self._forget
            with self._lock:
                self._rooms[interview_id] = room
        try:
            return await room.join(sdp, kind)
        except PlatformError:
            raise
        except Exception as error:
            log_error("joining a room", error)
            raise ServiceUnavailable("The call could not be set up. Reload the page to try again.") from error

    def _forget(self, room: Room) -> None:
        with self._lock:
            if self._rooms.get(room.interview_id) is room:
                del self._rooms[room.interview_id]

    def _command(self, interview_id: str, command: dict[str, Any]) -> None:
        room = self._rooms.get(interview_id)
        if room is None or not room.command(command):
            text = "The call is not connected. Reload the page to call again."
            self._board(interview_id).emit({"type": "error", "text": text})

    async def _close_all(self) -> None:
        await asyncio.gather(*(room.close() for room in list(self._rooms.values())), return_exceptions=True)
        for board in list(self._boards.values()):
            board.close()
