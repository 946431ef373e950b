"""What would be said to the words so far, worked out while the silence is still being waited out.

Nothing is written and nobody is told: the conversation's `foresee` gives the lines, the voice makes their sound. If the
candidate goes on, all of it is dropped; if the turn is over, the real answer finds its work done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Any

from interview_platform.media.endings import is_backchannel
from interview_platform.media.talk import ConversationLike
from interview_platform.ports import Voice

WORTH_SECONDS = 1.3
"""A reply is worked out beforehand where the turn would be taken for finished within this."""
MOST_LINES = 3


class Foresight:
    """One dialogue's. Its work runs on the conversation's thread and on the pool; nothing here blocks."""

    def __init__(self, talk: ConversationLike, voice: Voice, mind: Executor, pool: Executor) -> None:
        self._foresee: Callable[[str, float], Sequence[str]] | None = getattr(talk, "foresee", None)
        self._prepare: Callable[[str], None] | None = getattr(voice, "prepare", None)
        self._mind, self._pool = mind, pool
        self._looked_at = ""
        self._wanted = ""

    def look(self, text: str, wait_seconds: float, ended_seconds: float) -> None:
        """These words may be all; the turn ends after so much silence."""
        if self._foresee is None or wait_seconds > WORTH_SECONDS or text == self._looked_at or is_backchannel(text):
            return
        self._looked_at = self._wanted = text
        self._mind.submit(partial(self._work, text, ended_seconds))

    def drop(self) -> None:
        """The candidate goes on, or the turn is taken: what was not begun is not worth it any more."""
        self._wanted = ""

    def _work(self, text: str, ended_seconds: float) -> None:
        """On `mind`. What fails here fails again, and is told, when the words are taken."""
        if self._wanted != text or self._foresee is None:
            return
        try:
            lines = self._foresee(text, ended_seconds)
        except Exception:
            return
        if self._prepare is not None:
            for line in lines[:MOST_LINES]:
                self._pool.submit(_quietly, self._prepare, line)


def _quietly(prepare: Callable[[str], Any], line: str) -> None:
    """A voice that fails is told when it has to speak."""
    try:
        prepare(line)
    except Exception:
        return
