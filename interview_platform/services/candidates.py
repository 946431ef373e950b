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
from sqlmodel import Session, select

from interview_platform.errors import BadInput, ResumeUnreadable
from interview_platform.models import Application, Candidate, Resume, new_id, session
from interview_platform.ports import Blobs, ParsedFile, ResumeParser
from interview_platform.services import access, audit
from interview_platform.services.access import WRITERS, Actor, need
from interview_platform.services.pool import ORDERS, CandidateDetail, FailedFile, PoolRow, detail, failures, pool
from interview_platform.services.resumes import ResumeFacts, read_facts

__all__ = [
    "ORDERS",
    "CandidateDetail",
    "FailedFile",
    "PoolRow",
    "add_resume",
    "detail",
    "discard",
    "failures",
    "give_up",
    "ingest",
    "pool",
]

_writing = threading.Lock()  # two files of the same person, read at the same time, must meet one candidate row


def add_resume(db: Session, blobs: Blobs, actor: Actor, job_id: str, filename: str, content: bytes) -> Resume:
    """Store one file for a job, to be read by `ingest`; one that failed before is queued again.

    Raises BadInput when the job already has the same file.
    """
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    digest = sha256(content).hexdigest()
    twin = db.exec(select(Resume).where(Resume.job_id == job.id, Resume.sha256 == digest)).first()
    if twin is not None and twin.status == "failed":
        return _again(db, twin)
    if twin is not None:
        raise BadInput(f"“{_shown(filename)}” is already here: the same file came in as “{twin.filename}”.")
    resume_id = new_id()
    key = f"resumes/{actor.organisation_id}/{resume_id}/{_safe(filename)}"
    blobs.put(key, content, "application/octet-stream")  # the kind is known only after parsing
    row = Resume(
        id=resume_id,
        organisation_id=actor.organisation_id,
        job_id=job.id,
        filename=_shown(filename),
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
    facts = read_facts(parsed.text, parsed.pages, parsed.warnings)
    with _writing, session(engine) as db:
        row = _stored(db, resume_id)
        _write(row, parsed, facts)
        row.candidate_id = _candidate(db, row.organisation_id, facts).id
        db.add(row)
        db.flush()
        if row.job_id:
            _apply(db, row, row.job_id)
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


def _write(row: Resume, parsed: ParsedFile, facts: ResumeFacts) -> None:
    row.status, row.error = "parsed", ""
    row.text, row.pages, row.media_type = facts.text, parsed.pages, parsed.media_type
    row.facts = facts.as_json()


def _candidate(db: Session, organisation_id: str, facts: ResumeFacts) -> Candidate:
    """The person with this e-mail address, what was missing filled in; or a new one."""
    found = None
    if facts.email:
        query = select(Candidate).where(Candidate.organisation_id == organisation_id, Candidate.email == facts.email)
        found = db.exec(query).first()
    person = found or Candidate(
        organisation_id=organisation_id, name="", email=facts.email[:320], phone="", location="", headline=""
    )
    for name, limit in {"name": 200, "phone": 50, "location": 200, "headline": 300}.items():
        if not getattr(person, name):
            setattr(person, name, getattr(facts, name)[:limit])
    person.links = list(dict.fromkeys([*person.links, *facts.links]))
    db.add(person)
    db.flush()
    return person


def _apply(db: Session, row: Resume, job_id: str) -> None:
    """The application of the résumé's person; a newer résumé of the same person takes the older one's place."""
    query = select(Application).where(Application.job_id == job_id, Application.candidate_id == row.candidate_id)
    application = db.exec(query).first() or Application(
        organisation_id=row.organisation_id, job_id=job_id, candidate_id=str(row.candidate_id)
    )
    application.resume_id = row.id
    db.add(application)


def _shown(filename: str) -> str:
    """The file's name without folders and control characters."""
    name = re.split(r"[/\\]", filename)[-1]
    cleaned = "".join(character for character in name if unicodedata.category(character)[0] != "C").strip()
    return cleaned[-255:] or "file"


def _safe(filename: str) -> str:
    """A name that is safe in any storage: ASCII letters, digits, dot, dash, underscore."""
    plain = unicodedata.normalize("NFKD", _shown(filename)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "_", plain).lstrip(".")[-100:] or "file"
