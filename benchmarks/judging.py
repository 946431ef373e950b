"""How long the offline judge takes for a whole interview, and how its verdicts agree with people's; prints JSON.

    python -m benchmarks.judging [--answers 14] [--repeats 5]

An interview of 30 minutes is `--answers` answers of about 150 words to questions of the banks, each with its points,
made of the answers of benchmarks/coverage.yaml; the encoder is loaded, nothing else is remembered. Agreement: the
same answers, as people marked them. Agreement on graded short answers: `python -m interview_platform evaluate answers`.
"""

from __future__ import annotations

import argparse
import json
import time
from itertools import cycle
from pathlib import Path
from statistics import median

from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.evaluation import faithfulness
from interview_platform.services.agent import bank
from interview_platform.services.scoring import structure
from interview_platform.services.scoring.offline_judge import OfflineJudge
from interview_platform.settings import settings

WORDS = 150
MARKED = Path(__file__).with_name("coverage.yaml")


def interview(answers: int, said: list[str]) -> list[tuple[str, list[str], str]]:
    """(question, points, answer) of one long interview."""
    texts = cycle(said)
    made = []
    for entry in bank.family("backend").questions[:answers]:
        answer = next(texts)
        while len(answer.split()) < WORDS:
            answer = f"{answer}\n{next(texts)}"
        made.append((entry.text, [*(point.point for point in entry.points), *structure.POINTS], answer))
    return made


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=14)
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    embedder = SentenceEmbedder(settings().cache_dir / "minilm")
    embedder.embed_query("Load the model.")
    marked = faithfulness.read(MARKED)
    held, took = interview(asked.answers, [one.answer for one in marked]), []
    for _ in range(asked.repeats):
        judge, began = OfflineJudge(embedder), time.perf_counter()
        for question, points, answer in held:
            judge.judge(question, points, answer)
        took.append(time.perf_counter() - began)
    report = faithfulness.measure(marked, OfflineJudge(embedder))
    agreement = {name: value for name, value in report.items() if name != "unsupported"}
    print(json.dumps({"answers": len(held), "seconds": round(median(took), 2), "agreement": agreement}, indent=2))


if __name__ == "__main__":
    main()
