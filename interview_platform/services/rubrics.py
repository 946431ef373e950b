"""A job's rubric as people see and change it: competencies, weights, anchors, points, the company's written values.

Its rows are the job's competencies and the questions of its plan, so saving goes through both services: what an
interview was planned with stays, and every report keeps the rubric it was made with. Each saved state is a version in
the audit log, whoever brought it about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from interview_platform.errors import BadInput
from interview_platform.models import AuditEvent, Competency, Job, Organisation, Question
from interview_platform.services import access, audit, jobs, organisations, plans, rubric_changes
from interview_platform.services.access import READERS, WRITERS, Actor, need
from interview_platform.services.agent import bank, plan_rules, wording
from interview_platform.services.plan_drafts import Edit
from interview_platform.services.rubric_changes import Change
from interview_platform.services.rubric_check import FIT, LEVELS, STOP, AskedDraft, LineDraft, check
from interview_platform.services.scoring import rubric, structure

SAVED = "rubric.saved"
"""Audit action of a version; its detail holds {"number", "digest", "rubric"}."""


@dataclass(frozen=True)
class VersionRow:
    """One version. `by` is empty where the rubric followed the job by itself."""

    number: int
    by: str
    at: datetime
    digest: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Rubric:
    """The rubric as it stands; `values` are the company's written values that are not in it yet."""

    number: int
    lines: tuple[LineDraft, ...]
    values: tuple[str, ...]
    versions: tuple[VersionRow, ...]


def current(db: Session, actor: Actor, job_id: str) -> Rubric:
    """The job's rubric, its values and versions. Raises NotFound, NotAllowed."""
    need(actor, READERS)
    job = access.job(db, actor, job_id)
    plan = plans.current(db, actor, job_id)
    newest = _noted(db, access.system(job.organisation_id), job, plan)
    values = written_values(db, job)
    lines = _lines(plan, values)
    here = {line.value for line in lines if line.value}
    free = tuple(value for value in values if value not in here)
    return Rubric(int(newest.detail["number"]), tuple(lines), free, tuple(_history(db, actor, job)))


def save(db: Session, actor: Actor, job_id: str, drafts: Sequence[LineDraft], base: int | None = None) -> int:
    """Make it the job's rubric; its version's number. Interviews already planned keep theirs until they are re-scored.

    `base`: the version the person saw. Raises BadInput (what `check` calls stop; or somebody else saved meanwhile),
    NotAllowed, NotFound.
    """
    need(actor, WRITERS)
    before = current(db, actor, job_id)
    if base is not None and before.number != base:
        raise BadInput(
            f"The rubric has changed since you opened it: version {before.number} is there now. Nothing of yours was "
            "saved. Load it anew, or save yours over it."
        )
    wrong = [found.text for found in check(drafts) if found.kind == STOP]
    if wrong:
        raise BadInput(f"{wrong[0]} Nothing was saved yet.")
    job = access.job(db, actor, job_id)
    held = {row.name.casefold() for row in jobs.competencies(db, actor, job_id)}
    as_made = [line for line in before.lines if line.value and line.name.casefold() not in held]
    rows = [
        draft for draft in drafts if draft not in as_made
    ]  # a value's question as the template made it needs no row
    wanted = tuple(jobs.CompetencyDraft(d.name, d.group, d.weight, d.description, _said(d.anchors)) for d in rows)
    jobs.update(db, actor, job_id, replace(jobs.draft_of(db, actor, job_id), competencies=wanted))
    _save_points(db, actor, job, rows)
    return int(_noted(db, actor, job, plans.current(db, actor, job_id)).detail["number"])


def value_line(value: str) -> LineDraft:
    """A line for one of the company's written values: its question, its points, its five anchors, to be changed."""
    asked, template = wording.on_value(value), bank.values()
    points = tuple((str(entry["point"]), str(entry["follow_up"])) for entry in asked.points)
    anchors = {str(level): text for level, text in template.anchors.items()}
    name = f"Value: {value}"[:200]
    return LineDraft(name, FIT, 1.0, "", anchors, (AskedDraft(asked.text, points),), value)


def written_values(db: Session, job: Job) -> list[str]:
    """The company's values, one a line, as it has written them down."""
    employer = db.get(Organisation, job.organisation_id)
    lines = [" ".join(line.split()).strip("-•* ") for line in (employer.values if employer else "").splitlines()]
    return [line for line in dict.fromkeys(lines) if line]


def newest_version(db: Session, job: Job) -> AuditEvent | None:
    """The event of the newest version; None before anybody has looked."""
    query = select(AuditEvent).where(AuditEvent.subject == f"job:{job.id}", AuditEvent.action == SAVED)
    return db.exec(query.order_by(col(AuditEvent.at).desc())).first()


def version(db: Session, actor: Actor, job_id: str, number: int) -> dict[str, Any]:
    """The whole rubric of a version. Raises NotFound, NotAllowed."""
    need(actor, READERS)
    job = access.job(db, actor, job_id)
    held = [row.detail["rubric"] for row in _events(db, job) if row.detail["number"] == number]
    if not held:
        raise BadInput(f"This job's rubric has no version {number}.")
    return dict(held[0])


