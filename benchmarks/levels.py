"""How near the levels of single answers come to what people marked, and the fit behind them; prints JSON.

    python -m benchmarks.levels [--fit] [FILE ...]

Fitted on: benchmarks/coverage.yaml (partial answers), full_answers.yaml and level_answers.yaml (whole ones, by kind),
and the personas' labelled answers. `folds`: all of these, each question judged by weights fitted without it. A FILE
(YAML as those, or JSON lines with question, say, shows, open, kind) is judged by the weights as shipped. The level that
people's marks stand for is 1 + four times the share of points shown. `beside`: those of hostile_answers.yaml that
nothing is fitted on, each put to five questions drawn from the banks: how many stand above level 2 by the weights as
shipped. `--fit` prints the weights of services/scoring/concrete.py, shown.py and relevance.py.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks import coverage
from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.ports import PointVerdict
from interview_platform.services.agent import bank
from interview_platform.services.scoring import combine, concrete, relevance, shown, structure
from interview_platform.services.scoring.offline_judge import OfflineJudge
from interview_platform.settings import settings

HERE = Path(__file__).parent
KINDS = ("strong", "good", "middling", "weak", "poor", "beside")
FOLDS = 10
QUESTIONS_EACH = 5
FITTED = {
    "beside_the_question": 15, "off_topic": 5, "memorised_boilerplate": 5, "flattery": 5, "instruction_to_the_judge": 5
}  # fmt: skip
"""The first so many answers of these kinds of hostile_answers.yaml are fitted on, none of the others."""
CONCRETE, VAGUE = ("strong", "good"), ("weak",)
"""Kinds of answers whose sentences stand for concrete telling and for talk; a poor one may be concrete and wrong."""


@dataclass(frozen=True)
class Told:
    """One marked answer. `kind`: one of KINDS, or ""."""

    source: str
    kind: str
    question: str
    answer: str
    points: tuple[str, ...]
    marks: tuple[bool, ...]

    @property
    def level(self) -> float:
        """What the marks stand for."""
        return combine.LOWEST + (combine.HIGHEST - combine.LOWEST) * sum(self.marks) / len(self.marks)


@dataclass
class Read:
    """An answer as the judge reads it; `found` None: nothing in it carries anything."""

    told: Told
    verdicts: list[PointVerdict]
    found: shown.Measured | None
    signs: NDArray[np.float64]  # (sentences, concrete.SIGNS)


def of_file(path: Path) -> list[Told]:
    """A file's answers; `question` is an id of the banks or a text."""
    known = {entry.id: entry.text for family in bank.families() for entry in family.questions}
    text = path.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines() if line.strip()] if path.suffix == ".jsonl" else None
    made = []
    for item in lines if lines is not None else yaml.safe_load(text):
        asked = str(item.get("question") or item["ask"])
        points = (*item["shows"], *item["open"])
        marks = tuple(point in item["shows"] for point in points)
        said = str(item.get("say") or item.get("answer") or "")
        made.append(Told(path.stem, str(item.get("kind") or ""), known.get(asked, asked), said, points, marks))
    return made


def read(told: Told, judge: OfflineJudge) -> Read:
    """Judge one answer, keeping what its chances are made of."""
    verdicts = judge.judge(told.question, told.points, told.answer)
    heard = judge.hear(told.question, told.points, told.answer)
    if heard is None:
        return Read(told, verdicts, None, np.zeros((0, len(concrete.SIGNS))))
    past = structure.fits(told.question)
    singles = zip(heard.sentences[: heard.singles], heard.roles, strict=False)
    signs = np.array([concrete.signs(s.text, roles, past) for s, roles in singles])
    return Read(told, verdicts, judge.measured(told.question, told.points, heard), signs)


@dataclass(frozen=True)
class Fit:
    """Weights and biases of both sums, and of the one without shares."""

    concrete: tuple[NDArray[np.float64], float]
    shown: tuple[NDArray[np.float64], float]
    without: tuple[NDArray[np.float64], float]

    def chances(self, one: Read) -> NDArray[np.float64]:
        """Of each point of an answer."""
        if one.found is None:
            return np.zeros(len(one.told.points))
        weights, bias = self.shown
        told = _told(one, self.concrete)
        made = 1 / (1 + np.exp(-(shown.features(told) @ weights + bias)))
        return np.asarray(made * relevance.of_content(relevance.speaks(told)))


def _told(one: Read, by: tuple[NDArray[np.float64], float]) -> shown.Measured:
    assert one.found is not None
    values = 1 / (1 + np.exp(-(one.signs @ by[0] + by[1])))
    return shown.Measured(**{**vars(one.found), "concrete": values})


