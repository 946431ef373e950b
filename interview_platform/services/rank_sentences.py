"""All sentences of a pool as arrays: which words and skills each holds, and which were copied. numpy and scipy.sparse.

Sentences are numbered through the pool; `level` and `Advert.copied` of rank_coverage say the same of one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from interview_platform.services import lexical, rank_coverage
from interview_platform.services.rank_coverage import Advert, Asked
from interview_platform.services.rank_document import RankDocument
from interview_platform.services.rank_words import GRAM, STOPPED, grams_of, in_list, number, stem
from interview_platform.services.text import WORD, fold

Ints = NDArray[np.int32]
_TOP_CHARACTERS = 2_000


@dataclass(frozen=True)
class Sentences:
    """The arrays. `posted` lists sentences by word, `runs` hashes of runs of words in rising order with `run_of`."""

    document_of: Ints  # document of each sentence, rising
    numbers: dict[str, int]  # word → its number here
    content: NDArray[np.bool_]  # per word: whether it carries meaning
    tokens: Ints  # words of all sentences, in order
    token_ends: NDArray[np.int64]  # where each sentence's words end
    posted: Ints
    posted_ends: NDArray[np.int64]
    runs: NDArray[np.uint32]
    run_of: Ints
    run_count: Ints  # runs in each sentence
    listed: Ints  # sentences that are lists
    named: dict[str, Ints]  # skill → sentences, rising
    top: NDArray[np.bool_]  # sentences that stand in their document's first view

    @classmethod
    def build(cls, documents: Sequence[RankDocument]) -> Sentences:
        """The arrays of a pool; about a millisecond a document."""
        return _build(documents)

    def lexical(self, like: lexical.Lexical | None = None) -> lexical.Lexical:
        """BM25 over the documents' words that carry meaning; `like` lends its words' rarity."""
        owner = np.repeat(self.document_of, np.diff(self.token_ends, prepend=0))
        kept = self.content[self.tokens]
        return lexical.of_pairs(self.numbers, self.tokens[kept], owner[kept], self._documents(), like)

    def copied(self, advert: Advert) -> Ints:
        """Sentences copied from an advert, rising, without the short ones between them."""
        wanted = np.array(sorted(advert.grams), dtype=np.uint32)
        first, last = np.searchsorted(self.runs, wanted), np.searchsorted(self.runs, wanted, side="right")
        hits = [self.run_of[start:end] for start, end in zip(first, last, strict=True) if end > start]
        count = np.bincount(np.concatenate(hits) if hits else np.zeros(0, np.int32), minlength=len(self.document_of))
        held = (self.run_count >= rank_coverage.LEAST_GRAMS) & (count >= rank_coverage.COPIED * self.run_count)
        return np.union1d(np.flatnonzero(held), self._copied_lists(advert)).astype(np.int32)

    def spread(self, advert: Advert, copied: Ints) -> Ints:
        """These and the short sentences beside them that hold the advert's words only, rising."""
        known = self._known(advert)
        marked = np.zeros(len(self.document_of), dtype=bool)
        marked[copied] = True
        edge = copied
        while len(edge):
            beside = np.concatenate([self._beside(edge, -1), self._beside(edge, 1)])
            beside = np.unique(beside[self._short[beside] & ~marked[beside]])
            edge = beside[[bool(known[self._words(int(place))].all()) for place in beside]] if len(beside) else beside
            marked[edge] = True
        return np.flatnonzero(marked).astype(np.int32)

    def per_document(self, copied: Ints) -> Ints:
        """How many of these sentences each document holds."""
        return np.bincount(self.document_of[copied], minlength=self._documents()).astype(np.int32)

    def pasted_share(self, copied: Ints) -> NDArray[np.float32]:
        """Share of each document's first view that copied sentences make up, by words."""
        size = np.diff(self.token_ends, prepend=0)
        total = np.bincount(self.document_of[self.top], size[self.top], minlength=self._documents())
        held = copied[self.top[copied]]
        pasted = np.bincount(self.document_of[held], size[held], minlength=self._documents())
        return (pasted / np.maximum(total, 1)).astype(np.float32)

    def coverage(self, asked: Asked, copied: Ints) -> NDArray[np.uint8]:
        """0 not found, 1 partly, 2 met, for every document."""
        level = np.zeros(self._documents(), dtype=np.uint8)
        for skills, value in ((asked.partly, 1), (asked.showing, 2)):
            for skill in skills:
                self._raise(level, self.named.get(skill, _NONE), copied, value)
        if asked.words:
            self._raise_by_words(level, asked, copied)
        return level

    def kept_counts(self, documents: Ints, copied: Ints, words: Sequence[int]) -> Ints:
        """How often each of these words stands in each of these documents outside copied sentences: (n, words)."""
        column = np.full(len(self.content), -1, dtype=np.int64)
        column[list(words)] = np.arange(len(words))
        out = np.zeros(len(self.document_of), dtype=bool)
        out[copied] = True
        counted = [np.zeros(0, dtype=np.int64)]
        for row, document in enumerate(documents):
            first, last = self._bounds[document], self._bounds[document + 1]
            sizes = np.diff(self.token_ends[first:last], prepend=self._token_start(first))
            held = column[self.tokens[self._token_start(first) : self._token_start(last)]]
            held = held[np.repeat(~out[first:last], sizes)]
            counted.append(held[held >= 0] + row * len(words))
        size = len(documents) * len(words)
        times = np.bincount(np.concatenate(counted), minlength=size).astype(np.int32)
        return times.reshape(len(documents), len(words))

    @cached_property
    def _bounds(self) -> NDArray[np.int64]:
        """Where each document's sentences start, and the end of the last's."""
        bounds: NDArray[np.int64] = np.searchsorted(self.document_of, np.arange(self._documents() + 1, dtype=np.int32))
        return bounds

    @cached_property
    def _short(self) -> NDArray[np.bool_]:
        """Sentences too short to tell where they are from."""
        short: NDArray[np.bool_] = np.diff(self.token_ends, prepend=0) < rank_coverage.LEAST_GRAMS + GRAM - 1
        return short

    def _token_start(self, sentence: int) -> int:
        return int(self.token_ends[sentence - 1]) if sentence else 0

    def _beside(self, sentences: Ints, step: int) -> Ints:
        """The sentences before or after these, in the same documents."""
        there = (sentences + step >= 0) & (sentences + step < len(self.document_of))
        beside = sentences[there] + np.int32(step)
        same: NDArray[np.bool_] = self.document_of[beside] == self.document_of[sentences[there]]
        found: Ints = beside[same]
        return found

    def _known(self, advert: Advert) -> NDArray[np.bool_]:
        """Per word: whether it stands in the advert and carries meaning."""
        known = np.zeros(len(self.content), dtype=bool)
        known[[self.numbers[word] for word in advert.known if word in self.numbers]] = True
        return known

    def _documents(self) -> int:
        return int(self.document_of[-1]) + 1 if len(self.document_of) else 0

    def _words(self, sentence: int) -> Ints:
        words: Ints = self.tokens[self._token_start(sentence) : self.token_ends[sentence]]
        return words

    def _raise(self, level: NDArray[np.uint8], found: Ints, copied: Ints, value: int) -> None:
        kept = found[~np.isin(found, copied)] if len(copied) and len(found) else found
        documents = self.document_of[kept]
        level[documents] = np.maximum(level[documents], value)

    def _raise_by_words(self, level: NDArray[np.uint8], asked: Asked, copied: Ints) -> None:
        count = self._count(asked.words)
        for value, needed in ((1, asked.needed()), (2, len(asked.words))):
            self._raise(level, np.flatnonzero(count >= needed).astype(np.int32), copied, value)

    def _copied_lists(self, advert: Advert) -> Ints:
        shared = self._count(
            word for word in advert.known if word in self.numbers and self.content[self.numbers[word]]
        )[self.listed]
        held = self._distinct[self.listed]
        copied = (held >= rank_coverage.LEAST_LISTED) & (shared >= rank_coverage.LISTED * held)
        return self.listed[copied]

    @cached_property
    def _distinct(self) -> Ints:
        """How many different words that carry meaning each sentence holds."""
        word_of = np.repeat(np.arange(len(self.content)), np.diff(self.posted_ends, prepend=0))
        return np.bincount(self.posted[self.content[word_of]], minlength=len(self.document_of)).astype(np.int32)

    def _count(self, words: Iterable[str]) -> NDArray[np.int64]:
        """How many of these different words each sentence holds."""
        places = [self.numbers[word] for word in words if word in self.numbers]
        parts = [self.posted[self.posted_ends[place - 1] if place else 0 : self.posted_ends[place]] for place in places]
        return np.bincount(np.concatenate([_NONE, *parts]), minlength=len(self.document_of))


