"""Candidates that another system sends: signed, each event once, nothing in it is ever fetched. docs/webhooks.md.

The signature is `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">` by the organisation's own secret. An event that
comes again is answered with the same ids.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from sqlalchemy import Engine
from sqlmodel import Session, select

from interview_platform.errors import BadInput, NotFound, NotSignedIn
from interview_platform.models import Application, Candidate, Job, Organisation, Resume, session
from interview_platform.ports import Blobs, Profile
from interview_platform.services import access, audit, candidates, duplicates, profiles
from interview_platform.services.access import Actor
from interview_platform.services.profile_text import EMAIL, many_lines, one_line, write

MOST_BYTES = 15_000_000
"""Of a request's body: a résumé of 10 MB as base64, and its candidate."""
MOST_AGE_SECONDS = 300
ENDINGS = (".pdf", ".docx", ".odt", ".rtf", ".txt")
_SIGNATURE = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


class BadFields(BadInput):
    """A payload that does not say what is needed. `fields` are words by the field's name ("candidate.email")."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("The payload cannot be used; nothing was kept. Correct the fields named and send it again.")
        self.fields = dict(fields)


@dataclass(frozen=True)
class Received:
    """What an event became. `resume_id` is the attached file's, "" without one; `to_read` when that one waits."""

    event_id: str
    candidate_id: str
    application_id: str
    resume_id: str
    repeated: bool
    to_read: bool


# --- the payload -----------------------------------------------------------------------------------------------


class _Part(BaseModel):
    """Strict in what is taken, silent about what is not: unknown fields are dropped."""

    model_config = ConfigDict(extra="ignore", str_max_length=20_000, hide_input_in_errors=True)


class Work(_Part):
    """A position held."""

    title: str = ""
    company: str = ""
    start: str = ""
    end: str = ""
    text: str = ""


class Study(_Part):
    """A course of study."""

    school: str = ""
    degree: str = ""
    field: str = ""
    start: str = ""
    end: str = ""


class Person(_Part):
    """Who it is about; a name or an e-mail address is needed."""

    name: str = Field("", max_length=200)
    email: str = Field("", max_length=320)
    phone: str = Field("", max_length=50)
    location: str = Field("", max_length=200)
    headline: str = Field("", max_length=300)
    summary: str = ""
    links: list[str] = Field(default_factory=list, max_length=20)
    skills: list[str] = Field(default_factory=list, max_length=200)
    languages: list[str] = Field(default_factory=list, max_length=50)
    certifications: list[str] = Field(default_factory=list, max_length=50)
    experience: list[Work] = Field(default_factory=list, max_length=50)
    education: list[Study] = Field(default_factory=list, max_length=50)

    @field_validator("email")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value.strip() and not EMAIL.fullmatch(value.strip()):
            raise ValueError("not an e-mail address")
        return value.strip().lower()


class File(BaseModel):
    """A résumé as base64; an address of one is not taken."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)
    filename: str = Field(min_length=1, max_length=255)
    content_base64: str = Field(min_length=1, max_length=MOST_BYTES)


class Payload(_Part):
    """One event."""

    event_id: str = Field(min_length=1, max_length=200)
    organisation_id: str = Field(min_length=1, max_length=32)
    job_id: str = Field(min_length=1, max_length=32)
    candidate: Person
    resume: File | None = None


# --- who sends it ----------------------------------------------------------------------------------------------


def secret_of(secret: bytes, organisation_id: str) -> str:
    """The organisation's own webhook secret, in hex; it changes with the product's secret."""
    return hmac.new(secret, f"webhook:{organisation_id}".encode(), hashlib.sha256).hexdigest()


def shown_secret(actor: Actor, secret: bytes) -> str:
    """The secret of the actor's own organisation, for those who may add candidates. Raises NotAllowed."""
    access.need(actor, access.WRITERS)
    return secret_of(secret, actor.organisation_id)


def sign(organisation_secret: str, body: bytes, at_seconds: int) -> str:
    """The header's value for a body sent at this time."""
    signed = hmac.new(organisation_secret.encode(), f"{at_seconds}.".encode() + body, hashlib.sha256)
    return f"t={at_seconds},v1={signed.hexdigest()}"


def verified(secret: bytes, header: str, body: bytes, now_seconds: float) -> Payload:
    """The payload of a request whose signature holds. Raises NotSignedIn, BadFields."""
    found = _SIGNATURE.fullmatch(header.strip())
    if found is None:
        raise NotSignedIn("The X-Signature header is missing or not t=SECONDS,v1=HEX. Nothing was kept.")
    held = _object(body)
    organisation_id = held.get("organisation_id")
    expected = sign(secret_of(secret, str(organisation_id)), body, int(found.group(1)))
    if not hmac.compare_digest(expected.rpartition("=")[2], found.group(2)):
        raise NotSignedIn("The signature does not fit this body and organisation. Nothing was kept.")
    if abs(now_seconds - int(found.group(1))) > MOST_AGE_SECONDS:
        raise NotSignedIn(
            "The signature is more than five minutes old, or of the future. Sign it anew. Nothing was kept."
        )
    return _payload(held)


