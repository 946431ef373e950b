"""How long data are kept: by organisation, or by job where it says so; what is due, what will be, and when.

An application's days count from the last thing that happened in it: it came in, an invitation was sent or is open, an
interview was held, a decision was made. A person goes when the last application is due; an application of a job with
fewer days goes by itself, the person stays until then. A hold stops all of it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from interview_platform.errors import BadInput
from interview_platform.models import (
    Application,
    Candidate,
    Erasure,
    Job,
    Organisation,
    Resume,
    now,
)
from interview_platform.services import access, audit, erasure, holds
from interview_platform.services import retention_terms as terms_of
from interview_platform.services.access import READERS, Actor, need
from interview_platform.services.holds import OWNERS

LEAST_DAYS, MOST_DAYS = 7, 3650
WARN_DAYS = 14
"""So long before, recruiters see it coming on their home page."""
_MOST = 5_000
"""Due at once, at most: the rest follows in the next round."""


@dataclass(frozen=True)
class Countdown:
    """When one candidate's data go. `days`: as set; `by`: "organisation" or the job's title."""

    due_at: datetime
    days: int
    by: str
    held: bool = False
    asked: str = ""  # status of a deletion that was asked for

    @property
    def days_left(self) -> int:
        """Whole days until then, 0 when it is due."""
        return max(0, (self.due_at - now()).days)


@dataclass(frozen=True)
class Due:
    """One deletion that retention asks for."""

    organisation_id: str
    scope: str  # as Erasure.scope
    roots: dict[str, list[str]]
    due_at: datetime
    held: bool


@dataclass(frozen=True)
class Coming:
    """What will be deleted. `days`: (date, people), nearest first."""

    number: int
    first_at: datetime | None
    days: tuple[tuple[datetime, int], ...]
    held: int


def set_days(db: Session, actor: Actor, days: int, job_id: str = "") -> None:
    """How many days the organisation keeps data, or one job; 0 for a job is "as the organisation". Owners only.

    Raises BadInput, NotAllowed, NotFound.
    """
    need(actor, OWNERS)
    if not (LEAST_DAYS <= days <= MOST_DAYS or (job_id and days == 0)):
        raise BadInput(f"Choose between {LEAST_DAYS} and {MOST_DAYS} days. Nothing was changed.")
    if job_id:
        job = access.job(db, actor, job_id)
        job.retention_days = days or None
        db.add(job)
        audit.record(db, actor, "retention.set", f"job:{job.id}", days=days)
        return
    row = db.get_one(Organisation, actor.organisation_id)
    row.retention_days = days
    db.add(row)
    audit.record(db, actor, "retention.set", f"organisation:{row.id}", days=days)


def countdown(db: Session, candidate_id: str) -> Countdown:
    """When this person's data go by themselves."""
    people = erasure.group(db, candidate_id)
    person = db.get_one(Candidate, candidate_id)
    organisation = db.get_one(Organisation, person.organisation_id)
    terms = terms_of.terms(db, organisation, terms_of.applications(db, organisation.id, of=people))
    asked = erasure.open_for(db, candidate_id)
    held = holds.any_of(db, people)
    state = asked.status if asked else ""
    if not terms:
        days = organisation.retention_days
        return Countdown(person.created_at + timedelta(days=days), days, "organisation", held, state)
    last = max(terms, key=lambda one: one.due_at)
    return Countdown(last.due_at, last.days, last.by, held, state)


def due(db: Session, organisation_id: str, at: datetime | None = None, most: int = _MOST) -> list[Due]:
    """What is due at a moment (now), nearest first; held people are told apart, asked deletions left out."""
    organisation = db.get_one(Organisation, organisation_id)
    moment = at or now()
    oldest = moment - timedelta(days=_fewest(db, organisation))
    found = [
        *_people(db, organisation, moment, oldest),
        *_alone(db, organisation, moment),
        *_files(db, organisation, moment, oldest),
    ]
    return sorted(found, key=lambda one: one.due_at)[:most]


def coming(db: Session, actor: Actor, within_days: int = 30) -> Coming:
    """What the organisation's retention deletes in the next days. Raises NotAllowed."""
    need(actor, READERS)
    found = due(db, actor.organisation_id, now() + timedelta(days=within_days), most=100_000)
    free = [one for one in found if not one.held]
    by_day: dict[datetime, int] = defaultdict(int)
    for one in free:
        by_day[max(one.due_at, now()).replace(hour=0, minute=0, second=0, microsecond=0)] += 1
    days = tuple(sorted(by_day.items()))
    return Coming(len(free), days[0][0] if days else None, days, len(found) - len(free))


def enforce(db: Session, organisation_id: str) -> list[Erasure]:
    """Ask for the deletion of everything that is due now and not held."""
    found = [one for one in due(db, organisation_id) if not one.held]
    return [erasure.plan(db, one.organisation_id, one.scope, one.roots) for one in found]


