"""The bank's competency nearest to one of a job's own, and whether its questions fit that job. Pure.

A bank's question may be asked outside its family only if it holds no word of that family's trade: a chef is not asked
about a patient. Words of a trade are those that few families use and the job itself does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from interview_platform.models import Competency, Job
from interview_platform.services.agent import bank, verbs
from interview_platform.services.rank_words import content_stems

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

FEW_FAMILIES = 4
"""A word that at most this many families use belongs to their trade."""
ALIKE = 0.34
"""Shared words, over all of the smaller side, from which two competencies are the same thing."""
USUAL = 0.08
"""Share of the banks' competencies from which a word ("working", "people") says nothing about one of them."""
CLOSE = 0.6
"""Cosine of two competencies' names and descriptions from which they are the same thing."""
FEWEST_POINTS = 3
_NAME_WEIGHT = 3


@dataclass(frozen=True)
class Found:
    """A question of a bank that fits, with those of its points that fit the job as well."""

    question: bank.BankQuestion
    points: tuple[bank.Point, ...]


def question(
    job: Job, competency: Competency, taken: Iterable[str] = (), embeddings: Embeddings | None = None
) -> Found | None:
    """The question of a like competency in the job's own family or the general one, then in any; none when none fits.

    `taken` are ids of bank questions the plan has already.
    """
    here = words_of(job, competency)
    used = set(taken)
    for family, entry in _ranked(job, competency, embeddings):
        for held in family.questions_on(entry.id, job.level):
            fitting = _fitting(family, held, here)
            if held.id not in used and fitting is not None:
                return fitting
    return None


def words_of(job: Job, competency: Competency | None = None) -> set[str]:
    """Words of all that the job says of itself."""
    texts = [job.title, job.description, *job.required_skills, *job.preferred_skills]
    if competency is not None:
        texts += [competency.name, competency.description]
    return _words(" ".join(texts))


def _ranked(
    job: Job, competency: Competency, embeddings: Embeddings | None
) -> Iterator[tuple[bank.Family, bank.BankCompetency]]:
    """Like competencies, the likest first; own family before the general one before the others when equally like."""
    own = bank.family(job.role_family)
    everything = [(family, entry) for family in bank.families() for entry in family.competencies]
    scores = [_alike(competency, entry) for _, entry in everything]
    if embeddings is not None:
        scores = [max(pair) for pair in zip(scores, _close(competency, everything, embeddings), strict=True)]
    order = sorted(
        range(len(everything)),
        key=lambda n: (-scores[n], everything[n][0] is not own, everything[n][0].id != bank.GENERAL),
    )
    yield from (everything[n] for n in order if scores[n] >= ALIKE)


def _alike(competency: Competency, entry: bank.BankCompetency) -> float:
    """Shared words of names and descriptions, 0..1; without a shared word in the names 0."""
    if not (_subjects(competency.name) & _subjects(entry.name)) - _usual():
        return 0.0
    one, two = _weighed(competency.name, competency.description), _weighed(entry.name, entry.description)
    shared = sum((one & two).values())
    return shared / max(1, min(one.total(), two.total()))


def _subjects(name: str) -> set[str]:
    """Stems of what a name is about: "customer", not the "dealing with" before it."""
    return set(content_stems(" ".join(word for word in name.split() if not verbs.base(word))))


def _weighed(name: str, description: str) -> Counter[str]:
    words = dict.fromkeys(content_stems(description), 1)
    return Counter({**words, **dict.fromkeys(content_stems(name), _NAME_WEIGHT)})


def _close(
    competency: Competency, everything: list[tuple[bank.Family, bank.BankCompetency]], embeddings: Embeddings
) -> list[float]:
    """By meaning: ALIKE from CLOSE on, below it 0, so that the two measures can be compared."""
    texts = tuple(f"{entry.name}. {entry.description}" for _, entry in everything)
    one = embeddings.embed_query(f"{competency.name}. {competency.description}")
    held = embeddings.embed_documents(list(texts))
    cosines = [sum(a * b for a, b in zip(one, other, strict=True)) for other in held]
    return [ALIKE + cosine - CLOSE if cosine >= CLOSE else 0.0 for cosine in cosines]


def _fitting(family: bank.Family, held: bank.BankQuestion, here: set[str]) -> Found | None:
    if family.id == bank.GENERAL:
        return Found(held, held.points)
    if _foreign(f"{held.text} {held.plain_text}", here):
        return None
    points = tuple(entry for entry in held.points if not _foreign(f"{entry.point} {entry.follow_up}", here))
    return Found(held, points) if len(points) >= FEWEST_POINTS else None


def _foreign(text: str, here: set[str]) -> set[str]:
    """Words of another trade."""
    return {word for word in _words(text) if word not in here and 0 < _use().get(word, 0) <= FEW_FAMILIES}


def _words(text: str) -> set[str]:
    """Words as such, but for a plural: stems would take a learner for somebody who has learned something."""
    return {word.removesuffix("s") for word in re.findall(r"[a-z]{3,}", text.casefold().replace("’", "'"))}


@lru_cache
def _usual() -> frozenset[str]:
    """Words of too many competencies to tell one from another."""
    every = [entry for family in bank.families() for entry in family.competencies]
    counts = Counter(word for one in every for word in set(content_stems(f"{one.name} {one.description}")))
    return frozenset(word for word, number in counts.items() if number > USUAL * len(every))


@lru_cache
def _use() -> dict[str, int]:
    """How many families use a word; those the general one uses belong to no trade."""
    counts: Counter[str] = Counter()
    common: set[str] = set()
    for family in bank.families():
        texts = [f"{one.text} {one.plain_text}" for one in family.questions]
        texts += [f"{point.point} {point.follow_up}" for one in family.questions for point in one.points]
        words = _words(" ".join(texts))
        counts.update(words)
        common |= words if family.id == bank.GENERAL else set()
    return {word: number for word, number in counts.items() if word not in common}
