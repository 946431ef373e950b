"""One WebRTC connection with a candidate's browser. The only module that knows aiortc.

Both incoming tracks are always drained. Inner parts of aiortc are touched in recording_taps alone, where a part that is
not there as known changes nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import fractions
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import av
import numpy as np
from aiortc import RTCConfiguration, RTCIceServer, RTCPeerConnection, RTCRtpReceiver, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from numpy.typing import NDArray

from interview_platform.errors import BadInput
from interview_platform.media.call_limits import Flood, modest
from interview_platform.media.frames import TALK_FRAME, TALK_RATE, EncodedPicture, Sound
from interview_platform.media.ice import IceServer
from interview_platform.media.recording import Anchor, EncodedSound, is_key
from interview_platform.media.recording_clock import Kind, SenderClock, Shift
from interview_platform.media.recording_codecs import is_h264_key
from interview_platform.media.recording_taps import shorten_jitter_buffer, tap_pictures, tap_reports, tap_sound
from interview_platform.media.sampling import Sampling
from interview_platform.ports import SPEECH_RATE, Picture, Samples

PICTURE_SECONDS = 0.5
KEY_FRAME_SECONDS = 8.0
"""A fresh key frame this often: the recording can be sought to it."""
SAMPLE_SECONDS = 2.0
"""… and this often where nothing else is decoded."""
SILENT_SECONDS = 6.0
"""A peer that sends nothing for this long is gone (ICE itself notices after 30 s)."""
BEAT_SECONDS = 1.0
"""Both sides send a word over the data channel this often, so that either notices a dead line by itself."""
CONNECT_SECONDS = 20.0


@dataclass(frozen=True)
class Wires:
    """Where a connection's media goes; all are called on the loop and must not block. Seconds are the clock's."""

    clock: Callable[[], float]
    next_frame: Callable[[], Samples]  # 20 ms of the agent at TALK_RATE
    on_agent: Callable[[float, Samples], None]  # the same as it was sent, with its time
    on_sound: Callable[[Sound], None]
    on_encoded: Callable[[EncodedPicture], None]
    on_encoded_sound: Callable[[EncodedSound], None]
    on_picture: Callable[[float, Any], None]  # a decoded frame, at most two a second: give it to `rgb`
    on_connected: Callable[[], None]
    on_gone: Callable[[], None]  # once, also if it never connected
    on_shift: Callable[[Shift], None] = lambda shift: None  # once: how earlier pictures were misplaced
    crowded: Callable[[], bool] = lambda: False  # so many calls that only key frames are decoded


def rgb(frame: Any) -> Picture:
    """A decoded frame as a picture (2 to 3 ms of work)."""
    picture: Picture = frame.to_ndarray(format="rgb24")
    return picture


class Peer:
    """Answers one offer and carries its media until `close`."""

    def __init__(self, wires: Wires, ice_servers: Sequence[IceServer] = ()) -> None:
        """Raises nothing for addresses that answer nothing: a direct way may still be found."""
        servers = [RTCIceServer(**server) for server in ice_servers]
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=servers))
        self._wires = wires
        self._tasks: set[asyncio.Task[None]] = set()
        self._last_heard: float | None = None
        self._flood = Flood()
        self._channel: Any = None
        self._sender = SenderClock()
        self._sampling = Sampling(wires.crowded)
        self._gone = False
        self._connected = False
        self._connection.on("connectionstatechange", self._state_changed)
        self._connection.on("datachannel", self._keep_beating)

    async def answer(self, sdp: str, kind: str) -> dict[str, str]:
        """The answer to an offer, with all candidates in it. Raises BadInput."""
        if kind != "offer" or not sdp.strip() or not modest(sdp):
            raise BadInput("The browser's call could not be read. Reload the page to call again.")
        try:
            self._connection.addTrack(_AgentTrack(self._wires))
            if "VP8/90000" in sdp:
                self._connection.addTransceiver("video", direction="recvonly").setCodecPreferences(_vp8())
            await self._connection.setRemoteDescription(RTCSessionDescription(sdp, kind))
            self._attach()
            await self._connection.setLocalDescription(await self._connection.createAnswer())
        except Exception as error:
            await self.close()
            raise BadInput("The browser's call could not be read. Reload the page to call again.") from error
        self._start(self._watch())
        local = self._connection.localDescription
        return {"sdp": local.sdp, "type": local.type}

    async def close(self) -> None:
        """Hang up; safe to call twice."""
        self._gone = True
        for task in self._tasks:
            task.cancel()
        with contextlib.suppress(Exception):
            await asyncio.wait_for(self._connection.close(), 5)

    # --- inside ------------------------------------------------------------------------------------------------

    def _attach(self) -> None:
        """Wire what comes in, between the offer being read and the answer being made."""
        receivers = [one.receiver for one in self._connection.getTransceivers() if one.receiver.track is not None]
        if not any(receiver.track.kind == "audio" for receiver in receivers):
            raise ValueError("no microphone in the call")
        for receiver in receivers:
            tap_reports(receiver, self._sender)
            if receiver.track.kind == "audio":
                shorten_jitter_buffer(receiver)
                tap_sound(receiver, self._encoded_sink("audio"))
                self._start(self._listen(receiver.track))
            else:
                tap_pictures(receiver, self._encoded_sink("video"), self._sampling.wanted)
                self._start(self._look(receiver.track))
                self._start(self._ask_for_key_frames(receiver))

    def _start(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _keep_beating(self, channel: Any) -> None:
        """The heartbeat: every word heard counts, ours goes out until the line is gone. One channel has it; a second
        one, or more words than a browser of ours ever says, is somebody who wants to keep the loop busy: hung up."""
        if self._channel is not None:
            self._lost()
            return
        self._channel = channel

        def heard(word: Any) -> None:
            self._last_heard = self._wires.clock()
            if self._flood.by(word, self._last_heard):
                self._lost()
            elif word == "beat?" and channel.readyState == "open" and channel.bufferedAmount == 0:
                channel.send("beat")

        channel.on("message", heard)
        self._start(self._beat(channel))

    async def _beat(self, channel: Any) -> None:
        while not self._gone and channel.readyState == "open":
            if channel.bufferedAmount == 0:  # on a dead line they would pile up
                channel.send("beat")
            await asyncio.sleep(BEAT_SECONDS)

    def _encoded_sink(self, kind: Kind) -> Callable[[str, int, bytes], None]:
        def sink(codec: str, stamp: int, data: bytes) -> None:
            now = self._last_heard = self._wires.clock()
            if not data:
                return
            match codec.lower():
                case "audio/opus":
                    self._wires.on_encoded_sound(EncodedSound(self._sender.place(kind, stamp / 48_000, now), data))
                case "video/vp8":
                    self._wires.on_encoded(EncodedPicture(self._shot(stamp, now), data, is_key(data)))
                case "video/h264":
                    self._wires.on_encoded(EncodedPicture(self._shot(stamp, now), data, is_h264_key(data), "h264"))

        return sink

    def _shot(self, stamp: int, now: float) -> float:
        """When a picture was taken, on our clock."""
        known = self._sender.shift
        at = self._sender.place("video", stamp / 90_000, now)
        if known is None and self._sender.shift is not None:
            self._wires.on_shift(self._sender.shift)
        return at

    async def _listen(self, track: MediaStreamTrack) -> None:
        anchor = Anchor()
        thin = av.AudioResampler(format="flt", layout="mono", rate=SPEECH_RATE)
        with contextlib.suppress(MediaStreamError):
            while True:
                frame: Any = await track.recv()
                now = self._wires.clock()
                self._last_heard = now
                at = anchor.place(frame.pts / frame.sample_rate, now - frame.samples / frame.sample_rate)
                frame.pts = None  # the resampler would take a gap for an error
                heard = _samples(thin, frame)
                if len(heard):
                    self._wires.on_sound(Sound(at, heard))
        self._lost()

    async def _look(self, track: MediaStreamTrack) -> None:
        looked = -PICTURE_SECONDS
        with contextlib.suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                now = self._wires.clock()
                if now - looked >= PICTURE_SECONDS:
                    looked = now
                    self._wires.on_picture(now, frame)

    async def _ask_for_key_frames(self, receiver: RTCRtpReceiver) -> None:
        while True:
            await asyncio.sleep(SAMPLE_SECONDS if self._wires.crowded() else KEY_FRAME_SECONDS)
            for source in receiver.getSynchronizationSources():
                with contextlib.suppress(AttributeError, ConnectionError):
                    await receiver._send_rtcp_pli(source.source)

    async def _watch(self) -> None:
        """Notice a peer that never came or went without a word."""
        began = self._wires.clock()
        while not self._gone:
            await asyncio.sleep(0.5)
            now = self._wires.clock()
            if not self._connected and now - began > CONNECT_SECONDS:
                self._lost()
            if self._connected and self._last_heard is not None and now - self._last_heard > SILENT_SECONDS:
                self._lost()

    def _state_changed(self) -> None:
        state = self._connection.connectionState
        if state == "connected" and not self._connected:
            self._connected = True
            self._last_heard = self._wires.clock()
            self._wires.on_connected()
        elif state in {"failed", "closed", "disconnected"}:
            self._lost()

    def _lost(self) -> None:
        if not self._gone:
            self._gone = True
            self._wires.on_gone()


class _AgentTrack(MediaStreamTrack):
    """The agent's voice, 20 ms every 20 ms; silence in between."""

    kind = "audio"

    def __init__(self, wires: Wires) -> None:
        super().__init__()
        self._wires = wires
        self._origin: float | None = None
        self._sent = 0  # samples

    async def recv(self) -> av.AudioFrame:
        now = self._wires.clock()
        if self._origin is None:
            self._origin = now
        due = self._origin + self._sent / TALK_RATE
        if due > now:
            await asyncio.sleep(due - now)
        elif now - due > 0.5:  # the machine slept: go on from here instead of rushing after
            self._sent += round((now - due) * TALK_RATE / TALK_FRAME) * TALK_FRAME
        samples = self._wires.next_frame()
        self._wires.on_agent(self._origin + self._sent / TALK_RATE, samples)
        pcm: NDArray[np.int16] = (samples * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(pcm[None], format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = TALK_RATE, self._sent, fractions.Fraction(1, TALK_RATE)
        self._sent += TALK_FRAME
        return frame


def _samples(resampler: av.AudioResampler, frame: Any) -> Samples:
    parts = [part.to_ndarray()[0] for part in resampler.resample(frame)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)


def _vp8() -> list[Any]:
    """VP8 and its retransmissions: the one codec that WebM holds as it is sent."""
    known = RTCRtpReceiver.getCapabilities("video")
    return [codec for codec in (known.codecs if known else []) if codec.mimeType.lower() in {"video/vp8", "video/rtx"}]
