"""How long a silence to wait for before a turn is taken for finished. Pure.

Two things are weighed. How likely this is an end at all: log-odds, a sum of what the sound says, what the words say,
what was asked and how much has been said about it. And how long people go silent in the middle: a log-normal
distribution of pauses, one for the ends of sentences and one for hesitations, each pulled towards this speaker's own
as they are heard. The wait is the silence at which too few pauses are longer for the chance of an end to leave doubt:

    odds of an end / share of pauses that last longer  >=  sure
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from statistics import NormalDist

from interview_platform.media.endings import Ending, asks_for_little, asks_for_number, ending

_NORMAL = NormalDist()
_GOES_ON = 0.2
"""Below this the sound says that more will come."""
_ENDED = 0.9
"""From this on it says clearly that this was all."""


@dataclass(frozen=True)
class Weights:
    """Log-odds and pauses, started from `evaluate turns MANIFEST --fit` on the part called fit (docs/turns.md); those
    marked † had too little to be fitted on and are set by hand, the same part showing what each costs."""

    start: float = -2.6
    sound: float = 0.22  # † per unit of the sound's own log-odds
    whole: float = 0.5  # † the words are a whole sentence
    comma: float = -0.6  # the transcriber expects more words
    weak: float = -0.3  # † … but its last word seldom ends one
    breaks_off: float = -1.5  # † either of them, and a sound that goes on
    hangs: float = -3.5  # † the words stop in the middle of a thought
    amount: float = 1.15  # per doubling of what was said of an open question, around `usual_seconds`
    usual_seconds: float = 8.0
    little: float = 2.6  # † a word or two may be all
    given: float = 1.6  # † and a whole little answer was given
    hangs_ended: float = -3.0  # † … but the sound says clearly that this was all: a word may be misheard
    closes: float = 6.0  # † "that's all"
    sure: float = 0.7  # log-odds from which it is an end; chosen on the fit part for the goals
    burnt: float = 0.7  # † added to it each time this speaker went on after all …
    burnt_most: float = 2.0  # †
    forgets: float = 0.85  # † … and what is left of that after each reply that was heard out
    between: float = 0.58  # median pause between sentences, seconds (of those that were noticed)
    within: float = 1.2  # median hesitation
    spread: float = 0.45  # of the logarithm
    inertia: float = 1.5  # † how many pauses of a speaker weigh as much as everybody's
    rhythm: float = 0.8  # a longer pause after whole words was no rhythm: it counts as this
    nod: float = 0.45  # † silence after which what sounds ended is met by "mm-hm" …
    nod_late: float = 1.1  # † … and what sounds as if it went on
    least: float = 0.45  # † no wait is shorter for an open question …
    least_little: float = 0.24  # † … for one that a word answers
    most: float = 3.2  # † nor longer
    thinking: float = 6.0  # † after "let me think"
    unhurried: float = 1.7  # † times as long for who asked for time
    unhurried_least: float = 1.4  # †
    unhurried_most: float = 5.0  # †


class Patience:
    """One listener's patience: what was asked, and how this speaker pauses."""

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights or Weights()
        self.little = False
        self.unhurried = False
        self._number = False
        self._caution = 0.0
        self._between: deque[float] = deque(maxlen=30)  # logarithms
        self._within: deque[float] = deque(maxlen=30)

    def asked(self, question: str) -> None:
        """This is to be answered now."""
        self.little = asks_for_little(question)
        self._number = asks_for_number(question)

    def learn(self, pause_seconds: float, text: str | None) -> None:
        """The speaker went on after this pause, which followed these words."""
        if text is None or self._ending(text).hangs:
            self._within.append(math.log(pause_seconds))
        else:
            self._between.append(math.log(min(pause_seconds, self.weights.rhythm)))

    def cut_in(self) -> None:
        """A pause of this speaker was taken for an end: be slower to believe the next."""
        self._caution = min(self._caution + self.weights.burnt, self.weights.burnt_most)

    def heard_out(self) -> None:
        """A reply came at the right time."""
        self._caution *= self.weights.forgets

    def seconds(self, complete: float, text: str | None, speech_seconds: float) -> float:
        """Silence to wait for: `complete` by the turn model, `text` so far (None: not read yet), seconds of speech."""
        w = self.weights
        least, most = (w.least_little if self.little else w.least), w.most
        if text is not None and (found := self._ending(text)).thinks:
            return w.thinking
        hangs = text is not None and found.hangs and not self._sounds_over(complete)
        wait = self._quantile(self._odds(complete, text, speech_seconds) - w.sure - self._caution, hangs)
        if not self.unhurried:
            return min(max(wait, least), most)
        return min(max(wait * w.unhurried, w.unhurried_least), w.unhurried_most)

    def nod_seconds(self, complete: float, text: str) -> float | None:
        """Silence after which a listener would say "mm-hm"; None where words and sound hang, ask for time or close."""
        found, w, ended = self._ending(text), self.weights, complete >= 0.5
        if not text or found.thinks or found.closes or (found.hangs and not ended):
            return None
        soon = ended and not found.hangs and not self.little
        return (w.nod if soon else w.nod_late) * (w.unhurried if self.unhurried else 1.0)

    def _odds(self, complete: float, text: str | None, speech_seconds: float) -> float:
        w = self.weights
        total = w.start + w.sound * logit(complete)
        total += w.little if self.little else w.amount * amount(speech_seconds, w.usual_seconds)
        if text is None:
            return total + w.comma
        found = self._ending(text)
        if found.closes:
            return total + w.closes
        if found.hangs:
            return total + (w.hangs_ended if self._sounds_over(complete) else w.hangs)
        total += w.whole * found.whole + w.weak * found.weak + w.comma * found.comma
        total += w.breaks_off * ((found.weak or found.comma) and complete < _GOES_ON)
        return total + w.given if self.little and found.whole and complete >= 0.5 else total

    def _quantile(self, log_share: float, hangs: bool) -> float:
        """The silence that only this share of pauses outlasts."""
        share = math.exp(min(log_share, 0.0))
        if share >= 1.0 - 1e-6:
            return 0.0
        w = self.weights
        usual, heard = (w.within, self._within) if hangs else (w.between, self._between)
        centre = (math.log(usual) * w.inertia + sum(heard)) / (w.inertia + len(heard))
        return math.exp(centre + w.spread * _NORMAL.inv_cdf(1.0 - max(share, 1e-6)))

    def _sounds_over(self, complete: float) -> bool:
        """So clearly that hanging words may be misheard; digits that are missing are not."""
        return complete >= _ENDED and not self._number

    def _ending(self, text: str) -> Ending:
        return ending(text, self._number)


def logit(chance: float) -> float:
    """Log-odds of a chance, at most 4 either way."""
    chance = min(max(chance, 0.018), 0.982)
    return math.log(chance / (1.0 - chance))


def amount(speech_seconds: float, usual_seconds: float) -> float:
    """How often what was said doubles what is usual, between -1 and 1."""
    return min(max(math.log2(max(speech_seconds, 0.1) / usual_seconds), -1.0), 1.0)
