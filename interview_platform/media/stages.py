"""The steps of a spoken turn: windows for the detector, the candidate's words, the agent's voice. None of them knows
the conversation; each does one thing and can be tested alone."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import soxr

from interview_platform.media.frames import TALK_FRAME, TALK_RATE
from interview_platform.ports import SPEECH_RATE, VAD_WINDOW, Samples, Transcriber, TranscriptStream, Voice

_ROUNDING = SPEECH_RATE // 20
"""Differences in time up to this many samples are not worth a gap."""
SILENCE: Samples = np.zeros(TALK_FRAME, dtype=np.float32)


class Tape:
    """The candidate's last minutes at SPEECH_RATE, by time; gaps are silence. Also cuts detector windows."""

    KEEP_SECONDS = 300.0

    def __init__(self) -> None:
        self._chunks: deque[tuple[int, Samples]] = deque()  # position of the first sample, samples
        self._end = 0
        self._origin: float | None = None
        self._left: Samples = np.zeros(0, dtype=np.float32)

    def add(self, at_seconds: float, samples: Samples) -> Iterator[tuple[float, Samples]]:
        """Append, and give each full detector window with the time of its end."""
        if self._origin is None:
            self._origin = at_seconds
        gap = round((at_seconds - self._origin) * SPEECH_RATE) - self._end
        if gap < -_ROUNDING:  # the first packets had come late
            self._origin += gap / SPEECH_RATE
        elif gap > _ROUNDING:  # packets were lost
            silence: Samples = np.zeros(min(gap, 5 * SPEECH_RATE), dtype=np.float32)
            self._origin += (gap - len(silence)) / SPEECH_RATE
            samples = np.concatenate([silence, samples])
        self._chunks.append((self._end, samples))
        self._end += len(samples)
        while self._chunks and self._end - self._chunks[0][0] > self.KEEP_SECONDS * SPEECH_RATE:
            self._chunks.popleft()
        return self._windows(samples)

    @property
    def first_seconds(self) -> float:
        """Since when it remembers."""
        return 0.0 if self._origin is None else self._origin + self._chunks[0][0] / SPEECH_RATE

    def _windows(self, samples: Samples) -> Iterator[tuple[float, Samples]]:
        assert self._origin is not None
        pending = np.concatenate([self._left, samples])
        whole = len(pending) // VAD_WINDOW * VAD_WINDOW
        self._left = pending[whole:]
        first = self._end - len(pending)
        for start in range(0, whole, VAD_WINDOW):
            end_seconds = self._origin + (first + start + VAD_WINDOW) / SPEECH_RATE
            yield end_seconds, pending[start : start + VAD_WINDOW]

    def cut(self, started_seconds: float, ended_seconds: float | None = None) -> Samples:
        """What was heard between two times (to now without the second)."""
        if self._origin is None:
            return np.zeros(0, dtype=np.float32)
        first = max(0, round((started_seconds - self._origin) * SPEECH_RATE))
        last = self._end if ended_seconds is None else round((ended_seconds - self._origin) * SPEECH_RATE)
        pieces = [
            samples[max(0, first - at) : max(0, last - at)]
            for at, samples in self._chunks
            if at + len(samples) > first and at < last
        ]
        return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.float32)


class Scribe:
    """Speech-to-text of one turn, fed as it is spoken. Blocking; called from one thread at a time."""

    def __init__(self, transcriber: Transcriber) -> None:
        self._transcriber = transcriber
        self._stream: TranscriptStream | None = None
        self._lock = threading.Lock()
        self._waiting: list[Samples] = []
        self.last_cost_seconds = 0.0

    def feed(self, samples: Samples) -> None:
        """Remember audio for the next reading; never blocks."""
        with self._lock:
            self._waiting.append(samples)

    def read(self, final: bool = False) -> str:
        """The words so far; `final` decodes every sample fed."""
        began = time.perf_counter()
        with self._lock:
            waiting, self._waiting = self._waiting, []
        if self._stream is None:  # not before: its model may still be being loaded
            self._stream = self._transcriber.stream()
        if waiting:
            self._stream.add(np.concatenate(waiting))
        text = self._stream.text(final=final)
        self.last_cost_seconds = time.perf_counter() - began
        return " ".join(text.split())

    def close(self) -> None:
        """Free the stream."""
        if self._stream is not None:
            self._stream.close()


