"""Questions that were written with their answers (FAQs, headings that ask), and which of them a question repeats.

A question repeats a FAQ when the wordings of that FAQ outweigh those of everything else candidates ask about. Where
they do so less clearly, and for headings of the recruiter's, it must be nearer to it than to all else and leave no
word open.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interview_platform.services.agent import asking
from interview_platform.services.agent.accounting import Accounts, Query
from interview_platform.services.agent.matters import Matters, alike
from interview_platform.services.agent.passages import Piece
from interview_platform.services.agent.retrieval import Library, Vector
from interview_platform.services.agent.topics import Topic, TopicReader

PERHAPS, LIKELY, SURELY = 0.45, 0.56, 0.80
"""Cosines of two wordings: from PERHAPS on they may ask the same, from SURELY on they do."""
_LINKED = 0.78
_LINKED_BY = 0.25  # a topic that is nearer than a linked question by this much is its rival all the same
_STRANGE_COSTS = 0.1
_NEAR = 0.72  # from here on a stranger's word may be another way to say it
_LONG = 5  # letters from which the beginning of a word tells it
_UNANSWERED = 0.04  # what a topic that no source can answer weighs less as a rival
CLEAR, CLEAR_BY = 0.34, 0.10
"""The weight of a matter, and its lead over the next one, from which it is what a question is about."""
LEANS, LEANS_BY, LEANS_NEAR = 0.18, 0.07, 0.32
"""The same where a second measure agrees: it is the nearest by its single wordings too, by this cosine at least."""


@dataclass(frozen=True)
class Repeated:
    """A piece with questions of its own, and how near the nearest of them is."""

    piece: Piece
    score: float


@dataclass(frozen=True)
class About:
    """What a question leans to: a FAQ's piece or a topic, and whether clearly so."""

    piece: Piece | None = None
    topic: Topic | None = None
    clear: bool = False


