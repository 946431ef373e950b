"""The only way a person reaches a row: tenant, role and ownership are checked here and nowhere else.

A row of another organisation and a row that does not exist give the same NotFound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session, SQLModel, select

from interview_platform.errors import NotAllowed, NotFound
from interview_platform.models import (
    Application,
    Booking,
    Candidate,
    Interview,
    Invite,
    Job,
    Message,
    PoolView,
    Recording,
    Report,
    Resume,
    Score,
    TeamInvite,
    Turn,
    User,
)

ROLES = ("owner", "recruiter", "hiring_manager", "reviewer", "auditor")
OWNERS = frozenset({"owner"})

READERS = frozenset(ROLES)
WRITERS = frozenset({"owner", "recruiter", "hiring_manager"})
REVIEWERS = frozenset({"owner", "recruiter", "hiring_manager", "reviewer"})

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True)
class Actor:
    """Who acts: a user of an organisation, a candidate by invite, another system by its key, or the product itself."""

    organisation_id: str
    role: str  # one of READERS | "candidate" | "system"
    user_id: str | None = None
    invite_id: str | None = None
    token_id: str | None = None  # another system, by its key

    @property
    def key(self) -> str:
        """The audit log's name for this actor."""
        if self.user_id:
            return f"user:{self.user_id}"
        if self.token_id:
            return f"token:{self.token_id}"
        return f"invite:{self.invite_id}" if self.invite_id else "system"


def system(organisation_id: str) -> Actor:
    """The product acting by itself (after an interview, at start)."""
    return Actor(organisation_id=organisation_id, role="system")


def need(actor: Actor, roles: frozenset[str]) -> None:
    """Raise NotAllowed unless the actor has one of the roles (the product itself may do everything)."""
    if actor.role != "system" and actor.role not in roles:
        raise NotAllowed("Your role does not allow this. Ask an owner of your organisation.")


def _own(db: Session, actor: Actor, table: type[Row], row_id: str, what: str) -> Row:
    need(actor, READERS)
    row = db.get(table, row_id)
    if row is None or getattr(row, "organisation_id", None) != actor.organisation_id:
        raise NotFound(f"This {what} does not exist, or is not yours to see.")
    return row


def job(db: Session, actor: Actor, job_id: str) -> Job:
    """A job of the actor's organisation."""
    return _own(db, actor, Job, job_id, "job")


def candidate(db: Session, actor: Actor, candidate_id: str) -> Candidate:
    """A candidate of the actor's organisation."""
    return _own(db, actor, Candidate, candidate_id, "candidate")


def resume(db: Session, actor: Actor, resume_id: str) -> Resume:
    """A résumé of the actor's organisation."""
    return _own(db, actor, Resume, resume_id, "résumé")


def application(db: Session, actor: Actor, application_id: str) -> Application:
    """An application of the actor's organisation."""
    return _own(db, actor, Application, application_id, "application")


def invite(db: Session, actor: Actor, invite_id: str) -> Invite:
    """An invite of the actor's organisation."""
    return _own(db, actor, Invite, invite_id, "invite")


def interview(db: Session, actor: Actor, interview_id: str) -> Interview:
    """An interview of the actor's organisation."""
    return _own(db, actor, Interview, interview_id, "interview")


def booking(db: Session, actor: Actor, booking_id: str) -> Booking:
    """A meeting of the actor's organisation."""
    return _own(db, actor, Booking, booking_id, "meeting")


def pool_view(db: Session, actor: Actor, view_id: str) -> PoolView:
    """A view of a pool that the actor made, or that the team shares."""
    row = _own(db, actor, PoolView, view_id, "view")
    if not row.shared and row.user_id != actor.user_id:
        raise NotFound("This view does not exist, or is not yours to see.")
    return row


def message(db: Session, actor: Actor, message_id: str) -> Message:
    """An e-mail of the actor's organisation."""
    return _own(db, actor, Message, message_id, "e-mail")


def user(db: Session, actor: Actor, user_id: str) -> User:
    """A person of the actor's organisation."""
    return _own(db, actor, User, user_id, "person")


def team_invite(db: Session, actor: Actor, invite_id: str) -> TeamInvite:
    """An invitation to join the actor's organisation."""
    return _own(db, actor, TeamInvite, invite_id, "invitation")


def turn(db: Session, actor: Actor, turn_id: str) -> Turn:
    """A turn of an interview of the actor's organisation."""
    row = db.get(Turn, turn_id)
    if row is None:
        raise NotFound("This part of the interview does not exist, or is not yours to see.")
    interview(db, actor, row.interview_id)
    return row


def recording(db: Session, actor: Actor, recording_id: str) -> Recording:
    """A recording of an interview of the actor's organisation."""
    row = db.get(Recording, recording_id)
    if row is None:
        raise NotFound("This recording does not exist, or is not yours to see.")
    interview(db, actor, row.interview_id)
    return row


def report(db: Session, actor: Actor, interview_id: str) -> Report:
    """The newest report on an interview of the actor's organisation."""
    interview(db, actor, interview_id)
    query = select(Report).where(Report.interview_id == interview_id).order_by(Report.created_at.desc())  # type: ignore[attr-defined]
    row = db.exec(query).first()
    if row is None:
        raise NotFound("There is no report on this interview yet.")
    return row


def score(db: Session, actor: Actor, score_id: str) -> Score:
    """A score in a report of the actor's organisation."""
    row = db.get(Score, score_id)
    found = db.get(Report, row.report_id) if row else None
    if row is None or found is None:
        raise NotFound("This score does not exist, or is not yours to see.")
    interview(db, actor, found.interview_id)
    return row
