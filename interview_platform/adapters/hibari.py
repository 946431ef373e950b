"""Text to speech by hibari: 24 kHz, an American English voice; its pronunciation lexicons are in its package."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from interview_platform.ports import Samples

_SILENCE = 0.003
_GAIN = 2.0  # its speech lies at -27 dBFS; -21 is usual in calls
_LONG_CHARACTERS = 90
_CLAUSE = re.compile(r"[,;:]\s+")
_SPOKEN = (
    (re.compile(r"\s*[–—]\s*"), ", "),
    (re.compile(r"\be\.g\.,?", re.IGNORECASE), "for example,"),
    (re.compile(r"\bi\.e\.,?", re.IGNORECASE), "that is,"),
    (re.compile(r"\bC\+\+"), "C plus plus"),
    (re.compile(r"\bC#"), "C sharp"),
    (re.compile(r"[“”«»*_`#]"), ""),
    (re.compile(r"(?<=\w)/(?=\w)"), " or "),
    (re.compile(r"\s&\s"), " and "),
    (re.compile(r"\s+"), " "),
)


class HibariVoice:
    """Speaks a sentence at a time, about a hundred times faster than it plays. Safe to share between threads."""

    name = "hibari"
    rate = 24_000
    nod = "Uh-huh."  # recognisers hear it as that, rising as a listener's; its "Mm-hm." has no breath in the middle

    def __init__(self, weights: Path) -> None:
        from hibari import Hibari

        self._model = Hibari(model=str(weights), threads=1)
        self._lock = threading.Lock()  # its pronunciation tables are filled as it reads
        for _ in self.speak("Hello."):  # loads them now, not under the first question
            pass

    def speak(self, text: str) -> Iterator[Samples]:
        """One chunk per sentence; a long first sentence starts with its first clause alone."""
        parts = pieces(self._model.split_sentences(spoken(text)))
        for number, part in enumerate(parts, 1):
            with self._lock:
                chunks = list(self._model.stream(part))
            after = 0.05 if number == len(parts) else 0.12 if part.endswith((",", ";", ":")) else 0.3
            yield from (trimmed(chunk, after) for chunk in chunks)


def pieces(sentences: list[str]) -> list[str]:
    """The sentences, the first cut behind an early clause if it is long: the voice is heard sooner."""
    if not sentences or len(sentences[0]) < _LONG_CHARACTERS:
        return sentences
    cut = next((found.end() for found in _CLAUSE.finditer(sentences[0]) if found.start() >= 24), None)
    return sentences if cut is None else [sentences[0][:cut].rstrip(), sentences[0][cut:], *sentences[1:]]


def trimmed(chunk: Samples, after_seconds: float) -> Samples:
    """The chunk, louder, without the third of a second of silence the model puts on either side."""
    loud = np.flatnonzero(np.abs(chunk) > _SILENCE)
    if not len(loud):
        return np.zeros(0, dtype=np.float32)
    first = max(0, int(loud[0]) - int(0.02 * HibariVoice.rate))
    last = int(loud[-1]) + 1 + int(after_seconds * HibariVoice.rate)
    return np.clip(_GAIN * np.asarray(chunk[first:last], dtype=np.float32), -1.0, 1.0)


def spoken(text: str) -> str:
    """The text with signs a voice cannot say put in words; digits are read out by hibari itself."""
    for pattern, said in _SPOKEN:
        text = pattern.sub(said, text)
    return text.strip()
