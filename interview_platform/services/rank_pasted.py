"""An advert's own short lines in a résumé, and what a résumé calls itself without them. numpy, pure.

A line of a few words ("Python") is anybody's. Several of them on end, in the advert's order, are the advert's: four,
three where one names no skill ("You know"), two where one is a heading of adverts alone ("Requirements").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from interview_platform.services import skills as vocabulary
from interview_platform.services.job_lines import is_heading
from interview_platform.services.rank_document import RankDocument, parted
from interview_platform.services.rank_words import number, stems
from interview_platform.services.resume_experience import has_title_word
from interview_platform.services.resume_sections import heading
from interview_platform.services.text import sentences

Ints = NDArray[np.int32]
LEAST_LINES = 4
"""Short lines in the advert's order from which they count as copied."""
_FOR_HEADING, _FOR_PHRASE = 2, 1  # lines that such a one stands for besides itself
_MOST_WORDS = 5  # longer lines have runs of words enough to be told by themselves
_MASK = 0xFFFFFFFF


@dataclass(frozen=True)
class Order:
    """The lines of an advert in order, as `mark` gives them, and how many more each stands for."""

    marks: tuple[int, ...] = ()
    more: tuple[int, ...] = ()

    @classmethod
    def of(cls, seen: str) -> Order:
        """The order of a blind advert's lines; headings that résumés have too are left out, as they are there."""
        held = [line.text for sentence in sentences(seen) for line in parted(seen, sentence)]
        held = [line for line in held if not heading(line)]
        return cls(tuple(mark(stems(line)) for line in held), tuple(map(_more, held)))

    def stretches(self, places: Ints, marks: NDArray[np.uint32], owners: Ints) -> Ints:
        """Which of these short lines (their places, `mark`s and documents) stand in this order, rising."""
        pairs = [(places[marks == each], at) for at, each in enumerate(self.marks) if each]
        place = np.concatenate([places[:0], *(found for found, _ in pairs)])
        at = np.repeat(np.array([at for _, at in pairs], dtype=np.int64), [len(found) for found, _ in pairs])
        owner = owners[np.searchsorted(places, place)]
        order = np.lexsort((place, place - at))
        place, at, owner = place[order], at[order], owner[order]
        new = np.ones(len(place), dtype=bool)
        new[1:] = (np.diff(place) != 1) | (np.diff(at) != 1) | (np.diff(owner) != 0)
        run = np.cumsum(new) - 1
        more = np.zeros(run[-1] + 1 if len(run) else 0, dtype=np.int64)
        np.maximum.at(more, run, np.array(self.more, dtype=np.int64)[at])
        size = np.bincount(run)
        held = (size > 1) & (size + more >= LEAST_LINES)
        found: Ints = np.unique(place[held[run]]).astype(np.int32)
        return found


def mark(words: Sequence[str]) -> int:
    """A short line's number, the same in every process; 0 for a line that is empty or not short."""
    return sum(map(number, words)) & _MASK if 0 < len(words) <= _MOST_WORDS else 0


def marks_of(words: Sequence[str], tokens: Ints, ends: NDArray[np.int64]) -> tuple[NDArray[np.uint32], Ints]:
    """Marks of all short lines of a pool, rising, and their sentences."""
    known = np.fromiter(map(number, words), dtype=np.uint64, count=len(words))
    sizes = np.diff(ends, prepend=0)
    marks, owners = [np.zeros(0, dtype=np.uint32)], [np.zeros(0, dtype=np.int32)]
    for size in range(1, _MOST_WORDS + 1):
        held = np.flatnonzero(sizes == size).astype(np.int32)
        total = np.zeros(len(held), dtype=np.uint64)
        for back in range(1, size + 1):
            total += known[tokens[ends[held] - back]]
        marks.append((total & np.uint64(_MASK)).astype(np.uint32))
        owners.append(held)
    made, of = np.concatenate(marks), np.concatenate(owners)
    order = np.argsort(made, kind="stable")
    return made[order], of[order]


_BEGINNING = 4
"""Words by which a copied line is known where a text is cut before its end."""


def own(document: RankDocument, copied: Sequence[int]) -> RankDocument:
    """A document without the headline and the titles that these of its lines, copied from an advert, gave it.

    The same object where they gave none. Views made of them are empty: what would stand there is not known here.
    """
    lines = document.text.split("\n")
    taken = set(copied)
    pasted = [_spaced(lines[place]) for place in sorted(taken)]
    rest = [_spaced(line) for place, line in enumerate(lines) if place not in taken]
    top, calls, _ = document.views
    gone = _among(document.headline, pasted) if document.headline else _holds(calls, pasted)
    roles = tuple(role for role in document.roles if not _among(role.title, pasted) or _among(role.title, rest))
    if not gone and roles == document.roles:
        return document
    views = (top, "", "") if gone else (top, calls, "")
    return replace(document, views=views, headline="" if gone else document.headline, roles=roles)


def _more(line: str) -> int:
    if is_heading(line):
        return _FOR_HEADING
    return 0 if vocabulary.mentions(line) or has_title_word(line) else _FOR_PHRASE


def _spaced(line: str) -> str:
    return f" {' '.join(stems(line))} "


def _holds(top: str, lines: Sequence[str]) -> bool:
    """Whether the first words of a text, cut anywhere, are such a line's, or hold the beginning of one."""
    first = top.rpartition(" ")[0]  # the last word may be half of one
    held, starts = _spaced(first), (line.split()[:_BEGINNING] for line in lines)
    return _among(first, lines) or any(start and f" {' '.join(start)} " in held for start in starts)


def _among(title: str, lines: Sequence[str]) -> bool:
    words = _spaced(title)
    return bool(words.strip()) and any(words in line for line in lines)
