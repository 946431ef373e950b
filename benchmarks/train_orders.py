"""Fit the weights by which sentences that speak to a judge are known; writes one safetensors file, prints JSON.

    python -m benchmarks.train_orders --resumes RESUMES.jsonl --out FILE.safetensors [--closed FILE…]

Orders and their innocent look-alikes are in benchmarks/orders, written for this project, as are the adverts of
evaluation/question_sets and the answers of benchmarks/coverage.yaml; RESUMES.jsonl holds real résumés (`category
text`, openly licensed), of which only words and pairs that many sentences share enter the file. Every sentence is
read blind, as ranking reads it. First without every third category of résumés, and in folds without one kind of order
after another: from these come the thresholds and the figures. Then on everything, which is what is written.
`--closed` names files of sentences, one a line, that the fit never sees; the share known is printed for each.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from safetensors.numpy import save
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from interview_platform.evaluation.questions import SETS
from interview_platform.services.agent.bank import RAG_DATA
from interview_platform.services.orders import grams
from interview_platform.services.rank_blind import blind
from interview_platform.services.rank_document import parted
from interview_platform.services.rank_words import in_list
from interview_platform.services.text import sentences

DATA = Path(__file__).with_name("orders")
LIMITS = {"certain": 0.0005, "likely": 1 / 150, "doubtful": 0.02}
"""Shares of real sentences that are taken for an order at each threshold."""
LEAST_SHARED = 10  # sentences of résumés that share a word before it enters, unless an order holds it
WORTH = 20.0  # of each written sentence beside a résumé's
FOLDS = 5
LEAST_WORDS, MOST_WORDS = 3, 60
STRENGTH = 3.0


@dataclass(frozen=True)
class Fit:
    """Weights over words and pairs."""

    place: dict[str, int]
    rarity: np.ndarray[Any, np.dtype[np.float64]]
    weight: np.ndarray[Any, np.dtype[np.float64]]
    base: float

    def chances(self, texts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Log-odds, (n,)."""
        values: np.ndarray[Any, np.dtype[np.float64]] = _matrix(texts, self.place, self.rarity) @ self.weight
        return values + self.base


def main(argv: Sequence[str] | None = None) -> int:
    """Fit, print, write."""
    options = _options(argv)
    orders = _kinds(DATA / "orders.txt")
    innocent = [*(text for _, text in _kinds(DATA / "innocent.txt")), *_adverts(), *_spoken()]
    told, kept = _resumes(options.resumes)
    figures, sums = _folds(orders, innocent, told, kept)
    seen = fit([text for _, text in orders], innocent, told)
    closed = [(path.name, _share(seen, [text for _, text in _kinds(path)], sums)) for path in options.closed]
    final = fit([text for _, text in orders], innocent, [*told, *kept])
    raw = _packed(final, sums)
    options.out.write_bytes(raw)
    print(json.dumps({"summary": figures, "closed": dict(closed), "words_and_pairs": len(final.place),
                      "thresholds": dict(zip(LIMITS, sums, strict=True)),
                      "sha256": hashlib.sha256(raw).hexdigest()}, indent=1))  # fmt: skip
    return 0


def fit(orders: Sequence[str], innocent: Sequence[str], told: Sequence[str]) -> Fit:
    """Logistic regression on TF-IDF of words and pairs; `told` are sentences of résumés."""
    texts = [*orders, *innocent, *told]
    held = [grams(text) for text in texts]
    times = Counter(gram for found in held for gram in found)
    written = {gram for found in held[: len(orders) + len(innocent)] for gram in found}
    shared = Counter(gram for found in held[len(orders) + len(innocent) :] for gram in found)
    names = sorted(gram for gram in times if gram in written or shared[gram] >= LEAST_SHARED)
    rarity = np.array([math.log((1 + len(texts)) / (1 + times[gram])) + 1 for gram in names])
    place = {gram: at for at, gram in enumerate(names)}
    labels = np.r_[np.ones(len(orders)), np.zeros(len(innocent) + len(told))]
    worth = np.r_[np.full(len(orders) + len(innocent), WORTH), np.ones(len(told))]
    model = LogisticRegression(C=STRENGTH, max_iter=500).fit(_matrix(texts, place, rarity), labels, worth)
    return Fit(place, rarity, model.coef_[0], float(model.intercept_[0]))


def _matrix(texts: Sequence[str], place: dict[str, int], rarity: Any) -> csr_matrix:
    """TF-IDF rows of length 1."""
    at: list[int] = []
    values: list[float] = []
    ends = [0]
    for text in texts:
        found = sorted(place[gram] for gram in grams(text) if gram in place)
        own = rarity[found]
        at += found
        values += list(own / (math.sqrt(float(own @ own)) or 1.0))
        ends.append(len(at))
    return csr_matrix((values, at, ends), shape=(len(texts), len(place)))


