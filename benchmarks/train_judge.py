"""Tune the offline judge's grades on openly licensed graded answers; writes one small safetensors file.

    python -m benchmarks.train_judge --data DIR --out FILE.safetensors [--held 0.3] [--epochs 3]

DIR holds saf_dev.jsonl (MIT) and semeval_dev.jsonl (CC BY-SA 3.0), as docs/judge.md describes them. MiniLM stays as it
is; what is trained turns the vectors of its word pieces a little (a low-rank matrix), weighs each piece, and sums four
measures of how an answer and its reference hold each other (services/scoring/grading.py computes the same). First
without the share `--held` of the questions, chosen by their names alone, and measured on these; then on all, which is
what is written. One seed and one thread, so a second run gives the same up to the last bits of the processor.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from scipy.stats import pearsonr
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn
from torch.nn import functional as F

from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.settings import settings

RANK, WIDTH = 64, 384
BATCH = {"saf": 8, "beetle": 24, "sciEntsBank": 24}
MOST_REFERENCES = 4
RATE, HEAD_RATE, WEIGHT_RATE = 1e-3, 1e-2, 3e-3
RANKING = 0.5  # worth of ordering the answers to one question, beside grading each


@dataclass(frozen=True)
class Row:
    """One graded answer; `grade` is 0..1."""

    corpus: str
    qid: str
    question: str
    references: tuple[str, ...]
    answer: str
    grade: float


def read(folder: Path) -> list[Row]:
    """SAF and SemEval, without empty answers."""
    return [row for row in [*_saf(folder / "saf_dev.jsonl"), *_semeval(folder / "semeval_dev.jsonl")] if _said(row)]


def _said(row: Row) -> bool:
    return len(row.answer.split()) > 0 and row.answer.strip().lower().rstrip(".") != "no submission"


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _saf(path: Path) -> Iterator[Row]:
    for one in _lines(path):
        yield Row("saf", one["qid"], one["question"], (one["reference"],), one["answer"], float(one["score"]))


def _semeval(path: Path) -> Iterator[Row]:
    for one in _lines(path):
        references = tuple(reference["text"] for reference in one["references"])
        grade = float(one["label"] == "correct")
        yield Row(one["corpus"], one["qid"], one["question"], references, one["answer"], grade)


def held_out(row: Row, share: float) -> bool:
    """Whether a row's question is among those kept apart; by its name only."""
    return zlib.crc32(f"{row.corpus}/{row.qid}".encode()) % 1000 < 1000 * share


@dataclass(frozen=True)
class Words:
    """A text's word pieces: (pieces, WIDTH) in half precision, and their rarity."""

    pieces: tuple[str, ...]
    vectors: Tensor
    rarity: Tensor


def embedded(rows: Sequence[Row]) -> dict[str, Words]:
    """Every text of the rows, by the product's own encoder."""
    embedder = SentenceEmbedder(settings().cache_dir / "minilm")
    texts = sorted({text for row in rows for text in (row.question, row.answer, *row.references)})
    made = {}
    for first in range(0, len(texts), 1024):
        part = texts[first : first + 1024]
        for text, words in zip(part, embedder.embed_tokens(part), strict=True):
            held = torch.from_numpy(words.vectors.astype(np.float16))
            made[text] = Words(words.pieces, held, torch.from_numpy(words.rarity))
        print(f"embedded {len(made)} of {len(texts)} texts", flush=True)
    return made


