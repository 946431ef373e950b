"""Candidates of other systems: one comes in with what is known of them and a résumé; one goes out in the same shape."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Application, Candidate, Resume
from interview_platform.ports import Blobs, Profile
from interview_platform.services import access, candidates, duplicates, profiles
from interview_platform.services.access import WRITERS, Actor, need
from interview_platform.services.pool_query import PRACTICE
from interview_platform.services.profile_text import many_lines, one_line, write
from interview_platform.services.resumes import ResumeFacts
from interview_platform.services.webhooks import ENDINGS

MOST_FILE_BYTES = 10_000_000


@dataclass(frozen=True)
class Added:
    """What a candidate became. `resume_id` is the file's, "" without one; `to_read` when it waits to be read."""

    candidate_id: str
    application_id: str
    resume_id: str
    to_read: bool


def add(
    db: Session, blobs: Blobs, actor: Actor, job_id: str, record: dict[str, Any], filename: str = "", file: str = ""
) -> Added:
    """Put somebody into a job's pool: known by the e-mail address, else new. `file`: base64.

    `record` is the shape of services/profile_text. The caller holds `candidates.writing` until the commit. Raises
    BadInput, NotFound, NotAllowed.
    """
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    content = _content(filename, file)
    if not (one_line(record.get("name")) or one_line(record.get("email"))):
        raise BadInput("A candidate needs a name or an e-mail address. Nothing was kept.")
    row = profiles.add(db, blobs, actor, job.id, None, _profile(record))
    person = duplicates.kept(db, db.get_one(Candidate, row.candidate_id))
    resume = _file(db, blobs, actor, job.id, filename, content, person.id) if content else None
    query = select(Application.id).where(Application.job_id == job.id, Application.candidate_id == person.id)
    reading = resume is not None and resume.status == "queued"
    return Added(person.id, db.exec(query).one(), resume.id if resume else "", reading)


def person(db: Session, actor: Actor, candidate_id: str) -> Candidate:
    """A candidate; one that was merged away is the one it became. Raises NotFound."""
    found = duplicates.kept(db, access.candidate(db, actor, candidate_id))
    query = select(Application.id).where(Application.candidate_id == found.id, Application.stage == PRACTICE)
    if db.exec(query).first() is not None:
        raise NotFound("This candidate does not exist, or is not yours to see.")
    return found


def told(db: Session, who: Candidate) -> dict[str, Any]:
    """What is known of somebody, in the shape that `add` takes: never more than a résumé's plain facts."""
    query = select(Resume).where(Resume.candidate_id == who.id, Resume.status == "parsed")
    row = db.exec(query.order_by(col(Resume.pages).desc(), col(Resume.created_at).desc())).first()
    facts = ResumeFacts.from_json(row.facts, row.text) if row else ResumeFacts(text="")
    return {
        **{name: getattr(who, name) for name in ("name", "email", "phone", "location", "headline")},
        "links": list(who.links),
        "skills": list(dict.fromkeys(one.name for one in facts.skills)),
        "languages": [f"{one.text} ({one.level})" if one.level else one.text for one in facts.languages],
        "certifications": [one.text for one in facts.certifications],
        "experience": [
            {"title": one.title, "company": one.company, "start": one.start, "end": one.end, "text": one.description}
            for one in facts.experience
        ],
        "education": [
            {"school": one.school, "degree": one.degree, "field": one.field, "start": one.start, "end": one.end}
            for one in facts.education
        ],
    }


def _content(filename: str, file: str) -> bytes:
    if not file:
        return b""
    if not filename.lower().endswith(ENDINGS):
        raise BadInput(f"The résumé's file name must end with one of {', '.join(ENDINGS)}. Nothing was kept.")
    try:
        content = base64.b64decode(file, validate=True)
    except (binascii.Error, ValueError):
        raise BadInput("The résumé is not base64. Nothing was kept.") from None
    if not content or len(content) > MOST_FILE_BYTES:
        raise BadInput("The résumé is empty, or larger than 10 MB. Nothing was kept.")
    return content


def _profile(record: dict[str, Any]) -> Profile:
    kept = {**record, "summary": many_lines(record.get("summary"))}
    kept["experience"] = [{**one, "text": many_lines(one.get("text"))} for one in record.get("experience", ())]
    text, facts = write(kept)
    raw = json.dumps({name: value for name, value in kept.items() if value}, ensure_ascii=False, sort_keys=True)
    return Profile("webhook", "Another system (API)", text, facts, raw.encode())


def _file(
    db: Session, blobs: Blobs, actor: Actor, job_id: str, filename: str, content: bytes, candidate_id: str
) -> Resume:
    """The file, kept to be read; the row that is there already when the job has the same one."""
    from hashlib import sha256

    twin = candidates.same_file(db, job_id, sha256(content).hexdigest())
    if twin is not None and twin.status != "failed":
        return twin
    return candidates.add_resume(db, blobs, actor, job_id, filename, content, candidate_id=candidate_id)
