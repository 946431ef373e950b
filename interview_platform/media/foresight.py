"""What would be said to the words so far, worked out while the silence is still being waited out.

Nothing is written and nobody is told: the conversation's `foresee` gives the lines, the voice makes their sound. If the
candidate goes on, all of it is dropped; if the turn is over, the real answer finds its work done.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Any

from interview_platform.media.endings import is_backchannel
from interview_platform.media.talk import ConversationLike
from interview_platform.ports import Voice

AHEAD_SECONDS = 0.8
"""Before the turn would be over the work begins: it takes 0.2 to 0.5 s, and most pauses are over sooner."""
MOST_LINES = 3


class Foresight:
    """One dialogue's. Its work runs on the conversation's thread and on the pool; nothing here blocks."""

    def __init__(self, talk: ConversationLike, voice: Voice, mind: Executor, pool: Executor) -> None:
        self._foresee: Callable[[str, float], Sequence[str]] | None = getattr(talk, "foresee", None)
        self._prepare: Callable[[str], None] | None = getattr(voice, "prepare", None)
        self._mind, self._pool = mind, pool
        self.done: Callable[[], object] = lambda: None
        """Told, on the conversation's thread, that lines were worked out."""
        self._looked_at = ""
        self._wanted = ""

    def look(self, text: str, left_seconds: float, ended_seconds: float) -> None:
        """These words may be all; after so much more silence the turn ends."""
        if self._foresee is None or text in (self._looked_at, self._wanted) or is_backchannel(text):
            return
        self._wanted = text
        begin = partial(self._begin, text, ended_seconds)
        if left_seconds > AHEAD_SECONDS:
            asyncio.get_running_loop().call_later(left_seconds - AHEAD_SECONDS, begin)
        else:
            begin()

    def drop(self) -> None:
        """The candidate goes on, or the turn is taken: what was not begun is not worth it any more."""
        self._wanted = ""

    def _begin(self, text: str, ended_seconds: float) -> None:
        if self._wanted == text:
            self._looked_at = text
            with contextlib.suppress(RuntimeError):  # the room is closed
                self._mind.submit(partial(self._work, text, ended_seconds))

    def _work(self, text: str, ended_seconds: float) -> None:
        """On `mind`. What fails here fails again, and is told, when the words are taken."""
        if self._wanted != text or self._foresee is None:
            return
        try:
            lines = self._foresee(text, ended_seconds)
        except Exception:
            return
        self.done()
        if self._prepare is not None:
            for line in lines[:MOST_LINES]:
                self._pool.submit(_quietly, self._prepare, line)


def _quietly(prepare: Callable[[str], Any], line: str) -> None:
    """A voice that fails is told when it has to speak."""
    try:
        prepare(line)
    except Exception:
        return
