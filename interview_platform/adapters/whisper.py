"""The transcript of record by faster-whisper (base, int8): word times and probabilities, off the live path.

`Whisper` works in the process it is made in (about 1.4 s for 10 s of speech on one thread); `WhisperProcess` keeps
that off the live interview.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from interview_platform.adapters.child_process import ChildProcess
from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import SPEECH_RATE, Samples, Word

SILENCE = 0.6
"""A segment whose `no_speech_prob` is above this and whose words are unsure is left out: silence makes Whisper talk."""
UNSURE_LOGPROB = -0.8


class Whisper:
    """RecordTranscriber in this process."""

    name = "faster-whisper base"

    def __init__(self, model_dir: str) -> None:
        try:
            from faster_whisper import WhisperModel
        except (ImportError, OSError) as error:
            raise ServiceUnavailable(f"faster-whisper cannot be loaded here: {error}") from error
        self._model: Any = WhisperModel(
            model_dir, device="cpu", compute_type="int8", cpu_threads=1, num_workers=1, local_files_only=True
        )

    def words(self, samples: Samples) -> list[Word]:
        """Words of audio at SPEECH_RATE with their times; [] for silence."""
        if len(samples) < SPEECH_RATE // 5:
            return []
        segments, _ = self._model.transcribe(
            samples, language="en", beam_size=1, temperature=0.0, word_timestamps=True, condition_on_previous_text=False
        )
        return [
            Word(word.word.strip(), float(word.start), float(word.end), float(word.probability))
            for segment in segments
            if not (segment.no_speech_prob > SILENCE and segment.avg_logprob < UNSURE_LOGPROB)
            for word in segment.words or ()
            if word.word.strip()
        ]


class WhisperProcess:
    """RecordTranscriber in a process of its own, started at the first answer."""

    name = Whisper.name

    def __init__(self, model_dir: Path) -> None:
        """Raises ServiceUnavailable at once when faster-whisper is not installed."""
        if find_spec("faster_whisper") is None:
            raise ServiceUnavailable("faster-whisper is not installed; what was heard live is the transcript.")
        self._child = ChildProcess(f"{__name__}:Whisper", str(model_dir), what="The transcript of record")

    def words(self, samples: Samples) -> list[Word]:
        """As Whisper.words. Raises ServiceUnavailable."""
        limit = 15 + 2 * len(samples) / SPEECH_RATE
        return cast(list[Word], self._child.call("words", samples, timeout_seconds=limit))

    def close(self) -> None:
        """End the process."""
        self._child.close()
