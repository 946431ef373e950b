"""All sentences of a pool as arrays: which words and skills each holds. numpy and scipy.sparse.

Sentences are numbered through the pool; `level` of rank_coverage says the same of one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_platform.services import lexical, rank_copied, rank_coverage
from interview_platform.services.rank_coverage import Asked
from interview_platform.services.rank_document import RankDocument
from interview_platform.services.rank_heard import heard, to_reader
from interview_platform.services.rank_pasted import marks_of
from interview_platform.services.rank_tokens import Numbers, postings, runs_of
from interview_platform.services.rank_words import in_list
from interview_platform.services.text import WORD

Ints = NDArray[np.int32]
_TOP_CHARACTERS = 2_000
_AT_ONCE = 4_096  # documents worked on together: what is held in between stays small


@dataclass(frozen=True)
class Sentences:
    """The arrays. `posted` lists sentences by word, `runs` hashes of runs of words in rising order with `run_at`."""

    document_of: Ints  # document of each sentence, rising
    numbers: dict[str, int]  # word → its number here
    content: NDArray[np.bool_]  # per word: whether it carries meaning
    tokens: Ints  # words of all sentences, in order
    token_ends: NDArray[np.int64]  # where each sentence's words end
    posted: Ints
    posted_ends: NDArray[np.int64]
    runs: NDArray[np.uint32]
    run_at: Ints  # the place in `tokens` where each begins
    listed: Ints  # sentences that are lists
    named: dict[str, Ints]  # skill → sentences, rising
    top: NDArray[np.bool_]  # sentences that stand in their document's first view
    marks: NDArray[np.uint32]  # of the short sentences, rising
    mark_of: Ints
    muted: NDArray[np.bool_]  # sentences that count for nothing, but may be copied
    quiet: NDArray[np.bool_]  # those, and sentences that tell of no work: their words are not compared

    @classmethod
    def build(cls, documents: Sequence[RankDocument]) -> Sentences:
        """The arrays of a pool; about a millisecond a document."""
        made = _build(documents)
        _ = made.lists, made._top_words, made.short  # what every job needs, so that the first waits no longer
        return made

    def lexical(self, like: lexical.Lexical | None = None) -> lexical.Lexical:
        """BM25 over the documents' words that carry meaning; `like` lends its words' rarity."""
        return lexical.of_pairs(self.numbers, self._pairs(), like)

    def _pairs(self) -> Iterator[tuple[Ints, Ints, int]]:
        """Words that carry meaning with their documents (counted from the part's first), some documents at a time."""
        for first in range(0, self._documents(), _AT_ONCE):
            last = min(first + _AT_ONCE, self._documents())
            start, end = int(self._bounds[first]), int(self._bounds[last])
            tokens = self.tokens[self._token_start(start) : self._token_start(end)]
            size = np.diff(self.token_ends[start:end], prepend=self._token_start(start))
            kept = self.content[tokens] & ~np.repeat(self.quiet[start:end], size)
            yield tokens[kept], np.repeat(self.document_of[start:end] - np.int32(first), size)[kept], last - first

    def lines_of(self, copied: Ints) -> dict[int, list[int]]:
        """These sentences as lines of their documents: document → lines, from 0."""
        made: dict[int, list[int]] = {}
        for sentence, document in zip(copied.tolist(), self.document_of[copied].tolist(), strict=True):
            made.setdefault(document, []).append(sentence - int(self._bounds[document]))
        return made

    def per_document(self, copied: Ints) -> Ints:
        """How many of these sentences each document holds."""
        return np.bincount(self.document_of[copied], minlength=self._documents()).astype(np.int32)

    def pasted_share(self, copied: Ints) -> NDArray[np.float32]:
        """Share of each document's first view that copied sentences make up, by words."""
        held = copied[self.top[copied]]
        before = np.where(held > 0, self.token_ends[held - 1], 0)
        pasted = np.bincount(self.document_of[held], self.token_ends[held] - before, minlength=self._documents())
        return (pasted / self._top_words).astype(np.float32)

    def mask(self, sentences: Ints) -> NDArray[np.bool_]:
        """Of every sentence of the pool, whether it is one of these."""
        made = np.zeros(len(self.document_of), dtype=bool)
        made[sentences] = True
        return made

    def coverage(self, asked: Asked, out: NDArray[np.bool_]) -> NDArray[np.uint8]:
        """0 not found, 1 partly, 2 met, for every document; `out` masks sentences that do not count."""
        level = np.zeros(self._documents(), dtype=np.uint8)
        for skills, value in ((asked.partly, 1), (asked.showing, 2)):
            for skill in skills:
                self._raise(level, self.named.get(skill, _NONE), out, value)
        if asked.words:
            self._raise_by_words(level, asked, out)
        return level

    def kept_counts(self, documents: Ints, copied: Ints, words: Sequence[int]) -> Ints:
        """How often each of these words stands in each of these documents outside copied sentences: (n, words)."""
        column = np.full(len(self.content), -1, dtype=np.int64)
        column[list(words)] = np.arange(len(words))
        out = self.mask(copied) | self.quiet
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
    def document_ends(self) -> NDArray[np.int64]:
        """Where each document's words end."""
        return np.concatenate([np.zeros(1, dtype=np.int64), self.token_ends])[self._bounds[1:]]

    @cached_property
    def short(self) -> NDArray[np.bool_]:
        """Sentences too short to tell where they are from."""
        short: NDArray[np.bool_] = np.diff(self.token_ends, prepend=0) < rank_coverage.SHORT
        return short

    def _token_start(self, sentence: int) -> int:
        return int(self.token_ends[sentence - 1]) if sentence else 0

    def _documents(self) -> int:
        return int(self.document_of[-1]) + 1 if len(self.document_of) else 0

    def words(self, sentence: int) -> Ints:
        words: Ints = self.tokens[self._token_start(sentence) : self.token_ends[sentence]]
        return words

    def _raise(self, level: NDArray[np.uint8], found: Ints, out: NDArray[np.bool_], value: int) -> None:
        documents = self.document_of[found[~out[found]]]
        level[documents] = np.maximum(level[documents], value)

    def _raise_by_words(self, level: NDArray[np.uint8], asked: Asked, out: NDArray[np.bool_]) -> None:
        count = np.zeros(len(self.document_of), dtype=np.uint8)
        for word in asked.words[:255]:
            place = self.numbers.get(word)
            if place is not None:
                count[self.posted[self.posted_ends[place - 1] if place else 0 : self.posted_ends[place]]] += 1
        for value, needed in ((1, asked.needed()), (2, len(asked.words))):
            self._raise(level, np.flatnonzero(count >= needed).astype(np.int32), out, value)

    @cached_property
    def is_list(self) -> NDArray[np.bool_]:
        """Sentences that are lists."""
        return self.mask(self.listed)

    @cached_property
    def lists(self) -> tuple[Ints, NDArray[np.int64], Ints]:
        """`posted` and `posted_ends` of lists only, and how many different words that carry meaning each list holds."""
        place = np.zeros(len(self.document_of), dtype=np.int32)
        place[self.listed] = np.arange(len(self.listed), dtype=np.int32)
        inside = self.is_list[self.posted]
        posted = place[self.posted[inside]]
        ends = np.cumsum(inside, dtype=np.int32)[self.posted_ends - 1].astype(np.int64)
        carries = np.repeat(self.content, np.diff(ends, prepend=0))
        return posted, ends, np.bincount(posted[carries], minlength=len(self.listed)).astype(np.int32)

    @cached_property
    def _top_words(self) -> NDArray[np.float64]:
        """Words in each document's first view, 1 at least."""
        size = np.diff(self.token_ends, prepend=0)
        total = np.bincount(self.document_of[self.top], size[self.top], minlength=self._documents())
        return np.maximum(total, 1)


_NONE = np.zeros(0, dtype=np.int32)


def _build(documents: Sequence[RankDocument]) -> Sentences:
    numbers = Numbers()
    tokens, owners, listed, ends = array("i"), array("i"), array("i"), array("q")
    top, muted, quiet = bytearray(), bytearray(), bytearray()
    named: dict[str, array[int]] = {}
    for place, document in enumerate(documents):
        first, characters, silent = len(owners), 0, set(document.muted)
        wordless = silent | set(document.quiet)
        for at, line in enumerate(document.text.split("\n")):
            tokens.extend(map(numbers.__getitem__, WORD.findall(line)))
            lists = in_list(line)
            if lists:
                listed.append(len(owners))
            muted.append(at in silent)
            quiet.append(at in wordless)
            # the others are in no view
            viewed = not lists and line.count(" ") > 3 and _is_viewed(line) and not quiet[-1]
            top.append(viewed and characters < _TOP_CHARACTERS)
            characters += (len(line) + 1) * viewed
            owners.append(place)
            ends.append(len(tokens))
        for skill, places in zip(document.skills, document.shown, strict=True):
            named.setdefault(skill, array("i")).extend(first + line for line in places)
    return _arrays(
        numbers.folded,
        np.asarray(tokens),
        np.asarray(ends),
        document_of=np.asarray(owners),
        listed=np.asarray(listed),
        top=np.asarray(top).view(bool),
        muted=np.asarray(muted).view(bool),
        quiet=np.asarray(quiet).view(bool),
        named={skill: np.asarray(places) for skill, places in named.items()},
    )


def _is_viewed(line: str) -> bool:
    """Whether something of it is left when what is said to its reader is not."""
    return not to_reader(line) or bool(heard(line))


def _arrays(numbers: dict[str, int], tokens: Ints, ends: NDArray[np.int64], **held: Any) -> Sentences:
    posted, posted_ends = postings(tokens, ends, len(numbers))
    documents = ends[np.flatnonzero(np.diff(held["document_of"], append=-1))]
    runs, run_at = runs_of(list(numbers), tokens, documents)
    marks, mark_of = marks_of(list(numbers), tokens, ends)
    return Sentences(
        numbers=numbers,
        content=rank_copied.carries(list(numbers)),
        tokens=tokens,
        token_ends=ends,
        posted=posted,
        posted_ends=posted_ends,
        runs=runs,
        run_at=run_at,
        marks=marks,
        mark_of=mark_of,
        **held,
    )
