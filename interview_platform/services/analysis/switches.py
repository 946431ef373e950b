"""Which measures may be computed: the organisation's switches and the candidate's consent. Off means not computed.

Two switches hold whole sources (Organisation.face_analysis, voice_analysis; candidates are asked for these), one more
holds each single measure (Organisation.measures_off). Speech measures come from the transcript, which is made anyway.
"""

from __future__ import annotations

from sqlmodel import Session

from interview_platform.errors import BadInput
from interview_platform.models import Interview, Organisation
from interview_platform.services import audit, invites, organisations
from interview_platform.services.access import WRITERS, Actor, need
from interview_platform.services.analysis.signals import MEASURES, SWITCHABLE

_CONSENT = {"face": "face_analysis", "voice": "voice_analysis"}


def wanted(db: Session, interview_id: str) -> frozenset[str]:
    """Names of signals.MEASURES that may be computed for this interview now; none for one that does not exist."""
    interview = db.get(Interview, interview_id)
    organisation = db.get(Organisation, interview.organisation_id) if interview else None
    if organisation is None:
        return frozenset()
    off = set(organisation.measures_off or [])
    sources = {name for name, item in _CONSENT.items() if invites.allows(db, interview_id, item)} | {"speech"}
    return frozenset(name for name, held in MEASURES.items() if held.source in sources and name not in off)


def off(db: Session, actor: Actor) -> list[str]:
    """The single measures that the actor's organisation does not use, in reading order. Raises NotAllowed."""
    held = set(organisations.of(db, actor).measures_off or [])
    return [name for name in SWITCHABLE if name in held]


def turn(db: Session, actor: Actor, name: str, on: bool) -> list[str]:
    """Turn one measure on or off, for interviews from now on; what is off now. Raises BadInput, NotAllowed."""
    need(actor, WRITERS)
    if name not in SWITCHABLE:
        raise BadInput("There is no such measure.")
    row = organisations.of(db, actor)
    left = [held for held in row.measures_off or [] if held != name]
    row.measures_off = left if on else [*left, name]
    db.add(row)
    audit.record(db, actor, "organisation.switched", f"organisation:{row.id}", name=name, on=on)
    return off(db, actor)
