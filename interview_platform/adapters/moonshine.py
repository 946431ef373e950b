"""Live speech-to-text by Moonshine's native library.

The wrapper that comes with it copies audio through Python lists; here samples go to the library as they lie in
memory. The native transcriber is not safe to share, so every call holds one lock.
"""

from __future__ import annotations

import ctypes
import threading
from pathlib import Path
from typing import Any

import numpy as np

from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import SPEECH_RATE, Samples

_OPTIONS = {"vad_window_duration": 0.3}
"""A breath closes a line, which is then not decoded again: the last words of a long answer come as fast as of a
short one (measured: 0.16 s of work instead of 0.9 s after 8 s of speech, the same words)."""
_FORCE = 1
"""Flag: decode everything fed so far, also what the library would wait with."""


class MoonshineTranscriber:
    """One loaded model; streams take turns on it."""

    name = "moonshine tiny"

    def __init__(self, model_dir: Path) -> None:
        from moonshine_voice import ModelArch, Transcriber
        from moonshine_voice.moonshine_api import TranscriptC

        self._model = Transcriber(str(model_dir), ModelArch.TINY, options=_OPTIONS)
        self._transcript = TranscriptC
        self._lock = threading.Lock()

    def stream(self) -> MoonshineStream:
        """A fresh stream for one turn."""
        return MoonshineStream(self._model, self._transcript, self._lock)


class MoonshineStream:
    """One turn's speech-to-text. `close()` it."""

    def __init__(self, model: Any, transcript: type[ctypes.Structure], lock: threading.Lock) -> None:
        self._library, self._model, self._lock = model._lib, model._handle, lock
        self._transcript = transcript
        self._fed = 0
        with lock:
            self._stream = self._library.moonshine_create_stream(self._model, 0)
            self._check(self._library.moonshine_start_stream(self._model, self._stream))

    def add(self, samples: Samples) -> None:
        """Feed audio at SPEECH_RATE."""
        if not len(samples):
            return
        audio = np.ascontiguousarray(samples, dtype=np.float32)
        pointer = audio.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
        with self._lock:
            self._check(
                self._library.moonshine_transcribe_add_audio_to_stream(
                    self._model, self._stream, pointer, len(audio), SPEECH_RATE, 0
                )
            )
        self._fed += len(audio)

    def text(self, final: bool = False) -> str:
        """What was heard so far; `final` decodes everything fed, and the stream may still go on."""
        if not self._fed:
            return ""
        found = ctypes.POINTER(self._transcript)()
        with self._lock:
            self._check(
                self._library.moonshine_transcribe_stream(
                    self._model, self._stream, _FORCE if final else 0, ctypes.byref(found)
                )
            )
            return _text(found)

    def close(self) -> None:
        """Free the stream; safe to call twice."""
        if self._stream is not None:
            with self._lock:
                self._library.moonshine_free_stream(self._model, self._stream)
            self._stream = None

    def _check(self, code: int) -> None:
        if code:
            raise ServiceUnavailable(f"Speech-to-text failed (code {code}). Type the answer, or reload the page.")


def _text(found: Any) -> str:
    lines = (found.contents.lines[number] for number in range(found.contents.line_count))
    texts = (ctypes.string_at(line.text).decode("utf-8", "ignore").strip() for line in lines if line.text)
    return " ".join(text for text in texts if text)
