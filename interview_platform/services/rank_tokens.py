"""Words of a pool's sentences as numbers, and the sentences of each word and run of words. numpy and scipy.sparse.

Written so that little is held in between: a pool of 100,000 résumés has sixty million words.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from interview_platform.services.rank_words import GRAM, grams_of, number, stem
from interview_platform.services.text import fold

Ints = NDArray[np.int32]
_AT_ONCE = 262_144  # sentences


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


def runs_of(words: list[str], tokens: Ints, ends: NDArray[np.int64]) -> tuple[NDArray[np.uint32], Ints]:
    """Hashes of all runs of GRAM words within one sentence, rising, and their sentences."""
    known = np.fromiter(map(number, words), dtype=np.uint64, count=len(words))
    both = np.empty(int(np.maximum(np.diff(ends, prepend=0) - GRAM + 1, 0).sum()), dtype=np.uint64)
    filled = 0
    for first in range(0, len(ends), _AT_ONCE):
        some = ends[first : first + _AT_ONCE]
        start = int(ends[first - 1]) if first else 0
        owners = np.repeat(np.arange(first, first + len(some), dtype=np.uint64), np.diff(some, prepend=start))
        runs = grams_of(known[tokens[start : some[-1]]])
        whole = owners[: len(runs)] == owners[GRAM - 1 :][: len(runs)]
        part = runs[whole].astype(np.uint64) << np.uint64(32) | owners[: len(runs)][whole]
        both[filled : filled + len(part)] = part
        filled += len(part)
    both.sort()
    hashes, owners_of = np.empty(len(both), dtype=np.uint32), np.empty(len(both), dtype=np.int32)
    np.right_shift(both, 32, out=hashes, casting="unsafe")  # into arrays: nothing large is held in between
    np.bitwise_and(both, 0xFFFFFFFF, out=owners_of, casting="unsafe")
    return hashes, owners_of
