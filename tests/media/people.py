"""A candidate's voice, the models that hear it and a conversation, all simple enough to be predicted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from interview_platform.ports import SPEECH_RATE, Samples


def tone(seconds: float, rate: int = SPEECH_RATE, hertz: float = 300.0, level: float = 0.3) -> Samples:
    """A voice of sorts."""
    return (level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def quiet(seconds: float, rate: int = SPEECH_RATE) -> Samples:
    return np.zeros(round(seconds * rate), dtype=np.float32)


class LoudnessDetector:
    """Speech is what is loud."""

    def probability(self, window: Samples) -> float:
        return 0.95 if float(np.sqrt(np.mean(window**2))) > 0.05 else 0.02

    def reset(self) -> None:
        """Nothing is remembered."""


class CountingStream:
    """Hears one word per quarter second of loudness, and ends the sentence when the sound has ended."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.fed = quiet(0)
        self.closed = False

    def add(self, samples: Samples) -> None:
        assert not self.closed
        self.fed = np.concatenate([self.fed, samples])

    def text(self, final: bool = False) -> str:
        blocks = self.fed[: len(self.fed) // 160 * 160].reshape(-1, 160)
        loud = float(np.sum(np.abs(blocks).max(axis=1) > 0.02)) * 160 / SPEECH_RATE
        heard = self.words[: round(loud * 4)]
        return " ".join(heard) + ("." if final and heard else "")

    def close(self) -> None:
        self.closed = True


@dataclass
class CountingTranscriber:
    name: str = "counting"
    words: list[str] = field(default_factory=lambda: [f"word{number}" for number in range(1, 200)])
    streams: list[CountingStream] = field(default_factory=list)

    def stream(self) -> CountingStream:
        self.streams.append(CountingStream(self.words))
        return self.streams[-1]


class SureTurnModel:
    """Every ending sounds like one."""

    def complete(self, samples: Samples) -> float:
        assert len(samples)
        return 0.98


class ToneVoice:
    """A quarter second per word (or less), in two chunks."""

    name = "tone"
    rate = 24_000

    def __init__(self, seconds_per_word: float = 0.25) -> None:
        self.seconds_per_word = seconds_per_word

    def speak(self, text: str) -> Iterator[Samples]:
        sound = tone(self.seconds_per_word * len(text.split()), self.rate, 500.0)
        yield sound[: len(sound) // 2]
        yield sound[len(sound) // 2 :]


@dataclass(frozen=True)
class Said:
    """An utterance."""

    turn_id: str
    text: str
    kind: str
    question_text: str
    number: int
    total: int
    expects_answer: bool
    final: bool


QUESTIONS = (
    "Please tell me about a system that you have built from the start to the end.",
    "What did you learn from it?",
)


class TwoQuestions:
    """A conversation of two questions; what was called is its own record of the interview."""

    def __init__(self) -> None:
        self.asked = 0
        self.opened = 0
        self.answers: list[tuple[str, float, float, str]] = []
        self.amended: list[str] = []
        self.times: dict[str, tuple[float, float]] = {}
        self.ended_by = ""
        self._turns = 0

    @property
    def last_answer_turn_id(self) -> str | None:
        return f"answer-{len(self.answers)}" if self.answers else None

    def open(self, at_seconds: float) -> list[Said]:
        self.opened += 1
        if self.opened > 1:
            return [self._say("Welcome back.", "notice"), self._ask("repeat")]
        return [self._say("Hello and welcome.", "greeting"), self._ask()]

    def answer(self, text: str, started_seconds: float, ended_seconds: float, kind: str = "answer") -> list[Said]:
        self.answers.append((text, started_seconds, ended_seconds, kind))
        self.asked += 1
        return [self._say("Goodbye.", "closing")] if self.asked >= len(QUESTIONS) else [self._ask()]

    def amend(self, text: str, ended_seconds: float) -> None:
        self.amended.append(text)

    def skip(self, at_seconds: float) -> list[Said]:
        self.asked += 1
        return [self._say("Goodbye.", "closing")] if self.asked >= len(QUESTIONS) else [self._ask()]

    def repeat(self, at_seconds: float) -> list[Said]:
        return [self._ask("repeat")]

    def moment(self, at_seconds: float) -> list[Said]:
        return [self._say("Take your time.", "notice")]

    def end(self, at_seconds: float, by: str) -> list[Said]:
        self.ended_by = by
        return [self._say("Goodbye.", "closing")]

    def spoken(self, turn_id: str, started_seconds: float, ended_seconds: float) -> None:
        self.times[turn_id] = (started_seconds, ended_seconds)

    def _ask(self, kind: str = "core") -> Said:
        return self._say(QUESTIONS[self.asked], kind)

    def _say(self, text: str, kind: str) -> Said:
        self._turns += 1
        asks = kind in {"core", "repeat"}
        open_question = QUESTIONS[self.asked] if asks else ""
        return Said(
            f"turn-{self._turns}", text, kind, open_question, self.asked + 1, len(QUESTIONS), asks, kind == "closing"
        )
