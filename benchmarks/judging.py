"""How well the offline judge agrees with people who graded short answers; prints JSON.

    python benchmarks/judging.py --answers FILE.jsonl [--limit N]

A line holds `id qid question reference|references answer` and `score` (graded) or `label` (correct = positive). The
reference's sentences are the points; the figure compared is the mean support over them. Beside it: the cosine of the
same encoder. Short graded answers are not interview answers: a sanity figure, not the judge's quality.
"""

from __future__ import annotations

import argparse
import json
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from scipy.stats import pearsonr, spearmanr
from sklearn.metrics import roc_auc_score

from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.services.scoring.offline_judge import OfflineJudge
from interview_platform.services.scoring.sentences import split
from interview_platform.settings import settings


def points_of(line: dict[str, Any]) -> list[str]:
    """The reference answer's sentences; of several references each is a point of its own."""
    if "references" in line:
        return [reference["text"] for reference in line["references"]]
    reference = line["reference"]
    return [reference[start:end] for start, end in split(reference)]


def figures(truth: list[float], guess: list[float], labels: bool) -> dict[str, float]:
    """Agreement of one measure with the graders."""
    if labels:
        return {"auc": round(float(roc_auc_score(truth, guess)), 3)}
    return {"pearson": round(pearsonr(truth, guess)[0], 3), "spearman": round(spearmanr(truth, guess)[0], 3)}


def main() -> None:
    """Score the file and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=None)
    asked = parser.parse_args()
    with asked.answers.open() as file:
        lines = [json.loads(line) for line in islice(file, asked.limit)]
    labels = "label" in lines[0]
    truth = [float(line["label"] == "correct") if labels else float(line["score"]) for line in lines]
    embedder = SentenceEmbedder(settings().cache_dir / "minilm")
    judge = OfflineJudge(embedder)
    best = max if labels else fmean
    support = [best(judge.support(one["question"], p, one["answer"]) for p in points_of(one)) for one in lines]
    answers = np.array(embedder.embed_documents([line["answer"] or " " for line in lines]))
    references = np.array(embedder.embed_documents([" ".join(points_of(line)) for line in lines]))
    print(
        json.dumps(
            {
                "answers": len(lines),
                "judge": figures(truth, support, labels),
                "cosine": figures(truth, [float(v) for v in (answers * references).sum(axis=1)], labels),
            }
        )
    )


if __name__ == "__main__":
    main()
