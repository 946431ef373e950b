"""What an organisation says about itself, and its switches."""

from __future__ import annotations

import re

from sqlmodel import Session, select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Organisation, User
from interview_platform.services import audit
from interview_platform.services.access import READERS, WRITERS, Actor, need

MOST_CHARACTERS = 10_000
_PLACE = re.compile(r"\[[^\[\]]+\]")
SWITCHES = ("face_analysis", "voice_analysis", "blind_schools", "candidate_levels")
COVERAGES = (0.5, 0.6, 0.7, 0.8, 0.9)
"""From which share of the rubric's weight an organisation may want a recommendation."""


def of(db: Session, actor: Actor) -> Organisation:
    """The actor's own organisation. Raises NotAllowed, NotFound."""
    need(actor, READERS)
    row = db.get(Organisation, actor.organisation_id)
    if row is None:
        raise NotFound("This organisation does not exist any more.")
    return row


def people(db: Session, actor: Actor) -> dict[str, str]:
    """Names of the organisation's users by id, those who left included."""
    need(actor, READERS)
    users = db.exec(select(User).where(User.organisation_id == actor.organisation_id))
    return {user.id: user.name or user.email for user in users}


def describe(db: Session, actor: Actor, name: str, about: str, values: str) -> Organisation:
    """Change name, the company page the agent may quote, and the values (one a line). Raises BadInput, NotAllowed."""
    need(actor, WRITERS)
    row = of(db, actor)
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise BadInput("The organisation needs a name of at most 200 characters.")
    if max(len(about), len(values)) > MOST_CHARACTERS:
        raise BadInput(f"That is longer than {MOST_CHARACTERS} characters. Shorten it; the rest is unchanged.")
    row.name, row.about = name, without_places(about)
    row.values = "\n".join(line.strip() for line in values.splitlines() if line.strip())
    db.add(row)
    audit.record(db, actor, "organisation.changed", f"organisation:{row.id}")
    return row


def places(about: str) -> int:
    """How many places of the template, "[Say …]", are not filled in."""
    return sum(bool(_PLACE.fullmatch(line.strip())) for line in about.splitlines())


def without_places(about: str) -> str:
    """The page without such places and the headings that only they stood under: nobody is answered from them."""
    kept: list[str] = []
    for line in [line.rstrip() for line in about.splitlines() if not _PLACE.fullmatch(line.strip())]:
        if line.startswith("#"):
            kept = _without_heading(kept)
        kept.append(line)
    return "\n".join(_without_heading(kept)).strip() if places(about) else about.strip()


def _without_heading(lines: list[str]) -> list[str]:
    """The lines without a heading at their end that nothing follows."""
    last = next((number for number in range(len(lines) - 1, -1, -1) if lines[number].strip()), -1)
    return lines[:last] if last >= 0 and lines[last].startswith("#") else lines


def switch(db: Session, actor: Actor, name: str, on: bool) -> Organisation:
    """Turn one of SWITCHES on or off, for interviews and rankings from now on. Raises BadInput, NotAllowed."""
    need(actor, WRITERS)
    if name not in SWITCHES:
        raise BadInput("There is no such switch.")
    row = of(db, actor)
    setattr(row, name, on)
    db.add(row)
    audit.record(db, actor, "organisation.switched", f"organisation:{row.id}", name=name, on=on)
    return row


def set_reports(db: Session, actor: Actor, enough_coverage: float, candidate_feedback: str) -> Organisation:
    """From which coverage reports recommend, and what candidates are told: off | approve | on. Raises BadInput."""
    need(actor, WRITERS)
    if enough_coverage not in COVERAGES or candidate_feedback not in ("off", "approve", "on"):
        raise BadInput("There is no such choice. Nothing was changed.")
    row = of(db, actor)
    row.enough_coverage, row.candidate_feedback = enough_coverage, candidate_feedback
    db.add(row)
    given = {"coverage": enough_coverage, "feedback": candidate_feedback}
    audit.record(db, actor, "organisation.reports", f"organisation:{row.id}", **given)
    return row