def _folds(orders: Sequence[tuple[str, str]], innocent: Sequence[str], told: Sequence[str], kept: Sequence[str]) -> Any:
    """Figures without each group of kinds, and the thresholds: the middle of the folds'."""
    kinds = list(dict.fromkeys(kind for kind, _ in orders))
    found: dict[str, list[float]] = {name: [] for name in LIMITS}
    limits: list[list[float]] = []
    for fold in range(FOLDS):
        out = set(kinds[fold::FOLDS])
        made = fit([text for kind, text in orders if kind not in out], innocent[fold % 2 :: 2], told)
        usual = made.chances(kept)
        limits.append([float(np.quantile(usual, 1 - share)) for share in LIMITS.values()])
        for name, value in _share(made, [text for kind, text in orders if kind in out], limits[-1]).items():
            found[name].append(value)
    sums = np.median(np.array(limits), axis=0).tolist()
    told_of = {name: round(float(np.mean(values)), 3) for name, values in found.items()}
    return {
        "orders": len(orders),
        "sentences_of_resumes": len(told) + len(kept),
        "kinds_never_seen_known": told_of,
    }, sums


def _share(made: Fit, texts: Sequence[str], sums: Sequence[float]) -> dict[str, float]:
    usual = made.chances(texts)
    return {name: round(float((usual >= limit).mean()), 3) for name, limit in zip(LIMITS, sums, strict=True)}


def _kinds(path: Path) -> list[tuple[str, str]]:
    """Kind and sentence, line by line, blind; what blindness leaves less than three words of says nothing anyway."""
    kind, made = "", []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# "):
            kind = line[2:]
        elif len((text := _blind(line)).split()) >= LEAST_WORDS:
            made.append((kind, text))
    return made


def _blind(text: str) -> str:
    """A sentence as ranking sees it below a résumé's first line."""
    return " ".join(blind(f"Nurse\n{text}").text.removeprefix("Nurse").split())


def _resumes(path: Path) -> tuple[list[str], list[str]]:
    """Sentences of two categories in three, and of the third, each once."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    apart = set(sorted({row["category"] for row in rows})[::3])
    parts = ([row for row in rows if row["category"] not in apart], [row for row in rows if row["category"] in apart])
    told, kept = (list(dict.fromkeys(text for row in part for text in _seen(row["text"]))) for part in parts)
    return told, kept


def _seen(text: str) -> Iterator[str]:
    """The sentences of a résumé that ranking asks about."""
    seen = blind(text).text
    cut = (part.text for sentence in sentences(seen) for part in parted(seen, sentence))
    yield from (line for line in cut if LEAST_WORDS <= len(line.split()) <= MOST_WORDS and not in_list(line))


def _spoken() -> list[str]:
    """Sentences of the answers in benchmarks/coverage.yaml: what is said in an interview is no order either."""
    held = yaml.safe_load(DATA.with_name("coverage.yaml").read_text("utf-8"))
    return list(dict.fromkeys(text for entry in held for text in _sentences(entry["say"])))


def _adverts() -> list[str]:
    """Sentences of this project's invented adverts: they speak to their reader, and pasted ones are known otherwise."""
    rows = [json.loads(line) for path in sorted(SETS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    rows += [
        {"job": json.loads(line)["text"]}
        for line in (RAG_DATA / "demo" / "posts.jsonl").read_text("utf-8").splitlines()
    ]
    jobs = [job if isinstance(job, str) else str(job.get("description", "")) for row in rows if (job := row.get("job"))]
    return list(dict.fromkeys(text for job in jobs for text in _sentences(job)))


def _sentences(text: str) -> Iterator[str]:
    cut = (_blind(sentence.text) for sentence in sentences(text))
    yield from (line for line in cut if LEAST_WORDS <= len(line.split()) <= MOST_WORDS)


def _packed(made: Fit, sums: Sequence[float]) -> bytes:
    names = np.frombuffer("\n".join(made.place).encode(), dtype=np.uint8)
    return bytes(
        save({"grams": names, "rarity": made.rarity.astype(np.float16), "weight": made.weight.astype(np.float16),
              "sums": np.array([made.base, *sums], dtype=np.float32)})
    )  # fmt: skip


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Fit the weights of services/orders.py; prints JSON.")
    parser.add_argument("--resumes", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--closed", type=Path, nargs="*", default=[])
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
