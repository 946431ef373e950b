"""The versions of a job's plan: what is kept, which one counts, and how the plan follows the job it belongs to.

A version made by a person is only adjusted when the job changes; until then the whole plan is made anew by rule.
Versions are never changed: interviews keep theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from sqlmodel import Session, col, select, update

from interview_platform.models import Competency, Job, PlanVersion, Question
from interview_platform.services.agent import plan_rules
from interview_platform.services.agent.plan_rules import FROM_RESUME, OWN, TAKEN_OFF

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

Added = TypeVar("Added")
FIRST = "Made from the question banks"
FOLLOWED = "Follows a change of the job"


def newest(db: Session, job_id: str) -> PlanVersion | None:
    """The version that counts for interviews planned from now on; None before the first."""
    query = select(PlanVersion).where(PlanVersion.job_id == job_id).order_by(col(PlanVersion.version).desc())
    return db.exec(query).first()


def ensure(
    db: Session, job: Job, embeddings: Embeddings | None = None, moved: Mapping[str, str] | None = None
) -> PlanVersion:
    """The newest version, after making the first, or one that follows what changed in the job.

    `moved`: competencies that were replaced because interviews are judged by the old ones; old id → new id.
    """
    held = newest(db, job.id)
    wanted = _wanted(db, job, held, embeddings, moved or {})
    if held is not None and list(held.items) == wanted:
        return held
    return write(db, job, wanted, None, FOLLOWED if held else FIRST)


def write(db: Session, job: Job, items: Sequence[str], by: str | None, note: str) -> PlanVersion:
    """A new version, unless the newest says the same. Questions out of it are retired, those in it are not."""
    same = update(Job).where(col(Job.id) == job.id).values(status=Job.status)
    db.exec(same.execution_options(synchronize_session=False))  # one at a time: two clicks make one version
    held = newest(db, job.id)
    if held is not None and list(held.items) == list(items):
        return held
    number = held.version + 1 if held else 1
    row = PlanVersion(job_id=job.id, version=number, items=list(items), created_by=by, note=note)
    db.add(row)
    for question in db.exec(select(Question).where(Question.job_id == job.id, col(Question.application_id).is_(None))):
        question.retired = question.id not in row.items
        db.add(question)
    db.flush()
    return row


def rows(db: Session, items: Sequence[str]) -> dict[str, Question]:
    """The questions among a version's items, by id."""
    return {row.id: row for row in db.exec(select(Question).where(col(Question.id).in_(list(items))))}


def competencies_of(db: Session, job_id: str, plan: Sequence[Question]) -> list[Competency]:
    """What an interview with this plan is judged by: the competencies in the form they had when it was planned."""
    found = list(db.exec(select(Competency).where(Competency.job_id == job_id)))
    asked = {question.competency_id for question in plan}
    names = {row.name.casefold() for row in found if row.id in asked}
    return [row for row in found if row.id in asked or not (_is_off(row) or row.name.casefold() in names)]


def before_values(db: Session, items: list[str], more: Sequence[Added]) -> list[str | Added]:
    """The items with more at their end, but before a question on the employer's values."""
    held = rows(db, items[-1:])
    ends = items[-1:] if items and items[-1] in held and plan_rules.is_on_values(held[items[-1]]) else []
    return [*items[: len(items) - len(ends)], *more, *ends]


def _wanted(
    db: Session, job: Job, held: PlanVersion | None, embeddings: Embeddings | None, moved: Mapping[str, str]
) -> list[str]:
    by_hand = select(PlanVersion.id).where(PlanVersion.job_id == job.id, col(PlanVersion.created_by).is_not(None))
    if held is None or db.exec(by_hand).first() is None:
        return plan_rules.items(db, job, embeddings)
    return _adjusted(db, job, _carried(db, list(held.items), moved), embeddings)


def _carried(db: Session, items: list[str], moved: Mapping[str, str]) -> list[str]:
    """The items with the questions of replaced competencies copied to the new ones."""
    copies = {}
    for row in rows(db, items).values():
        now = moved.get(row.competency_id or "")
        if now is not None:
            kept = row.model_dump(exclude={"id", "competency_id"})
            copies[row.id] = plan_rules.added(db, Question(**kept, competency_id=now)).id
    return [copies.get(item, item) for item in items]


def _adjusted(db: Session, job: Job, items: list[str], embeddings: Embeddings | None) -> list[str]:
    """A person's plan after the job changed: without what left the job, with what came to it."""
    held = rows(db, items)
    left = {row.id for row in db.exec(select(Competency).where(Competency.job_id == job.id)) if _is_off(row)}
    kept = [item for item in items if item in FROM_RESUME or _stays(held.get(item), left)]
    kept = _with_values(db, job, kept, held)
    own = [row.id for row in plan_rules.own_questions(db, job) if row.id not in kept]
    kept = before_values(db, kept, own)
    asked = {row.competency_id for row in db.exec(plan_rules.questions(job, "core"))}
    for number, row in enumerate(plan_rules.most_important(plan_rules.competencies(db, job))):
        if row.id not in asked:
            made = plan_rules.on_competency(db, job, row, number, embeddings)
            kept = _after_core(db, kept, made.id)
    return kept


def _is_off(row: Competency) -> bool:
    return row.position <= TAKEN_OFF


def _stays(row: Question | None, left: set[str]) -> bool:
    if row is None or row.competency_id in left:
        return False
    return not (row.kind == "custom" and row.source == OWN and row.retired)


def _with_values(db: Session, job: Job, items: list[str], held: dict[str, Question]) -> list[str]:
    """The question on the employer's values says what they say now."""
    said = f"{plan_rules.VALUES}:{plan_rules.value_of(db, job)}"
    on_values = [item for item in items if item in held and plan_rules.is_on_values(held[item])]
    on_values = [item for item in on_values if held[item].source != said]
    if not on_values:
        return items
    value = plan_rules.on_values(db, job)
    replaced = [value.id if value and item in on_values else item for item in items]
    return list(dict.fromkeys(item for item in replaced if value or item not in on_values))


def _after_core(db: Session, items: list[str], one: str) -> list[str]:
    held = rows(db, items)
    core = [n for n, item in enumerate(items) if item in held and held[item].kind == "core"]
    core = [n for n in core if not plan_rules.is_on_values(held[items[n]])]
    place = core[-1] + 1 if core else len(items)
    return [*items[:place], one, *items[place:]]
