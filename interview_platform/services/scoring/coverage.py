"""How likely an answer shows each point of its question: what the interviewer asks further by. Never a score.

It may be bolder than the judge, as nothing is lost but a follow-up: it also counts how much was said, which of the
points a sentence fits best, and how well it answers the question that would be asked. Deterministic.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from interview_platform.services.scoring import structure
from interview_platform.services.scoring.late import Late
from interview_platform.services.scoring.offline_judge import Heard, OfflineJudge
from interview_platform.services.scoring.sentences import Sentence, bare, content, parts
from interview_platform.services.scoring.wanted import wanted_by

Wanted = Sequence[tuple[str, str]]
"""Points, each with the question that asks for it."""
LATE = ("late", "late_asked", "late_margin")
"""By late interaction (late.py), where the embeddings allow it: how much of the point, and of the question for it, one
sentence holds at most; and by how much it holds more of this point than of any other."""
FEATURES = ("like", "asked", "own", "signs", "topic", "words", "place", "sentences", "margin", "wins", "form")
_WEIGHTS = (0.419, -0.939, 2.776, 1.522, 0.578, 0.892, -1.333, 0.13, 6.844, 0.133, 1.449)
_BIAS = -4.187
_WITH_LATE = (-1.857, -2.311, 0.628, 0.604, 0.13, 0.169, -0.298, 0.61, 8.122, 0.12, 0.503, 3.461, 4.314, 4.677)
_BIAS_WITH_LATE = -3.391
_SIGNS = FEATURES.index("signs")
"""Fitted on labelled answers (logistic regression, benchmarks/coverage.py --fit), with LATE and without it."""
_SIGNS_BESIDE_LIKENESS = 0.15
_ENOUGH_WORDS, _ENOUGH_SENTENCES = 50, 4
"""More than so much says nothing by itself: who rambles need not have come to the point."""


@dataclass(frozen=True)
class Shown:
    """One point: the chance 0..1 that it was shown, and the sentence that shows it best (empty when none does)."""

    point: str
    chance: float
    quote: str = ""
    fit: float = 0.0  # how well that sentence fits the point, about 0..1
    hedged: bool = False  # that sentence is unsure ("I guess")
    signs: float = 0.0  # how many of the point's signs one sentence shows at most, 0..1


class Coverage:
    """Reads answers by any LangChain Embeddings."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._judge = OfflineJudge(embeddings, quick=True)
        self._late = Late(embeddings)

    def remember(self, questions: Sequence[tuple[str, Wanted]]) -> None:
        """Compute the vectors of questions and their points before they are needed."""
        self._judge.rubric([text for question, wanted in questions for text in (question, *_wordings(wanted))])
        for question, wanted in questions:
            self._late.shares(question, [text for pair in wanted for text in pair], ())

    def read(self, question: str, wanted: Wanted, answer: str) -> list[Shown]:
        """One entry per point, in order."""
        heard = self._judge.hear(question, [point for point, _ in wanted], answer)
        if heard is None or not wanted:
            return [Shown(point, 0.0) for point, _ in wanted]
        fits, rows = self._features(question, wanted, heard)
        weights, bias = (_WITH_LATE, _BIAS_WITH_LATE) if self._late.works else (_WEIGHTS, _BIAS)
        chances = 1 / (1 + np.exp(-(rows @ np.array(weights) + bias)))
        best = [int(place) for place in fits[: heard.singles].argmax(axis=0)]
        nearest = [heard.sentences[place] for place in best]
        return [
            Shown(
                point,
                round(float(chances[i]), 3),
                nearest[i].text,
                round(float(fits[best[i], i]), 3),
                nearest[i].hedged,
                float(rows[i, _SIGNS]),
            )
            for i, (point, _) in enumerate(wanted)
        ]

    def features(self, question: str, wanted: Wanted, answer: str) -> NDArray[np.float64]:
        """What `read` weighs, shape (points, FEATURES and LATE): for fitting. Zeros where nothing was said."""
        heard = self._judge.hear(question, [point for point, _ in wanted], answer)
        width = len(FEATURES) + (len(LATE) if self._late.works else 0)
        return self._features(question, wanted, heard)[1] if heard else np.zeros((len(wanted), width))

    def nearest(self, question: str, wanted: Wanted, answer: str) -> list[Shown]:
        """Per point, the sentence of an answer to another question that comes nearest to it, by likeness alone."""
        heard = self._judge.hear(question, [point for point, _ in wanted], answer)
        if heard is None:
            return [Shown(point, 0.0) for point, _ in wanted]
        like, asked = self._likeness(wanted, heard)
        fits = ((like + asked) / 2)[: heard.singles]
        best = fits.argmax(axis=0)
        return [
            Shown(point, 0.0, heard.sentences[row].text, round(float(fits[row, place]), 3))
            for place, ((point, _), row) in enumerate(zip(wanted, best, strict=True))
        ]

    def support(self, question: str, point: str, said: str) -> float:
        """How strongly all that was said shows a point in the eyes of the judge that reports are made by."""
        return self._judge.support(question, point, said)

    def about(self, question: str, answer: str) -> float:
        """How near an answer's nearest sentence comes to a question, about 0..1."""
        heard = self._judge.hear(question, [], answer)
        return float((heard.vectors @ self._judge.rubric([question])[0]).max()) if heard else 0.0

    def _likeness(self, wanted: Wanted, heard: Heard) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Of each sentence to each point, and to the question for it; each of shape (sentences, points)."""
        near = heard.vectors @ self._judge.rubric(_wordings(wanted)).T
        return (near[:, 0::3] + near[:, 1::3]) / 2, near[:, 2::3]

    def _features(self, question: str, wanted: Wanted, heard: Heard) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """How each sentence fits each point, and the rows to be weighed."""
        like, asked = self._likeness(wanted, heard)
        signs = np.array([[_signs(point, s.text, r) for point, _ in wanted] for s, r in _with_roles(heard)])
        fits = (like + asked) / 2 + _SIGNS_BESIDE_LIKENESS * signs
        margin = fits - _best_other(fits)
        alone = margin[: heard.singles]
        words = math.log1p(min(_ENOUGH_WORDS, sum(len(s.text.split()) for s in heard.sentences[: heard.singles])))
        last = max(1, len(wanted) - 1)
        rows = [
            (
                like[:, i].max(),
                asked[:, i].max(),
                _own_words(question, point, heard),
                signs[:, i].max(),
                heard.on_topic,
                words,
                i / last,
                min(_ENOUGH_SENTENCES, heard.singles),
                alone[:, i].max(),
                (alone[:, i] >= 0).sum(),
                float(point in structure.POINTS),
            )
            for i, (point, _) in enumerate(wanted)
        ]
        return fits, np.hstack([np.array(rows, dtype=np.float64), self._late_columns(question, wanted, heard)])

    def _late_columns(self, question: str, wanted: Wanted, heard: Heard) -> NDArray[np.float64]:
        """Shape (points, LATE), or no columns."""
        said = [s.text for s in heard.sentences[: heard.singles]]
        held = self._late.shares(question, [point for point, _ in wanted], said)
        asked = self._late.shares("", [text for _, text in wanted], said)
        if held is None or asked is None:
            return np.zeros((len(wanted), 0))
        return np.stack([held.max(axis=0), asked.max(axis=0), (held - _best_other(held)).max(axis=0)], axis=1)


def _wordings(wanted: Wanted) -> list[str]:
    return [text for point, asked in wanted for text in (point, bare(point), asked)]


def _with_roles(heard: Heard) -> list[tuple[Sentence, frozenset[str]]]:
    return list(zip(heard.sentences, heard.roles, strict=True))


def _signs(point: str, sentence: str, roles: frozenset[str]) -> float:
    return float(point in roles) if point in structure.POINTS else wanted_by(point).share_shown(sentence, roles)


def _own_words(question: str, point: str, heard: Heard) -> float:
    """Largest share of the point's own words that one sentence names."""
    own = content(bare(parts(point)[0])) - content(question)
    return max(len(own & content(s.text)) / len(own) for s in heard.sentences) if own else 0.0


def _best_other(fits: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each sentence and point, how well the best of the other points fits; as `fits` where there is none."""
    if fits.shape[1] < 2:
        return fits
    return np.stack([np.delete(fits, i, axis=1).max(axis=1) for i in range(fits.shape[1])], axis=1)