def fit(rows: Sequence[Read]) -> Fit:
    """By whole answers of the kinds CONCRETE and VAGUE, then by all marks."""
    spoken = [one for one in rows if one.found is not None]
    kinds = [one for one in spoken if one.told.kind in (*CONCRETE, *VAGUE)]
    said = np.concatenate([[one.told.kind in CONCRETE] * len(one.signs) for one in kinds])
    telling = _logistic(np.vstack([one.signs for one in kinds]), said, 0.2)
    made = np.vstack([shown.features(_told(one, telling)) for one in spoken])
    marks = np.concatenate([one.told.marks for one in spoken])
    fewer = np.delete(made, [shown.FEATURES.index(name) for name in ("share", "share_ahead")], axis=1)
    return Fit(telling, _logistic(made, marks, 0.3), _logistic(fewer, marks, 0.3))


def _logistic(rows: NDArray[np.float64], labels: NDArray[np.bool_], c: float) -> tuple[NDArray[np.float64], float]:
    scaler = StandardScaler()
    model = make_pipeline(scaler, LogisticRegression(C=c, max_iter=2000)).fit(rows, labels)
    each = model[-1].coef_[0] / np.where(scaler.scale_ == 0, 1.0, scaler.scale_)
    return each, float(model[-1].intercept_[0] - (each * scaler.mean_).sum())


def in_folds(rows: Sequence[Read]) -> list[NDArray[np.float64]]:
    """Chances of every answer by weights that never saw its question."""
    questions = sorted({one.told.question for one in rows})
    place = dict(zip(questions, np.random.default_rng(0).permutation(len(questions)) % FOLDS, strict=True))
    fits = {n: fit([one for one in rows if place[one.told.question] != n]) for n in range(FOLDS)}
    return [fits[place[one.told.question]].chances(one) for one in rows]


def figures(rows: Sequence[Read], chances: Sequence[NDArray[np.float64]]) -> dict[str, Any]:
    """Levels against marks, by source and by kind; claims, pointers, and how often an interval holds the level."""
    levels = [_level(one, found) for one, found in zip(rows, chances, strict=True)]
    report: dict[str, Any] = {}
    for source in dict.fromkeys(one.told.source for one in rows):
        places = [n for n, one in enumerate(rows) if one.told.source == source]
        report[source] = _figures([(rows[n].told, levels[n], chances[n]) for n in places])
    return report


def _level(one: Read, chances: NDArray[np.float64]) -> combine.Level:
    verdicts = zip(one.verdicts, chances, strict=True)
    made = combine.level_of([PointVerdict(v.point, v.verdict, v.quotes, v.confidence, float(c)) for v, c in verdicts])
    assert made is not None
    return made


def _figures(rows: Sequence[tuple[Told, combine.Level, NDArray[np.float64]]]) -> dict[str, Any]:
    truth, made = np.array([t.level for t, _, _ in rows]), np.array([level.level for _, level, _ in rows])
    marks, found = np.concatenate([t.marks for t, _, _ in rows]), np.concatenate([c for _, _, c in rows])
    held = [level.low - 0.5 <= t.level <= level.high + 0.5 for t, level, _ in rows]
    kinds = {kind: _of_kind([(t, level) for t, level, _ in rows if t.kind == kind]) for kind in KINDS}
    return {
        "answers": len(rows),
        "auc": round(float(roc_auc_score(marks, found)), 3),
        "error": round(float(np.abs(truth - made).mean()), 2),
        "rank_correlation": round(float(spearmanr(truth, made)[0]), 2),
        "within_question": _within(rows),
        "spread": [round(float(values.std()), 2) for values in (truth, made)],
        "in_interval": round(float(np.mean(held)), 2),
        "interval_width": round(float(np.mean([level.high - level.low for _, level, _ in rows])), 2),
        "kinds": {kind: told for kind, told in kinds.items() if told},
    }


def _of_kind(rows: Sequence[tuple[Told, combine.Level]]) -> dict[str, Any]:
    if not rows:
        return {}
    levels = [level.level for _, level in rows]
    counts = {level: levels.count(level) for level in range(combine.LOWEST, combine.HIGHEST + 1)}
    marked = sum(t.level for t, _ in rows) / len(rows)
    return {"marked": round(marked, 2), "level": round(sum(levels) / len(levels), 2), "levels": counts}


