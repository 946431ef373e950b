"""People's own levels: before the judge's are shown where the job asks for it, as a second opinion everywhere.

A rating changes no level of the report (an override does). Every rating is kept: the newest of a person
counts, and how far people and judge agree is computed from blind ones only (services/calibration).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from interview_platform.errors import BadInput
from interview_platform.models import Application, Feedback, Interview, Job, Rating, Report, Score, User
from interview_platform.services import access, agreement, audit
from interview_platform.services.access import REVIEWERS, WRITERS, Actor, need
from interview_platform.services.agreement import APART, Agreement
from interview_platform.services.scoring import combine


@dataclass(frozen=True)
class PersonRating:
    """One person's levels by the competency's name; None = "cannot be assessed"."""

    by: str
    user_id: str
    blind: bool
    levels: dict[str, int | None]
    notes: dict[str, str]


@dataclass(frozen=True)
class Disagreement:
    """A competency on which two people lie APART levels or more."""

    name: str
    lowest: int
    lowest_by: str
    highest: int
    highest_by: str


def blind_first(db: Session, interview: Interview) -> bool:
    """Whether the job wants people to rate before they see the judge's levels."""
    application = db.get(Application, interview.application_id)
    job = db.get(Job, application.job_id) if application else None
    return bool(job and job.blind_first)


def hidden_from(db: Session, actor: Actor, interview: Interview, report: Report | None) -> bool:
    """Whether the judge's levels are still kept from this person: the job is blind first, and she has not rated."""
    if report is None or report.status != "ready" or actor.role not in REVIEWERS or not blind_first(db, interview):
        return False
    return not _rated(db, interview.id, actor.user_id)


def hidden_among(db: Session, actor: Actor, interviews: Iterable[tuple[str, bool]]) -> set[str]:
    """Of (interview id, job is blind first), those whose levels are kept from this person."""
    blind = {interview_id for interview_id, is_blind in interviews if is_blind}
    if not blind or actor.role not in REVIEWERS:
        return set()
    rated = db.exec(select(Rating.interview_id).where(Rating.user_id == actor.user_id)).all()
    return blind - set(rated)


def set_blind_first(db: Session, actor: Actor, job_id: str, on: bool) -> Job:
    """Switch it for one job, for everyone who has not seen a report's levels yet. Raises NotFound, NotAllowed."""
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    job.blind_first = on
    db.add(job)
    audit.record(db, actor, "job.blind_first", f"job:{job.id}", on=on)
    return job


def rate(
    db: Session, actor: Actor, report: Report, levels: Mapping[str, int | None], notes: Mapping[str, str] | None = None
) -> list[Rating]:
    """Keep a person's level for every line of the report (None = cannot be assessed).

    Raises BadInput when a line is left out or a level is none, NotFound, NotAllowed.
    """
    need(actor, REVIEWERS)
    interview = access.interview(db, actor, report.interview_id)
    lines = {score.name: score for score in db.exec(select(Score).where(Score.report_id == report.id))}
    _check(lines, levels)
    blind = hidden_from(db, actor, interview, report)
    rows = [
        Rating(
            organisation_id=actor.organisation_id,
            interview_id=interview.id,
            user_id=actor.user_id,
            name=name,
            competency_id=score.competency_id,
            level=levels[name],
            blind=blind,
            note=(notes or {}).get(name, "").strip()[:2000],
        )
        for name, score in lines.items()
    ]
    db.add_all(rows)
    words = ", ".join(f"{row.name}: {row.level or 'cannot say'}" for row in rows)
    db.add(
        Feedback(
            organisation_id=actor.organisation_id,
            interview_id=interview.id,
            user_id=actor.user_id,
            kind="rating",
            text=words,
        )
    )
    audit.record(db, actor, "interview.rated", f"interview:{interview.id}", blind=blind, lines=len(rows))
    return rows


def people(db: Session, interview_id: str) -> tuple[PersonRating, ...]:
    """Everybody's newest levels, in the order in which people rated first."""
    query = select(Rating).where(Rating.interview_id == interview_id).order_by(col(Rating.created_at), col(Rating.id))
    rows = list(db.exec(query))
    ids = list(dict.fromkeys(row.user_id for row in rows if row.user_id))
    names = {user.id: user.name for user in db.exec(select(User).where(col(User.id).in_(ids)))}
    return tuple(_person(names.get(key, "A former user"), key, [r for r in rows if r.user_id == key]) for key in ids)


def disagreements(held: Iterable[PersonRating]) -> tuple[Disagreement, ...]:
    """Where people lie far apart, widest first."""
    given: dict[str, list[tuple[int, str]]] = {}
    for person in held:
        for name, level in person.levels.items():
            if level is not None:
                given.setdefault(name, []).append((level, person.by))
    found = [
        Disagreement(name, low[0], low[1], high[0], high[1])
        for name, levels in given.items()
        if (high := max(levels))[0] - (low := min(levels))[0] >= APART
    ]
    return tuple(sorted(found, key=lambda d: (d.lowest - d.highest, d.name)))


def with_judge(held: Iterable[PersonRating], judged: Mapping[str, int | None]) -> Agreement:
    """The people's levels beside the judge's, over every line both gave one."""
    pairs = [
        (own, level)
        for person in held
        for name, own in person.levels.items()
        if own is not None and (level := judged.get(name)) is not None
    ]
    return agreement.of(pairs)


def _check(lines: Mapping[str, Score], levels: Mapping[str, int | None]) -> None:
    missing = [name for name in lines if name not in levels]
    if missing:
        raise BadInput(f"Rate every line, or say that you cannot: {', '.join(missing)}. Nothing was kept yet.")
    if any(level is not None and not combine.LOWEST <= level <= combine.HIGHEST for level in levels.values()):
        raise BadInput(f"A level lies between {combine.LOWEST} and {combine.HIGHEST}. Nothing was kept yet.")


def _rated(db: Session, interview_id: str, user_id: str | None) -> bool:
    query = select(Rating.id).where(Rating.interview_id == interview_id, Rating.user_id == user_id)
    return db.exec(query).first() is not None


def _person(name: str, key: str, rows: list[Rating]) -> PersonRating:
    levels = {row.name: row.level for row in rows}
    return PersonRating(name, key, rows[0].blind, levels, {row.name: row.note for row in rows if row.note})
