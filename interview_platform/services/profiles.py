"""Sources about a person beside the résumé file: kept as they came, given to their candidate, told apart.

Nothing is overwritten: a profile fills in what is missing, what differs stands beside it (services/merging).
"""

from __future__ import annotations

from hashlib import sha256

from sqlmodel import Session, col, select

from interview_platform.models import Application, Candidate, Resume, new_id
from interview_platform.ports import Blobs, Profile
from interview_platform.services import access, audit, candidates, duplicates, merging
from interview_platform.services.access import WRITERS, Actor, need
from interview_platform.services.merging import MergedFacts
from interview_platform.services.resumes import ResumeFacts


def add(
    db: Session, blobs: Blobs, actor: Actor, job_id: str | None, candidate_id: str | None, profile: Profile
) -> Resume:
    """Keep a profile with its candidate: the given one, or the one with its e-mail address, or a new one.

    With a job the candidate is in its pool afterwards. The same profile again is the row that is here already.
    """
    need(actor, WRITERS)
    job = access.job(db, actor, job_id) if job_id else None
    person = access.candidate(db, actor, candidate_id) if candidate_id else None
    digest = digest_of(profile)
    facts = ResumeFacts.from_json(profile.facts, profile.text)
    row = _there(db, actor, digest, person.id if person else None)
    if row is None:
        row = _row(blobs, actor, profile, digest)
        row.candidate_id = person.id if person else None
        audit.record(db, actor, "profile.added", f"resume:{row.id}", source=profile.source)
    row.job_id = row.job_id or (job.id if job else None)
    candidates.place(db, row, facts, job_id=job.id if job else None, first_choice=False)
    return row


def is_known(db: Session, actor: Actor, job_id: str | None, profile: Profile) -> bool:
    """Whether the profile's person is there already: in the job's pool, or without a job, in the organisation."""
    row = _there(db, actor, digest_of(profile), None)
    person = db.get(Candidate, row.candidate_id) if row and row.candidate_id else None
    person = person or candidates.by_email(db, actor.organisation_id, str(profile.facts.get("email", "")))
    if person is None or not job_id:
        return person is not None
    query = select(Application.id).where(Application.job_id == job_id)
    return db.exec(query.where(Application.candidate_id == duplicates.kept(db, person).id)).first() is not None


def digest_of(profile: Profile) -> str:
    """SHA-256, in hex, of where a profile comes from and what it says."""
    head = f"{profile.source}\n{profile.reference.casefold()}\n" if profile.source == "github" else profile.source
    return sha256(head.encode() + profile.raw).hexdigest()


def merged(db: Session, actor: Actor, candidate_id: str) -> MergedFacts:
    """Everything known of a candidate, each fact with the sources that say it, and where they contradict."""
    person = access.candidate(db, actor, candidate_id)
    query = select(Resume).where(Resume.candidate_id == person.id, Resume.status == "parsed")
    rows = list(db.exec(query.order_by(col(Resume.created_at).desc(), col(Resume.id))))
    return merging.merge([merging.Source.of(row) for row in _newest(rows)])


def _newest(rows: list[Resume]) -> list[Resume]:
    """Of a profile that was fetched several times, the last; every file."""
    kept: dict[tuple[str, str], Resume] = {}
    for row in rows:
        kept.setdefault((row.source, row.filename if row.source == "github" else row.id), row)
    return list(kept.values())


def _there(db: Session, actor: Actor, digest: str, candidate_id: str | None) -> Resume | None:
    """The row of the same profile, of this candidate where one is given."""
    same = db.exec(select(Resume).where(Resume.sha256 == digest).order_by(col(Resume.created_at)))
    return next(
        (
            row
            for row in same  # by this index, not by the whole organisation's
            if row.organisation_id == actor.organisation_id
            and row.status == "parsed"
            and candidate_id in (None, row.candidate_id)
        ),
        None,
    )


def _row(blobs: Blobs, actor: Actor, profile: Profile, digest: str) -> Resume:
    resume_id = new_id()
    key = candidates.blob_key(actor.organisation_id, resume_id, f"{profile.source}.json")
    blobs.put(key, profile.raw, profile.media_type)
    return Resume(
        id=resume_id,
        organisation_id=actor.organisation_id,
        source=profile.source,
        filename=candidates.shown(profile.reference),
        media_type=profile.media_type,
        blob_key=key,
        sha256=digest,
        bytes=len(profile.raw),
        status="parsed",
        text=profile.text,
        pages=1,
        checked=True,  # what is shown is all there is
        facts=dict(profile.facts),
    )
