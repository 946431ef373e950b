"""Late interaction: how much of a point's meaning a sentence holds, word piece by word piece.

Every word piece of the point looks for the piece of the sentence nearest to it, by vectors that know the words around
them; rare pieces weigh more, and what the question holds already weighs nothing, for it is no part of the answer. It
finds shared matter where the vectors of whole sentences blur it, and it is deterministic like them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from interview_platform.services.scoring.sentences import bare

_MOST_KNOWN = 6_000


class Words(Protocol):
    """A text's word pieces as `embed_tokens` gives them (adapters/sentence_embedder.py)."""

    @property
    def pieces(self) -> tuple[str, ...]:
        """In order."""

    @property
    def vectors(self) -> NDArray[np.float32]:
        """(pieces, width), each of length 1."""

    @property
    def rarity(self) -> NDArray[np.float32]:
        """(pieces,), how much each weighs."""


class Late:
    """Shares of points held by sentences, by any embeddings that have `embed_tokens`; by others there are none."""

    def __init__(self, embeddings: Any) -> None:
        self._embed = getattr(embeddings, "embed_tokens", None)
        self._known: dict[str, Words] = {}

    @property
    def works(self) -> bool:
        """Whether the embeddings give the vectors of word pieces."""
        return self._embed is not None

    def shares(self, question: str, points: Sequence[str], sentences: Sequence[str]) -> NDArray[np.float64] | None:
        """Shape (sentences, points), each 0..1; None where the embeddings give no vectors of word pieces.

        Of a point about an answer ("Says how the cause was found") only what it is about is looked for.
        """
        if self._embed is None:
            return None
        asked, *wanted = self._words([question, *map(bare, points)])
        return recalled(wanted, self._words(sentences), frozenset(asked.pieces))

    def remember(self, words: dict[str, Words]) -> dict[str, Words]:
        """Take texts' word pieces, and give all that is known now; begun anew where it grew too large."""
        held = self._known | words
        self._known = held if len(held) <= _MOST_KNOWN else words
        return held

    def _words(self, texts: Sequence[str]) -> list[Words]:
        """The texts' word pieces; remembered, as questions, points and sentences come again."""
        known = self._known
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new and self._embed is not None:
            known = self.remember(dict(zip(new, self._embed(new), strict=True)))
        return [known[text] for text in texts]


def weights(words: Words, asked: frozenset[str]) -> NDArray[np.float64]:
    """Of each piece: its rarity, nothing for those the question holds; where it holds all, the rarity."""
    rare = words.rarity.astype(np.float64)
    own = rare * np.array([piece not in asked for piece in words.pieces], dtype=np.float64)
    return own if own.any() else rare


def recalled(wanted: Sequence[Words], said: Sequence[Words], asked: frozenset[str]) -> NDArray[np.float64]:
    """Shape (said, wanted): the weighted mean, over the wanted pieces, of the nearest said one's cosine."""
    made = np.zeros((len(said), len(wanted)))
    spoken = [row for row, words in enumerate(said) if words.pieces]
    if not spoken:
        return made
    held = np.concatenate([said[row].vectors for row in spoken])
    starts = np.cumsum([0, *(len(said[row].pieces) for row in spoken[:-1])])
    for column, words in enumerate(wanted):
        if words.pieces:
            nearest = np.maximum.reduceat(words.vectors @ held.T, starts, axis=1).clip(0.0, 1.0)
            rare = weights(words, asked)
            made[spoken, column] = rare @ nearest / rare.sum()
    return made.round(5)  # the last bits depend on what is multiplied together
