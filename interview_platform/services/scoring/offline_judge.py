"""The judge that needs no LLM: sentence similarity and plain signs decide which points an answer shows.

Deterministic: the same answer always gets the same verdicts. It reads words, not truth: a wrong claim made in the
right words is not caught, which is why every verdict carries the sentence for a person to read.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from interview_platform.ports import PointVerdict, Verdict
from interview_platform.services.scoring import structure
from interview_platform.services.scoring.sentences import Sentence, bare, carrying, content, pairs, parts
from interview_platform.services.scoring.wanted import Wanted, wanted_by

MET, PARTLY = 0.44, 0.34
"""Support from which a point counts as met, and as partly shown."""
OFF_TOPIC, ON_TOPIC = 0.08, 0.25
"""Likeness of the nearest sentence to question and points together: below the first, the form of what is said counts
for nothing; from the second on it counts in full."""
_FOR_WORDS = 0.25  # worth of naming all of the point's own words that the question does not hold
_FOR_SIGNS = 0.45  # support that an on-topic sentence with all the signs of the point's aspects has by itself
_FORM_NEEDS = 0.3  # how far an answer must speak to the question before its structure is read
_MOST_KNOWN = 20_000
_PAIR_MUST_ADD = 0.05  # two sentences are quoted together only if that shows clearly more than one


@dataclass(frozen=True)
class Heard:
    """An answer ready to be compared: its sentences with their vectors, and how far it speaks to the question."""

    sentences: list[Sentence]
    singles: int  # the first ones are single sentences, the others pairs
    vectors: NDArray[np.float64]
    on_topic: float  # 0..1
    roles: list[frozenset[str]]  # what each tells by its place in an account


class OfflineJudge:
    """AnswerJudge over any LangChain Embeddings."""

    name = "offline"
    label = "Offline judge"

    def __init__(self, embeddings: Embeddings, quick: bool = False) -> None:
        """`quick`: somebody waits. The vector of two sentences together is the middle of theirs, and answers go through
        `embed_few` where the embeddings have it (adapters/sentence_embedder.py)."""
        self._embeddings = embeddings
        self._quick = quick
        self._soon = getattr(embeddings, "embed_few", embeddings.embed_documents)
        self._known: dict[str, NDArray[np.float64]] = {}  # vectors of questions and points: they come again

    def judge(self, question: str, points: Sequence[str], answer: str) -> list[PointVerdict]:
        """One verdict per point, in order; quotes are sentences of the answer."""
        heard = self.hear(question, points, answer)
        if heard is None:
            return [PointVerdict(point, "not_shown") for point in points]
        return [self._verdict(question, point, heard) for point in points]

    def support(self, question: str, point: str, answer: str) -> float:
        """How strongly an answer shows a point, about 0..1 (for measuring the judge; reports use verdicts)."""
        heard = self.hear(question, [point], answer)
        return max(self._supports(question, point, heard), default=0.0) if heard else 0.0

    def hear(self, question: str, points: Sequence[str], answer: str) -> Heard | None:
        """The answer's sentences that carry something, with their vectors; None when none does."""
        own = [point for point in points if point not in structure.POINTS]
        singles = carrying(answer, question, own)
        if not singles:
            return None
        sentences = [*singles, *pairs(singles, answer)]
        asked = self.rubric([question, *own])
        said = self._said(singles, sentences)
        return Heard(sentences, len(singles), said, _on_topic(said, asked), _roles(singles, sentences))

    def _said(self, singles: list[Sentence], sentences: list[Sentence]) -> NDArray[np.float64]:
        if not self._quick:
            return self._vectors([s.text for s in sentences])
        alone = _unit(np.asarray(self._soon([s.text for s in singles]), dtype=np.float64))
        places = {s.start: place for place, s in enumerate(singles)}
        both = [alone[places[s.start]] + alone[places[s.start] + 1] for s in sentences[len(singles) :]]
        return np.vstack([alone, _unit(np.stack(both))]) if both else alone

    def rubric(self, texts: list[str]) -> NDArray[np.float64]:
        """Unit vectors of questions and points, shape (texts, width); remembered, as they come again."""
        if len(self._known) > _MOST_KNOWN:
            self._known = {}
        known = self._known
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known |= dict(zip(new, self._vectors(new), strict=True)) if new else {}
        return np.stack([known[text] for text in texts])

    def _vectors(self, texts: list[str]) -> NDArray[np.float64]:
        return _unit(np.asarray(self._embeddings.embed_documents(texts), dtype=np.float64))

    def _verdict(self, question: str, point: str, heard: Heard) -> PointVerdict:
        if point in structure.POINTS:
            return _by_form(point, heard)
        supports = self._supports(question, point, heard)
        best = _best(supports, heard.singles)
        found = _grade(supports[best], heard.sentences[best])
        if found == "not_shown":
            return PointVerdict(point, found, (), _confidence(supports[best]))
        return PointVerdict(point, found, (heard.sentences[best].text,), _confidence(supports[best]))

    def _supports(self, question: str, point: str, heard: Heard) -> list[float]:
        """Support of each sentence: likeness to the point, its own words named, and the signs of what it asks for."""
        wordings = self.rubric([point, bare(point)])
        likeness = (heard.vectors @ wordings.T).mean(axis=1)
        own = content(bare(parts(point)[0])) - content(question)
        wanted = wanted_by(point)
        return [
            round(
                max(
                    float(like) + (_FOR_WORDS * len(own & content(s.text)) / len(own) if own else 0.0),
                    _FOR_SIGNS * heard.on_topic * _signs(wanted, s.text, roles) + max(0.0, float(like)) / 4,
                ),
                3,
            )
            for like, s, roles in zip(likeness, heard.sentences, heard.roles, strict=True)
        ]


