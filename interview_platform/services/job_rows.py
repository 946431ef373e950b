"""The rows that belong to a job: its competencies and the recruiter's own questions, written from a draft.

An interview that was planned keeps what it asks and what it is judged by: such rows are never changed, only taken off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from interview_platform.models import Application, Competency, Interview, Job, Question
from interview_platform.services.agent import question_check
from interview_platform.services.agent.plan_rules import OWN, TAKEN_OFF

if TYPE_CHECKING:
    from interview_platform.services.jobs import CompetencyDraft, JobDraft


def competencies(db: Session, job: Job) -> list[Competency]:
    """What the job's next interviews look for, in order."""
    query = select(Competency).where(Competency.job_id == job.id, Competency.position > TAKEN_OFF)
    return list(db.exec(query.order_by(col(Competency.position))))


def set_competencies(db: Session, job: Job, draft: JobDraft) -> dict[str, str]:
    """Write the competencies; those that interviews are judged by stay as they are, beside what takes their place.

    Returns old id → new id of the latter.
    """
    held = {row.name.casefold(): row for row in competencies(db, job)}
    judged = _competencies_planned(db, job) if held else set()
    moved = {}
    for position, wanted in enumerate(draft.competencies):
        row = held.get(wanted.name.casefold())
        made = Competency(job_id=job.id, name=wanted.name, group=wanted.group)
        if row is not None and row.id in judged and _differs(row, wanted):
            moved[row.id] = made.id
            row = made
        elif row is not None:
            del held[wanted.name.casefold()]
        row = row or made
        row.position, row.name, row.group = position, wanted.name, wanted.group
        row.weight, row.description = wanted.weight, wanted.description
        row.anchors = dict(wanted.anchors)
        db.add(row)
    for row in held.values():
        _take_off(db, row)
    db.flush()
    return moved


def _differs(row: Competency, wanted: CompetencyDraft) -> bool:
    now = (row.group, row.weight, row.description, dict(row.anchors))
    return now != (wanted.group, wanted.weight, wanted.description, dict(wanted.anchors))


def _take_off(db: Session, row: Competency) -> None:
    if db.exec(select(Question.id).where(Question.competency_id == row.id)).first() is None:
        db.delete(row)
    else:
        row.position = TAKEN_OFF
        db.add(row)


def _competencies_planned(db: Session, job: Job) -> set[str | None]:
    """Those that some interview's questions speak to."""
    plans = select(Interview.plan).join(Application, col(Interview.application_id) == Application.id)
    asked = {str(held) for plan in db.exec(plans.where(Application.job_id == job.id)) for held in plan}
    query = select(Question.competency_id).where(Question.job_id == job.id, col(Question.id).in_(asked))
    return set(db.exec(query))


def own_questions(db: Session, job: Job) -> list[Question]:
    """The recruiter's own questions that are still asked, in order."""
    query = select(Question).where(Question.job_id == job.id, Question.kind == "custom", Question.source == OWN)
    live = query.where(col(Question.retired).is_(False))
    return list(db.exec(live.order_by(col(Question.position))))


def _own(job: Job, text: str) -> Question:
    """A new one, with what the check of its words found: a person kept it all the same."""
    flags = [flag.as_row() for flag in question_check.check(text)]
    return Question(job_id=job.id, kind="custom", text=text, source=OWN, flags=flags)


def set_questions(db: Session, job: Job, draft: JobDraft) -> None:
    """Write the recruiter's own questions; one that left is retired: interviews planned before still ask it."""
    held = {row.text: row for row in own_questions(db, job)}
    for position, text in enumerate(draft.custom_questions):
        row = held.pop(text, None) or _own(job, text)
        row.position = position
        db.add(row)
    for row in held.values():
        row.retired = True
        db.add(row)
    db.flush()
