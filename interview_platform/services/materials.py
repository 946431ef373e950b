"""What a recruiter gives the agent to answer from: texts about a job, or about the employer, in versions.

A text is never changed: an edit is a new version of its series, and removing keeps the row for the history. Only live
versions are answered from; services/agent/answering notices a changed row by itself.
"""

from __future__ import annotations

import re

from sqlmodel import Session, col, func, select

from interview_platform.errors import BadInput, NotFound, ResumeUnreadable
from interview_platform.models import Material, new_id
from interview_platform.ports import Blobs, ResumeParser
from interview_platform.services import access, audit
from interview_platform.services.access import READERS, WRITERS, Actor, need
from interview_platform.services.candidates import shown

MOST_CHARACTERS = 60_000
MOST_BYTES = 10 * 1024 * 1024
MOST_LIVE = 40
"""Texts about one job, or about the employer."""
MOST_TITLE = 120
PLAIN_ENDINGS = (".txt", ".md", ".markdown")
ENDINGS = (".pdf", ".docx", *PLAIN_ENDINGS)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def read(parser: ResumeParser, filename: str, content: bytes) -> str:
    """The text of a file: PDF and Word by the parser, as a person sees them; plain text and Markdown as they are.

    Raises BadInput.
    """
    name = shown(filename)
    if len(content) > MOST_BYTES:
        raise BadInput(f"“{name}” is larger than {MOST_BYTES // 2**20} MB. Nothing was added. Give a shorter file.")
    if name.lower().endswith(PLAIN_ENDINGS):
        return _decoded(name, content)
    if not name.lower().endswith(ENDINGS):
        raise BadInput(f"“{name}” is not a PDF, Word, Markdown or text file. Nothing was added.")
    try:
        return parser.parse(name, content).text
    except ResumeUnreadable as error:
        raise BadInput(f"“{name}” could not be read, so nothing was added: {error}") from error


def add(
    db: Session,
    blobs: Blobs | None,
    actor: Actor,
    job_id: str | None,
    title: str,
    text: str,
    filename: str = "",
    content: bytes | None = None,
    media_type: str = "",
) -> Material:
    """A new text about a job, or without `job_id` about the employer. `content` is the file it was read from.

    Raises BadInput, NotFound, NotAllowed.
    """
    need(actor, WRITERS)
    if job_id:
        access.job(db, actor, job_id)
    title, text = _title(title or (shown(filename) if filename else "")), _text(text)
    live = listing(db, actor, job_id)
    if len(live) >= MOST_LIVE:
        raise BadInput(f"There are {MOST_LIVE} texts already. Remove one, or put this into another one.")
    if twin := next((row for row in live if row.text == text), None):
        raise BadInput(f"The same text is already here, as “{twin.title}”.")
    row = Material(organisation_id=actor.organisation_id, job_id=job_id, series_id=new_id(), title=title, text=text)
    return _stored(db, blobs, actor, row, filename, content, media_type, "material.added")


def replace(
    db: Session,
    actor: Actor,
    series_id: str,
    title: str = "",
    text: str = "",
    filename: str = "",
    content: bytes | None = None,
    media_type: str = "",
    blobs: Blobs | None = None,
) -> Material:
    """The next version of a text; an empty title keeps the old one. The same text and title again change nothing.

    Raises BadInput, NotFound, NotAllowed.
    """
    need(actor, WRITERS)
    old = _live(db, actor, series_id)
    title, text = _title(title or old.title), _text(text)
    if (title, text) == (old.title, old.text):
        return old
    old.status = "replaced"
    row = Material(
        organisation_id=actor.organisation_id,
        job_id=old.job_id,
        series_id=series_id,
        version=old.version + 1,
        title=title,
        text=text,
    )
    return _stored(db, blobs, actor, row, filename, content, media_type, "material.replaced")


def remove(db: Session, actor: Actor, series_id: str) -> None:
    """From now on it is not answered from; its versions stay in the history. Raises NotFound, NotAllowed."""
    need(actor, WRITERS)
    row = _live(db, actor, series_id)
    row.status = "removed"
    audit.record(db, actor, "material.removed", f"material:{row.id}", series_id=series_id, version=row.version)
    db.flush()


def listing(db: Session, actor: Actor, job_id: str | None) -> list[Material]:
    """The live texts about a job, or without `job_id` about the employer, by title."""
    need(actor, READERS)
    if job_id:
        access.job(db, actor, job_id)
    query = select(Material).where(
        Material.organisation_id == actor.organisation_id,
        Material.job_id == (job_id or None),
        Material.status == "live",
    )
    return list(db.exec(query.order_by(func.lower(Material.title), col(Material.created_at), col(Material.id))))


def history(db: Session, actor: Actor, series_id: str) -> list[Material]:
    """All versions of a text, the newest first. Raises NotFound."""
    need(actor, READERS)
    query = select(Material).where(Material.series_id == series_id, Material.organisation_id == actor.organisation_id)
    found = list(db.exec(query.order_by(col(Material.version).desc())))
    if not found:
        raise NotFound("This text does not exist, or is not yours to see.")
    return found


def _live(db: Session, actor: Actor, series_id: str) -> Material:
    newest = history(db, actor, series_id)[0]
    if newest.status != "live":
        raise NotFound("This text was removed. Its versions are in the history; add it again to answer from it.")
    return newest


def _stored(
    db: Session,
    blobs: Blobs | None,
    actor: Actor,
    row: Material,
    filename: str,
    content: bytes | None,
    media_type: str,
    action: str,
) -> Material:
    """The row written down, with the file it came from and an entry in the log."""
    row.created_by, row.filename = actor.user_id, shown(filename) if filename else ""
    if content is not None and blobs is not None:
        row.blob_key = f"materials/{row.organisation_id}/{row.id}/{_key(row.filename)}"
        blobs.put(row.blob_key, content, media_type or "application/octet-stream")
    db.add(row)
    about = {"series_id": row.series_id, "version": row.version, "job_id": row.job_id, "characters": len(row.text)}
    audit.record(db, actor, action, f"material:{row.id}", **about)
    db.flush()
    return row


def _key(filename: str) -> str:
    ending = filename.rpartition(".")[2].lower() if "." in filename else ""
    return f"file.{ending}" if ending.isascii() and ending.isalnum() and len(ending) <= 8 else "file"


def _title(title: str) -> str:
    tidy = " ".join(_CONTROL.sub(" ", title).split())
    if not tidy:
        raise BadInput("Give the text a title: candidates hear it as the source of an answer.")
    if len(tidy) > MOST_TITLE:
        raise BadInput(f"The title is longer than {MOST_TITLE} characters. Shorten it: it is spoken.")
    return tidy


def _text(text: str) -> str:
    tidy = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not re.search(r"[^\W\d_]{2}", tidy):
        raise BadInput(
            "There is no text in it, so nothing was added. A scanned page must be typed or recognised first."
        )
    if len(tidy) > MOST_CHARACTERS:
        raise BadInput(
            f"The text has {len(tidy):,} characters; {MOST_CHARACTERS:,} are the most. Nothing was added. "
            "Split it into several texts, or leave out what candidates do not ask about."
        )
    return tidy


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\x00" in content:
        raise BadInput(f"“{name}” is not a text file. Nothing was added. Save it as UTF-8 text, PDF or Word.")
    return content.decode("cp1252", errors="replace")
