"""One sound heard in virtual time: the real detector, turn model, transcriber and turn-taking, no clock waited for.

What a model's answer costs is added to the virtual time at which it arrives, as it would in a room; turn model and
transcriber work side by side, as there.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

import numpy as np

from interview_platform.evaluation.turn_baselines import Baseline
from interview_platform.media.frames import (
    Decision,
    Evidence,
    Nodded,
    PauseBegan,
    SpeechStarted,
    TurnDropped,
    TurnEnded,
)
from interview_platform.media.hearing import LOOK_BACK_SECONDS, PRE_ROLL_SECONDS
from interview_platform.media.stages import Scribe, Tape
from interview_platform.media.turns import Rules, TurnTaker
from interview_platform.media.waiting import Weights
from interview_platform.ports import SPEECH_RATE, Samples, SpeechDetector, Transcriber, TurnModel

STEP_SECONDS = 0.02
SPEECH = 0.5
Got = TypeVar("Got")


@dataclass(frozen=True)
class Ears:
    """What hears. `cost` is called around each answer of a model: seconds of work so far (None: work is free)."""

    detector: SpeechDetector
    transcriber: Transcriber
    turn_model: TurnModel
    cost: Callable[[], float] | None = time.process_time
    fixed: tuple[float, float] = (0.0, 0.0)  # seconds added to each answer of the turn model, of the transcriber


@dataclass
class Asked:
    """One weighing of a pause."""

    pause_seconds: float
    complete: float
    text: str | None
    speech_seconds: float


@dataclass
class Heard:
    """What turn-taking decided about one sound."""

    ended: list[tuple[float, float]] = field(default_factory=list)  # decided at, end of speech
    nods: list[float] = field(default_factory=list)  # when a nod was given
    started: list[float] = field(default_factory=list)  # when a beginning was noticed
    voiced: list[bool] = field(default_factory=list)  # per detector window
    windows: list[float] = field(default_factory=list)  # their ends
    asked: list[Asked] = field(default_factory=list)


class Replay:
    """Hears one sound from its beginning. `question` was asked before it."""

    def __init__(
        self,
        ears: Ears,
        question: str = "",
        rules: Rules | None = None,
        weights: Weights | None = None,
        taker: Baseline | None = None,
    ) -> None:
        self.turns: TurnTaker | Baseline = taker or TurnTaker(rules, weights)
        if isinstance(self.turns, TurnTaker):
            self.turns.nods = True
        self.turns.agent_stopped(0.0, question)
        self.heard = Heard()
        self._ears, self._question = ears, question
        self._tape = Tape()
        self._scribe: Scribe | None = None
        self._read: tuple[float, str, float] = (-1.0, "", 0.0)  # pause, words, when they are known
        self._coming: list[tuple[float, int, Evidence]] = []
        self._started = 0.0
        ears.detector.reset()

    def run(self, sound: Samples) -> Heard:
        """Hear it all."""
        step = round(STEP_SECONDS * SPEECH_RATE)
        for first in range(0, len(sound), step):
            piece = sound[first : first + step]
            windows = list(self._tape.add(first / SPEECH_RATE, piece))
            if self._scribe:
                self._scribe.feed(piece)
            for at, window in windows:
                self._window(at, window)
        self._close()
        return self.heard

    def _window(self, at: float, window: Samples) -> None:
        while self._coming and self._coming[0][0] <= at:
            self.turns.weigh(heapq.heappop(self._coming)[2])
        probability = self._ears.detector.probability(window)
        self.heard.windows.append(at)
        self.heard.voiced.append(probability >= SPEECH)
        for decision in self.turns.hear(at, probability):
            self._decided(at, decision)

    def _decided(self, at: float, decision: Decision) -> None:
        match decision:
            case SpeechStarted(began):
                self.heard.started.append(at)
                self._close()
                self._started = max(0.0, began - PRE_ROLL_SECONDS)
                self._scribe = Scribe(self._ears.transcriber)
                self._scribe.feed(self._tape.cut(self._started))
            case PauseBegan():
                self._weigh(at, decision)
            case TurnEnded():
                self.heard.ended.append((at, decision.ended_seconds))
                self._close()
                self.turns.agent_stopped(at, self._question)
            case TurnDropped():
                self._close()
            case Nodded():
                self.heard.nods.append(at)
            case _:
                pass

    def _weigh(self, at: float, pause: PauseBegan) -> None:
        assert self._scribe is not None
        sound = self._tape.cut(max(self._started, pause.at_seconds - LOOK_BACK_SECONDS))
        complete, took = self._timed(lambda: self._ears.turn_model.complete(sound))
        sounded = at + took + self._ears.fixed[0]
        if isinstance(self.turns, Baseline):  # the sound alone counts there
            self._read = (pause.at_seconds, "", at)
        if self._read[0] != pause.at_seconds:
            scribe = self._scribe
            text, took = self._timed(lambda: scribe.read(final=True))
            self._read = (pause.at_seconds, text, at + took + self._ears.fixed[1])
        _, text, known = self._read
        if known > sounded:
            self._expect(sounded, Evidence(pause.at_seconds, complete, None))
        self._expect(max(known, sounded), Evidence(pause.at_seconds, complete, text))
        self.heard.asked.append(Asked(pause.at_seconds, complete, text, self.turns.speech_seconds))

    def _timed(self, work: Callable[[], Got]) -> tuple[Got, float]:
        cost = self._ears.cost
        if cost is None:
            return work(), 0.0
        began = cost()
        done = work()
        return done, cost() - began

    def _expect(self, at: float, evidence: Evidence) -> None:
        heapq.heappush(self._coming, (at, len(self.heard.asked) * 2 + (evidence.text is not None), evidence))

    def _close(self) -> None:
        if self._scribe:
            self._scribe.close()
        self._scribe = None


def silences(heard: Heard, until: float, shortest: float = 0.2) -> list[tuple[float, float]]:
    """The pauses inside what was said before `until`, as the detector heard them: (start, end) in seconds."""
    times, voiced = np.array(heard.windows), np.array(heard.voiced, dtype=bool)
    at = np.flatnonzero(voiced & (times <= until + 0.1))
    gaps = [(float(times[first]), float(times[second - 1])) for first, second in pairwise(at)]
    return [(start, end) for start, end in gaps if end - start >= shortest]
