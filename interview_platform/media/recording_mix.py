"""Voices placed at their times and added up."""

from __future__ import annotations

import numpy as np

from interview_platform.media.frames import TALK_FRAME, TALK_RATE
from interview_platform.ports import Samples


class Mixer:
    """Adds voices at their times and hands out what is settled. Samples at TALK_RATE, position 0 = second 0."""

    def __init__(self) -> None:
        self.position = 0  # samples handed out so far
        self._ahead: Samples = np.zeros(0, dtype=np.float32)

    def add(self, at_seconds: float, samples: Samples) -> None:
        """Mix in; what lies before `position` is too late and dropped."""
        start = round(at_seconds * TALK_RATE) - self.position
        if start < 0:
            samples, start = samples[-start:], 0
        end = start + len(samples)
        if end > len(self._ahead):
            grown = np.zeros(end + TALK_RATE, dtype=np.float32)
            grown[: len(self._ahead)] = self._ahead
            self._ahead = grown
        self._ahead[start:end] += samples

    def settled(self, until_seconds: float) -> Samples:
        """Everything up to `until_seconds`, in whole frames; gaps are silence."""
        frames = max(0, round(until_seconds * TALK_RATE) - self.position) // TALK_FRAME
        count = frames * TALK_FRAME
        taken, self._ahead = self._ahead[:count], self._ahead[count:]
        self.position += count
        out = np.zeros(count, dtype=np.float32)
        out[: len(taken)] = taken
        return np.clip(out, -1.0, 1.0)
