"""What an organisation says about itself, and its switches."""

from __future__ import annotations

from sqlmodel import Session, select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Organisation, User
from interview_platform.services import audit
from interview_platform.services.access import READERS, WRITERS, Actor, need

MOST_CHARACTERS = 10_000
SWITCHES = ("face_analysis", "voice_analysis", "blind_schools")


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
    row.name, row.about = name, about.strip()
    row.values = "\n".join(line.strip() for line in values.splitlines() if line.strip())
    db.add(row)
    audit.record(db, actor, "organisation.changed", f"organisation:{row.id}")
    return row


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
