"""The plan of an interview: which questions, in which order.

A warm start from the résumé, the core questions (the same for every candidate of the job), the recruiter's own word
for word, one on the employer's written values. Core and values questions are made once per job and used again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from interview_platform.errors import NotFound
from interview_platform.models import Application, Competency, Interview, Job, Organisation, Question, Resume
from interview_platform.services.agent import bank, resume_questions, wording

MOST_CORE = 4
FULL = 7
"""Questions from which a plan takes no second one from the résumé."""
OWN = "recruiter"
VALUES = "values"
MOST_VALUE_WORDS = 18


def families() -> list[tuple[str, str]]:
    """(id, title) of every role family, the general one last."""
    return [(family.id, family.title) for family in bank.families()]


def suggest(job_title: str) -> str:
    """The family a job title points to; the general one when none does."""
    title = f" {job_title.casefold()} "
    hits = [(len(word), family.id) for family in bank.families() for word in family.words if f" {word}" in title]
    return max(hits)[1] if hits else bank.GENERAL


def defaults(role_family: str, level: str) -> list[dict[str, Any]]:
    """The competencies a job of this family starts with: name, group, weight, description, anchors {"1": …, "5": …}.

    As many as one interview asks about (MOST_CORE): one more would stand "not assessed" in every report. The same for
    every `level` so far: the levels of a job differ in the questions asked, not in what is looked for.
    """
    return [_as_row(entry) for entry in bank.family(role_family).competencies[:MOST_CORE]]


def further(role_family: str) -> list[dict[str, Any]]:
    """The family's other competencies, shaped like `defaults`: for a job that puts its weight elsewhere."""
    return [_as_row(entry) for entry in bank.family(role_family).competencies[MOST_CORE:]]


def _as_row(entry: bank.BankCompetency) -> dict[str, Any]:
    return {
        "name": entry.name,
        "group": entry.group,
        "weight": entry.weight,
        "description": entry.description,
        "anchors": {str(grade): text for grade, text in sorted(entry.anchors.items())},
    }


def build(db: Session, interview: Interview) -> None:
    """Write `interview.plan` and the questions it needs. Raises NotFound when the application is gone."""
    application = db.get(Application, interview.application_id)
    job = db.get(Job, application.job_id) if application else None
    if application is None or job is None:
        raise NotFound("This application is gone, so no interview can be planned for it.")
    core = _core(db, job)
    own = _own(db, job)
    values = _values(db, job)
    room = FULL - len(core) - len(own) - len(values)
    resume = _from_resume(db, job, application, most=2 if room >= 2 else 1)
    interview.plan = [row.id for row in [*resume[:1], *core, *resume[1:], *own, *values]]
    db.add(interview)
    db.flush()


# --- core ------------------------------------------------------------------------------------------------------


def _core(db: Session, job: Job) -> list[Question]:
    """One question for each of the competencies that matter most; rows made before are used again."""
    held = db.exec(_questions(job, "core")).all()
    chosen = _most_important(_competencies(db, job))
    rows = []
    for position, competency in enumerate(chosen):
        row = next((row for row in held if row.competency_id == competency.id and not _on_values(row)), None)
        rows.append(row or _new_core(db, job, competency, position))
    return rows


def _competencies(db: Session, job: Job) -> list[Competency]:
    """The job's competencies; a job without any gets its family's."""
    rows = list(db.exec(select(Competency).where(Competency.job_id == job.id).order_by(col(Competency.position))))
    if not rows:
        rows = [
            Competency(job_id=job.id, position=position, **values)
            for position, values in enumerate(defaults(job.role_family, job.level))
        ]
        db.add_all(rows)
        db.flush()
    return rows


def _most_important(competencies: Iterable[Competency]) -> list[Competency]:
    """At most MOST_CORE: one of each group first, then by weight; cultural fit is asked from the values alone."""
    ranked = sorted(
        (row for row in competencies if row.group != "cultural_fit"), key=lambda row: (-row.weight, row.position)
    )
    groups: set[str] = set()
    first: list[Competency] = []
    rest: list[Competency] = []
    for row in ranked:
        (rest if row.group in groups else first).append(row)
        groups.add(row.group)
    kept = (first + rest)[:MOST_CORE]
    return [row for row in ranked if row in kept]


