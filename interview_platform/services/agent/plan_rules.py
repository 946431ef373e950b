"""Which questions a job's interviews ask, by rule: the first version of its plan, before a person changes it.

A warm start from the résumé, one question for each competency that matters most, the recruiter's own word for word,
one on the employer's written values. Rows that were made before are used again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sized
from typing import TYPE_CHECKING, Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from interview_platform.models import Competency, Job, Organisation, Question
from interview_platform.services.agent import bank, nearest, own_points, own_words, wording
from interview_platform.services.agent.own_words import SKILL, TASK

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

MOST_CORE = 4
AROUND = 2
"""Questions that come to those of the competencies: on the employer's values, and one more of the job's own work."""
FULL = 7
"""Questions from which a plan takes no second one from the résumé."""
MINUTES_A_POINT = 0.4
"""Of speaking, for each point that a good answer holds."""
HEAVY = 0.5
"""Share of the chosen competencies' weight above which one gets a second question, so that time follows weight."""
OWN = "recruiter"
VALUES = "values"
FROM_RESUME = ("resume:1", "resume:2")
"""Items of a plan that stand for a question from the candidate's own résumé."""
MOST_VALUE_WORDS = 18
_LEARNING = f"{bank.GENERAL}-learning"
TAKEN_OFF = -1
"""`Competency.position` of one that left the job while an interview with its questions exists."""


def items(db: Session, job: Job, embeddings: Embeddings | None = None) -> list[str]:
    """The plan by rule: question ids and FROM_RESUME, in order. Makes the rows it needs."""
    core = _of_the_work(db, job, _core(db, job, embeddings))
    own = [row.id for row in own_questions(db, job)]
    value = on_values(db, job)
    rest = [row.id for row in core]
    ends = [value.id] if value else []
    second = [FROM_RESUME[1]] if FULL - len(rest) - len(own) - len(ends) >= 2 else []
    return [FROM_RESUME[0], *rest, *second, *own, *ends]


def defaults(role_family: str, level: str) -> list[dict[str, Any]]:
    """The competencies a job of this family starts with: name, group, weight, description, anchors {"1": …, "5": …}.

    As many as one interview asks about (MOST_CORE): one more would stand "not assessed" in every report. The same for
    every `level` so far: the levels of a job differ in the questions asked, not in what is looked for.
    """
    return [_as_row(entry) for entry in bank.family(role_family).competencies[:MOST_CORE]]


def further(role_family: str) -> list[dict[str, Any]]:
    """The family's other competencies, shaped like `defaults`: for a job that puts its weight elsewhere."""
    return [_as_row(entry) for entry in bank.family(role_family).competencies[MOST_CORE:]]


def competencies(db: Session, job: Job) -> list[Competency]:
    """The job's competencies; a job without any gets its family's."""
    live = select(Competency).where(Competency.job_id == job.id, Competency.position > TAKEN_OFF)
    rows = list(db.exec(live.order_by(col(Competency.position))))
    if not rows:
        rows = [
            Competency(job_id=job.id, position=position, **values)
            for position, values in enumerate(defaults(job.role_family, job.level))
        ]
        db.add_all(rows)
        db.flush()
    return rows


def most_important(rows: Iterable[Competency]) -> list[Competency]:
    """At most MOST_CORE: one of each group first, then by weight; cultural fit is asked from the values alone."""
    ranked = sorted((row for row in rows if row.group != "cultural_fit"), key=lambda row: (-row.weight, row.position))
    groups: set[str] = set()
    first: list[Competency] = []
    rest: list[Competency] = []
    for row in ranked:
        (rest if row.group in groups else first).append(row)
        groups.add(row.group)
    kept = (first + rest)[:MOST_CORE]
    return [row for row in ranked if row in kept]


def questions(job: Job, kind: str) -> SelectOfScalar[Question]:
    """The job's questions of a kind, those taken out of the plan included."""
    return select(Question).where(Question.job_id == job.id, Question.kind == kind).order_by(col(Question.position))


