"""Sentence embeddings by a sentence-transformers model from a folder; nothing is fetched.

Texts are batched by their number of word pieces, so that little is computed for padding. On a processor with bfloat16
units (AMX or AVX-512) the model runs in it, two to four times as fast and within 0.0001 of the cosine; elsewhere in
float32; on a GPU where there is one. docs/decisions/0005 holds the measurements. A document has the same vector, bit
for bit, whatever it is embedded together with: every batch is padded to fixed lengths, and to a least size below which
the processor's kernels round otherwise.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from interview_platform.errors import ModelMissing

_BATCH_PIECES = 2_048
"""Word pieces computed at once: about 0.1 to 0.3 s of two cores, the longest an interview's question waits."""
_STEP = 32  # texts are padded to multiples of this many word pieces
_LEAST_PIECES = {True: 512, False: 256}  # of one batch, in bfloat16 or not: smaller matrices are rounded otherwise
_SMALL_PIECES = 512
_FEW_PIECES, _FEW_STEP = 288, 48  # of `embed_few`: six sentences of up to 48 word pieces
_TOGETHER = 4_096  # texts sorted by length at once

Pieces = list[int]


@dataclass(frozen=True)
class TokenVectors:
    """A text's word pieces in order, without the marks of its beginning and end."""

    pieces: tuple[str, ...]
    vectors: NDArray[np.float32]  # (pieces, width), each of length 1, as the piece is meant in this text
    rarity: NDArray[np.float32]  # (pieces,), natural logarithm of its rank among the vocabulary: .7 "the" to 10.3


