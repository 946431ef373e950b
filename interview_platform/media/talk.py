"""What a dialogue works with: the conversation behind it, the models, the clock and the browser before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol

from interview_platform.media.frames import Event, Utterance
from interview_platform.media.hearing import Models
from interview_platform.ports import Samples, Voice


class ConversationLike(Protocol):
    """What the room needs of the conversation. Blocking; called from one thread at a time.

    It may also have `amend(text, ended_seconds)`: the candidate went on with the newest answer after it was taken
    for finished, and too little of the reply was heard to be answered; False where that was no answer, so that the
    words are something new. And `early`, to be set: called within `answer`, on its thread, with an utterance that may
    be spoken while what follows it is still being worded. And `foresee(text, ended_seconds)`: the lines that would be
    said to these words, without writing or telling anything (foresight.py).
    """

    def open(self, at_seconds: float) -> Sequence[Utterance]:
        """Greeting and first question, or welcome back and the open one."""

    def answer(
        self, text: str, started_seconds: float, ended_seconds: float, kind: str = "answer"
    ) -> Sequence[Utterance]:
        """Take an answer, give the reply. `kind` is answer or typed."""

    def skip(self, at_seconds: float) -> Sequence[Utterance]:
        """Leave the open question."""

    def repeat(self, at_seconds: float) -> Sequence[Utterance]:
        """The open question again."""

    def moment(self, at_seconds: float) -> Sequence[Utterance]:
        """The candidate wants time."""

    def end(self, at_seconds: float, by: str) -> Sequence[Utterance]:
        """Close."""

    def spoken(self, turn_id: str, started_seconds: float, ended_seconds: float) -> None:
        """When an utterance was heard."""

    @property
    def last_answer_turn_id(self) -> str | None:
        """The newest answer."""


@dataclass(frozen=True)
class Tools:
    """What a dialogue works with."""

    models: Models
    voice: Voice
    conversation: ConversationLike
    mind: Executor
    clock: Callable[[], float]  # seconds on the interview's timeline
    emit: Callable[[Event], None]
    on_answer: Callable[[str, Samples, float], None]  # turn id, samples, their start; called on `mind`
    unhurried: bool = False  # the candidate is given more time: by accommodation, or it was asked for before
    corrected: Callable[[str], str] = str  # puts the words of the trade right in what was heard
    on_pace: Callable[[bool], None] = lambda unhurried: None  # it was asked for now, or no longer
