"""Whole interviews held by others, scored as the product scores its own: levels per competency, coverage, agreement.

A file holds one JSON object a line: `id`, `turns` ([{role, text}]), and, where people rated it, `overall` (a number).
An interviewer's turn belongs to the question of the job's bank that it is nearest in meaning to; where none is near,
it goes on with the question before. What no question of the bank stands for speaks to communication alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from interview_platform.errors import BadInput
from interview_platform.evaluation.answers_figures import figures
from interview_platform.models import Competency, Question, Turn
from interview_platform.ports import AnswerJudge
from interview_platform.services.agent import bank, plan
from interview_platform.services.scoring import combine, rubric
from interview_platform.services.scoring.assess import Finding, findings

NEAR = 0.6
"""Cosine from which an interviewer's turn is taken for a question of the bank."""
_INTERVIEWERS = frozenset({"interviewer", "agent", "assistant", "recruiter", "ai", "bot", "system"})


@dataclass(frozen=True)
class Transcript:
    """One interview; turns are (whether the interviewer speaks, text)."""

    id: str
    turns: tuple[tuple[bool, str], ...]
    overall: float | None = None


@dataclass(frozen=True)
class Rubric:
    """A job's competencies, and the authored questions that speak to them."""

    competencies: tuple[Competency, ...]
    questions: tuple[bank.BankQuestion, ...]


def read(path: Path) -> list[Transcript]:
    """The file's interviews. Raises BadInput, naming the line."""
    made = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            made.append(_transcript(path, number, line))
    if not made:
        raise BadInput(f"{path} holds no interviews. Give one JSON object a line, with id and turns.")
    return made


def _transcript(path: Path, number: int, line: str) -> Transcript:
    try:
        one = json.loads(line)
        turns = tuple((str(t["role"]).strip().lower() in _INTERVIEWERS, str(t["text"]).strip()) for t in one["turns"])
        overall = one.get("overall")
        return Transcript(str(one.get("id", number)), turns, None if overall is None else float(overall))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f"Line {number} of {path} cannot be used ({type(error).__name__}: {error}). It needs id and turns, each "
            "with role and text. Nothing was scored."
        ) from None


def rubric_of(job: str) -> Rubric:
    """Of a role family, a job title, or a file with a job (text, or JSON with title). Never fails: else the general."""
    path = Path(job)
    title = _title(path.read_text(encoding="utf-8")) if path.is_file() else job
    known = {family.id for family in bank.families()}
    family = bank.family(title if title in known else plan.suggest(title))
    rows = tuple(
        Competency(
            id=entry.id,
            job_id="",
            position=place,
            name=entry.name,
            group=entry.group,
            weight=entry.weight,
            description=entry.description,
            anchors={str(level): text for level, text in entry.anchors.items()},
        )
        for place, entry in enumerate(family.competencies)
    )
    return Rubric(rows, family.questions)


def _title(text: str) -> str:
    try:
        told = json.loads(text)
    except ValueError:
        return text.strip().partition("\n")[0]
    return str(told.get("title") or told.get("family") or "") if isinstance(told, Mapping) else str(told)


def score(one: Transcript, held: Rubric, judge: AnswerJudge, embeddings: Embeddings) -> list[Finding]:
    """A finding for each competency. Raises ServiceUnavailable from the judge."""
    planned, turns = _planned(one, held, embeddings)
    asked = rubric.asked_questions(planned, turns)
    return findings(rubric.criteria(held.competencies, planned, asked), judge)


def _planned(one: Transcript, held: Rubric, embeddings: Embeddings) -> tuple[list[Question], list[Turn]]:
    near = dict(_nearest([text for ours, text in one.turns if ours], held, embeddings))
    planned: dict[str, Question] = {}
    turns: list[Turn] = []
    current = ""
    for place, (ours, text) in enumerate(one.turns):
        if ours and (text in near or not current):
            current = _remember(planned, text, near.get(text))
        turns.append(_turn(place, ours, text, current))
    return list(planned.values()), turns


def _nearest(texts: Sequence[str], held: Rubric, embeddings: Embeddings) -> Iterator[tuple[str, bank.BankQuestion]]:
    wanted = [wording for entry in held.questions for wording in (entry.text, entry.plain_text)]
    if not texts:
        return
    near = np.asarray(embeddings.embed_documents(list(texts))) @ np.asarray(embeddings.embed_documents(wanted)).T
    for text, row in zip(texts, near, strict=True):
        if row.max() >= NEAR:
            yield text, held.questions[int(row.argmax()) // 2]


def _remember(planned: dict[str, Question], text: str, entry: bank.BankQuestion | None) -> str:
    key = entry.id if entry else f"own-{len(planned)}"
    points = [point.as_row() for point in entry.points] if entry else []
    planned.setdefault(
        key,
        Question(
            id=key, job_id="", text=text, points=points, competency_id=entry.competency if entry else None, source=key
        ),
    )
    return key


def _turn(place: int, ours: bool, text: str, question: str) -> Turn:
    return Turn(
        id=str(place),
        interview_id="",
        position=place,
        speaker="agent" if ours else "candidate",
        kind="core" if ours else "answer",
        question_id=question or None,
        text=text,
        started_seconds=float(place),
        ended_seconds=float(place + 1),
    )


def line_of(one: Transcript, made: Sequence[Finding]) -> dict[str, Any]:
    """What is printed of one interview."""
    total = combine.overall(finding.part for finding in made)
    return {
        "id": one.id,
        "overall": total.value,
        "interval": [total.low, total.high],
        "coverage": total.coverage,
        "levels": {f.criterion.name: f.level.level if f.level else None for f in made},
        "not_assessed": {f.criterion.name: f.reason for f in made if f.level is None},
        **({"rated": one.overall} if one.overall is not None else {}),
    }


def measure(
    given: Sequence[Transcript],
    held: Rubric,
    judge: AnswerJudge,
    embeddings: Embeddings,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Every interview's levels; over all, mean coverage, and agreement with the ratings where there are some."""
    rows = []
    for one in given:
        rows.append(line_of(one, score(one, held, judge, embeddings)))
        say(f"{one.id}: {rows[-1]['overall']}")
    rated = [row for row in rows if "rated" in row and row["overall"] is not None]
    report: dict[str, Any] = {
        "interviews": rows,
        "scored": sum(row["overall"] is not None for row in rows),
        "coverage": round(sum(row["coverage"] for row in rows) / len(rows), 3) if rows else None,
    }
    if len(rated) > 1:
        top = max(
            combine.HIGHEST, *(row["rated"] for row in rated)
        )  # figures are of marks 0..1; people's scale may differ
        people, judged = [row["rated"] / top for row in rated], [row["overall"] / combine.HIGHEST for row in rated]
        told = figures(people, judged, [""] * len(rated), combine.HIGHEST)
        report["agreement"] = {name: told[name] for name in ("answers", "pearson", "spearman")}
    return report
