"""Whether a question is plainly one of the FAQs', or plainly about something that no FAQ is about.

What candidates ask about the interview itself is the same everywhere, so it can be known by many wordings: of every
FAQ, of every topic about a job or an employer, of what sounds alike and is neither. All of them weigh in at once
(kernel ridge regression over the nearness of meaning and the words and pairs of words shared). What decides is by how
much the best FAQ is ahead of the best other matter.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from interview_platform.services.agent import asking, ridge, topics
from interview_platform.services.agent.passages import Piece
from interview_platform.services.agent.retrieval import Library, Remembered, Vector

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

NARROWNESS, WORDS, EASE = 4.0, 0.5, 0.3
"""How quickly nearness of meaning falls with distance; what shared words weigh beside it; how little a single example
may bend the result. Chosen on examples that stand in no list here (docs/questions.md)."""
_CLAUSE = 0.5
_TOKEN = re.compile(r"[\w']+")
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Plain:
    """The best FAQ's place, its weight (about 0..1), and how far it is ahead of all that is no FAQ (or behind)."""

    place: int
    weight: float
    lead: float


class Plainly:
    """Weighs a question against the wordings of FAQs and of everything else. Safe between threads."""

    def __init__(
        self, embeddings: Remembered, written: Sequence[Sequence[str]], others: Sequence[Sequence[str]]
    ) -> None:
        """`written`: the wordings of each FAQ; `others`: those of each other matter. Both hold at least one."""
        self._embeddings, self._faqs = embeddings, len(written)
        groups = [*written, *others]
        texts = [_bare(text) for group in groups for text in group]
        self._examples: Vector = embeddings.fixed(texts)
        self._words = _Words(texts)
        how = f"near {NARROWNESS} words {WORDS}"
        self._weights = ridge.solved(how, self._examples, ridge.owners(groups), self._near, EASE)

    def weigh(self, question: str) -> Plain:
        """What it is nearest to; where a clause of it asks, that clause has half the say."""
        scores = self._scores(question)
        if clause := asking.question_clause(question):
            scores = (1 - _CLAUSE) * scores + _CLAUSE * self._scores(clause)
        written = scores[: self._faqs]
        place = int(written.argmax())
        return Plain(place, float(written[place]), float(written[place] - scores[self._faqs :].max()))

    def _scores(self, question: str) -> Floats:
        text = _bare(question)
        near = np.exp(NARROWNESS * (self._examples @ self._embeddings.rows([text])[0] - 1.0))
        made: Floats = (near + WORDS * self._words.shared([text])[0]) @ self._weights
        return made

    def _near(self) -> Floats:
        """How near all examples are to each other."""
        near: Floats = self._examples @ self._examples.T
        near = np.exp(NARROWNESS * (near - 1.0), out=near)
        near += WORDS * self._words.shared(None)
        return near


class PlainFaqs:
    """The FAQs of a library, weighed against every topic and what is listed as elsewhere."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._held: tuple[list[Piece], Plainly] | None = None

    def about(self, question: str, scopes: Collection[str]) -> tuple[Piece, Plain] | None:
        """The FAQ a question may plainly be; None where there are no FAQs. Learned again only when those changed."""
        pieces = [piece for piece in self._library.pieces(scopes) if piece.source == "faq" and piece.asks]
        if not pieces:
            return None
        if self._held is None or [one.id for one in self._held[0]] != [one.id for one in pieces]:
            others = [*(topic.asks for topic in topics.topics()), asking.elsewhere()]
            self._held = (pieces, Plainly(self._library.embeddings, [piece.asks for piece in pieces], others))
        found = self._held[1].weigh(question)
        return self._held[0][found.place], found


class _Words:
    """Words and pairs of words, the rare ones heavier; each text's row has length 1."""

    def __init__(self, texts: Sequence[str]) -> None:
        held = [_terms(text) for text in texts]
        found = Counter(term for terms in held for term in terms)
        self._places = {term: place for place, term in enumerate(found)}
        rare = [math.log((1 + len(texts)) / (1 + number)) + 1 for number in found.values()]
        self._rare = np.array(rare, dtype=np.float32)
        self._rows = self._matrix(held)

    def shared(self, texts: Sequence[str] | None) -> Floats:
        """How much the texts (None: the examples) share with every example, 0..1, (texts, examples)."""
        rows = self._rows if texts is None else self._matrix([_terms(text) for text in texts])
        made: Floats = (rows @ self._rows.T).toarray()
        return made

    def _matrix(self, held: Sequence[Counter[str]]) -> csr_matrix:
        from scipy.sparse import csr_matrix

        values: list[float] = []
        places: list[int] = []
        ends = [0]
        for terms in held:
            known = {self._places[term]: number for term, number in terms.items() if term in self._places}
            row = np.array([(1 + math.log(number)) * self._rare[place] for place, number in known.items()])
            values += (row / max(1e-9, float(np.linalg.norm(row)))).tolist()
            places += known
            ends.append(len(places))
        return csr_matrix((np.array(values, dtype=np.float32), places, ends), shape=(len(held), len(self._places)))


def _terms(text: str) -> Counter[str]:
    words = _TOKEN.findall(text)
    return Counter([*words, *map(" ".join, pairwise(words))])


def _bare(text: str) -> str:
    """Without the mark at the end and capitals, which tell written examples from spoken ones and nothing else."""
    return text.strip(" ?.!").lower()
