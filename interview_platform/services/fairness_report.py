"""The fairness workbench: rates by stage, by question, over time, by adjustment asked for; totals only.

Raises NotAllowed for everybody but owners and auditors; every reading is in the audit log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from interview_platform.models import Interview, Job, Organisation, Question, now
from interview_platform.services import audit, fairness_cells, fairness_sample
from interview_platform.services.access import Actor, need
from interview_platform.services.demographics import AUDITORS
from interview_platform.services.demographics_vault import Vault
from interview_platform.services.fairness_cells import LEAST, LEAST_KNOWN, rounded
from interview_platform.services.fairness_rates import SCORING, SELECTION, Person, Table
from interview_platform.services.fairness_sample import DECISION, FILTER, INTERVIEW, Assessed

STAGES: tuple[tuple[str, str, str, str], ...] = (
    (FILTER, SELECTION, "Filter: invited", "Of everybody in the pool, who was invited to an interview"),
    (FILTER, SCORING, "Filter: SmartFilter’s score", "Of everybody ranked, who scored above the median"),
    (INTERVIEW, SELECTION, "Interview: finished", "Of everybody invited, who finished the interview"),
    (INTERVIEW, SCORING, "Interview: overall level", "Of everybody with a report, whose level is above the median"),
    (DECISION, SELECTION, "Decision: moved on", "Of everybody decided on, who moved on to a follow-up or next step"),
)
"""(stage, measure, title, what is counted)."""

ONLY_ASKED = (
    "Only people who finished an interview are asked, so everybody whose category is known passed this step. A rate "
    "of it would be 100% for all and would say nothing. With categories from elsewhere, such as your applicant system, "
    "run the command audit-bias on a file."
)
TOO_FEW_KNOWN = (
    f"Fewer than {LEAST_KNOWN} people with a known category. Nothing is shown, so that nobody is pointed at."
)
UNEVEN = (
    "Of those who passed, {passed:.0%} gave a category; of those who did not, {others:.0%}. Where answers are missing "
    "unevenly, rates can mislead."
)
_UNEVEN_FROM = 0.2


@dataclass(frozen=True)
class Part:
    """One stage, question or quarter: its tables, or in `note` why there are none."""

    key: str
    title: str
    about: str
    measure: str
    known: int  # rounded down
    tables: tuple[Table, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Workbench:
    """All of it. `since`: when the product was first used on somebody (the rule's distribution date)."""

    organisation: str
    job: str  # title, or ""
    made: datetime
    since: date | None
    assessed: int
    finished: int
    answered: int  # finished, and of a known sex or race, rounded down; 0 where there are too few to say how many
    stages: tuple[Part, ...] = ()
    questions: tuple[Part, ...] = ()
    quarters: tuple[Part, ...] = ()
    accommodation: Part | None = None

    @property
    def enough(self) -> bool:
        """Whether there is anything to show."""
        return self.answered >= LEAST_KNOWN


def of(db: Session, actor: Actor, vault: Vault, job_id: str = "") -> Workbench:
    """For one job, or for all. Raises NotAllowed, NotFound."""
    people = fairness_sample.of_job(db, actor, vault, job_id)
    audit.record(db, actor, "fairness.read", f"job:{job_id}" if job_id else f"organisation:{actor.organisation_id}")
    answered = _known(one.person(INTERVIEW) for one in people if one.finished)
    job = db.get(Job, job_id) if job_id else None
    employer = db.get_one(Organisation, actor.organisation_id)
    return Workbench(
        organisation=employer.name,
        job=job.title if job else "",
        made=now(),
        since=_since(db, actor.organisation_id),
        assessed=len(people),
        finished=sum(one.finished for one in people),
        answered=rounded(answered) if answered >= LEAST_KNOWN else 0,
        stages=tuple(_stage(people, *about) for about in STAGES),
        questions=_questions(db, people) if job_id else (),
        quarters=_quarters(people),
        accommodation=_accommodation(people),
    )


def jobs(db: Session, actor: Actor, vault: Vault) -> list[tuple[str, str]]:
    """(id, title) of jobs that may be looked at singly: enough people in it, and enough, or none, in all the others."""
    need(actor, AUDITORS)
    query = select(Job.id, Job.title).where(Job.organisation_id == actor.organisation_id)
    known_of = fairness_sample.known_by_job(db, actor, vault)
    held = [(key, title, known_of[key]) for key, title in db.exec(query.order_by(col(Job.title), col(Job.id)))]
    total = sum(known for *_, known in held)
    return [
        (key, title)
        for key, title, known in held
        if known >= LEAST_KNOWN and (total == known or total - known >= LEAST_KNOWN)
    ]


def part(key: str, title: str, about: str, measure: str, people: Sequence[Person]) -> Part:
    """One part's tables, or why there are none."""
    known = _known(people)
    if known < LEAST_KNOWN:
        return Part(key, title, about, measure, 0, note=TOO_FEW_KNOWN)
    made = fairness_cells.tables(people, measure)
    return Part(key, title, about, measure, rounded(known), made, _uneven(people, measure))


def _stage(people: Sequence[Assessed], stage: str, measure: str, title: str, about: str) -> Part:
    held = _present(people, lambda one: one.person(stage))
    made = part(f"{stage}-{measure}", title, about, measure, held)
    refused = any(one.selected is False for one in held if one.sex or one.race_ethnicity)
    if measure == SELECTION and made.tables and stage != DECISION and not refused:
        return Part(made.key, title, about, measure, made.known, note=ONLY_ASKED)
    return made


def _questions(db: Session, people: Sequence[Assessed]) -> tuple[Part, ...]:
    asked = sorted({key for one in people for key in one.shown})
    rows = [row for key in asked if (row := db.get(Question, key)) is not None]
    about = "Of everybody asked, who showed more of the question’s points than the median"
    return tuple(
        part(row.id, row.text, about, SCORING, _present(people, lambda one, key=row.id: one.at_question(key)))  # type: ignore[misc]
        for row in sorted(rows, key=lambda row: (row.position, row.id))
    )


def _quarters(people: Sequence[Assessed]) -> tuple[Part, ...]:
    """The interview's level by quarter: only quarters with enough people, and only where the rest has enough, too."""
    held: dict[str, list[Assessed]] = {}
    for one in people:
        if one.finished and one.at is not None:
            held.setdefault(f"{one.at.year} Q{(one.at.month + 2) // 3}", []).append(one)
    known = {name: _known(_present(some, lambda one: one.person(INTERVIEW))) for name, some in held.items()}
    left = fairness_cells.hidden(known, LEAST_KNOWN)
    about = "Of everybody with a report in this quarter, whose level is above the quarter’s median"
    return tuple(
        part(name, name, about, SCORING, _present(held[name], lambda one: one.person(INTERVIEW)))
        for name in sorted(held)
        if name not in left
    )


def _accommodation(people: Sequence[Assessed]) -> Part:
    """Outcomes of who asked for an adjustment, in the same manner; it needs no demographics."""
    held = _present(people, lambda one: one.by_accommodation())
    about = "Of everybody who finished the interview: asked for an adjustment in words, or did not"
    asked = sum(one.by_accommodation() is not None and one.accommodated for one in people)
    if asked < LEAST or len(held) - asked < LEAST:
        note = f"Fewer than {LEAST} people on one side. Nothing is shown, so that nobody is pointed at."
        return Part("accommodation", "Adjustments asked for", about, SCORING, 0, note=note)
    made = tuple(fairness_cells.table(held, measure) for measure in (SCORING, SELECTION))
    return Part("accommodation", "Adjustments asked for", about, SCORING, len(held), made)


def _present(people: Iterable[Assessed], as_person: Callable[[Assessed], Person | None]) -> list[Person]:
    return [found for one in people if (found := as_person(one)) is not None]


def _known(people: Iterable[Person | None]) -> int:
    return sum(bool(one.sex or one.race_ethnicity) for one in people if one is not None)


def _uneven(people: Sequence[Person], measure: str) -> str:
    """A warning where those who passed gave their category much more or less often than the others."""
    if measure != SELECTION:
        return ""
    shares = []
    for passed in (True, False):
        some = [one for one in people if one.selected is passed]
        shares.append(_known(some) / len(some) if some else 0.0)
    uneven = abs(shares[0] - shares[1]) >= _UNEVEN_FROM
    return UNEVEN.format(passed=shares[0], others=shares[1]) if uneven else ""


def _since(db: Session, organisation_id: str) -> date | None:
    query = select(Interview.created_at).where(
        Interview.organisation_id == organisation_id, col(Interview.practice).is_(False)
    )
    first = db.exec(query.order_by(col(Interview.created_at)).limit(1)).first()
    return first.date() if first else None
