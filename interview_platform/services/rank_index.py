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

from interview_platform.services import rank_coverage, rank_parts, rank_pool_copied
from interview_platform.services.lexical import Lexical
from interview_platform.services.rank_document import VIEWS, RankDocument
from interview_platform.services.rank_parts import Fit, Wish
from interview_platform.services.rank_pasted import own
from interview_platform.services.rank_sentences import Sentences

Floats = NDArray[np.float32]
_SCALE = 2_048.0
_BLOCK = 1_024  # rows of vectors at once: they stay in the processor's cache


@dataclass(frozen=True)
class Scores:
    """All documents of an index against one job, in the index's order."""

    total: NDArray[np.float64]  # 0..100, two decimals
    parts: dict[str, Floats]  # those the job has, each 0..1
    coverage: NDArray[np.uint8]  # (n, requirements): 0 not found, 1 partly, 2 met
    copied: NDArray[np.int32]  # (n,) sentences copied from the advert, which counted for nothing


class RankIndex:
    """Documents with their vectors, of shape (n, VIEWS, width) and length 1 each (float32, or what `quantised` made).

    `like` is another pool's index that lends its words' rarity, so that a few documents score as they would there.
    """

    def __init__(
        self,
        documents: Sequence[RankDocument],
        vectors: NDArray[np.float32] | NDArray[np.int16],
        like: RankIndex | None = None,
    ) -> None:
        if vectors.shape[:2] != (len(documents), VIEWS):
            raise ValueError(f"{len(documents)} documents need vectors of shape (n, {VIEWS}, width).")
        self.documents = tuple(documents)
        self.keys = tuple(document.key for document in documents)
        self.vectors = quantised(vectors)  # int16
        self._sentences = Sentences.build(self.documents)
        self._words: Lexical = self._sentences.lexical(like._words if like else None)
        self._roles = rank_parts.Roles.build(self.documents)

    def __len__(self) -> int:
        return len(self.documents)

    def scores(self, wish: Wish, asked: NDArray[np.float32], weights: dict[str, float] | None = None) -> Scores:
        """Every document against a job; `asked` are the vectors of `wish_texts(wish)`."""
        advert = rank_coverage.Advert.of(wish)
        copied = rank_pool_copied.copied(self._sentences, advert)
        coverage = self._coverage(wish, copied)
        pasted = self._sentences.per_document(copied)
        parts = self._skill_parts(wish, coverage)
        prose = copied[~self._sentences.is_list[copied]]  # lists are in no view: they cost no trust
        share = self._sentences.pasted_share(prose)
        trust = rank_parts.trust(share, self._sentences.per_document(prose))
        taken = self._own(copied)
        parts["meaning"] = self._meaning(asked, share, trust, taken)
        parts["words"] = self._word_scores(advert, copied, pasted)
        parts = {name: part * trust for name, part in (parts | self._lengths(wish, taken)).items()}
        return Scores(rank_parts.totals(parts, weights or wish.weights), parts, coverage, pasted)

    def fit(self, place: int, wish: Wish, asked: NDArray[np.float32], weights: dict[str, float] | None = None) -> Fit:
        """One document of the index, with its reasons; its sentences are the blind ones."""
        made = self.scores(wish, asked, weights)
        document = self.documents[place]
        parts = {name: round(float(part[place]), 4) for name, part in made.parts.items()}
        requirements, notes = rank_coverage.of_document(document, wish)
        return Fit(float(made.total[place]), requirements, (), parts, (*document.notes, *notes))

    def _own(self, copied: NDArray[np.int32]) -> dict[int, RankDocument]:
        """Documents that call themselves by the advert's lines, by place, as they are without these."""
        made = {place: own(self.documents[place], lines) for place, lines in self._sentences.lines_of(copied).items()}
        return {place: document for place, document in made.items() if document is not self.documents[place]}

    def _lengths(self, wish: Wish, taken: dict[int, RankDocument]) -> dict[str, Floats]:
        """Length and recency of such work; of these documents without the advert's lines."""
        parts = self._roles.parts(wish)
        if taken:
            places = list(taken)
            for name, part in rank_parts.Roles.build(list(taken.values())).parts(wish).items():
                parts[name][places] = np.minimum(parts[name][places], part)
        return parts

    def _meaning(
        self, asked: NDArray[np.float32], share: Floats, trust: Floats, taken: dict[int, RankDocument]
    ) -> Floats:
        wanted = np.ascontiguousarray(np.rint(np.asarray(asked, dtype=np.float32) * _SCALE).T)
        rows = self.vectors.reshape(len(self) * VIEWS, self.vectors.shape[-1])
        near = np.empty((len(rows), wanted.shape[1]), dtype=np.float32)
        for start in range(0, len(rows), _BLOCK):
            np.matmul(rows[start : start + _BLOCK].astype(np.float32), wanted, out=near[start : start + _BLOCK])
        near = (near / np.float32(_SCALE * _SCALE)).astype(np.float32, copy=False)
        views = near.reshape(len(self), VIEWS, wanted.shape[1])
        pasted = np.flatnonzero(trust < 1)
        views[pasted, 0] = rank_parts.believed(views[pasted, 0], share[pasted], trust[pasted])
        for place, document in taken.items():
            views[place, [not view for view in document.views]] = rank_parts.FALLEN
        return rank_parts.meaning(views)

    def _coverage(self, wish: Wish, copied: NDArray[np.int32]) -> NDArray[np.uint8]:
        found, out = (
            np.zeros((len(self), len(wish.skills)), dtype=np.uint8),
            self._sentences.mask(copied) | self._sentences.muted,
        )
        for column, (skill, _) in enumerate(wish.skills):
            found[:, column] = self._sentences.coverage(rank_coverage.Asked.of(skill), out)
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


def quantised(vectors: NDArray[np.float32] | NDArray[np.int16]) -> NDArray[np.int16]:
    """Vectors of length 1 in the form an index keeps: half the memory. What is quantised already stays as it is."""
    if vectors.dtype == np.int16:
        return vectors.astype(np.int16, copy=False)
    made = np.empty(vectors.shape, dtype=np.int16)
    for start in range(0, len(vectors), _BLOCK):
        made[start : start + _BLOCK] = np.rint(np.asarray(vectors[start : start + _BLOCK], dtype=np.float32) * _SCALE)
    return made
