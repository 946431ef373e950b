"""Candidates of a job: résumé files taken in, and (from services/pool) the pool as the recruiter sees it.

A file is stored first and read later (`ingest`, in the background); one that cannot be read stays as a failed row
with the way out in its `error`, and the others go on.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from hashlib import sha256

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, ResumeUnreadable
from interview_platform.models import Application, Candidate, Resume, new_id, session
from interview_platform.ports import Blobs, ParsedFile, ResumeParser
from interview_platform.services import access, audit, duplicates, moving
from interview_platform.services.access import WRITERS, Actor, need
from interview_platform.services.pool import ORDERS, CandidateDetail, FailedFile, PoolRow, detail, failures, pool
from interview_platform.services.resumes import ResumeFacts, read_facts

__all__ = [
    "ORDERS",
    "CandidateDetail",
    "FailedFile",
    "PoolRow",
    "add_resume",
    "blob_key",
    "by_email",
    "detail",
    "discard",
    "failures",
    "give_up",
    "ingest",
    "person",
    "place",
    "pool",
    "same_file",
    "shown",
    "writing",
]

writing = threading.Lock()
"""Held from the look for a person to the commit: two sources of one person at the same time must meet one row."""


def add_resume(
    db: Session,
    blobs: Blobs,
    actor: Actor,
    job_id: str,
    filename: str,
    content: bytes,
    *,
    candidate_id: str | None = None,
) -> Resume:
    """Store one file for a job, to be read by `ingest`; one that failed before is queued again.

    With `candidate_id` the file is this person's, whatever e-mail address stands in it.
    Raises BadInput when the job already has the same file.
    """
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    digest = sha256(content).hexdigest()
    twin = same_file(db, job.id, digest)
    if twin is not None and twin.status == "failed":
        return _again(db, twin)
    if twin is not None:
        raise BadInput(f"“{shown(filename)}” is already here: the same file came in as “{twin.filename}”.")
    resume_id = new_id()
    key = blob_key(actor.organisation_id, resume_id, filename)
    blobs.put(key, content, "application/octet-stream")  # the kind is known only after parsing
    row = Resume(
        id=resume_id,
        organisation_id=actor.organisation_id,
        job_id=job.id,
        candidate_id=access.candidate(db, actor, candidate_id).id if candidate_id else None,
        filename=shown(filename),
        media_type="",  # known after parsing
        blob_key=key,
        sha256=digest,
        bytes=len(content),
    )
    db.add(row)
    audit.record(db, actor, "resume.added", f"resume:{row.id}", job_id=job.id, bytes=len(content))
    db.flush()
    return row


def ingest(engine: Engine, blobs: Blobs, resume_id: str, parser: ResumeParser) -> Resume:
    """Read a stored file: facts, candidate and application. A file that cannot be read ends as `failed`."""
    with session(engine) as db:
        row = _stored(db, resume_id)
        key, filename = row.blob_key, row.filename
    try:
        parsed = parser.parse(filename, blobs.get(key))  # seconds of work: no transaction is held open meanwhile
    except ResumeUnreadable as error:
        return give_up(engine, resume_id, str(error), error.reason)
    facts = read_facts(parsed.text, parsed.pages, parsed.warnings, parsed.page_starts, links=parsed.links)
    with writing, session(engine) as db:
        row = _stored(db, resume_id)
        _write(row, parsed, facts)
        place(db, row, facts)
        audit.record(db, access.system(row.organisation_id), "resume.parsed", f"resume:{row.id}")
    return row


def give_up(engine: Engine, resume_id: str, message: str, reason: str = "fault") -> Resume:
    """Mark a file as one that could not be read. `message` says the way out, `reason` is a short stable word."""
    with session(engine) as db:
        row = _stored(db, resume_id)
        row.status, row.error, row.facts = "failed", message, {"reason": reason}
        db.add(row)
        audit.record(db, access.system(row.organisation_id), "resume.failed", f"resume:{row.id}", reason=reason)
    return row


def discard(db: Session, blobs: Blobs, actor: Actor, resume_id: str) -> None:
    """Remove a file that could not be read, with its stored bytes, so that a better one may come."""
    need(actor, WRITERS)
    row = access.resume(db, actor, resume_id)
    if row.status != "failed":
        raise BadInput("Only a file that could not be read can be removed from this list.")
    blobs.delete(row.blob_key)
    audit.record(db, actor, "resume.removed", f"resume:{row.id}")
    db.delete(row)


def _stored(db: Session, resume_id: str) -> Resume:
    row = db.get(Resume, resume_id)
    if row is None:
        raise BadInput("This file was removed before it could be read.")
    return row


def _again(db: Session, row: Resume) -> Resume:
    row.status, row.error, row.facts = "queued", "", {}
    db.add(row)
    db.flush()
    return row


def same_file(db: Session, job_id: str, digest: str) -> Resume | None:
    """The job's file with these bytes, by their SHA-256 in hex."""
    same = db.exec(select(Resume).where(Resume.sha256 == digest))  # by this index, not by the whole job's
    return next((row for row in same if row.job_id == job_id), None)