class AskedBefore:
    """Compares questions with the written ones of a library."""

    def __init__(self, library: Library, topics: TopicReader, accounts: Accounts) -> None:
        self._library, self._topics, self._accounts = library, topics, accounts
        self._links: dict[str, frozenset[str]] = {}
        self._held: tuple[list[Piece], list[int], Vector] | None = None
        self._own: tuple[tuple[str, ...], frozenset[str]] | None = None
        self._matters: tuple[list[Piece], Matters] | None = None

    def about(self, question: str, scopes: Collection[str], near: Sequence[Repeated]) -> About:
        """The FAQ or topic whose examples outweigh all others'. Material and its headings play no part here."""
        pieces = [piece for piece in self._library.pieces(scopes) if piece.source == "faq"]
        if not pieces:
            return About()
        found = self._weighed(pieces).leaning(question)
        clear = found.weight >= CLEAR and found.margin >= CLEAR_BY
        if found.place >= len(pieces):
            place = found.place - len(pieces)
            return About(topic=self._topics.topics[place] if place < len(self._topics.topics) else None, clear=clear)
        piece = pieces[found.place]
        nearest = next((one for one in near if one.piece.source == "faq"), None)
        agrees = nearest is not None and nearest.piece is piece and nearest.score >= LEANS_NEAR
        leans = agrees and found.weight >= LEANS and found.margin >= LEANS_BY
        return About(piece=piece, clear=clear or leans)

    def shared(self, question: str, texts: Sequence[str], scopes: Collection[str]) -> NDArray[np.float64]:
        """How far each text is about the topics asked about, 0..1; nothing where no source answers those."""
        pieces = [piece for piece in self._library.pieces(scopes) if piece.source == "faq"]
        if not pieces:
            return np.zeros(len(texts))
        matters, topics = self._weighed(pieces), self._topics.topics
        weights = matters.weights([question, *texts])[:, len(pieces) : len(pieces) + len(topics)]
        barred = np.array([topic.unanswered or bool(topic.never) for topic in topics])
        made = alike(weights[0], weights[1:])
        return np.where(made > weights[0][barred].max(initial=0.0), made, 0.0)

    def names_own(self, query: Query, piece: Piece, scopes: Collection[str]) -> bool:
        """Whether the question holds a word of the employer's sources that the FAQ leaves open: it is about those."""
        open_words = self._accounts.strange(query, f"{' '.join(piece.asks)} {piece.title} {piece.text}", soft=False)
        part = asking.weighty(asking.asking_part(query.text))
        # "I never did robots before, is this a problem": what asks says nothing by itself
        open_words = [word for word in open_words if word in part or part.keys().isdisjoint(query.words)]
        own = self._own_words(scopes)
        return any(
            word in own or (len(word) >= _LONG and any(one.startswith(word) for one in own)) for word in open_words
        )

    def _own_words(self, scopes: Collection[str]) -> frozenset[str]:
        """Stems of the words in everything but the FAQs."""
        pieces = [piece for piece in self._library.pieces(scopes) if piece.source != "faq"]
        ids = tuple(piece.id for piece in pieces)
        if self._own is None or self._own[0] != ids:
            stems = (asking.stem(word) for piece in pieces for word in asking.words(f"{piece.heading} {piece.text}"))
            self._own = (ids, frozenset(stems))
        return self._own[1]

    def _weighed(self, pieces: list[Piece]) -> Matters:
        """Learned again only when the FAQs changed."""
        if self._matters is None or [one.id for one in self._matters[0]] != [one.id for one in pieces]:
            groups = [
                *(piece.asks for piece in pieces),
                *(topic.asks for topic in self._topics.topics),
                asking.elsewhere(),
            ]
            self._matters = (pieces, Matters(self._library.embeddings, groups))
        return self._matters[1]

    def near(self, question: str, scopes: Collection[str]) -> list[Repeated]:
        """All pieces with questions of their own, the nearest first."""
        pieces, firsts, vectors = self._written(scopes)
        if not pieces:
            return []
        scores = vectors @ self._library.embeddings.rows([question])[0]
        made = [
            Repeated(piece, float(scores[first : first + len(piece.asks)].max()))
            for piece, first in zip(pieces, firsts, strict=True)
        ]
        return sorted(made, key=lambda one: -one.score)

    def repeated(
        self, query: Query, near: Sequence[Repeated], topics: Sequence[tuple[Topic, float]]
    ) -> Repeated | None:
        """The one that the question repeats, if it does. `topics` are what it may ask about instead, nearest first."""
        if not near or near[0].score < PERHAPS:
            return None
        best, strange = self._best(query, near)
        if best.score >= SURELY:
            return best
        linked = self.linked(best.piece)
        rivals = (
            v - _UNANSWERED * t.unanswered for t, v in topics if t.id not in linked or v > best.score + _LINKED_BY
        )
        margin = best.score - max(rivals, default=0.0)
        all_strange = bool(strange) and len(strange) == len(query.words) and best.score < _NEAR
        allowed = not all_strange and len(strange) <= _strange_allowed(best.score, margin)
        return best if allowed and _near_enough(best.score, margin, bool(query.words)) else None

    def linked(self, piece: Piece) -> frozenset[str]:
        """Topics that a piece's own questions ask about: they are no rivals."""
        if piece.id not in self._links:
            rows = self._library.embeddings.rows(list(piece.asks))
            scores = (self._topics.vectors @ rows.T).max(axis=1)
            owners = self._topics.owners
            ids = [self._topics.topics[owners[place]].id for place in range(len(owners)) if scores[place] >= _LINKED]
            self._links[piece.id] = frozenset(ids)
        return self._links[piece.id]

    def _best(self, query: Query, near: Sequence[Repeated]) -> tuple[Repeated, list[str]]:
        """Of those nearly as near as the nearest, the one that accounts for the words; and those it leaves open."""
        held = []
        for one in near[:4]:
            if one.score >= near[0].score - _STRANGE_COSTS:
                text = f"{' '.join(one.piece.asks)} {one.piece.title} {one.piece.text}"
                strange = self._accounts.strange(query, text, soft=True)
                held.append((one.score - _STRANGE_COSTS * bool(strange), one, strange))
        _, best, strange = max(held, key=lambda item: item[0])
        return best, strange

    def _written(self, scopes: Collection[str]) -> tuple[list[Piece], list[int], Vector]:
        """Pieces with questions of their own, where each one's begin, and all their vectors."""
        pieces = [piece for piece in self._library.pieces(scopes) if piece.asks]
        if self._held is None or [one.id for one in self._held[0]] != [one.id for one in pieces]:
            asks = [ask for piece in pieces for ask in piece.asks]
            firsts, place = [], 0
            for piece in pieces:
                firsts.append(place)
                place += len(piece.asks)
            self._held = (pieces, firsts, self._library.embeddings.fixed(asks))
        return self._held


def _near_enough(score: float, margin: float, has_words: bool) -> bool:
    """The nearer a question is to a written one, the closer other matters may lie to it."""
    least = 0.0 if score >= _NEAR else 0.03 if score >= 0.64 else 0.04 if score >= LIKELY else 0.1
    return margin >= (least if has_words else max(least, 0.12 if score < 0.7 else 0.0))


def _strange_allowed(score: float, margin: float) -> int:
    """How many words may stay unaccounted for in a question so near to a written one, and so far from all else."""
    return 2 if score >= 0.66 and margin >= 0.15 else int(score >= 0.58 and margin >= 0.1)