_NONE = np.zeros(0, dtype=np.int32)


def _build(documents: Sequence[RankDocument]) -> Sentences:
    numbers: dict[str, int] = {}
    raw: dict[str, int] = {}
    tokens: list[int] = []
    ends: list[int] = []
    owners: list[int] = []
    listed: list[int] = []
    top: list[bool] = []
    named: dict[str, list[int]] = {}
    for place, document in enumerate(documents):
        first, characters = len(owners), 0
        for line in document.text.split("\n"):
            held = WORD.findall(line)
            for word in held:
                if word not in raw:
                    raw[word] = numbers.setdefault(stem(fold(word)), len(numbers))
            tokens += [raw[word] for word in held]
            if in_list(line):
                listed.append(len(owners))
            top.append(characters < _TOP_CHARACTERS)
            characters += len(line) + 1
            owners.append(place)
            ends.append(len(tokens))
        for skill, places in zip(document.skills, document.shown, strict=True):
            named.setdefault(skill, []).extend(first + line for line in places)
    return _arrays(numbers, np.array(tokens, dtype=np.int32), ends, owners, top, listed, named)


def _arrays(
    numbers: dict[str, int],
    tokens: Ints,
    ends: list[int],
    owners: list[int],
    top: list[bool],
    listed: list[int],
    named: dict[str, list[int]],
) -> Sentences:
    token_ends = np.array(ends, dtype=np.int64)
    size = np.diff(token_ends, prepend=0)
    sentence_of = np.repeat(np.arange(len(ends), dtype=np.int32), size)
    posted, posted_ends = _postings(tokens, sentence_of, len(numbers))
    runs, run_of = _runs(list(numbers), tokens, sentence_of)
    return Sentences(
        document_of=np.array(owners, dtype=np.int32),
        numbers=numbers,
        content=np.array([len(word) > 1 and word not in STOPPED for word in numbers], dtype=bool),
        tokens=tokens,
        token_ends=token_ends,
        posted=posted,
        posted_ends=posted_ends,
        runs=runs,
        run_of=run_of,
        run_count=np.bincount(run_of, minlength=len(ends)).astype(np.int32),
        listed=np.array(listed, dtype=np.int32),
        named={skill: np.array(places, dtype=np.int32) for skill, places in named.items()},
        top=np.array(top, dtype=bool),
    )


def _postings(tokens: Ints, sentence_of: Ints, words: int) -> tuple[Ints, NDArray[np.int64]]:
    """Sentences by word, each once and rising, and where each word's end."""
    pairs = np.sort(tokens.astype(np.int64) << 32 | sentence_of)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return (pairs & 0xFFFFFFFF).astype(np.int32), np.cumsum(np.bincount(pairs >> 32, minlength=words))


def _runs(words: list[str], tokens: Ints, sentence_of: Ints) -> tuple[NDArray[np.uint32], Ints]:
    """Hashes of all runs of GRAM words within one sentence, rising, and their sentences."""
    numbers = np.fromiter(map(number, words), dtype=np.uint64, count=len(words))[tokens]
    runs = grams_of(numbers)
    whole = sentence_of[: len(runs)] == sentence_of[GRAM - 1 :][: len(runs)]
    runs, owners = runs[whole], sentence_of[: len(runs)][whole]
    order = np.argsort(runs, kind="stable")
    return runs[order], owners[order]
