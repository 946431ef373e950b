"""Whether a résumé shows what a job asks for, by sentence, and which sentences were copied from the advert. Pure.

Met: the skill by name or synonym, a narrower skill that shows it, or all words of the phrase in one sentence. Partly: a
related skill, or most words of the phrase in one sentence. What only means something similar is never "met".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from interview_platform.services import rank_copied
from interview_platform.services import skills as vocabulary
from interview_platform.services.rank_blind import blind
from interview_platform.services.rank_document import RankDocument
from interview_platform.services.rank_parts import STATUS, RequirementFit, Wish
from interview_platform.services.rank_pasted import Order, mark
from interview_platform.services.rank_reworded import Follow
from interview_platform.services.rank_tricks import Note
from interview_platform.services.rank_words import STOPPED, content_stems, in_list, stem, stems
from interview_platform.services.resume_sections import heading
from interview_platform.services.text import fold

MOST = 0.6
"""Share of a phrase's words in one sentence that counts as partly."""
SHORT = 13
"""Words from which a sentence is told by itself and not by what stands beside it."""
REWORDED = 4
"""Of so many words that carry meaning one may be another than the advert's, beside copied sentences."""
LISTED = 0.8
"""Share of a list's words that stand in the advert, from which the list counts as copied."""
LEAST_LISTED = 8
_FILLER = frozenset(
    stem(fold(word))
    for word in """
    experience experienced knowledge skill skills ability proficiency proficient strong excellent good great solid deep
    understanding working year years familiarity familiar expertise proven demonstrated background minimum least plus
    preferred required desired hands advanced basic related relevant field similar equivalent new
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Line:
    """A sentence made ready to be asked about many jobs."""

    text: str
    skills: frozenset[str]
    stems: frozenset[str]
    size: int  # words
    words: tuple[str, ...]  # as they are compared, in order
    listed: frozenset[str] | None  # of a list: its words that carry meaning
    mark: int = 0  # of a short line
    muted: bool = False  # shows nothing, but may be copied

    @classmethod
    def of(cls, text: str, skills: Iterable[str] | None = None, *, muted: bool = False) -> Line:
        """A blind sentence; `skills` are those it names, where that is known."""
        held = stems(text)
        named = (mention.skill for mention in vocabulary.mentions(text)) if skills is None else skills
        listed = frozenset(content_stems(text)) if in_list(text) else None
        return cls(text, frozenset(named), frozenset(held), len(held), tuple(held), listed, mark(held), muted)


@dataclass(frozen=True)
class Asked:
    """One requirement: skills of the vocabulary that show it, those that show it partly, and its words."""

    skill: str
    showing: frozenset[str]
    partly: frozenset[str]
    words: tuple[str, ...]  # empty where naming the skills is all there is to it

    @classmethod
    @lru_cache(maxsize=4_096)
    def of(cls, skill: str) -> Asked:
        """A requirement as ranking reads it, from its name or phrase."""
        held = vocabulary.vocabulary()
        known = held.phrases.get(vocabulary.phrase(skill))
        if known is not None:
            related = getattr(held, "related", {}).get(known, ())
            return cls(skill, frozenset((known, *held.implied.get(known, ()))), frozenset(related), ())
        named = vocabulary.mentions(skill)
        bare = "".join(part for part in _without(skill, [(mention.start, mention.end) for mention in named]))
        words = tuple(dict.fromkeys(word for word in content_stems(skill) if word not in _FILLER))
        rest = [word for word in content_stems(bare) if word not in _FILLER]
        skills = frozenset(
            shown for mention in named for shown in (mention.skill, *held.implied.get(mention.skill, ()))
        )
        if named and not rest and len({mention.skill for mention in named}) == 1:
            return cls(skill, skills, frozenset(), ())
        return cls(skill, frozenset(), skills, words or tuple(content_stems(skill)))

    def needed(self) -> int:
        """Words of the phrase that one sentence must hold to show it partly."""
        return max(min(2, len(self.words)), int(np.ceil(MOST * len(self.words))))


@dataclass(frozen=True)
class Advert:
    """A job's advert as copied sentences are compared with it."""

    grams: Mapping[int, int]  # its runs of words and their places
    words: tuple[str, ...]  # words that carry meaning, in order; the title's thrice
    known: frozenset[str]
    order: Order  # its lines
    follow: Follow  # its words

    @classmethod
    @lru_cache(maxsize=64)
    def of(cls, wish: Wish) -> Advert:
        """The advert of a job."""
        seen = blind(wish.text).text
        held = content_stems(seen)
        compared = stems(seen)
        return cls(
            grams=rank_copied.places_of(compared),
            words=(*held, *content_stems(wish.title) * 2),
            known=frozenset((*compared, *stems(wish.text))),
            order=Order.of(seen),
            follow=Follow.of(compared),
        )

    def copied(self, lines: Sequence[Line]) -> list[bool]:
        """Which sentences of a résumé were copied from the advert, with the short ones between them."""
        made = [self._list(line) for line in lines]
        words = [line.words for line in lines]
        for place in (*rank_copied.copied(words, self.grams), *self.follow.copied(words), *self._in_order(lines)):
            made[place] = True
        return spread(self, lines, made) if any(made) else made

    def _list(self, line: Line) -> bool:
        """Whether a list was copied."""
        held = line.listed or frozenset()
        return len(held) >= LEAST_LISTED and len(held & self.known) >= LISTED * len(held)

    def _in_order(self, lines: Sequence[Line]) -> list[int]:
        """Short lines that follow each other as they do in the advert; a résumé's own headings stand in no way."""
        held = [place for place, line in enumerate(lines) if not (line.mark and heading(line.text))]
        marks = np.array([lines[place].mark for place in held], dtype=np.uint32)
        found = self.order.stretches(np.arange(len(held), dtype=np.int32), marks, np.zeros(len(held), dtype=np.int32))
        return [held[at] for at in found.tolist()]

    def short(self, line: Line) -> bool:
        """Whether a sentence too short to tell holds the advert's words, but for a few where it is longer."""
        carry = [word for word in line.stems if word not in STOPPED and len(word) > 1]
        return line.size < SHORT and REWORDED * sum(word not in self.known for word in carry) <= len(carry)


def spread(advert: Advert, lines: Sequence[Line], copied: Sequence[bool]) -> list[bool]:
    """Short sentences beside copied ones counted as copied too."""
    made = list(copied)
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        for place in order:
            if not made[place] and made[place - order.step] and advert.short(lines[place]):
                made[place] = True
    return made


def level(asked: Asked, line: Line) -> int:
    """0 not found, 1 partly, 2 met: what one sentence shows of a requirement."""
    if asked.showing & line.skills:
        return 2
    if asked.words:
        count = sum(word in line.stems for word in asked.words)
        if count == len(asked.words):
            return 2
        if count >= asked.needed():
            return 1
    return 1 if asked.partly & line.skills else 0


def best(asked: Asked, lines: Sequence[Line], copied: Sequence[bool]) -> tuple[int, int]:
    """The most that a sentence which was not copied shows of a requirement, and the first that does."""
    reached, at = 0, -1
    for place, line in enumerate(lines):
        if not (copied[place] or line.muted) and (found := level(asked, line)) > reached:
            reached, at = found, place
            if reached == 2:
                break
    return reached, at


def lines_of(document: RankDocument) -> list[Line]:
    """A document's sentences made ready."""
    texts = document.text.split("\n") if document.text else []
    named: list[list[str]] = [[] for _ in texts]
    for skill, places in zip(document.skills, document.shown, strict=True):
        for place in places:
            named[place].append(skill)
    muted = set(document.muted)
    return [
        Line.of(text, held, muted=place in muted) for place, (text, held) in enumerate(zip(texts, named, strict=True))
    ]


def of_document(document: RankDocument, wish: Wish) -> tuple[tuple[RequirementFit, ...], tuple[Note, ...]]:
    """Requirements of a job in a document's own (blind) sentences, and notes of what was copied from the advert."""
    lines, advert = lines_of(document), Advert.of(wish)
    copied = advert.copied(lines)
    made = []
    for skill, required in wish.skills:
        reached, at = best(Asked.of(skill), lines, copied)
        made.append(RequirementFit(skill, required, STATUS[reached], lines[at].text if reached else ""))
    return tuple(made), copied_note([line.text for line, of in zip(lines, copied, strict=True) if of])


def copied_note(lines: Sequence[str]) -> tuple[Note, ...]:
    """The note for sentences copied from the advert, if there are any."""
    return ({"kind": "pasted_advert", "detail": " ".join(lines)[:160], "count": len(lines)},) if lines else ()


def _without(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    parts, place = [], 0
    for start, end in spans:
        parts += [text[place:start], " "]
        place = end
    return [*parts, text[place:]]
