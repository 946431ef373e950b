"""Speech is told from silence and noise by the real weights."""

from __future__ import annotations

import numpy as np
import pytest

from interview_platform.adapters.silero import SileroDetector
from interview_platform.ports import SPEECH_RATE, VAD_WINDOW, Samples
from tests.adapters.heard import spoken_by_the_voice, weights

pytestmark = pytest.mark.models


def probabilities(samples: Samples, detector: SileroDetector) -> list[float]:
    whole = len(samples) // VAD_WINDOW * VAD_WINDOW
    return [detector.probability(samples[start : start + VAD_WINDOW]) for start in range(0, whole, VAD_WINDOW)]


def test_speech_is_heard_and_silence_and_noise_are_not() -> None:
    noise = (0.01 * np.random.default_rng(1).standard_normal(SPEECH_RATE)).astype(np.float32)
    speech = spoken_by_the_voice("We measured the error rate before and after the release.")
    detector = SileroDetector(weights("silero-vad"))
    assert max(probabilities(noise, detector)) < 0.3
    assert float(np.mean(np.array(probabilities(speech, detector)) > 0.5)) > 0.8


def test_listeners_do_not_share_memory_and_forget_on_reset() -> None:
    speech = spoken_by_the_voice("One two three four.")
    first, second = SileroDetector(weights("silero-vad")), SileroDetector(weights("silero-vad"))
    fresh = probabilities(speech, first)
    assert probabilities(speech, second) == fresh
    first.reset()
    assert probabilities(speech, first) == fresh


def test_a_window_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="512"):
        SileroDetector(weights("silero-vad")).probability(np.zeros(100, dtype=np.float32))
