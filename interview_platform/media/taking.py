"""Taking what the candidate said: as an answer, as more of the newest one, or as nothing."""

from __future__ import annotations

from collections.abc import Sequence

from interview_platform.media.endings import echoes, is_backchannel
from interview_platform.media.errands import Errands
from interview_platform.media.frames import Utterance
from interview_platform.media.hearing import HeardTurn
from interview_platform.media.saying import Held, Offer
from interview_platform.media.showing import Screen
from interview_platform.media.talk import Tools


class Taking:
    """One dialogue's way to the conversation with what was said."""

    def __init__(self, tools: Tools, screen: Screen, errands: Errands) -> None:
        self._tools, self._talk, self._screen, self._errands = tools, tools.conversation, screen, errands
        self._reported: str | None = None  # the newest answer whose sound was handed on

    async def answer(
        self, text: str, started: float, ended: float, kind: str = "answer", heard: HeardTurn | None = None
    ) -> Sequence[Utterance]:
        """The reply; the answer's sound is handed on beside it."""
        utterances = await self._errands.mind(self._talk.answer, text, started, ended, kind)
        self._screen.caption("candidate", text, final=True)
        if heard:
            self._errands.beside(self._errands.mind(self._hand_on, heard))
        return utterances

    async def was_none(self, text: str, turn: HeardTurn, held: Held) -> bool:
        """Whether the agent goes on with what it was saying when the candidate spoke."""
        if is_backchannel(text) or echoes(text, held.first.text):
            return True
        if held.first.kind == Offer.kind or (held.first.expects_answer and held.mostly_heard):
            return False
        amend = getattr(self._talk, "amend", None)
        if amend is not None and await self._errands.mind(amend, text, turn.ended_seconds) is False:
            return False
        self._screen.caption("candidate", text, final=True)
        return True

    def _hand_on(self, heard: HeardTurn) -> None:
        """On `mind`: a new answer's audio; a request is none."""
        turn_id = self._talk.last_answer_turn_id
        if turn_id and turn_id != self._reported and len(heard.samples):
            self._reported = turn_id
            self._tools.on_answer(turn_id, heard.samples, heard.samples_at)
