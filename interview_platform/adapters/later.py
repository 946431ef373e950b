"""What is still being loaded: it can be handed out at once, and whoever needs it first waits for it.

One thread loads them in the order they are wanted in, so that what is needed first is not slowed by what is not.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Generic, Protocol, TypeVar

from interview_platform.ports import Answerer, Grounded, Samples, Transcriber, TranscriptStream, TurnModel, Voice

Model = TypeVar("Model")


class Loads(Protocol):
    """Something to be loaded."""

    def load(self) -> None:
        """Do it; once."""


class Later(Generic[Model]):
    """One model: `get` waits for it, and raises what its loading raised."""

    def __init__(self, build: Callable[[], Model]) -> None:
        self._build = build
        self._done: Future[Model] = Future()

    def load(self) -> None:
        """Build it now; once, on the loading thread."""
        try:
            self._done.set_result(self._build())
        except BaseException as error:  # whoever asks for it is told
            self._done.set_exception(error)

    def get(self) -> Model:
        """The model."""
        return self._done.result()


def load_in_order(*models: Loads) -> None:
    """Load them on one thread, the first one first."""

    def work() -> None:
        for model in models:
            model.load()

    threading.Thread(target=work, name="load-models", daemon=True).start()


class LaterVoice:
    """Voice whose rate is known beforehand."""

    def __init__(self, model: Later[Voice], name: str, rate: int, nod: str = "") -> None:
        self._model, self.name, self.rate, self.nod = model, name, rate, nod

    def speak(self, text: str) -> Iterator[Samples]:
        """As Voice.speak."""
        yield from self._model.get().speak(text)


class LaterTranscriber:
    """Transcriber."""

    def __init__(self, model: Later[Transcriber], name: str) -> None:
        self._model, self.name = model, name

    def stream(self) -> TranscriptStream:
        """As Transcriber.stream."""
        return self._model.get().stream()


class LaterTurnModel:
    """TurnModel."""

    def __init__(self, model: Later[TurnModel]) -> None:
        self._model = model

    def complete(self, samples: Samples) -> float:
        """As TurnModel.complete."""
        return self._model.get().complete(samples)


class LaterAnswerer:
    """Answerer that is built when the first question is asked: its libraries take a second, no greeting needs them."""

    def __init__(self, build: Callable[[], Answerer]) -> None:
        self._build = build

    def answer(self, interview_id: str, question: str) -> Grounded:
        """As Answerer.answer."""
        return self._build().answer(interview_id, question)