def _within(rows: Sequence[tuple[Told, combine.Level, NDArray[np.float64]]]) -> float | None:
    """Mean rank correlation among the answers to one question, where there are three or more."""
    by: dict[str, list[tuple[float, float]]] = {}
    for told, level, _ in rows:
        by.setdefault(told.question, []).append((told.level, level.level))
    groups = [np.array(g) for g in by.values() if len(g) >= 3 and len({t for t, _ in g}) > 1]
    found = [0.0 if len(set(g[:, 1])) < 2 else float(spearmanr(g[:, 0], g[:, 1])[0]) for g in groups]
    return round(float(np.mean(found)), 2) if found else None


def own(judge: OfflineJudge, embedder: SentenceEmbedder) -> list[Read]:
    """All that is fitted on."""
    told = [one for name in ("coverage", "full_answers", "level_answers") for one in of_file(HERE / f"{name}.yaml")]
    for one in coverage.of_personas(None, embedder):
        told.append(Told("personas", "", one.question, one.answer, tuple(p for p, _ in one.wanted), one.shown))
    return [read(one, judge) for one in told if one.points]


def beside(judge: OfflineJudge) -> list[tuple[Told, Read, bool]]:
    """Each hostile answer put to questions of the banks; whether it is fitted on (FITTED of a kind are, or all)."""
    drawn = random.Random(0)
    entries = [entry for family in bank.families() for entry in family.questions]
    made = []
    for kind, answers in yaml.safe_load((HERE / "hostile_answers.yaml").read_text(encoding="utf-8")).items():
        for number, said in enumerate(answers):
            for entry in drawn.sample(entries, QUESTIONS_EACH):
                points = tuple(point.point for point in entry.points)
                one = Told("beside", kind, entry.text, said, points, (False,) * len(points))
                made.append((one, read(one, judge), kind in FITTED and number < FITTED[kind]))
    return made


def above(judge: OfflineJudge, rows: Sequence[tuple[Told, Read, bool]]) -> dict[str, Any]:
    """By kind, of the answers that nothing is fitted on: how many, and how many levels above 2 by content and form."""
    report: dict[str, Any] = {}
    for kind in dict.fromkeys(told.kind for told, _, _ in rows):
        held = [(told, one) for told, one, fitted in rows if told.kind == kind and not fitted]
        content = [combine.level_of(one.verdicts) for _, one in held]
        form = [combine.level_of(_of_form(judge, told)) for told, _ in held]
        report[kind] = {"answers": len(held), "content_above_2": _high(content), "form_above_2": _high(form)}
    return report


def _of_form(judge: OfflineJudge, told: Told) -> list[PointVerdict]:
    return judge.judge(told.question, [*told.points, *structure.POINTS], told.answer)[len(told.points) :]


def _high(levels: Iterable[combine.Level | None]) -> int:
    return sum(level is not None and level.level > 2 for level in levels)


def speaking(rows: Sequence[Read], hostile: Sequence[Read]) -> tuple[NDArray[np.float64], float]:
    """The weights of relevance.py: marked answers against hostile ones."""
    real = [one.found for one in rows if one.told.kind not in ("poor", "beside") and one.told.source != "personas"]
    speaks = [relevance.features(found) for found in real if found is not None]
    others = [relevance.features(one.found) for one in hostile if one.found is not None]
    return _logistic(np.array([*speaks, *others]), np.arange(len(speaks) + len(others)) < len(speaks), 0.5)


def _printed(names: Iterable[str], by: tuple[NDArray[np.float64], float]) -> dict[str, Any]:
    return {"weights": dict(zip(names, by[0].round(3).tolist(), strict=True)), "bias": round(by[1], 3)}


def main(say: Callable[[str], None] = print) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--fit", action="store_true")
    asked = parser.parse_args()
    embedder = SentenceEmbedder(settings().cache_dir / "minilm")
    judge, report = OfflineJudge(embedder), {}
    if not asked.files or asked.fit:
        rows, put = own(judge, embedder), beside(judge)
        report["beside"] = above(judge, put)
        report["folds"] = figures(rows, in_folds(rows))
        if asked.fit:
            made, fewer = fit(rows), [n for n in shown.FEATURES if n not in ("share", "share_ahead")]
            report["concrete"] = _printed(concrete.SIGNS, made.concrete)
            report["shown"] = _printed(shown.FEATURES, made.shown)
            report["relevance"] = _printed(
                relevance.FEATURES, speaking(rows, [one for _, one, fitted in put if fitted])
            )
            report["shown_without_shares"] = _printed(fewer, made.without)
    for path in asked.files:
        given = [read(one, judge) for one in of_file(path)]
        report[path.name] = figures(given, [np.array([v.chance or 0.0 for v in one.verdicts]) for one in given])
    say(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
