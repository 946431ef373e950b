"""Background work as people see it: what runs, what waits, what failed and why; taken up again or cancelled by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from interview_platform import routes
from interview_platform.errors import NotFound
from interview_platform.models import Application, Candidate, Interview, Job
from interview_platform.ports import DurableWork, Work, WorkState
from interview_platform.services import audit
from interview_platform.services.access import Actor, need

KEEPERS = frozenset({"owner", "recruiter"})
"""Who may see and steer it."""
SHOWN: tuple[WorkState, ...] = ("failed", "running", "waiting", "cancelled")
MOST = 100
KINDS = {"after-interview": ("Report and recording", "interview"), "rescoring": ("Scoring anew", "job")}
"""Words for each kind, and what its subject is."""
STEPS = {
    "transcripts": "last words written down",
    "provisional_report": "first report written",
    "record": "transcript of record closed",
    "report": "report written",
    "face_signals": "picture measures kept",
    "recording": "recording put together",
    "report_again": "report checked",
    "candidate_feedback": "words to the candidate drafted",
    "status": "marked as reported",
    "plan": "interviews looked up",
    "score": "interviews scored",
    "take": "new scores taken over",
}
"""What is over when a step is, in words."""


@dataclass(frozen=True)
class Entry:
    """One line. `done`: what is over of it, last first in words; `about` links to `href` unless that is empty."""

    id: str
    kind: str
    about: str
    href: str
    state: WorkState
    done: str
    cause: str
    changed_at: datetime


def listing(db: Session, actor: Actor, work: DurableWork) -> list[Entry]:
    """Failed work first, then what runs, waits and was cancelled. Raises NotAllowed, ServiceUnavailable."""
    need(actor, KEEPERS)
    found = work.listing(actor.organisation_id, SHOWN, MOST)
    names = _names(db, actor, found)
    made = [_entry(one, names) for one in found]
    return sorted(made, key=lambda one: SHOWN.index(one.state))


def retry(db: Session, actor: Actor, work: DurableWork, work_id: str) -> None:
    """Take up where it stopped. Raises NotAllowed, NotFound, BadInput, ServiceUnavailable."""
    held = _own(actor, work, work_id)
    work.retry(held.id)
    audit.record(db, actor, "work.retried", _subject(held), work=held.kind)


def cancel(db: Session, actor: Actor, work: DurableWork, work_id: str) -> None:
    """Stop after the step at hand. Raises NotAllowed, NotFound, BadInput, ServiceUnavailable."""
    held = _own(actor, work, work_id)
    work.cancel(held.id)
    audit.record(db, actor, "work.cancelled", _subject(held), work=held.kind)


def _own(actor: Actor, work: DurableWork, work_id: str) -> Work:
    need(actor, KEEPERS)
    held = work.find(work_id)
    if held is None or held.organisation_id != actor.organisation_id:
        raise NotFound("This work does not exist any more, or is not yours to see.")
    return held


def _subject(held: Work) -> str:
    return f"{KINDS.get(held.kind, ('', 'work'))[1]}:{held.subject_id}"


def _entry(one: Work, names: dict[str, tuple[str, str]]) -> Entry:
    about, href = names.get(one.subject_id, ("Deleted meanwhile", ""))
    kind = KINDS.get(one.kind, (one.kind.capitalize(), ""))[0]
    return Entry(one.id, kind, about, href, one.state, _done(one.steps), one.cause, one.changed_at)


def _done(steps: Sequence[str]) -> str:
    if not steps:
        return "Nothing yet"
    last, times = STEPS.get(steps[-1], steps[-1]), steps.count(steps[-1])
    counted = f"{times} {last}" if times > 1 else last
    return counted[:1].upper() + counted[1:]


def _names(db: Session, actor: Actor, found: Sequence[Work]) -> dict[str, tuple[str, str]]:
    """By subject: what people call it, and its page."""
    ids = {one.subject_id for one in found}
    own: Any = Job.organisation_id == actor.organisation_id
    jobs = db.exec(select(Job.id, Job.title).where(own, col(Job.id).in_(ids)))
    named = {key: (title, routes.job(key)) for key, title in jobs}
    people = (
        select(Interview.id, Candidate.name, Job.title)
        .join(Application, col(Interview.application_id) == Application.id)
        .join(Candidate, col(Application.candidate_id) == Candidate.id)
        .join(Job, col(Application.job_id) == Job.id)
        .where(own, col(Interview.id).in_(ids))
    )
    told = {key: (f"{name or 'A candidate'}, {title}", routes.report(key)) for key, name, title in db.exec(people)}
    return named | told
