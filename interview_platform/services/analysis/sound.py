"""How well an answer could be heard: noise behind it and clipped samples, straight from the sound. Never scored."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from interview_platform.ports import Samples

WINDOW_SECONDS = 0.05
QUIET_SHARE = 0.1
"""The quietest windows are taken for what is heard where nothing is said."""
FULL = 0.985
"""A sample this close to the most that can be stored was cut off."""
LEAST_LEVEL = 1e-5
NAMES = frozenset({"background_noise", "clipping"})


def measure(samples: Samples, rate: int, wanted: Collection[str]) -> dict[str, float]:
    """The wanted of NAMES, of mono samples in [-1, 1]; {} for less than half a second."""
    if not NAMES & set(wanted) or len(samples) < rate // 2:
        return {}
    made = {}
    if "background_noise" in wanted:
        made["background_noise"] = -20 * float(np.log10(max(_quiet(samples, rate), LEAST_LEVEL)))
    if "clipping" in wanted:
        made["clipping"] = float(np.mean(np.abs(samples) >= FULL))
    return made


def _quiet(samples: Samples, rate: int) -> float:
    """Root mean square of the quietest windows."""
    size = int(rate * WINDOW_SECONDS)
    windows = samples[: len(samples) // size * size].reshape(-1, size)
    levels = np.sort(np.sqrt(np.mean(windows.astype(np.float64) ** 2, axis=1)))
    return float(np.mean(levels[: max(1, round(len(levels) * QUIET_SHARE))]))
