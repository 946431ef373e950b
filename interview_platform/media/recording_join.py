"""Parts of a recording put end to end into one file that plays and seeks.

Pictures and both voices are copied packet by packet. What players play first is a third sound track with both voices
mixed, made here: browsers play one sound track only. WebM for VP8, MP4 for H264 (which no WebM may hold).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.stream import Disposition
from numpy.typing import NDArray

from interview_platform.media.frames import TALK_FRAME, TALK_RATE
from interview_platform.media.recording_clock import Shift
from interview_platform.media.recording_codecs import OPUS_FRAME, OPUS_RATE, SILENCE, is_key, opus_seconds, size
from interview_platform.media.recording_mix import Mixer
from interview_platform.media.recording_part import AGENT, CANDIDATE

BOTH = "Both voices"
DARK_AFTER_SECONDS = 2.0
"""A part whose camera comes later than this, or never, is dark until then: the part before it is over."""
DARK_EVERY_SECONDS = 5.0
"""So often, so that players can jump there."""
_MIX_BEHIND_SECONDS = 0.5
_MILLISECOND = Fraction(1, 1000)
_SAMPLE = Fraction(1, TALK_RATE)


@dataclass
class Part:
    """What a first reading of a part tells."""

    path: Path
    seconds: float = 0.0
    codec: str = ""  # of its pictures; "" = there are none
    pictures: int = 0
    first_picture: float = 0.0
    sizes: Counter[tuple[int, int]] = field(default_factory=Counter)  # how many pictures have which size


def seconds(path: Path) -> float:
    """How long a part plays; 0 for one that cannot be read. Packets are counted: a part has no length in its head."""
    return survey(path).seconds


def survey(path: Path) -> Part:
    """Read a part through, as far as it can be read."""
    part, longest, shape = Part(path), 0.0, (0, 0)
    for track, packet in packets(path):
        start = float(packet.pts * packet.time_base)
        if track == "picture":
            part.first_picture = part.first_picture if part.pictures else start
            part.codec, part.pictures = packet.stream.codec_context.name, part.pictures + 1
            shape = _size(packet) if packet.is_keyframe else shape
            part.sizes[shape] += 1
        end = start + (opus_seconds(bytes(packet)) if track != "picture" else 0.0)
        longest = max(longest, end)
        if track == AGENT:
            part.seconds = max(part.seconds, end)
    part.seconds = round(part.seconds or longest, 3)
    return part


def packets(path: Path) -> Iterator[tuple[str, Any]]:
    """(track, packet) of a part, in order, up to where it can be read; tracks are picture, CANDIDATE and AGENT."""
    try:
        with av.open(str(path)) as source:
            voices = [stream.index for stream in source.streams.audio]
            for packet in source.demux():
                if packet.pts is None or packet.size == 0:
                    continue
                if packet.stream.type == "video":
                    yield "picture", packet
                elif packet.stream.index in voices:
                    yield (CANDIDATE if packet.stream.index == voices[0] else AGENT), packet
    except (av.FFmpegError, OSError):
        return


def join(parts: Sequence[Path], out: Path) -> float:
    """Put parts end to end into one file with duration and cues; its seconds. WebM, or MP4 if the pictures are H264.

    Unreadable ends of parts are left out. Where parts differ in codec, the one seen longest is kept and the others'
    parts are dark. Raises ValueError if nothing could be read.
    """
    read = [part for part in map(survey, parts) if part.seconds > 0]
    if not read:
        raise ValueError("none of the recording's parts could be read")
    whole = _Whole(out, read)
    try:
        for part in read:
            whole.add(part)
        return whole.finish()
    finally:
        whole.close()


class _Whole:
    """The joined file while it is written."""

    def __init__(self, out: Path, parts: Sequence[Part]) -> None:
        seen = Counter[str]()
        for part in parts:
            seen[part.codec] += part.pictures
        del seen[""]
        self._codec = seen.most_common(1)[0][0] if seen else ""
        mp4 = self._codec == "h264"
        options = {"movflags": "faststart"} if mp4 else {"cues_to_front": "1"}
        self._file: Any = av.open(str(out), "w", format="mp4" if mp4 else "webm", options=options)
        self._tracks: dict[str, Any] = {}
        self._size = (0, 0)
        if self._codec:
            self._tracks["picture"] = self._picture_track(parts)
        for title in (BOTH, CANDIDATE, AGENT):
            self._tracks[title] = self._sound_track(title)
        self._offset = 0  # of the part being added, samples
        self._ends = {CANDIDATE: 0, AGENT: 0}  # samples
        self._last_picture_ms = -1
        self._mixer = Mixer()

    def _picture_track(self, parts: Sequence[Part]) -> Any:
        own = [part for part in parts if part.codec == self._codec]
        if self._codec == "h264":
            with av.open(str(own[0].path)) as source:
                return self._file.add_stream_from_template(source.streams.video[0], opaque=True)
        sizes = sum((part.sizes for part in own), Counter[tuple[int, int]]())
        self._size = sizes.most_common(1)[0][0] if sizes else (640, 480)
        return self._file.add_mux_stream("vp8", rate=30, width=self._size[0], height=self._size[1])

    def _sound_track(self, title: str) -> Any:
        track = self._file.add_stream("libopus", rate=TALK_RATE, layout="mono")
        track.bit_rate, track.metadata["title"] = 40_000, title
        track.disposition = Disposition.default if title == BOTH else Disposition(0)
        return track

    def add(self, part: Part) -> None:
        """One part, after those before it."""
        length = round(part.seconds * OPUS_RATE)
        shown = part.codec == self._codec and part.codec
        if self._codec == "vp8":
            until = part.first_picture if shown else part.seconds
            self._darken(until if until > DARK_AFTER_SECONDS else 0.0)
        shift = Shift.of(part.path)
        for track, packet in packets(part.path):
            at = round(packet.pts * packet.time_base * OPUS_RATE)
            if at >= length:
                continue
            if track != "picture":
                self._voice(track, at, packet)
            elif shown:
                self._picture(round(shift.placed(at / OPUS_RATE) * OPUS_RATE), packet)
            self._mix((self._offset + at) / OPUS_RATE - _MIX_BEHIND_SECONDS)
        self._offset += length
        for track in self._ends:
            self._fill(track, self._offset)
        self._mix(self._offset / OPUS_RATE)

    def finish(self) -> float:
        """What is still to be written; the file's seconds."""
        for packet in self._tracks[BOTH].encode(None):
            self._file.mux(packet)
        return self._offset / OPUS_RATE

    def close(self) -> None:
        """The file is whole after this."""
        self._file.close()

    # --- tracks ------------------------------------------------------------------------------------------------

    def _voice(self, track: str, at: int, packet: Any) -> None:
        data, start = bytes(packet), self._offset + at
        self._fill(track, start)
        start = max(start, self._ends[track])
        self._mux(track, data, start, _SAMPLE, round(opus_seconds(data) * OPUS_RATE))
        self._ends[track] = start + round(opus_seconds(data) * OPUS_RATE)
        if data == SILENCE:
            return
        for frame in packet.decode():
            sound = frame.to_ndarray()[0]
            trimmed = (frame.pts - packet.pts) * packet.time_base if frame.pts is not None else 0
            self._mixer.add(start / OPUS_RATE + float(trimmed), _float(sound))

    def _fill(self, track: str, until: int) -> None:
        """Silence where nothing came, so that players that only count samples stay in step."""
        while until - self._ends[track] >= OPUS_FRAME:
            self._mux(track, SILENCE, self._ends[track], _SAMPLE, OPUS_FRAME)
            self._ends[track] += OPUS_FRAME

    def _picture(self, at: int, packet: Any) -> None:
        self._show(round((self._offset + at) * 1000 / OPUS_RATE), bytes(packet), packet.is_keyframe)

    def _show(self, at_ms: int, data: bytes, is_key_frame: bool) -> None:
        stamp = max(at_ms, self._last_picture_ms + 1, 0)
        self._last_picture_ms = stamp
        self._mux("picture", data, stamp, _MILLISECOND, 0, is_key_frame)

    def _darken(self, until_seconds: float) -> None:
        at = 0.0
        while at < until_seconds:
            self._show(round(self._offset * 1000 / OPUS_RATE + at * 1000), _dark(*self._size), True)
            at += DARK_EVERY_SECONDS

    def _mix(self, until_seconds: float) -> None:
        start = self._mixer.position
        if until_seconds - start / TALK_RATE < 0.2 and until_seconds * OPUS_RATE < self._offset:
            return
        sound = self._mixer.settled(until_seconds)
        for offset in range(0, len(sound), TALK_FRAME):
            pcm: NDArray[np.int16] = (sound[offset : offset + TALK_FRAME] * 32767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(pcm[None], format="s16", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = TALK_RATE, start + offset, _SAMPLE
            for packet in self._tracks[BOTH].encode(frame):
                self._file.mux(packet)

    def _mux(self, track: str, data: bytes, at: int, base: Fraction, length: int, is_key_frame: bool = True) -> None:
        packet = av.Packet(data)
        packet.stream, packet.time_base, packet.duration = self._tracks[track], base, length
        packet.pts = packet.dts = at
        packet.is_keyframe = is_key_frame
        self._file.mux(packet)


def _float(sound: NDArray[Any]) -> NDArray[np.float32]:
    if sound.dtype == np.int16:
        return (sound / 32768).astype(np.float32)
    return sound.astype(np.float32)


def _size(packet: Any) -> tuple[int, int]:
    data = bytes(packet)
    return size(data) if is_key(data) else (packet.stream.width, packet.stream.height)


def _dark(width: int, height: int) -> bytes:
    """A dark VP8 key frame."""
    encoder: Any = av.CodecContext.create("libvpx", "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = width, height, "yuv420p", _MILLISECOND
    encoder.options = {"deadline": "realtime", "lag-in-frames": "0"}
    frame = av.VideoFrame.from_ndarray(np.full((height, width, 3), 16, dtype=np.uint8), format="rgb24")
    frame.pts = 0
    return b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])
