"""The agent's side of a dialogue: utterances are voiced one after the other, and yield to the candidate.

An utterance that was interrupted is held: it goes on when the interruption was none (a cough, "mm-hm", an echo), and
is dropped when it was an answer.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field

import numpy as np

from interview_platform.media.frames import TALK_RATE, Utterance
from interview_platform.media.stages import Playout, speech
from interview_platform.media.voicing import nod_of
from interview_platform.ports import Samples, Voice

BREATH_SECONDS = 0.25
"""Silence between two utterances."""
RESTART_SECONDS = 1.5
"""Of an interrupted utterance: if less was heard, it is said again from its beginning."""
WORDS_PER_SECOND = 2.6
NOD = "nod"
"""The playout's name for what shows that the agent hears, without taking the word."""
AFTER_NOD_SECONDS = 0.18
"""Silence between a nod and what follows it."""
_NOD_GAIN = 0.7


@dataclass(frozen=True)
class Offer:
    """A word of help in a long silence. Said by the room, not by the conversation: no turn, no question."""

    text: str
    turn_id: str = ""
    kind: str = "offer"
    question_text: str = ""
    number: int = 0
    total: int = 0
    expects_answer: bool = True
    final: bool = False


@dataclass(frozen=True)
class Cues:
    """Whom the speaker tells; called on the loop."""

    clock: Callable[[], float]
    floor_taken: Callable[[], bool]  # whether the candidate is speaking
    shown: Callable[[Utterance], None]  # about to be said
    started: Callable[[], None]  # the first sample leaves
    ended: Callable[[], None]  # the last sample of the last utterance has left
    spoken: Callable[[str, float, float], None]  # turn id, when it was heard
    failed: Callable[[BaseException], None]  # the voice
    voiced: Callable[[], None] = lambda: None  # a first sound was made


@dataclass
class _Line:
    """One utterance on its way."""

    utterance: Utterance
    rest: list[Utterance]  # said after it; more may be added while it is being said
    key: str
    more: bool = False  # what comes after it is not known yet
    lead: float = 0.0  # seconds before its first word
    started: float | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)
    cut: bool = False  # the candidate has the word
    dropped: bool = False  # its sound is not wanted any more


@dataclass
class Held:
    """What the candidate spoke over."""

    utterances: list[Utterance]
    heard_seconds: float
    line: _Line | None  # of the first, if its sound is there to go on with

    @property
    def first(self) -> Utterance:
        """The utterance that was cut short, or not begun."""
        return self.utterances[0]

    @property
    def mostly_heard(self) -> bool:
        """Whether enough of it was heard to be answered."""
        return self.heard_seconds >= 0.4 * len(self.first.text.split()) / WORDS_PER_SECOND


