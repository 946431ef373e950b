"""`evaluate speech`: how many words the two recognisers get wrong, clean and in noise.

The manifest is JSON lines: `file` (beside it) and `text` (what is said); optional `terms`, the words of the trade that
a job would bring (then the errors are also counted after `Vocabulary` has put them right). Lines without text are left
out. Noise is pink, at so many decibels below the voice.

A word counts as wrong once: left out, put in, or another. Case, punctuation and hyphens do not count, nor does whether
a number is written in words or digits (0 to 20).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from interview_platform.errors import BadInput
from interview_platform.evaluation.turn_sound import loudness, read_sound
from interview_platform.ports import SPEECH_RATE, Samples
from interview_platform.services.scoring.rubric import UNCLEAR_BELOW
from interview_platform.services.vocabulary import Vocabulary

SNRS: tuple[float | None, ...] = (None, 20.0, 10.0, 5.0)
"""Decibels of the voice over the noise; None is the recording as it is."""
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_DIGITS = {
    word: str(value) for value, word in enumerate([*_NUMBERS.split(), "seventeen", "eighteen", "nineteen", "twenty"])
}


@dataclass(frozen=True)
class Clip:
    """One line of the manifest."""

    path: Path
    text: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heard:
    """What a recogniser made of a clip; how sure it was (None: it does not say)."""

    text: str
    confidence: float | None = None


Recogniser = Callable[[Samples], Heard]


def read(manifest: Path) -> list[Clip]:
    """The clips whose words are known. Raises BadInput with the line."""
    clips: list[Clip] = []
    lines = manifest.read_text(encoding="utf-8").splitlines() if manifest.is_file() else []
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line) if line.strip() else {}
            if row.get("text"):
                clips.append(Clip(manifest.parent / str(row["file"]), str(row["text"]), tuple(row.get("terms", ()))))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput(f"Line {number} of {manifest.name} needs file and text.") from error
    if not clips:
        raise BadInput(f"{manifest} holds no clips with text. Give JSON lines with file and text.")
    return clips


def measure(
    clips: Iterable[Clip],
    recognisers: Mapping[str, Recogniser],
    snrs: Sequence[float | None] = SNRS,
    say: Callable[[str], None] = lambda line: None,
) -> dict[str, Any]:
    """Every clip by every recogniser in every noise: summary by recogniser and noise, and each clip."""
    rows: list[dict[str, Any]] = []
    for clip in clips:
        sound = read_sound(clip.path)
        for snr in snrs:
            given = sound if snr is None else noisy(sound, snr, seed=len(clip.text))
            rows += [_row(clip, name, snr, hear(given)) for name, hear in recognisers.items()]
        say(clip.path.name)
    return {"summary": {name: _of(rows, name, snrs) for name in recognisers}, "clips": rows}


def _row(clip: Clip, name: str, snr: float | None, heard: Heard) -> dict[str, Any]:
    wrong, words = errors(clip.text, heard.text)
    row = {"file": clip.path.name, "recogniser": name, "snr": snr, "wrong": wrong, "words": words, "heard": heard.text}
    if heard.confidence is not None:
        row["confidence"] = round(heard.confidence, 3)
    if clip.terms:
        row["wrong_in_terms"] = errors(clip.text, Vocabulary(clip.terms).text(heard.text))[0]
    return row


def _of(rows: list[dict[str, Any]], name: str, snrs: Sequence[float | None]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for snr in snrs:
        here = [row for row in rows if row["recogniser"] == name and row["snr"] == snr]
        words = sum(row["words"] for row in here)
        figures: dict[str, Any] = {"clips": len(here), "words": words, "wer": _share(here, "wrong", words)}
        if any("wrong_in_terms" in row for row in here):
            figures["wer_with_terms"] = _share(
                [{"n": row.get("wrong_in_terms", row["wrong"])} for row in here], "n", words
            )
        sure = [row for row in here if "confidence" in row]
        if sure:
            unsure = [row for row in sure if row["confidence"] < UNCLEAR_BELOW]
            figures["unclear"] = len(unsure)
            kept = [row for row in sure if row not in unsure]
            figures["wer_of_the_clear"] = _share(kept, "wrong", sum(row["words"] for row in kept))
        found["clean" if snr is None else f"{snr:g} dB"] = figures
    return found


def _share(rows: list[dict[str, Any]], name: str, words: int) -> float | None:
    return round(sum(row[name] for row in rows) / words, 4) if words else None


def errors(said: str, heard: str) -> tuple[int, int]:
    """Words wrong, and words said."""
    wanted, got = words_of(said), words_of(heard)
    row = list(range(len(got) + 1))
    for number, word in enumerate(wanted, 1):
        before, row[0] = row[0], number
        for at, other in enumerate(got, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (word != other))
    return row[-1], len(wanted)


def words_of(text: str) -> list[str]:
    """What counts of a text, in order."""
    found = re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace("’", "'").replace("-", " "))
    return [_DIGITS.get(word, word) for word in found]


def noisy(sound: Samples, snr: float, seed: int = 0) -> Samples:
    """The sound with pink noise, so many decibels below its voiced parts."""
    levels = loudness(sound)
    voice = float(np.sqrt(np.mean(levels[levels > 0.1 * levels.max()] ** 2))) if len(levels) else 0.0
    white = np.fft.rfft(np.random.default_rng(seed).standard_normal(len(sound)))
    pink = np.fft.irfft(white / np.sqrt(np.maximum(1, np.arange(len(white)))), len(sound))
    pink *= voice * 10 ** (-snr / 20) / max(float(np.sqrt(np.mean(pink**2))), 1e-9)
    return np.clip(sound + pink, -1.0, 1.0).astype(np.float32)


def recognisers(live_model: Path, record_model: Path) -> dict[str, Recogniser]:
    """The product's own, from their weights: the live one and the one of record."""
    from interview_platform.adapters.moonshine import MoonshineTranscriber
    from interview_platform.adapters.whisper import Whisper

    live, record = MoonshineTranscriber(live_model), Whisper(str(record_model))

    def heard_live(sound: Samples) -> Heard:
        stream = live.stream()
        for first in range(0, len(sound), SPEECH_RATE // 2):
            stream.add(sound[first : first + SPEECH_RATE // 2])
        text = stream.text(final=True)
        stream.close()
        return Heard(text)

    def heard_for_record(sound: Samples) -> Heard:
        words = record.words(sound)
        sure = float(np.mean([word.probability for word in words])) if words else 0.0
        return Heard(" ".join(word.text for word in words), sure)

    return {live.name: heard_live, record.name: heard_for_record}
