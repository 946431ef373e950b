"""Where a résumé follows an advert word after word, though not in its very words. numpy, pure.

Synonyms, fillers and words left out part an advert's runs of words (rank_copied), but what is kept still comes in the
advert's order: one word that carries meaning and, soon after, one that follows it there too. Anybody's work has such
pairs here and there; pairs that go on where the advert goes on were written with it under the eyes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interview_platform.services.rank_copied import Places, Rule, carries, sentences_of, stretches

PAIRS = Rule(near=8, there=8, long=7, least=4, many=10, most=20)
_REACH, _REACH_HERE = 5, 6  # words from one word of a pair to the other, in the advert and in a résumé
_MOST = 4_000  # words of an advert that are looked at
_BESIDE = 3  # words of the advert's in between that a pair may pass over, and one


@dataclass(frozen=True)
class Follow:
    """An advert's words that carry meaning, numbered from 1, and the place where each pair of them stands first."""

    numbers: dict[str, int]
    pairs: NDArray[np.int16]  # (words + 1, words + 1); -1 where the second does not follow the first

    @classmethod
    def of(cls, words: Sequence[str]) -> Follow:
        """The pairs of a text's words, as they are compared."""
        words = words[:_MOST]
        carry = carries(words).tolist()
        held = [(place, word) for place, (word, of) in enumerate(zip(words, carry, strict=True)) if of]
        numbers = {word: number for number, word in enumerate(dict.fromkeys(word for _, word in held), start=1)}
        pairs = np.full((len(numbers) + 1, len(numbers) + 1), -1, dtype=np.int16)
        for at in reversed(range(len(held))):
            place, word = held[at]
            for after, other in held[at + 1 : at + 1 + _REACH]:
                if after - place <= _REACH and other != word:
                    pairs[numbers[word], numbers[other]] = place
        return cls(numbers, pairs)

    def found(self, marks: NDArray[np.int16]) -> tuple[Places, Places, Places]:
        """The pairs in a row of words, given as their numbers here (0: not the advert's).

        Where each begins and ends, and its place in the advert. The nearest word of those that follow counts.
        """
        places = np.flatnonzero(marks != 0)
        held = marks.take(places).astype(np.int32)
        rows, table = held * len(self.pairs), self.pairs.ravel()
        there, ends = np.full(len(places), -1, dtype=np.int64), places.copy()
        for step in range(min(_BESIDE, len(places) - 1), 0, -1):
            follows = table.take(rows[:-step] + held[step:])
            at = np.flatnonzero(follows >= 0)
            at = at[places[at + step] - places[at] <= _REACH_HERE]
            there[at], ends[at] = follows[at], places[at + step]
        kept = np.flatnonzero(there >= 0)
        return places[kept], ends[kept], there[kept]

    def copied(self, lines: Sequence[Sequence[str]]) -> set[int]:
        """Which lines of one résumé, each of words as they are compared, stand where it follows the advert."""
        marks = np.array([self.numbers.get(word, 0) for line in lines for word in line], dtype=np.int16)
        begins, ends, there = self.found(marks)
        held = stretches(PAIRS, begins, ends, there, np.zeros(len(begins), dtype=np.int32))
        return set(sentences_of(*held, np.cumsum([len(line) for line in lines], dtype=np.int64)).tolist())
