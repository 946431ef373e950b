"""Files that wait to be read: which, of which jobs, and whether a person stopped the reading for now."""

from __future__ import annotations

from sqlmodel import Session, col, select

from interview_platform.models import Job, Resume
from interview_platform.services import access, audit
from interview_platform.services.access import WRITERS, Actor, need


def waiting(db: Session, job_id: str) -> list[str]:
    """Ids of the job's stored files that were not read yet, oldest first."""
    query = select(Resume.id).where(Resume.job_id == job_id, Resume.status == "queued")
    return list(db.exec(query.order_by(col(Resume.created_at), col(Resume.id))))


def is_paused(db: Session, job_id: str) -> bool:
    """Whether the reading was stopped; also when the job is gone."""
    return db.exec(select(Job.intake_paused).where(Job.id == job_id)).first() is not False


def set_paused(db: Session, actor: Actor, job_id: str, paused: bool) -> None:
    """Stop the reading after the files under way, or let it go on. Raises NotFound, NotAllowed."""
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    if job.intake_paused != paused:
        job.intake_paused = paused
        db.add(job)
        audit.record(db, actor, "intake.paused" if paused else "intake.resumed", f"job:{job.id}")


def unfinished(db: Session) -> list[tuple[str, str]]:
    """(organisation, job) of every job with files that wait and nobody has stopped."""
    query = select(Job.organisation_id, Job.id).join(Resume, col(Resume.job_id) == Job.id)
    query = query.where(Resume.status == "queued", col(Job.intake_paused).is_(False)).distinct()
    return list(db.exec(query.order_by(col(Job.id))))
