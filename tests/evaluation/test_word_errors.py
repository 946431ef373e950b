"""Words that recognisers get wrong, counted."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from interview_platform.errors import BadInput
from interview_platform.evaluation.speech import to_wav
from interview_platform.evaluation.word_errors import Heard, errors, measure, noisy, read
from interview_platform.ports import SPEECH_RATE, Samples
from tests.media.people import quiet, tone


@pytest.mark.parametrize(
    ("said", "heard", "wrong", "words"),
    [
        ("Ask not what your country can do.", "ask not what your country can do", 0, 7),
        ("the ten of clubs", "the 10 of clubs", 0, 4),
        ("a well-known man", "a well known man", 0, 4),
        ("I read the log", "I red the lock twice", 3, 4),
        ("I read the log", "", 4, 4),
    ],
)
def test_a_word_left_out_put_in_or_changed_counts_once(said: str, heard: str, wrong: int, words: int) -> None:
    assert errors(said, heard) == (wrong, words)


def test_noise_lies_as_far_below_the_voice_as_wanted() -> None:
    voice = np.concatenate([tone(2.0), quiet(2.0)])
    noise = noisy(voice, 10.0) - voice
    rms = float(np.sqrt(np.mean(noise**2)))
    assert 20 * np.log10(0.3 / np.sqrt(2) / rms) == pytest.approx(10, abs=1)


def test_each_recogniser_is_measured_in_each_noise_and_unclear_clips_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(to_wav(tone(1.0), SPEECH_RATE))
    rows = [{"file": "a.wav", "text": "We used Postgres", "terms": ["Postgres"]}, {"file": "b.wav"}]
    (tmp_path / "m.jsonl").write_text("\n".join(map(json.dumps, rows)))

    def hears_worse_in_noise(sound: Samples) -> Heard:
        clean = float(np.abs(sound[:1600]).max()) < 0.31
        return Heard("we used post grass", 0.9) if clean else Heard("the goose", 0.2)

    found = measure(read(tmp_path / "m.jsonl"), {"one": hears_worse_in_noise}, snrs=(None, 5.0))["summary"]["one"]
    assert (found["clean"]["wer"], found["clean"]["wer_with_terms"], found["clean"]["unclear"]) == (0.6667, 0.0, 0)
    assert (found["5 dB"]["unclear"], found["5 dB"]["wer_of_the_clear"]) == (1, None)


def test_a_manifest_without_words_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m.jsonl").write_text('{"file": "a.wav"}\n')
    with pytest.raises(BadInput, match="holds no clips"):
        read(tmp_path / "m.jsonl")
