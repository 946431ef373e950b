"""The same interview in writing: what the candidate types goes in, what the interviewer says comes out as captions.

No call, no microphone, no voice, nothing recorded. Same conversation, same plan, same turns as over a call, so that a
candidate may change between the two at any moment.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Any, TypeVar

from interview_platform.errors import InterviewEnded
from interview_platform.media.frames import Event, Utterance
from interview_platform.media.talk import ConversationLike

_log = logging.getLogger(__name__)
Result = TypeVar("Result")
Job = Callable[[], Awaitable[None]]

_SORRY = "Something went wrong on our side. Everything you sent before is saved. Press repeat to go on."


class Writing:
    """One exchange in writing, from `run` to the end or `stop`."""

    def __init__(
        self,
        conversation: ConversationLike,
        mind: Executor,
        clock: Callable[[], float],
        emit: Callable[[Event], None],
    ) -> None:
        """`clock` is where the recording stands: what is typed lies there on the interview's timeline."""
        self._talk, self._mind_pool, self._now, self._emit = conversation, mind, clock, emit
        self._loop = asyncio.get_running_loop()
        self._jobs: asyncio.Queue[Job | None] = asyncio.Queue()
        self.over = False
        if hasattr(conversation, "early"):
            conversation.early = None  # nobody speaks a bridge ahead: it comes with its question

    async def run(self, settled: bool = False) -> None:
        """Ask, then take one thing after the other. `settled`: the open question is on the screen already."""
        if settled:
            self._state("listening")
        else:
            self._jobs.put_nowait(partial(self._ask, self._talk.open))
        while not self.over and (job := await self._jobs.get()) is not None:
            try:
                await job()
            except InterviewEnded as ended:
                self._finish(str(ended))
            except Exception as error:
                self._failed(error)

    def stop(self) -> None:
        """Whoever wrote has gone; what was sent is still taken."""
        self._jobs.put_nowait(None)

    def command(self, command: dict[str, Any]) -> None:
        """Something the candidate pressed or typed; unknown ones are ignored."""
        kind, text = str(command.get("type")), str(command.get("text", "")).strip()
        jobs: dict[str, Job] = {
            "repeat": partial(self._ask, self._talk.repeat),
            "skip": partial(self._ask, self._talk.skip),
            "moment": partial(self._ask, self._talk.moment),
            "end": partial(self._end, str(command.get("by", "candidate"))),
        }
        if text:
            jobs["say"] = partial(self._typed, text)
        if kind in jobs and not self.over:
            self._jobs.put_nowait(jobs[kind])

    # --- jobs, one after the other -------------------------------------------------------------------------------

    async def _ask(self, call: Callable[[float], Sequence[Utterance]]) -> None:
        self._state("thinking")
        self._show(await self._mind(call, self._now()))

    async def _typed(self, text: str) -> None:
        self._state("thinking")
        at = self._now()
        utterances = await self._mind(self._talk.answer, text, at, at, "typed")
        self._caption("candidate", text)
        self._show(utterances)

    async def _end(self, by: str) -> None:
        self._state("thinking")
        utterances = await self._mind(self._talk.end, self._now(), by)
        self._show(utterances)
        self._finish(utterances[-1].text if utterances else "")

    # --- small steps -------------------------------------------------------------------------------------------

    def _show(self, utterances: Sequence[Utterance]) -> None:
        for utterance in utterances:
            if utterance.question_text:
                shown = {"number": utterance.number, "total": utterance.total, "kind": utterance.kind}
                self._emit({"type": "question", "text": utterance.question_text, **shown})
            self._caption("agent", utterance.text, utterance.turn_id, str(getattr(utterance, "source", "")))
        if utterances and utterances[-1].final:
            self._finish(utterances[-1].text)
        elif not self.over:
            self._state("listening")

    def _caption(self, speaker: str, text: str, turn_id: str = "", source: str = "") -> None:
        if text:
            told = {"speaker": speaker, "text": text, "final": True, "turn_id": turn_id}
            self._emit({"type": "caption", **told, **({"source": source} if source else {})})

    def _state(self, state: str) -> None:
        self._emit({"type": "state", "state": state})

    def _finish(self, text: str) -> None:
        if not self.over:
            self.over = True
            self._state("ended")
            self._emit({"type": "ended", "text": text})

    def _failed(self, error: BaseException) -> None:
        """Log where it happened, never what was written."""
        where = "".join(traceback.format_tb(error.__traceback__))
        _log.error("writing: %s\n%s", type(error).__name__, where)
        self._emit({"type": "error", "text": _SORRY})
        self._state("listening")

    def _mind(self, call: Callable[..., Result], *values: Any) -> asyncio.Future[Result]:
        return self._loop.run_in_executor(self._mind_pool, partial(call, *values))
