"""The words of the trade of one interview: the job's skills and the employer's name, the candidate's own skills, tools,
employers and name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlmodel import Session, col, select

from interview_platform.models import Application, Candidate, Interview, Job, Organisation, Resume
from interview_platform.services.vocabulary import Vocabulary

MOST_TERMS = 300


def of_interview(db: Session, interview_id: str) -> Vocabulary:
    """What may be said in this interview that speech-to-text cannot know; empty for one that does not exist."""
    interview = db.get(Interview, interview_id)
    applied = db.get(Application, interview.application_id) if interview else None
    if applied is None:
        return Vocabulary(())
    return Vocabulary(list(dict.fromkeys(filter(None, _terms(db, applied))))[:MOST_TERMS])


def _terms(db: Session, applied: Application) -> Iterator[str]:
    job, employer = db.get(Job, applied.job_id), db.get(Organisation, applied.organisation_id)
    if job is not None:
        yield from _texts([*job.required_skills, *job.preferred_skills])
    if employer is not None:
        yield employer.name
    candidate = db.get(Candidate, applied.candidate_id)
    if candidate is not None:
        yield candidate.name
    own = select(Resume).where(Resume.candidate_id == applied.candidate_id).order_by(col(Resume.id))
    for row in db.exec(own):
        facts: dict[str, Any] = row.facts or {}
        yield from _texts(facts.get("skills", []), "name")
        yield from _texts(facts.get("experience", []), "company")


def _texts(entries: Iterable[Any], name: str = "") -> Iterator[str]:
    for entry in entries:
        text = entry.get(name, "") if isinstance(entry, dict) else entry
        if isinstance(text, str):
            yield text.strip()
