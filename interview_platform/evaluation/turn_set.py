"""A labelled set of pauses and ends, made from recorded clips and local voices, to measure turn-taking on.

`make` writes WAV files and `manifest.jsonl` (`file, ends[seconds], prompt`, and for the reader `kind, part, voice,
pauses[[start, end]]`). Two sources:

- recordings whose speech and silence somebody labelled by hand: the pauses are people's own;
- scripts (turn_scripts.yaml) said by local voices, where pauses are room tone put in at marked places.

What it cannot show: a made voice falls at the end of every sentence as at the end of an answer, and its pauses are
drawn, not meant; so the made part is harder at sentence ends, and easier at hesitations, than people are. The
recordings are of people who read aloud. Neither holds an interview's nervousness, accents, rooms or microphones.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import yaml

from interview_platform.errors import BadInput
from interview_platform.evaluation.speech import to_wav
from interview_platform.evaluation.turn_sound import lengthened, read_sound, room_tone, tightened, voiced_end
from interview_platform.ports import SPEECH_RATE, Samples

SCRIPTS = Path(__file__).with_name("turn_scripts.yaml")
TAIL_SECONDS = 4.0
_BETWEEN_MEDIAN, _BETWEEN_SPREAD = 0.55, 0.45
"""Pauses between sentences: log-normal, as in studies of spontaneous speech (most 0.3 to 1 s, a few longer)."""
_WITHIN = (0.5, 2.5)
_OPEN = "Tell me more about that."


class Speaks(Protocol):
    """A voice of the set."""

    def say(self, text: str) -> Samples:
        """The text at SPEECH_RATE."""


@dataclass
class Made:
    """One file of the set while it grows: sound, and what is known about it."""

    sound: Samples
    pauses: list[tuple[float, float]] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Length so far."""
        return len(self.sound) / SPEECH_RATE

    def add(self, sound: Samples) -> None:
        """Append."""
        self.sound = np.concatenate([self.sound, sound])


def scripts(path: Path = SCRIPTS) -> Iterator[tuple[str, str, str, list[str]]]:
    """(part, kind, question, sentences) of every script. Raises BadInput."""
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        for part, kinds in read.items():
            for kind, rows in kinds.items():
                yield from ((part, kind, row["question"], list(row["say"])) for row in rows)
    except (OSError, yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
        raise BadInput(f"The scripts {path} cannot be used: {error!r}. Compare them with {SCRIPTS.name}.") from error


def make(
    folder: Path,
    voices: Mapping[str, Mapping[str, Speaks]],
    clips: Path | None = None,
    repeats: int = 1,
    script_file: Path = SCRIPTS,
) -> list[dict[str, Any]]:
    """Write the set and give its rows. `voices` by part (fit, held), then by name; `repeats` voices say each script."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(_said(folder, voices, repeats, script_file))
    if clips is not None:
        rows += _recorded(folder, clips)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "manifest.jsonl").write_text(text, encoding="utf-8")
    return rows


def _said(
    folder: Path, voices: Mapping[str, Mapping[str, Speaks]], repeats: int, script_file: Path
) -> Iterator[dict[str, Any]]:
    for number, (part, kind, question, sentences) in enumerate(scripts(script_file)):
        of_part = list(voices.get(part, {}).items())
        for turn in range(min(repeats, len(of_part))):
            name, voice = of_part[(number + turn) % len(of_part)]
            made = spoken(voice, sentences, random.Random(f"{number} {name}"))
            yield _keep(folder, f"{part}-{kind}-{number:02}-{name}.wav", made, question, kind, part, name)


def spoken(voice: Speaks, sentences: list[str], chance: random.Random) -> Made:
    """The sentences with their pauses, every silence filled with one room's tone."""
    tone = room_tone(chance, TAIL_SECONDS)
    pace = math.exp(chance.gauss(0.0, 0.2))  # of this speaker
    made = Made(tone[: round(0.3 * SPEECH_RATE)])
    for number, sentence in enumerate(sentences):
        if number:
            _pause(made, tone, pace * _BETWEEN_MEDIAN * math.exp(chance.gauss(0.0, _BETWEEN_SPREAD)))
        sound, silences = _sentence(voice, sentence, chance)
        made.pauses += [(made.seconds + start, made.seconds + end) for start, end in silences]
        made.add(sound)
    made.sound = made.sound + np.resize(tone, len(made.sound))
    return made


def _sentence(voice: Speaks, sentence: str, chance: random.Random) -> tuple[Samples, list[tuple[float, float]]]:
    """One sentence said as a whole and then opened at its marks, so that its melody goes on over the pause."""
    pieces = _pieces(sentence)
    sound = tightened(voice.say(" ".join(pieces)))
    silences: list[tuple[float, float]] = []
    shift = 0.0
    for number in range(1, len(pieces)):
        guess = len(tightened(voice.say(" ".join(pieces[:number])))) / SPEECH_RATE + shift
        wanted = chance.uniform(*_WITHIN)
        sound, silence = lengthened(sound, guess, wanted, silences[-1][1] if silences else 0.0)
        silences.append(silence)
        shift += wanted
    return sound, silences


def _pieces(sentence: str) -> list[str]:
    """What stands between the marks; a comma at each mark keeps the voice from falling there."""
    pieces = [piece.strip() for piece in sentence.split("|")]
    return [piece if piece.endswith((",", ".", "?")) else f"{piece}," for piece in pieces[:-1]] + pieces[-1:]


def _pause(made: Made, tone: Samples, seconds: float) -> None:
    seconds = min(max(seconds, 0.2), 1.8)
    made.pauses.append((made.seconds, made.seconds + seconds))
    made.add(np.zeros(round(seconds * SPEECH_RATE), dtype=np.float32))


def _recorded(folder: Path, manifest: Path) -> list[dict[str, Any]]:
    """Labelled recordings as open answers, transcribed ones as short answers; every second one is held out."""
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(manifest.read_text(encoding="utf-8").splitlines()):
        given = json.loads(line)
        sound = read_sound(manifest.parent / given["file"])
        speech = [(start, end) for start, end, voiced in given.get("vad", []) if voiced]
        last = speech[-1][1] if speech else voiced_end(sound)
        pauses = [(first[1], second[0]) for first, second in pairwise(speech)]
        made = Made(sound[: round(last * SPEECH_RATE)], pauses)
        kind = "open" if speech or last > 6 else "short"
        question = _OPEN if kind == "open" else "Which card is it?"
        name, part = Path(given["file"]).stem, ("fit", "held")[number % 2]
        tone = room_tone(random.Random(name), TAIL_SECONDS, like=sound)
        rows.append(_keep(folder, f"{part}-{kind}-{name}.wav", made, question, kind, part, name, tone))
        if len(sound) / SPEECH_RATE - last < 0.05 and speech:
            rows[-1]["cut"] = True  # the clip stops inside a sentence: its end is no end of a thought
    return rows


def _keep(
    folder: Path, file: str, made: Made, question: str, kind: str, part: str, voice: str, tone: Samples | None = None
) -> dict[str, Any]:
    """Write the sound with a silent tail; its row."""
    end = voiced_end(made.sound) if tone is None else made.seconds
    tail = tone if tone is not None else room_tone(random.Random(file), TAIL_SECONDS)
    (folder / file).write_bytes(to_wav(np.concatenate([made.sound, tail]), SPEECH_RATE))
    pauses = [[round(start, 3), round(stop, 3)] for start, stop in made.pauses]
    row = {"file": file, "ends": [round(end, 3)], "prompt": question, "kind": kind, "part": part, "voice": voice}
    return {**row, "pauses": pauses}
