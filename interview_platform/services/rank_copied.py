"""Which stretches of a résumé are an advert's own words, wherever they stand in it. numpy, pure.

Whose sentence a stretch stands in, and how long that is, does not matter: words are followed through the whole résumé,
over the ends of its sentences and lines, and have to go on where the advert goes on. Two things are followed.

Runs (here): three words on end, of which two carry meaning. Six words on end, or shorter stretches that add up, are the
advert's; a handful is anybody's ("excellent written communication skills").

Pairs (rank_reworded): one word that carries meaning and soon after one that follows it in the advert too, for adverts
with fillers, synonyms and gaps put in, where no three words are left on end.

Counted over 33 adverts and 999 résumés that are nobody's forgery: four runs in one stretch stand in one in 700 pairs of
an advert and a résumé, seven pairs in one in 4,000. A pasted advert has 30 to 480 runs, one pasted sentence 10 or more;
with every third word changed an advert has 50 to 200 pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_platform.services.rank_words import GRAM, STOPPED, grams_of, number

Ints = NDArray[np.int32]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Rule:
    """When what a résumé shares with an advert is copied. Counts are of different runs (or pairs) of the advert."""

    near: int  # words from one to the next one within a stretch
    there: int  # the same in the advert
    long: int  # in one stretch, from which it is copied
    least: int  # in one stretch, from which it is added up
    many: int  # in all stretches of a résumé that are added up, from which these are copied
    most: int  # the same, from which every stretch is copied


RUNS = Rule(near=5, there=8, long=4, least=2, many=6, most=12)
_BEARING = 2  # words of a run that carry meaning


def carries(words: Sequence[str]) -> NDArray[np.bool_]:
    """Of each word, as it is compared, whether it carries meaning."""
    return np.array([len(word) > 1 and word not in STOPPED for word in words], dtype=bool)


def bearing(carry: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of each run of words, whether enough of them carry meaning; GRAM - 1 fewer than words."""
    held = carry.astype(np.int8)
    count = sum(held[at : len(held) - GRAM + 1 + at] for at in range(GRAM))
    made: NDArray[np.bool_] = np.asarray(count) >= _BEARING
    return made if len(held) >= GRAM else np.zeros(0, dtype=bool)


def runs(words: Sequence[str]) -> NDArray[np.uint32]:
    """Hashes of a text's runs of words, in order; 0 for those that say too little."""
    hashed = grams_of(np.fromiter(map(number, words), dtype=np.uint64, count=len(words)))
    return np.where(bearing(carries(words)), hashed, 0).astype(np.uint32)


def places_of(words: Sequence[str]) -> dict[int, int]:
    """The runs of an advert, by hash, with the place where each stands first."""
    held = [(run, place) for place, run in enumerate(runs(words).tolist()) if run]
    return dict(reversed(held))


def stretches(rule: Rule, begins: Places, ends: Places, there: Places, documents: Ints) -> tuple[Places, Places]:
    """First and last word of every copied stretch, rising.

    `begins` and `ends` are the first and last words of runs (or pairs) of an advert, rising; `there` is where each
    stands in the advert, `documents` its résumé. What a résumé says twice is counted once.
    """
    new = np.ones(len(begins), dtype=bool)
    near = (np.diff(begins) <= rule.near) & (np.abs(np.diff(there)) <= rule.there)
    new[1:] = ~near | (np.diff(documents) != 0)
    first = np.flatnonzero(new)
    size = np.diff(np.append(first, len(begins)))
    owner = documents[first]
    counted = np.repeat(size >= rule.least, size)  # the others are too short however they are counted: most are
    of = np.repeat(np.arange(len(first)), size)
    size = _different(of[counted], there[counted], len(first))
    counted &= size[of] >= rule.least
    total = _different(documents[counted], there[counted], int(documents.max(initial=0)) + 1)[owner]
    held = (size >= rule.long) | ((size >= rule.least) & (total >= rule.many)) | (total >= rule.most)
    last = np.append(first, len(begins))[1:] - 1
    return begins[first[held]], ends[last[held]]


def _different(owners: NDArray[np.integer[Any]], there: Places, count: int) -> Places:
    """How many different places of the advert each of so many owners has."""
    pairs = np.unique(owners.astype(np.int64) << 32 | there)
    return np.bincount(pairs >> 32, minlength=count)


def sentences_of(first: Places, last: Places, ends: NDArray[np.int64]) -> Ints:
    """The sentences, rising, that hold words of stretches; `ends` are where each sentence's words end."""
    begin, end = np.searchsorted(ends, first, side="right"), np.searchsorted(ends, last, side="right")
    size = end - begin + 1
    offset = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    return np.unique(np.repeat(begin, size) + offset).astype(np.int32)


def copied(lines: Sequence[Sequence[str]], wanted: Mapping[int, int]) -> set[int]:
    """Which lines of one résumé, each of words as they are compared, hold stretches of an advert's runs."""
    hashed = runs([word for line in lines for word in line]).tolist()
    hits = [(place, wanted[run]) for place, run in enumerate(hashed) if run in wanted]
    places, there = np.array(hits, dtype=np.int64).reshape(-1, 2).T
    found = stretches(RUNS, places, places + GRAM - 1, there, np.zeros(len(hits), dtype=np.int32))
    return set(sentences_of(*found, np.cumsum([len(line) for line in lines], dtype=np.int64)).tolist())
