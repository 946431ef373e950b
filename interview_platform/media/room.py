"""One interview's room, on the rooms' loop: it outlives its connections, of which it holds one at a time.

A connection is a call (call.py) or an exchange in writing (writing.py).
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from interview_platform.errors import InterviewEnded
from interview_platform.media.board import Board
from interview_platform.media.call import Call, WrittenSeat
from interview_platform.media.frames import Event
from interview_platform.media.hearing import Models
from interview_platform.media.ice import Ice, IceServer
from interview_platform.media.peer import rgb
from interview_platform.media.recording import Recorder, part_path, recorded_parts
from interview_platform.media.talk import ConversationLike, Tools
from interview_platform.media.writing import Writing
from interview_platform.ports import Picture, Samples, SpeechDetector, Transcriber, TurnModel, Voice

_log = logging.getLogger(__name__)

REJOIN_SECONDS = 60.0
"""A room without its candidate is kept this long."""
FAREWELL_SECONDS = 1.2
"""From the last word's leaving to hanging up: it is still on its way."""

_BLOCKED = "The call could not be connected: this network may block it. Go on in writing, or try another network."


def _ignore(*_: Any) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True)
class RoomParts:
    """What rooms are made of. The callbacks are called on worker threads and may block a little; what they raise is
    logged. `on_recording` may be told the same part again (after a crash): key it by interview and part."""

    speech_detector: Callable[[], SpeechDetector]
    transcriber: Transcriber
    turn_model: TurnModel
    voice: Voice
    conversation: Callable[[str], ConversationLike]  # by interview id
    record_dir: Path
    before_recording: Callable[[str], None] = _ignore
    """interview id; before its earlier parts are looked for in `record_dir`: who stored them elsewhere brings them."""
    on_recording: Callable[[str, int, Path, float, float], None] = _ignore
    """interview id, part from 1, file, its start on the timeline, its seconds."""
    on_answer: Callable[[str, str, Samples, float], None] = _ignore
    """interview id, the answer's turn id, its audio at SPEECH_RATE, its start on the timeline."""
    on_face_frame: Callable[[str, float, Picture], None] = _ignore
    """interview id, seconds on the timeline, RGB picture; at most two a second, skipped while one is looked at."""
    on_ended: Callable[[str], None] = _ignore
    """interview id; after its last recording was reported."""
    on_pasted: Callable[[str, int], None] = _ignore
    """interview id, how many characters of a typed answer were pasted: an event, no measure."""
    on_left: Callable[[str, float], None] = _ignore
    """interview id, for how many seconds another tab or window was in front: an event, no measure."""
    unhurried: Callable[[str], bool] = lambda interview_id: False
    """interview id; whether the candidate is given more time to think, by accommodation."""
    corrected: Callable[[str], Callable[[str], str]] = lambda interview_id: str
    """interview id; what puts the words of its trade right in what was heard."""
    ice: Ice = field(default_factory=Ice)


