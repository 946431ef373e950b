"""Words of a pool's sentences as numbers, and the sentences of each word and run of words. numpy and scipy.sparse.

Written so that little is held in between: a pool of 100,000 résumés has sixty million words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from interview_platform.services.rank_copied import bearing, carries
from interview_platform.services.rank_words import GRAM, grams_of, number, stem
from interview_platform.services.text import fold

Ints = NDArray[np.int32]
_AT_ONCE = 4_096  # documents


class Numbers(dict[str, int]):
    """Numbers of words as they are written; words that are compared alike share one of `folded`."""

    def __init__(self) -> None:
        super().__init__()
        self.folded: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        number = self[word] = self.folded.setdefault(stem(fold(word)), len(self.folded))
        return number


def postings(tokens: Ints, ends: NDArray[np.int64], words: int) -> tuple[Ints, NDArray[np.int64]]:
    """Sentences by word, each once and rising, and where each word's end."""
    from scipy.sparse import csr_array

    if not len(tokens):
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)
    starts = np.concatenate([[0], ends]).astype(np.int32)
    table = csr_array((np.ones(len(tokens), dtype=np.int8), tokens, starts), shape=(len(ends), words)).tocsc()
    first = np.ones(len(tokens), dtype=bool)
    np.not_equal(table.indices[1:], table.indices[:-1], out=first[1:])
    first[table.indptr[:-1]] = True
    return table.indices[first], np.cumsum(first, dtype=np.int32)[table.indptr[1:] - 1].astype(np.int64)


def runs_of(words: Sequence[str], tokens: Ints, ends: NDArray[np.int64]) -> tuple[NDArray[np.uint32], Ints]:
    """Hashes of all runs of words within one document that say enough, rising, and the places of their first words.

    `ends` are where each document's words end.
    """
    known = np.fromiter(map(number, words), dtype=np.uint64, count=len(words))
    carry = carries(words)
    both = np.empty(len(tokens), dtype=np.uint64)
    filled = 0
    for first in range(0, len(ends), _AT_ONCE):
        some = ends[first : first + _AT_ONCE]
        start = int(ends[first - 1]) if first else 0
        part = _runs(known, carry, tokens[start : some[-1]], some - start)
        both[filled : filled + len(part)] = part + np.uint64(start)
        filled += len(part)
    both = both[:filled]
    both.sort()
    hashes, places = np.empty(len(both), dtype=np.uint32), np.empty(len(both), dtype=np.int32)
    np.right_shift(both, 32, out=hashes, casting="unsafe")  # into arrays: nothing large is held in between
    np.bitwise_and(both, 0xFFFFFFFF, out=places, casting="unsafe")
    return hashes, places


def _runs(
    known: NDArray[np.uint64], carry: NDArray[np.bool_], tokens: Ints, ends: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Runs of some documents: the hash, and in the lower half the place."""
    hashed = grams_of(known[tokens])
    held = bearing(carry[tokens])
    for back in range(1, GRAM):
        over = ends - back
        held[over[(over >= 0) & (over < len(held))]] = False
    places = np.flatnonzero(held)
    return hashed[places].astype(np.uint64) << np.uint64(32) | places.astype(np.uint64)