def _unit(made: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(made, axis=1, keepdims=True)
    return np.asarray(made / np.where(lengths == 0, 1.0, lengths), dtype=np.float64)


def _on_topic(said: NDArray[np.float64], asked: NDArray[np.float64]) -> float:
    middle = asked.mean(axis=0)
    length = float(np.linalg.norm(middle))
    nearest = float((said @ middle).max()) / length if length else 0.0
    return min(1.0, max(0.0, (nearest - OFF_TOPIC) / (ON_TOPIC - OFF_TOPIC)))


def _roles(singles: Sequence[Sentence], sentences: Sequence[Sentence]) -> list[frozenset[str]]:
    """What each sentence tells by its place; two together tell what either does."""
    told = structure.roles([s.text for s in singles])
    found = list(told)
    for s in sentences[len(singles) :]:
        inside = [roles for one, roles in zip(singles, told, strict=True) if s.start <= one.start < s.end]
        found.append(frozenset().union(*inside))
    return found


def _signs(wanted: Wanted, sentence: str, roles: frozenset[str]) -> float:
    """Share of the signs shown; a bare remark of a few words says too little for them to count in full."""
    shown = wanted.share_shown(sentence, roles)
    return shown if len(content(sentence)) >= 4 else shown * 0.7


def _by_form(point: str, heard: Heard) -> PointVerdict:
    if heard.on_topic < _FORM_NEEDS:
        return PointVerdict(point, "not_shown")
    told = zip(heard.sentences[: heard.singles], heard.roles, strict=False)
    shown = [s for s, roles in told if point in roles]
    if not shown:
        return PointVerdict(point, "not_shown", (), 0.7)
    return PointVerdict(point, "partly" if shown[0].hedged else "met", (shown[0].text,), 0.7)


def _best(supports: Sequence[float], singles: int) -> int:
    single = max(range(singles), key=lambda i: (supports[i], -i))
    pair = max(range(singles, len(supports)), key=lambda i: (supports[i], -i), default=single)
    return pair if supports[pair] > supports[single] + _PAIR_MUST_ADD else single


def _grade(support: float, sentence: Sentence) -> Verdict:
    """A hedged sentence ("I guess", "maybe") shows a point in part at most."""
    if support >= MET and not sentence.hedged:
        return "met"
    return "partly" if support >= PARTLY else "not_shown"


def _confidence(support: float) -> float:
    """0.3 at a threshold, rising to 1 away from it."""
    distance = min(abs(support - MET), abs(support - PARTLY))
    return round(0.3 + 0.7 * (1 - math.exp(-12 * distance)), 3)