def blob_key(organisation_id: str, resume_id: str, filename: str) -> str:
    """Where the bytes of a source are kept."""
    return f"resumes/{organisation_id}/{resume_id}/{_safe(filename)}"


def place(
    db: Session, row: Resume, facts: ResumeFacts, *, job_id: str | None = None, first_choice: bool = True
) -> Candidate:
    """Give a read source to its person, put them into the pool of its job, or of `job_id`, and look for duplicates.

    `first_choice` says whether ranking shall read this source rather than the one the application has.
    """
    known = db.get(Candidate, row.candidate_id) if row.candidate_id else None
    found = person(db, row.organisation_id, facts, known)
    row.candidate_id = found.id
    row.facts = {**row.facts, "sketch": duplicates.sketch(row.text)}
    db.add(row)
    db.flush()
    if job_id or row.job_id:
        _apply(db, row, str(job_id or row.job_id), first_choice)
    duplicates.find(db, row.organisation_id, found.id)
    moving.refresh(db, found.id)
    return found


def person(db: Session, organisation_id: str, facts: ResumeFacts, known: Candidate | None = None) -> Candidate:
    """The `known` person, else the one with this e-mail address, what was missing filled in; or a new one."""
    found = known or by_email(db, organisation_id, facts.email)
    found = duplicates.kept(db, found) if found else Candidate(organisation_id=organisation_id)
    for name, limit in {"name": 200, "email": 320, "phone": 50, "location": 200, "headline": 300}.items():
        if not getattr(found, name):
            setattr(found, name, getattr(facts, name)[:limit])
    found.links = list(dict.fromkeys([*found.links, *facts.links]))
    new = found not in db
    db.add(found)
    db.flush()
    if new:
        audit.record(db, access.system(organisation_id), "candidate.created", f"candidate:{found.id}")
    return found


def by_email(db: Session, organisation_id: str, email: str) -> Candidate | None:
    """The organisation's candidate with this address, as it is stored."""
    if not email:
        return None
    query = select(Candidate).where(Candidate.email == email[:320])  # by this index, not by the whole organisation's
    same = db.exec(query.order_by(col(Candidate.created_at), col(Candidate.id)))
    return next((one for one in same if one.organisation_id == organisation_id), None)


def _write(row: Resume, parsed: ParsedFile, facts: ResumeFacts) -> None:
    row.status, row.error, row.source = "parsed", "", facts.source_kind
    row.text, row.pages, row.media_type = facts.text, parsed.pages, parsed.media_type
    row.unseen, row.checked = [dict(item) for item in parsed.unseen], parsed.checked
    row.facts = facts.as_json()


def _apply(db: Session, row: Resume, job_id: str, first_choice: bool) -> None:
    """The application of the source's person; a newer résumé of the same person takes the older one's place."""
    query = select(Application).where(Application.job_id == job_id, Application.candidate_id == row.candidate_id)
    application = db.exec(query).first() or Application(
        organisation_id=row.organisation_id, job_id=job_id, candidate_id=str(row.candidate_id)
    )
    if first_choice or application.resume_id is None:
        application.resume_id = row.id
    db.add(application)
    db.flush()


def shown(filename: str) -> str:
    """The file's name without folders and control characters."""
    name = re.split(r"[/\\]", filename)[-1]
    cleaned = "".join(character for character in name if unicodedata.category(character)[0] != "C").strip()
    return cleaned[-255:] or "file"


def _safe(filename: str) -> str:
    """A name that is safe in any storage: ASCII letters, digits, dot, dash, underscore."""
    plain = unicodedata.normalize("NFKD", shown(filename)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "_", plain).lstrip(".")[-100:] or "file"
