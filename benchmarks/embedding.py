"""Texts embedded a second: the product beside the bare model in the same run, and how near their vectors are. JSON.

    python -m benchmarks.embedding --resumes RESUMES.jsonl [--texts N] [--model DIR]

Résumés: {"text"}. Every text is embedded at the length of a résumé's top and, once more, of its headline: what ranking
embeds. The bare model is sentence-transformers' own `encode` in float32 with its default batches of 32. Both are run in
turns, and the better run of each counts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_platform.adapters.sentence_embedder import SentenceEmbedder

TOP, HEADLINE = 2_000, 80  # characters
RUNS = 2

Floats = NDArray[np.float32]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resumes", type=Path, required=True)
    parser.add_argument("--texts", type=int, default=300, help="résumés taken from the file, evenly spread")
    parser.add_argument("--model", type=Path, default=Path.home() / ".cache" / "interview-platform" / "minilm")
    options = parser.parse_args()
    print(json.dumps(throughput(options.model, texts_of(options.resumes, options.texts)), indent=2))


def texts_of(file: Path, most: int) -> list[str]:
    """Tops and headlines of the file's résumés."""
    rows = [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines() if line.strip()]
    chosen = rows[:: max(1, len(rows) // most)][:most]
    return [text[:TOP] for text in chosen] + [text[:HEADLINE] for text in chosen]


def throughput(model_dir: Path, texts: list[str]) -> dict[str, Any]:
    """Texts a second of both, and how far their vectors differ."""
    embedder = SentenceEmbedder(model_dir)
    embedder.embed_query("warm")
    bare = _bare(model_dir)
    ours, theirs = _timed(embedder.embed_array, texts), _timed(bare, texts)
    for _ in range(RUNS - 1):
        ours, theirs = (
            min(ours, _timed(embedder.embed_array, texts), key=_seconds),
            min(theirs, _timed(bare, texts), key=_seconds),
        )
    some = texts[:: max(1, len(texts) // 20)]
    alone = np.concatenate([embedder.embed_array([text]) for text in some])
    return {
        "texts": len(texts),
        "bare_model_texts_per_second": round(len(texts) / theirs[0], 1),
        "product_texts_per_second": round(len(texts) / ours[0], 1),
        "product_over_bare": round(theirs[0] / ours[0], 2),
        "lowest_cosine_to_bare": round(float((ours[1] * theirs[1]).sum(axis=1).min()), 5),
        "same_bits_alone": bool((alone == ours[1][:: max(1, len(texts) // 20)]).all()),
    }


def _bare(model_dir: Path) -> Callable[[list[str]], Floats]:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(model_dir), local_files_only=True)
    return lambda texts: model.encode(texts, normalize_embeddings=True, show_progress_bar=False)


def _timed(embed: Callable[[list[str]], Floats], texts: list[str]) -> tuple[float, Floats]:
    begun = time.perf_counter()
    made = embed(texts)
    return time.perf_counter() - begun, made


def _seconds(run: tuple[float, Floats]) -> float:
    return run[0]


if __name__ == "__main__":
    main()
