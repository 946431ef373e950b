"""What the browser is shown of a dialogue: states, captions, the open question, notices, the end."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

from interview_platform.media.frames import Event, RoomState, Utterance

_log = logging.getLogger(__name__)
_SORRY = "Something went wrong on our side. Everything you said before is saved. Press repeat to go on."


class Screen:
    """One connection's screen; `question` is what stands on it."""

    def __init__(self, emit: Callable[[Event], None]) -> None:
        self.question = ""
        self._emit = emit

    def utterance(self, utterance: Utterance) -> None:
        """The agent is about to say this."""
        if utterance.question_text:
            self.question = utterance.question_text
            shown = {"number": utterance.number, "total": utterance.total, "kind": utterance.kind}
            self._emit({"type": "question", "text": utterance.question_text, **shown})
        self.state("speaking")
        named = str(getattr(utterance, "source", ""))
        source = {"source": named} if named else {}
        self.caption("agent", utterance.text, final=True, turn_id=utterance.turn_id, **source)

    def caption(self, speaker: str, text: str, final: bool, turn_id: str = "", **more: str) -> None:
        """Words of `speaker` (agent or candidate); none are not shown."""
        if text:
            told = {"speaker": speaker, "text": text, "final": final, "turn_id": turn_id}
            self._emit({"type": "caption", **told, **more})

    def growing(self, text: str) -> None:
        """The candidate's words so far."""
        self.caption("candidate", text, final=False)

    def state(self, state: RoomState) -> None:
        """What the room does now."""
        self._emit({"type": "state", "state": state})

    def nodded(self) -> None:
        """A soft "mm-hm" is heard; nothing is written for it."""
        self._emit({"type": "nod"})

    def notice(self, text: str) -> None:
        """A word to the candidate that nobody speaks."""
        self._emit({"type": "notice", "text": text})

    def pace(self, unhurried: bool) -> None:
        """Whether the candidate is given more time now."""
        self._emit({"type": "pace", "pace": "unhurried" if unhurried else "usual"})

    def ended(self, text: str) -> None:
        """The interview is over; its last words."""
        self.state("ended")
        self._emit({"type": "ended", "text": text})

    def failed(self, error: BaseException, tell: bool) -> None:
        """Log where it happened, never what was said (messages of database errors hold their values)."""
        where = "".join(traceback.format_tb(error.__traceback__))
        _log.error("dialogue: %s\n%s", type(error).__name__, where)
        if tell:
            self._emit({"type": "error", "text": _SORRY})
            self.state("listening")
