"""Saved views of a job's pool: a search, filters, an order and columns under a name; one's own, or the team's.

The rows say how to look, never who was found: a view opened tomorrow finds whoever matches tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, or_, select

from interview_platform.errors import BadInput, NotAllowed, NotFound
from interview_platform.models import Candidate, PoolHabit, PoolView, now
from interview_platform.services import access, audit
from interview_platform.services.access import REVIEWERS, WRITERS, Actor, need
from interview_platform.services.pool_query import ORDERS, STAGES, PoolQuery

COLUMNS = ("number", "match", "requirements", "status", "added")
"""Columns that can be left out; the tick and the candidate's name always stand."""
MOST = 30
LONGEST_NAME = 60
_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Given:
    """What a view is to hold. `query`'s page is not kept."""

    name: str
    shared: bool
    query: PoolQuery
    columns: tuple[str, ...] = COLUMNS


def listing(db: Session, actor: Actor, job_id: str) -> list[PoolView]:
    """One's own and the shared views of a job, by name. Raises NotFound, NotAllowed."""
    job = access.job(db, actor, job_id)
    mine = or_(col(PoolView.shared), col(PoolView.user_id) == (actor.user_id or ""))
    query = select(PoolView).where(PoolView.job_id == job.id, col(PoolView.removed_at).is_(None), mine)
    return sorted(db.exec(query), key=lambda row: (row.name.casefold(), row.id))


def opened(db: Session, actor: Actor, job_id: str, view_id: str) -> PoolView:
    """One view of a job. Raises NotFound, NotAllowed."""
    row = access.pool_view(db, actor, view_id)
    if row.job_id != job_id or row.removed_at is not None:
        raise NotFound("This view was removed, or is another job's. The whole pool is shown.")
    return row


def may_change(actor: Actor, row: PoolView) -> bool:
    """Its maker may, and for a shared view whoever may change the job."""
    mine = row.user_id == actor.user_id and actor.role in REVIEWERS
    return actor.role in WRITERS if row.shared else mine


def save(db: Session, actor: Actor, job_id: str, given: Given, view_id: str = "") -> PoolView:
    """Keep a new view, or the view `view_id` anew. Raises BadInput with what is wrong, NotAllowed, NotFound."""
    need(actor, WRITERS if given.shared else REVIEWERS)
    if not actor.user_id:
        raise BadInput("A view belongs to a person. Sign in to save one.")
    job = access.job(db, actor, job_id)
    row = opened(db, actor, job.id, view_id) if view_id else None
    if row is None:
        _sweep(db, job.id)
        row = PoolView(organisation_id=job.organisation_id, job_id=job.id, user_id=actor.user_id, name="")
    else:
        _need_change(actor, row)
    name = _free_name(given.name, [other for other in listing(db, actor, job.id) if other.id != row.id])
    team = given.shared or row.shared
    row.name, row.shared, row.columns = name, given.shared, known_columns(given.columns)
    _write(row, given.query)
    db.add(row)
    deed = "view.changed" if view_id else "view.saved"
    audit.record(db, actor, deed, f"job:{job.id}", view=row.id, shared=row.shared, of_team=team)
    db.flush()
    return row


def remove(db: Session, actor: Actor, job_id: str, view_id: str) -> PoolView:
    """Take a view away; `restore` puts it back for a day. Raises NotFound, NotAllowed."""
    row = opened(db, actor, job_id, view_id)
    _need_change(actor, row)
    row.removed_at = now()
    db.add(row)
    audit.record(db, actor, "view.removed", f"job:{row.job_id}", view=row.id, shared=row.shared)
    return row


def restore(db: Session, actor: Actor, job_id: str, view_id: str) -> PoolView:
    """Put a removed view back. Raises NotFound where it is gone for good, NotAllowed."""
    row = access.pool_view(db, actor, view_id)
    if row.job_id != job_id:
        raise NotFound("This view is another job's.")
    _need_change(actor, row)
    if row.removed_at is not None:
        row.removed_at = None
        db.add(row)
        audit.record(db, actor, "view.restored", f"job:{row.job_id}", view=row.id, shared=row.shared)
    return row


