"""What a rehearsed candidate says, as WAV bytes: spoken by the local voice, or given as files."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from interview_platform.errors import BadInput
from interview_platform.evaluation.scenarios import Answers
from interview_platform.ports import Samples, Voice

SOUNDS = (".wav", ".flac", ".ogg", ".mp3")
"""Endings of files that the browser can decode."""


@dataclass(frozen=True)
class Said:
    """One answer: its words (a file's name without words beside it) and its sound."""

    text: str
    wav: bytes


class Mouth(Protocol):
    """Chooses and gives what is said to a question."""

    def answer(self, question: str) -> Said:
        """The next answer."""


@dataclass
class SpokenMouth:
    """Speaks a scenario's answers with a voice."""

    answers: Answers
    voice: Voice

    def answer(self, question: str) -> Said:
        """The answer written for the question, or the next general one."""
        return self.say(self.answers.next(question).say)

    def say(self, text: str) -> Said:
        """Any words."""
        return Said(text, to_wav(np.concatenate(list(self.voice.speak(text))), self.voice.rate))


@dataclass
class RecordedMouth:
    """Plays sound files in the order of their names, from the top again when all are used.

    `NAME.txt` beside `NAME.wav` holds its words.
    """

    files: tuple[Path, ...]
    played: int = 0

    def answer(self, question: str) -> Said:
        """The next file, whatever was asked."""
        path = self.files[self.played % len(self.files)]
        self.played += 1
        words = path.with_suffix(".txt")
        return Said(words.read_text(encoding="utf-8").strip() if words.is_file() else path.stem, path.read_bytes())


def recorded(folder: Path) -> RecordedMouth:
    """The sound files of a folder. Raises BadInput when there are none."""
    files = tuple(sorted(path for path in folder.glob("*") if path.suffix.lower() in SOUNDS))
    if not files:
        raise BadInput(f"There are no .wav files in {folder}. Put the answers there, named in the order they are said.")
    return RecordedMouth(files)


def to_wav(samples: Samples, rate: int) -> bytes:
    """16-bit mono WAV of samples in [-1, 1]."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes())
    return target.getvalue()
