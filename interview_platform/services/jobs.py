"""Jobs: what an opening asks for, its competencies and the recruiter's own questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, func, select

from interview_platform.errors import BadInput
from interview_platform.models import Application, Competency, Interview, Job, Question, Report
from interview_platform.services import access, audit, job_conditions, job_rows
from interview_platform.services.access import READERS, WRITERS, Actor, need
from interview_platform.services.agent import plan_versions
from interview_platform.services.job_conditions import Condition
from interview_platform.services.pool_query import PRACTICE

LEVELS = ("junior", "mid", "senior")
GROUPS = ("technical", "communication", "problem_solving", "cultural_fit")
STATUSES = ("open", "closed")
MOST_SKILLS = 40
MOST_COMPETENCIES = 12
MOST_QUESTIONS = 12


@dataclass(frozen=True)
class CompetencyDraft:
    """One competency as typed or suggested. `anchors` are the levels' descriptions, {"1": …, "5": …}, or empty."""

    name: str
    group: str = "technical"
    weight: float = 1.0
    description: str = ""
    anchors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class JobDraft:
    """A job as a person fills it in."""

    title: str
    description: str = ""
    location: str = ""
    level: str = "mid"
    role_family: str = "general"
    required_skills: tuple[str, ...] = ()
    preferred_skills: tuple[str, ...] = ()
    competencies: tuple[CompetencyDraft, ...] = ()
    custom_questions: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()  # without which the work cannot be done


@dataclass(frozen=True)
class JobRow:
    """One line of the list of jobs. `interviews` counts those that were begun, `reports` those that are ready."""

    job: Job
    candidates: int
    interviews: int
    reports: int


def create(db: Session, actor: Actor, draft: JobDraft) -> Job:
    """A new open job. Raises BadInput saying which field to change."""
    need(actor, WRITERS)
    draft = _checked(draft)
    job = Job(organisation_id=actor.organisation_id, created_by=actor.user_id, **_columns(draft))
    db.add(job)
    db.flush()
    job_rows.set_competencies(db, job, draft)
    job_rows.set_questions(db, job, draft)
    audit.record(db, actor, "job.created", f"job:{job.id}")
    return job


def update(db: Session, actor: Actor, job_id: str, draft: JobDraft) -> Job:
    """Change a job, and with it the plan of its next interviews.

    What stays keeps its row; interviews planned before keep their questions and what they are judged by.
    """
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    draft = _checked(draft)
    columns = _columns(draft)
    changed = [name for name, value in columns.items() if getattr(job, name) != value]
    for name, value in columns.items():
        setattr(job, name, value)
    db.add(job)
    moved = job_rows.set_competencies(db, job, draft)
    job_rows.set_questions(db, job, draft)
    if plan_versions.newest(db, job.id) is not None:
        plan_versions.ensure(db, job, moved=moved)
    audit.record(db, actor, "job.changed", f"job:{job.id}", fields=changed)
    return job


def set_status(db: Session, actor: Actor, job_id: str, status: str) -> Job:
    """Open or close a job."""
    need(actor, WRITERS)
    if status not in STATUSES:
        raise BadInput("A job is either open or closed.")
    job = access.job(db, actor, job_id)
    job.status = status
    db.add(job)
    audit.record(db, actor, "job.status_changed", f"job:{job.id}", status=status)
    return job


def draft_of(db: Session, actor: Actor, job_id: str) -> JobDraft:
    """A job as it would be typed again, to fill the form that changes it."""
    job = access.job(db, actor, job_id)
    return JobDraft(
        title=job.title,
        description=job.description,
        location=job.location,
        level=job.level,
        role_family=job.role_family,
        required_skills=tuple(job.required_skills),
        preferred_skills=tuple(job.preferred_skills),
        competencies=tuple(
            CompetencyDraft(row.name, row.group, row.weight, row.description, dict(row.anchors))
            for row in competencies(db, actor, job_id)
        ),
        custom_questions=tuple(row.text for row in custom_questions(db, actor, job_id)),
        conditions=job_conditions.from_json(job.conditions),
    )


def listing(db: Session, actor: Actor) -> list[JobRow]:
    """The organisation's jobs, newest first, open before closed."""
    need(actor, READERS)
    jobs = db.exec(
        select(Job)
        .where(Job.organisation_id == actor.organisation_id)
        .order_by(col(Job.status).desc(), col(Job.created_at).desc())
    ).all()
    candidates = _counts(db, actor, select(Application.job_id, func.count()).group_by(Application.job_id))
    interviews = _counts(
        db,
        actor,
        select(Application.job_id, func.count())
        .join(Interview, col(Interview.application_id) == Application.id)
        .where(col(Interview.started_at).is_not(None))
        .group_by(Application.job_id),
    )
    reports = _counts(
        db,
        actor,
        select(Application.job_id, func.count(func.distinct(Report.interview_id)))
        .join(Interview, col(Interview.application_id) == Application.id)
        .join(Report, col(Report.interview_id) == Interview.id)
        .where(Report.status == "ready")
        .group_by(Application.job_id),
    )
    return [JobRow(job, candidates(job.id), interviews(job.id), reports(job.id)) for job in jobs]


