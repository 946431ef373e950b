"""The transcript of record, read again by a chat model that takes sound (Gemini): its words, the local one's times.

The local recogniser hears every answer first. The model corrects its words; where both agree the local word stays with
its time and probability, where they differ the model's word stands in the same place. An answer that shares too little
with what was heard here (invented, summarised, an instruction obeyed), or none at all, changes nothing.
"""

from __future__ import annotations

import base64
import io
import re
import wave
from difflib import SequenceMatcher

import numpy as np
import structlog
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage
from pydantic import BaseModel, Field

from interview_platform.adapters.langchain_chat import bound, many, prompt, whole
from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import SPEECH_RATE, RecordTranscriber, Samples, Word

SHARED = 0.5
"""So much of both must be the same words."""
ONE_HEARD = 0.5
"""Probability of a word that only one of the two heard: it says that a person should listen."""
SURE = 0.6
"""A word the local recogniser is so sure of stays, also where the model left it out."""
_FILLERS = frozenset({"um", "uh", "uhm", "er", "erm", "hmm", "mm"})
_log = structlog.get_logger()


class Heard(BaseModel):
    """What the model gives back."""

    text: str = Field(description="the answer word for word")


class LangChainRecord:
    """RecordTranscriber: a local one, corrected by a chat model that takes sound."""

    def __init__(self, local: RecordTranscriber, model: BaseChatModel, label: str) -> None:
        self.name = f"{local.name}, corrected by {label}"
        self._local = local
        self._model = bound(model, Heard)

    def words(self, samples: Samples) -> list[Word]:
        """Words of audio at SPEECH_RATE. Raises ServiceUnavailable only where the local one does."""
        heard = self._local.words(samples)
        if not heard:
            return heard
        try:
            (answer,) = many(self._model, [_asked(samples, heard)], at_once=1)
            return merged(heard, whole(answer, Heard).text)
        except ServiceUnavailable as error:
            _log.warning("record_not_corrected", why=str(error))
            return heard

    def close(self) -> None:
        """Free the local one."""
        if hasattr(self._local, "close"):
            self._local.close()


def _asked(samples: Samples, heard: list[Word]) -> list[BaseMessage]:
    system, data = prompt("transcribe").messages({}, {"answer": " ".join(word.text for word in heard)})
    sound = {"type": "audio", "mime_type": "audio/wav", "base64": base64.b64encode(wav(samples)).decode()}
    return [system, HumanMessage([{"type": "text", "text": str(data.content)}, sound])]


def wav(samples: Samples) -> bytes:
    """Mono 16-bit WAV at SPEECH_RATE."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SPEECH_RATE)
        file.writeframes((np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes())
    return held.getvalue()


def merged(heard: list[Word], text: str) -> list[Word]:
    """The corrected words with the times of those that were heard; as heard where too little is the same."""
    said = text.split()
    match = SequenceMatcher(None, [_plain(word.text) for word in heard], [_plain(one) for one in said], autojunk=False)
    if match.ratio() < SHARED:
        return heard
    words: list[Word] = []
    for kind, first, last, start, end in match.get_opcodes():
        if kind == "delete":
            words += [word for word in heard[first:last] if _stays(word)]
        else:
            words += _placed(heard, first, last, said[start:end], same=kind == "equal")
    return words


def _placed(heard: list[Word], first: int, last: int, said: list[str], *, same: bool) -> list[Word]:
    """The model's words where the local ones were, the time shared out evenly."""
    if same:
        held = zip(heard[first:last], said, strict=True)
        return [Word(one, word.started_seconds, word.ended_seconds, word.probability) for word, one in held]
    begin = heard[first].started_seconds if first < last else heard[first - 1].ended_seconds if first else 0.0
    after = heard[first].started_seconds if first < len(heard) else begin
    end = heard[last - 1].ended_seconds if first < last else max(begin, after)
    sure = min((word.probability for word in heard[first:last]), default=ONE_HEARD)
    step = (end - begin) / len(said)
    return [
        Word(one, begin + place * step, begin + (place + 1) * step, min(sure, ONE_HEARD))
        for place, one in enumerate(said)
    ]


def _stays(word: Word) -> bool:
    return _plain(word.text) in _FILLERS or word.probability >= SURE


def _plain(word: str) -> str:
    return re.sub(r"[^\w']", "", word.casefold())
