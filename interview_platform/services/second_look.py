"""The first of a job's ranking looked at again by a language model, because a recruiter asked for it.

What it says is kept in `Match.notes` beside the score, never in its place: SmartFilter's score and order stay, and the
recruiter chooses which order to read. A new ranking of the pool forgets it. Three steps, so that no transaction is open
while the model works: `ask`, `grade`, `keep`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, ServiceUnavailable
from interview_platform.models import Application, Candidate, Job, Match, Organisation, Resume, now
from interview_platform.ports import Reranker
from interview_platform.services import access, audit, smartfilter
from interview_platform.services.access import WRITERS, Actor, need
from interview_platform.services.pool_query import PRACTICE
from interview_platform.services.rank_again import TOP, Regraded
from interview_platform.services.rank_parts import Wish
from interview_platform.services.resumes import ResumeFacts

KIND = "second_look"
"""Of the entry in `Match.notes`."""
_AT_ONCE = 5  # candidates between two words on progress
_LOOKED_AMONG = 200  # the best of the pool: who was looked at was among its first TOP, whatever was weighed anew since


@dataclass(frozen=True)
class LookedGrade:
    """One requirement: 0 nothing shows it, 1 little, 2 much, 3 fully. The quote stands in the blind text."""

    requirement: str
    level: int
    quote: str


@dataclass(frozen=True)
class SecondLook:
    """What the model said of one candidate."""

    level: float  # mean of the grades, 0..3
    place: int  # among those looked at, from 1, after the look
    was: int  # before it
    model: str  # as shown to people
    at: datetime
    grades: tuple[LookedGrade, ...]


@dataclass(frozen=True)
class Asked:
    """What is given to the model: the job, and (application id, blind text) best first."""

    wish: Wish
    candidates: tuple[tuple[str, str], ...]


def ask(db: Session, actor: Actor, job_id: str) -> Asked:
    """The job's first TOP as ranked. Raises NotFound, NotAllowed, and BadInput while nobody is ranked."""
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    blind = db.get_one(Organisation, job.organisation_id).blind_schools
    query = select(Application.id, Resume).join(Resume, col(Resume.id) == Application.resume_id)
    query = query.join(Candidate, col(Candidate.id) == Application.candidate_id)
    query = query.where(
        Application.job_id == job.id,
        Application.stage != PRACTICE,
        col(Application.score).is_not(None),
        col(Candidate.merged_into).is_(None),
    )
    rows = db.exec(query.order_by(col(Application.score).desc(), col(Application.id).desc()).limit(TOP)).all()
    if not rows:
        raise BadInput("Nobody is ranked yet. Rank the pool first; the second look begins with its best.")
    return Asked(smartfilter.wish_of(job), tuple((one, _blind_text(resume, blind)) for one, resume in rows))


def grade(reranker: Reranker, asked: Asked, on_progress: Callable[[int, int], None] | None = None) -> list[Regraded]:
    """Everybody with verified grades, best first; equal ones as they were. `on_progress(done, total)`.

    Raises ServiceUnavailable when the model does not answer for one of them: half a look orders nobody fairly.
    """
    made: list[Regraded] = []
    for first in range(0, len(asked.candidates), _AT_ONCE):
        if on_progress:
            on_progress(first, len(asked.candidates))
        made += smartfilter.rerank(reranker, asked.wish, asked.candidates[first : first + _AT_ONCE])
        failed = next((each.note for each in made if each.level is None), "")
        if failed:
            raise ServiceUnavailable(f"{failed} Nothing was changed; try the second look again later.")
    order = {key: place for place, (key, _) in enumerate(asked.candidates)}
    return sorted(made, key=lambda each: (-(each.level or 0.0), order[each.key]))


def keep(db: Session, actor: Actor, job_id: str, model: str, asked: Asked, made: Sequence[Regraded]) -> int:
    """Write the look down in place of an earlier one; of how many. Raises NotFound, NotAllowed."""
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    _forget(db, job)
    was = {key: place for place, (key, _) in enumerate(asked.candidates, 1)}
    requirements = [skill for skill, _ in asked.wish.skills] or [asked.wish.title]
    order = [*job.required_skills, *job.preferred_skills, *requirements]  # as the job lists them
    found = select(Match).join(Application, col(Application.id) == Match.application_id)
    found = found.where(Application.job_id == job.id, col(Match.application_id).in_(list(was)))
    rows = {row.application_id: row for row in db.exec(found)}
    kept = [each for each in made if each.key in rows]
    for place, each in enumerate(kept, 1):
        row = rows[each.key]
        row.notes = [*row.notes, _entry(each, (place, was[each.key]), model, requirements, order)]
        db.add(row)
    audit.record(db, actor, "pool.looked_again", f"job:{job.id}", candidates=len(kept), model=model)
    db.flush()
    return len(kept)


def of_notes(notes: Sequence[dict[str, Any]]) -> SecondLook | None:
    """The second look in a match's notes."""
    held = next((note for note in notes if note.get("kind") == KIND), None)
    if held is None:
        return None
    grades = tuple(LookedGrade(each["requirement"], each["level"], each["quote"]) for each in held["grades"])
    at = datetime.fromisoformat(held["at"])
    return SecondLook(held["level"], held["place"], held["was"], held["model"], at, grades)


def looked_at(db: Session, job: Job) -> list[tuple[str, SecondLook]]:
    """(application id, what was said) of everybody looked at, in the order after the look."""
    found = [(one, of_notes(notes)) for one, notes in db.exec(_best(job, Match.application_id, Match.notes))]
    return sorted(((one, look) for one, look in found if look), key=lambda each: each[1].place)


# --- not for others --------------------------------------------------------------------------------------------


def _blind_text(resume: Resume, blind_schools: bool) -> str:
    facts = ResumeFacts.from_json(resume.facts, resume.text)
    return "\n".join(smartfilter.Prepared.of(facts, blind_schools).made.counted())


def _entry(
    each: Regraded, places: tuple[int, int], model: str, requirements: Sequence[str], order: list[str]
) -> dict[str, Any]:
    grades = [
        {"requirement": requirements[held.requirement], "level": held.level, "quote": held.quote}
        for held in sorted(each.grades, key=lambda held: order.index(requirements[held.requirement]))
    ]
    return {
        "kind": KIND,
        "level": round(each.level or 0.0, 3),
        "place": places[0],
        "was": places[1],
        "model": model,
        "at": now().isoformat(),
        "grades": grades,
    }


def _best(job: Job, *wanted: Any) -> Any:
    best = select(Application.id).where(Application.job_id == job.id, col(Application.score).is_not(None))
    best = best.order_by(col(Application.score).desc(), col(Application.id).desc()).limit(_LOOKED_AMONG)
    query: Any = select(*wanted)
    return query.where(col(Match.application_id).in_(select(best.subquery().c.id)))


def _forget(db: Session, job: Job) -> None:
    for row in db.exec(_best(job, Match)):
        if any(note.get("kind") == KIND for note in row.notes):
            row.notes = [note for note in row.notes if note.get("kind") != KIND]
            db.add(row)
    db.flush()
