"""One interview's room, on the rooms' loop: it outlives its connections, of which it holds one at a time."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interview_platform.errors import InterviewEnded
from interview_platform.media.board import Board
from interview_platform.media.frames import EncodedPicture, Event, Sound
from interview_platform.media.hearing import Models
from interview_platform.media.peer import Peer, Wires, rgb
from interview_platform.media.pipeline import ConversationLike, Dialogue, Tools
from interview_platform.media.recording import Recorder, part_path, recorded_parts
from interview_platform.media.stages import SILENCE
from interview_platform.ports import Picture, Samples, SpeechDetector, Transcriber, TurnModel, Voice

_log = logging.getLogger(__name__)

REJOIN_SECONDS = 60.0
"""A room without its candidate is kept this long."""
LAST_ANSWER_SECONDS = 5.0
"""A finished answer has this long to be written after its connection is gone, before the next one begins."""
FAREWELL_SECONDS = 1.2
"""From the last word's leaving to hanging up: it is still on its way."""

_BLOCKED = "The call could not be connected. A firewall may block it: try another network, then reload the page."


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
    on_recording: Callable[[str, int, Path, float, float], None] = _ignore
    """interview id, part from 1, file, its start on the timeline, its seconds."""
    on_answer: Callable[[str, str, Samples, float], None] = _ignore
    """interview id, the answer's turn id, its audio at SPEECH_RATE, its start on the timeline."""
    on_face_frame: Callable[[str, float, Picture], None] = _ignore
    """interview id, seconds on the timeline, RGB picture; at most two a second, skipped while one is looked at."""
    on_ended: Callable[[str], None] = _ignore
    """interview id; after its last recording was reported."""
    ice_servers: Sequence[str] = ()


class Room:
    """One interview's room on the rooms' loop. It outlives its connections."""

    def __init__(
        self, interview_id: str, parts: RoomParts, pool: ThreadPoolExecutor, board: Board, rejoin_seconds: float
    ) -> None:
        self.interview_id = interview_id
        self.closed = False
        self.on_closed: Callable[[Room], None] = _ignore
        self.ice_servers = parts.ice_servers
        self._parts, self._pool, self._board = parts, pool, board
        self._rejoin_seconds = rejoin_seconds
        self._ear = ThreadPoolExecutor(1, thread_name_prefix="room-ear")
        self._mind = ThreadPoolExecutor(1, thread_name_prefix="room-mind")
        self._conversation: ConversationLike | None = None
        self._call: _Call | None = None
        self._part, self._offset = 0, 0.0
        self._joining = asyncio.Lock()
        self._leaving: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        self._keep: set[asyncio.Task[Any]] = set()

    async def join(self, sdp: str, kind: str) -> dict[str, str]:
        """Answer a call; the one before it is hung up once the new one is understood."""
        async with self._joining:
            if self._leaving:
                self._leaving.cancel()
            try:
                if self._conversation is None:
                    await self._prepare()
                call = _Call(self)
                answer = await call.peer.answer(sdp, kind)
            except BaseException:
                if self._call is None:
                    self._leave_later()
                raise
            await self._hang_up()
            self._part += 1
            self._call = call
            call.begin(self._part, self._offset)
            return answer

    def command(self, command: dict[str, Any]) -> bool:
        """Pass on; False when nobody is connected."""
        if self._call is None or self._call.dialogue is None:
            return False
        self._call.dialogue.command(command)
        return True

    async def close(self) -> None:
        """Hang up and let go of everything; safe to call twice."""
        if self.closed:
            return
        self.closed = True
        if self._leaving:
            self._leaving.cancel()
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
            emit=self._board.emit,
            on_answer=lambda turn_id, samples, at: _told("an answer", parts.on_answer, me, turn_id, samples, at),
        )

    def emit(self, event: Event) -> None:
        """To everyone who watches."""
        self._board.emit(event)

    def look(self, at_seconds: float, frame: Any) -> asyncio.Future[None]:
        """Have a picture looked at, on a worker."""

        def show() -> None:
            _told("a picture", self._parts.on_face_frame, self.interview_id, at_seconds, rgb(frame))

        return self._loop.run_in_executor(self._pool, show)

    def record(self, part: int) -> Recorder:
        """A new part's file."""
        return Recorder(part_path(self._parts.record_dir, self.interview_id, part))

    def gone(self, call: _Call) -> None:
        """The browser has left."""
        if call is self._call:
            self.do(self._left(call))

    def over(self, call: _Call) -> None:
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
        """The conversation, and where the timeline stands: parts may be left from before a crash."""
        found = await self._loop.run_in_executor(self._pool, recorded_parts, self._parts.record_dir, self.interview_id)
        for part, path, offset, length in found:
            self._part, self._offset = part, offset + length
            await self._report_part(part, path, offset, length)
        self._conversation = await self._loop.run_in_executor(self._mind, self._parts.conversation, self.interview_id)

    async def _left(self, call: _Call) -> None:
        async with self._joining:
            if call is not self._call:
                return
            await self._hang_up()
            self.emit({"type": "state", "state": "connecting"})
            if not call.connected:
                self.emit({"type": "error", "text": _BLOCKED})
            self._leave_later()

    def _leave_later(self) -> None:
        self._leaving = self._loop.call_later(self._rejoin_seconds, lambda: self.do(self.close()))

    async def _ended(self) -> None:
        await asyncio.sleep(FAREWELL_SECONDS)
        async with self._joining:
            await self._hang_up()
            await self._loop.run_in_executor(self._pool, _told, "the end", self._parts.on_ended, self.interview_id)
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
            self._pool, _told, "a recording", tell, self.interview_id, part, path, offset, length
        )