def competencies(db: Session, actor: Actor, job_id: str) -> list[Competency]:
    """What the job's interview looks for, in order."""
    job = access.job(db, actor, job_id)
    return job_rows.competencies(db, job)


def custom_questions(db: Session, actor: Actor, job_id: str) -> list[Question]:
    """The recruiter's own questions, in order; they are asked word for word."""
    job = access.job(db, actor, job_id)
    return job_rows.own_questions(db, job)


def _counts(db: Session, actor: Actor, query: object) -> Callable[[str], int]:
    """How often each job occurs in a grouped query, as a function of the job's id."""
    mine = (Application.organisation_id == actor.organisation_id, Application.stage != PRACTICE)
    narrowed = query.where(*mine)  # type: ignore[attr-defined]
    found: dict[str, int] = dict(db.exec(narrowed).all())
    return lambda job_id: found.get(job_id, 0)


def _columns(draft: JobDraft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "description": draft.description,
        "location": draft.location,
        "level": draft.level,
        "role_family": draft.role_family,
        "required_skills": list(draft.required_skills),
        "preferred_skills": list(draft.preferred_skills),
        "conditions": [held.as_json() for held in draft.conditions],
    }


def _checked(draft: JobDraft) -> JobDraft:
    """The draft tidied, or BadInput."""
    title = " ".join(draft.title.split())
    required = _skills(draft.required_skills)
    known = {skill.casefold() for skill in required}
    preferred = tuple(skill for skill in _skills(draft.preferred_skills) if skill.casefold() not in known)
    questions = _once(" ".join(text.split()) for text in draft.custom_questions)
    if not title:
        raise BadInput("The job needs a title.")
    if len(title) > 200 or len(draft.location) > 200:
        raise BadInput("The title and the location may be 200 characters long at most.")
    if draft.level not in LEVELS:
        raise BadInput("Choose the level: junior, mid or senior.")
    if max(len(required), len(preferred)) > MOST_SKILLS:
        raise BadInput(f"More than {MOST_SKILLS} skills in one list say little. Keep those that decide.")
    if len(questions) > MOST_QUESTIONS:
        raise BadInput(f"An interview holds at most {MOST_QUESTIONS} questions of your own.")
    return JobDraft(
        title=title,
        description=draft.description.strip(),
        location=draft.location.strip(),
        level=draft.level,
        role_family=draft.role_family.strip() or "general",
        required_skills=required,
        preferred_skills=preferred,
        competencies=_competencies(draft.competencies),
        custom_questions=questions,
        conditions=job_conditions.checked(draft.conditions),
    )


def _competencies(drafts: tuple[CompetencyDraft, ...]) -> tuple[CompetencyDraft, ...]:
    if len(drafts) > MOST_COMPETENCIES:
        raise BadInput(f"An interview can judge at most {MOST_COMPETENCIES} competencies.")
    names = [" ".join(draft.name.split()) for draft in drafts]
    if len({name.casefold() for name in names}) < len(names):
        raise BadInput("Two competencies have the same name. Rename or remove one.")
    for draft, name in zip(drafts, names, strict=True):
        if not name or len(name) > 200:
            raise BadInput("Each competency needs a name of at most 200 characters.")
        if draft.group not in GROUPS:
            raise BadInput(f"Choose what “{name}” counts towards: technical, communication, problem solving or fit.")
        if not 0 < draft.weight <= 10:
            raise BadInput(f"The weight of “{name}” must be above 0 and at most 10.")
    return tuple(
        CompetencyDraft(name, draft.group, draft.weight, draft.description.strip(), dict(draft.anchors))
        for draft, name in zip(drafts, names, strict=True)
    )


def _skills(typed: tuple[str, ...]) -> tuple[str, ...]:
    skills = _once(" ".join(skill.split()) for skill in typed)
    if any(len(skill) > 100 for skill in skills):
        raise BadInput("A skill is a short name, not a sentence: at most 100 characters.")
    return skills


def _once(texts: object) -> tuple[str, ...]:
    """Without empty ones and without repeats (whatever the case), in order."""
    kept: dict[str, str] = {}
    for text in texts:  # type: ignore[attr-defined]
        if text:
            kept.setdefault(text.casefold(), text)
    return tuple(kept.values())
