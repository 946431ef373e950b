"""One connection's dialogue: what the candidate says goes in, what the agent says and what the browser shows come out.

    hear (detector) → turns → transcribe → conversation → speak

Runs on the rooms' loop. One thing at a time is done about what was said or pressed (a queue of jobs), while hearing
goes on beside it. The conversation blocks, so it runs on the room's `mind` thread.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from interview_platform.errors import InterviewEnded
from interview_platform.media import frames
from interview_platform.media.bridge import Bridge
from interview_platform.media.endings import wants_more_time
from interview_platform.media.errands import Errands, Job
from interview_platform.media.foresight import Foresight
from interview_platform.media.frames import Decision, Sound, Utterance
from interview_platform.media.hearing import HeardTurn, Listener
from interview_platform.media.saying import Cues, Offer, Speaker
from interview_platform.media.showing import Screen
from interview_platform.media.taking import Taking
from interview_platform.media.talk import Tools
from interview_platform.media.timing import Timing
from interview_platform.media.voicing import nod_of

PROTECTED_SECONDS = 1.5
"""Of the first words on a connection, which nothing interrupts: the echo canceller is still learning the room."""
COUGH_SECONDS = 1.0
"""Speech without words up to this long is passed over; longer, the candidate is asked to say it again."""

_PATIENT = "Take your time. You can hear the question again, or skip it."


class Dialogue:
    """The spoken exchange over one connection, from `run` to the end or `stop`."""

    def __init__(self, tools: Tools) -> None:
        self._tools, self._talk, self._now = tools, tools.conversation, tools.clock
        self._loop = asyncio.get_running_loop()
        self._screen = Screen(tools.emit)
        self._errands = Errands(tools.mind, self._failed)
        self._taking = Taking(tools, self._screen, self._errands)
        self._timing = Timing(tools.clock, tools.emit)
        self._listener = Listener(tools.models, self._screen.growing, tools.corrected, self._timing)
        self._listener.on_words = self._foresee
        cues = Cues(
            clock=tools.clock,
            floor_taken=lambda: self._listener.turns.speaking,
            shown=self._screen.utterance,
            started=self._agent_started,
            ended=self._agent_ended,
            spoken=lambda *times: self._errands.beside(self._errands.mind(self._talk.spoken, *times)),
            failed=self._failed,
            voiced=lambda: self._timing.mark("voiced"),
        )
        self._speaker = Speaker(tools.voice, tools.models.pool, cues)
        self._foresight = Foresight(self._talk, tools.voice, tools.mind, tools.models.pool)
        self._foresight.done = lambda: self._loop.call_soon_threadsafe(self._timing.mark, "foreseen")
        self.playout = self._speaker.playout
        turns = self._listener.turns
        turns.patience.unhurried, turns.nods = tools.unhurried, bool(nod_of(tools.voice))
        self._offered = ""  # the question at which help was offered already
        self._first_words, self._pressed = True, 0  # the second: commands that wait for their turn
        self._bridge = Bridge(self._speaker)
        if hasattr(self._talk, "early"):
            self._talk.early = lambda said: self._loop.call_soon_threadsafe(self._early, said)
        self._gone = self.over = False

    # --- from the room -----------------------------------------------------------------------------------------

    async def run(self, again: bool = False) -> None:
        """Greet, or only ask `again` who comes over from writing; go on until `over`, or all is done after `stop`."""
        self._errands.put(partial(self._ask, self._talk.repeat if again else self._talk.open))
        while not self.over and (job := await self._errands.next()) is not None:
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
        self._errands.close()

    def hear(self, sound: Sound) -> None:
        """20 ms of the candidate."""
        if self.over or self._gone:
            return
        for decision in self._listener.hear(sound, self.playout.loudness):
            self._decided(decision)
        if captioning := self._listener.caption():
            self._errands.beside(captioning)

    def command(self, command: dict[str, Any]) -> None:
        """Something the candidate pressed or typed; unknown ones are ignored."""
        kind, text = str(command.get("type")), str(command.get("text", "")).strip()
        if kind == "pace":
            self._pace(command.get("pace") == "unhurried")
            return
        jobs: dict[str, Job] = {
            "repeat": partial(self._ask, self._talk.repeat),
            "skip": partial(self._ask, self._talk.skip),
            "moment": self._moment,
            "end": partial(self._end, str(command.get("by", "candidate"))),
            **({"say": partial(self._typed, text)} if text else {}),
        }
        job = jobs.get(kind)
        if job is None or self.over or self._gone:
            return
        if self._speaker.busy:
            self._agent_ended()
        self._speaker.hush()
        if kind not in {"moment", "end"}:  # these two leave an answer that is being given as it is
            self._listener.drop()
        self._pressed += 1
        self._errands.put(partial(self._obey, job))

    # --- what turn-taking decided --------------------------------------------------------------------------------

    def _decided(self, decision: Decision) -> None:
        match decision:
            case frames.SpeechStarted(at):
                if self._speaker.about_to_start:  # both were: the candidate goes first
                    self._speaker.give_way()
                self._listener.begin(at)
                if not self._speaker.busy:
                    self._screen.state("listening")
            case frames.Interrupted(at):
                self._speaker.give_way()
                self._listener.begin(at)
                self._screen.state("listening")
            case frames.Wavered():
                self._speaker.waver()
            case frames.Recovered():
                self._speaker.steady()
            case frames.PauseBegan():
                self._errands.beside(self._loop.create_task(self._listener.weigh(decision)))
            case frames.TurnEnded():
                self._timing.mark("decided")
                self._screen.state("thinking")
                self._errands.put(partial(self._heard, self._listener.finish(decision)))
            case frames.TurnDropped():
                self._listener.drop()
                self._errands.put(self._go_on)
            case frames.Nodded():
                if self._speaker.nod():
                    self._timing.mark("nodded")
                    self._screen.nodded()
            case frames.SilenceGrew():
                self._errands.put(self._offer)
            case frames.SpeechResumed():
                self._timing.dropped()
                self._speaker.nod_over()
                self._foresight.drop()  # the reading for the pause is replaced at the next one

    # --- jobs, one after the other -------------------------------------------------------------------------------

    async def _obey(self, job: Job) -> None:
        self._pressed -= 1
        await job()

    async def _ask(self, call: Callable[[float], Sequence[Utterance]]) -> None:
        self._screen.state("thinking")
        await self._say(await self._errands.mind(call, self._now()))

    async def _moment(self) -> None:
        utterances = await self._errands.mind(self._talk.moment, self._now())
        if not self._listener.turns.speaking:
            await self._say(utterances)
        self._pause()

    async def _offer(self) -> None:
        """Nothing was said for long: a gentle word, once per question, then wait."""
        self._screen.notice(_PATIENT)
        occupied = self._listener.turns.speaking or self._speaker.busy or self._pressed
        if occupied or self._offered == self._screen.question:
            return
        self._offered = self._screen.question
        self._said(await self._speaker.say([Offer(_PATIENT)]), [])

    async def _typed(self, text: str) -> None:
        await self._take(text, self._now(), self._now(), "typed")

    async def _end(self, by: str) -> None:
        """Close; an answer that was being given is kept."""
        heard = self._listener.cut_off(self._now())
        if heard and (text := await heard.words):
            with contextlib.suppress(InterviewEnded):
                replies = await self._taking.answer(text, heard.started_seconds, heard.ended_seconds, heard=heard)
                if replies and replies[-1].final:
                    await self._say(replies)
                    return
        utterances = await self._errands.mind(self._talk.end, self._now(), by)
        await self._say(utterances)
        if not utterances:
            self._finish("")

    async def _heard(self, turn: HeardTurn) -> None:
        """The candidate has finished a turn."""
        text = await turn.words
        if wants_more_time(text):
            self._pace(True)
        if self._speaker.held is not None:
            if await self._taking.was_none(text, turn, self._speaker.held):
                await self._go_on()
                return
            self._speaker.drop_held()
        elif not text and turn.speech_seconds < COUGH_SECONDS:
            self._screen.state("listening")
            return
        await self._take(text, turn.started_seconds, turn.ended_seconds, heard=turn)

    async def _take(
        self, text: str, started: float, ended: float, kind: str = "answer", heard: HeardTurn | None = None
    ) -> None:
        self._screen.state("thinking")
        try:
            utterances = await self._taking.answer(text, started, ended, kind, heard)
        except Exception:
            if await self._bridge.alone():  # nothing follows the bridge after all: listening opens
                self._agent_ended()
            raise
        self._timing.mark("worded")
        said = await self._say(utterances)
        if said and utterances and not utterances[-1].expects_answer and not utterances[-1].final:
            self._pause()  # it was a request for time, not an answer

    def _early(self, utterance: Utterance) -> None:
        """A bridge whose question is still being worded: say it now."""
        if not (self._gone or self.over or self._pressed):
            self._bridge.begin(utterance)

    async def _say(self, utterances: Sequence[Utterance]) -> bool:
        """Say them, after the bridge if there is one; True if they were heard whole."""
        bridged = await self._bridge.leads(utterances, alone=self._pressed > 0)
        if isinstance(bridged.whole, bool):
            return self._said(bridged.whole, utterances)
        if self._gone:
            return False
        if self._pressed and utterances:  # the candidate wants something else; the question can still be read
            self._screen.utterance(utterances[-1])
            return False
        return self._said(await self._speaker.say(utterances, pause=bridged.spoken), utterances)

    async def _go_on(self) -> None:
        held = self._speaker.held
        if held:
            self._said(await self._speaker.go_on(), held.utterances)
        elif not self._speaker.busy:
            self._screen.state("listening")

    def _said(self, whole: bool, utterances: Sequence[Utterance]) -> bool:
        if whole and utterances and utterances[-1].final:
            self._finish(utterances[-1].text)
        elif not (self.over or self._gone or self._pressed):
            self._screen.state("listening")
        return whole

    # --- small steps -------------------------------------------------------------------------------------------

    def _agent_started(self) -> None:
        self._listener.turns.agent_started(self._now(), PROTECTED_SECONDS if self._first_words else 0.0)
        self._first_words = False
        self._timing.left()

    def _agent_ended(self) -> None:
        self._listener.turns.agent_stopped(self._now(), self._screen.question)

    def _pause(self) -> None:
        self._listener.turns.moment(self._now())
        self._screen.state("paused")

    def _pace(self, unhurried: bool) -> None:
        self._listener.turns.patience.unhurried = unhurried
        self._tools.on_pace(unhurried)
        self._screen.pace(unhurried)

    def _foresee(self, text: str, ended_seconds: float) -> None:
        wait = self._listener.turns.wait_seconds
        if wait is not None and self._speaker.held is None and not self._pressed:
            self._foresight.look(text, ended_seconds + wait - self._now(), ended_seconds)

    def _finish(self, text: str) -> None:
        if not self.over:
            self.over = True
            self._screen.ended(text)

    def _failed(self, error: BaseException) -> None:
        self._screen.failed(error, tell=not (self.over or self._gone))