class Speaker:
    """Says utterances through `playout`. `say` and `go_on` are awaited by one task at a time."""

    def __init__(self, voice: Voice, pool: Executor, cues: Cues) -> None:
        self.playout = Playout(self._started, self._ended)
        self.held: Held | None = None
        self._voice, self._pool, self._cues = voice, pool, cues
        self._loop = asyncio.get_running_loop()
        self._line: _Line | None = None
        self._count = 0
        self._nod: Samples | None = None  # made behind the first utterance, when there is time

    @property
    def busy(self) -> bool:
        """Whether an utterance is being said or about to be."""
        return self._line is not None

    @property
    def about_to_start(self) -> bool:
        """Whether an utterance is being voiced of which nothing was heard yet."""
        return self._line is not None and self._line.started is None

    async def say(self, utterances: Sequence[Utterance], more: bool = False, pause: bool = False) -> bool:
        """Say them in order; False where the candidate took the word (the rest is then held, or was hushed).

        `more`: something follows that is not known yet (see `add`), so the agent is not done when these are said.
        `pause`: something was said right before.
        """
        self.drop_held()
        rest = list(utterances)
        while rest:
            if self._cues.floor_taken():
                self.held = Held(rest, 0.0, None)
                return False
            self._count += 1
            line = _Line(rest[0], rest[1:], f"{self._count}", more)
            if not await self._speak(line, pause):
                return False
            rest, pause, more = line.rest, True, line.more
        return True

    def add(self, utterances: Sequence[Utterance]) -> bool:
        """Let them follow what is being said or held; False when there is nothing they could follow."""
        line = self._line or (self.held.line if self.held else None)
        if line is not None:
            line.rest.extend(utterances)
            line.more = False
        if self.held is not None:
            self.held.utterances.extend(utterances)
        return line is not None or self.held is not None

    def give_way(self) -> None:
        """Fall silent for the candidate; what is left is held."""
        line = self._line
        if line is None:
            return
        heard = max(0.0, self.playout.played_seconds - line.lead)
        self.held = Held([line.utterance, *line.rest], heard, line)
        self.playout.hold()
        self._cut(line)

    def nod(self) -> bool:
        """A soft "mm-hm" while the candidate has the word; True if it is said."""
        if self._line is not None or self.held is not None or self._nod is None:
            return False
        self.playout.begin(NOD)
        self.playout.add(NOD, self._nod)
        self.playout.complete(NOD)
        return True

    def nod_over(self) -> None:
        """The candidate goes on: not a sound more of it."""
        if self._line is None and self.held is None:
            self.playout.clear()

    def waver(self) -> None:
        """Hold breath: a voice is heard, and may be nothing."""
        if self._line is not None:
            self.playout.hold()

    def steady(self) -> None:
        """It was nothing: go on."""
        if self._line is not None:
            self.playout.resume()

    def hush(self) -> None:
        """Fall silent for good."""
        self.drop_held()
        self.playout.clear()
        if self._line:
            self._line.dropped = True
            self._cut(self._line)

    async def go_on(self) -> bool:
        """Say what was held: its rest, or all of it when hardly anything was heard. As `say`."""
        held = self.held
        if held is None or self._cues.floor_taken():
            return False
        line = held.line
        if line is None or held.heard_seconds < RESTART_SECONDS:
            return await self.say(held.utterances)
        self.held, self._line = None, line
        line.cut, line.over, line.started = False, asyncio.Event(), self._cues.clock()
        self._cues.shown(line.utterance)
        self._cues.started()
        self.playout.resume()
        return await self._wait(line) and await self.say(line.rest, line.more, pause=True)

    def drop_held(self) -> None:
        """What was held will not be said."""
        if self.held and self.held.line:
            self.held.line.dropped = True
            self.playout.clear()
        self.held = None

    # --- inside ------------------------------------------------------------------------------------------------

    async def _speak(self, line: _Line, pause: bool) -> bool:
        self._line = line
        self._cues.shown(line.utterance)
        nod = self.playout.rest(NOD)
        self.playout.begin(line.key)
        self.playout.add(line.key, nod)
        breath = AFTER_NOD_SECONDS if len(nod) else BREATH_SECONDS if pause else 0.0
        self.playout.add(line.key, np.zeros(round(breath * TALK_RATE), dtype=np.float32))
        line.lead = len(nod) / TALK_RATE + breath
        self._loop.run_in_executor(self._pool, self._synthesise, line)
        return await self._wait(line)

    async def _wait(self, line: _Line) -> bool:
        await line.over.wait()
        if self._line is line:
            self._line = None
        return not line.cut

    def _synthesise(self, line: _Line) -> None:
        """On a thread: voice the text into the playout. Without a voice the caption has to do."""
        hand_over = self._loop.call_soon_threadsafe
        try:
            for number, chunk in enumerate(speech(self._voice, line.utterance.text, lambda: line.dropped)):
                hand_over(self.playout.add, line.key, chunk)
                if not number:
                    hand_over(self._cues.voiced)
        except Exception as error:
            hand_over(self._cues.failed, error)
        hand_over(self.playout.complete, line.key)
        self._prepare_nod()

    def _prepare_nod(self) -> None:
        """On the same thread. A voice that cannot say it leaves the agent silent where it would have nodded."""
        if self._nod is None and (text := nod_of(self._voice)):
            with contextlib.suppress(Exception):
                self._nod = np.concatenate(list(speech(self._voice, text, lambda: False))) * np.float32(_NOD_GAIN)

    def _started(self, key: str) -> None:
        line = self._line
        if line and line.key == key:
            line.started = self._cues.clock()
            self._cues.started()

    def _ended(self, key: str) -> None:
        line = self._line
        if line is None or line.key != key:
            return
        if not line.rest and not line.more:
            self._cues.ended()
        self._tell_times(line)
        line.over.set()

    def _cut(self, line: _Line) -> None:
        line.cut = True
        self._tell_times(line)
        line.over.set()

    def _tell_times(self, line: _Line) -> None:
        if line.started is not None and line.utterance.turn_id:
            self._cues.spoken(line.utterance.turn_id, line.started, self._cues.clock())
