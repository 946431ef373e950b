"""Which applications of a job a recruiter's query finds: conditions and orders the database keeps to its indexes with.

Measured on SQLite with 100,000 applications by benchmarks/pool.py.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, literal, or_
from sqlmodel import Session, col, func, select

from interview_platform.models import Application, Candidate, Job

ORDERS = ("match", "second", "name", "newest")
STAGES = ("new", "invited", "interviewed", "follow_up", "next_step", "rejected")
PRACTICE = "practice"
"""Stage of a recruiter who tries the interview on herself (services/practice.py): in no pool."""
NOT_FOUND = "!"
"""Before a requirement in `PoolQuery.requirement`: ranked candidates in whose résumé it was not found."""
MOST_WORDS = 8
_DENSE = 20  # one in so many is found
_FAR = 5_000  # rows down the list: further, a look at all is nearer
_AS_THEY_LIE = col(Application.created_at) > datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class PoolQuery:
    """What part of a pool is wanted. Empty strings narrow nothing."""

    search: str = ""  # words; each must stand in name, e-mail, headline, file name or skills
    stage: str = ""  # one of STAGES
    requirement: str = ""  # a skill the job asks for, found or partly found; with NOT_FOUND before it: not found
    conditions_met: bool = False  # only those in whose résumé every hard condition of the job was found
    order: str = "match"  # one of ORDERS; "second": who was looked at again first, in that order
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
            self.where.append(_AS_THEY_LIE)
        if merged:
            self.where.append(col(Application.id).not_in(merged_ids(job)))

    def at_once(self, db: Session) -> tuple[dict[str, int], list[str]]:
        """`stages` and `ids` of a narrow query by looking at every row once, not twice."""
        wanted: tuple[Any, ...] = (
            col(Application.id).label("id"),
            self._stage().label("stage"),
            self._key().label("key"),
        )
        held = select(*wanted).where(*self.where).cte("found")
        order = [part.asc() if self.query.order == "name" else part.desc() for part in (held.c.key, held.c.id)]
        page = select(held.c.id, func.row_number().over(order_by=order).label("place")).order_by(*order)
        if self.query.stage:
            page = page.where(held.c.stage == self.query.stage)
        rows = page.offset(self.query.first).limit(self.query.size).subquery()
        counted = select(literal(0), held.c.stage, func.count()).group_by(held.c.stage)
        told = db.execute(counted.union_all(select(literal(1), rows.c.id, rows.c.place))).tuples().all()
        ids = sorted((place, one) for part, one, place in told if part)
        return {stage: many for part, stage, many in told if not part}, [one for _, one in ids]

    def along_the_order(self, total: int, everyone: int) -> Found:
        """For `ids`: where many are found, the index of their order meets a page's worth sooner than a look at all."""
        if not self.narrow or total * _DENSE < everyone or self.query.first > _FAR:
            return self
        made = copy(self)
        made.narrow, made.where = False, [part for part in self.where if part is not _AS_THEY_LIE]
        return made

    def only(self, db: Session, ids: list[str]) -> list[str]:
        """Those of `ids` that the query finds, in their order."""
        where = [*self.where, col(Application.id).in_(ids)]
        if self.query.stage:
            where.append(self._stage() == self.query.stage)
        found = set(db.exec(select(Application.id).where(*where)))
        return [one for one in ids if one in found]

    def without(self, ids: list[str]) -> None:
        """Find none of these."""
        if ids:
            self.where.append(col(Application.id).not_in(ids))

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
        down = (self.query.order != "name") is not backward
        ordered = [part.desc() if down else part.asc() for part in (self._key(), col(Application.id))]
        if self.query.order in ("match", "second") and not self.narrow:
            ordered[0] = ordered[0].nulls_first() if backward else ordered[0].nulls_last()
        return ordered

    def _key(self) -> Any:
        """What is sorted by. In a narrow query no index is of use: what was found is sorted."""
        by = {"name": col(Application.name_key), "newest": col(Application.created_at)}
        key: Any = by.get(self.query.order, col(Application.score))
        return func.coalesce(key, key if self.query.order in by else -1.0) if self.narrow else key


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


def page(db: Session, job: Job, found: Found, head: list[str], total: int) -> list[str]:
    """Ids of the page that is asked for; `head` stands before everybody else. `total` is what the query finds."""
    query = found.query
    head = found.only(db, head) if head else []
    if not head:
        return found.ids(db, total)
    first = head[query.first : query.first + query.size]
    after = replace(query, first=max(0, query.first - len(head)), size=query.size - len(first))
    rest = Found(job, after, bool(merged(db, job)))
    rest.without(head)
    return [*first, *(rest.ids(db, total - len(head)) if after.size and total > len(head) else [])]


def merged_ids(job: Job) -> Any:
    """Query of the job's applications that no pool shows: their candidate was merged into another, or is practising."""
    hidden = or_(col(Application.candidate_id).in_(_gone(job)), col(Application.stage) == PRACTICE)
    return select(Application.id).where(Application.job_id == job.id, hidden)


def _gone(job: Job) -> Any:
    """Query of merged candidates: few, so the database is led to their index and not to the organisation's."""
    own = col(Candidate.organisation_id).concat("") == job.organisation_id
    return select(Candidate.id).where(col(Candidate.merged_into) > "", own)


def merged(db: Session, job: Job) -> int:
    """How many of the job's applications no pool shows."""
    practising = select(Application.id).where(Application.job_id == job.id, Application.stage == PRACTICE)
    if all(db.exec(query.limit(1)).first() is None for query in (_gone(job), practising)):
        return 0
    return len(db.exec(merged_ids(job)).all())


def count(db: Session, job: Job, merged: int) -> int:
    """How many candidates a job has, without the `merged` ones."""
    return db.exec(select(func.count()).select_from(Application).where(Application.job_id == job.id)).one() - merged
