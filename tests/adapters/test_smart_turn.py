"""The sound of an ending, and the picture of sound it is told from."""

from __future__ import annotations

import numpy as np
import pytest

from interview_platform.adapters.smart_turn import SECONDS, SmartTurn, last_seconds, log_mel
from interview_platform.ports import SPEECH_RATE
from tests.adapters.heard import spoken_by_the_voice, weights


@pytest.mark.parametrize("silent_seconds", [0.0, 2.5])
def test_the_log_mel_picture_is_the_one_the_model_was_trained_on(silent_seconds: float) -> None:
    from transformers import WhisperFeatureExtractor

    samples = (0.1 * np.random.default_rng(0).standard_normal(SECONDS * SPEECH_RATE)).astype(np.float32)
    samples[: round(silent_seconds * SPEECH_RATE)] = 0
    theirs = WhisperFeatureExtractor(chunk_length=SECONDS)(
        samples, sampling_rate=SPEECH_RATE, return_tensors="np", do_normalize=True
    )["input_features"][0]
    ours = log_mel(samples)
    assert ours.shape == theirs.shape == (80, 800)
    np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_the_end_of_a_turn_is_looked_at_and_short_turns_are_padded_in_front() -> None:
    assert last_seconds(np.arange(200_000, dtype=np.float32))[-1] == 199_999
    padded = last_seconds(np.ones(100, dtype=np.float32))
    assert len(padded) == SECONDS * SPEECH_RATE
    assert padded[:-100].sum() == 0
    assert padded[-100:].sum() == 100


@pytest.mark.models
def test_a_finished_sentence_sounds_finished_and_parts_of_it_do_not_all() -> None:
    model = SmartTurn(weights("smart-turn"))
    speech = spoken_by_the_voice("Mostly I designed the database schema and wrote the migration scripts.")
    assert model.complete(speech) > 0.8
    parts = [model.complete(speech[: round(part * len(speech))]) for part in (0.3, 0.4, 0.5, 0.6, 0.7)]
    assert min(parts) < 0.3
