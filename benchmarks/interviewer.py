"""How long the offline interviewer needs for a decision, and a search of 5,000 passages; prints JSON.

    OMP_NUM_THREADS=1 python benchmarks/interviewer.py [--decisions N] [--passages N] [--all-banks]

Decisions are those of invented interviews: the banks' questions with labelled answers, each after five earlier ones.
What a question and its points need is computed before, as the product does when it can; `--all-banks` does so for
every question of every family first.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.ports import Earlier, Exchange, FollowUpOption
from interview_platform.services.agent import bank
from interview_platform.services.agent.offline_interviewer import OfflineInterviewer
from interview_platform.services.agent.passages import Piece
from interview_platform.services.agent.retrieval import Library
from interview_platform.settings import settings

EARLIER = 5


def exchanges(most: int) -> list[Exchange]:
    """Answers to the banks' questions, each with those before it as the interview so far."""
    known = {entry.id: entry for family in bank.families() for entry in family.questions}
    answers = yaml.safe_load(Path(__file__).with_name("coverage.yaml").read_text(encoding="utf-8"))
    made: list[Exchange] = []
    for place, item in enumerate(answers[:most]):
        entry = known[item["question"]]
        before = [(known[held["question"]].text, held["say"]) for held in answers[max(0, place - EARLIER) : place]]
        options = tuple(FollowUpOption(point.point, point.follow_up) for point in entry.points)
        earlier = tuple(Earlier(question, answer) for question, answer in before)
        made.append(Exchange(entry.text, item["say"], options, (entry.text,), earlier, entry.plain_text))
    return made


def decisions(embedder: SentenceEmbedder, most: int, all_banks: bool) -> dict[str, Any]:
    """Milliseconds of each decision on an answer not heard before."""
    interviewer = OfflineInterviewer(embedder)
    asked = exchanges(most)
    banks = [entry for family in bank.families() for entry in family.questions]
    wanted = [(entry.text, [(point.point, point.follow_up) for point in entry.points]) for entry in banks]
    needed = {exchange.question for exchange in asked}
    began = time.perf_counter()
    interviewer.remember([one for one in wanted if all_banks or one[0] in needed])
    ready = time.perf_counter() - began
    interviewer.decide(asked[0])
    times = [_milliseconds(lambda exchange=exchange: interviewer.decide(exchange)) for exchange in asked[1:]]
    return {"decisions": len(times), "questions_in_banks": len(banks), "ready_s": round(ready, 1), **_spread(times)}


def retrieval(embedder: SentenceEmbedder, passages: int) -> dict[str, Any]:
    """Milliseconds of each search among so many passages."""
    library = Library(embedder)
    questions = [entry for family in bank.families() for entry in family.questions]
    texts = [f"{point.point}. {point.follow_up}" for entry in questions for point in entry.points]
    made = [f"{number}. {texts[number % len(texts)]}" for number in range(passages)]
    library.put("material", [Piece(str(number), "material", "Benchmark", text) for number, text in enumerate(made)])
    asked = [entry.plain_text for entry in questions[:40]]
    library.search(asked[0], ["material"])
    times = [_milliseconds(lambda text=text: library.search(text, ["material"])) for text in asked[1:]]
    return {"passages": passages, **_spread(times)}


def _milliseconds(run: Any) -> float:
    began = time.perf_counter()
    run()
    return (time.perf_counter() - began) * 1000


def _spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"p50_ms": round(median(ordered), 1), "p95_ms": round(ordered[int(0.95 * (len(ordered) - 1))], 1)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decisions", type=int, default=70)
    parser.add_argument("--passages", type=int, default=5000)
    parser.add_argument("--all-banks", action="store_true")
    asked = parser.parse_args()
    embedder = SentenceEmbedder(settings().cache_dir / "minilm")
    report = {
        "decision": decisions(embedder, asked.decisions, asked.all_banks),
        "retrieval": retrieval(embedder, asked.passages),
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
