"""Sentence embeddings by a sentence-transformers model from a folder; nothing is fetched."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

from langchain_core.embeddings import Embeddings

from interview_platform.errors import ModelMissing

_BATCH = 32


class SentenceEmbedder(Embeddings):
    """Vectors of length 1, on the processor. Loaded at first use; threads take turns."""

    def __init__(self, model_dir: Path) -> None:
        """`model_dir` is a sentence-transformers folder. Raises ModelMissing when it is not there."""
        if not (model_dir / "modules.json").is_file():
            raise ModelMissing(
                "The sentence model is not here, so résumés cannot be ranked. "
                "Get it with: python -m interview_platform models pull"
            )
        self.name = model_dir.name
        self._dir = model_dir
        self._lock = threading.Lock()
        self._model: Any = None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector per text, in order; only a text's first 256 word pieces count."""
        if not texts:
            return []
        with self._lock:
            vectors = self._loaded().encode(
                texts, batch_size=_BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
        return [[float(value) for value in vector] for vector in vectors]

    def embed_query(self, text: str) -> list[float]:
        """One text's vector."""
        return self.embed_documents([text])[0]

    def _loaded(self) -> Any:
        if self._model is None:
            os.environ["HF_HUB_OFFLINE"] = "1"  # read when the library is imported: nothing is looked up online
            os.environ["TRANSFORMERS_OFFLINE"] = "1"
            os.environ["TOKENIZERS_PARALLELISM"] = "false"
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(str(self._dir), device="cpu", local_files_only=True)
        return self._model
