"""Which applications of a job a recruiter's query finds: conditions and orders the database keeps to its indexes with.

Measured on SQLite with 100,000 applications by benchmarks/pool.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from interview_platform.models import Application, Candidate, Job

ORDERS = ("match", "name", "newest")
STAGES = ("new", "invited", "interviewed", "follow_up", "next_step", "rejected")
NOT_FOUND = "!"
"""Before a requirement in `PoolQuery.requirement`: ranked candidates in whose résumé it was not found."""
MOST_WORDS = 8
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class PoolQuery:
    """What part of a pool is wanted. Empty strings narrow nothing."""

    search: str = ""  # words; each must stand in name, e-mail, headline, file name or skills
    stage: str = ""  # one of STAGES
    requirement: str = ""  # a skill the job asks for, found or partly found; with NOT_FOUND before it: not found
    conditions_met: bool = False  # only those in whose résumé every hard condition of the job was found
    order: str = "match"  # one of ORDERS
    first: int = 0  # rows to skip
    size: int = 50


class Found:
    """The applications a query finds, as conditions and an order the database can keep to its indexes with."""

    def __init__(self, job: Job, query: PoolQuery, merged: bool) -> None:
        self.job_id, self.query = job.id, query
        self.where: list[ColumnElement[bool]] = [col(Application.job_id) == job.id]
        self.where += _searched(query.search) + _required(job, query)
        self.narrow = len(self.where) > 1
        if self.narrow:  # every row must be looked at: in the order in which they lie, not in the order of a score
            self.where.append(col(Application.created_at) > _LONG_AGO)
        if merged:
            self.where.append(col(Application.id).not_in(merged_ids(job)))

    def stages(self, db: Session) -> dict[str, int]:
        """How many in each stage."""
        stage = self._stage()
        return dict(db.execute(select(stage, func.count()).where(*self.where).group_by(stage)).tuples().all())

    def ids(self, db: Session, total: int = 0) -> list[str]:
        """Of the page asked for. Past the middle of `total` the database counts from the end, which is nearer."""
        query, where = self.query, list(self.where)
        if query.stage:
            where.append(self._stage() == query.stage)
        first, count = query.first, min(query.size, total - query.first) if total else query.size
        backward = first > total // 2 > 0
        if backward:
            first = max(0, total - first - count)
        wanted = select(Application.id).where(*where).order_by(*self._order(backward))
        ids = list(db.exec(wanted.offset(first).limit(max(0, count))))
        return ids[::-1] if backward else ids

    def _stage(self) -> Any:
        return col(Application.stage).concat("") if self.narrow else col(Application.stage)

    def _order(self, backward: bool) -> list[Any]:
        """Ties by id, so that no candidate stands on two pages; those without a score last."""
        key: Any = {"name": col(Application.name_key), "newest": col(Application.created_at)}.get(
            self.query.order, col(Application.score)
        )
        down = (self.query.order != "name") is not backward
        by_score = self.query.order == "match"
        if self.narrow:  # no index is of use: sort what was found
            key = func.coalesce(key, -1.0 if by_score else key)
        ordered = [part.desc() if down else part.asc() for part in (key, col(Application.id))]
        if by_score and not self.narrow:
            ordered[0] = ordered[0].nulls_first() if backward else ordered[0].nulls_last()
        return ordered


def _searched(search: str) -> list[ColumnElement[bool]]:
    words = search.casefold().split()[:MOST_WORDS]
    return [col(Application.haystack).contains(word, autoescape=True) for word in words]


def _required(job: Job, query: PoolQuery) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if query.requirement:
        skill = folded(query.requirement.removeprefix(NOT_FOUND))
        found = col(Application.found).contains(f"|{skill}=", autoescape=True)
        is_open = query.requirement.startswith(NOT_FOUND)
        wanted += [~found, col(Application.score).is_not(None)] if is_open else [found]
    if query.conditions_met:
        asked = [condition_key(str(held["kind"]), str(held["value"])) for held in job.conditions]
        wanted += [col(Application.found).contains(f"|{key}=2|", autoescape=True) for key in asked]
        wanted.append(col(Application.score).is_not(None))
    return wanted


def folded(skill: str) -> str:
    """A requirement as `Application.found` names it."""
    return " ".join(skill.casefold().split())


def condition_key(kind: str, value: str) -> str:
    """A hard condition as `Application.found` names it; no skill starts with "#"."""
    return folded(f"#{kind}:{value}".replace("|", " "))


def merged_ids(job: Job) -> Any:
    """Query of the job's applications whose candidate was merged into another."""
    return select(Application.id).where(Application.job_id == job.id, col(Application.candidate_id).in_(_gone(job)))


def _gone(job: Job) -> Any:
    """Query of merged candidates: few, so the database is led to their index and not to the organisation's."""
    own = col(Candidate.organisation_id).concat("") == job.organisation_id
    return select(Candidate.id).where(col(Candidate.merged_into) > "", own)


def merged(db: Session, job: Job) -> int:
    """How many of the job's applications are of merged candidates."""
    if db.exec(_gone(job).limit(1)).first() is None:
        return 0
    return len(db.exec(merged_ids(job)).all())


def count(db: Session, job: Job, merged: int) -> int:
    """How many candidates a job has, without the `merged` ones."""
    return db.exec(select(func.count()).select_from(Application).where(Application.job_id == job.id)).one() - merged
