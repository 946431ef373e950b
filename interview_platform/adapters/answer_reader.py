"""How well texts answer a question: MiniLM's last layers, trained further to read question and text together.

The first layers read each text by itself, so what they make of a source's sentences is computed once and kept. The last
ones read question and sentence side by side; what was trained (benchmarks/train_reader.py) is a small difference to
their matrices and the network that weighs what they make, with what is counted of the pair. One safetensors file.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.errors import ModelMissing

if TYPE_CHECKING:
    from torch import Tensor

TUNED = Path(__file__).with_name("answer_reader.safetensors")
SHA256 = "7ad968dba78c6451ed2f32979620cfeccae23c914266c6b129d8840b18a53a60"
"""Of the file: a changed file is not read."""
TOGETHER = 2
"""So many of the last layers read question and text together."""
MOST_QUESTION, MOST_TEXT = 32, 56  # word pieces
SHORT = 40
"""Word pieces of a pair up to which it counts as short."""
MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
_HEADS, _LAYERS = 12, 6
_KEPT = 4_000
Floats = NDArray[np.float32]


class AnswerReader:
    """Weighs answers; shares the embedder's model. Loaded at first use."""

    def __init__(self, embedder: SentenceEmbedder, tuned: Path = TUNED, sha256: str = SHA256) -> None:
        """`tuned` is the trained part, `sha256` what it must be."""
        self._embedder, self._tuned, self._sha256 = embedder, tuned, sha256
        self._known: dict[str, Tensor] = {}

    def weights(self, question: str, texts: Sequence[str], counted: Floats) -> Floats:
        """One number a text: above 0 it answers rather than that nothing does. `counted` is (texts, numbers).

        Raises ModelMissing when the trained part is not there or not the one pinned.
        """
        import torch

        if not len(texts):
            return np.empty(0, dtype=np.float32)
        lower, held = self._parts
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=lower.bfloat16):
            states = self._states(lower, list(dict.fromkeys(texts)))
            asked = lower.read([question], MOST_QUESTION)[0]
            made = torch.zeros(len(texts))
            for rows in apart([len(asked) + len(states[text]) for text in texts]):
                said, numbers = [states[texts[row]] for row in rows], torch.from_numpy(counted[rows])
                made[rows] = forward(held, [asked] * len(rows), said, numbers).float()
        found: Floats = (made - held["none"].float()).numpy()
        return found

    def _states(self, lower: Lower, texts: list[str]) -> dict[str, Tensor]:
        new = [text for text in texts if text not in self._known]
        if len(self._known) + len(new) > _KEPT:
            self._known, new = {}, texts
        if new:
            self._known = self._known | dict(zip(new, lower.read(new, MOST_TEXT), strict=True))
        return self._known

    @cached_property
    def _parts(self) -> tuple[Lower, dict[str, Tensor]]:
        """What reads texts by themselves, and what `forward` needs: the last layers with what was trained."""
        import torch

        trained = {name: torch.from_numpy(value) for name, value in read(self._tuned, self._sha256).items()}
        lower = Lower(self._embedder)
        return lower, in_kept(merged(lower.held, trained), lower.bfloat16)


def apart(lengths: Sequence[int]) -> list[list[int]]:
    """Places of the short pairs and of the long ones: computed apart, little is computed for padding."""
    sides = ([], [])  # type: tuple[list[int], list[int]]
    for row, length in enumerate(lengths):
        sides[length > SHORT].append(row)
    return [side for side in sides if side]


def in_kept(held: dict[str, Tensor], bfloat16: bool) -> dict[str, Tensor]:
    """The layers' matrices as they are computed with: what autocast would do at every call, done once."""
    import torch

    kept = torch.bfloat16 if bfloat16 else torch.float32
    return {name: value.to(kept) if name[0].isdigit() and value.dim() == 2 else value for name, value in held.items()}


class Lower:
    """The embedder's first layers, which read each text by itself."""

    def __init__(self, embedder: SentenceEmbedder) -> None:
        model, self.bfloat16 = embedder.model()
        self._tokenizer, bert = model.tokenizer, model[0].auto_model
        self.held = {name: value.detach().float().cpu() for name, value in bert.embeddings.state_dict().items()}
        for place, layer in enumerate(bert.encoder.layer):
            self.held |= {f"{place}.{name}": value.detach().float().cpu() for name, value in layer.state_dict().items()}
        self.layers = len(bert.encoder.layer)
        self._kept = in_kept(self.held, self.bfloat16)

    def read(self, texts: Sequence[str], most: int) -> list[Tensor]:
        """What they make of each text: (word pieces, width), marks of beginning and end included."""
        import torch

        encoded = self._tokenizer(list(texts), truncation=True, max_length=most)["input_ids"]
        longest = max(map(len, encoded))
        ids = torch.zeros(len(encoded), longest, dtype=torch.long)
        for row, one in enumerate(encoded):
            ids[row, : len(one)] = torch.tensor(one)
        lengths = torch.tensor([len(one) for one in encoded])
        present = torch.arange(longest)[None] < lengths[:, None]
        states = self._embedded(ids)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bfloat16):
            for layer in range(self.layers - TOGETHER):
                states = _layer(self._kept, layer, states, present)
        return [states[row, : len(one)] for row, one in enumerate(encoded)]

    def _embedded(self, ids: Tensor) -> Tensor:
        from torch.nn import functional as F

        held = self.held
        made = held["word_embeddings.weight"][ids] + held["position_embeddings.weight"][: ids.shape[1]]
        made = made + held["token_type_embeddings.weight"][0]
        return F.layer_norm(made, made.shape[-1:], held["LayerNorm.weight"], held["LayerNorm.bias"], 1e-12)


