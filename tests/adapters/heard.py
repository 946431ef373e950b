"""The real weights, and speech made with the real voice."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import soxr

from interview_platform.adapters.hibari import HibariVoice
from interview_platform.adapters.model_store import ModelStore
from interview_platform.ports import SPEECH_RATE, Samples
from interview_platform.settings import Settings


def weights(name: str) -> Path:
    """Where a model lies; raises ModelMissing with the way to get it."""
    return ModelStore(Settings().cache_dir).path(name)


@lru_cache(maxsize=1)
def voice() -> HibariVoice:
    return HibariVoice(weights("hibari"))


@lru_cache(maxsize=16)
def spoken_by_the_voice(text: str) -> Samples:
    """The text at SPEECH_RATE, with a floor of room noise."""
    sound = np.concatenate(list(voice().speak(text)))
    samples: Samples = soxr.resample(sound, voice().rate, SPEECH_RATE).astype(np.float32)
    return samples + (5e-4 * np.random.default_rng(1).standard_normal(len(samples))).astype(np.float32)
