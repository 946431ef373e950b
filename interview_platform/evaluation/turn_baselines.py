"""Rules to compare with in `evaluate turns`: what voice agents usually do, on the same models and sounds.

`smart_turn` is the rule of common open frameworks: 0.2 s of silence, then the sound's model alone decides, and 3 s of
silence end every turn. It is written from its description; a framework's own pipeline adds more. `silence` ends after
0.8 s, whatever was said.
"""

from __future__ import annotations

from interview_platform.media.frames import Decision, Evidence, PauseBegan, SpeechStarted, TurnEnded

_SPEECH = 0.5
_START_WINDOWS = 3
_WINDOW_SECONDS = 0.032


class Baseline:
    """Silence for `asked` seconds asks the sound's model (None: never); `longest` seconds end the turn anyway."""

    def __init__(self, asked: float | None, longest: float) -> None:
        self._ask_after, self._longest = asked, longest
        self._run = 0
        self._started: float | None = None
        self._last = 0.0
        self._asked = False
        self._complete = False
        self.speech_seconds = 0.0

    def agent_stopped(self, at_seconds: float, question: str = "") -> None:
        """Listening opens; the question makes no difference."""
        self._started = None

    def weigh(self, evidence: Evidence) -> None:
        """The sound alone counts."""
        if self._asked and evidence.pause_seconds == self._last:
            self._complete = evidence.complete > 0.5

    def hear(self, at_seconds: float, probability: float) -> list[Decision]:
        """One window that ends at `at_seconds`."""
        self._run = self._run + 1 if probability >= _SPEECH else 0
        if self._run:
            return self._speech(at_seconds)
        if self._started is None:
            return []
        silent = at_seconds - self._last
        if silent >= self._longest or self._complete:
            started, self._started = self._started, None
            self._complete = False
            return [TurnEnded(started, self._last, self._last - started)]
        if self._ask_after is not None and not self._asked and silent >= self._ask_after:
            self._asked = True
            return [PauseBegan(self._last)]
        return []

    def _speech(self, at_seconds: float) -> list[Decision]:
        if self._started is None and self._run < _START_WINDOWS:
            return []
        self._last, self._asked, self._complete = at_seconds, False, False
        if self._started is not None:
            return []
        self._started = at_seconds - self._run * _WINDOW_SECONDS
        return [SpeechStarted(self._started)]


BASELINES = {"smart_turn": (0.2, 3.0), "silence": (None, 0.8)}
"""How each is made."""
