"""Pictures of a résumé's pages are drawn once, and only for those who may see the résumé."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from interview_platform.adapters.local_files import LocalFiles
from interview_platform.errors import NotFound, ResumeUnreadable
from interview_platform.models import Resume, session
from interview_platform.services.access import Actor
from interview_platform.workflows import page_pictures
from tests import builders


class Painter:
    """Draws two pages, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def draw(self, content: bytes) -> list[bytes]:
        """The content's first and last byte as pages."""
        self.asked += 1
        if content == b"broken":
            raise ResumeUnreadable("This file could not be drawn.", "damaged")
        return [content[:1], content[-1:]]


@pytest.fixture
def blobs(tmp_path: Path) -> LocalFiles:
    """Local files."""
    return LocalFiles(tmp_path / "blobs", builders.SECRET, "http://localhost")


def _resume(engine: Engine, blobs: LocalFiles, content: bytes = b"a pdf", **values: object) -> tuple[Resume, Actor]:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        defaults = {"filename": "cv.pdf", "blob_key": "resumes/cv.pdf", "sha256": "x", "media_type": page_pictures.PDF}
        row = Resume(organisation_id=actor.organisation_id, **{**defaults, **values})
        db.add(row)
    blobs.put(row.blob_key, content, row.media_type)
    return row, actor


def test_each_page_is_drawn_once_and_kept(engine: Engine, blobs: LocalFiles) -> None:
    row, actor = _resume(engine, blobs)
    painter = Painter()
    first = page_pictures.keys(engine, blobs, painter, actor, row.id)
    assert [blobs.get(key) for key in first] == [b"a", b"f"]
    assert page_pictures.keys(engine, blobs, painter, actor, row.id) == first
    assert painter.asked == 1


def test_what_is_not_a_pdf_has_no_pictures(engine: Engine, blobs: LocalFiles) -> None:
    row, actor = _resume(engine, blobs, media_type="text/plain")
    assert page_pictures.keys(engine, blobs, Painter(), actor, row.id) == []


def test_a_file_that_cannot_be_drawn_says_so(engine: Engine, blobs: LocalFiles) -> None:
    row, actor = _resume(engine, blobs, b"broken")
    with pytest.raises(ResumeUnreadable, match="could not be drawn"):
        page_pictures.keys(engine, blobs, Painter(), actor, row.id)


def test_another_organisation_sees_no_pictures(engine: Engine, blobs: LocalFiles) -> None:
    row, _ = _resume(engine, blobs)
    with session(engine) as db:
        _, stranger = builders.recruiter(db, builders.organisation(db), email="s@example.com")
    with pytest.raises(NotFound):
        page_pictures.keys(engine, blobs, Painter(), stranger, row.id)
