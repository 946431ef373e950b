"""Embeddings that remember: nothing that was said is computed twice, within a decision or between two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from langchain_core.embeddings import Embeddings

_T = TypeVar("_T")
_Vectors = dict[str, list[float]]
_MOST_IN_PIECES = 256
"""Texts whose word pieces are held: a row each, so twenty times as much; those of one interview's newest answers."""


class Remembering(Embeddings):
    """Embeddings that keep the vectors of texts seen before: an interview's answers are read again at each turn."""

    def __init__(self, embeddings: Embeddings, most: int = 4096) -> None:
        self._embeddings = embeddings
        self._soon = getattr(embeddings, "embed_few", embeddings.embed_documents)
        self._together = getattr(embeddings, "embed_few_and_tokens", None)
        self._tokens: dict[str, Any] = {}
        if hasattr(embeddings, "embed_tokens"):
            self.embed_tokens = self._words
        self._most = most
        self._held: dict[str, list[float]] = {}
        self._held_soon: dict[str, list[float]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Each text's vector; only new texts are computed."""
        self._held, made = self._looked_up(self._held, texts, self._embeddings.embed_documents)
        return made

    def embed_few(self, texts: list[str]) -> list[list[float]]:
        """As `embed_documents`, but soon where the embeddings behind can: an answer is short, and somebody waits."""
        self._held_soon, made = self._looked_up(self._held_soon, texts, self._few)
        return made

    def _few(self, texts: list[str]) -> Iterable[list[float]]:
        """New texts' vectors; those of their word pieces come from the same computation where they can."""
        if self._together is None:
            return self._soon(texts)
        vectors, tokens = self._together(texts)
        self._tokens = _newest({**self._tokens, **dict(zip(texts, tokens, strict=True))}, _MOST_IN_PIECES)
        return list(vectors)

    def _words(self, texts: Sequence[str]) -> list[Any]:
        """As the embeddings' own `embed_tokens`, where they have it."""
        known = self._tokens
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known = known | dict(zip(new, self._embeddings.embed_tokens(new), strict=True))  # type: ignore[attr-defined]
            self._tokens = _newest(known, _MOST_IN_PIECES)
        return [known[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """One text's vector."""
        return self.embed_documents([text])[0]

    def _looked_up(
        self, known: _Vectors, texts: list[str], compute: Callable[[list[str]], Iterable[list[float]]]
    ) -> tuple[_Vectors, list[list[float]]]:
        """What is held from now on (replaced whole: rooms share it across threads), and the texts' vectors."""
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if not new:
            return known, [known[text] for text in texts]
        held = known | dict(zip(new, compute(new), strict=True))
        return _newest(held, self._most), [held[text] for text in texts]


def _newest(held: dict[str, _T], most: int) -> dict[str, _T]:
    return dict(list(held.items())[-most:]) if len(held) > most else held
