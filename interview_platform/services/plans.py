"""A job's interview plan as people see and change it. Every change is a new version; old ones stay with interviews.

A changed question is a new row: whoever was asked the old wording keeps it, and so does their report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session, col, func, select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Application, Competency, Interview, Job, PlanVersion, Question
from interview_platform.services import access, audit, organisations, plan_coverage, plan_drafts
from interview_platform.services.access import READERS, WRITERS, Actor, need
from interview_platform.services.agent import plan_rules, plan_versions
from interview_platform.services.agent.plan_rules import FROM_RESUME
from interview_platform.services.plan_coverage import Coverage
from interview_platform.services.plan_drafts import Edit, FromBank

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

MOST_ITEMS = 25
Item = str | Edit | FromBank
"""A place of a plan: a question's id or one of FROM_RESUME; a question as typed; one of the banks."""


@dataclass(frozen=True)
class Line:
    """One place of a plan. `question` is None for a question from the candidate's own résumé."""

    key: str
    question: Question | None
    competency: str = ""


@dataclass(frozen=True)
class Plan:
    """What every new interview of a job asks."""

    version: PlanVersion
    lines: tuple[Line, ...]
    competencies: tuple[Competency, ...]
    coverage: Coverage


@dataclass(frozen=True)
class VersionRow:
    """One version in the history. `by` is empty where the plan followed the job by itself."""

    version: int
    by: str
    at: datetime
    note: str
    questions: int
    interviews: int


def current(db: Session, actor: Actor, job_id: str, embeddings: Embeddings | None = None) -> Plan:
    """The plan new interviews get; the first version is made when nobody has looked before. Raises NotFound."""
    job = access.job(db, actor, job_id)
    return _plan(db, job, plan_versions.ensure(db, job, embeddings))


def version(db: Session, actor: Actor, job_id: str, number: int) -> Plan:
    """The plan as it stood. Raises NotFound."""
    job = access.job(db, actor, job_id)
    return _plan(db, job, _version(db, job, number))


def save(
    db: Session, actor: Actor, job_id: str, items: Sequence[Item], note: str = "", base: int | None = None
) -> PlanVersion:
    """The plan from now on; a new version only if something changed.

    `base`: the version the person saw; BadInput when somebody else has saved another meanwhile. Raises BadInput
    (an item that cannot be asked), NotAllowed, NotFound.
    """
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    held = plan_versions.ensure(db, job)
    if base is not None and held.version != base:
        raise BadInput(
            f"The plan has changed since you opened it: version {held.version} is there now. Nothing of yours was "
            "saved yet. Load the new version, or save yours over it."
        )
    ids = _ids(db, job, items)
    if ids == list(held.items):
        return held
    said = " ".join(note.split())[:300] or _changes(db, list(held.items), ids, items)
    row = plan_versions.write(db, job, ids, actor.user_id, said)
    audit.record(db, actor, "plan.saved", f"job:{job.id}", version=row.version, questions=len(ids))
    return row


def edit_question(db: Session, actor: Actor, question_id: str, edit: Edit) -> PlanVersion:
    """Another wording, other points or minutes of a question in the plan. Raises BadInput, NotAllowed, NotFound."""
    job = _job_of(db, actor, question_id)
    items = list(plan_versions.ensure(db, job).items)
    if question_id not in items:
        raise BadInput("This question is not in the plan any more, so it was not changed. Add it again first.")
    changed = [replace(edit, question_id=question_id) if item == question_id else item for item in items]
    return save(db, actor, job.id, changed)


def add_from_bank(db: Session, actor: Actor, job_id: str, bank_question_id: str) -> PlanVersion:
    """A question of the banks, before the one on the employer's values. Raises BadInput, NotAllowed, NotFound."""
    return _add(db, actor, job_id, FromBank(bank_question_id))


def add_own(db: Session, actor: Actor, job_id: str, edit: Edit) -> PlanVersion:
    """A question of one's own, before the one on the employer's values. Raises BadInput, NotAllowed, NotFound."""
    return _add(db, actor, job_id, replace(edit, question_id="", bank_question_id=""))


def remove(db: Session, actor: Actor, job_id: str, item: str) -> PlanVersion:
    """Take a question, or a place for one from the résumé, out of the plan. Raises NotAllowed, NotFound."""
    job = access.job(db, actor, job_id)
    items = list(plan_versions.ensure(db, job).items)
    return save(db, actor, job_id, [held for held in items if held != item])


def coverage(db: Session, actor: Actor, job_id: str, asked: Sequence[Question | None]) -> Coverage:
    """What a plan that is not saved yet would cover; None stands for a question from the résumé. Raises NotFound."""
    job = access.job(db, actor, job_id)
    return plan_coverage.measure(asked, plan_rules.competencies(db, job))


