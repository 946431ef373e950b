"""Voices for the made set: the product's own, Kokoro's from a folder, and any program that writes a WAV file."""

from __future__ import annotations

import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soxr

from interview_platform.errors import BadInput, ServiceUnavailable
from interview_platform.evaluation.turn_sound import read_sound
from interview_platform.ports import SPEECH_RATE, Samples, Voice

KOKORO_VOICES = {"fit": ("am_adam", "af_nova"), "held": ("bm_george", "bf_emma")}
_KOKORO_RATE = 24_000
_PITCHES = (1.0, 0.86)
"""The product's one voice as two speakers: as it is, and lower and slower."""


@dataclass
class Own:
    """The product's voice; `pitch` below 1 is lower and slower."""

    voice: Voice
    pitch: float = 1.0

    def say(self, text: str) -> Samples:
        """The text at SPEECH_RATE."""
        sound = np.concatenate(list(self.voice.speak(text)))
        return soxr.resample(sound, self.voice.rate * self.pitch, SPEECH_RATE).astype(np.float32)


class Kokoro:
    """One voice of Kokoro-82M (a folder with its ONNX file and `voices/*.bin`), read out by hibari's pronunciation."""

    def __init__(self, session: Any, reader: Any, style: Path) -> None:
        self._session, self._reader = session, reader
        self._style = np.fromfile(style, dtype=np.float32).reshape(-1, 256)

    def say(self, text: str) -> Samples:
        """The text at SPEECH_RATE."""
        parts = [self._part(self._reader.ids(phonemes)) for phonemes in self._reader.phonemize(text)]
        return soxr.resample(np.concatenate(parts), _KOKORO_RATE, SPEECH_RATE).astype(np.float32)

    def _part(self, ids: list[int]) -> Samples:
        given = {
            "input_ids": np.array([ids], dtype=np.int64),
            "style": self._style[min(len(ids) - 2, len(self._style) - 1)][None],
            "speed": np.array([1.0], dtype=np.float32),
        }
        sound: Samples = self._session.run(None, given)[0].ravel()
        return sound


@dataclass
class Program:
    """A program that reads the text on its standard input and writes the WAV file that stands for {out}."""

    command: str

    def say(self, text: str) -> Samples:
        """The text at SPEECH_RATE. Raises ServiceUnavailable."""
        with tempfile.TemporaryDirectory(prefix="voice-") as folder:
            out = Path(folder) / "said.wav"
            words = [word.replace("{out}", str(out)) for word in shlex.split(self.command)]
            ran = subprocess.run(words, input=text.encode(), capture_output=True, check=False)
            if ran.returncode or not out.is_file():
                raise ServiceUnavailable(f"The voice {words[0]} wrote no sound (exit code {ran.returncode}).")
            return read_sound(out)


def own(voice: Voice) -> dict[str, Own]:
    """The product's voice, for the part that may be fitted."""
    return {f"own{number}": Own(voice, pitch) for number, pitch in enumerate(_PITCHES, 1)}


def kokoro(folder: Path, reader: Any, part: str) -> Iterator[tuple[str, Kokoro]]:
    """The folder's voices of one part. Raises BadInput."""
    import onnxruntime

    weights, styles = sorted(folder.glob("*.onnx")), folder / "voices"
    if not weights or not styles.is_dir():
        raise BadInput(f"{folder} holds no Kokoro: an ONNX file and a folder voices/ are expected in it.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    session = onnxruntime.InferenceSession(str(weights[0]), options, providers=["CPUExecutionProvider"])
    for name in KOKORO_VOICES[part]:
        yield name, Kokoro(session, reader, styles / f"{name}.bin")
