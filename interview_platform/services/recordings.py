"""Rows about recorded parts; the files themselves are written by the live rooms."""

from __future__ import annotations

from pathlib import Path

from sqlmodel import Session, select

from interview_platform.models import Recording


def keep_part(
    db: Session, interview_id: str, part: int, path: Path, offset_seconds: float, seconds: float
) -> Recording:
    """Note one connection's file, or what is newly known of it: told twice, it is still one row."""
    query = select(Recording).where(Recording.interview_id == interview_id, Recording.part == part)
    row = db.exec(query).first() or Recording(interview_id=interview_id, part=part)
    row.path, row.offset_seconds, row.seconds = str(path), offset_seconds, seconds
    row.bytes = path.stat().st_size if path.exists() else 0
    db.add(row)
    return row
