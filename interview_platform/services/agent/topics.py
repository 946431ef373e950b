"""What candidates ask about: authored topics, told by example questions, and the sentences that answer each.

A topic says what a question is about by the nearest of its examples; its pattern says which sentences hold an answer.
That keeps apart what lies close by meaning alone: "do you sponsor visas" and "do you sponsor courses".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict, Field

from interview_platform.services.agent import asking, bank
from interview_platform.services.agent.retrieval import Remembered, Vector

CUE = 0.2
"""What a word that names the topic adds to the nearness of its examples."""
_MARKED = re.compile(r"\{([^}]*)\}")


class _Entry(BaseModel):
    """One topic as it is written down."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    asks: tuple[str, ...] = Field(min_length=2)
    cue: str = ""
    holds: str = ""
    lacks: str = ""
    needs: str = ""
    asked: str = ""
    soft: bool = False
    never: str = ""


@dataclass(frozen=True)
class Topic:
    """One topic. `words` are stems its questions may use freely; marked words of the examples are not among them."""

    id: str
    asks: tuple[str, ...]
    words: frozenset[str]
    cue: re.Pattern[str] | None
    holds: re.Pattern[str] | None
    lacks: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    asked: re.Pattern[str] | None = None  # what a question must have to be about it
    soft: bool = False  # whether words near in meaning account for each other
    never: str = ""

    @property
    def unanswered(self) -> bool:
        """Whether it is only here to tell its questions from others: no sentence answers them."""
        return self.holds is not None and self.holds.pattern == "(?!)"

    def held_by(self, sentence: str, around: str = "") -> bool:
        """Whether the sentence, with the heading it stands under, answers such a question."""
        if self.holds is None or not self.holds.search(f"{around}: {sentence}" if around else sentence):
            return False
        if self.lacks is not None and self.lacks.search(sentence):
            return False
        return self.needs is None or bool(self.needs.search(f"{around} {sentence}"))


@lru_cache
def topics() -> tuple[Topic, ...]:
    """The topics of rag_data/candidate_topics.yaml. Raises ValueError when the file breaks its schema."""
    read = yaml.safe_load((bank.RAG_DATA / "candidate_topics.yaml").read_text(encoding="utf-8"))
    return tuple(_topic(_Entry.model_validate(entry)) for entry in read)


def _topic(entry: _Entry) -> Topic:
    if not entry.never and not entry.holds:
        raise ValueError(f"topic {entry.id} says neither which sentences answer it nor why none does")
    free = {word for ask in entry.asks for word in asking.salient(_MARKED.sub(" ", ask))}
    plain = tuple(_MARKED.sub(r"\1", ask) for ask in entry.asks)
    return Topic(
        id=entry.id,
        asks=plain,
        words=frozenset(free),
        cue=_pattern(entry.cue),
        holds=_pattern(entry.holds),
        lacks=_pattern(entry.lacks),
        needs=_pattern(entry.needs),
        asked=_pattern(entry.asked),
        soft=entry.soft,
        never=entry.never,
    )


def _pattern(value: str) -> re.Pattern[str] | None:
    return re.compile(value, re.IGNORECASE) if value else None


class TopicReader:
    """Which topics a question may be about. The examples' vectors are computed once."""

    def __init__(self, embeddings: Remembered, listed: Sequence[Topic] | None = None) -> None:
        self.topics = tuple(listed) if listed is not None else topics()
        self._embeddings = embeddings
        self.owners = [place for place, topic in enumerate(self.topics) for _ in topic.asks]
        self._vectors: Vector | None = None

    @property
    def vectors(self) -> Vector:
        """One row for each example of each topic."""
        if self._vectors is None:
            self._vectors = self._embeddings.fixed([ask for topic in self.topics for ask in topic.asks])
        return self._vectors

    def near(self, question: str) -> list[tuple[Topic, float]]:
        """All topics and how near the question is to each, the nearest first."""
        scores = self.vectors @ self._embeddings.rows([question])[0]
        best = np.zeros(len(self.topics), dtype=np.float32)
        np.maximum.at(best, self.owners, scores)
        named = np.array([bool(t.cue and t.cue.search(question)) for t in self.topics], dtype=np.float32)
        total = np.minimum(best + CUE * named, 1.0 + CUE)
        order = np.argsort(-total, kind="stable")
        return [(self.topics[place], float(total[place])) for place in order]
