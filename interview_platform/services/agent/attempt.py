"""One try of an engine on another thread, within a time; what it says early is handed on by the waiting thread.

The engine's thread never touches the conversation: it leaves the bridge with the waiting thread and gets its answer.
Once the time is over nothing the engine still says or returns is used.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor

from interview_platform.ports import Decision

_LOOK_SECONDS = 0.02
WORDS_PER_SECOND = 2.5
MOST_EXTRA_SECONDS = 4.0


class Late(Exception):
    """The time was over first."""


class Failed(Exception):
    """The engine raised; `error` is what. Errors of the voice are not wrapped: they are not the engine's."""

    def __init__(self, error: Exception) -> None:
        super().__init__(type(error).__name__)
        self.error = error


class Attempt:
    """Runs `decide(say)`; `wait` gives its decision, or raises Failed or Late."""

    def __init__(self, decide: Callable[[Callable[[str], bool]], Decision], hand_on: Callable[[str], bool]) -> None:
        self._decide, self._hand_on = decide, hand_on
        self._changed = threading.Condition()
        self._sentence: str | None = None
        self._answer: bool | None = None
        self._made: Decision | None = None
        self._raised: Exception | None = None
        self._done = self._over = False

    def start(self, executor: Executor, ended: Callable[[], None]) -> None:
        """Begin. `ended` is called once the engine's thread is free again, however late."""
        executor.submit(self._run).add_done_callback(lambda _future: ended())

    def wait(self, clock: Callable[[], float], deadline: float) -> Decision:
        """The decision. A bridge that was said gives the rest the time that it takes to speak it."""
        try:
            while (sentence := self._next_sentence(clock, deadline)) is not None:
                said = self._hand_on(sentence)
                if said:
                    deadline = max(deadline, clock() + speaking_seconds(sentence))
                with self._changed:
                    self._answer = said
                    self._changed.notify_all()
        finally:
            with self._changed:
                self._over = True
                self._changed.notify_all()
        if self._raised is not None:
            raise Failed(self._raised) from self._raised
        if self._made is None:
            raise Late
        return self._made

    def _next_sentence(self, clock: Callable[[], float], deadline: float) -> str | None:
        """What the engine wants said; None once it is done or the time is over."""
        with self._changed:
            while not self._done and self._sentence is None and clock() < deadline:
                self._changed.wait(_LOOK_SECONDS)
            sentence, self._sentence = self._sentence, None
            return sentence

    def _run(self) -> None:
        made: Decision | None = None
        raised: Exception | None = None
        try:
            if not self._over:
                made = self._decide(self._say)
        except Exception as error:  # it belongs to the waiting thread
            raised = error
        with self._changed:
            if not self._over:
                self._made, self._raised, self._done = made, raised, True
            self._changed.notify_all()

    def _say(self, sentence: str) -> bool:
        with self._changed:
            if self._over:
                return False
            self._sentence, self._answer = sentence, None
            self._changed.notify_all()
            while self._answer is None and not self._over:
                self._changed.wait()
            return bool(self._answer)


def speaking_seconds(sentence: str) -> float:
    """About how long the voice takes for it."""
    return min(MOST_EXTRA_SECONDS, len(sentence.split()) / WORDS_PER_SECOND)
