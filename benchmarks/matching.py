"""How well SmartFilter finds the résumés of a job's occupation, beside plain baselines in the same run. Prints JSON.

    python -m benchmarks.matching --resumes RESUMES.jsonl --posts POSTS.jsonl [--model DIR]

Résumés: {"id", "category", "pages", "text"}; posts: {"id", "occupation", "text"}, the first line being the title. A
résumé is relevant to a post when its category is the post's occupation. nDCG@10 is averaged over posts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.services.resumes import read_facts
from interview_platform.services.smartfilter import Wish, nearness, views

OTHER_NAMES = {"IT": "INFORMATION-TECHNOLOGY"}
TOP = 10

Matrix = NDArray[np.float64]


def main() -> None:
    """Measure and print."""
    options = _options()
    resumes, posts = _rows(options.resumes, options.limit), _rows(options.posts, 0)
    embedder = SentenceEmbedder(options.model)
    relevant = np.array([[row["category"] == _category(post) for row in resumes] for post in posts], dtype=float)
    begun = time.perf_counter()
    runs = {
        "smartfilter": _smartfilter(embedder, posts, resumes),
        "minilm_first_256": _first_part(embedder, posts, resumes),
        "tfidf": _tfidf(posts, resumes),
    }
    print(json.dumps(_report(runs, relevant, posts, time.perf_counter() - begun), indent=2))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resumes", type=Path, required=True)
    parser.add_argument("--posts", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path.home() / ".cache" / "interview-platform" / "minilm")
    parser.add_argument("--limit", type=int, default=0, help="only this many résumés, evenly spread; 0: all")
    return parser.parse_args()


def _rows(file: Path, limit: int) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    return rows[:: max(1, len(rows) // limit)] if limit else rows


def _category(post: dict[str, Any]) -> str:
    name = str(post["occupation"]).upper().replace(" ", "-")
    return OTHER_NAMES.get(name, name)


def _smartfilter(embedder: SentenceEmbedder, posts: list[dict[str, Any]], resumes: list[dict[str, Any]]) -> Matrix:
    """The semantic part: posts have no lists of skills."""
    seen = [views(read_facts(row["text"], row.get("pages", 0))) for row in resumes]
    flat = np.array(embedder.embed_documents([text for texts in seen for text in texts])).reshape(len(seen), 3, -1)
    wishes = [Wish(post["text"].split("\n", 1)[0], post["text"]) for post in posts]
    asked = np.array([embedder.embed_documents([wish.title, wish.text]) for wish in wishes])
    return np.array([[nearness(title, text, views_) for views_ in flat] for title, text in asked])


def _first_part(embedder: SentenceEmbedder, posts: list[dict[str, Any]], resumes: list[dict[str, Any]]) -> Matrix:
    asked = np.array(embedder.embed_documents([post["text"] for post in posts]))
    return asked @ np.array(embedder.embed_documents([row["text"][:2_500] for row in resumes])).T


def _tfidf(posts: list[dict[str, Any]], resumes: list[dict[str, Any]]) -> Matrix:
    from sklearn.feature_extraction.text import TfidfVectorizer

    model = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2)
    held = model.fit_transform([row["text"] for row in resumes])
    return np.asarray((model.transform([post["text"] for post in posts]) @ held.T).todense())


def _ndcg(scores: Matrix, relevant: Matrix) -> list[float]:
    discount = 1 / np.log2(np.arange(2, TOP + 2))
    best = np.argsort(-scores, axis=1, kind="stable")[:, :TOP]
    gains = np.take_along_axis(relevant, best, axis=1) @ discount
    most = np.array([discount[: int(min(TOP, row.sum()))].sum() for row in relevant])
    return [float(value) for value in gains / np.maximum(most, 1e-9)]


def _report(runs: dict[str, Matrix], relevant: Matrix, posts: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    values = {name: _ndcg(scores, relevant) for name, scores in runs.items()}
    occupations: dict[str, list[float]] = defaultdict(list)
    for post, value in zip(posts, values["smartfilter"], strict=True):
        occupations[post["occupation"]].append(value)
    return {
        "posts": len(posts),
        "resumes": relevant.shape[1],
        "ndcg_at_10": {name: round(float(np.mean(found)), 4) for name, found in values.items()},
        "smartfilter_by_occupation": {name: round(float(np.mean(found)), 3) for name, found in occupations.items()},
        "seconds": round(seconds, 1),
    }


if __name__ == "__main__":
    main()