class Room:
    """One interview's room on the rooms' loop. It outlives its connections."""

    def __init__(
        self, interview_id: str, parts: RoomParts, pool: ThreadPoolExecutor, board: Board, rejoin_seconds: float
    ) -> None:
        self.interview_id = interview_id
        self.closed = False
        self.on_closed: Callable[[Room], None] = _ignore
        self.crowded: Callable[[], bool] = lambda: False
        self._parts, self._pool, self._board = parts, pool, board
        self._rejoin_seconds = rejoin_seconds
        self._ear = ThreadPoolExecutor(1, thread_name_prefix="room-ear")
        self._mind = ThreadPoolExecutor(1, thread_name_prefix="room-mind")
        self._conversation: ConversationLike | None = None
        self._call: Call | WrittenSeat | None = None
        self._settled = False  # the open question was asked, and nothing is being worked at
        self._part, self._offset = 0, 0.0
        self._unhurried = False  # as last asked for: it outlives the connection
        self._corrected: Callable[[str], str] = str
        self._joining = asyncio.Lock()
        self._leaving: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        self._keep: set[asyncio.Task[Any]] = set()

    async def join(self, sdp: str, kind: str) -> dict[str, str]:
        """Answer a call; the one before it is hung up once the new one is understood."""
        async with self._joining:
            self._stay()
            try:
                await self._prepare()
                call = Call(self)
                answer = await call.peer.answer(sdp, kind)
            except BaseException:
                if self._call is None:
                    self._leave_later()
                raise
            again = isinstance(self._call, WrittenSeat) and self._settled
            await self._hang_up()
            self._part += 1
            self._call = call
            call.begin(self._part, self._offset, again)
            return answer

    async def write(self) -> None:
        """Go on in writing; a call is hung up. One that is written already just goes on."""
        async with self._joining:
            self._stay()
            if self.closed or isinstance(self._call, WrittenSeat):
                return
            await self._prepare()
            settled = self._settled
            await self._hang_up()
            self._call = WrittenSeat(self, self._part, self._offset, settled and self._settled)

    def command(self, command: dict[str, Any]) -> bool:
        """Pass on; False when nobody is connected."""
        return self._call is not None and self._call.command(command)

    def leave(self) -> None:
        """The tab of a written interview is gone; a call notices by itself."""
        if isinstance(self._call, WrittenSeat):
            self._stay()
            self._leave_later()

    @property
    def calling(self) -> bool:
        """Whether there is a call, connected or about to be."""
        return isinstance(self._call, Call)

    async def close(self) -> None:
        """Hang up and let go of everything; safe to call twice."""
        if self.closed:
            return
        self.closed = True
        self._stay()
        await self._hang_up()
        for executor in (self._ear, self._mind):
            executor.shutdown(wait=False)
        self.on_closed(self)

    # --- what calls use ----------------------------------------------------------------------------------------

    def tools(self, clock: Callable[[], float]) -> Tools:
        """For a new connection's dialogue."""
        assert self._conversation is not None
        parts, me = self._parts, self.interview_id
        models = Models(parts.speech_detector(), parts.transcriber, parts.turn_model, self._ear, self._pool)
        return Tools(
            models=models,
            voice=parts.voice,
            conversation=self._conversation,
            mind=self._mind,
            clock=clock,
            emit=self.emit,
            on_answer=lambda turn_id, samples, at: told("an answer", parts.on_answer, me, turn_id, samples, at),
            unhurried=self._unhurried,
            corrected=self._corrected,
            on_pace=self._paced,
        )

    def writing(self, clock: Callable[[], float]) -> Writing:
        """A new exchange in writing."""
        assert self._conversation is not None
        return Writing(self._conversation, self._mind, clock, self.emit)

    def ice_servers(self) -> list[IceServer]:
        """For a new connection."""
        return self._parts.ice.servers(self.interview_id)

    def emit(self, event: Event) -> None:
        """To everyone who watches."""
        if event.get("type") == "state" and event["state"] != "connecting":
            self._settled = event["state"] in {"listening", "paused"} and self._board.has_question
        self._board.emit(event)

    def look(self, at_seconds: float, frame: Any) -> asyncio.Future[None]:
        """Have a picture looked at, on a worker."""

        def show() -> None:
            told("a picture", self._parts.on_face_frame, self.interview_id, at_seconds, rgb(frame))

        return self._loop.run_in_executor(self._pool, show)

    def record(self, part: int) -> Recorder:
        """A new part's file."""
        return Recorder(part_path(self._parts.record_dir, self.interview_id, part))

    def gone(self, call: Call) -> None:
        """The browser has left."""
        if call is self._call:
            self.do(self._left(call))

    def over(self, call: Call | WrittenSeat) -> None:
        """The last word was said."""
        if call is self._call:
            self.do(self._ended())

    def do(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run beside; failures are logged."""
        task = self._loop.create_task(_logged(work))
        self._keep.add(task)
        task.add_done_callback(self._keep.discard)
        return task

    # --- inside ------------------------------------------------------------------------------------------------

    async def _prepare(self) -> None:
        """The conversation, and where the timeline stands: parts may be left from before a crash. Once."""
        if self._conversation is not None:
            return
        bring = self._parts.before_recording
        await self._loop.run_in_executor(self._pool, told, "earlier parts", bring, self.interview_id)
        found = await self._loop.run_in_executor(self._pool, recorded_parts, self._parts.record_dir, self.interview_id)
        for part, path, offset, length in found:
            self._part, self._offset = part, offset + length
            await self._report_part(part, path, offset, length)
        parts, me = self._parts, self.interview_id
        self._unhurried = await self._loop.run_in_executor(self._pool, parts.unhurried, me)
        self._corrected = await self._loop.run_in_executor(self._pool, parts.corrected, me)
        self._conversation = await self._loop.run_in_executor(self._mind, self._parts.conversation, self.interview_id)

    def _paced(self, unhurried: bool) -> None:
        self._unhurried = unhurried

    async def _left(self, call: Call) -> None:
        async with self._joining:
            if call is not self._call:
                return
            await self._hang_up()
            self.emit({"type": "state", "state": "connecting"})
            if not call.connected:
                self.emit({"type": "error", "text": _BLOCKED})
            self._leave_later()

    def _stay(self) -> None:
        if self._leaving:
            self._leaving.cancel()
            self._leaving = None

    def _leave_later(self) -> None:
        self._leaving = self._loop.call_later(self._rejoin_seconds, lambda: self.do(self.close()))

    async def _ended(self) -> None:
        await asyncio.sleep(FAREWELL_SECONDS)
        async with self._joining:
            await self._hang_up()
            await self._loop.run_in_executor(self._pool, told, "the end", self._parts.on_ended, self.interview_id)
        await self.close()

    async def _hang_up(self) -> None:
        call, self._call = self._call, None
        if call is None:
            return
        length = await call.hang_up()
        if call.recorder is not None and call.recorder.path.exists():
            await self._report_part(call.part, call.recorder.path, call.offset, length)
            self._offset = call.offset + length

    async def _report_part(self, part: int, path: Path, offset: float, length: float) -> None:
        tell = self._parts.on_recording
        await self._loop.run_in_executor(
            self._pool, told, "a recording", tell, self.interview_id, part, path, offset, length
        )


def told(what: str, callback: Callable[..., None], *values: Any) -> None:
    """Call back; what it raises is logged and goes no further."""
    try:
        callback(*values)
    except Exception as error:
        log_error(f"handing on {what}", error)


async def _logged(work: Coroutine[Any, Any, Any]) -> None:
    try:
        await work
    except InterviewEnded:
        return
    except Exception as error:
        log_error("in a room", error)


def log_error(where: str, error: BaseException) -> None:
    """Log where and what kind, never the message: it may hold a person's words."""
    _log.error("%s: %s\n%s", where, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