def job_days(db: Session, actor: Actor) -> list[tuple[str, str, int]]:
    """The organisation's jobs: (id, title, own days or 0), newest first. Raises NotAllowed."""
    need(actor, READERS)
    query = select(Job).where(Job.organisation_id == actor.organisation_id).order_by(col(Job.created_at).desc())
    return [(job.id, job.title, job.retention_days or 0) for job in db.exec(query)]


# --- parts -----------------------------------------------------------------------------------------------------


def _fewest(db: Session, organisation: Organisation) -> int:
    query = select(func.min(Job.retention_days)).where(Job.organisation_id == organisation.id)
    return min(organisation.retention_days, db.exec(query).one() or MOST_DAYS)


def _people(db: Session, organisation: Organisation, moment: datetime, oldest: datetime) -> list[Due]:
    """Whole people, and applications of jobs with fewer days. Nothing is asked person by person: they may be many."""
    same, held, asked = (
        terms_of.same(db, organisation.id),
        terms_of.held(db, organisation.id),
        _asked(db, organisation.id),
    )
    young = terms_of.terms(db, organisation, terms_of.applications(db, organisation.id, before=oldest))
    over = {same.top(one.candidate_id) for one in young if one.due_at <= moment}
    everybody = [one for top in over for one in same.all_of(top)]
    terms: dict[str, list[terms_of.Term]] = defaultdict(list)
    for term in terms_of.terms(db, organisation, terms_of.applications(db, organisation.id, of=everybody)):
        terms[same.top(term.candidate_id)].append(term)
    found = []
    for top, own in terms.items():
        people = same.all_of(top)
        if asked.isdisjoint(people):
            found += _of_person(db, organisation.id, people, own, moment, not held.isdisjoint(people), asked)
    return found


def _of_person(
    db: Session,
    organisation_id: str,
    people: list[str],
    own: list[terms_of.Term],
    moment: datetime,
    held: bool,
    asked: set[str],
) -> list[Due]:
    """One person's: whole where the last application is over, else those that are."""
    last = max(term.due_at for term in own)
    if last <= moment:
        return [Due(organisation_id, erasure.PERSON, {"candidate": people}, last, held)]
    return [
        Due(
            organisation_id,
            erasure.APPLICATION,
            {"application": [term.application_id], "resume": _only_files(db, term)},
            term.due_at,
            held,
        )
        for term in own
        if term.due_at <= moment and term.application_id not in asked
    ]


def _alone(db: Session, organisation: Organisation, moment: datetime) -> list[Due]:
    """People without any application."""
    before = moment - timedelta(days=organisation.retention_days)
    applied = select(Application.candidate_id).where(Application.organisation_id == organisation.id)
    query = select(Candidate.id, Candidate.created_at).where(
        Candidate.organisation_id == organisation.id,
        Candidate.created_at <= before,
        col(Candidate.id).not_in(applied),
        col(Candidate.merged_into).is_(None),
    )
    alone = list(db.exec(query))
    if not alone:
        return []
    same, held, asked = (
        terms_of.same(db, organisation.id),
        terms_of.held(db, organisation.id),
        _asked(db, organisation.id),
    )
    everybody = [person for one, _ in alone for person in same.all_of(one)]
    others = {one.candidate_id for one in terms_of.applications(db, organisation.id, of=everybody)}
    found = []
    for one, came in alone:
        people = same.all_of(one)
        if asked.isdisjoint(people) and others.isdisjoint(people):
            ends = came + timedelta(days=organisation.retention_days)
            found.append(Due(organisation.id, erasure.PERSON, {"candidate": people}, ends, not held.isdisjoint(people)))
    return found


def _files(db: Session, organisation: Organisation, moment: datetime, oldest: datetime) -> list[Due]:
    """Files that could be given to nobody."""
    query = select(Resume, Job).join(Job, col(Job.id) == Resume.job_id, isouter=True)
    query = query.where(Resume.organisation_id == organisation.id, col(Resume.candidate_id).is_(None))
    asked, found = _asked(db, organisation.id), []
    for row, job in db.exec(query.where(Resume.created_at <= oldest)):
        days = (job.retention_days if job else None) or organisation.retention_days
        ends = row.created_at + timedelta(days=days)
        if ends <= moment and row.id not in asked:
            found.append(Due(organisation.id, erasure.FILE, {"resume": [row.id]}, ends, False))
    return found


def _asked(db: Session, organisation_id: str) -> set[str]:
    """Whose deletion is asked for already: people, applications, files."""
    query = select(Erasure).where(Erasure.organisation_id == organisation_id, Erasure.status != erasure.DONE)
    return {one for row in db.exec(query) for ids in row.roots.values() for one in ids}


def _only_files(db: Session, term: terms_of.Term) -> list[str]:
    """Files that came for this application's job alone and are read for no other."""
    application = db.get_one(Application, term.application_id)
    query = select(Resume.id).where(Resume.candidate_id == term.candidate_id, Resume.job_id == application.job_id)
    used = select(Application.resume_id).where(
        Application.id != application.id, col(Application.resume_id).is_not(None)
    )
    return list(db.exec(query.where(col(Resume.id).not_in(used))))
