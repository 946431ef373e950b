"""A language model for the wording alone: the offline interviewer decides whether and what to ask, the model says how.

For small local models, whose decisions nobody should rely on. A wording that asks for something else than the authored
one is refused, and the authored one stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import Decision, Exchange, Interviewer

ALIKE = 0.38
"""Least cosine similarity of the new wording to the authored one, or to the point it asks for.

Of pairs of authored follow-ups that ask for different things 95% lie below it.
"""


class Worder(Protocol):
    """Says a decided follow-up in words that fit the answer."""

    label: str

    def word(self, exchange: Exchange, decided: Decision) -> Decision:
        """The decision with `text` of its own. Raises ServiceUnavailable."""


class Rewording:
    """Interviewer: decisions of one, words of another."""

    name = "rewording"

    def __init__(self, offline: Interviewer, worder: Worder, embeddings: Embeddings) -> None:
        self.label = f"{offline.label} (worded by {worder.label})"
        self._offline, self._worder, self._embeddings = offline, worder, embeddings

    def decide(self, exchange: Exchange, say: Callable[[str], bool] | None = None) -> Decision:
        """The offline decision, worded by the model where it asks something. Raises ServiceUnavailable.

        The bridge is the offline interviewer's too: it is said at once, while the model still words the question.
        """
        decided = self._offline.decide(exchange)
        if decided.action == "accept" or not decided.text:
            return decided
        if decided.bridge and say is not None:
            say(decided.bridge)
        worded = self._worder.word(exchange, decided)
        if not self._asks_the_same(worded.text, decided, exchange):
            raise ServiceUnavailable(f"{self._worder.label} worded another question than the one decided on.")
        return replace(decided, **_account(worded), text=worded.text, engine=self.label)

    def _asks_the_same(self, text: str, decided: Decision, exchange: Exchange) -> bool:
        """Near enough to what was decided on, and no nearer to another point's question."""
        wanted = [decided.text, *filter(None, [decided.point])]
        others = [option.question for option in exchange.options if option.point != decided.point]
        vectors = np.asarray(self._embeddings.embed_documents([text, *wanted, *others]))
        alike = vectors[1:] @ vectors[0] / (np.linalg.norm(vectors[1:], axis=1) * np.linalg.norm(vectors[0]) + 1e-9)
        best = float(alike[: len(wanted)].max())
        return best >= max([ALIKE, *map(float, alike[len(wanted) :])])


def _account(worded: Decision) -> dict[str, Any]:
    """What the wording was made with and used."""
    return {name: getattr(worded, name) for name in ("prompt", "tokens_in", "tokens_out", "cost")}
