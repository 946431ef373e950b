"""The judge that needs no LLM: sentence similarity and plain signs decide which points an answer shows.

Deterministic: the same answer always gets the same verdicts. It reads words, not truth: a wrong claim made in the
right words is not caught, which is why every verdict carries the sentence for a person to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from interview_platform.ports import PointVerdict, Verdict
from interview_platform.services import orders
from interview_platform.services.scoring import concrete, relevance, shown, stock, structure
from interview_platform.services.scoring.bars import Sure, bare_remark
from interview_platform.services.scoring.generalities import is_general
from interview_platform.services.scoring.grading import Grading
from interview_platform.services.scoring.late import Late
from interview_platform.services.scoring.sentences import (
    Sentence,
    bare,
    carrying,
    content,
    pairs,
    parts,
    reads_back,
    to_the_judge,
)
from interview_platform.services.scoring.wanted import Wanted, wanted_by

OFF_TOPIC, ON_TOPIC = 0.08, 0.25
"""Likeness of the nearest sentence to question and points together: below the first, the form of what is said counts
for nothing; from the second on it counts in full."""
_FOR_WORDS = 0.25  # worth of naming all of the point's own words that the question does not hold
_FOR_SIGNS = 0.45  # support that an on-topic sentence with all the signs of the point's aspects has by itself
_FORM_NEEDS = 0.3  # how far an answer must speak to the question before its structure is read
_FORM_CHANCES: dict[Verdict, float] = {"met": 0.9, "partly": 0.74, "not_shown": 0.15}
"""How often the points of form were shown, by people's marks, in 96 places (coverage.yaml and the personas)."""
_MOST_KNOWN = 20_000
_CHANCE = np.array([3.587, 1.133, 5.32, 3.94])
_CHANCE_BIAS = -1.304
"""Of a sentence showing a point: by its support, its late share, and how far either is above the next best point's.
Fitted on the labelled answers of benchmarks/coverage.yaml and of the personas; docs/judge.md has the figures."""
_PLAIN, _PLAIN_BIAS = np.array([3.687, 7.066]), -1.158  # where there are no vectors of word pieces
_MOST_AHEAD = 0.2
_OTHER_SUPPORT, _OTHER_SHARE = 0.3, 0.45  # what the next best point is taken to have where there is no other


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
        self._both = getattr(embeddings, "embed_with_tokens", None)
        self._late = Late(embeddings)
        self._grading = Grading(embeddings)
        self._known: dict[str, NDArray[np.float64]] = {}  # questions and points come again, sentences soon after

    def judge(self, question: str, points: Sequence[str], answer: str) -> list[PointVerdict]:
        """One verdict per point, in order; quotes are sentences of the answer."""
        own = [point for point in dict.fromkeys(points) if point not in structure.POINTS]
        singles = carrying(answer, question, own)
        if not singles:
            return [PointVerdict(point, "not_shown") for point in points]
        self._read([question, *own, *map(bare, own), *(s.text for s in singles)])
        heard = self._heard(question, own, singles, singles)
        if heard.on_topic < 1.0:  # two sentences together may be nearer
            heard = self._heard(question, own, singles, [*singles, *pairs(singles, answer)])
        found = self.measured(question, own, heard) if own else None
        speaking = relevance.speaks(found) if found else heard.on_topic
        made = dict(zip(own, _verdicts(own, heard, found, speaking), strict=True)) if found else {}
        return [made[point] if point in made else _by_form(point, heard, speaking) for point in points]

    def _read(self, texts: Sequence[str]) -> None:
        """Remember the texts' vectors and those of their word pieces, from one pass of the encoder."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if self._both is None or not new:
            return
        vectors, words = self._both(new)
        self._late.remember(dict(zip(new, words, strict=True)))
        self._remember(dict(zip(new, _unit(np.asarray(vectors, dtype=np.float64)), strict=True)))

    def grades(self, question: str, references: Sequence[str], answers: Sequence[str]) -> list[float]:
        """How right each answer is beside reference answers, 0..1, the nearest counts: graded answers, not interviews.

        An answer that carries nothing (blank, no words, the question read back, addressed to the judge) has 0.
        """
        said = [self._says_something(question, answer) for answer in answers]
        made = self._grading.grades(question, references, [a for a, s in zip(answers, said, strict=True) if s])
        if made is None:
            return [max(self.support(question, text, answer) for text in references) for answer in answers]
        graded = iter(made)
        return [next(graded) if s else 0.0 for s in said]

    @staticmethod
    def _says_something(question: str, answer: str) -> bool:
        """Short graded answers may be a word or two, so only what is no answer at all is left out."""
        return bool(content(answer)) and not to_the_judge(answer) and not reads_back(answer, question)

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
        return self._heard(question, own, singles, [*singles, *pairs(singles, answer)])

    def _heard(self, question: str, own: list[str], singles: list[Sentence], sentences: list[Sentence]) -> Heard:
        """`sentences` begins with `singles`."""
        asked = self.rubric([question, *own])
        said = self._said(singles, sentences)
        return Heard(sentences, len(singles), said, _on_topic(said, asked), _roles(singles, sentences))

    def _said(self, singles: list[Sentence], sentences: list[Sentence]) -> NDArray[np.float64]:
        if not self._quick:
            return self.rubric([s.text for s in sentences])
        alone = _unit(np.asarray(self._soon([s.text for s in singles]), dtype=np.float64))
        places = {s.start: place for place, s in enumerate(singles)}
        both = [alone[places[s.start]] + alone[places[s.start] + 1] for s in sentences[len(singles) :]]
        return np.vstack([alone, _unit(np.stack(both))]) if both else alone

    def rubric(self, texts: list[str]) -> NDArray[np.float64]:
        """Unit vectors of texts, shape (texts, width); remembered, as questions and points come again."""
        known = self._known
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known = self._remember(dict(zip(new, self._vectors(new), strict=True)))
        return np.stack([known[text] for text in texts])

    def _remember(self, vectors: dict[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
        """All that is known now; replaced whole, as threads share it, and begun anew where it grew too large."""
        held = self._known | vectors
        self._known = held if len(held) <= _MOST_KNOWN else vectors
        return held

    def _vectors(self, texts: list[str]) -> NDArray[np.float64]:
        return _unit(np.asarray(self._embeddings.embed_documents(texts), dtype=np.float64))

    def measured(self, question: str, points: Sequence[str], heard: Heard) -> shown.Measured:
        """How each single sentence stands to each point (for the chances that levels are made of, and their fit)."""
        singles = heard.sentences[: heard.singles]
        supports = np.array([self._supports(question, point, heard)[: heard.singles] for point in points]).T
        shares = self._late.shares(question, points, [s.text for s in singles])
        past = structure.fits(question)
        told = list(zip([s.text for s in singles], heard.roles, strict=False))
        wanted = [(_own_words(question, point), wanted_by(point)) for point in points]
        near = heard.vectors[: heard.singles] @ self.rubric([question, *points]).T
        return shown.Measured(
            supports,
            _ahead(supports, _OTHER_SUPPORT),
            shares,
            None if shares is None else _ahead(shares, _OTHER_SHARE),
            np.array([[point.share_shown(text, roles) for _, point in wanted] for text, roles in told]),
            np.array([[_named(own, text) for own, _ in wanted] for text, _ in told]),
            near.max(axis=1),
            np.array([_told(text, roles, past) for text, roles in told]),
            np.array([is_general(text, past) for text, _ in told]),
            (heard.vectors[: heard.singles] @ self.rubric(list(stock.sentences())).T).max(axis=1),
        )

    def _supports(self, question: str, point: str, heard: Heard) -> list[float]:
        """Support of each sentence: likeness to the point, its own words named, and the signs of what it asks for."""
        wordings = self.rubric([point, bare(point)])
        likeness = (heard.vectors @ wordings.T).mean(axis=1)
        own = _own_words(question, point)
        wanted = wanted_by(point)
        return [
            round(
                max(
                    float(like) + _FOR_WORDS * _named(own, s.text),
                    _FOR_SIGNS * heard.on_topic * _signs(wanted, s.text, roles) + max(0.0, float(like)) / 4,
                ),
                3,
            )
            for like, s, roles in zip(likeness, heard.sentences, heard.roles, strict=True)
        ]


def _verdicts(points: Sequence[str], heard: Heard, found: shown.Measured, speaking: float) -> list[PointVerdict]:
    """Of the points of content. `speaking`: how far the answer speaks to the question (relevance.py)."""
    certain = _certainties(found)
    likely = shown.chances(found) * relevance.of_content(speaking)
    made = []
    for column, point in enumerate(points):
        best = int(certain[:, column].argmax())
        sentence, chance = heard.sentences[best], round(float(likely[column]), 4)
        sure = Sure(certain[best, column], None if found.shares is None else chance)
        verdict = sure.verdict(found.supports[best, column], sentence)
        quotes = (sentence.text,) if verdict != "not_shown" else ()
        made.append(PointVerdict(point, verdict, quotes, sure.confidence, chance))
    return made


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


def _by_form(point: str, heard: Heard, speaking: float) -> PointVerdict:
    """A sentence that says it outright is claimed; one that only stands where it would be said is pointed at."""
    counted = relevance.of_form(speaking)
    if heard.on_topic < _FORM_NEEDS:
        return PointVerdict(point, "not_shown", chance=0.0)
    told = [s for s, roles in zip(heard.sentences[: heard.singles], heard.roles, strict=False) if point in roles]
    if not told:
        return PointVerdict(point, "not_shown", (), 0.7, round(_FORM_CHANCES["not_shown"] * counted, 4))
    clear = [s for s in told if not s.hedged and not bare_remark(s) and structure.says(point, s.text)]
    verdict: Verdict = "met" if clear and speaking >= relevance.CLAIMED else "partly"
    return PointVerdict(point, verdict, ((clear or told)[0].text,), 0.7, round(_FORM_CHANCES[verdict] * counted, 4))


def _told(text: str, roles: frozenset[str], of_the_past: bool) -> float:
    """How concretely a sentence tells something; what speaks to whoever judges tells nothing, however it is put."""
    return 0.0 if orders.is_likely(text) else concrete.concreteness(text, roles, of_the_past)


def _certainties(found: shown.Measured) -> NDArray[np.float64]:
    """How sure it is that each sentence by itself shows each point, shape (sentences, points): what claims stand on."""
    if found.shares is None or found.shares_ahead is None:
        sums = np.stack([found.supports, found.supports_ahead], -1) @ _PLAIN + _PLAIN_BIAS
    else:
        columns = found.supports, found.shares, found.supports_ahead, found.shares_ahead
        sums = np.stack(columns, -1) @ _CHANCE + _CHANCE_BIAS
    sure = np.asarray((1 / (1 + np.exp(-sums))).round(4), dtype=np.float64)
    sure[found.general] = 0.0
    return sure


def _own_words(question: str, point: str) -> set[str]:
    """Stems of the point's own words: not those of its examples, nor those that the question holds."""
    return content(bare(parts(point)[0])) - content(question)


def _named(own: set[str], sentence: str) -> float:
    """The share of them that a sentence names."""
    return len(own & content(sentence)) / len(own) if own else 0.0


def _ahead(values: NDArray[np.float64], alone: float) -> NDArray[np.float64]:
    """How far each point's value is above the best of the other points' by the same sentence, at most _MOST_AHEAD."""
    if values.shape[1] == 1:
        return np.minimum(values - alone, _MOST_AHEAD)
    order = np.sort(values, axis=1)
    others = np.where(values == order[:, -1:], order[:, -2:-1], order[:, -1:])
    return np.minimum(values - others, _MOST_AHEAD)
