"""A question as the interviewer's voice says it, to be heard before a candidate hears it."""

from __future__ import annotations

import io
import wave
from hashlib import sha256

import numpy as np

from interview_platform.errors import BadInput
from interview_platform.ports import Blobs, Samples, Voice

MOST_CHARACTERS = 800
_SECONDS = 3600
_MEDIA_TYPE = "audio/wav"


def hear(blobs: Blobs, voice: Voice, organisation_id: str, text: str) -> str:
    """An address that plays the text for an hour. Said once, it is kept. Raises BadInput, ServiceUnavailable."""
    said = " ".join(text.split())
    if not said:
        raise BadInput("There are no words to say yet.")
    if len(said) > MOST_CHARACTERS:
        raise BadInput(f"This is too long to be said in one breath. Keep it below {MOST_CHARACTERS} characters.")
    mark = sha256(f"{voice.name}\n{said}".encode()).hexdigest()[:32]
    key = f"previews/{organisation_id}/{mark}.wav"
    if not blobs.exists(key):
        chunks = list(voice.speak(said))
        blobs.put(key, wav(np.concatenate(chunks) if chunks else np.zeros(0, np.float32), voice.rate), _MEDIA_TYPE)
    return blobs.url(key, _SECONDS)


def wav(samples: Samples, rate: int) -> bytes:
    """A WAV file, 16 bits, mono."""
    out = io.BytesIO()
    with wave.open(out, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes((np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes())
    return out.getvalue()
