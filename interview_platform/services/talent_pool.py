"""Everybody the organisation knows, ranked for one job: people of earlier jobs who fit the new one.

Finding stores nothing and tells nobody; `take` adds those a person chose to the job's pool.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from sqlmodel import Session, col, select

from interview_platform.errors import BadInput
from interview_platform.models import Application, Candidate, Job, Resume
from interview_platform.ports import Vectors
from interview_platform.services import access, audit, pool_index, pool_ranking, smartfilter
from interview_platform.services.access import WRITERS, Actor, need
from interview_platform.services.pool_index import Progress
from interview_platform.services.pool_query import PRACTICE
from interview_platform.services.rank_coverage import of_document
from interview_platform.services.smartfilter import RequirementFit

FILES = ("resume", "linkedin_pdf")
"""Sources that tell a whole career: taken before a profile or a row of a table."""


@dataclass(frozen=True)
class Talent:
    """Somebody who might fit. Sentences in `requirements` are as ranking reads them, without who it is."""

    candidate_id: str
    resume_id: str
    name: str
    headline: str
    score: float  # 0..100
    requirements: tuple[RequirementFit, ...]


def talent(
    db: Session,
    actor: Actor,
    embeddings: Embeddings,
    vectors: Vectors | None,
    job_id: str,
    most: int = 50,
    on_progress: Progress | None = None,
) -> list[Talent]:
    """The organisation's best `most` people for a job who are not in its pool yet, best first."""
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    people = _people(db, job)
    marks = {row.resume_id: row.mark for row in people.values()}
    kind = pool_index.kind_of(db, job.organisation_id, embeddings)
    held = pool_index.ready(db, kind, embeddings, vectors, marks, on_progress)
    rows = [row for row in people.values() if row.resume_id in held.places and not row.in_pool]
    if not rows:
        return []
    wish = smartfilter.wish_of(job)
    asked = pool_index.embed(embeddings, smartfilter.wish_texts(wish))
    scores = held.index.scores(wish, asked, pool_ranking.weights_of(job))
    totals = scores.total[[held.places[row.resume_id] for row in rows]]
    best = np.argsort(-totals, kind="stable")[:most]
    return [
        Talent(
            rows[place].candidate_id,
            rows[place].resume_id,
            rows[place].name,
            rows[place].headline,
            round(float(totals[place]), 2),
            of_document(held.index.documents[held.places[rows[place].resume_id]], wish)[0],
        )
        for place in best
    ]


def take(db: Session, actor: Actor, job_id: str, candidate_ids: Sequence[str]) -> int:
    """Add people to a job's pool, each with the newest résumé; how many were not in it. They are not ranked yet.

    Raises NotFound, and BadInput for somebody of whom nothing was read.
    """
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    there = set(db.exec(select(Application.candidate_id).where(Application.job_id == job.id)))
    people = _people(db, job)
    taken = 0
    for candidate_id in dict.fromkeys(candidate_ids):
        person = access.candidate(db, actor, candidate_id)
        if person.id in there:
            continue
        if person.id not in people:
            raise BadInput(f"{person.name or 'This candidate'} has no résumé that was read. Add one first.")
        _add(db, actor, job, person, people[person.id].resume_id)
        taken += 1
    db.flush()
    return taken


@dataclass(frozen=True)
class _Person:
    """One candidate with the source that tells most."""

    candidate_id: str
    resume_id: str
    mark: str
    name: str
    headline: str
    in_pool: bool


def _people(db: Session, job: Job) -> dict[str, _Person]:
    """Every candidate of the organisation with something that was read: the newest résumé, else the newest profile."""
    query: Any = select(Candidate.id, Resume.id, Resume.sha256, Candidate.name, Candidate.headline, Resume.source)  # type: ignore[call-overload]
    query = query.join(Resume, col(Resume.candidate_id) == Candidate.id)
    query = query.where(
        Candidate.organisation_id == job.organisation_id,
        Resume.organisation_id == job.organisation_id,
        Resume.status == "parsed",
        col(Candidate.merged_into).is_(None),
        col(Candidate.id).not_in(select(Application.candidate_id).where(Application.stage == PRACTICE)),
    )
    there = set(db.exec(select(Application.candidate_id).where(Application.job_id == job.id)))
    made: dict[str, _Person] = {}
    whole: set[str] = set()
    for of, resume_id, mark, name, headline, source in db.exec(query.order_by(col(Resume.created_at), Resume.id)):
        if source in FILES or of not in whole:
            made[of] = _Person(of, resume_id, mark, name, headline, of in there)
        if source in FILES:
            whole.add(of)
    return made


def _add(db: Session, actor: Actor, job: Job, person: Candidate, resume_id: str) -> None:
    application = Application(
        organisation_id=job.organisation_id, job_id=job.id, candidate_id=person.id, resume_id=resume_id
    )
    db.add(application)
    pool_ranking.refresh_row(db, application)
    audit.record(db, actor, "candidate.taken", f"application:{application.id}", job_id=job.id)
