"""Which of many matters a question is about, learned from all of their examples at once.

The nearest single example errs where one stray wording lies close. Here every example of every matter weighs in (kernel
ridge regression, solved once), so that a matter is only chosen where its own examples outweigh those of all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_platform.services.agent import asking, ridge
from interview_platform.services.agent.retrieval import Remembered, Vector

NARROWNESS, EASE = 1.5, 0.1
"""How quickly the weight of an example falls with distance; how little a single example may bend the result."""
_CLAUSE = 0.5
_LITTLE = 0.15  # weight below which a text is about nothing in particular


@dataclass(frozen=True)
class Leaning:
    """The matter a question leans to (its place), its weight (about 0..1), and what it is ahead of the next by."""

    place: int
    weight: float
    margin: float


class Matters:
    """Weighs a question against groups of examples."""

    def __init__(self, embeddings: Remembered, groups: Sequence[Sequence[str]]) -> None:
        """`groups`: the examples of each matter; at least two groups, none empty."""
        self._embeddings = embeddings
        self._examples: Vector = embeddings.fixed([_bare(text) for group in groups for text in group])
        near = partial(self._kernel, self._examples)
        how = f"near {NARROWNESS}"
        self._weights = ridge.solved(how, self._examples, ridge.owners(groups), near, EASE)  # type: ignore[arg-type]

    def leaning(self, question: str) -> Leaning:
        """What the question leans to; where a clause of it asks, that clause has half the say."""
        scores = self._scores(question)
        clause = asking.question_clause(question)
        if clause:
            scores = (1 - _CLAUSE) * scores + _CLAUSE * self._scores(clause)
        second, first = np.argsort(scores)[-2:]
        return Leaning(int(first), float(scores[first]), float(scores[first] - scores[second]))

    def weights(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Shape (texts, matters): what each text leans to, never below nothing."""
        rows = self._embeddings.rows([_bare(text) for text in texts])
        made: NDArray[np.float64] = np.clip(self._kernel(rows) @ self._weights, 0, None)
        return made

    def _scores(self, question: str) -> NDArray[np.float64]:
        scores: NDArray[np.float64] = (self._kernel(self._embeddings.rows([_bare(question)])) @ self._weights)[0]
        return scores

    def _kernel(self, rows: Vector) -> NDArray[np.float64]:
        near: NDArray[np.float64] = np.exp(NARROWNESS * (rows.astype(np.float64) @ self._examples.T - 1.0))
        return near


def _bare(text: str) -> str:
    """Without the mark at the end and capitals, which tell written examples from spoken ones and nothing else."""
    return text.strip(" ?.!").lower()


def alike(one: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far texts are about the same matters, each 0..1: shape (others,), of weights (matters,), (others, matters).

    A text that leans to nothing much is like nothing, which the constant sees to.
    """
    own = one / (np.linalg.norm(one) + _LITTLE)
    made: NDArray[np.float64] = (others / (np.linalg.norm(others, axis=1, keepdims=True) + _LITTLE)) @ own
    return made


def lead(scores: NDArray[Any], texts: Sequence[str], place: int) -> float:
    """How far one text is ahead of the best of all others (the same text twice is no rival)."""
    others = [float(score) for score, text in zip(scores, texts, strict=True) if text != texts[place]]
    return float(scores[place]) - max(others, default=0.0)
