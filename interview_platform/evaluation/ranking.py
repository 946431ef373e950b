"""How well SmartFilter finds the résumés of a job's occupation, beside plain baselines in the same run.

A résumé is relevant to a post when its category is the post's occupation. Baselines: BM25, TF-IDF, MiniLM over a text's
first 256 word pieces, and the three fused by rank (RRF). The difference to the best of them is paired over posts, with
a 95% bootstrap interval.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from interview_platform.evaluation.ranking_data import Post, Read, category
from interview_platform.services import lexical
from interview_platform.services.rank_document import VIEWS, RankDocument, document
from interview_platform.services.rank_index import RankIndex
from interview_platform.services.rank_parts import WEIGHTS, Wish, wish_texts
from interview_platform.services.rank_words import content_stems

TOP = 10
_FIRST_CHARACTERS = 2_500
_RRF = 60
_DRAWS = 10_000

Matrix = NDArray[np.float64]
Say = Callable[[str], None]


class Embedded:
    """Vectors by text; equal texts are embedded once."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._known: dict[str, NDArray[np.float32]] = {}

    def rows(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector a text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        made = self._embeddings.embed_documents(new) if new else []
        self._known |= {text: np.asarray(row, dtype=np.float32) for text, row in zip(new, made, strict=True)}
        return np.stack([self._known[text] for text in texts])

    def views(self, documents: Sequence[RankDocument]) -> NDArray[np.float32]:
        """(n, VIEWS, width) for an index."""
        rows = self.rows([view for made in documents for view in made.views])
        return rows.reshape(len(documents), VIEWS, -1)

    def job(self, wish: Wish) -> NDArray[np.float32]:
        """What RankIndex.scores takes as `asked`."""
        return self.rows(wish_texts(wish))


def measure(read: Sequence[Read], jobs: Sequence[Post], embeddings: Embeddings, say: Say) -> dict[str, Any]:
    """Every run's nDCG@10, MAP and P@10, per occupation too, and SmartFilter's lead over the best baseline."""
    begun = time.perf_counter()
    relevant = np.array([[resume.category == category(job) for resume in read] for job in jobs], dtype=float)
    embedded = Embedded(embeddings)
    say(f"reading and embedding {len(read)} résumés")
    documents = [document(resume.id, resume.facts) for resume in read]
    index = RankIndex(documents, embedded.views(documents))
    made = [index.scores(job.wish, embedded.job(job.wish)) for job in jobs]
    say("scoring the baselines")
    runs = {"smartfilter": np.array([scores.total for scores in made]), **baselines(read, jobs, embedded)}
    values = {name: metrics(scores, relevant) for name, scores in runs.items()}
    best = max(
        (name for name in runs if name != "smartfilter"), key=lambda name: float(values[name]["ndcg_at_10"].mean())
    )
    return {
        "posts": len(jobs),
        "resumes": len(read),
        "runs": {
            name: {of: round(float(each.mean()), 4) for of, each in held.items()} for name, held in values.items()
        },
        "best_baseline": best,
        "lead_ndcg_at_10": lead(values["smartfilter"]["ndcg_at_10"], values[best]["ndcg_at_10"]),
        "ndcg_at_10_by_occupation": {name: by_occupation(jobs, held["ndcg_at_10"]) for name, held in values.items()},
        "weights": jobs[0].wish.weights if jobs else WEIGHTS,
        "resumes_with_notes": sum(bool(made.notes) for made in documents),
        "seconds": round(time.perf_counter() - begun, 1),
    }


def baselines(read: Sequence[Read], jobs: Sequence[Post], embedded: Embedded) -> dict[str, Matrix]:
    """What anybody would build first, on the résumés' whole text."""
    texts, asked = [resume.facts.text for resume in read], [job.wish.text for job in jobs]
    runs = {"bm25": bm25(texts, asked), "tfidf": tfidf(texts, asked)}
    runs["minilm_first_256"] = np.asarray(
        embedded.rows(asked) @ embedded.rows([text[:_FIRST_CHARACTERS] for text in texts]).T, dtype=float
    )
    runs["fusion_rrf"] = sum(1 / (_RRF + ranks(scores)) for scores in list(runs.values()))
    return runs


def bm25(texts: Sequence[str], asked: Sequence[str], k1: float = 1.5, b: float = 0.75) -> Matrix:
    """Okapi BM25 with the usual constants."""
    from scipy.sparse import csr_array

    documents = [content_stems(text) for text in texts]
    numbers: dict[str, int] = {}
    words = [numbers.setdefault(word, len(numbers)) for held in documents for word in held]
    owners = np.repeat(np.arange(len(texts)), [len(held) for held in documents])
    counts = csr_array((np.ones(len(words)), (words, owners)), shape=(max(1, len(numbers)), len(texts)))
    counts.sum_duplicates()
    lengths = np.array([len(held) for held in documents], dtype=float)
    norm = k1 * (1 - b + b * lengths / max(1.0, lengths.mean()))
    counts.data = counts.data * (k1 + 1) / (counts.data + norm[counts.indices])
    held = np.diff(counts.indptr)
    idf = np.log1p((len(texts) - held + 0.5) / (held + 0.5))
    made = np.zeros((len(asked), len(texts)))
    for row, text in enumerate(asked):
        for word, times in lexical.counted(content_stems(text)).items():
            if word in numbers:
                span = slice(*counts.indptr[numbers[word] : numbers[word] + 2])
                made[row, counts.indices[span]] += times * idf[numbers[word]] * counts.data[span]
    return made


def tfidf(texts: Sequence[str], asked: Sequence[str]) -> Matrix:
    """Cosine of TF-IDF vectors, as scikit-learn makes them."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    model = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2 if len(texts) > 20 else 1)
    held = model.fit_transform(texts)
    return np.asarray((model.transform(asked) @ held.T).todense())


def ranks(scores: Matrix) -> Matrix:
    """Each row's ranks from 1, equal scores in the order given."""
    return np.argsort(np.argsort(-scores, axis=1, kind="stable"), axis=1) + 1.0


def metrics(scores: Matrix, relevant: Matrix) -> dict[str, Matrix]:
    """nDCG@10, average precision and precision@10 of each row."""
    order = np.argsort(-scores, axis=1, kind="stable")
    found = np.take_along_axis(relevant, order, axis=1)
    discount = 1 / np.log2(np.arange(2, TOP + 2))
    best = np.array([discount[: int(min(TOP, row.sum()))].sum() for row in relevant])
    top = found[:, :TOP]
    precision = np.cumsum(found, axis=1) / np.arange(1, found.shape[1] + 1)
    return {
        "ndcg_at_10": top @ discount[: top.shape[1]] / np.maximum(best, 1e-9),
        "map": (precision * found).sum(axis=1) / np.maximum(relevant.sum(axis=1), 1),
        "p_at_10": top.mean(axis=1),
    }


def lead(ours: Matrix, theirs: Matrix, seed: int = 1) -> dict[str, float]:
    """Mean paired difference over posts with its 95% bootstrap interval."""
    difference = ours - theirs
    drawn = np.random.default_rng(seed).integers(0, len(difference), (_DRAWS, len(difference)))
    low, high = np.percentile(difference[drawn].mean(axis=1), [2.5, 97.5])
    return {"mean": round(float(difference.mean()), 4), "low": round(float(low), 4), "high": round(float(high), 4)}


def by_occupation(jobs: Sequence[Post], values: Matrix) -> dict[str, float]:
    """Means of the posts of each occupation."""
    held: dict[str, list[float]] = defaultdict(list)
    for job, value in zip(jobs, values, strict=True):
        held[job.occupation].append(float(value))
    return {name: round(float(np.mean(found)), 3) for name, found in held.items()}