def merged(frozen: dict[str, Tensor], trained: dict[str, Tensor]) -> dict[str, Tensor]:
    """Both together: a matrix of the frozen ones gets the product of its two trained ones, "….down" and "….up"."""
    held = frozen | {name: value for name, value in trained.items() if not name.endswith((".down", ".up"))}
    for name in (name.removesuffix(".down") for name in trained if name.endswith(".down")):
        held[f"{name}.weight"] = frozen[f"{name}.weight"] + trained[f"{name}.up"] @ trained[f"{name}.down"]
    return held


def forward(
    held: dict[str, Tensor], asked: Sequence[Tensor], said: Sequence[Tensor], counted: Tensor, dropped: float = 0.0
) -> Tensor:
    """One number a pair (question, text), by `held` (see `merged`); `dropped` is the dropout while it is trained."""
    import torch
    from torch.nn import functional as F

    states, present, of_text = _joined(held, asked, said)
    for layer in range(_LAYERS - TOGETHER, _LAYERS):
        states = _layer(held, layer, F.dropout(states, dropped / 2, dropped > 0), present)
    seen = states.float()
    means = [_mean(seen, present & ~of_text), _mean(seen, present & of_text), seen[:, 0]]
    scaled = (counted - held["mean"]) / torch.sqrt(held["var"] + 1e-5)
    every = F.dropout(torch.cat([*means, scaled], -1), dropped, dropped > 0)
    hidden = F.relu(F.linear(every, held["hidden.weight"], held["hidden.bias"]))
    made: Tensor = F.linear(F.dropout(hidden, dropped, dropped > 0), held["out.weight"], held["out.bias"])[:, 0]
    return made


def _joined(held: dict[str, Tensor], asked: Sequence[Tensor], said: Sequence[Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """Question and text behind each other, (pairs, most pieces, width), with which pieces are there and of the text."""
    import torch

    most = max(len(one) + len(two) for one, two in zip(asked, said, strict=True))
    states = torch.zeros(len(asked), most, asked[0].shape[1])
    kind = torch.full((len(asked), most), 2)
    for row, (one, two) in enumerate(zip(asked, said, strict=True)):
        states[row, : len(one)] = one.float()
        states[row, len(one) : len(one) + len(two)] = two.float()
        kind[row, : len(one)], kind[row, len(one) : len(one) + len(two)] = 0, 1
    states = states + held["kinds"][kind.clamp(max=1)]
    return states, kind < 2, kind == 1


def _layer(held: dict[str, Tensor], layer: int, states: Tensor, present: Tensor) -> Tensor:
    """One of BERT's layers."""
    from torch.nn import functional as F

    def linear(name: str, given: Tensor) -> Tensor:
        made = F.linear(given, held[f"{layer}.{name}.weight"], held[f"{layer}.{name}.bias"])
        down = held.get(f"{layer}.{name}.down")  # there while it is trained, else within the weight
        return made if down is None else made + F.linear(F.linear(given, down), held[f"{layer}.{name}.up"])

    def normed(name: str, given: Tensor) -> Tensor:
        weight, bias = held[f"{layer}.{name}.LayerNorm.weight"], held[f"{layer}.{name}.LayerNorm.bias"]
        return F.layer_norm(given.float(), given.shape[-1:], weight, bias, 1e-12)

    rows, pieces, width = states.shape
    query, key, value = (
        linear(f"attention.self.{name}", states).view(rows, pieces, _HEADS, -1).transpose(1, 2)
        for name in ("query", "key", "value")
    )
    weights = (query @ key.transpose(2, 3)).float() / math.sqrt(width / _HEADS)
    weights = weights.masked_fill(~present[:, None, None], -1e4).softmax(-1).to(value.dtype)
    context = (weights @ value).transpose(1, 2).reshape(rows, pieces, width)
    states = normed("attention.output", linear("attention.output.dense", context) + states)
    made = linear("output.dense", F.gelu(linear("intermediate.dense", states)))
    return normed("output", made + states)


def _mean(states: Tensor, chosen: Tensor) -> Tensor:
    counted = chosen[..., None].float()
    found: Tensor = (states * counted).sum(1) / counted.sum(1).clamp(min=1)
    return found


def read(path: Path, sha256: str) -> dict[str, Any]:
    """The trained arrays by name. Raises ModelMissing when the file is not there or not the one pinned."""
    from safetensors.numpy import load

    held = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(held).hexdigest() != sha256:
        raise ModelMissing(
            f"The trained part of the question reader ({path.name}) is missing or changed, so questions are answered "
            "by the rules alone. Restore the file from the release."
        )
    return {name: value.astype(np.float32) for name, value in load(held).items()}
