"""The plan of one interview: the job's newest version, with its résumé slots filled from this candidate's résumé.

The core questions and the recruiter's own are the same rows for every candidate of a job; which ones, plan_rules.py
and people decide (services/plans.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlmodel import Session, select

from interview_platform.errors import NotFound
from interview_platform.models import Application, Interview, Job, Question, Resume
from interview_platform.services.agent import bank, plan_rules, plan_versions, resume_questions
from interview_platform.services.agent.own_words import SKILL
from interview_platform.services.agent.plan_rules import FROM_RESUME, MOST_CORE, defaults, further

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

__all__ = ["MOST_CORE", "build", "defaults", "families", "further", "suggest"]


def families() -> list[tuple[str, str]]:
    """(id, title) of every role family, the general one last."""
    return [(family.id, family.title) for family in bank.families()]


def suggest(job_title: str) -> str:
    """The family a job title points to by whole words ("API" is no apiary); the general one when none does."""
    title = job_title.casefold()
    hits = [
        (len(word), family.id)
        for family in bank.families()
        for word in family.words
        if _holds(title, word) and not any(_holds(title, other) for other in family.not_with)
    ]
    return max(hits)[1] if hits else bank.GENERAL


def _holds(title: str, word: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(word)}s?(?!\w)", title))


def build(db: Session, interview: Interview, embeddings: Embeddings | None = None) -> None:
    """Write `interview.plan` and the questions it needs. Raises NotFound when the application is gone."""
    application = db.get(Application, interview.application_id)
    job = db.get(Job, application.job_id) if application else None
    if application is None or job is None:
        raise NotFound("This application is gone, so no interview can be planned for it.")
    version = plan_versions.ensure(db, job, embeddings)
    slots = [item for item in version.items if item in FROM_RESUME]
    found = _from_resume(db, job, application, version.items) if slots else []
    filled = dict(zip(sorted(slots), (row.id for row in found), strict=False))
    known = plan_versions.rows(db, version.items)
    asked = [filled.get(item, "") if item in FROM_RESUME else item for item in version.items]
    interview.plan = [item for item in asked if item in known or item in filled.values()]
    interview.plan_version = version.version
    db.add(interview)
    db.flush()


def _from_resume(db: Session, job: Job, application: Application, items: Sequence[str]) -> list[Question]:
    """Questions on facts of this candidate's résumé, at most one a slot; none when nothing in it can be asked about."""
    resume = db.get(Resume, application.resume_id) if application.resume_id else None
    if resume is None or resume.status != "parsed":
        return []
    wanted = [*job.required_skills, *job.preferred_skills]
    asked = {row.source.removeprefix(SKILL) for row in plan_versions.rows(db, items).values()}
    facts = {**resume.facts, "skills": [one for one in resume.facts.get("skills") or () if _name(one) not in asked]}
    mine = select(Question).where(Question.job_id == job.id, Question.application_id == application.id)
    held = list(db.exec(mine.where(Question.kind == "resume")))
    rows = []
    for position, made in enumerate(resume_questions.choose(facts, resume.text, wanted)[: len(FROM_RESUME)]):
        same = (row for row in held if row.source == made.source and row.text == made.wording.text)
        rows.append(next(same, None) or plan_rules.added(db, _row(job, application, made, position)))
    return rows


def _name(skill: object) -> str:
    return str(skill.get("name", "")).casefold() if isinstance(skill, dict) else ""


def _row(job: Job, application: Application, made: resume_questions.ResumeQuestion, position: int) -> Question:
    return Question(
        job_id=job.id,
        application_id=application.id,
        position=position,
        kind="resume",
        text=made.wording.text,
        plain_text=made.wording.plain_text,
        points=made.wording.points,
        source=made.source,
    )
