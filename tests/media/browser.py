"""A candidate's browser, in this process: a camera that flashes, a microphone that can be spoken into, two ears."""

from __future__ import annotations

import asyncio
import contextlib
import fractions
import time
from typing import Any

import av
import numpy as np
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from interview_platform.media.frames import TALK_FRAME, TALK_RATE
from interview_platform.ports import Samples


class Microphone(MediaStreamTrack):
    """Sends what was spoken into it, in real time; a floor of noise in between."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self.waiting: Samples = np.zeros(0, dtype=np.float32)
        self._zero, self._sent = time.monotonic(), 0

    async def recv(self) -> av.AudioFrame:
        await asyncio.sleep(max(0.0, self._zero + self._sent / TALK_RATE - time.monotonic()))
        part, self.waiting = self.waiting[:TALK_FRAME], self.waiting[TALK_FRAME:]
        pcm = (np.pad(part, (0, TALK_FRAME - len(part))) * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(pcm[None], format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = TALK_RATE, self._sent, fractions.Fraction(1, TALK_RATE)
        self._sent += TALK_FRAME
        return frame


class Camera(MediaStreamTrack):
    """Dark, 25 pictures a second; white while `light` is on."""

    kind = "video"

    def __init__(self) -> None:
        super().__init__()
        self.light = False
        self._zero, self._sent = time.monotonic(), 0

    async def recv(self) -> av.VideoFrame:
        await asyncio.sleep(max(0.0, self._zero + self._sent / 25 - time.monotonic()))
        picture = np.full((120, 160, 3), 235 if self.light else 20, dtype=np.uint8)
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = self._sent * 3600, fractions.Fraction(1, 90_000)
        self._sent += 1
        return frame


class Browser:
    """Calls, speaks, listens, hangs up."""

    def __init__(self, camera: bool = True) -> None:
        self.connection = RTCPeerConnection()
        self.microphone, self.camera = Microphone(), Camera()
        self.heard_at: list[float] = []  # when 20 ms of the agent's voice arrived
        self.connection.addTrack(self.microphone)
        if camera:
            self.connection.addTrack(self.camera)
        self._tasks: list[asyncio.Task[None]] = []
        self.connection.on("track", lambda track: self._tasks.append(asyncio.ensure_future(self._listen(track))))

    async def call(self, rooms: Any, interview_id: str, tab: str = "") -> None:
        """Offer, and take the answer."""
        await self.connection.setLocalDescription(await self.connection.createOffer())
        local = self.connection.localDescription
        answer = await rooms.offer(interview_id, local.sdp, local.type, tab)
        await self.connection.setRemoteDescription(RTCSessionDescription(**answer))

    async def speak(self, sound: Samples) -> None:
        """Say it, and wait until it was said."""
        self.microphone.waiting = np.concatenate([self.microphone.waiting, sound])
        while len(self.microphone.waiting):  # noqa: ASYNC110
            await asyncio.sleep(0.02)

    async def hear_agent(self, seconds: float = 15.0) -> None:
        """Wait until the agent is heard from now on, and then is silent."""
        began = time.monotonic()
        async with asyncio.timeout(seconds):
            while not self.heard_at or self.heard_at[-1] < began or time.monotonic() - self.heard_at[-1] < 0.4:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def hang_up(self) -> None:
        await self.connection.close()
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _listen(self, track: MediaStreamTrack) -> None:
        with contextlib.suppress(MediaStreamError):
            while True:
                frame: Any = await track.recv()
                if np.abs(frame.to_ndarray()).max() > 1000:
                    self.heard_at.append(time.monotonic())
