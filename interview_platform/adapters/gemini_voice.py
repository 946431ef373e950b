"""Text to speech by Gemini, sentence by sentence as it streams; a local voice takes every sentence it does not bring.

REST as in ai.google.dev/gemini-api/docs/speech-generation: `responseModalities: ["AUDIO"]`, 16-bit PCM comes back.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import structlog

from interview_platform.adapters.langchain_chat import failed
from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import Samples, Voice

WAIT_SECONDS = 3.0
"""For the first sound of a sentence, and between two pieces: somebody is waiting."""
REST_SECONDS = 60.0
"""After a failure the local voice speaks alone this long, so that not every sentence waits in vain."""
_RATE = re.compile(r"rate=(\d+)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_log = structlog.get_logger()


class GeminiVoice:
    """Voice. Safe to share between threads."""

    nod = ""

    def __init__(
        self,
        local: Voice,
        api_key: str,
        base_url: str = "",
        model: str = "",
        speaker: str = "",
        clock: Callable[[], float] = time.monotonic,
        wait_seconds: float = WAIT_SECONDS,
    ) -> None:
        """`speaker`: one of Gemini's prebuilt voices. What comes at another rate is brought to the local voice's."""
        from google import genai
        from google.genai import types

        self.name, self.rate = f"{model}, {speaker}", local.rate
        self._local, self._model, self._clock = local, model, clock
        options = types.HttpOptions(base_url=base_url or None, timeout=round(wait_seconds * 1000))
        self._client = genai.Client(api_key=api_key, http_options=options)
        chosen = types.VoiceConfig(prebuilt_voice_config=types.PrebuiltVoiceConfig(voice_name=speaker))
        self._config = types.GenerateContentConfig(
            response_modalities=["AUDIO"], speech_config=types.SpeechConfig(voice_config=chosen)
        )
        self._rests_until = 0.0

    def speak(self, text: str) -> Iterator[Samples]:
        """Chunks in order. A sentence that Gemini does not bring, or breaks off, is spoken by the local voice."""
        for sentence in filter(None, _SENTENCE.split(text.strip())):
            if self._clock() < self._rests_until:
                yield from self._local.speak(sentence)
                continue
            try:
                yield from self._spoken(sentence)
            except ServiceUnavailable as error:
                self._rests_until = self._clock() + REST_SECONDS
                _log.warning("local_voice_speaks", why=str(error))
                yield from self._local.speak(sentence)

    def _spoken(self, sentence: str) -> Iterator[Samples]:
        brought = False
        try:
            for piece in self._client.models.generate_content_stream(
                model=self._model, contents=sentence, config=self._config
            ):
                for chunk in _sounds(piece, self.rate):
                    brought = True
                    yield chunk
        except Exception as error:  # the vendor's own, httpx's: whatever it is, the sentence has to be spoken
            raise failed(error) from error
        if not brought:
            raise ServiceUnavailable("Gemini sent no sound for a sentence.")


def _sounds(piece: Any, rate: int) -> Iterator[Samples]:
    """The sound in one piece of the stream, at `rate`."""
    for candidate in piece.candidates or ():
        for part in (candidate.content.parts if candidate.content else None) or ():
            if part.inline_data and part.inline_data.data:
                yield _samples(part.inline_data.data, part.inline_data.mime_type or "", rate)


def _samples(pcm: bytes, mime_type: str, rate: int) -> Samples:
    sound = np.frombuffer(pcm[: len(pcm) // 2 * 2], dtype="<i2").astype(np.float32) / 32768
    found = _RATE.search(mime_type)
    sent = int(found[1]) if found else rate
    if sent == rate:
        return sound
    import soxr

    resampled: Samples = soxr.resample(sound, sent, rate).astype(np.float32)
    return resampled
