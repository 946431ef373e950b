"""Questions of a plan as a person types them, and the rows they become."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Competency, Job, Question
from interview_platform.services.agent import bank, own_points, plan_rules
from interview_platform.services.agent.plan_rules import OWN, TAKEN_OFF, VALUES

MOST_CHARACTERS = 600
MOST_POINTS = 10
LEAST_MINUTES, MOST_MINUTES = 0.5, 10.0
EDITED = bank.EDITED


@dataclass(frozen=True)
class Edit:
    """A question as typed. Points are (point, follow-up).

    `question_id`: the one it changes; `bank_question_id`: the bank's it began as; neither: a new one of one's own.
    """

    text: str
    plain_text: str = ""
    points: tuple[tuple[str, str], ...] = ()
    minutes: float = 2.0
    competency_id: str = ""
    question_id: str = ""
    bank_question_id: str = ""
    flags: tuple[tuple[str, str, str], ...] = ()  # (kind, text, why) of what was kept against advice


@dataclass(frozen=True)
class FromBank:
    """A question of the banks."""

    bank_question_id: str


def row(db: Session, job: Job, item: Edit | FromBank) -> Question:
    """The item's row: the one it changes where nothing differs, else a new one. Raises BadInput, NotFound."""
    if isinstance(item, FromBank):
        return _from_bank(db, job, item.bank_question_id)
    item = checked(item)
    changed = question(db, job, item.question_id) if item.question_id else None
    values = _values(db, job, item, changed)
    if changed is not None and all(getattr(changed, name) == value for name, value in values.items()):
        return changed
    kept = _kept(changed) if changed else _new(db, job, item.bank_question_id)
    return plan_rules.added(db, Question(job_id=job.id, **kept, **values))


def question(db: Session, job: Job, question_id: str) -> Question:
    """A question of this job for all its candidates. Raises NotFound."""
    held = db.get(Question, question_id)
    if held is None or held.job_id != job.id or held.application_id is not None:
        raise NotFound("A question of this plan does not exist any more. Load the plan again; nothing was saved.")
    return held


def checked(item: Edit) -> Edit:
    """The question tidied. Raises BadInput, saying what to change. The wording itself is the person's."""
    text = item.text.strip()
    points = tuple((point.strip(), follow_up.strip()) for point, follow_up in item.points)
    points = tuple(pair for pair in points if any(pair))
    if not text:
        raise BadInput("The question has no words yet.")
    longest = max(map(len, (text, item.plain_text, *(word for pair in points for word in pair))))
    if longest > MOST_CHARACTERS:
        raise BadInput(f"A question is heard, not read: keep each text below {MOST_CHARACTERS} characters.")
    if len(points) > MOST_POINTS:
        raise BadInput(f"More than {MOST_POINTS} points cannot be heard out in one answer. Keep those that decide.")
    if any(not all(pair) for pair in points):
        raise BadInput("Each point needs its words and a follow-up question, or take the point out.")
    if not LEAST_MINUTES <= item.minutes <= MOST_MINUTES:
        raise BadInput(f"Give the question {LEAST_MINUTES:g} to {MOST_MINUTES:g} minutes.")
    return replace(item, text=text, plain_text=item.plain_text.strip(), points=points)


def _values(db: Session, job: Job, item: Edit, changed: Question | None) -> dict[str, Any]:
    points = [{"point": point, "follow_up": follow_up} for point, follow_up in item.points]
    return {
        "text": item.text,
        "plain_text": item.plain_text,
        "points": points or own_points.of(item.text, len(plan_rules.own_questions(db, job))),
        "minutes": item.minutes,
        "competency_id": _competency(db, job, item.competency_id, changed),
        "flags": [{"kind": kind, "text": text, "why": why} for kind, text, why in item.flags],
    }


def _competency(db: Session, job: Job, competency_id: str, changed: Question | None) -> str | None:
    if not competency_id:
        return None
    held = db.get(Competency, competency_id)
    gone = held is None or held.job_id != job.id or held.position <= TAKEN_OFF
    if gone and (changed is None or changed.competency_id != competency_id):
        raise BadInput("The competency chosen for a question is not one of this job any more. Choose another.")
    return competency_id


def _kept(changed: Question) -> dict[str, Any]:
    return {"kind": changed.kind, "source": _source(changed), "position": changed.position}


def _source(changed: Question) -> str:
    """Own ones stay own, those on the values stay so; a bank's says that it was changed."""
    if changed.source == OWN or changed.source.startswith((EDITED, f"{VALUES}:")):
        return changed.source
    return f"{EDITED}{changed.source}"


def _new(db: Session, job: Job, bank_question_id: str) -> dict[str, Any]:
    if bank_question_id:
        return {"kind": "core", "source": f"{EDITED}{bank_entry(bank_question_id)[1].id}"}
    last = max((held.position for held in plan_rules.own_questions(db, job)), default=-1)
    return {"kind": "custom", "source": OWN, "position": last + 1}


def _from_bank(db: Session, job: Job, bank_question_id: str) -> Question:
    """The job's row of a bank question, made before or now, under the job's competency of the same name."""
    family, entry = bank_entry(bank_question_id)
    held = db.exec(plan_rules.questions(job, "core").where(Question.source == entry.id)).first()
    if held is not None and _is_live(db, held):
        return held
    made = plan_rules.from_bank(job, entry, entry.points)
    name = next(one.name for one in family.competencies if one.id == entry.competency)
    live = select(Competency).where(Competency.job_id == job.id, Competency.position > TAKEN_OFF)
    same = [one for one in db.exec(live) if one.name.casefold() == name.casefold()]
    made.competency_id = same[0].id if same else None
    return plan_rules.added(db, made)


def _is_live(db: Session, held: Question) -> bool:
    """Whether its competency is still one of the job's."""
    competency = db.get(Competency, held.competency_id) if held.competency_id else None
    return competency is None or competency.position > TAKEN_OFF


def bank_entry(bank_question_id: str) -> tuple[bank.Family, bank.BankQuestion]:
    """A question of the banks and its family. Raises NotFound."""
    for family in bank.families():
        for entry in family.questions:
            if entry.id == bank_question_id:
                return family, entry
    raise NotFound("The question banks have no such question any more.")