# --- reading -------------------------------------------------------------------------------------------------------


def _lines(plan: plans.Plan, written: Sequence[str]) -> list[LineDraft]:
    asked = [line.question for line in plan.lines if line.question is not None]
    made = [_line(row, [q for q in asked if q.competency_id == row.id], written) for row in plan.competencies]
    values = [q for q in asked if q.competency_id is None and plan_rules.is_on_values(q)]
    return [*made, *(_of_value(q) for q in values)]


def _line(row: Competency, asked: Sequence[Question], written: Sequence[str]) -> LineDraft:
    by_structure = row.group == rubric.COMMUNICATION and not any(q.points for q in asked)
    anchors = {str(k): str(v) for k, v in row.anchors.items()} or (structure.ANCHORS if by_structure else {})
    on_values = next((q for q in asked if plan_rules.is_on_values(q)), None)
    named = row.name.removeprefix("Value: ")
    value = _value_of(on_values) if on_values else named if row.group == FIT and named in written else ""
    drafts = tuple(_asked(q) for q in asked)
    return LineDraft(row.name, row.group, row.weight, row.description, dict(anchors), drafts, value, by_structure)


def _of_value(question: Question) -> LineDraft:
    value = _value_of(question)
    anchors = {str(level): text for level, text in bank.values().anchors.items()}
    return LineDraft(rubric.value_name(question), FIT, 1.0, "", anchors, (_asked(question),), value)


def _value_of(question: Question) -> str:
    return question.source.partition(":")[2].strip()


def _asked(question: Question) -> AskedDraft:
    points = tuple((str(one.get("point", "")), str(one.get("follow_up", ""))) for one in question.points)
    return AskedDraft(question.text, points)


# --- saving --------------------------------------------------------------------------------------------------------


def _said(anchors: dict[str, str]) -> dict[str, str]:
    return {level: anchors[level].strip() for level in LEVELS if anchors.get(level, "").strip()}


def _save_points(db: Session, actor: Actor, job: Job, drafts: Sequence[LineDraft]) -> None:
    """Points of the questions that are asked, and questions for values that had none."""
    ids = {row.name.casefold(): row.id for row in jobs.competencies(db, actor, job.id)}
    wanted = {asked.text: (draft, asked) for draft in drafts for asked in draft.asked}
    items: list[plans.Item] = []
    for line in plans.current(db, actor, job.id).lines:
        found = wanted.pop(line.question.text, None) if line.question else None
        if line.question is None or found is None:
            items.append(line.key)
        else:
            items.append(_edit(line.question, *found, ids))
    items += [_edit(None, draft, asked, ids) for draft, asked in wanted.values() if draft.value]
    if items:
        plans.save(db, actor, job.id, items)


def _edit(held: Question | None, draft: LineDraft, asked: AskedDraft, ids: dict[str, str]) -> Edit:
    minutes = held.minutes if held else plan_rules.enough(bank.values().minutes, asked.points)
    plain = held.plain_text if held else wording.on_value(draft.value).plain_text
    flags = tuple((str(f["kind"]), str(f["text"]), str(f["why"])) for f in held.flags) if held else ()
    competency = ids.get(draft.name.casefold(), "")
    return Edit(asked.text, plain, asked.points, minutes, competency, held.id if held else "", flags=flags)


def _noted(db: Session, actor: Actor, job: Job, plan: plans.Plan) -> AuditEvent:
    """The newest version's event, after writing one where the rubric is another one by now."""
    questions = [line.question for line in plan.lines if line.question is not None]
    made = rubric.criteria(plan.competencies, questions, rubric.asked_questions(questions, []))
    others = any(c.group == rubric.COMMUNICATION and c.competency_id for c in made)
    lines = [c for c in made if not (others and c.group == rubric.COMMUNICATION and c.competency_id is None)]
    now = rubric.snapshot(lines, plan.version.version)
    held = newest_version(db, job)
    if held is not None and held.detail["digest"] == now["version"]:
        return held
    number = int(held.detail["number"]) + 1 if held else 1
    row = audit.record(db, actor, SAVED, f"job:{job.id}", number=number, digest=now["version"], rubric=now)
    db.flush()
    return row


def _events(db: Session, job: Job) -> list[AuditEvent]:
    query = select(AuditEvent).where(AuditEvent.subject == f"job:{job.id}", AuditEvent.action == SAVED)
    return sorted(db.exec(query), key=lambda row: int(row.detail["number"]))


def _history(db: Session, actor: Actor, job: Job) -> list[VersionRow]:
    """Newest first, each with what it changed."""
    people = organisations.people(db, actor)
    rows, made = _events(db, job), list[VersionRow]()
    for before, row in zip([None, *rows], rows, strict=False):
        by = people.get(row.actor.partition(":")[2], "") if row.actor.startswith("user:") else ""
        differs = rubric_changes.changes(before.detail["rubric"], row.detail["rubric"]) if before else []
        made.append(VersionRow(int(row.detail["number"]), by, row.at, str(row.detail["digest"]), tuple(differs)))
    return made[::-1]
