"""How well open points are told from shown ones, against labels; prints JSON.

    python benchmarks/coverage.py [--personas DIR] [--fit]

Labelled answers: benchmarks/coverage.yaml, which the weights are fitted on, and the personas' answers to planned
questions (`covers`), which only measure. "judge": what reports are made of, "met" or "partly" against the label.
"interviewer": what follow-ups are chosen by. `personas`: as shipped, on answers that nothing was fitted on; `folds`: on
those of the file, fitted without the question they are measured on. "chosen_open": how often the point that would be
asked for was open. `--fit` prints the weights.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.evaluation import interview_reading as reading
from interview_platform.evaluation import interview_stage, personas
from interview_platform.models import Interview, Question, session
from interview_platform.services.agent import bank, probes
from interview_platform.services.agent.offline_interviewer import OPEN, OfflineInterviewer
from interview_platform.services.agent.remembering import Remembering
from interview_platform.services.scoring.coverage import FEATURES, LATE, Coverage
from interview_platform.services.scoring.offline_judge import OfflineJudge
from interview_platform.settings import settings


@dataclass(frozen=True)
class Labelled:
    """One answer: its source (a persona or a question), the points with their follow-ups, and which it shows."""

    source: str
    question: str
    answer: str
    wanted: tuple[tuple[str, str], ...]
    shown: tuple[bool, ...]


def of_file(path: Path) -> list[Labelled]:
    """Answers to questions of the banks (`question`), or to made ones (`ask`), whose points are those of any account of
    work; points without a label are left out."""
    known = {entry.id: entry for family in bank.families() for entry in family.questions}
    made = []
    for number, item in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
        entry = known.get(item.get("question", ""))
        text = entry.text if entry else item["ask"]
        rows = [point.as_row() for point in entry.points] if entry else probes.account(number)
        labels = dict.fromkeys(item["shows"], True) | dict.fromkeys(item["open"], False)
        wanted = tuple((row["point"], row["follow_up"]) for row in rows if row["point"] in labels)
        shown = tuple(labels[point] for point, _ in wanted)
        made.append(Labelled(f"file {entry.id if entry else text}", text, item["say"], wanted, shown))
    return made


def of_personas(folder: Path | None, embedder: SentenceEmbedder) -> list[Labelled]:
    """The personas' labelled answers to the planned questions of their jobs."""
    made = []
    with interview_stage.stage(OfflineInterviewer(embedder)) as stage:
        for persona in personas.read(folder):
            interview_id = stage.planned(persona)
            with session(stage.engine) as db:
                row = db.get(Interview, interview_id)
                plan = [db.get(Question, question_id) for question_id in row.plan] if row else []
            made += [
                one
                for question in plan
                if question and question.kind != "custom"
                for line in persona.answers
                if (one := _labelled(persona.name, question, line))
            ]
    return made


def _labelled(source: str, question: Question, line: personas.Line) -> Labelled | None:
    if line.covers is None or line.when is None or not line.when.search(question.text):
        return None
    wanted = tuple((entry["point"], entry["follow_up"]) for entry in question.points)
    points = [point for point, _ in wanted]
    shown = {reading.meant(label, points) for label in line.covers}
    return Labelled(f"persona {source}", question.text, line.say, wanted, tuple(point in shown for point in points))


def judged(answers: list[Labelled], judge: OfflineJudge) -> dict[str, float]:
    """The judge's verdicts against the labels."""
    truth, guess = [], []
    for one in answers:
        verdicts = judge.judge(one.question, [point for point, _ in one.wanted], one.answer)
        truth += list(one.shown)
        guess += [verdict.verdict != "not_shown" for verdict in verdicts]
    return _against(np.array(truth), np.array(guess))


def chosen(answers: list[Labelled], chances: NDArray[np.float64]) -> dict[str, Any]:
    """How good the chances are, and the point least likely shown where it is below the bar."""
    truth = np.array([label for one in answers for label in one.shown])
    first, picks = 0, []
    for one in answers:
        here = chances[first : first + len(one.shown)]
        lowest = int(here.argmin())
        picks += [not one.shown[lowest]] if here[lowest] < OPEN else []
        first += len(one.shown)
    share = round(float(np.mean(picks)), 3) if picks else None
    auc = round(float(roc_auc_score(truth, chances)), 3)
    return {"auc": auc, "asked": len(picks), "of": len(answers), "chosen_open": share}


def _against(truth: NDArray[np.bool_], guess: NDArray[np.bool_]) -> dict[str, float]:
    right = float((truth & guess).sum())
    precision, recall = right / max(1, guess.sum()), right / max(1, truth.sum())
    return {"precision": round(precision, 3), "recall": round(recall, 3), "points": len(truth)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--personas", type=Path, default=None)
    parser.add_argument("--fit", action="store_true")
    asked = parser.parse_args()
    embedder = SentenceEmbedder(settings().cache_dir / "minilm")
    told = of_file(Path(__file__).with_name("coverage.yaml"))
    others = of_personas(asked.personas, embedder)
    remembering = Remembering(embedder)
    coverage, judge = Coverage(remembering), OfflineJudge(remembering)
    names = sorted({one.source for one in told})
    halves = {"first_half": names[::2], "second_half": names[1::2]}
    rows = np.vstack([coverage.features(one.question, one.wanted, one.answer) for one in told])
    labels = np.array([label for one in told for label in one.shown])
    groups = np.array([names.index(one.source) for one in told for _ in one.shown])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=1000))
    folds = cross_val_predict(model, rows, labels, groups=groups, cv=GroupKFold(10), method="predict_proba")[:, 1]
    report: dict[str, Any] = {
        "answers": len(told),
        "judge": {name: judged([one for one in told if one.source in of], judge) for name, of in halves.items()},
        "interviewer": {"folds": chosen(told, folds), "personas": chosen(others, _chances(others, coverage))},
    }
    if asked.fit:
        report["weights"] = weights(rows, labels)
        report["weights_without_late"] = weights(rows[:, : len(FEATURES)], labels)
    print(json.dumps(report, indent=2))


def _chances(answers: list[Labelled], coverage: Coverage) -> NDArray[np.float64]:
    return np.array([s.chance for one in answers for s in coverage.read(one.question, one.wanted, one.answer)])


def weights(rows: NDArray[np.float64], labels: NDArray[np.bool_]) -> dict[str, Any]:
    """For services/scoring/coverage.py."""
    scaler = StandardScaler().fit(rows)
    made = LogisticRegression(C=0.3, max_iter=1000).fit(scaler.transform(rows), labels)
    each = made.coef_[0] / scaler.scale_
    bias = float(made.intercept_[0] - (each * scaler.mean_).sum())
    return {"features": dict(zip((*FEATURES, *LATE), each.round(3).tolist(), strict=False)), "bias": round(bias, 3)}


if __name__ == "__main__":
    main()
