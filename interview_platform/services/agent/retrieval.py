"""Finding pieces for a question: by meaning (a LangChain vector store) and by words (BM25), fused.

The library holds what may be found; the store only ranks it. What a store still holds of an earlier text is never
returned, and a store that fails is replaced by the one in memory.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import structlog
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore
from numpy.typing import NDArray

from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import Vectors
from interview_platform.services import lexical, text
from interview_platform.services.agent.passages import Piece

DENSE, LEXICAL = 0.6, 0.4
_DEEPER = 3  # this many times k are ranked by meaning before the fusion
_VECTORS_KEPT = 20_000
Vector = NDArray[np.float32]
_log = structlog.get_logger()


@dataclass(frozen=True)
class Found:
    """A piece and how well it fits, 0..1."""

    piece: Piece
    score: float


class Remembered(Embeddings):
    """Embeddings that keep the vectors of the latest texts, so that nothing is computed twice for one question."""

    def __init__(self, behind: Embeddings, most: int = _VECTORS_KEPT, vectors: Vectors | None = None) -> None:
        """`vectors` keeps those of `fixed` texts between starts."""
        self._behind, self._most, self._vectors = behind, most, vectors
        self._held: OrderedDict[str, Vector] = OrderedDict()
        self._lock = threading.Lock()

    def embed_query(self, text: str) -> list[float]:
        """One text's vector."""
        made: list[float] = self.rows([text])[0].tolist()
        return made

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Each text's vector."""
        made: list[list[float]] = self.rows(texts).tolist()
        return made

    def rows(self, texts: Sequence[str]) -> Vector:
        """One row of length 1 per text, in order."""
        with self._lock:
            missing = [text for text in dict.fromkeys(texts) if text not in self._held]
        if len(missing) == 1:
            self._keep(missing, [self._behind.embed_query(missing[0])])
        elif missing:
            self._keep(missing, self._behind.embed_documents(missing))
        with self._lock:
            rows = [self._held[text] for text in texts if text in self._held]
        if len(rows) < len(texts):  # pushed out meanwhile: more texts than are kept
            return _unit(np.asarray(self._behind.embed_documents(list(texts)), dtype=np.float32))
        return np.stack(rows) if rows else np.empty((0, 0), dtype=np.float32)

    def fixed(self, texts: Sequence[str]) -> Vector:
        """The same for texts that every start needs: computed once, then kept in the store of vectors."""
        if self._vectors is not None:
            try:
                self._from_store(self._vectors, texts)
            except ServiceUnavailable as error:
                _log.warning("vectors_computed_anew", why=str(error))
        return self.rows(texts)

    def _from_store(self, vectors: Vectors, texts: Sequence[str]) -> None:
        space = f"questions-{getattr(self._behind, 'name', 'embeddings')}"
        keys = {hashlib.sha256(text.encode()).hexdigest(): text for text in texts}
        found, rows = vectors.get(space, list(keys))
        if found:
            self._keep([keys[key] for key in found], rows)
        missing = [key for key in keys if key not in set(found)]
        if missing:
            vectors.put(space, missing, self.rows([keys[key] for key in missing]))

    def _keep(self, texts: Sequence[str], vectors: Sequence[Sequence[float]] | Vector) -> None:
        made = _unit(np.asarray(vectors, dtype=np.float32))
        with self._lock:
            self._held.update(zip(texts, made, strict=True))
            while len(self._held) > self._most:
                self._held.popitem(last=False)


class MemoryStore(VectorStore):
    """A vector store in this process's memory: one matrix, cosine by one product."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._lock = threading.Lock()
        self._documents: dict[str, Document] = {}
        self._vectors: dict[str, Vector] = {}
        self._matrices: dict[str, tuple[list[str], Vector]] = {}

    @property
    def embeddings(self) -> Embeddings:
        """What texts are embedded by."""
        return self._embeddings

    def add_texts(
        self,
        texts: Iterable[str],
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        **_: Any,
    ) -> list[str]:
        """Store or replace; ids are required."""
        given = list(texts)
        if ids is None or len(ids) != len(given):
            raise ValueError("one id for each text is needed")
        vectors = self._embeddings.embed_documents(given)
        with self._lock:
            for place, key in enumerate(ids):
                about = metadatas[place] if metadatas else {}
                self._documents[key] = Document(id=key, page_content=given[place], metadata=about)
                self._vectors[key] = np.asarray(vectors[place], dtype=np.float32)
            self._matrices = {}
        return ids

    def delete(self, ids: list[str] | None = None, **_: Any) -> bool | None:
        """Forget these; unknown ids are no error."""
        with self._lock:
            for key in ids or ():
                self._documents.pop(key, None)
                self._vectors.pop(key, None)
            self._matrices = {}
        return True

    def get_by_ids(self, ids: Sequence[str], /) -> list[Document]:
        """Those that are stored."""
        with self._lock:
            return [self._documents[key] for key in ids if key in self._documents]

    def similarity_search_with_score(
        self, query: str, k: int = 4, filter: dict[str, Any] | None = None, **_: Any
    ) -> list[tuple[Document, float]]:
        """The nearest and their cosines; `filter` as Chroma's {"scope": {"$in": […]}}."""
        vector = np.asarray(self._embeddings.embed_query(query), dtype=np.float32)
        scopes = sorted(filter["scope"]["$in"]) if filter else None
        with self._lock:
            keys, matrix = self._matrix(scopes)
            if not keys:
                return []
            scores = matrix @ vector
            best = np.argsort(-scores, kind="stable")[:k]
            return [(self._documents[keys[place]], float(scores[place])) for place in best]

    def similarity_search(self, query: str, k: int = 4, **options: Any) -> list[Document]:
        """The nearest documents."""
        return [document for document, _ in self.similarity_search_with_score(query, k, **options)]

    def _select_relevance_score_fn(self) -> Any:
        return lambda cosine: min(1.0, max(0.0, cosine))

    def _matrix(self, scopes: list[str] | None) -> tuple[list[str], Vector]:
        name = "*" if scopes is None else "\n".join(scopes)
        if name not in self._matrices:
            wanted = None if scopes is None else set(scopes)
            keys = [k for k, held in self._documents.items() if wanted is None or held.metadata.get("scope") in wanted]
            matrix = np.stack([self._vectors[key] for key in keys]) if keys else np.empty((0, 0), dtype=np.float32)
            self._matrices[name] = (keys, matrix)
        return self._matrices[name]

    @classmethod
    def from_texts(cls, texts: list[str], embedding: Embeddings, metadatas: Any = None, **options: Any) -> MemoryStore:
        """A store of these texts."""
        made = cls(embedding)
        made.add_texts(texts, metadatas, ids=options.get("ids") or [str(place) for place in range(len(texts))])
        return made