def own_questions(db: Session, job: Job) -> list[Question]:
    """The recruiter's questions, word for word; what a good answer gives is filled in where she wrote nothing."""
    query = questions(job, "custom").where(Question.source == OWN, col(Question.retired).is_(False))
    rows = list(db.exec(query))
    for number, row in enumerate(rows):
        if not row.points:
            row.points = own_points.of(row.text, number)
            db.add(row)
    return rows


def on_competency(
    db: Session, job: Job, competency: Competency, number: int, embeddings: Embeddings | None = None
) -> Question:
    """A question for the competency: the bank's of its name, the nearest that fits the job, else a made one."""
    taken = _taken(db, job)
    entry = _named(job, competency.name, taken)
    near = None if entry else nearest.question(job, competency, taken, embeddings)
    if entry is not None:
        row = from_bank(job, entry, entry.points)
    elif near is not None:
        row = from_bank(job, near.question, near.points)
    else:
        row = _made(job, own_words.on_competency(job, competency, number), "template")
    row.position, row.competency_id = number, competency.id
    return added(db, row)


def from_bank(job: Job, entry: bank.BankQuestion, points: Iterable[bank.Point]) -> Question:
    """A bank's question as a row of the job, not added yet."""
    return Question(
        text=entry.text,
        plain_text=entry.plain_text,
        points=[point.as_row() for point in points],
        minutes=enough(entry.minutes, entry.points),
        source=entry.id,
        job_id=job.id,
        kind="core",
    )


def on_values(db: Session, job: Job) -> Question | None:
    """One question on the first of the employer's written values that is short enough to be said."""
    value = value_of(db, job)
    if value is None:
        return None
    made = wording.on_value(value)
    held = next((row for row in db.exec(questions(job, "core")) if is_on_values(row) and row.text == made.text), None)
    if held is not None:
        return held
    fit = next((row for row in competencies(db, job) if row.group == "cultural_fit"), None)
    row = _made(job, made, f"{VALUES}:{value}")
    row.position, row.minutes, row.competency_id = MOST_CORE, bank.values().minutes, fit.id if fit else None
    return added(db, row)


def value_of(db: Session, job: Job) -> str | None:
    """The value that is asked about."""
    employer = db.get(Organisation, job.organisation_id)
    lines = [" ".join(line.split()).strip("-•* ") for line in (employer.values if employer else "").splitlines()]
    return next((line for line in lines if 2 <= len(line.split()) <= MOST_VALUE_WORDS), None)


def is_on_values(row: Question) -> bool:
    """Whether the question comes from the employer's written values."""
    return row.source.startswith(VALUES)


def added(db: Session, row: Question) -> Question:
    """The row, with its id in the database."""
    db.add(row)
    db.flush()
    return row


def _as_row(entry: bank.BankCompetency) -> dict[str, Any]:
    return {
        "name": entry.name,
        "group": entry.group,
        "weight": entry.weight,
        "description": entry.description,
        "anchors": {str(grade): text for grade, text in sorted(entry.anchors.items())},
    }


def _core(db: Session, job: Job, embeddings: Embeddings | None) -> list[Question]:
    """One question for each of the competencies that matter most; a second on one that outweighs all the others."""
    held = [row for row in db.exec(questions(job, "core")) if not is_on_values(row)]
    chosen = most_important(competencies(db, job))
    whole = sum(competency.weight for competency in chosen)
    rows = []
    for number, competency in enumerate(chosen):
        own = [row for row in held if row.competency_id == competency.id and _by_rule(job, row)]
        rows += own[:1] or [on_competency(db, job, competency, number, embeddings)]
        if len(chosen) > 1 and competency.weight > HEAVY * whole:
            rows += own[1:2] or _second(db, job, competency, number)
    return rows


