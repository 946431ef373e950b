"""One connection in a room: peer, dialogue and recorder, from the answered offer to hanging up."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from interview_platform.media.frames import EncodedPicture, Sound
from interview_platform.media.peer import Peer, Wires
from interview_platform.media.pipeline import Dialogue
from interview_platform.media.recording import EncodedSound, Recorder
from interview_platform.media.recording_clock import Shift
from interview_platform.media.stages import SILENCE
from interview_platform.ports import Samples

if TYPE_CHECKING:
    from interview_platform.media.room import Room

LAST_ANSWER_SECONDS = 5.0
"""A finished answer has this long to be written after its connection is gone, before the next one begins."""


class Call:
    """One connection: peer, dialogue and recorder."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._zero = time.monotonic()
        self._again = False
        self.part, self.offset = 0, 0.0
        self.recorder: Recorder | None = None
        self.dialogue: Dialogue | None = None
        self._running: asyncio.Task[Any] | None = None
        self._looking: asyncio.Future[None] | None = None
        self.peer = Peer(self._wires(), room.ice_servers())

    def begin(self, part: int, offset: float, again: bool = False) -> None:
        """The call was answered: its time starts now. `again`: the open question is known, it is only said aloud."""
        self.part, self.offset, self._again, self._zero = part, offset, again, time.monotonic()
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

    def command(self, command: dict[str, Any]) -> bool:
        """Pass on to the dialogue; False when there is none yet."""
        if self.dialogue is None:
            return False
        self.dialogue.command(command)
        return True

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
            on_encoded_sound=self._encoded_sound,
            on_picture=self._picture,
            on_connected=self._connected,
            on_gone=lambda: self._room.gone(self),
            on_shift=self._shifted,
            crowded=lambda: self._room.crowded(),
        )

    def _connected(self) -> None:
        if self.dialogue and self._running is None:
            self._running = self._room.do(self._converse(self.dialogue))

    async def _converse(self, dialogue: Dialogue) -> None:
        await dialogue.run(self._again)
        if dialogue.over:
            self._room.over(self)

    def _next_frame(self) -> Samples:
        return self.dialogue.playout.frame() if self.dialogue else SILENCE

    def _agent(self, at: float, samples: Samples) -> None:
        if self.recorder:
            if samples.any():
                self.recorder.agent(at - self.offset, samples)
            self.recorder.tick(at - self.offset)

    def _sound(self, sound: Sound) -> None:
        if self.dialogue:
            self.dialogue.hear(sound)

    def _encoded_sound(self, sound: EncodedSound) -> None:
        if self.recorder:
            self.recorder.candidate(EncodedSound(sound.at_seconds - self.offset, sound.data))

    def _encoded(self, picture: EncodedPicture) -> None:
        if self.recorder:
            self.recorder.picture(replace(picture, at_seconds=picture.at_seconds - self.offset))

    def _shifted(self, shift: Shift) -> None:
        if self.recorder:
            self.recorder.shifted(replace(shift, until_seconds=shift.until_seconds - self.offset))

    def _picture(self, at: float, frame: Any) -> None:
        if self._looking is None or self._looking.done():
            self._looking = self._room.look(at, frame)


class WrittenSeat:
    """The other way to be in a room: in writing, without a call and without a recording."""

    def __init__(self, room: Room, part: int, offset: float, settled: bool) -> None:
        from interview_platform.media.writing import Writing

        self.part, self.offset, self.recorder = part, offset, None
        self.writing: Writing = room.writing(lambda: offset)
        self._room = room
        self._running = room.do(self._converse(settled))

    async def _converse(self, settled: bool) -> None:
        await self.writing.run(settled)
        if self.writing.over:
            self._room.over(self)

    def command(self, command: dict[str, Any]) -> bool:
        """Pass on; always taken."""
        self.writing.command(command)
        return True

    async def hang_up(self) -> float:
        """Take what was sent, then stop; no seconds were recorded."""
        self.writing.stop()
        if (await asyncio.wait({self._running}, timeout=LAST_ANSWER_SECONDS))[1]:
            self._running.cancel()
        return 0.0
