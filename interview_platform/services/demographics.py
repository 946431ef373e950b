"""Voluntary demographics: given by a candidate after the interview, read only as a whole, by those who audit.

No ranking, scoring, agent or recruiter's page may import this module (contracts in pyproject.toml). Nothing is written
to the audit log when somebody answers or takes it back: who answered is nobody's business. Every reading is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, NotAllowed
from interview_platform.models import Application, Candidate, session
from interview_platform.models.demographics import Demographics
from interview_platform.services.access import Actor, need
from interview_platform.services.demographics_vault import Sealed, Vault
from interview_platform.services.fairness_words import RACES, SEXES
from interview_platform.services.invites import OVER, Invited

AUDITORS = frozenset({"owner", "auditor"})
"""Who may see totals."""
UNSAID = "unsaid"
"""Prefer not to say: kept as such, so that nobody is asked twice; counted as unknown."""


@dataclass(frozen=True)
class Answers:
    """What somebody said. Keys of SEXES and RACES, or "" for unknown."""

    sex: str = ""
    race_ethnicity: str = ""


def may_answer(invited: Invited) -> bool:
    """Only after the interview, and never for a practice of the organisation's own people."""
    interview = invited.interview
    return interview is not None and interview.status in OVER and not interview.practice


def give(db: Session, vault: Vault, invited: Invited, sex: str, race_ethnicity: str) -> None:
    """Keep or change a candidate's own answers. Raises BadInput, NotAllowed."""
    if not may_answer(invited):
        raise NotAllowed("These questions come after the interview. Nothing was kept.")
    if sex not in (*SEXES, UNSAID) or race_ethnicity not in (*RACES, UNSAID):
        raise BadInput("Choose an answer to both questions, or “prefer not to say”. Nothing was kept.")
    name = vault.name(invited.organisation.id, invited.candidate.id)
    row = db.get(Demographics, name) or Demographics(id=name, organisation_id=invited.organisation.id, sealed="")
    row.sealed = vault.seal(name, {"sex": sex, "race": race_ethnicity})
    db.add(row)


def own(db: Session, vault: Vault, invited: Invited) -> dict[str, str] | None:
    """A candidate's own answers, {"sex", "race"}, to be changed or taken back; None where there are none."""
    name = vault.name(invited.organisation.id, invited.candidate.id)
    row = db.get(Demographics, name)
    if row is None:
        return None
    try:
        return vault.open(name, row.sealed)
    except Sealed:  # the key was changed: what was said is lost, and may be said anew
        return None


def take_back(db: Session, vault: Vault, invited: Invited) -> int:
    """Delete a candidate's own answers; how many rows went."""
    return forget(db, vault, invited.organisation.id, [invited.candidate.id])


def forget(db: Session, vault: Vault, organisation_id: str, candidate_ids: Iterable[str]) -> int:
    """Delete what these people said, known or not, still in the database or not; how many rows went."""
    names = [vault.name(organisation_id, one) for one in candidate_ids]
    found = db.execute(delete(Demographics).where(col(Demographics.id).in_(names)))
    return int(found.rowcount)  # type: ignore[attr-defined]


def forget_in(engine: Engine, vault: Vault, organisation_id: str, candidate_ids: Iterable[str]) -> int:
    """`forget` in a transaction of its own."""
    with session(engine) as db:
        return forget(db, vault, organisation_id, candidate_ids)


def forget_the_gone(db: Session, vault: Vault) -> int:
    """Delete every row whose person is not in the database any more, by whatever way they went; how many.

    Rows of another key are among them: nobody can read those again. Where a key is missing altogether nothing may be
    concluded, so that an organisation with rows but none of them known is left alone.
    """
    known: dict[str, set[str]] = {}
    for organisation_id, candidate_id in db.exec(select(Candidate.organisation_id, Candidate.id)):
        known.setdefault(organisation_id, set()).add(vault.name(organisation_id, candidate_id))
    gone = []
    for organisation_id in set(db.exec(select(Demographics.organisation_id))):
        rows = set(db.exec(select(Demographics.id).where(Demographics.organisation_id == organisation_id)))
        people = known.get(organisation_id, set())
        if rows & people or not people:
            gone += sorted(rows - people)
    if gone:
        db.execute(delete(Demographics).where(col(Demographics.id).in_(gone)))
    return len(gone)


def forget_the_gone_in(engine: Engine, vault: Vault) -> None:
    """`forget_the_gone` in a transaction of its own."""
    with session(engine) as db:
        forget_the_gone(db, vault)


def of_applications(db: Session, actor: Actor, vault: Vault, job_id: str = "") -> Mapping[str, Answers]:
    """By application, what its person said; those who said nothing are not in it. For counting only.

    Raises NotAllowed unless the actor may audit. No caller gives a row of it to anybody (services/fairness_sample).
    """
    need(actor, AUDITORS)
    said = _opened(db, vault, actor.organisation_id)
    query = select(Application.id, Application.candidate_id, Candidate.merged_into).join(
        Candidate, col(Candidate.id) == Application.candidate_id
    )
    query = query.where(Application.organisation_id == actor.organisation_id)
    if job_id:
        query = query.where(Application.job_id == job_id)
    others = _merged(db, actor.organisation_id)
    found: dict[str, Answers] = {}
    for application_id, candidate_id, merged_into in db.exec(query):
        people = [candidate_id, *([merged_into] if merged_into else []), *others.get(candidate_id, ())]
        answer = _first(said, [vault.name(actor.organisation_id, one) for one in people])
        if answer is not None:
            found[application_id] = answer
    return found


def _opened(db: Session, vault: Vault, organisation_id: str) -> dict[str, Answers]:
    rows = db.exec(select(Demographics.id, Demographics.sealed).where(Demographics.organisation_id == organisation_id))
    said: dict[str, Answers] = {}
    for name, sealed in rows:
        try:
            held = vault.open(name, sealed)
        except Sealed:
            continue
        sex, race = held.get("sex", ""), held.get("race", "")
        said[name] = Answers(sex if sex in SEXES else "", race if race in RACES else "")
    return said


def _merged(db: Session, organisation_id: str) -> dict[str, list[str]]:
    """Whoever was merged into whom."""
    query = select(Candidate.merged_into, Candidate.id).where(
        Candidate.organisation_id == organisation_id, col(Candidate.merged_into).is_not(None)
    )
    found: dict[str, list[str]] = {}
    for kept, gone in db.exec(query):
        found.setdefault(str(kept), []).append(gone)
    return found


def _first(said: Mapping[str, Answers], names: Sequence[str]) -> Answers | None:
    return next((said[name] for name in names if name in said), None)
