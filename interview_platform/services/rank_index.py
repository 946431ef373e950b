"""A pool of résumés made ready so that any new job is ranked over all of them at once. numpy and scipy.sparse.

Everything a job asks of a sentence (a skill, a phrase, whether it was copied from the job's advert) is answered for all
sentences of the pool together; `smartfilter.explain` answers the same for one résumé by the same rules. Only the weight
of rare words depends on the pool: the same résumé gets the same other parts in any pool.

Vectors are kept as 16-bit integers. Sums of their products are exact in float32, whatever the order, so that equal
résumés get equal scores wherever they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interview_platform.services import rank_coverage, rank_parts
from interview_platform.services.lexical import Lexical
from interview_platform.services.rank_document import VIEWS, RankDocument
from interview_platform.services.rank_parts import Fit, Wish
from interview_platform.services.rank_sentences import Sentences

Floats = NDArray[np.float32]
_SCALE = 2_048.0
_BLOCK = 8_192


@dataclass(frozen=True)
class Scores:
    """All documents of an index against one job, in the index's order."""

    total: NDArray[np.float64]  # 0..100, two decimals
    parts: dict[str, Floats]  # those the job has, each 0..1
    coverage: NDArray[np.uint8]  # (n, requirements): 0 not found, 1 partly, 2 met
    copied: NDArray[np.int32]  # (n,) sentences copied from the advert, which counted for nothing


class RankIndex:
    """Documents with their vectors, of shape (n, VIEWS, width) and length 1 each.

    `like` is another pool's index that lends its words' rarity, so that a few documents score as they would there.
    """

    def __init__(
        self, documents: Sequence[RankDocument], vectors: NDArray[np.float32], like: RankIndex | None = None
    ) -> None:
        if vectors.shape[:2] != (len(documents), VIEWS):
            raise ValueError(f"{len(documents)} documents need vectors of shape (n, {VIEWS}, width).")
        self.documents = tuple(documents)
        self.keys = tuple(document.key for document in documents)
        self._vectors = np.rint(np.asarray(vectors, dtype=np.float32) * _SCALE).astype(np.int16)
        self._sentences = Sentences.build(self.documents)
        self._words: Lexical = self._sentences.lexical(like._words if like else None)
        self._roles = rank_parts.Roles.build(self.documents)

    def __len__(self) -> int:
        return len(self.documents)

    def scores(self, wish: Wish, asked: NDArray[np.float32], weights: dict[str, float] | None = None) -> Scores:
        """Every document against a job; `asked` are the vectors of `wish_texts(wish)`."""
        advert = rank_coverage.Advert.of(wish)
        copied = self._sentences.spread(advert, self._sentences.copied(advert))
        coverage = self._coverage(wish, copied)
        pasted = self._sentences.per_document(copied)
        parts = self._skill_parts(wish, coverage)
        prose = np.setdiff1d(copied, self._sentences.listed)  # lists are in no view: they cost no trust
        trust = rank_parts.trust(self._sentences.pasted_share(prose), self._sentences.per_document(prose))
        parts["meaning"] = self._meaning(asked) * trust
        parts["words"] = self._word_scores(advert, copied, pasted)
        parts |= {name: part * trust for name, part in self._roles.parts(wish).items()}
        return Scores(rank_parts.totals(parts, weights), parts, coverage, pasted)

    def fit(self, place: int, wish: Wish, asked: NDArray[np.float32], weights: dict[str, float] | None = None) -> Fit:
        """One document of the index, with its reasons; its sentences are the blind ones."""
        made = self.scores(wish, asked, weights)
        document = self.documents[place]
        parts = {name: round(float(part[place]), 4) for name, part in made.parts.items()}
        requirements, notes = rank_coverage.of_document(document, wish)
        return Fit(float(made.total[place]), requirements, (), parts, (*document.notes, *notes))

    def _meaning(self, asked: NDArray[np.float32]) -> Floats:
        wanted = np.rint(np.asarray(asked, dtype=np.float32) * _SCALE).T
        near = np.empty((len(self), VIEWS, wanted.shape[1]), dtype=np.float32)
        for start in range(0, len(self), _BLOCK):
            held = self._vectors[start : start + _BLOCK].astype(np.float32)
            near[start : start + _BLOCK] = held @ wanted
        return rank_parts.meaning((near / np.float32(_SCALE * _SCALE)).astype(np.float32, copy=False))

    def _coverage(self, wish: Wish, copied: NDArray[np.int32]) -> NDArray[np.uint8]:
        found = np.zeros((len(self), len(wish.skills)), dtype=np.uint8)
        for column, (skill, _) in enumerate(wish.skills):
            found[:, column] = self._sentences.coverage(rank_coverage.Asked.of(skill), copied)
        return found

    def _skill_parts(self, wish: Wish, coverage: NDArray[np.uint8]) -> dict[str, Floats]:
        made = {}
        for name, required in (("required", True), ("preferred", False)):
            columns = [place for place, (_, of) in enumerate(wish.skills) if of is required]
            if columns:
                made[name] = coverage[:, columns].astype(np.float32).mean(axis=1) / np.float32(2)
        return made

    def _word_scores(
        self, advert: rank_coverage.Advert, copied: NDArray[np.int32], pasted: NDArray[np.int32]
    ) -> Floats:
        found = self._words.scores(advert.words)
        documents = np.flatnonzero(pasted).astype(np.int32)
        if len(documents):
            asked = [word for word, _ in self._words.asked(advert.words)]
            times = self._sentences.kept_counts(documents, copied, asked)
            found[documents] = self._words.scores_of(times, advert.words)
        return rank_parts.wording(found)