def speech(voice: Voice, text: str, stopped: Callable[[], bool]) -> Iterator[Samples]:
    """The text spoken, at TALK_RATE, chunk by chunk; ends early once `stopped()`. Blocking."""
    for chunk in voice.speak(text):
        if stopped():
            return
        yield chunk if voice.rate == TALK_RATE else soxr.resample(chunk, voice.rate, TALK_RATE).astype(np.float32)


@dataclass
class _Line:
    """One utterance on its way out."""

    key: str
    chunks: deque[Samples]
    complete: bool = False
    played: int = 0  # samples


class Playout:
    """The agent's mouth: queued audio, taken 20 ms at a time by the outgoing track. One thread only (the loop's).

    `on_started(key)` and `on_ended(key)` are called when an utterance's first and last sample leave.
    """

    ECHO_SECONDS = 0.4
    """Network, loudspeaker, room and microphone together take no longer."""

    def __init__(self, on_started: Callable[[str], None], on_ended: Callable[[str], None]) -> None:
        self._on_started, self._on_ended = on_started, on_ended
        self._line: _Line | None = None
        self._held = False
        self._levels: deque[float] = deque(maxlen=round(self.ECHO_SECONDS * TALK_RATE / TALK_FRAME))

    @property
    def loudness(self) -> float:
        """RMS of the loudest frame of the last ECHO_SECONDS: what may come back through a loudspeaker now."""
        return max(self._levels, default=0.0)

    @property
    def played_seconds(self) -> float:
        """How much of the present utterance has left."""
        return self._line.played / TALK_RATE if self._line else 0.0

    def begin(self, key: str) -> None:
        """A new utterance; whatever was left of another is gone."""
        self._line, self._held = _Line(key, deque()), False

    def add(self, key: str, samples: Samples) -> None:
        """More of the utterance; ignored if another has begun meanwhile."""
        if self._line and self._line.key == key and len(samples):
            self._line.chunks.append(samples)

    def complete(self, key: str) -> None:
        """Nothing more will be added."""
        if self._line and self._line.key == key:
            self._line.complete = True

    def rest(self, key: str) -> Samples:
        """What is still to be heard of this utterance; nothing of any other."""
        chunks = self._line.chunks if self._line and self._line.key == key else ()
        return np.concatenate(chunks) if chunks else np.zeros(0, dtype=np.float32)

    def hold(self) -> None:
        """Fall silent, keep what is left."""
        self._held = True

    def resume(self) -> None:
        """Go on where it was held."""
        self._held = False

    def clear(self) -> None:
        """Fall silent and forget."""
        self._line, self._held = None, False

    def frame(self) -> Samples:
        """The next TALK_FRAME samples; silence when there is nothing to say."""
        frame = self._next()
        self._levels.append(0.0 if frame is SILENCE else float(np.sqrt(np.mean(frame**2))))
        return frame

    def _next(self) -> Samples:
        line = self._line
        if line is None or self._held or not (line.chunks or line.complete):
            return SILENCE
        out = self._take(line)
        if line.played == 0 and len(out):
            self._on_started(line.key)
        line.played += len(out)
        if line.complete and not line.chunks:
            self._line = None
            self._on_ended(line.key)
        return np.pad(out, (0, TALK_FRAME - len(out)))

    @staticmethod
    def _take(line: _Line) -> Samples:
        parts: list[Samples] = []
        wanted = TALK_FRAME
        while wanted and line.chunks:
            chunk = line.chunks.popleft()
            parts.append(chunk[:wanted])
            if len(chunk) > wanted:
                line.chunks.appendleft(chunk[wanted:])
            wanted -= len(parts[-1])
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)
