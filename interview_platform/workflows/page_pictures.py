"""Pictures of a résumé's pages: drawn once, then kept beside the original."""

from __future__ import annotations

from sqlalchemy import Engine

from interview_platform.models import Resume, session
from interview_platform.ports import Blobs, PagePictures
from interview_platform.services import access
from interview_platform.services.access import Actor

PDF = "application/pdf"
_MOST = 40


def keys(engine: Engine, blobs: Blobs, painter: PagePictures, actor: Actor, resume_id: str) -> list[str]:
    """The stored pictures' keys, page by page; none for what is not a PDF. Raises NotFound, ResumeUnreadable."""
    with session(engine) as db:
        row = access.resume(db, actor, resume_id)
    if row.media_type != PDF:
        return []
    return _stored(blobs, row) or _draw(blobs, painter, row)


def _stored(blobs: Blobs, row: Resume) -> list[str]:
    found: list[str] = []
    while len(found) < _MOST and blobs.exists(_key(row, len(found) + 1)):
        found.append(_key(row, len(found) + 1))
    return found


def _draw(blobs: Blobs, painter: PagePictures, row: Resume) -> list[str]:
    made = []
    pictures = painter.draw(blobs.get(row.blob_key))
    for number in range(len(pictures), 0, -1):  # the first page last: where it is, all are
        blobs.put(_key(row, number), pictures[number - 1], "image/png")
        made.append(_key(row, number))
    return made[::-1]


def _key(row: Resume, page: int) -> str:
    return f"pictures/{row.organisation_id}/{row.id}/page-{page}.png"