def history(db: Session, actor: Actor, job_id: str) -> list[VersionRow]:
    """Every version, newest first. Raises NotFound."""
    need(actor, READERS)
    job = access.job(db, actor, job_id)
    people = organisations.people(db, actor)
    used = _interviews_by_version(db, job)
    query = select(PlanVersion).where(PlanVersion.job_id == job.id).order_by(col(PlanVersion.version).desc())
    return [
        VersionRow(
            version=row.version,
            by=people.get(row.created_by or "", ""),
            at=row.created_at,
            note=row.note,
            questions=len(row.items),
            interviews=used.get(row.version, 0),
        )
        for row in db.exec(query)
    ]


def restore(db: Session, actor: Actor, job_id: str, number: int) -> PlanVersion:
    """An old version again, as a new one. Raises NotAllowed, NotFound."""
    job = access.job(db, actor, job_id)
    row = _version(db, job, number)
    known = plan_versions.rows(db, row.items)
    items = [item for item in row.items if item in FROM_RESUME or item in known]
    return save(db, actor, job_id, items, note=f"Version {number} restored")


def _plan(db: Session, job: Job, row: PlanVersion) -> Plan:
    held = plan_versions.rows(db, row.items)
    competencies = tuple(plan_rules.competencies(db, job))
    names = {one.id: one.name for one in db.exec(select(Competency).where(Competency.job_id == job.id))}
    lines = tuple(
        Line(item, held.get(item), names.get(held[item].competency_id or "", "") if item in held else "")
        for item in row.items
        if item in FROM_RESUME or item in held
    )
    return Plan(row, lines, competencies, plan_coverage.measure([line.question for line in lines], competencies))


def _add(db: Session, actor: Actor, job_id: str, item: Item) -> PlanVersion:
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    items = list(plan_versions.ensure(db, job).items)
    return save(db, actor, job_id, plan_versions.before_values(db, items, [item]))


def _ids(db: Session, job: Job, items: Sequence[Item]) -> list[str]:
    """The items as a version holds them; makes the rows that are new."""
    if not 1 <= len(items) <= MOST_ITEMS:
        raise BadInput(f"A plan has 1 to {MOST_ITEMS} questions. Nothing was saved.")
    ids = [_known(db, job, item) if isinstance(item, str) else plan_drafts.row(db, job, item).id for item in items]
    if len(set(ids)) < len(ids):
        raise BadInput("The same question stands in the plan twice. Take one out; nothing was saved.")
    return ids


def _known(db: Session, job: Job, item: str) -> str:
    if item not in FROM_RESUME:
        plan_drafts.question(db, job, item)
    return item


def _job_of(db: Session, actor: Actor, question_id: str) -> Job:
    row = db.get(Question, question_id)
    if row is None:
        raise NotFound("This question does not exist, or is not yours to see.")
    return access.job(db, actor, row.job_id)


def _version(db: Session, job: Job, number: int) -> PlanVersion:
    query = select(PlanVersion).where(PlanVersion.job_id == job.id, PlanVersion.version == number)
    row = db.exec(query).first()
    if row is None:
        raise NotFound(f"This job's plan has no version {number}.")
    return row


def _interviews_by_version(db: Session, job: Job) -> dict[int, int]:
    query = (
        select(Interview.plan_version, func.count())
        .join(Application, col(Interview.application_id) == Application.id)
        .where(Application.job_id == job.id, col(Interview.practice).is_(False))
        .group_by(col(Interview.plan_version))
    )
    return dict(db.exec(query).all())


def _changes(db: Session, before: list[str], after: list[str], items: Sequence[Item]) -> str:
    """What a new version changes, for its history: "Added “…”. Removed “…”."""
    edited = {held.question_id: new for held, new in zip(items, after, strict=True) if isinstance(held, Edit)}
    words = {held: row.text for held, row in plan_versions.rows(db, [*before, *after]).items()}
    added = [item for item in after if item not in before and item not in edited.values()]
    added += [new for old, new in edited.items() if not old and new not in before]
    gone = [item for item in before if item not in after and item not in edited]
    changed = [old for old, new in edited.items() if old and old != new]
    parts = [
        f"{verb} {_quoted(words[item]) if item in words else 'a question from the résumé'}"
        for verb, held in (("Added", added), ("Removed", gone), ("Changed", changed))
        for item in held
    ]
    if [item for item in before if item in after] != [item for item in after if item in before]:
        parts.append("Another order")
    return "; ".join(parts[:4] or ["Changed"]) + (f", and {len(parts) - 4} more" if len(parts) > 4 else "")


def _quoted(text: str) -> str:
    return f"“{text}”" if len(text) <= 60 else f"“{text[:58].rstrip()}…”"
