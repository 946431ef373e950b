"""The demo organisation of a fresh start: a job, three invented candidates, one open interview link.

Everything is made by the same services a recruiter uses; nothing in it is canned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from langchain_core.embeddings import Embeddings
from sqlalchemy import Engine
from sqlmodel import Session, select

from interview_platform.models import Interview, Invite, Job, Organisation, Resume, User, session
from interview_platform.ports import Blobs, ResumeParser
from interview_platform.services import accounts, candidates, invites, jobs, launch, pool, pool_ranking
from interview_platform.services.access import Actor
from interview_platform.services.agent import bank, plan

EMAIL = "demo@interview.example"
JOB = jobs.JobDraft(
    title="Backend Engineer",
    description=(
        "You build and run the services behind our clinic bookings: Python on PostgreSQL, small teams, "
        "on call one week in six. You find the cause of faults and make sure that they stay away."
    ),
    location="Leeds or remote",
    level="mid",
    role_family="backend",
    required_skills=("Python", "PostgreSQL", "REST APIs"),
    preferred_skills=("Kafka", "Kubernetes", "AWS"),
    custom_questions=("What would you want to know about our clinics before your first day?",),
)


DAYS = 14
"""How long the demo's interview link stays open."""


@dataclass(frozen=True)
class Edges:
    """What seeding needs from outside."""

    engine: Engine
    blobs: Blobs
    secret: bytes
    parser: ResumeParser
    embeddings: Embeddings
    address: str  # where people reach the product, without a trailing slash


def seed(edges: Edges, password: str, resumes: Path, say: Callable[[str], None] = lambda _line: None) -> bool:
    """Fill an empty database, or finish a filling that was interrupted; False when there is nothing to do."""
    with session(edges.engine) as db:
        if _is_done(db):
            return False
        actor, job_id = _employer(db, password)
    say("demo: organisation and job made")
    for path in sorted(resumes.glob("*.txt")):
        _add(edges, actor, job_id, path)
    say("demo: résumés read")
    with session(edges.engine) as db:
        pool_ranking.rank(db, actor, edges.embeddings, None, job_id)
    with session(edges.engine) as db:
        best = pool.pool(db, actor, job_id).rows[0]
        launch.launch(db, actor, edges.secret, best.application_id, edges.address, DAYS, plan.build)
    say("demo: candidates ranked, one interview ready")
    return True


def _is_done(db: Session) -> bool:
    """Whether somebody else's organisation is here, or the demo's last step was reached."""
    user = demo_user(db)
    if user is None:
        return db.exec(select(Organisation)).first() is not None
    return db.exec(select(Invite).where(Invite.organisation_id == user.organisation_id)).first() is not None


def _add(edges: Edges, actor: Actor, job_id: str, path: Path) -> None:
    content = path.read_bytes()
    with session(edges.engine) as db:
        known = select(Resume).where(Resume.job_id == job_id, Resume.filename == path.name)
        row = db.exec(known).first() or candidates.add_resume(db, edges.blobs, actor, job_id, path.name, content)
    if row.status != "parsed":
        candidates.ingest(edges.engine, edges.blobs, row.id, edges.parser)


def _employer(db: Session, password: str) -> tuple[Actor, str]:
    """The demo's organisation, owner and job, made or found."""
    user = demo_user(db)
    if user is not None:
        job = db.exec(select(Job).where(Job.organisation_id == user.organisation_id)).one()
        return Actor(organisation_id=user.organisation_id, role="owner", user_id=user.id), job.id
    employer = Organisation(
        name="Northwind Clinics",
        about=(bank.RAG_DATA / "demo" / "company.md").read_text(encoding="utf-8"),
        values="We say what went wrong and what we changed.\nWe leave things easier for the next person.",
    )
    db.add(employer)
    db.flush()
    user = accounts.add_user(db, employer.id, EMAIL, "Dana Demo", password, role="owner")
    actor = Actor(organisation_id=employer.id, role="owner", user_id=user.id)
    drafted = tuple(_draft(item) for item in plan.defaults(JOB.role_family, JOB.level))
    made = jobs.create(db, actor, replace(JOB, competencies=drafted))
    return actor, made.id


def _draft(item: object) -> jobs.CompetencyDraft:
    values = item if isinstance(item, dict) else vars(item)
    return jobs.CompetencyDraft(
        name=values["name"],
        group=values["group"],
        weight=values["weight"],
        description=values["description"],
        anchors=dict(values["anchors"]),
    )


def demo_user(db: Session) -> User | None:
    """The demo's recruiter, if the demo is here."""
    return db.exec(select(User).where(User.email == EMAIL)).first()


def demo_link(db: Session, secret: bytes, address: str) -> str | None:
    """An address at which an interview of the demo organisation can be held now, or None."""
    user = demo_user(db)
    if user is None:
        return None
    query = (
        select(Invite)
        .join(Interview, Interview.invite_id == Invite.id)  # type: ignore[arg-type]
        .where(Invite.organisation_id == user.organisation_id, Interview.status.in_(["planned", "live"]))  # type: ignore[attr-defined]
        .where(Invite.revoked_at.is_(None))  # type: ignore[union-attr]
    )
    invite = db.exec(query).first()
    return invites.link_of(secret, invite, address) if invite else None