def _object(body: bytes) -> dict[str, Any]:
    try:
        held = json.loads(body)
    except (ValueError, RecursionError):
        raise BadFields({"body": "not JSON in UTF-8"}) from None
    if not isinstance(held, dict):
        raise BadFields({"body": "not a JSON object"})
    return held


def _payload(held: dict[str, Any]) -> Payload:
    try:
        payload = Payload.model_validate(held)
    except ValidationError as error:
        raise BadFields(
            {".".join(map(str, one["loc"])): one["msg"].removeprefix("Value error, ") for one in error.errors()}
        ) from None
    if not (one_line(payload.candidate.name) or payload.candidate.email):
        raise BadFields({"candidate": "a name or an e-mail address is needed"})
    if payload.resume and not payload.resume.filename.lower().endswith(ENDINGS):
        raise BadFields({"resume.filename": f"must end with one of {', '.join(ENDINGS)}"})
    return payload


# --- what it becomes -------------------------------------------------------------------------------------------


def receive(engine: Engine, blobs: Blobs, payload: Payload) -> Received:
    """Keep an event's candidate and résumé; one that was received before is only answered again.

    Raises NotFound (no such job of this organisation), BadFields, ServiceUnavailable.
    """
    content = _content(payload)
    with candidates.writing, session(engine) as db:
        actor = access.system(payload.organisation_id)
        before = _before(db, payload)
        if before is not None:
            return _again(db, payload, before)
        _need_job(db, payload)
        row = profiles.add(db, blobs, actor, payload.job_id, None, _profile(payload))
        file = _file(db, blobs, actor, payload, content, str(row.candidate_id))
        row.sha256 = _key(payload)
        row.facts = {**row.facts, "event": {"job_id": payload.job_id, "resume_id": file.id if file else ""}}
        db.add(row)
        audit.record(db, actor, "webhook.received", f"resume:{row.id}", job_id=payload.job_id, with_file=bool(file))
        db.flush()
        return _answer(db, payload, row, repeated=False, to_read=bool(file and file.status == "queued"))


def _content(payload: Payload) -> bytes:
    if payload.resume is None:
        return b""
    try:
        content = base64.b64decode(payload.resume.content_base64, validate=True)
    except (binascii.Error, ValueError):
        raise BadFields({"resume.content_base64": "not base64"}) from None
    if not content:
        raise BadFields({"resume.content_base64": "empty"})
    return content


def _key(payload: Payload) -> str:
    """What an event is known by; it stands where files have the SHA-256 of their bytes."""
    return hashlib.sha256(f"webhook:{payload.organisation_id}:{payload.event_id}".encode()).hexdigest()


def _before(db: Session, payload: Payload) -> Resume | None:
    """The row of the same event: its key says the organisation, too."""
    same = db.exec(select(Resume).where(Resume.sha256 == _key(payload)))
    return next((row for row in same if row.source == "webhook"), None)


def _again(db: Session, payload: Payload, row: Resume) -> Received:
    """The first answer once more; a file that was left unread is handed on to be read."""
    file = db.get(Resume, row.facts.get("event", {}).get("resume_id") or "")
    return _answer(db, payload, row, repeated=True, to_read=bool(file and file.status == "queued"))


def _answer(db: Session, payload: Payload, row: Resume, *, repeated: bool, to_read: bool) -> Received:
    event = row.facts["event"]
    person = db.get(Candidate, row.candidate_id)
    candidate_id = duplicates.kept(db, person).id if person else ""
    query = select(Application.id).where(Application.job_id == event["job_id"])
    found = db.exec(query.where(Application.candidate_id == candidate_id)).first()
    return Received(payload.event_id, candidate_id, found or "", event["resume_id"], repeated, to_read)


def _need_job(db: Session, payload: Payload) -> None:
    """The job is the signing organisation's; another's looks like one that does not exist."""
    job = db.get(Job, payload.job_id)
    if db.get(Organisation, payload.organisation_id) is None or job is None:
        raise NotFound("This job does not exist, or is not yours. Nothing was kept.")
    if job.organisation_id != payload.organisation_id:
        raise NotFound("This job does not exist, or is not yours. Nothing was kept.")


def _profile(payload: Payload) -> Profile:
    kept = payload.candidate.model_dump()
    kept["summary"] = many_lines(kept["summary"])
    for position in kept["experience"]:
        position["text"] = many_lines(position["text"])
    text, facts = write(kept)
    raw = json.dumps({name: value for name, value in kept.items() if value}, ensure_ascii=False, sort_keys=True)
    return Profile("webhook", f"Event {one_line(payload.event_id, 100)}", text, facts, raw.encode())


def _file(
    db: Session, blobs: Blobs, actor: Actor, payload: Payload, content: bytes, candidate_id: str
) -> Resume | None:
    """The attached résumé, kept to be read; the row that is there already when the job has the same file."""
    if payload.resume is None:
        return None
    twin = candidates.same_file(db, payload.job_id, hashlib.sha256(content).hexdigest())
    if twin is not None and twin.status != "failed":
        return twin
    return candidates.add_resume(
        db, blobs, actor, payload.job_id, payload.resume.filename, content, candidate_id=candidate_id
    )
