"""The candidate's side of a dialogue: audio in, turn-taking decisions out, and the words of the turn being spoken.

Speech-to-text runs on the room's `ear` thread, in order; the turn model in the shared pool. Nothing here blocks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field

from interview_platform.media.echo import Echo
from interview_platform.media.frames import Decision, Evidence, PauseBegan, Sound, TurnEnded
from interview_platform.media.stages import Scribe, Tape
from interview_platform.media.timing import Timing
from interview_platform.media.turns import TurnTaker
from interview_platform.ports import Samples, SpeechDetector, Transcriber, TurnModel

PRE_ROLL_SECONDS = 0.3
"""Audio before the detector noticed speech that belongs to the turn."""
AFTER_SECONDS = 0.2
CAPTION_SECONDS = 0.5
LOOK_BACK_SECONDS = 8.5


@dataclass(frozen=True)
class Models:
    """What a listener works with."""

    detector: SpeechDetector
    transcriber: Transcriber
    turn_model: TurnModel
    ear: Executor
    pool: Executor


@dataclass
class _Spoken:
    """The turn being spoken."""

    started: float
    scribe: Scribe
    caption_at: float
    read_at: float = -1.0  # the pause up to which it was, or is being, read to the end
    words: asyncio.Future[str] | None = None  # of that reading
    reading: bool = False


@dataclass(frozen=True)
class HeardTurn:
    """A finished turn: its words are ready when awaited."""

    words: asyncio.Future[str]
    samples: Samples = field(repr=False)
    samples_at: float
    started_seconds: float
    ended_seconds: float
    speech_seconds: float


class Listener:
    """Hears one candidate. `on_caption` gets the words so far while they speak."""

    def __init__(
        self,
        models: Models,
        on_caption: Callable[[str], None],
        corrected: Callable[[str], str] = str,
        timing: Timing | None = None,
    ) -> None:
        """`corrected` puts the words of the trade right; it is called on the `ear` thread."""
        self.turns = TurnTaker()
        self.on_words: Callable[[str, float], None] = lambda text, ended_seconds: None
        """Told all words of the turn at a pause, and where that pause began, once turn-taking has weighed them."""
        self._models = models
        self._on_caption, self._corrected = on_caption, corrected
        self._loop = asyncio.get_running_loop()
        self._timing = timing or Timing(lambda: 0.0, lambda event: None)
        self._tape = Tape()
        self._echo = Echo()
        self._spoken: _Spoken | None = None

    def hear(self, sound: Sound, playing: float = 0.0) -> Iterator[Decision]:
        """20 ms more; what follows from it. `playing`: how loud the agent was just now (RMS).

        The caller answers SpeechStarted and Interrupted with `begin`, PauseBegan with `weigh`, TurnEnded with `finish`,
        TurnDropped with `drop`.
        """
        windows = self._tape.add(sound.at_seconds, sound.heard)
        if self._spoken:
            self._spoken.scribe.feed(sound.heard)
        for at, window in windows:
            own_voice = self._echo.own_voice(window, playing, learn=not self.turns.speaking)
            yield from self.turns.hear(at, self._models.detector.probability(window), own_voice)

    def begin(self, at_seconds: float) -> None:
        """A turn starts: transcribe from a little before."""
        self._close()
        started = max(0.0, at_seconds - PRE_ROLL_SECONDS)
        scribe = Scribe(self._models.transcriber)
        scribe.feed(self._tape.cut(started))
        self._spoken = _Spoken(started, scribe, self._loop.time())

    async def weigh(self, pause: PauseBegan) -> None:
        """Ask sound and words whether the turn is over, and tell turn-taking; the words are read to their end."""
        spoken = self._spoken
        if spoken is None:
            return
        if spoken.read_at != pause.at_seconds or spoken.words is None:
            spoken.read_at, spoken.words = pause.at_seconds, self._read(spoken.scribe, final=True)
        words = spoken.words
        self._timing.noticed(pause.at_seconds)
        sound = self._tape.cut(max(spoken.started, pause.at_seconds - LOOK_BACK_SECONDS))
        complete = await self._loop.run_in_executor(self._models.pool, self._models.turn_model.complete, sound)
        self._timing.mark("sounded", complete=round(complete, 3))
        if not words.done():  # a busy machine: the sound alone says something already
            self.turns.weigh(Evidence(pause.at_seconds, complete, None))
        text = await asyncio.shield(words)
        if self._spoken is spoken and spoken.read_at == pause.at_seconds:
            self.turns.weigh(Evidence(pause.at_seconds, complete, text))
            self._timing.mark("read", wait=round((self.turns.wait_seconds or 0.0) * 1000))
            self._on_caption(text)
            self.on_words(text, pause.at_seconds)

    def finish(self, turn: TurnEnded) -> HeardTurn:
        """The turn is over: its audio, and its words (read already, if evidence was asked for in this pause)."""
        spoken = self._spoken
        assert spoken is not None, "a turn ended that never began"
        words = spoken.words
        if words is None or spoken.read_at != turn.ended_seconds:
            words = self._read(spoken.scribe, final=True)
        self._close()
        samples = self._tape.cut(spoken.started, turn.ended_seconds + AFTER_SECONDS)
        samples_at = max(spoken.started, self._tape.first_seconds)
        return HeardTurn(words, samples, samples_at, turn.started_seconds, turn.ended_seconds, turn.speech_seconds)

    def cut_off(self, now_seconds: float) -> HeardTurn | None:
        """What is being said right now, as if it were finished; None when nothing is."""
        if self._spoken is None or not self.turns.speaking:
            return None
        turn = TurnEnded(self._spoken.started, now_seconds, now_seconds - self._spoken.started)
        heard = self.finish(turn)
        self.turns.drop()
        return heard

    def drop(self) -> None:
        """Forget the turn being spoken."""
        self.turns.drop()
        self._close()

    def caption(self) -> asyncio.Task[None] | None:
        """Start reading the words so far, if it is time; call it often."""
        spoken = self._spoken
        if spoken is None or spoken.reading or not self.turns.in_speech:
            return None
        if self._loop.time() - spoken.caption_at < max(CAPTION_SECONDS, 4 * spoken.scribe.last_cost_seconds):
            return None
        spoken.reading = True
        return self._loop.create_task(self._caption(spoken))

    async def _caption(self, spoken: _Spoken) -> None:
        try:
            text = await self._read(spoken.scribe, final=False)
        finally:
            spoken.reading, spoken.caption_at = False, self._loop.time()
        if self._spoken is spoken:
            self._on_caption(text)

    def _read(self, scribe: Scribe, final: bool) -> asyncio.Future[str]:
        return self._loop.run_in_executor(self._models.ear, lambda: self._corrected(scribe.read(final)))

    def _close(self) -> None:
        if self._spoken:
            self._models.ear.submit(self._spoken.scribe.close)
        self._spoken = None
