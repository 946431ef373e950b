"""BM25 over many documents at once: which words a query shares with each, rare words weighing more. On scipy.sparse.

Lengths do not count (b = 0): then words that fall away, or that no job asks for, can never raise a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1 = 1.5
_RARE = 1.5  # power of a word's rarity in what a query weighs
_HEAVY = 200  # a query's weightiest words that make a full score

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Lexical:
    """A searchable set of documents. `weights` is words × documents (CSR): the saturated count 0..1 of each word."""

    numbers: dict[str, int]
    weights: Any
    rarity: Floats  # idf of each word in this set
    like: Lexical | None = None  # the set that queries are weighed in, where it is another

    def scores(self, query: Sequence[str]) -> Floats:
        """Share 0..1 of the query's weight that each document holds."""
        found = np.zeros(self.weights.shape[1], dtype=np.float32)
        asked = self.asked(query)
        for word, weight in asked:
            row = slice(self.weights.indptr[word], self.weights.indptr[word + 1])
            found[self.weights.indices[row]] += np.float32(weight) * self.weights.data[row]
        return found

    def scores_of(self, times: Ints, query: Sequence[str]) -> Floats:
        """The same for some documents, given how often each word of `asked(query)` stands in each: (n, asked)."""
        shares = np.array([share for _, share in self.asked(query)], dtype=np.float64)
        made: Floats = (saturated(times) * shares).sum(axis=1).astype(np.float32)
        return made

    def rarity_of(self, word: str, unseen: float) -> float:
        """A word's idf here."""
        place = self.numbers.get(word)
        return float(self.rarity[place]) if place is not None else unseen

    def asked(self, query: Sequence[str]) -> list[tuple[int, float]]:
        """The query's weightiest words, by number, and their shares of it."""
        base = self.like or self
        held = [
            (word, times * float(base.rarity[base.numbers[word]]) ** _RARE)
            for word, times in counted(query).items()
            if word in base.numbers
        ]
        held = sorted(held, key=lambda item: (-item[1], item[0]))[:_HEAVY]
        most = sum(weight for _, weight in held)
        return [(self.numbers[word], weight / most) for word, weight in held if word in self.numbers]


def of_pairs(numbers: dict[str, int], parts: Iterable[tuple[Ints, Ints, int]], like: Lexical | None = None) -> Lexical:
    """The set in which each pair is one word of one document, both by number. `like` lends its words' rarity.

    Pairs come in parts, each of some documents that follow the last part's, counted from 0, with how many they are.
    """
    held = _counted(parts, max(1, len(numbers)))
    held.data = saturated(held.data).astype(np.float32)
    size = held.shape[1]
    found_in = np.diff(held.indptr)
    rarity = np.log1p((size - found_in + 0.5) / (found_in + 0.5)).astype(np.float32)
    if like is not None:
        unseen = float(np.log1p((like.weights.shape[1] + 0.5) / 0.5))
        rarity = np.array([like.rarity_of(word, unseen) for word in numbers], dtype=np.float32)
    return Lexical(numbers, held, rarity, like)


def _counted(parts: Iterable[tuple[Ints, Ints, int]], size: int) -> Any:
    """How often each word stands in each document: words × documents (CSR)."""
    from scipy.sparse import csr_array, hstack

    made = [csr_array((size, 0), dtype=np.float32)]
    for words, documents, count in parts:
        part = csr_array((np.ones(len(words), dtype=np.float32), (words, documents)), shape=(size, count))
        part.sum_duplicates()
        made.append(part)
    return hstack(made, format="csr")


def counted(query: Sequence[str]) -> dict[str, float]:
    """How often each word is asked for, saturating: the tenth time says little."""
    times: dict[str, int] = {}
    for word in query:
        times[word] = times.get(word, 0) + 1
    return {word: count * 2.0 / (count + 1.0) for word, count in times.items()}


def saturated(times: Any) -> Any:
    """What a word's count is worth, 0..1."""
    return times / (times + K1)
