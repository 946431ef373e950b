"""Recording: one WebM per connection, written while it runs, and all of them joined into one.

Video is the candidate's VP8 as it arrived (never re-encoded). Audio is one Opus track with both voices mixed, each
placed where it was heard on the connection's clock. Clusters are closed every second, so a killed process loses no
more than the last one.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from interview_platform.media.frames import TALK_FRAME, TALK_RATE, EncodedPicture
from interview_platform.ports import Samples

_log = logging.getLogger(__name__)

_MILLISECOND = Fraction(1, 1000)
_SAMPLE = Fraction(1, TALK_RATE)
HOLD_SECONDS = 0.6
"""How long audio is held for late packets before both voices are mixed down."""
_WAIT_FOR_PICTURE_SECONDS = 2.0
_USUAL_SIZE = (640, 480)
_OPTIONS = {"cluster_time_limit": "1000", "flush_packets": "1", "max_interleave_delta": "500000"}


class Anchor:
    """Places a stream's own time stamps on our clock: the earliest arrivals are the truth, later ones were delayed."""

    def __init__(self, window: int = 250, tolerance_seconds: float = 0.04) -> None:
        self._window, self._tolerance = window, tolerance_seconds
        self._offset: float | None = None
        self._least, self._seen = float("inf"), 0

    def place(self, stamp_seconds: float, arrived_seconds: float) -> float:
        """Seconds on our clock of a frame stamped `stamp_seconds` that arrived at `arrived_seconds`."""
        if self._offset is None:
            self._offset = arrived_seconds - stamp_seconds
        late = arrived_seconds - stamp_seconds - self._offset
        if late < 0:
            self._offset += late
            self._least, self._seen = 0.0, 0
            return stamp_seconds + self._offset
        self._least, self._seen = min(self._least, late), self._seen + 1
        if self._seen >= self._window:  # the other clock runs slower, or the path has changed
            if self._least > self._tolerance:
                self._offset += self._least
            self._least, self._seen = float("inf"), 0
        return stamp_seconds + self._offset


class Mixer:
    """Adds voices at their times and hands out what is settled. Samples at TALK_RATE, position 0 = second 0."""

    def __init__(self) -> None:
        self.position = 0  # samples handed out so far
        self._ahead: Samples = np.zeros(0, dtype=np.float32)

    def add(self, at_seconds: float, samples: Samples) -> None:
        """Mix in; what lies before `position` is too late and dropped."""
        start = round(at_seconds * TALK_RATE) - self.position
        if start < 0:
            samples, start = samples[-start:], 0
        end = start + len(samples)
        if end > len(self._ahead):
            grown = np.zeros(end + TALK_RATE, dtype=np.float32)
            grown[: len(self._ahead)] = self._ahead
            self._ahead = grown
        self._ahead[start:end] += samples

    def settled(self, until_seconds: float) -> Samples:
        """Everything up to `until_seconds`, in whole frames; gaps are silence."""
        frames = max(0, round(until_seconds * TALK_RATE) - self.position) // TALK_FRAME
        count = frames * TALK_FRAME
        taken, self._ahead = self._ahead[:count], self._ahead[count:]
        self.position += count
        out = np.zeros(count, dtype=np.float32)
        out[: len(taken)] = taken
        return np.clip(out, -1.0, 1.0)


class Recorder:
    """Writes one connection's WebM on a thread of its own; its methods never block. Seconds from the part's start."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seconds = 0.0
        path.parent.mkdir(parents=True, exist_ok=True)
        self._inbox: queue.SimpleQueue[tuple[str, float, Any]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def sound(self, at_seconds: float, samples: Samples) -> None:
        """A voice's samples at TALK_RATE, heard or played at `at_seconds`."""
        self._inbox.put(("sound", at_seconds, samples))

    def picture(self, picture: EncodedPicture) -> None:
        """One VP8 frame as it arrived."""
        self._inbox.put(("picture", picture.at_seconds, picture))

    def tick(self, now_seconds: float) -> None:
        """Time has come this far, whether or not anything was heard."""
        self._inbox.put(("tick", now_seconds, None))

    def close(self) -> float:
        """Write what is left and finish the file (blocks for a moment); its seconds."""
        self._inbox.put(("close", 0.0, None))
        self._thread.join(timeout=20)
        return self.seconds

    def _run(self) -> None:
        writer: _Writer | None = _Writer(self.path)
        while True:
            kind, at, content = self._inbox.get()
            try:
                if writer and kind != "close":
                    writer.take(kind, at, content)
                elif writer:
                    self.seconds = writer.close()
            except Exception:  # a full disk: what is written stays, the interview goes on
                _log.exception("recording stopped at a %s", kind)
                self.seconds, writer = seconds(self.path), None
            if kind == "close":
                return