class Grader(nn.Module):
    """What is trained, over fixed vectors."""

    def __init__(self, words: dict[str, Words]) -> None:
        super().__init__()
        self.words = words
        self.down = nn.Parameter(torch.randn(RANK, WIDTH) / math.sqrt(WIDTH))
        self.up = nn.Parameter(torch.zeros(WIDTH, RANK))
        self.weigh = nn.Linear(WIDTH, 1)
        nn.init.zeros_(self.weigh.weight)
        nn.init.constant_(self.weigh.bias, 0.54)
        self.head = nn.Parameter(torch.tensor([8.0, 1.0, 0.0, 1.0]))
        self.bias = nn.Parameter(torch.tensor(-6.0))
        self.threshold = nn.Parameter(torch.tensor([10.0, 0.55]))

    def forward(self, question: str, references: Sequence[str], answers: Sequence[str]) -> Tensor:
        """Logits, shape (answers,): the best of the references counts."""
        vectors, rare, kept, own = self._padded([*answers, *references], set(self.words[question].pieces))
        vectors = F.dropout(vectors, 0.1, self.training)
        vectors = F.normalize(vectors + F.linear(F.linear(vectors, self.down), self.up), dim=-1)
        weights = rare * own * F.softplus(self.weigh(vectors)).squeeze(-1)
        weights = torch.where(weights.sum(1, keepdim=True) > 0, weights, rare)
        many = len(answers)
        near = torch.einsum("nid,mjd->nmij", vectors[:many], vectors[many:])
        near = near.masked_fill(~kept[:many, None, :, None], -1).masked_fill(~kept[None, many:, None, :], -1)
        held = near.amax(2)
        middle = F.normalize((vectors * kept[..., None]).sum(1), dim=-1)
        measures = [
            _mean(held, weights[None, many:]),
            _mean(near.amax(3), weights[:many, None]),
            _mean(torch.sigmoid(self.threshold[0] * (held - self.threshold[1])), weights[None, many:]),
            middle[:many] @ middle[many:].T,
        ]
        made: Tensor = (torch.stack(measures, -1) @ F.softplus(self.head) + self.bias).amax(1)
        return made

    def _padded(self, texts: Sequence[str], asked: set[str]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Vectors, rarity, which are pieces at all, and which the question does not hold; (texts, most pieces, …)."""
        found = [self.words[text] for text in texts]
        most = max(1, *(len(words.pieces) for words in found))
        vectors, rare = torch.zeros(len(found), most, WIDTH), torch.zeros(len(found), most)
        own = torch.zeros(len(found), most, dtype=torch.bool)
        for row, words in enumerate(found):
            count = len(words.pieces)
            vectors[row, :count], rare[row, :count] = words.vectors.float(), words.rarity
            own[row, :count] = torch.tensor([piece not in asked for piece in words.pieces], dtype=torch.bool)
        return vectors, rare, rare > 0, own


def _mean(values: Tensor, weights: Tensor) -> Tensor:
    weights = weights.expand_as(values)
    made: Tensor = (values * weights).sum(-1) / weights.sum(-1).clamp(min=1e-6)
    return made


def loss_of(logits: Tensor, grades: Tensor) -> Tensor:
    """Each answer's grade, and the order of those to one question."""
    graded = F.binary_cross_entropy_with_logits(logits, grades)
    apart = grades[:, None] - grades[None]
    wrong = F.softplus(-(logits[:, None] - logits[None])) * apart.clamp(min=0)
    return graded + RANKING * wrong.sum() / apart.clamp(min=0).sum().clamp(min=1.0)


def batches(rows: Sequence[Row], chance: random.Random) -> list[list[Row]]:
    """Answers to one question together, in random order."""
    asked: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        asked[row.corpus, row.qid].append(row)
    made = []
    for (corpus, _), same in asked.items():
        chance.shuffle(same)
        made += [same[first : first + BATCH[corpus]] for first in range(0, len(same), BATCH[corpus])]
    chance.shuffle(made)
    return made


def trained(words: dict[str, Words], rows: Sequence[Row], held: Sequence[Row], epochs: int) -> Grader:
    """A grader fitted to the rows; prints what the held-out ones say after every epoch."""
    torch.manual_seed(0)
    grader, chance = Grader(words), random.Random(0)
    optimizer = torch.optim.AdamW(
        [
            {"params": [grader.down, grader.up], "rate": RATE},
            {"params": [grader.head, grader.bias, grader.threshold], "rate": HEAD_RATE},
            {"params": list(grader.weigh.parameters()), "rate": WEIGHT_RATE},
        ],
        weight_decay=0.01,
    )
    every = [batch for _ in range(epochs) for batch in batches(rows, chance)]
    for step, batch in enumerate(every):
        _step(grader, optimizer, batch, chance, max(0.02, 1 - step / len(every)) * min(1.0, (step + 1) / 30))
        if held and (step + 1) % (len(every) // epochs) == 0:
            print(json.dumps(measure(grader, held)), flush=True)
    return grader


def _step(grader: Grader, optimizer: Any, batch: list[Row], chance: random.Random, share: float) -> None:
    grader.train()
    references = list(batch[0].references)
    if len(references) > MOST_REFERENCES:
        references = chance.sample(references, MOST_REFERENCES)
    logits = grader(batch[0].question, references, [row.answer for row in batch])
    loss = loss_of(logits, torch.tensor([row.grade for row in batch]))
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_([grader.down, grader.up], 1.0)
    for group in optimizer.param_groups:
        group["lr"] = group["rate"] * share
    optimizer.step()


@torch.inference_mode()
def measure(grader: Grader, rows: Sequence[Row]) -> dict[str, float]:
    """AUC of the two SemEval corpora, Pearson of SAF."""
    grader.eval()
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for batch in batches(rows, random.Random(0)):
        logits = grader(batch[0].question, batch[0].references, [row.answer for row in batch])
        found[batch[0].corpus] += zip(torch.sigmoid(logits).tolist(), (row.grade for row in batch), strict=True)
    made = {}
    for corpus, both in sorted(found.items()):
        guess, truth = zip(*both, strict=True)
        figure = pearsonr(guess, truth)[0] if corpus == "saf" else roc_auc_score(truth, guess)
        made[corpus] = round(float(figure), 3)
    return made


def save(grader: Grader, out: Path) -> str:
    """The trained part alone, in half precision; its SHA-256, which grading.py pins."""
    held = {"down": grader.down, "up": grader.up, "weigh.weight": grader.weigh.weight[0]}
    held |= {"weigh.bias": grader.weigh.bias, "head": F.softplus(grader.head), "bias": grader.bias[None]}
    held |= {"threshold": grader.threshold}
    save_file({name: tensor.detach().half().contiguous() for name, tensor in held.items()}, out)
    return hashlib.sha256(out.read_bytes()).hexdigest()


def main() -> None:
    """Measure on held-out questions, then train on all and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held", type=float, default=0.3)
    parser.add_argument("--epochs", type=int, default=3)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    rows = read(asked.data)
    words = embedded(rows)
    held = [row for row in rows if held_out(row, asked.held)]
    if held:
        kept = [row for row in rows if not held_out(row, asked.held)]
        save(trained(words, kept, held, asked.epochs), asked.out.with_suffix(".held"))
        print(f"measured without {len(held)} of {len(rows)} answers", flush=True)
    print(save(trained(words, rows, [], asked.epochs), asked.out))


if __name__ == "__main__":
    main()
