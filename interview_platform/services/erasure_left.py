"""What of a person lies outside the database: files, vectors, sessions, the folder of a live recording, kept pages."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, SQLModel

from interview_platform.services import erasure_reach, recordings
from interview_platform.services.erasure_reach import Rows

WHOLES = ("whole.webm", "whole.mp4")
_KNOWN_BY = ("candidate", "application", "resume", "invite", "interview")
MOST_PAGES = 40
"""As many pictures of a résumé's pages may be kept (workflows/page_pictures)."""


def left_of(db: Session, organisation_id: str, rows: Rows) -> dict[str, Any]:
    """By place, what is to be removed there; empty places are left out.

    `blobs`: keys. `pictures`: résumés. `pieces`, `live`: interviews. `vectors`: résumés. `sessions`: keys. `pages`:
    ids by which a page's kept state is known. `apart`: candidates, whose sealed demographics go. `database`: the freed
    places of its file are to be overwritten.
    """
    resumes, interviews = sorted(rows.get("resume", ())), sorted(rows.get("interview", ()))
    known = [
        key for table in ("candidate", "application", "resume", "invite", "interview") for key in rows.get(table, ())
    ]
    found: dict[str, Any] = {
        "blobs": sorted({*named_files(db, rows), *_wholes(organisation_id, interviews)}),
        "paths": sorted({str(path) for path in erasure_reach.column(db, rows, "recording", "path") if path}),
        "pictures": resumes,
        "pieces": interviews,
        "live": interviews,
        "vectors": resumes,
        "apart": sorted(rows.get("candidate", ())),
        "sessions": [f"pace:{key}" for key in interviews],
        "pages": sorted(known),
        "database": sorted(rows),
    }
    return {place: held for place, held in found.items() if held}


def picture_keys(organisation_id: str, resume_id: str) -> list[str]:
    """Where pictures of a résumé's pages may lie."""
    return [f"pictures/{organisation_id}/{resume_id}/page-{page}.png" for page in range(1, MOST_PAGES + 1)]


def named_files(db: Session, rows: Rows) -> set[str]:
    """Keys in storage: every key that any row names: each column called `blob_key`, of whatever table."""
    named = [table for table in rows if "blob_key" in SQLModel.metadata.tables[table].columns]
    return {str(key) for table in named for key in erasure_reach.column(db, rows, table, "blob_key") if key}


def _wholes(organisation_id: str, interviews: list[str]) -> set[str]:
    """Of whole recordings, also one that was stored and not noted."""
    return {f"{recordings.folder_key(organisation_id, one)}/{name}" for one in interviews for name in WHOLES}