def columns(db: Session, actor: Actor) -> list[str]:
    """The columns this person last chose; all where she never did."""
    row = _habit(db, actor)
    return known_columns(row.columns) if row is not None else list(COLUMNS)


def default(db: Session, actor: Actor, job_id: str) -> str:
    """Id of the view this person opens the job with, "" = the whole pool."""
    row = _habit(db, actor)
    held = str(row.defaults.get(job_id, "")) if row is not None else ""
    return held if held in {view.id for view in listing(db, actor, job_id)} else ""


def keep_columns(db: Session, actor: Actor, chosen: Iterable[str]) -> list[str]:
    """Remember which columns this person looks at. An auditor changes nothing: hers last as long as the tab."""
    wanted = known_columns(chosen)
    if actor.user_id and actor.role in REVIEWERS:
        row = _own_habit(db, actor)
        row.columns = wanted
        db.add(row)
    return wanted


def keep_default(db: Session, actor: Actor, job_id: str, view_id: str) -> None:
    """Open the job with this view from now on; "" = with the whole pool. Raises NotFound, NotAllowed."""
    need(actor, REVIEWERS)
    job = access.job(db, actor, job_id)
    view = opened(db, actor, job.id, view_id).id if view_id else ""
    row = _own_habit(db, actor)
    others = {key: held for key, held in row.defaults.items() if key != job.id}
    row.defaults = {**others, job.id: view} if view else others
    db.add(row)


def known_columns(chosen: Iterable[str]) -> list[str]:
    """Those of `chosen` that exist, in the order of the table."""
    wanted = set(chosen)
    return [name for name in COLUMNS if name in wanted]


def forget(db: Session, people: Iterable[Candidate]) -> int:
    """Delete the views by which these people were looked for; how many. For services/erasure, in its transaction."""
    told = [(_words(f"{person.name} {person.email}"), person.organisation_id) for person in people]
    gone: dict[str, PoolView] = {}
    for words, organisation_id in told:
        for row in db.exec(select(PoolView).where(PoolView.organisation_id == organisation_id)):
            if any(held and held <= words for held in (_words(row.search), _words(row.name))):
                gone[row.id] = row
    for row in gone.values():
        db.delete(row)
    return len(gone)


def _words(text: str) -> set[str]:
    return set(text.casefold().split())


def _need_change(actor: Actor, row: PoolView) -> None:
    if not may_change(actor, row):
        raise NotAllowed("This view is shared by the team, and your role does not change the team's views.")


def _free_name(given: str, others: list[PoolView]) -> str:
    name = " ".join(given.split())
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(f"Give the view a name of at most {LONGEST_NAME} characters. Nothing was saved.")
    if name.casefold() in {other.name.casefold() for other in others}:
        raise BadInput("A view of this job already has this name. Choose another; nothing was saved.")
    if len(others) >= MOST:
        raise BadInput(f"A job has at most {MOST} views. Remove one that nobody uses; nothing was saved.")
    return name


def _write(row: PoolView, query: PoolQuery) -> None:
    if query.stage not in ("", *STAGES) or query.order not in ORDERS:
        raise BadInput("There is no such status or order. Nothing was saved.")
    row.search, row.stage, row.requirement = query.search[:200], query.stage, query.requirement[:200]
    row.conditions_met, row.sort = query.conditions_met, query.order


def _sweep(db: Session, job_id: str) -> None:
    """What was removed a day ago is not put back any more."""
    old = select(PoolView).where(PoolView.job_id == job_id, col(PoolView.removed_at) < now() - _KEPT)
    for row in db.exec(old):
        db.delete(row)


def _habit(db: Session, actor: Actor) -> PoolHabit | None:
    query = select(PoolHabit).where(PoolHabit.user_id == (actor.user_id or ""))
    return db.exec(query.where(PoolHabit.organisation_id == actor.organisation_id)).first()


def _own_habit(db: Session, actor: Actor) -> PoolHabit:
    if not actor.user_id:
        raise BadInput("A habit belongs to a person. Sign in to keep one.")
    found = _habit(db, actor)
    return found or PoolHabit(
        organisation_id=actor.organisation_id, user_id=actor.user_id, columns=list(COLUMNS), defaults={}
    )
