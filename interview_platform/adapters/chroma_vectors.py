"""Vectors kept in Chroma: embedded in a folder of this machine, or on a Chroma server.

Vectors are fetched by key, never searched: ranking compares a job with every résumé exactly. Chroma's graph of
neighbours is therefore kept as small as Chroma lets it be. An embedded folder belongs to one process at a time (Chroma
does not notice what another process writes), which a lock file makes sure of.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from interview_platform.adapters import chroma_client
from interview_platform.errors import ServiceUnavailable

_EMBEDDED_AT_ONCE, _SERVER_AT_ONCE = 2_000, 500  # a server's answers travel as JSON
_GRAPH = {"hnsw": {"space": "ip", "ef_construction": 10, "max_neighbors": 4}}
_NONE: NDArray[np.float32] = np.empty((0, 0), dtype=np.float32)


class ChromaVectors:
    """`Vectors` in a folder, or on the server at `host`:`port` where a host is given. Opened at the first use.

    Every call raises ServiceUnavailable when the store cannot be opened or does not answer.
    """

    def __init__(self, folder: Path | None = None, host: str = "", port: int = 8000) -> None:
        """Either a folder (made when absent) or a host."""
        self.name = f"Chroma at {host}:{port}" if host else "Chroma on this machine"
        self._folder, self._host, self._port = folder, host, port
        self._opening = threading.Lock()
        self._client: Any = None
        self._at_once = 0
        self._lock_file: IO[str] | None = None

    def put(self, space: str, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store or replace; of a key that is given twice the last vector counts."""
        if not keys:
            return
        places = {key: place for place, key in enumerate(keys)}
        chosen, rows = list(places), np.asarray(vectors, dtype=np.float32)[list(places.values())]
        with self._collection(space) as collection:
            for first in range(0, len(chosen), self._at_once):
                end = first + self._at_once
                collection.upsert(ids=chosen[first:end], embeddings=rows[first:end])

    def get(self, space: str, keys: Sequence[str]) -> tuple[list[str], NDArray[np.float32]]:
        """Those of the keys that are stored, in the order of `keys`, with their vectors."""
        wanted = list(dict.fromkeys(keys))
        found: list[str] = []
        parts: list[NDArray[np.float32]] = []
        with self._collection(space) as collection:
            for first in range(0, len(wanted), self._at_once):
                asked = wanted[first : first + self._at_once]
                held = collection.get(ids=asked, include=["embeddings"])
                order = _order(asked, held["ids"])
                if order:
                    found += [held["ids"][place] for place in order]
                    parts.append(np.asarray(held["embeddings"], dtype=np.float32)[order])
        return found, np.concatenate(parts) if parts else _NONE

    def keys(self, space: str) -> set[str]:
        """Every key of the space."""
        with self._collection(space) as collection:
            return set(collection.get(include=[])["ids"])

    def all_spaces(self) -> list[str]:
        """Every space that was ever written to."""
        head = "vectors-"
        with self._translated() as client:
            return [one.name.removeprefix(head) for one in client.list_collections() if one.name.startswith(head)]

    def delete(self, space: str, keys: Sequence[str]) -> None:
        """Forget these; unknown keys are no error."""
        chosen = list(dict.fromkeys(keys))
        with self._collection(space) as collection:
            for first in range(0, len(chosen), self._at_once):
                collection.delete(ids=chosen[first : first + self._at_once])

    def close(self) -> None:
        """Let go of the folder, so that another process may open it; safe to call twice."""
        with self._opening:
            client, self._client = self._client, None
            if client is not None:
                client.close()
            if self._lock_file is not None:
                self._lock_file.close()
                self._lock_file = None

    @contextmanager
    def _collection(self, space: str) -> Iterator[Any]:
        """The space's collection, made when absent."""
        with self._translated() as client:
            yield client.get_or_create_collection(f"vectors-{space}", embedding_function=None, configuration=_GRAPH)

    @contextmanager
    def _translated(self) -> Iterator[Any]:
        """The client; whatever Chroma raises meanwhile is translated."""
        try:
            yield self._opened()
        except ServiceUnavailable:
            raise
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # a panic in Chroma's Rust part derives from BaseException
            raise ServiceUnavailable(self._advice()) from error

    def _opened(self) -> Any:
        with self._opening:
            if self._client is None:
                if self._host:
                    client: Any = chroma_client.server(self._host, self._port)
                else:
                    self._lock_file = self._lock_file or chroma_client.lock(self._folder, "vectors")
                    client = chroma_client.embedded(self._folder)
                most = _SERVER_AT_ONCE if self._host else _EMBEDDED_AT_ONCE
                self._at_once = min(most, client.get_max_batch_size())
                self._client = client
        return self._client

    def _advice(self) -> str:
        if self._host:
            return (
                f"The Chroma server at {self._host}:{self._port} does not answer as it should. Nothing is lost: "
                "vectors are computed anew meanwhile. Check CHROMA_HOST, CHROMA_PORT and the server."
            )
        return (
            f"The stored vectors in {self._folder} cannot be read. Nothing is lost: they are computed anew at every "
            "start meanwhile. Stop the product, delete that folder, and it is filled again."
        )


def _order(asked: Sequence[str], held: Sequence[str]) -> list[int]:
    """Places in `held`, in the order of `asked`."""
    places = {key: place for place, key in enumerate(held)}
    return [places[key] for key in asked if key in places]
