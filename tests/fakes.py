"""Deterministic stand-ins for what the product takes from outside. Each behaves, none records calls to be asserted."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

_SUFFIXES = ("ations", "ation", "ings", "ing", "ers", "er", "ies", "ed", "es", "s", "e")
_COMMON = frozenset(
    "a an and are as at be by for from i in is it my of on or our that the this to was we with you".split()  # noqa: SIM905
)


def stem(word: str) -> str:
    """A word without its commonest English ending: enough for "deployed" to meet "deploys"."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


class HashingEmbeddings(Embeddings):
    """Bags of hashed, stemmed words, normalised: texts that share words are near, and every run gives the same."""

    name = "hashing"

    def __init__(self, dimensions: int = 512) -> None:
        self.dimensions = dimensions

    def embed_query(self, text: str) -> list[float]:
        """One text as a vector of length 1 (zeros when it holds no words)."""
        vector = np.zeros(self.dimensions)
        for word in re.findall(r"[a-z0-9+#]+", text.lower()):
            if word not in _COMMON:
                vector[zlib.crc32(stem(word).encode()) % self.dimensions] += 1.0
        length = float(np.linalg.norm(vector))
        return [float(value) for value in (vector / length if length else vector)]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Each text as `embed_query` does it."""
        return [self.embed_query(text) for text in texts]


class MemoryVectors:
    """Vectors in this process's memory, by space and key."""

    name = "memory"

    def __init__(self) -> None:
        self.spaces: dict[str, dict[str, NDArray[np.float32]]] = {}

    def put(self, space: str, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store or replace."""
        self.spaces.setdefault(space, {}).update(zip(keys, np.asarray(vectors, dtype=np.float32), strict=True))

    def get(self, space: str, keys: Sequence[str]) -> tuple[list[str], NDArray[np.float32]]:
        """Those that are stored, in the order of `keys`."""
        held = self.spaces.get(space, {})
        found = [key for key in dict.fromkeys(keys) if key in held]
        return found, np.stack([held[key] for key in found]) if found else np.empty((0, 0), dtype=np.float32)

    def keys(self, space: str) -> set[str]:
        """Every key of the space."""
        return set(self.spaces.get(space, {}))

    def all_spaces(self) -> list[str]:
        """Every space that was ever written to."""
        return list(self.spaces)

    def delete(self, space: str, keys: Sequence[str]) -> None:
        """Forget these."""
        for key in keys:
            self.spaces.get(space, {}).pop(key, None)
