"""Whether what the microphone hears may be the agent's own voice, come back through a loudspeaker. Pure.

The browser's echo canceller takes away most of it; what is left is as loud as the agent in a proportion that the room
and the volume set. That proportion is learned while the agent speaks; a candidate who speaks over the agent is louder.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from interview_platform.ports import SPEECH_RATE, VAD_WINDOW, Samples

_AUDIBLE = 0.003
_MARGIN = 1.6
"""A voice must be this much louder than the echo: 4 dB."""
_LEARN_SECONDS = 5.0
_FIRST_SECONDS = 0.5
"""Of the agent's voice, before anything is known about the proportion."""
_USUAL = 0.9
"""Quantile of the proportions seen that stands for the echo: above it lies a voice that speaks over the agent."""


class Echo:
    """One connection's echo. Feed every detector window in order."""

    def __init__(self) -> None:
        self._seen: deque[float] = deque(maxlen=round(_LEARN_SECONDS * SPEECH_RATE / VAD_WINDOW))

    def own_voice(self, window: Samples, playing: float, learn: bool = True) -> bool:
        """Whether this window is no louder than the agent (RMS `playing`, the loudest of the last moments) comes back.

        False while the agent is silent, and until enough of its voice was heard. `learn`: not where the candidate has
        the word and the agent only nods, as her own voice would be taken for the echo's.
        """
        if playing < _AUDIBLE:
            return False
        level = float(np.sqrt(np.mean(window**2)))
        known = len(self._seen) >= _FIRST_SECONDS * SPEECH_RATE / VAD_WINDOW
        usual = float(np.quantile(self._seen, _USUAL)) if known else 0.0
        if learn:
            self._seen.append(level / playing)
        return known and level < _MARGIN * usual * playing
