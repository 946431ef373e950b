"""Passages in Chroma as a LangChain vector store: embedded in a folder of this machine, or on a Chroma server.

`langchain_chroma.Chroma` does the work; here it is opened at the first use, kept to one process at a time (an embedded
folder is locked), and every failure becomes ServiceUnavailable, which the library of passages works around.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore

from interview_platform.adapters import chroma_client
from interview_platform.errors import ServiceUnavailable

COLLECTION = "passages"
_AT_ONCE = 500
Made = TypeVar("Made")


class ChromaPassages(VectorStore):
    """A `VectorStore` in a folder, or on the server at `host`:`port` where a host is given.

    Scores are cosines. Every call raises ServiceUnavailable when the store cannot be opened or does not answer.
    """

    def __init__(
        self, embeddings: Embeddings, folder: Path | None = None, host: str = "", port: int = 8000, name: str = ""
    ) -> None:
        """Either a folder (made when absent) or a host. `name` tells embedding models apart: each has its own space."""
        self._embeddings = embeddings
        self._folder, self._host, self._port = folder, host, port
        self._collection = f"{COLLECTION}-{name}" if name else COLLECTION
        self._opening = threading.Lock()
        self._client: Any = None
        self._chroma: Any = None
        self._lock_file: IO[str] | None = None

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
        for first in range(0, len(given), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            about = metadatas[part] if metadatas else None
            self._do(lambda chroma, part=part, about=about: chroma.add_texts(given[part], about, ids=ids[part]))
        return ids

    def delete(self, ids: list[str] | None = None, **_: Any) -> bool | None:
        """Forget these; unknown ids are no error."""
        if ids:
            self._do(lambda chroma: chroma.delete(ids))
        return True

    def get_by_ids(self, ids: Sequence[str], /) -> list[Document]:
        """Those that are stored."""
        found: list[Document] = []
        for first in range(0, len(ids), _AT_ONCE):
            asked = list(ids[first : first + _AT_ONCE])
            found += self._do(lambda chroma, asked=asked: chroma.get_by_ids(asked))
        return found

    def similarity_search_with_score(
        self, query: str, k: int = 4, filter: dict[str, Any] | None = None, **_: Any
    ) -> list[tuple[Document, float]]:
        """The nearest and their cosines; `filter` is Chroma's, such as {"scope": {"$in": […]}}."""
        found = self._do(lambda chroma: chroma.similarity_search_with_score(query, k, filter=filter))
        return [(document, 1.0 - float(distance)) for document, distance in found]

    def similarity_search(self, query: str, k: int = 4, **options: Any) -> list[Document]:
        """The nearest documents."""
        return [document for document, _ in self.similarity_search_with_score(query, k, **options)]

    def _select_relevance_score_fn(self) -> Callable[[float], float]:
        return lambda cosine: min(1.0, max(0.0, cosine))

    @classmethod
    def from_texts(
        cls, texts: list[str], embedding: Embeddings, metadatas: list[dict[str, Any]] | None = None, **options: Any
    ) -> ChromaPassages:
        """A store of these texts; `folder` or `host` and `port` among the options."""
        ids = options.pop("ids", None) or [str(place) for place in range(len(texts))]
        made = cls(embedding, **options)
        made.add_texts(texts, metadatas, ids=ids)
        return made

    def close(self) -> None:
        """Let go of the folder, so that another process may open it; safe to call twice."""
        with self._opening:
            client, self._client, self._chroma = self._client, None, None
            if client is not None:
                client.close()
            if self._lock_file is not None:
                self._lock_file.close()
                self._lock_file = None

    def _do(self, work: Callable[[Any], Made]) -> Made:
        try:
            return work(self._opened())
        except ServiceUnavailable:
            raise
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # a panic in Chroma's Rust part derives from BaseException
            where = f"The Chroma server at {self._host}:{self._port}" if self._host else f"The store in {self._folder}"
            raise ServiceUnavailable(
                f"{where} does not serve passages as it should. Nothing is lost: they are held in memory meanwhile. "
                "Check CHROMA_HOST and the server, or delete the folder; it is filled again."
            ) from error

    def _opened(self) -> Any:
        with self._opening:
            if self._chroma is None:
                from langchain_chroma import Chroma

                if self._host:
                    self._client = chroma_client.server(self._host, self._port)
                else:
                    self._lock_file = self._lock_file or chroma_client.lock(self._folder, "passages")
                    self._client = chroma_client.embedded(self._folder)
                self._chroma = Chroma(
                    self._collection,
                    self._embeddings,
                    client=self._client,
                    collection_configuration={"hnsw": {"space": "cosine"}},
                )
        return self._chroma
