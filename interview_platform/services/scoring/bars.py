"""What may be claimed of a point, and what is only worth listening to: the bars that the offline judge's chances meet.

A claim ("met") needs both: the answer as a whole makes the point likely, and the one sentence that is quoted bears it
by itself. The bars were read off answers judged in folds by question (benchmarks/levels.py; docs/judge.md).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from interview_platform.ports import Verdict
from interview_platform.services.scoring.sentences import Sentence, content

LIKELY_MET, LIKELY_PARTLY = 0.85, 0.4
"""Chance of the whole answer (shown.py) from which a point is put to the reader as shown, and from which its best
sentence is worth listening to."""
SURE_MET, SURE_PARTLY = 0.8, 0.2
"""How sure the one sentence that is quoted has to be for either."""
_PLAIN_MET, _PLAIN_PARTLY = 0.85, 0.35
"""Of the sentence alone, where there are no vectors of word pieces."""
_MET_WORDS, _MET_CONTENT = 6, 4
"""A remark of fewer words, or fewer that carry content, shows no point whole ("I called the team.")."""
PARTLY = 0.34
"""Support below which no sentence shows a point whole, however far it is from every other point."""
LEAST = 0.25
"""Support below which it does not even show a part."""


@dataclass(frozen=True)
class Sure:
    """How sure a point is: by its best sentence alone, and by the whole answer (None without word pieces)."""

    sentence: float
    answer: float | None

    def verdict(self, support: float, sentence: Sentence) -> Verdict:
        """A hedged sentence ("I guess", "maybe") and a bare remark show a point in part at most."""
        if self._met and support >= PARTLY and not sentence.hedged and not bare_remark(sentence):
            return "met"
        return "partly" if self._partly and support >= LEAST else "not_shown"

    @property
    def confidence(self) -> float:
        """0.3 at a bar, rising to 1 away from it."""
        bars = (_PLAIN_MET, _PLAIN_PARTLY) if self.answer is None else (LIKELY_MET, LIKELY_PARTLY)
        chance = self.sentence if self.answer is None else self.answer
        distance = min(abs(chance - bar) for bar in bars)
        return round(0.3 + 0.7 * (1 - math.exp(-12 * distance)), 3)

    @property
    def _met(self) -> bool:
        if self.answer is None:
            return self.sentence >= _PLAIN_MET
        return self.answer >= LIKELY_MET and self.sentence >= SURE_MET

    @property
    def _partly(self) -> bool:
        if self.answer is None:
            return self.sentence >= _PLAIN_PARTLY
        return self.answer >= LIKELY_PARTLY and self.sentence >= SURE_PARTLY


def bare_remark(sentence: Sentence) -> bool:
    """Whether it has too few words to show a point whole."""
    return len(sentence.text.split()) < _MET_WORDS or len(content(sentence.text)) < _MET_CONTENT
