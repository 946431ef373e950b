"""One connection's dialogue: what the candidate says goes in, what the agent says and what the browser shows come out.

    hear (detector) → turns → transcribe → conversation → speak

Runs on the rooms' loop. One thing at a time is done about what was said or pressed (a queue of jobs), while hearing
goes on beside it. The conversation blocks, so it runs on the room's `mind` thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from interview_platform.errors import InterviewEnded
from interview_platform.media.endings import echoes, is_backchannel, wants_more_time
from interview_platform.media.frames import (
    Decision,
    Interrupted,
    PauseBegan,
    Recovered,
    RoomState,
    SilenceGrew,
    Sound,
    SpeechResumed,
    SpeechStarted,
    TurnDropped,
    TurnEnded,
    Utterance,
    Wavered,
)
from interview_platform.media.hearing import HeardTurn, Listener
from interview_platform.media.saying import Cues, Offer, Speaker
from interview_platform.media.talk import ConversationLike, Tools

__all__ = ["COUGH_SECONDS", "PROTECTED_SECONDS", "ConversationLike", "Dialogue", "Tools"]

_log = logging.getLogger(__name__)
Result = TypeVar("Result")
Job = Callable[[], Awaitable[None]]

PROTECTED_SECONDS = 1.5
"""Of the first words on a connection, which nothing interrupts: the echo canceller is still learning the room."""
COUGH_SECONDS = 1.0
"""Speech without words up to this long is passed over; longer, the candidate is asked to say it again."""

_SORRY = "Something went wrong on our side. Everything you said before is saved. Press repeat to go on."
_PATIENT = "Take your time. You can hear the question again, or skip it."


class Dialogue:
    """The spoken exchange over one connection, from `run` to the end or `stop`."""

    def __init__(self, tools: Tools) -> None:
        self._tools, self._talk, self._now = tools, tools.conversation, tools.clock
        self._loop = asyncio.get_running_loop()
        self._listener = Listener(tools.models, lambda text: self._caption("candidate", text, final=False))
        cues = Cues(
            clock=tools.clock,
            floor_taken=lambda: self._listener.turns.speaking,
            shown=self._show,
            started=self._agent_started,
            ended=lambda: self._listener.turns.agent_stopped(self._now(), self._question),
            spoken=lambda *times: self._beside(self._mind(self._talk.spoken, *times)),
            failed=self._failed,
        )
        self._speaker = Speaker(tools.voice, tools.models.pool, cues)
        self.playout = self._speaker.playout
        self._jobs: asyncio.Queue[Job | None] = asyncio.Queue()  # None: the connection is gone
        self._tasks: set[asyncio.Future[Any]] = set()
        self._listener.turns.patience.unhurried = tools.unhurried
        self._question = ""
        self._offered = ""  # the question at which help was offered already
        self._reported: str | None = None
        self._first_words = True
        self._pressed = 0  # commands that wait for their turn
        self._bridge: asyncio.Task[bool] | None = None  # said while the rest of the reply is being worded
        if hasattr(self._talk, "early"):
            self._talk.early = lambda said: self._loop.call_soon_threadsafe(self._early, said)
        self._gone = False
        self.over = False

    # --- from the room -----------------------------------------------------------------------------------------

    async def run(self, again: bool = False) -> None:
        """Greet (`again`: only say the open question again, for one who comes over from writing), then take one thing
        after the other until the interview is `over`, or after `stop` nothing is left."""
        self._jobs.put_nowait(partial(self._ask, self._talk.repeat if again else self._talk.open))
        while not self.over and (job := await self._jobs.get()) is not None:
            try:
                await job()
            except InterviewEnded as ended:
                self._finish(str(ended))
            except Exception as error:
                self._failed(error)

    def stop(self) -> None:
        """The connection is gone: fall silent, drop what was not finished; a finished answer is still written."""
        self._gone = True
        self._speaker.hush()
        self._listener.drop()
        self._jobs.put_nowait(None)

    def hear(self, sound: Sound) -> None:
        """20 ms of the candidate."""
        if self.over or self._gone:
            return
        for decision in self._listener.hear(sound, self.playout.loudness):
            self._decided(decision)
        captioning = self._listener.caption()
        if captioning:
            self._beside(captioning)

    def command(self, command: dict[str, Any]) -> None:
        """Something the candidate pressed or typed; unknown ones are ignored."""
        kind, text = str(command.get("type")), str(command.get("text", "")).strip()
        if kind == "pace":
            self._listener.turns.patience.unhurried = command.get("pace") == "unhurried"
            return
        jobs: dict[str, Job] = {
            "repeat": partial(self._ask, self._talk.repeat),
            "skip": partial(self._ask, self._talk.skip),
            "moment": self._moment,
            "end": partial(self._end, str(command.get("by", "candidate"))),
        }
        if text:
            jobs["say"] = partial(self._typed, text)
        job = jobs.get(kind)
        if job is None or self.over or self._gone:
            return
        if self._speaker.busy:
            self._listener.turns.agent_stopped(self._now(), self._question)
        self._speaker.hush()
        if kind not in {"moment", "end"}:  # these two leave an answer that is being given as it is
            self._listener.drop()
        self._pressed += 1
        self._jobs.put_nowait(partial(self._obey, job))

    # --- what turn-taking decided --------------------------------------------------------------------------------

    def _decided(self, decision: Decision) -> None:
        match decision:
            case SpeechStarted(at):
                if self._speaker.about_to_start:  # both were: the candidate goes first
                    self._speaker.give_way()
                self._listener.begin(at)
                if not self._speaker.busy:
                    self._state("listening")
            case Interrupted(at):
                self._speaker.give_way()
                self._listener.begin(at)
                self._state("listening")
            case Wavered():
                self._speaker.waver()
            case Recovered():
                self._speaker.steady()
            case PauseBegan():
                self._beside(self._loop.create_task(self._listener.weigh(decision)))
            case TurnEnded():
                self._state("thinking")
                self._jobs.put_nowait(partial(self._heard, self._listener.finish(decision)))
            case TurnDropped():
                self._listener.drop()
                self._jobs.put_nowait(self._go_on)
            case SilenceGrew():
                self._jobs.put_nowait(self._offer)
            case SpeechResumed():
                pass  # the reading for the pause is replaced at the next one

    # --- jobs, one after the other -------------------------------------------------------------------------------

    async def _obey(self, job: Job) -> None:
        self._pressed -= 1
        await job()

    async def _ask(self, call: Callable[[float], Sequence[Utterance]]) -> None:
        self._state("thinking")
        await self._say(await self._mind(call, self._now()))

    async def _moment(self) -> None:
        utterances = await self._mind(self._talk.moment, self._now())
        if not self._listener.turns.speaking:
            await self._say(utterances)
        self._pause()

    async def _offer(self) -> None:
        """Nothing was said for long: a gentle word, once per question, then wait."""
        self._tools.emit({"type": "notice", "text": _PATIENT})
        if self._offered == self._question or self._listener.turns.speaking or self._speaker.busy or self._pressed:
            return
        self._offered = self._question
        self._said(await self._speaker.say([Offer(_PATIENT)]), [])

    async def _typed(self, text: str) -> None:
        await self._take(text, self._now(), self._now(), "typed")

    async def _end(self, by: str) -> None:
        """Close; an answer that was being given is kept."""
        heard = self._listener.cut_off(self._now())
        if heard and (text := await heard.words):
            with contextlib.suppress(InterviewEnded):
                replies = await self._answer(text, heard.started_seconds, heard.ended_seconds, heard=heard)
                if replies and replies[-1].final:
                    await self._say(replies)
                    return
        utterances = await self._mind(self._talk.end, self._now(), by)
        await self._say(utterances)
        if not utterances:
            self._finish("")

    async def _heard(self, turn: HeardTurn) -> None:
        """The candidate has finished a turn."""
        text = await turn.words
        if wants_more_time(text):
            self._listener.turns.patience.unhurried = True
        if self._speaker.held is not None:
            if await self._was_no_answer(text, turn):
                await self._go_on()
                return
            self._speaker.drop_held()
        elif not text and turn.speech_seconds < COUGH_SECONDS:
            self._state("listening")
            return
        await self._take(text, turn.started_seconds, turn.ended_seconds, heard=turn)

    async def _was_no_answer(self, text: str, turn: HeardTurn) -> bool:
        """Whether the agent goes on with what it was saying when the candidate spoke."""
        held = self._speaker.held
        assert held is not None
        if is_backchannel(text) or echoes(text, held.first.text):
            return True
        if held.first.kind == Offer.kind or (held.first.expects_answer and held.mostly_heard):
            return False
        amend = getattr(self._talk, "amend", None)
        if amend is not None and await self._mind(amend, text, turn.ended_seconds) is False:
            return False
        self._caption("candidate", text, final=True)
        return True

    async def _take(
        self, text: str, started: float, ended: float, kind: str = "answer", heard: HeardTurn | None = None
    ) -> None:
        self._state("thinking")
        try:
            utterances = await self._answer(text, started, ended, kind, heard)
        except Exception:
            await self._abandon()
            raise
        said = await self._say(utterances)
        if said and utterances and not utterances[-1].expects_answer and not utterances[-1].final:
            self._pause()  # it was a request for time, not an answer

    async def _answer(
        self, text: str, started: float, ended: float, kind: str = "answer", heard: HeardTurn | None = None
    ) -> Sequence[Utterance]:
        utterances = await self._mind(self._talk.answer, text, started, ended, kind)
        self._caption("candidate", text, final=True)
        if heard:
            self._beside(self._mind(self._hand_on, heard))
        return utterances

    def _hand_on(self, heard: HeardTurn) -> None:
        """On `mind`: a new answer's audio; a request is none."""
        turn_id = self._talk.last_answer_turn_id
        if turn_id and turn_id != self._reported and len(heard.samples):
            self._reported = turn_id
            self._tools.on_answer(turn_id, heard.samples, heard.samples_at)

    def _early(self, utterance: Utterance) -> None:
        """A bridge whose question is still being worded: say it now."""
        if not (self._gone or self.over or self._pressed or self._bridge):
            self._bridge = self._loop.create_task(self._speaker.say([utterance], more=True))

    async def _abandon(self) -> None:
        """Nothing follows the bridge after all: listening opens."""
        bridge, self._bridge = self._bridge, None
        if bridge is not None and await bridge:
            self._listener.turns.agent_stopped(self._now(), self._question)

    async def _say(self, utterances: Sequence[Utterance]) -> bool:
        """Say them, after the bridge if there is one; True if they were heard whole."""
        bridge, self._bridge = self._bridge, None
        if bridge is not None and not self._pressed and self._speaker.add(utterances):
            return self._said(await bridge, utterances)
        if bridge is not None:
            await bridge
        if self._gone:
            return False
        if self._pressed and utterances:  # the candidate wants something else; the question can still be read
            self._show(utterances[-1])
            return False
        return self._said(await self._speaker.say(utterances, pause=bridge is not None), utterances)

    async def _go_on(self) -> None:
        held = self._speaker.held
        if held:
            self._said(await self._speaker.go_on(), held.utterances)
        elif not self._speaker.busy:
            self._state("listening")

    def _said(self, whole: bool, utterances: Sequence[Utterance]) -> bool:
        if whole and utterances and utterances[-1].final:
            self._finish(utterances[-1].text)
        elif not (self.over or self._gone or self._pressed):
            self._state("listening")
        return whole

    # --- small steps -------------------------------------------------------------------------------------------

    def _agent_started(self) -> None:
        self._listener.turns.agent_started(self._now(), PROTECTED_SECONDS if self._first_words else 0.0)
        self._first_words = False

    def _pause(self) -> None:
        self._listener.turns.moment(self._now())
        self._state("paused")

    def _show(self, utterance: Utterance) -> None:
        if utterance.question_text:
            self._question = utterance.question_text
            shown = {"number": utterance.number, "total": utterance.total, "kind": utterance.kind}
            self._tools.emit({"type": "question", "text": utterance.question_text, **shown})
        self._state("speaking")
        named = str(getattr(utterance, "source", ""))
        source = {"source": named} if named else {}
        self._caption("agent", utterance.text, final=True, turn_id=utterance.turn_id, **source)

    def _caption(self, speaker: str, text: str, final: bool, turn_id: str = "", **more: str) -> None:
        if text:
            told = {"speaker": speaker, "text": text, "final": final, "turn_id": turn_id}
            self._tools.emit({"type": "caption", **told, **more})

    def _state(self, state: RoomState) -> None:
        self._tools.emit({"type": "state", "state": state})

    def _finish(self, text: str) -> None:
        if not self.over:
            self.over = True
            self._state("ended")
            self._tools.emit({"type": "ended", "text": text})

    def _failed(self, error: BaseException) -> None:
        """Log where it happened, never what was said (messages of database errors hold their values)."""
        where = "".join(traceback.format_tb(error.__traceback__))
        _log.error("dialogue: %s\n%s", type(error).__name__, where)
        if not (self.over or self._gone):
            self._tools.emit({"type": "error", "text": _SORRY})
            self._state("listening")

    def _mind(self, call: Callable[..., Result], *values: Any) -> asyncio.Future[Result]:
        return self._loop.run_in_executor(self._tools.mind, partial(call, *values))

    def _beside(self, work: asyncio.Future[Any]) -> None:
        self._tasks.add(work)
        work.add_done_callback(self._done)

    def _done(self, work: asyncio.Future[Any]) -> None:
        self._tasks.discard(work)
        if not work.cancelled() and (error := work.exception()) is not None:
            self._failed(error)