def _second(db: Session, job: Job, competency: Competency, number: int) -> list[Question]:
    """Another question of the bank on the competency, where it has one."""
    entry = _named(job, competency.name, _taken(db, job))
    if entry is None:
        return []
    row = from_bank(job, entry, entry.points)
    row.position, row.competency_id = number, competency.id
    return [added(db, row)]


def _taken(db: Session, job: Job) -> set[str]:
    """Ids of the banks' questions that the job's competencies have already."""
    live = {row.id for row in competencies(db, job)}
    return {row.source for row in db.exec(questions(job, "core")) if row.competency_id in live}


def _by_rule(job: Job, row: Question) -> bool:
    """Made for the competency itself, and for the job's level: not typed by a person, not on a duty or a skill."""
    if row.source.startswith(("edited:", OWN, TASK, SKILL)):
        return False
    family = next((one for one in bank.families() if any(held.id == row.source for held in one.questions)), None)
    if family is None:
        return True
    entry = next(held for held in family.questions if held.id == row.source)
    return job.level in (entry.levels or (job.level,)) or not any(
        job.level in held.levels for held in family.questions_on(entry.competency, job.level)
    )


def _of_the_work(db: Session, job: Job, core: list[Question]) -> list[Question]:
    """For a job outside the families: its own duties and skills, until they and its own competencies are half.

    They take the place of a general question, or of two; the one on learning becomes one on learning for a skill.
    """
    general = [row for row in core if row.source.startswith(f"{bank.GENERAL}-")]
    own = [row for row in core if row not in general]
    missing = (len(core) + AROUND + 1) // 2 - len(own)
    if bank.family(job.role_family).id != bank.GENERAL or missing <= 0 or not general:
        return core
    learns = next((row for row in general if row.source.startswith(_LEARNING)), None)
    made = own_words.of_the_work(job, [row.text for row in own], missing, bool(learns))
    learned = [_of_work(db, job, learns, one) for one in made if learns and one.learning]
    others = [row for row in general if row is not learns or not learned]
    others.sort(key=lambda row: _group(db, row) != "technical")
    place = own[0] if own else others[0] if others else general[0]
    rows = [_of_work(db, job, place, one) for one in made if not one.learning]
    gone = others[: max(not own, len(rows) - 1) if rows else 0]
    kept = [learned[0] if learned and row is learns else row for row in core if row not in gone]
    return [*rows, *kept]


def _of_work(db: Session, job: Job, instead: Question, made: own_words.OfWork) -> Question:
    """The row of a made question, under the competency of the one whose place it takes."""
    held = db.exec(questions(job, "core").where(Question.source == made.source, Question.text == made.asked.text))
    row = held.first() or _made(job, made.asked, made.source)
    row.competency_id = row.competency_id or instead.competency_id
    return added(db, row)


def _group(db: Session, row: Question) -> str:
    competency = db.get(Competency, row.competency_id) if row.competency_id else None
    return competency.group if competency else ""


def _named(job: Job, name: str, taken: set[str]) -> bank.BankQuestion | None:
    """The fitting question on a competency of this name, in the job's own family, then in the others."""
    own = bank.family(job.role_family)
    for family in (own, *(entry for entry in reversed(bank.families()) if entry is not own)):
        found = family.competency(name)
        if found is not None:
            return next((entry for entry in family.questions_on(found.id, job.level) if entry.id not in taken), None)
    return None


def _made(job: Job, asked: wording.Wording, source: str) -> Question:
    return Question(
        job_id=job.id,
        kind="core",
        text=asked.text,
        plain_text=asked.plain_text,
        points=asked.points,
        minutes=enough(2.0, asked.points),
        source=source,
    )


def enough(minutes: float, points: Sized) -> float:
    """The minutes, or more where so many points need them; in half minutes."""
    return max(minutes, math.ceil(len(points) * MINUTES_A_POINT * 2) / 2)
