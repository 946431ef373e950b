"""Which sentences of a whole pool were copied from a job's advert. numpy.

`Advert.copied` of rank_coverage says the same of one résumé, by the same rules (rank_copied, rank_reworded,
rank_pasted).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from interview_platform.services import rank_copied, rank_coverage
from interview_platform.services.rank_copied import Ints, Places
from interview_platform.services.rank_coverage import Advert
from interview_platform.services.rank_reworded import PAIRS
from interview_platform.services.rank_sentences import Sentences
from interview_platform.services.rank_words import GRAM

_WORDS = 1 << 18  # looked at together: they stay in the processor's cache
_NONE = np.zeros(0, dtype=np.int32)


def copied(pool: Sentences, advert: Advert) -> Ints:
    """Sentences copied from an advert, rising, with the short ones between them."""
    held = rank_copied.sentences_of(*_stretches(pool, advert), pool.token_ends)
    held = np.union1d(held, rank_copied.sentences_of(*_following(pool, advert), pool.token_ends))
    alone = np.union1d(held, _copied_lists(pool, advert))
    return _spread(pool, advert, np.union1d(alone, _in_order(pool, advert)).astype(np.int32))


def _stretches(pool: Sentences, advert: Advert) -> tuple[Places, Places]:
    """Stretches of the advert's runs of words."""
    wanted = np.array(sorted(advert.grams), dtype=np.uint32)
    first, last = np.searchsorted(pool.runs, wanted), np.searchsorted(pool.runs, wanted, side="right")
    found = np.concatenate([_NONE, *(pool.run_at[start:end] for start, end in zip(first, last, strict=True))])
    there = np.repeat([advert.grams[run] for run in wanted.tolist()], last - first)
    order = np.argsort(found)
    places = found[order].astype(np.int64)
    owners = pool.document_of[np.searchsorted(pool.token_ends, places, side="right")]
    return rank_copied.stretches(rank_copied.RUNS, places, places + GRAM - 1, there[order].astype(np.int64), owners)


def _following(pool: Sentences, advert: Advert) -> tuple[Places, Places]:
    """Stretches that follow the advert's words."""
    mark = np.zeros(len(pool.content), dtype=np.int16)
    for word, number in advert.follow.numbers.items():
        if word in pool.numbers:
            mark[pool.numbers[word]] = number
    some = np.searchsorted(pool.document_ends, np.arange(_WORDS, len(pool.tokens), _WORDS))
    bounds = np.unique([0, *pool.document_ends[some], len(pool.tokens)]).tolist()
    made = [np.zeros((3, 0), dtype=np.int64)]
    for first, last in pairwise(bounds):
        begins, ends, there = advert.follow.found(mark.take(pool.tokens[first:last]))
        made.append(np.stack([begins + first, ends + first, there]))
    begins, ends, there = np.concatenate(made, axis=1)
    before = np.searchsorted(begins, pool.document_ends)
    owners = np.repeat(np.arange(len(before), dtype=np.int32), np.diff(before, prepend=0))
    within = ends < pool.document_ends[owners]
    return rank_copied.stretches(PAIRS, begins[within], ends[within], there[within], owners[within])


def _in_order(pool: Sentences, advert: Advert) -> Ints:
    """Short sentences that follow each other as they do in the advert."""
    wanted = np.unique(np.array([mark for mark in advert.order.marks if mark], dtype=np.uint32))
    first, last = np.searchsorted(pool.marks, wanted), np.searchsorted(pool.marks, wanted, side="right")
    held = [np.arange(start, end) for start, end in zip(first, last, strict=True)]
    found = np.concatenate([np.zeros(0, dtype=np.int64), *held])
    found = found[np.argsort(pool.mark_of[found])]
    places = pool.mark_of[found]
    return advert.order.stretches(places, pool.marks[found], pool.document_of[places])


def _spread(pool: Sentences, advert: Advert, found: Ints) -> Ints:
    """These and the short sentences beside them that hold the advert's words only, rising."""
    known = _known(pool, advert)
    marked = pool.mask(found)
    edge = found
    while len(edge):
        beside = np.concatenate([_beside(pool, edge, -1), _beside(pool, edge, 1)])
        beside = np.unique(beside[pool.short[beside] & ~marked[beside]])
        edge = beside[[_holds(pool, known, int(place)) for place in beside]] if len(beside) else beside
        marked[edge] = True
    return np.flatnonzero(marked).astype(np.int32)


def _holds(pool: Sentences, known: NDArray[np.bool_], sentence: int) -> bool:
    """Whether the sentence's words that carry meaning are the advert's, but for a few."""
    words = np.unique(pool.words(sentence))
    carry = words[pool.content[words]]
    return bool(rank_coverage.REWORDED * np.count_nonzero(~known[carry]) <= len(carry))


def _beside(pool: Sentences, sentences: Ints, step: int) -> Ints:
    """The sentences before or after these, in the same documents."""
    there = (sentences + step >= 0) & (sentences + step < len(pool.document_of))
    beside = sentences[there] + np.int32(step)
    same: NDArray[np.bool_] = pool.document_of[beside] == pool.document_of[sentences[there]]
    found: Ints = beside[same]
    return found


def _known(pool: Sentences, advert: Advert) -> NDArray[np.bool_]:
    """Per word: whether it stands in the advert and carries meaning."""
    known = np.zeros(len(pool.content), dtype=bool)
    known[[pool.numbers[word] for word in advert.known if word in pool.numbers]] = True
    return known


def _copied_lists(pool: Sentences, advert: Advert) -> Ints:
    """Lists whose words are the advert's but for a few."""
    posted, ends, held = pool.lists
    places = [pool.numbers[word] for word in advert.known if word in pool.numbers]
    parts = [posted[ends[place - 1] if place else 0 : ends[place]] for place in places if pool.content[place]]
    shared = np.bincount(np.concatenate([_NONE, *parts]), minlength=len(pool.listed))
    return pool.listed[(held >= rank_coverage.LEAST_LISTED) & (shared >= rank_coverage.LISTED * held)]
