"""Embeddings that remember: nothing that was said is computed twice, within a decision or between two."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from langchain_core.embeddings import Embeddings

_Vectors = dict[str, list[float]]


class Remembering(Embeddings):
    """Embeddings that keep the vectors of texts seen before: an interview's answers are read again at each turn."""

    def __init__(self, embeddings: Embeddings, most: int = 4096) -> None:
        self._embeddings = embeddings
        self._soon = getattr(embeddings, "embed_few", embeddings.embed_documents)
        self._most = most
        self._held: dict[str, list[float]] = {}
        self._held_soon: dict[str, list[float]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Each text's vector; only new texts are computed."""
        self._held, made = self._looked_up(self._held, texts, self._embeddings.embed_documents)
        return made

    def embed_few(self, texts: list[str]) -> list[list[float]]:
        """As `embed_documents`, but soon where the embeddings behind can: an answer is short, and somebody waits."""
        self._held_soon, made = self._looked_up(self._held_soon, texts, self._soon)
        return made

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
        return dict(list(held.items())[-self._most :]), [held[text] for text in texts]