class Library:
    """Pieces by scope ("faq", "job:<id>", "company:<id>", …), searched by a question. Safe between threads."""

    def __init__(self, embeddings: Embeddings, store: VectorStore | None = None) -> None:
        """`store` embeds by `embeddings`, too; without one the vectors live in memory."""
        self.embeddings = embeddings if isinstance(embeddings, Remembered) else Remembered(embeddings)
        self._memory = MemoryStore(self.embeddings)
        self._store: VectorStore = store or self._memory
        self._scopes: dict[str, dict[str, Piece]] = {}
        self._indexes: dict[frozenset[str], tuple[list[Piece], dict[str, list[int]], lexical.Lexical]] = {}
        self._lock = threading.RLock()

    def put(self, scope: str, pieces: Sequence[Piece]) -> None:
        """What the scope holds from now on; what did not change is not embedded again."""
        wanted = {piece.id: piece for piece in pieces}
        with self._lock:
            before = self._scopes.get(scope, {})
            self._write(scope, [wanted[key] for key in wanted if key not in before])
            gone = [key for key in before if key not in wanted]
            self._guarded(lambda store: store.delete(gone) if gone else None)
            self._scopes[scope] = wanted
            self._indexes = {scopes: held for scopes, held in self._indexes.items() if scope not in scopes}

    def pieces(self, scope: Collection[str]) -> list[Piece]:
        """Everything the scopes hold, in order."""
        with self._lock:
            return [piece for name in scope for piece in self._scopes.get(name, {}).values()]

    def search(self, question: str, scope: Collection[str], k: int = 8) -> list[Found]:
        """The k best pieces of these scopes, best first."""
        with self._lock:
            pieces, places, index = self._index(frozenset(scope))
            if not pieces:
                return []
            near = self._near(question, scope, k * _DEEPER)
        totals = LEXICAL * index.scores(_words(question))
        for key in near.keys() & places.keys():
            totals[places[key]] += DENSE * near[key]
        best = np.argsort(-totals, kind="stable")[:k]
        return [Found(pieces[place], float(totals[place])) for place in best]

    def _near(self, question: str, scope: Collection[str], k: int) -> dict[str, float]:
        """Ids and cosines of the nearest pieces."""
        chosen = {"scope": {"$in": sorted(scope)}}
        found = self._guarded(lambda store: store.similarity_search_with_relevance_scores(question, k=k, filter=chosen))
        return {str(document.id): score for document, score in found}

    def _write(self, scope: str, pieces: Sequence[Piece]) -> None:
        if not pieces:
            return

        def write(store: VectorStore) -> None:
            here = {document.id for document in store.get_by_ids([piece.id for piece in pieces])}
            new = [piece for piece in pieces if piece.id not in here]
            if new:
                store.add_texts(
                    [piece.searched for piece in new],
                    metadatas=[{"scope": scope, "source": piece.source, "title": piece.title} for piece in new],
                    ids=[piece.id for piece in new],
                )

        self._guarded(write)

    def _guarded(self, work: Any) -> Any:
        """Do it with the store; when that fails, with everything in memory from now on."""
        try:
            return work(self._store)
        except ServiceUnavailable as error:
            if self._store is self._memory:
                raise
            _log.warning("passages_kept_in_memory", why=str(error))
            self._store = self._memory
            for scope, held in self._scopes.items():
                self._write(scope, list(held.values()))
            return work(self._store)

    def _index(self, scopes: frozenset[str]) -> tuple[list[Piece], dict[str, list[int]], lexical.Lexical]:
        """The scopes' pieces, where each id stands, and the index of their words."""
        if scopes not in self._indexes:
            pieces = self.pieces(sorted(scopes))
            places: dict[str, list[int]] = {}
            for place, piece in enumerate(pieces):
                places.setdefault(piece.id, []).append(place)
            self._indexes[scopes] = (pieces, places, _lexical([_words(piece.searched) for piece in pieces]))
        return self._indexes[scopes]


def _lexical(documents: Sequence[Sequence[str]]) -> lexical.Lexical:
    numbers: dict[str, int] = {}
    words = [numbers.setdefault(word, len(numbers)) for document in documents for word in document]
    owners = [place for place, document in enumerate(documents) for _ in document]
    part = (np.array(words, dtype=np.int32), np.array(owners, dtype=np.int32), len(documents))
    return lexical.of_pairs(numbers, [part])


def _words(written: str) -> list[str]:
    return text.words(written)


def _unit(vectors: Vector) -> Vector:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    made: Vector = (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    return made
