"""When each application's time is over, and who is one person: read for a whole organisation at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from interview_platform.models import (
    Application,
    Candidate,
    Feedback,
    Interview,
    Invite,
    Job,
    LegalHold,
    Organisation,
)

_AT_ONCE = 900


@dataclass(frozen=True)
class Applied:
    """What of an application is needed here."""

    id: str
    job_id: str
    candidate_id: str
    created_at: datetime


@dataclass(frozen=True)
class Term:
    """One application's end."""

    application_id: str
    candidate_id: str
    due_at: datetime
    days: int
    by: str


class Same:
    """Who was merged into whom, of one organisation."""

    def __init__(self, into: dict[str, str]) -> None:
        self._into = into
        self._below: dict[str, list[str]] = defaultdict(list)
        for one in into:
            self._below[self.top(one)].append(one)

    def top(self, candidate_id: str) -> str:
        """The one that is shown for this person."""
        seen: set[str] = set()
        while candidate_id in self._into and candidate_id not in seen:
            seen.add(candidate_id)
            candidate_id = self._into[candidate_id]
        return candidate_id

    def all_of(self, top: str) -> list[str]:
        """Everybody who is this person."""
        return sorted({top, *self._below.get(top, [])})


def same(db: Session, organisation_id: str) -> Same:
    """Who was merged into whom."""
    query = select(Candidate.id, Candidate.merged_into).where(Candidate.organisation_id == organisation_id)
    return Same({one: str(into) for one, into in db.exec(query.where(col(Candidate.merged_into).is_not(None)))})


def held(db: Session, organisation_id: str) -> set[str]:
    """Candidates with a standing hold."""
    query = select(LegalHold.candidate_id).where(LegalHold.organisation_id == organisation_id)
    return set(db.exec(query.where(col(LegalHold.lifted_at).is_(None))))


def applications(
    db: Session, organisation_id: str, before: datetime | None = None, of: Sequence[str] | None = None
) -> list[Applied]:
    """Those that came in until then, or of these people."""
    query = select(Application.id, Application.job_id, Application.candidate_id, Application.created_at)
    query = query.where(Application.organisation_id == organisation_id)
    if of is None:
        chosen = query if before is None else query.where(Application.created_at <= before)
        return [Applied(*row) for row in db.exec(chosen)]
    return [
        Applied(*row) for some in _portions(of) for row in db.exec(query.where(col(Application.candidate_id).in_(some)))
    ]


def terms(db: Session, organisation: Organisation, applications: Sequence[Applied]) -> list[Term]:
    """The end of each application's days."""
    last = _last(db, applications)
    query = select(Job.id, Job.title, Job.retention_days).where(Job.organisation_id == organisation.id)
    jobs = {key: (title, own) for key, title, own in db.exec(query)} if applications else {}
    found = []
    for one in applications:
        title, own = jobs[one.job_id]
        days = own or organisation.retention_days
        ends = last[one.id] + timedelta(days=days)
        found.append(Term(one.id, one.candidate_id, ends, days, title if own else "organisation"))
    return found


def _last(db: Session, applications: Sequence[Applied]) -> dict[str, datetime]:
    """When the last thing happened in each application."""
    found = {one.id: one.created_at for one in applications}
    for some in _portions(list(found)):
        sent = select(Invite.application_id, Invite.created_at, Invite.expires_at, Invite.revoked_at)
        for key, made, ends, revoked in db.exec(sent.where(col(Invite.application_id).in_(some))):
            _later(found, key, made if revoked else ends)
        held = select(Interview.id, Interview.application_id, Interview.started_at, Interview.ended_at)
        of: dict[str, str] = {}
        for interview, key, started, ended in db.exec(held.where(col(Interview.application_id).in_(some))):
            of[interview] = key
            _later(found, key, ended or started)
        decided = select(Feedback.interview_id, Feedback.created_at).where(Feedback.kind == "decision")
        for decided_on, at in db.exec(decided.where(col(Feedback.interview_id).in_(of))) if of else ():
            _later(found, of[str(decided_on)], at)
    return found


def _portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(ids), _AT_ONCE):
        yield ids[first : first + _AT_ONCE]


def _later(found: dict[str, datetime], key: str, at: datetime | None) -> None:
    if at is not None:
        found[key] = max(found[key], at)
