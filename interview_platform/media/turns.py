"""Turn-taking: when a candidate has finished, has only paused, interrupts, or says nothing for long.

Pure: chances of speech and seconds in, decisions out; no clock, no audio, no thread. Silence alone cannot tell a
pause from an end, so at the first silence the caller is asked for evidence (the sound's ending and the words so
far); the weaker the evidence, the longer the silence that is waited for (waiting.py).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from interview_platform.media.frames import (
    Decision,
    Evidence,
    Interrupted,
    Nodded,
    PauseBegan,
    Recovered,
    SilenceGrew,
    SpeechResumed,
    SpeechStarted,
    TurnDropped,
    TurnEnded,
    Wavered,
)
from interview_platform.media.waiting import Patience, Weights
from interview_platform.ports import SPEECH_RATE, VAD_WINDOW

WINDOW_SECONDS = VAD_WINDOW / SPEECH_RATE


@dataclass(frozen=True)
class Rules:
    """Every number of turn-taking. Silences count from the last window that held speech."""

    speech: float = 0.5  # chance from which a window holds speech
    loud: float = 0.8  # the same while the agent speaks, when an echo may be heard
    waver: float = 0.7  # one window like this makes the agent hold its breath …
    recover_seconds: float = 0.35  # … and go on when nothing was said for this long
    start_windows: int = 3  # speech windows in a row that begin a turn
    resume_windows: int = 2  # … that end a pause
    weigh_seconds: float = 0.24  # silence after which evidence is asked for
    weigh_little_seconds: float = 0.16  # … when a word or two may be the whole answer
    reweigh_seconds: float = 0.6  # … and the sound asked once more, if it did not seem complete
    noise_seconds: float = 0.16  # less speech than this in all is no turn
    noise_silence_seconds: float = 0.6
    wordless_seconds: float = 1.2  # a turn is not ended sooner while its words are not read yet
    unknown_seconds: float = 2.2  # silence that ends a turn without any evidence
    barge_seconds: float = 0.5  # speech that stops the agent …
    barge_within_seconds: float = 0.8  # … within this long
    yield_seconds: float = 1.2  # at the agent's start, start_windows of speech are enough
    nod_every_seconds: float = 2.0  # of speech between two nods
    nod_heard_seconds: float = 1.2
    nod_ahead_seconds: float = 0.35  # … and none where the reply comes within this
    long_silence_seconds: float = 12.0
    moment_seconds: float = 20.0  # patience after "a moment to think"
    longest_seconds: float = 2.6  # going on within this of a decision shows that it was a pause


@dataclass
class _Turn:
    started: float
    last: float  # end of the last speech
    speech: float  # seconds of speech
    asked: int = 0  # how often evidence was asked for in the present pause
    evidence: Evidence | None = None
    nodded: float | None = None  # seconds of speech at the newest nod


class TurnTaker:
    """One listener's turn-taking. Feed `hear` every window in order."""

    def __init__(self, rules: Rules | None = None, weights: Weights | None = None) -> None:
        self.rules = rules or Rules()
        self.patience = Patience(weights)
        self.nods = False
        """Whether to tell where a listener would nod; she needs a voice for that."""
        self._turn: _Turn | None = None
        self._run = 0  # speech windows in a row
        self._now = 0.0
        self._agent_since: float | None = None
        self._protected_until = 0.0
        self._wavered: float | None = None  # since when the agent holds its breath
        self._loud: deque[bool] = deque(maxlen=round(self.rules.barge_within_seconds / WINDOW_SECONDS))
        self._ended_at: float | None = None
        self._ended_words: str | None = None
        self._question: str | None = None
        self._said = 0.0  # seconds of speech about the open question in turns that are over
        self._quiet_since = 0.0
        self._noticed = True
        self._moment_until = 0.0
        self._nod_until = 0.0  # so long a nod may come back through a loudspeaker

    @property
    def speaking(self) -> bool:
        """Whether the candidate's turn is open."""
        return self._turn is not None

    @property
    def in_speech(self) -> bool:
        """Whether the last window held speech of an open turn."""
        return self._turn is not None and self._run > 0

    @property
    def speech_seconds(self) -> float:
        """Said about the open question so far, pauses left out."""
        return self._said + (self._turn.speech if self._turn is not None else 0.0)

    @property
    def wait_seconds(self) -> float | None:
        """After how much silence the present turn would end; None when there is no pause."""
        return self._needed(self._turn) if self._turn is not None and self._turn.asked else None

    def hear(self, at_seconds: float, probability: float, own_voice: bool = False) -> list[Decision]:
        """One window that ends at `at_seconds`. `own_voice`: no louder than the agent's own voice would come back."""
        self._now = at_seconds
        sounding = self._agent_since is not None or at_seconds < self._nod_until
        if own_voice and sounding and self._wavered is None:
            probability = 0.0
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
        self._turn = self._wavered = None
        self._loud.clear()

    def agent_stopped(self, at_seconds: float, question: str = "") -> None:
        """Listening opens; speech that began under the agent's last word counts."""
        self._agent_since = None
        self._quiet_since = at_seconds
        self._noticed = False
        if self._ended_at is not None:
            self.patience.heard_out()
        if question != self._question:
            self._question, self._said = question, 0.0
        self.patience.asked(question)

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
        # we took a pause for an end
        if self._ended_at is not None and 0 < started - self._ended_at <= self.rules.longest_seconds:
            self._learn(started - self._ended_at, self._ended_words)
            self.patience.cut_in()
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
        words = turn.evidence.text if turn.evidence else None
        turn.last, turn.asked, turn.evidence = self._now, 0, None
        if not resumed:
            return []
        self._learn(pause, words)
        return [SpeechResumed(started, pause)]

    def _silence(self, turn: _Turn) -> list[Decision]:
        silent = self._now - turn.last
        if turn.speech < self.rules.noise_seconds:
            return self._drop_noise(turn) if silent >= self.rules.noise_silence_seconds else []
        soon = self.rules.weigh_little_seconds if self.patience.little else self.rules.weigh_seconds
        if turn.asked == 0 and silent >= soon:
            turn.asked = 1
            return [PauseBegan(turn.last)]
        if silent >= self._needed(turn):
            self._turn, self._ended_at, self._quiet_since = None, turn.last, self._now
            self._said += turn.speech
            self._ended_words = turn.evidence.text if turn.evidence else None
            return [TurnEnded(turn.started, turn.last, turn.speech)]
        if turn.asked == 1 and silent >= self.rules.reweigh_seconds and _unfinished(turn.evidence):
            turn.asked = 2
            return [PauseBegan(turn.last, again=True)]
        if self._may_nod(turn, silent):
            turn.nodded, self._nod_until = turn.speech, self._now + self.rules.nod_heard_seconds
            return [Nodded(self._now)]
        return []

    def _may_nod(self, turn: _Turn, silent: float) -> bool:
        if not self.nods or turn.evidence is None or turn.evidence.text is None or self._now < self._moment_until:
            return False
        if turn.nodded is not None and turn.speech - turn.nodded < self.rules.nod_every_seconds:
            return False
        soon = self.patience.nod_seconds(turn.evidence.complete, turn.evidence.text)
        return soon is not None and soon <= silent <= self._needed(turn) - self.rules.nod_ahead_seconds

    def _drop_noise(self, turn: _Turn) -> list[Decision]:
        self._turn = None
        return [TurnDropped(turn.started)]

    def _needed(self, turn: _Turn) -> float:
        if self._now < self._moment_until:
            return self.rules.moment_seconds
        if turn.evidence is None:
            return self.rules.unknown_seconds
        complete, text = turn.evidence.complete, turn.evidence.text
        wait = self.patience.seconds(complete, text, self._said + turn.speech)
        return wait if text is not None else max(wait, self.rules.wordless_seconds)

    def _learn(self, pause: float, words: str | None) -> None:
        if pause >= self.rules.weigh_seconds:
            self.patience.learn(pause, words)

    def _while_agent_speaks(self, probability: float) -> list[Decision]:
        assert self._agent_since is not None
        enough = self.rules.loud if self._wavered is None else self.rules.speech  # it is silent: nothing comes back
        self._loud.append(probability >= enough)
        if self._now < self._protected_until:
            return []
        starting = self._now - self._agent_since < self.rules.yield_seconds
        barge = sum(self._loud) * WINDOW_SECONDS >= self.rules.barge_seconds
        collide = starting and self._ended_at is not None and self._run >= self.rules.start_windows
        if barge or collide:
            return [self._interrupted()]
        return self._waver(probability)

    def _interrupted(self) -> Interrupted:
        self._agent_since = self._wavered = None
        first = self._loud.index(True) if True in self._loud else len(self._loud)
        started = self._now - (len(self._loud) - first) * WINDOW_SECONDS
        self._begin(started)
        return Interrupted(started)

    def _waver(self, probability: float) -> list[Decision]:
        """Hold breath at the first sound of a voice, go on if it was a cough or a word of agreement."""
        if self._wavered is None:
            if probability < self.rules.waver:
                return []
            self._wavered = self._now
            return [Wavered(self._now - WINDOW_SECONDS)]
        quiet = list(self._loud)[-round(self.rules.recover_seconds / WINDOW_SECONDS) :]
        if any(quiet):
            return []
        self._wavered = None
        return [Recovered(self._now)]


def _unfinished(evidence: Evidence | None) -> bool:
    return evidence is not None and evidence.text is not None and evidence.complete < 0.5
