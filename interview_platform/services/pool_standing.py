"""Whether a pool's ranking is of today: candidates without a score, an older ranking, a job that asks for more now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

from sqlmodel import Session, col, func, select

from interview_platform.models import Application, Job, Match
from interview_platform.services import access, smartfilter
from interview_platform.services.access import Actor
from interview_platform.services.pool_query import PRACTICE


@dataclass(frozen=True)
class RankStanding:
    """`why` says why the pool should be ranked anew, "" when there is no reason to."""

    unranked: int  # candidates with a résumé and without a score
    why: str


def ranker(job: Job, model: str) -> str:
    """What `Match.ranker` holds: the ranking, the sentence model, and a mark of what the job asked for."""
    return f"{smartfilter.VERSION}/{model}#{wish_mark(job)}"


def wish_mark(job: Job) -> str:
    """Eight characters that change with what ranking reads of a job."""
    wish = [job.title, job.description, job.required_skills, job.preferred_skills, job.conditions]
    return sha256(json.dumps(wish, sort_keys=True, default=str).encode()).hexdigest()[:8]


def rank_standing(db: Session, actor: Actor, job_id: str) -> RankStanding:
    """How a job's ranking stands. Raises NotFound."""
    job = access.job(db, actor, job_id)
    missing = select(func.count()).select_from(Application).where(Application.job_id == job.id)
    missing = missing.where(col(Application.score).is_(None), col(Application.resume_id).is_not(None))
    missing = missing.where(Application.stage != PRACTICE)
    unranked = db.exec(missing).one()
    held = select(Match.ranker).join(Application, col(Application.id) == Match.application_id)
    newest = db.exec(held.where(Application.job_id == job.id, col(Application.score).is_not(None)).limit(1)).first()
    return RankStanding(unranked, _why(job, newest, unranked))


def _why(job: Job, by: str | None, unranked: int) -> str:
    """All of a pool are ranked at once, so that one of its matches speaks for all."""
    version, _, mark = (by or "").partition("#")
    if mark and mark != wish_mark(job):
        return "The job changed since this ranking."
    if by and version.split("/")[0] != smartfilter.VERSION:
        return "This ranking was made by an earlier version of SmartFilter."
    if unranked:
        one = unranked == 1
        return f"{unranked:,} {'candidate is' if one else 'candidates are'} not ranked yet."
    return ""