class SentenceEmbedder(Embeddings):
    """Vectors of length 1. Loaded at first use; threads take turns, a batch each, so that nobody waits for long."""

    def __init__(self, model_dir: Path) -> None:
        """`model_dir` is a sentence-transformers folder. Raises ModelMissing when it is not there."""
        if not (model_dir / "modules.json").is_file():
            raise ModelMissing(
                "The sentence model is not here, so résumés cannot be ranked. "
                "Get it with: python -m interview_platform models pull"
            )
        self.name = model_dir.name
        self._dir = model_dir
        self._turns = _Turns()
        self._loading = threading.Lock()
        self._model: Any = None
        self._bfloat16 = False
        self._threads = 1

    def embed_array(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, in order, shape (texts, width); only a text's first 256 word pieces count."""
        model = self._loaded()
        made = np.empty((len(texts), model.get_embedding_dimension()), dtype=np.float32)
        for first in range(0, len(texts), _TOGETHER):
            part = made[first : first + _TOGETHER]
            pieces = self._pieces(model, list(texts[first : first + _TOGETHER]))
            for rows in batches([len(one) for one in pieces]):
                with self._turns:
                    part[rows] = self._forward(model, [pieces[row] for row in rows])
        return made

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """`embed_array` as LangChain wants it."""
        made: list[list[float]] = self.embed_array(texts).tolist() if texts else []
        return made

    def embed_few(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A few sentences soon, shape (texts, width): each has the same vector whatever stands beside it, but in small
        fixed shapes of their own, so its last bits differ from `embed_array`'s."""
        return self.embed_few_and_tokens(texts)[0]

    def embed_few_and_tokens(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], list[TokenVectors]]:
        """As `embed_few`, with the vectors of the word pieces from the same computation."""
        model = self._loaded()
        pieces = self._pieces(model, list(texts))
        made = np.empty((len(texts), model.get_embedding_dimension()), dtype=np.float32)
        tokens: dict[int, TokenVectors] = {}
        for length in sorted({_few_length(one) for one in pieces}):
            rows = [row for row, one in enumerate(pieces) if _few_length(one) == length]
            most = max(1, _FEW_PIECES // length)
            for first in range(0, len(rows), most):
                part, beside = rows[first : first + most], list[NDArray[np.float32]]()
                with self._turns:
                    made[part] = self._forward(model, [pieces[row] for row in part], most * length, length, beside)
                for row, found in zip(part, beside[0], strict=True):
                    tokens[row] = _tokens(model.tokenizer, pieces[row], found)
        return made, [tokens[row] for row in range(len(texts))]

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Vectors of each text's word pieces; a text has the same, bit for bit, whatever it is computed with."""
        return self.embed_with_tokens(texts)[1]

    def embed_with_tokens(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], list[TokenVectors]]:
        """What `embed_array` and `embed_tokens` give, bit for bit, in one computation."""
        model = self._loaded()
        pieces = self._pieces(model, list(texts)) if texts else []
        made = np.empty((len(texts), model.get_embedding_dimension()), dtype=np.float32)
        tokens: dict[int, TokenVectors] = {}
        for rows in batches([len(one) for one in pieces]):
            beside: list[NDArray[np.float32]] = []
            with self._turns:
                made[rows] = self._forward(model, [pieces[row] for row in rows], beside=beside)
            for row, found in zip(rows, beside[0], strict=True):
                tokens[row] = _tokens(model.tokenizer, pieces[row], found)
        return made, [tokens[row] for row in range(len(texts))]

    def embed_query(self, text: str) -> list[float]:
        """One text's vector, at once: its last bits may differ from what `embed_documents` gives."""
        model = self._loaded()
        pieces = self._pieces(model, [text])
        with self._turns:
            made: list[float] = self._forward(model, pieces, least=0)[0].tolist()
        return made

    def model(self) -> tuple[Any, bool]:
        """The sentence-transformers model, for who reads more than vectors, and whether it computes in bfloat16."""
        return self._loaded(), self._bfloat16

    @staticmethod
    def _pieces(model: Any, texts: list[str]) -> list[Pieces]:
        """Each text's word pieces, cut at what the model reads."""
        encoded = model.tokenizer(
            texts,
            truncation=True,
            max_length=model.max_seq_length,
            return_attention_mask=False,
            return_token_type_ids=False,
        )
        pieces: list[Pieces] = encoded["input_ids"]
        return pieces

    def _forward(
        self,
        model: Any,
        rows: list[Pieces],
        least: int | None = None,
        length: int = 0,
        beside: list[NDArray[np.float32]] | None = None,
    ) -> NDArray[np.float32]:
        """The vectors of one batch, padded to its fixed shape; a small one by one thread, which is as fast.

        `beside` gets those of every word piece, shape (rows, length, width).
        """
        import torch

        least = _LEAST_PIECES[self._bfloat16] if least is None else least
        length = length or padded(max(map(len, rows)))
        filled = rows + rows[:1] * max(0, -(-least // length) - len(rows))
        blank = model.tokenizer.pad_token_id or 0
        given = {
            "input_ids": [row + [blank] * (length - len(row)) for row in filled],
            "attention_mask": [[1] * len(row) + [0] * (length - len(row)) for row in filled],
        }
        tensors = {name: torch.tensor(value, device=model.device) for name, value in given.items()}
        torch.set_num_threads(self._threads if length * len(filled) > _SMALL_PIECES else 1)
        with torch.inference_mode(), torch.autocast(model.device.type, torch.bfloat16, enabled=self._bfloat16):
            computed = model(tensors)
        found = [computed[name][: len(rows)].float() for name in ("sentence_embedding", "token_embeddings")]
        if beside is not None:
            beside.append(torch.nn.functional.normalize(found[1], dim=-1).cpu().numpy())
        vectors: NDArray[np.float32] = torch.nn.functional.normalize(found[0], dim=-1).cpu().numpy()
        torch.set_num_threads(self._threads)
        return vectors

    def _loaded(self) -> Any:
        with self._loading:
            if self._model is None:
                os.environ["HF_HUB_OFFLINE"] = "1"  # read when the library is imported: nothing is looked up online
                os.environ["TRANSFORMERS_OFFLINE"] = "1"
                os.environ["TOKENIZERS_PARALLELISM"] = "false"
                # Threads that wait by spinning take the cores from each other where there are more of them than cores.
                os.environ.setdefault("OMP_WAIT_POLICY", "passive")
                import torch
                from sentence_transformers import SentenceTransformer

                device = "cuda" if torch.cuda.is_available() else "cpu"
                self._model = SentenceTransformer(str(self._dir), device=device, local_files_only=True).eval()
                self._bfloat16 = _computes_bfloat16(device)
                if self._bfloat16:
                    _keep_in_bfloat16(self._model)
                self._threads = torch.get_num_threads()
        return self._model


class _Turns:
    """A lock that serves in the order of arrival: who works in batches cannot keep the others out between two."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._given = self._served = 0

    def __enter__(self) -> None:
        with self._change:
            mine = self._given
            self._given += 1
            while self._served != mine:
                self._change.wait()

    def __exit__(self, *_: object) -> None:
        with self._change:
            self._served += 1
            self._change.notify_all()


def _tokens(tokenizer: Any, pieces: Pieces, vectors: NDArray[np.float32]) -> TokenVectors:
    special = set(tokenizer.all_special_ids)
    kept = [place for place, piece in enumerate(pieces) if piece not in special]
    ids = np.array([pieces[place] for place in kept], dtype=np.int64)
    # The vocabulary stands in order of frequency from its first word on, so a rank tells how rare a piece is.
    rank = np.maximum(ids - tokenizer.convert_tokens_to_ids("the"), 0)
    return TokenVectors(
        tuple(tokenizer.convert_ids_to_tokens(ids.tolist())), vectors[kept], np.log(2.0 + rank).astype(np.float32)
    )


def padded(pieces: int) -> int:
    """The length that so many word pieces are padded to."""
    return max(_STEP, -(-pieces // _STEP) * _STEP)


def _few_length(pieces: Pieces) -> int:
    return max(_FEW_STEP, -(-len(pieces) // _FEW_STEP) * _FEW_STEP)


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Texts, by place in `lengths`, to be computed together: of one padded length, longest first."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: (-padded(lengths[row]), row)):
        size = padded(lengths[row])
        if batch and (size != padded(lengths[batch[0]]) or size * (len(batch) + 1) > _BATCH_PIECES):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _keep_in_bfloat16(model: Any) -> None:
    """Hold the matrices as autocast would turn them at every call: the same bits, half the time of a short text.

    Whatever autocast computes in float32 (embeddings, layer norms) stays as it is.
    """
    import torch

    for part in model.modules():
        if isinstance(part, torch.nn.Linear):
            part.to(torch.bfloat16)


def _computes_bfloat16(device: str) -> bool:
    """Whether the device computes in bfloat16; a processor that only emulates it would be slower."""
    import torch

    if device == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    tells = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")
    return any(getattr(torch.cpu, tell, lambda: False)() for tell in tells)
