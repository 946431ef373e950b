"""The agent's voice."""

from __future__ import annotations

import numpy as np
import pytest

from interview_platform.adapters.hibari import pieces, spoken, trimmed
from tests.adapters.heard import voice


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Tools, e.g. Redis", "Tools, for example, Redis"),
        ("C++ and C#", "C plus plus and C sharp"),
        ("read/write — and **more**", "read or write, and more"),
        ("R&D & sales", "R&D and sales"),
    ],
)
def test_signs_are_put_in_words(written: str, said: str) -> None:
    assert spoken(written) == said


def test_a_long_first_sentence_starts_with_its_first_clause() -> None:
    long = "When you think back to the release that you described, which of the decisions would you make again today?"
    first, second = pieces([long])
    assert first.endswith("described,")
    assert f"{first} {second}" == long
    assert pieces(["Short, and sweet.", long]) == ["Short, and sweet.", long]
    assert pieces([]) == []


def test_silence_around_speech_is_cut_off() -> None:
    sound = np.concatenate([np.zeros(6000), np.full(2400, 0.2), np.zeros(9000)]).astype(np.float32)
    cut = trimmed(sound, after_seconds=0.1)
    assert len(cut) == 480 + 2400 + 2400
    assert cut.max() == pytest.approx(0.4)
    assert len(trimmed(np.zeros(1000, dtype=np.float32), 0.1)) == 0


@pytest.mark.models
def test_sentences_come_one_by_one_and_begin_at_once() -> None:
    chunks = list(voice().speak("Thank you. In 2023 you led the team. What changed?"))
    assert len(chunks) == 3
    for chunk in chunks:
        assert chunk.dtype == np.float32
        assert float(np.abs(chunk).max()) <= 1
        assert float(np.abs(chunk[: round(0.06 * voice().rate)]).max()) > 0.005
    assert not list(voice().speak("  "))
