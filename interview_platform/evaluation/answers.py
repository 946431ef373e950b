"""How well a judge agrees with people who graded answers, beside two plain measures on the same answers.

A file holds one JSON object a line: `id qid question reference|references answer` and `score` with `max` (1 without
it) or `label` ("correct" is right, all else wrong); `corpus`, where it is there, is also measured apart. References
are texts, or objects with `text`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from interview_platform.errors import BadInput
from interview_platform.evaluation.answers_figures import Figures, figures
from interview_platform.ports import AnswerJudge
from interview_platform.services.scoring.offline_judge import OfflineJudge
from interview_platform.services.scoring.sentences import split

Grades = Callable[[str, Sequence[str], Sequence[str]], Sequence[float]]
"""Question, references and answers to it, to one grade 0..1 an answer."""
_NOTHING = re.compile(r"\W*(?:no (?:submission|answer|response)|n/?a|none|nothing|blank|empty|\?+)?\W*", re.IGNORECASE)
_WORTH = {"met": 1.0, "partly": 0.5, "not_shown": 0.0}
_COARSE = 4  # steps of kappa where the highest mark is 1


@dataclass(frozen=True)
class Line:
    """One graded answer; `grade` is 0..1, `steps` the scale's highest mark."""

    id: str
    qid: str
    question: str
    references: tuple[str, ...]
    answer: str
    grade: float
    steps: int
    corpus: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was handed in."""
        return bool(_NOTHING.fullmatch(self.answer))


def read(path: Path) -> list[Line]:
    """The file's lines. Raises BadInput, naming the line, where one cannot be used."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read as text: {error}. Nothing was measured.") from None
    made = [_line(path, number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not made:
        raise BadInput(f"{path} holds no answers. Give one JSON object a line.")
    return made


def _line(path: Path, number: int, text: str) -> Line:
    try:
        one = json.loads(text)
        references = one["references"] if "references" in one else [one["reference"]]
        told = tuple(str(held["text"] if isinstance(held, dict) else held) for held in references)
        most = float(one.get("max") or 1)
        graded = float(one["label"] == "correct") if "score" not in one else float(one["score"]) / most
        steps = 1 if "score" not in one else round(most) if most > 1 else _COARSE
        about = str(one.get("corpus") or "")
        name, qid = str(one.get("id", number)), str(one.get("qid", one["question"]))
        return Line(name, qid, str(one["question"]), told, str(one["answer"] or ""), graded, steps, about)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f"Line {number} of {path} cannot be used ({type(error).__name__}: {error}). It needs question, reference "
            "or references, answer, and score (with max) or label. Nothing was measured."
        ) from None


def measure(lines: Sequence[Line], judged: Sequence[float], embeddings: Embeddings) -> dict[str, Any]:
    """Figures of the judge's grades, of the encoder's cosine and of TF-IDF: all, by corpus, and without empty ones."""
    guesses = {"judge": list(judged), "cosine": cosine(lines, embeddings), "tfidf": tfidf(lines)}
    report: dict[str, Any] = {"all": _table(lines, guesses, range(len(lines)))}
    said = [row for row, line in enumerate(lines) if not line.empty]
    if len(said) < len(lines):
        report["without_empty"] = _table(lines, guesses, said)
    corpora = sorted({line.corpus for line in lines})
    if len(corpora) > 1:
        report["by_corpus"] = {
            name or "other": _table(lines, guesses, [row for row, line in enumerate(lines) if line.corpus == name])
            for name in corpora
        }
    return report


def _table(lines: Sequence[Line], guesses: dict[str, list[float]], rows: Iterable[int]) -> dict[str, Figures]:
    kept = list(rows)
    truth, questions = [lines[row].grade for row in kept], [lines[row].qid for row in kept]
    steps = max((lines[row].steps for row in kept), default=1)
    return {name: figures(truth, [guess[row] for row in kept], questions, steps) for name, guess in guesses.items()}


def graded(lines: Sequence[Line], grades: Grades, say: Callable[[str], None] = lambda _: None) -> list[float]:
    """Each line's grade, in order; the answers to one question are graded together."""
    asked: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for row, line in enumerate(lines):
        asked[line.question, line.references].append(row)
    made, done = [0.0] * len(lines), 0
    for (question, references), rows in asked.items():
        for row, grade in zip(rows, grades(question, references, [lines[r].answer for r in rows]), strict=True):
            made[row] = min(1.0, max(0.0, float(grade)))
        if (done + len(rows)) // 1000 > done // 1000:
            say(f"{done + len(rows)} of {len(lines)} answers")
        done += len(rows)
    return made


def grades_by(judge: AnswerJudge) -> Grades:
    """How a judge grades: the offline one by itself, any other by the points it finds met.

    Several references are ways to be right, so the best counts; of one, every sentence is a point.
    """
    if isinstance(judge, OfflineJudge):
        return judge.grades
    return lambda question, references, answers: [_by_points(judge, question, references, one) for one in answers]


def _by_points(judge: AnswerJudge, question: str, references: Sequence[str], answer: str) -> float:
    if len(references) > 1:
        return max(_WORTH[verdict.verdict] for verdict in judge.judge(question, references, answer))
    points = [references[0][start:end] for start, end in split(references[0])]
    worth = [_WORTH[verdict.verdict] for verdict in judge.judge(question, points, answer)]
    return sum(worth) / len(worth) if worth else 0.0


def cosine(lines: Sequence[Line], embeddings: Embeddings) -> list[float]:
    """Of the whole answer and its nearest reference."""
    texts = list(dict.fromkeys(text or " " for line in lines for text in (line.answer, *line.references)))
    vectors = dict(zip(texts, np.asarray(embeddings.embed_documents(texts)), strict=True))
    return [
        max(0.0, *(float(vectors[line.answer or " "] @ vectors[text or " "]) for text in line.references))
        for line in lines
    ]


def tfidf(lines: Sequence[Line]) -> list[float]:
    """The same by words, weighted by how rare they are among all texts of the file."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = list(dict.fromkeys(text for line in lines for text in (line.answer, *line.references)))
    rows = {text: row for row, text in enumerate(texts)}
    try:
        matrix = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    except ValueError:  # no word in any text
        return [0.0] * len(lines)
    return [
        max(float(matrix[rows[line.answer]].multiply(matrix[rows[text]]).sum()) for text in line.references)
        for line in lines
    ]