class _Call:
    """One connection: peer, dialogue and recorder."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._zero = time.monotonic()
        self.part, self.offset = 0, 0.0
        self.recorder: Recorder | None = None
        self.dialogue: Dialogue | None = None
        self._running: asyncio.Task[Any] | None = None
        self._looking: asyncio.Future[None] | None = None
        self.peer = Peer(self._wires(), room.ice_servers)

    def begin(self, part: int, offset: float) -> None:
        """The call was answered: its time starts now."""
        self.part, self.offset, self._zero = part, offset, time.monotonic()
        self.recorder = self._room.record(part)
        self.dialogue = Dialogue(self._room.tools(self.clock))
        self._room.emit({"type": "state", "state": "connecting"})

    @property
    def connected(self) -> bool:
        """Whether media ever came through."""
        return self._running is not None

    def clock(self) -> float:
        """Seconds on the interview's timeline."""
        return self.offset + time.monotonic() - self._zero

    async def hang_up(self) -> float:
        """End it and finish the file; the part's seconds."""
        if self.dialogue:
            self.dialogue.stop()
        await self.peer.close()
        if self._running and (await asyncio.wait({self._running}, timeout=LAST_ANSWER_SECONDS))[1]:
            self._running.cancel()
        if self.recorder is None:
            return 0.0
        return await asyncio.get_running_loop().run_in_executor(None, self.recorder.close)

    # --- wires -------------------------------------------------------------------------------------------------

    def _wires(self) -> Wires:
        return Wires(
            clock=self.clock,
            next_frame=self._next_frame,
            on_agent=self._agent,
            on_sound=self._sound,
            on_encoded=self._encoded,
            on_picture=self._picture,
            on_connected=self._connected,
            on_gone=lambda: self._room.gone(self),
        )

    def _connected(self) -> None:
        if self.dialogue and self._running is None:
            self._running = self._room.do(self._converse(self.dialogue))

    async def _converse(self, dialogue: Dialogue) -> None:
        await dialogue.run()
        if dialogue.over:
            self._room.over(self)

    def _next_frame(self) -> Samples:
        return self.dialogue.playout.frame() if self.dialogue else SILENCE

    def _agent(self, at: float, samples: Samples) -> None:
        if self.recorder:
            if samples.any():
                self.recorder.sound(at - self.offset, samples)
            self.recorder.tick(at - self.offset)

    def _sound(self, sound: Sound) -> None:
        if self.recorder and self.dialogue:
            self.recorder.sound(sound.at_seconds - self.offset, sound.recorded)
            self.dialogue.hear(sound)

    def _encoded(self, picture: EncodedPicture) -> None:
        if self.recorder:
            at = picture.at_seconds - self.offset
            self.recorder.picture(EncodedPicture(at, picture.data, picture.is_key))

    def _picture(self, at: float, frame: Any) -> None:
        if self._looking is None or self._looking.done():
            self._looking = self._room.look(at, frame)


def _told(what: str, callback: Callable[..., None], *values: Any) -> None:
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