def _new_core(db: Session, job: Job, competency: Competency, position: int) -> Question:
    """A question for the competency: from the bank when it knows one of this name, else from a template."""
    entry = _from_bank(job, competency.name)
    if entry is not None:
        row = Question(
            text=entry.text,
            plain_text=entry.plain_text,
            points=[point.as_row() for point in entry.points],
            minutes=entry.minutes,
            source=entry.id,
            job_id=job.id,
        )
    else:
        made = wording.on_competency(competency.name)
        row = Question(text=made.text, plain_text=made.plain_text, points=made.points, source="template", job_id=job.id)
    row.kind, row.position, row.competency_id = "core", position, competency.id
    return _added(db, row)


def _from_bank(job: Job, name: str) -> bank.BankQuestion | None:
    """The fitting question on a competency of this name, in the job's own family, then in the others."""
    own = bank.family(job.role_family)
    for family in (own, *(entry for entry in reversed(bank.families()) if entry is not own)):
        found = family.competency(name)
        if found is not None:
            return family.questions_on(found.id, job.level)[0]
    return None


# --- the other kinds -------------------------------------------------------------------------------------------


def _own(db: Session, job: Job) -> list[Question]:
    """The recruiter's questions, word for word; what a good answer gives is filled in where she wrote nothing."""
    rows = list(db.exec(_questions(job, "custom").where(Question.source == OWN)))
    for number, row in enumerate(rows):
        if not row.points:
            row.points = wording.own_points(number)
            db.add(row)
    return rows


def _values(db: Session, job: Job) -> list[Question]:
    """One question on the first of the employer's written values that is short enough to be said."""
    employer = db.get(Organisation, job.organisation_id)
    lines = [" ".join(line.split()).strip("-•* ") for line in (employer.values if employer else "").splitlines()]
    value = next((line for line in lines if 2 <= len(line.split()) <= MOST_VALUE_WORDS), None)
    if value is None:
        return []
    made = wording.on_value(value)
    held = next((row for row in db.exec(_questions(job, "core")) if _on_values(row) and row.text == made.text), None)
    if held is not None:
        return [held]
    fit = next((row for row in _competencies(db, job) if row.group == "cultural_fit"), None)
    row = Question(
        job_id=job.id,
        competency_id=fit.id if fit else None,
        position=MOST_CORE,
        kind="core",
        text=made.text,
        plain_text=made.plain_text,
        points=made.points,
        minutes=bank.values().minutes,
        source=f"{VALUES}:{value}",
    )
    return [_added(db, row)]


def _on_values(row: Question) -> bool:
    return row.source.startswith(VALUES)


def _from_resume(db: Session, job: Job, application: Application, most: int) -> list[Question]:
    """Questions on facts of this candidate's résumé; none when nothing in it can be asked about."""
    resume = db.get(Resume, application.resume_id) if application.resume_id else None
    if resume is None or resume.status != "parsed":
        return []
    wanted = [*job.required_skills, *job.preferred_skills]
    held = list(db.exec(_questions(job, "resume").where(Question.application_id == application.id)))
    rows = []
    for position, made in enumerate(resume_questions.choose(resume.facts, resume.text, wanted)[:most]):
        row = next((row for row in held if row.source == made.source and row.text == made.wording.text), None)
        rows.append(
            row
            or _added(
                db,
                Question(
                    job_id=job.id,
                    application_id=application.id,
                    position=position,
                    kind="resume",
                    text=made.wording.text,
                    plain_text=made.wording.plain_text,
                    points=made.wording.points,
                    source=made.source,
                ),
            )
        )
    return rows


def _questions(job: Job, kind: str) -> SelectOfScalar[Question]:
    return select(Question).where(Question.job_id == job.id, Question.kind == kind).order_by(col(Question.position))


def _added(db: Session, row: Question) -> Question:
    db.add(row)
    db.flush()
    return row
