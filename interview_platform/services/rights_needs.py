"""What of candidates' rights waits for a person: another look, words to listen to, deletions that hang, dates near."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from interview_platform.models import Application, Candidate, CorrectionRequest, Erasure, Interview, Job
from interview_platform.services import erasure, human_review, retention
from interview_platform.services.access import READERS, Actor, need

COUNTED_SECONDS = 600.0
_counted: dict[str, tuple[float, retention.Coming | None]] = {}


@dataclass(frozen=True)
class RightsNeed:
    """`kind`: review | contest | erasure | retention. `interview_id` is empty where it is about no interview."""

    kind: str
    title: str
    text: str
    interview_id: str = ""
    due_at: datetime | None = None
    late: bool = False


def listing(db: Session, actor: Actor) -> list[RightsNeed]:
    """The most pressing first. Raises NotAllowed."""
    need(actor, READERS)
    return [*_reviews(db, actor), *_contests(db, actor), *_deletions(db, actor), *_ending(db, actor)]


def _reviews(db: Session, actor: Actor) -> list[RightsNeed]:
    return [
        RightsNeed(
            "review",
            f"{one.candidate_name} · {one.job_title}",
            f"Asks that a person looks again: answer by {_date(one.due_at)}",
            one.interview_id,
            one.due_at,
            one.overdue,
        )
        for one in human_review.waiting(db, actor)
    ]


def _contests(db: Session, actor: Actor) -> list[RightsNeed]:
    query = (
        select(Interview.id, Candidate.name, Job.title, func.count(col(CorrectionRequest.id)))
        .join(CorrectionRequest, col(CorrectionRequest.interview_id) == Interview.id)
        .join(Application, col(Application.id) == Interview.application_id)
        .join(Candidate, col(Candidate.id) == Application.candidate_id)
        .join(Job, col(Job.id) == Application.job_id)
        .where(CorrectionRequest.organisation_id == actor.organisation_id, CorrectionRequest.status == "open")
        .group_by(col(Interview.id), col(Candidate.name), col(Job.title))
    )
    return [
        RightsNeed("contest", f"{name} · {job}", _heard(number), interview)
        for interview, name, job, number in db.exec(query)
    ]


def _heard(number: int) -> str:
    parts = "one part" if number == 1 else f"{number} parts"
    return f"Says that {parts} of the transcript was misheard: listen and decide"


def _deletions(db: Session, actor: Actor) -> list[RightsNeed]:
    """Deletions that could not be finished: held ones are known, so only the others."""
    query = select(Erasure).where(Erasure.organisation_id == actor.organisation_id)
    query = query.where(col(Erasure.status).in_((erasure.WAITING, erasure.SWEEPING)), Erasure.tries > 0)
    return [
        RightsNeed("erasure", "A deletion waits", f"{row.why} By law until {_date(row.due_at)}.", due_at=row.due_at)
        for row in db.exec(query)
    ]


def _ending(db: Session, actor: Actor) -> list[RightsNeed]:
    coming = _coming(db, actor)
    if not coming.number or coming.first_at is None:
        return []
    people = "One candidate is" if coming.number == 1 else f"{coming.number} candidates are"
    text = f"From {_date(coming.first_at)} on, by your retention of data"
    return [RightsNeed("retention", f"{people} deleted in the next {retention.WARN_DAYS} days", text)]


def _coming(db: Session, actor: Actor) -> retention.Coming:
    """Counted anew every ten minutes: where a whole import ends on one day, that takes seconds."""
    at, held = _counted.get(actor.organisation_id, (0.0, None))
    if held is None or time.monotonic() - at > COUNTED_SECONDS:
        held = retention.coming(db, actor, retention.WARN_DAYS)
        _counted[actor.organisation_id] = (time.monotonic(), held)
    return held


def _date(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
