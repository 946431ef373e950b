"""How right a short answer is beside reference answers: late interaction by vectors tuned on graded answers.

The tuned part (judge.safetensors beside this file, 0.1 MB) was fitted by benchmarks/train_judge.py on openly licensed
answers to other questions; docs/judge.md names them and the figures. It turns each word piece's vector a little, weighs
each piece, and adds up four measures of how the answer and the reference hold each other, each with a positive factor;
the untuned share and the words that both name count beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_platform.errors import ModelMissing
from interview_platform.services.scoring.late import Words
from interview_platform.services.scoring.sentences import content

TUNED = Path(__file__).with_name("judge.safetensors")
SHA256 = "45872806a648c60021d5614b0f333bae73629928421ce0bb65d67cfa1d952ea2"
"""Of the file: a changed file is not read."""
PLAIN_WORTH = 0.5
"""How much the untuned share weighs beside the tuned grade: it holds on subjects that the tuning never saw."""

WORDS_WORTH = 0.25
"""How much the plainly shared words weigh beside it: what a vector takes for near may be another thing."""

SPREAD = 10.0
"""The tuned sum's span from the worst grade to the best; between them the grade rises evenly."""

MARKS = 2.0
"""People's marks rise steeply first and slowly at the end; the power with which they do on held-out SAF questions."""

Floats = NDArray[np.float64]


class Grading:
    """Grades by any embeddings that have `embed_tokens`; by others there are none."""

    def __init__(self, embeddings: Any) -> None:
        self._embed = getattr(embeddings, "embed_tokens", None)

    def grades(self, question: str, references: Sequence[str], answers: Sequence[str]) -> list[float] | None:
        """One grade 0..1 for each answer, by the reference it is nearest to. None where the embeddings cannot.

        Raises ModelMissing when the tuned part is not the one pinned.
        """
        if self._embed is None:
            return None
        if not answers or not references:
            return [0.0] * len(answers)
        texts = list(dict.fromkeys([question, *references, *answers]))
        words = dict(zip(texts, self._embed(texts), strict=True))
        asked, named = frozenset(words[question].pieces), content(question)
        sides = {text: _Side(words[text], asked, content(text) - named) for text in texts}
        return [max(_grade(sides[text], sides[one]) for one in references) for text in answers]


class _Side:
    """An answer's or a reference's word pieces: plain and turned vectors, and weights of either.

    `named`: stems of its words that the question does not hold.
    """

    def __init__(self, words: Words, asked: frozenset[str], named: set[str]) -> None:
        tuned = _tuned()
        self.named = named
        self.plain = words.vectors.astype(np.float64)
        turned = self.plain + (self.plain @ tuned["down"].T) @ tuned["up"].T
        self.turned = turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
        rare = words.rarity.astype(np.float64)
        own = rare * np.array([piece not in asked for piece in words.pieces], dtype=np.float64)
        self.rare = own if own.any() else rare
        learned = np.logaddexp(0.0, self.turned @ tuned["weigh.weight"] + tuned["weigh.bias"][0])
        self.weights = self.rare * learned if own.any() else rare
        middle = self.turned.sum(axis=0)
        self.middle = middle / max(float(np.linalg.norm(middle)), 1e-9)


def _grade(answer: _Side, reference: _Side) -> float:
    if not len(answer.plain) or not len(reference.plain):
        return 0.0
    tuned = _tuned()
    near = reference.turned @ answer.turned.T
    held, used = near.max(axis=1), near.max(axis=0)
    slope, middle = tuned["threshold"]
    measures = np.array(
        [
            _mean(held, reference.weights),
            _mean(used, answer.weights),
            _mean(1 / (1 + np.exp(-slope * (held - middle))), reference.weights),
            float(answer.middle @ reference.middle),
        ]
    )
    right = 0.5 + float(measures @ tuned["head"] + tuned["bias"][0]) / SPREAD
    share = _mean((reference.plain @ answer.plain.T).max(axis=1), reference.rare)
    shared = 2 * len(answer.named & reference.named) / max(1, len(answer.named) + len(reference.named))
    alike = _within(right) + PLAIN_WORTH * _within(share) + WORDS_WORTH * shared
    alike /= 1 + PLAIN_WORTH + WORDS_WORTH
    return round(1 - float((1 - alike) ** MARKS), 4)


def _within(value: float) -> float:
    return min(1.0, max(0.0, value))


def _mean(values: Floats, weights: Floats) -> float:
    return float(values @ weights / weights.sum())


@lru_cache(maxsize=1)
def _tuned() -> dict[str, Floats]:
    return read(TUNED, SHA256)


def read(path: Path, sha256: str) -> dict[str, Floats]:
    """The tuned part: up (width, rank), down (rank, width), weigh, head (4), bias, threshold (slope, middle).

    Raises ModelMissing when the file is not there or not the one pinned.
    """
    from safetensors.numpy import load

    held = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(held).hexdigest() != sha256:
        raise ModelMissing(
            f"The tuned part of the offline judge ({path.name}) is missing or changed, so no answer was graded. "
            "Restore the file from the release."
        )
    return {name: value.astype(np.float64) for name, value in load(held).items()}
