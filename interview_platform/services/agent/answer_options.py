"""What may answer a question: the nearest sentences of the job, the company page and the material, the nearest FAQs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from interview_platform.services.agent import answer_context, answer_features
from interview_platform.services.agent.passages import Piece
from interview_platform.services.agent.retrieval import Library, Vector

MOST_OWN, MOST_WRITTEN = 8, 4
_PIECES = 30
Floats = NDArray[np.float32]


class Weigher(Protocol):
    """The trained part (adapters/answer_reader.py)."""

    def weights(self, question: str, texts: Sequence[str], counted: Floats) -> Floats:
        """One number a text: above 0 it answers rather than that nothing does. `counted` are `counts` of the texts."""


@dataclass(frozen=True)
class Candidate:
    """A text that may answer: its source (faq, job, company, material), how near it is to the question by meaning, and
    how near the questions are that it was written for (0 where it was written for none)."""

    text: str
    source: str
    near: float
    asked: float = 0.0


@dataclass(frozen=True)
class Option:
    """A piece with those of its sentences that would be said."""

    piece: Piece
    sentences: tuple[str, ...]
    candidate: Candidate


class Options:
    """Looks in a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._written: tuple[list[Piece], list[int], Vector, Vector] | None = None

    def near(
        self, question: str, scopes: Collection[str], own: int = MOST_OWN, written: int = MOST_WRITTEN
    ) -> list[Option]:
        """At most so many sentences, the nearest first, then at most so many FAQs."""
        return self._own(question, scopes, own) + self._of_faqs(question, scopes, written)

    def _own(self, question: str, scopes: Collection[str], most: int) -> list[Option]:
        pieces = [one.piece for one in self._library.search(question, scopes, 2 * _PIECES) if one.piece.source != "faq"]
        rows = [(piece, sentence) for piece in pieces[:_PIECES] for sentence in piece.sentences]
        if not rows:
            return []
        texts = [answer_context.in_context(piece, sentence) for piece, sentence in rows]
        embed = self._library.embeddings.rows
        near = embed(texts) @ embed([question])[0]
        best = np.argsort(-near, kind="stable")[:most]
        return [
            Option(
                rows[place][0], (rows[place][1],), Candidate(texts[place], rows[place][0].source, float(near[place]))
            )
            for place in map(int, best)
        ]

    def _of_faqs(self, question: str, scopes: Collection[str], most: int) -> list[Option]:
        pieces, firsts, asks, texts = self._faqs(scopes)
        if not pieces:
            return []
        vector = self._library.embeddings.rows([question])[0]
        asked, near = np.maximum.reduceat(asks @ vector, firsts), texts @ vector
        best = np.argsort(-np.maximum(asked, near), kind="stable")[:most]
        return [
            Option(
                pieces[place],
                pieces[place].sentences,
                Candidate(as_read(pieces[place]), "faq", float(near[place]), float(asked[place])),
            )
            for place in map(int, best)
        ]

    def _faqs(self, scopes: Collection[str]) -> tuple[list[Piece], list[int], Vector, Vector]:
        """The FAQs with the vectors of their wordings (where each begins) and of what is read; kept while the same."""
        pieces = [piece for piece in self._library.pieces(scopes) if piece.source == "faq" and piece.asks]
        if self._written is None or [one.id for one in self._written[0]] != [one.id for one in pieces]:
            asks = [ask for piece in pieces for ask in piece.asks]
            firsts = [0, *np.cumsum([len(piece.asks) for piece in pieces]).tolist()][: len(pieces)]
            fixed = self._library.embeddings.fixed
            self._written = (pieces, firsts, fixed(asks), fixed([as_read(piece) for piece in pieces]))
        return self._written


def as_read(piece: Piece) -> str:
    """A FAQ as the reader reads it: its question and its answer."""
    return f"{piece.asks[0]} {piece.text}"


def counts(question: str, candidates: Sequence[Candidate]) -> Floats:
    """What is counted of each candidate, (candidates, numbers): nearness, its lead over the others, and features."""
    best = np.array([max(one.near, one.asked) for one in candidates])
    rows = [
        [
            *(one.near, one.asked, _lead(best, place), float((best > best[place]).sum()) / 5),
            *answer_features.of(question, one.text, one.source),
        ]
        for place, one in enumerate(candidates)
    ]
    return np.array(rows, dtype=np.float32)


def _lead(values: NDArray[np.float64], place: int) -> float:
    others = np.delete(values, place)
    return float(values[place] - (others.max() if len(others) else 0.0))