class _Writer:
    """The file. Everything is written in order of time, HOLD_SECONDS behind."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mixer = Mixer()
        self._now = 0.0
        self._pictures: list[EncodedPicture] = []
        self._last_picture_ms = -1
        self._container: Any = None
        self._audio: Any = None
        self._video: Any = None

    def take(self, kind: str, at: float, content: Any) -> None:
        self._now = max(self._now, at)
        if kind == "sound":
            self._mixer.add(at, content)
        elif kind == "picture" and (self._pictures or self._last_picture_ms >= 0 or content.is_key):
            self._pictures.append(content)
        if self._now - HOLD_SECONDS - self._mixer.position / TALK_RATE >= 0.1:
            self._write(self._now - HOLD_SECONDS)

    def close(self) -> float:
        if self._now > 0:
            self._write(self._now, last=True)
        if self._container is not None:
            for packet in self._audio.encode(None):
                self._container.mux(packet)
            self._container.close()
        return self._mixer.position / TALK_RATE

    def _write(self, until: float, last: bool = False) -> None:
        if self._container is None:
            if not self._pictures and until < _WAIT_FOR_PICTURE_SECONDS and not last:
                return
            self._open(_size(self._pictures[0].data) if self._pictures else _USUAL_SIZE)
        start = self._mixer.position
        sound = self._mixer.settled(until)
        for offset in range(0, len(sound), TALK_FRAME):
            self._write_pictures((start + offset) / TALK_RATE)
            self._write_sound(start + offset, sound[offset : offset + TALK_FRAME])
        if last:
            self._write_pictures(until)

    def _open(self, size: tuple[int, int]) -> None:
        self._container = av.open(str(self._path), "w", format="webm", options=_OPTIONS)
        self._video = self._container.add_stream("libvpx", rate=30)
        self._video.width, self._video.height = size
        self._audio = self._container.add_stream("libopus", rate=TALK_RATE, layout="mono")
        self._audio.bit_rate = 40_000

    def _write_sound(self, position: int, samples: Samples) -> None:
        pcm: NDArray[np.int16] = (samples * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(pcm[None], format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = TALK_RATE, position, _SAMPLE
        for packet in self._audio.encode(frame):
            self._container.mux(packet)

    def _write_pictures(self, until: float) -> None:
        while self._pictures and self._pictures[0].at_seconds <= until:
            picture = self._pictures.pop(0)
            stamp = max(round(picture.at_seconds * 1000), self._last_picture_ms + 1, 0)
            packet = av.Packet(picture.data)
            packet.stream, packet.time_base = self._video, _MILLISECOND
            packet.pts = packet.dts = self._last_picture_ms = stamp
            packet.is_keyframe = picture.is_key
            self._container.mux(packet)


def is_key(data: bytes) -> bool:
    """Whether a VP8 frame is decodable by itself."""
    return len(data) >= 10 and not data[0] & 1


def _size(data: bytes) -> tuple[int, int]:
    """Width and height, from a VP8 key frame's header."""
    width, height = int.from_bytes(data[6:8], "little") & 0x3FFF, int.from_bytes(data[8:10], "little") & 0x3FFF
    return (width, height) if width and height else _USUAL_SIZE


# --- finished parts ------------------------------------------------------------------------------------------------


def seconds(path: Path) -> float:
    """How long a part plays; 0 for one that cannot be read. A part whose process was killed has no duration in its
    header, so the packets are read."""
    return max((end for _, end, _ in _packets(path)), default=0.0)


def join(parts: Sequence[Path], out: Path) -> float:
    """Put parts end to end into one WebM with duration and cues; its seconds. Unreadable ends of parts are left out;
    parts without video go on showing the last picture. Raises ValueError if nothing could be read."""
    video = any(kind == "video" for part in parts for kind, _, _ in _packets(part))
    target: Any = None
    streams: dict[str, Any] = {}
    offset = 0.0
    try:
        for part in parts:
            length = 0.0
            for kind, end, packet in _packets(part):
                if target is None:
                    target = av.open(str(out), "w", format="webm", options={"cues_to_front": "1"})
                    streams = _streams_like(target, parts, video)
                length = max(length, end)
                _copy(target, streams.get(kind), packet, offset)
            offset += length
    finally:
        if target is not None:
            target.close()
    if target is None:
        raise ValueError("none of the recording's parts could be read")
    return offset


def _streams_like(target: Any, parts: Sequence[Path], video: bool) -> dict[str, Any]:
    """Output streams with the header of the first part that has them."""
    streams: dict[str, Any] = {}
    for kind in ("video", "audio") if video else ("audio",):
        for part in parts:
            if kind in streams or not any(found == kind for found, _, _ in _packets(part)):
                continue
            with av.open(str(part)) as source:
                model = next(stream for stream in source.streams if stream.type == kind)
                streams[kind] = target.add_stream_from_template(model, opaque=True)
    return streams


def _copy(target: Any, stream: Any, packet: Any, offset: float) -> None:
    if stream is None:
        return
    shift = round(offset / packet.time_base)
    packet.pts += shift
    packet.dts = packet.pts
    packet.stream = stream
    target.mux(packet)


def _packets(path: Path) -> Any:
    """(kind, end in seconds, packet) of a part, in order, up to where it can be read."""
    try:
        with av.open(str(path)) as source:
            for packet in source.demux():
                if packet.pts is None or packet.size == 0:
                    continue
                start = float(packet.pts * packet.time_base)
                length = 0.02 if packet.stream.type == "audio" else 0.0
                yield packet.stream.type, start + length, packet
    except (av.FFmpegError, OSError, StopIteration):
        return


def part_path(record_dir: Path, interview_id: str, part: int) -> Path:
    """Where a live part is written."""
    return record_dir / interview_id / f"part-{part:03d}.webm"


def recorded_parts(record_dir: Path, interview_id: str) -> list[tuple[int, Path, float, float]]:
    """The parts on disk in order: number, path, offset on the interview's timeline, seconds. Also those whose
    process was killed before it could report them."""
    found: list[tuple[int, Path, float, float]] = []
    offset = 0.0
    for path in sorted((record_dir / interview_id).glob("part-*.webm")):
        length = seconds(path)
        found.append((int(path.stem.removeprefix("part-")), path, offset, length))
        offset += length
    return found
