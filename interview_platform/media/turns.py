"""Turn-taking: when a candidate has finished, has only paused, interrupts, or says nothing for long.

Pure: chances of speech and seconds in, decisions out; no clock, no audio, no thread. Silence alone cannot tell a
pause from an end, so at the first silence the caller is asked for evidence (the sound's ending and the words so
far); the weaker the evidence, the longer the silence that is waited for.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from interview_platform.media.endings import asks_for_little, closes, patience
from interview_platform.media.frames import (
    Decision,
    Evidence,
    Interrupted,
    PauseBegan,
    SilenceGrew,
    SpeechResumed,
    SpeechStarted,
    TurnDropped,
    TurnEnded,
)
from interview_platform.ports import SPEECH_RATE, VAD_WINDOW

WINDOW_SECONDS = VAD_WINDOW / SPEECH_RATE


@dataclass(frozen=True)
class Rules:
    """Every number of turn-taking. Silences count from the last window that held speech."""

    speech: float = 0.5  # chance from which a window holds speech
    loud: float = 0.8  # the same while the agent speaks, when an echo may be heard
    start_windows: int = 3  # speech windows in a row that begin a turn
    resume_windows: int = 2  # … that end a pause
    weigh_seconds: float = 0.28  # silence after which evidence is asked for
    reweigh_seconds: float = 0.6  # … and the sound asked once more, if it did not seem complete
    noise_seconds: float = 0.16  # less speech than this in all is no turn
    noise_silence_seconds: float = 0.6
    wordless_seconds: float = 1.2  # silence that ends a turn that sounds complete, while the words are not read yet
    unknown_seconds: float = 2.2  # silence that ends a turn without any evidence
    barge_seconds: float = 0.5  # speech that stops the agent …
    barge_within_seconds: float = 0.8  # … within this long
    yield_seconds: float = 0.6  # at the agent's start, start_windows of speech are enough
    long_silence_seconds: float = 12.0
    moment_seconds: float = 20.0  # patience after "a moment to think"
    longest_seconds: float = 2.6  # no habit of the speaker's makes us wait longer


@dataclass
class _Turn:
    started: float
    last: float  # end of the last speech
    speech: float  # seconds of speech
    asked: int = 0  # how often evidence was asked for in the present pause
    evidence: Evidence | None = None


class TurnTaker:
    """One listener's turn-taking. Feed `hear` every window in order."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self._turn: _Turn | None = None
        self._run = 0  # speech windows in a row
        self._now = 0.0
        self._agent_since: float | None = None
        self._protected_until = 0.0
        self._loud: deque[bool] = deque(maxlen=round(self.rules.barge_within_seconds / WINDOW_SECONDS))
        self._pauses: deque[float] = deque(maxlen=30)
        self._ended_at: float | None = None
        self._quiet_since = 0.0
        self._noticed = True
        self._moment_until = 0.0
        self._short_answer = False

    @property
    def speaking(self) -> bool:
        """Whether the candidate's turn is open."""
        return self._turn is not None

    @property
    def in_speech(self) -> bool:
        """Whether the last window held speech of an open turn."""
        return self._turn is not None and self._run > 0

    def hear(self, at_seconds: float, probability: float) -> list[Decision]:
        """One window that ends at `at_seconds`."""
        self._now = at_seconds
        self._run = self._run + 1 if probability >= self.rules.speech else 0
        if self._agent_since is not None:
            return self._while_agent_speaks(probability)
        if self._turn is None:
            return self._without_turn()
        return self._speech(self._turn) if self._run else self._silence(self._turn)

    def weigh(self, evidence: Evidence) -> None:
        """Evidence about the present pause; about any other it is ignored."""
        turn = self._turn
        if turn is not None and turn.asked and turn.last == evidence.pause_seconds:
            turn.evidence = evidence

    def agent_started(self, at_seconds: float, protected_seconds: float = 0.0) -> None:
        """The agent's voice is heard from now; it cannot be interrupted in its first `protected_seconds`."""
        self._agent_since = at_seconds
        self._protected_until = at_seconds + protected_seconds
        self._turn = None
        self._loud.clear()

    def agent_stopped(self, at_seconds: float, question: str = "") -> None:
        """Listening opens; speech that began under the agent's last word counts."""
        self._agent_since = None
        self._quiet_since = at_seconds
        self._noticed = False
        self._short_answer = asks_for_little(question)

    def moment(self, at_seconds: float) -> None:
        """The candidate asked for time to think."""
        self._moment_until = at_seconds + self.rules.moment_seconds

    def drop(self) -> None:
        """Forget the open turn."""
        self._turn = None
        self._run = 0

    # --- inside ------------------------------------------------------------------------------------------------

    def _without_turn(self) -> list[Decision]:
        if self._run >= self.rules.start_windows:
            return self._begin(self._now - self._run * WINDOW_SECONDS)
        silent = self._now - max(self._quiet_since, self._moment_until)
        if not self._noticed and silent >= self.rules.long_silence_seconds:
            self._noticed = True
            return [SilenceGrew(self._now)]
        return []

    def _begin(self, started: float) -> list[Decision]:
        if self._ended_at is not None and 0 < started - self._ended_at <= self.rules.longest_seconds:
            self._learn(started - self._ended_at)  # we took a pause for an end
        self._turn = _Turn(started, self._now, self._now - started)
        self._moment_until = min(self._moment_until, self._now)
        self._ended_at = None
        return [SpeechStarted(started)]

    def _speech(self, turn: _Turn) -> list[Decision]:
        if turn.asked and self._run < self.rules.resume_windows:
            return []
        started = self._now - self._run * WINDOW_SECONDS
        pause, resumed = started - turn.last, turn.asked > 0
        turn.speech += self._now - max(started, turn.last) if resumed else WINDOW_SECONDS
        turn.last, turn.asked, turn.evidence = self._now, 0, None
        if not resumed:
            return []
        self._learn(pause)
        return [SpeechResumed(started, pause)]

    def _silence(self, turn: _Turn) -> list[Decision]:
        silent = self._now - turn.last
        if turn.speech < self.rules.noise_seconds:
            return self._drop_noise(turn) if silent >= self.rules.noise_silence_seconds else []
        if turn.asked == 0 and silent >= self.rules.weigh_seconds:
            turn.asked = 1
            return [PauseBegan(turn.last)]
        if silent >= self._needed(turn):
            self._turn, self._ended_at, self._quiet_since = None, turn.last, self._now
            return [TurnEnded(turn.started, turn.last, turn.speech)]
        if turn.asked == 1 and silent >= self.rules.reweigh_seconds and _unfinished(turn.evidence):
            turn.asked = 2
            return [PauseBegan(turn.last, again=True)]
        return []

    def _drop_noise(self, turn: _Turn) -> list[Decision]:
        self._turn = None
        return [TurnDropped(turn.started)]

    def _needed(self, turn: _Turn) -> float:
        if self._now < self._moment_until:
            return self.rules.moment_seconds
        if turn.evidence is None:
            return self.rules.unknown_seconds
        complete, text = turn.evidence.complete, turn.evidence.text
        if text is None:
            return self.rules.wordless_seconds if complete >= 0.8 else self.rules.unknown_seconds
        wanted = patience(complete, text, self._short_answer, turn.speech)
        habit = 0.0 if closes(text) else self._habit()
        return max(wanted, min(habit, self.rules.longest_seconds))

    def _learn(self, pause: float) -> None:
        if pause >= 0.4:
            self._pauses.append(pause)

    def _habit(self) -> float:
        """A little more than this speaker's longer pauses, once there are some to go by."""
        if len(self._pauses) < 3:
            return 0.0
        ordered = sorted(self._pauses)
        return 0.05 + ordered[int(0.8 * (len(ordered) - 1))]

    def _while_agent_speaks(self, probability: float) -> list[Decision]:
        assert self._agent_since is not None
        self._loud.append(probability >= self.rules.loud)
        if self._now < self._protected_until:
            return []
        starting = self._now - self._agent_since < self.rules.yield_seconds
        barge = sum(self._loud) * WINDOW_SECONDS >= self.rules.barge_seconds
        collide = starting and self._ended_at is not None and self._run >= self.rules.start_windows
        if not barge and not collide:
            return []
        self._agent_since = None
        first = self._loud.index(True) if True in self._loud else len(self._loud)
        started = self._now - (len(self._loud) - first) * WINDOW_SECONDS
        self._begin(started)
        return [Interrupted(started)]


def _unfinished(evidence: Evidence | None) -> bool:
    return evidence is not None and evidence.text is not None and evidence.complete < 0.5
