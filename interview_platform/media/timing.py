"""Where the time of a spoken turn goes: from the end of the candidate's voice to the agent's first sound, by stage.

Milliseconds and numbers only, never words: told to the browser (`timing`, which a page ignores and a benchmark reads)
and to the log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from prometheus_client import Histogram

from interview_platform.media.frames import Event

_log = logging.getLogger(__name__)

STAGES = ("noticed", "sounded", "read", "foreseen", "nodded", "decided", "worded", "voiced", "left")
"""In order: silence noticed, turn model's answer, words read to their end, a reply worked out beforehand, a nod, turn
over, the conversation's reply, its first sound made, its first sound sent."""


REPLY = Histogram(
    "interview_platform_reply_seconds",
    "End of the candidate's speech to the agent's first sound",
    buckets=(0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0),
)
"""Of this process, since its start."""


class Timing:
    """One dialogue's. Stages count in milliseconds from the end of speech, on `clock`."""

    def __init__(self, clock: Callable[[], float], emit: Callable[[Event], None]) -> None:
        self._clock, self._emit = clock, emit
        self._pause: float | None = None
        self._kept: dict[str, Any] = {}

    def noticed(self, pause_seconds: float) -> None:
        """A silence that began at `pause_seconds` is to be weighed; another's stages are forgotten."""
        if self._pause != pause_seconds:
            self._pause, self._kept = pause_seconds, {}
            self.mark("noticed")

    def mark(self, stage: str, **values: Any) -> None:
        """This stage is reached now; the first time counts, of `values` the last."""
        if self._pause is not None:
            self._kept.setdefault(stage, round((self._clock() - self._pause) * 1000))
            self._kept.update(values)

    def dropped(self) -> None:
        """It was a pause, or no turn."""
        self._pause = None

    def left(self) -> None:
        """The reply's first sound leaves: the turn is told."""
        if self._pause is None or "decided" not in self._kept:
            return
        self.mark("left")
        told, self._pause = self._kept, None
        REPLY.observe(told["left"] / 1000)
        self._emit({"type": "timing", "stages": told})
        _log.info("turn: %s", ", ".join(f"{name} {value}" for name, value in told.items()))
