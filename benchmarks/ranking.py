"""How long a new job takes over 1,000, 10,000 and 100,000 résumés, and how fast texts are embedded. Prints JSON.

    python -m benchmarks.ranking --resumes RESUMES.jsonl [--posts POSTS.jsonl] [--sizes 1000 10000 100000]

Résumés: {"text", "pages"}; posts: {"text"}, the first line being the title. Some real résumés are made ready and then
multiplied: in every copy each sentence loses a word, and each vector gets noise, so that no two are the same and no
time goes into embedding. Each size runs in a process of its own; memory is the most it ever held. One measurement is
what a recruiter waits for when she opens a new job: its texts embedded, every résumé scored on every part, the best 50
taken. `cpu` adds up the time of all cores: where it is far below the clock's, the machine was busy with something else.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import embedding
from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.services import skills, smartfilter
from interview_platform.services.pool_index import embed
from interview_platform.services.rank_document import VIEWS, RankDocument, document
from interview_platform.services.rank_index import RankIndex, quantised
from interview_platform.services.resumes import read_facts
from interview_platform.services.smartfilter import Wish

BEST = 50
NOISE = 0.4  # length of what is added to a vector of length 1
MOST_SKILLS = 12
MEASUREMENTS = 30
GOALS_MS = {10_000: 300, 100_000: 1_500}
JOBS = (
    Wish(
        "Senior Accountant",
        "Senior Accountant\nYou close the month, reconcile ledgers, prepare statements and work with auditors.",
        (("Reconciliation", True), ("Excel", True), ("GAAP", True), ("Budgeting", False), ("SAP", False)),
    ),
    Wish(
        "Backend Engineer",
        "Backend Engineer\nYou build and run Python services on PostgreSQL and deploy them to Kubernetes.",
        (("Python", True), ("PostgreSQL", True), ("REST APIs", True), ("Kubernetes", False), ("AWS", False)),
    ),
    Wish(
        "Registered Nurse",
        "Registered Nurse\nYou care for patients on a medical ward, give medication and write records.",
        (("Patient care", True), ("Medication administration", True), ("BLS certification", False)),
    ),
)

Floats = NDArray[np.float32]


def main() -> None:
    """Measure and print; with --one, one size in this process."""
    options = _options()
    if options.one:
        print(json.dumps(_measured(options.one, options.model, *pickle.loads(options.made.read_bytes()))))
        return
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.pickle"
        made.write_bytes(pickle.dumps(_real(options)))
        sizes = [_of_size(size, made, options.model) for size in options.sizes]
    first, last = sizes[0], sizes[-1]
    report = {
        "threads": _threads(),
        "sizes": sizes,
        "growth": {
            "resumes": round(last["resumes"] / first["resumes"], 1),
            "median_ms": round(last["median_ms"] / first["median_ms"], 1),
            "build_seconds": round(last["build_seconds"] / max(first["build_seconds"], 0.001), 1),
        },
        "embedding": embedding.throughput(options.model, embedding.texts_of(options.resumes, options.texts)),
    }
    print(json.dumps(report, indent=2))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resumes", type=Path, required=True)
    parser.add_argument("--posts", type=Path, default=None, help="real adverts; without: three made-up jobs")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--real", type=int, default=200, help="real résumés made ready and multiplied")
    parser.add_argument("--texts", type=int, default=200, help="résumés embedded to compare with the bare model")
    parser.add_argument("--model", type=Path, default=Path.home() / ".cache" / "interview-platform" / "minilm")
    parser.add_argument("--one", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--made", type=Path, default=None, help=argparse.SUPPRESS)
    return parser.parse_args()


def _real(options: argparse.Namespace) -> tuple[list[RankDocument], Floats, list[Wish]]:
    """Real documents with their vectors, and the jobs."""
    rows = _rows(options.resumes)
    chosen = rows[:: max(1, len(rows) // options.real)][: options.real]
    documents = [document(str(place), read_facts(row["text"], row.get("pages", 0))) for place, row in enumerate(chosen)]
    views = [view for made in documents for view in made.views]
    vectors = embed(SentenceEmbedder(options.model), views).reshape(len(documents), VIEWS, -1)
    return documents, vectors, [_wish(row["text"]) for row in _rows(options.posts)] if options.posts else list(JOBS)


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def _wish(post: str) -> Wish:
    """A real advert, asking for the skills it names."""
    named = dict.fromkeys(mention.skill for mention in skills.mentions(post))
    return Wish(post.split("\n", 1)[0], post, tuple((skill, True) for skill in list(named)[:MOST_SKILLS]))


def _of_size(size: int, made: Path, model: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.ranking", "--resumes", "-", "--one", str(size), "--made", str(made)]
    run = subprocess.run([*command, "--model", str(model)], capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(run.stderr)
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def _measured(
    size: int, model: Path, documents: list[RankDocument], vectors: Floats, wishes: list[Wish]
) -> dict[str, Any]:
    """One size: building, memory, and new jobs."""
    many, rows = _multiplied(documents, vectors, size)
    copied = _megabytes()
    begun = time.perf_counter()
    index = RankIndex(many, rows)
    built, indexed = time.perf_counter() - begun, _megabytes()
    del many, rows
    embedder = SentenceEmbedder(model)
    embedder.embed_query("warm")
    runs = [_new_job(index, embedder, wishes[turn % len(wishes)]) for turn in range(MEASUREMENTS + 1)][1:]
    totals = [run["total"] for run in runs]
    made = {
        "resumes": size,
        "build_seconds": round(built, 2),
        "documents_and_vectors_mb": round(copied),
        "with_index_at_most_mb": round(indexed),
        "with_model_at_most_mb": round(_megabytes()),
        "median_ms": round(statistics.median(totals), 1),
        "p95_ms": round(statistics.quantiles(totals, n=20)[-1], 1),
        "cpu_median_ms": round(statistics.median(run["cpu"] for run in runs), 1),
        "embedding_the_job_median_ms": round(statistics.median(run["embed"] for run in runs), 1),
    }
    return made | ({"goal_ms": GOALS_MS[size]} if size in GOALS_MS else {})


def _new_job(index: RankIndex, embedder: SentenceEmbedder, wish: Wish) -> dict[str, float]:
    begun, worked = time.perf_counter(), time.process_time()
    asked = embed(embedder, smartfilter.wish_texts(wish))
    embedded = time.perf_counter()
    total = index.scores(wish, asked, dict(smartfilter.WEIGHTS)).total
    best = np.argpartition(-total, min(BEST, len(total) - 1))[:BEST]
    assert len(best[np.argsort(-total[best], kind="stable")]) == min(BEST, len(total))
    ended = time.perf_counter()
    return {
        "total": 1_000 * (ended - begun),
        "embed": 1_000 * (embedded - begun),
        "cpu": 1_000 * (time.process_time() - worked),
    }


def _multiplied(
    documents: list[RankDocument], vectors: Floats, size: int
) -> tuple[list[RankDocument], NDArray[np.int16]]:
    """So many documents, no two the same, and their vectors as an index keeps them."""
    chance, noise = random.Random(7), np.random.default_rng(7)
    many = [_varied(documents[place % len(documents)], place, chance) for place in range(size)]
    rows = np.empty((size, *vectors.shape[1:]), dtype=np.int16)
    for first in range(0, size, len(vectors)):
        part = vectors[: min(len(vectors), size - first)]
        added = noise.standard_normal(part.shape, dtype=np.float32) * np.float32(NOISE / vectors.shape[-1] ** 0.5)
        noisy = part + added
        rows[first : first + len(part)] = quantised(noisy / np.linalg.norm(noisy, axis=-1, keepdims=True))
    return many, rows


def _varied(made: RankDocument, place: int, chance: random.Random) -> RankDocument:
    lines = []
    for line in made.text.split("\n"):
        words = line.split(" ")
        if len(words) > 3:
            del words[chance.randrange(len(words))]
        lines.append(" ".join(words))
    return replace(made, key=f"{made.key}-{place}", text="\n".join(lines))


def _megabytes() -> float:
    """The most memory this process has held so far. Linux counts the parent's in getrusage, hence the file."""
    status = Path("/proc/self/status")
    if status.exists():
        return (
            next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1_000
        )
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1_000_000 if sys.platform == "darwin" else 1_000)


def _threads() -> int:
    import torch

    return int(torch.get_num_threads())


if __name__ == "__main__":
    main()
