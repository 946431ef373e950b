"""Recorded parts: their rows, and their pieces in storage. The files themselves are written by the live rooms.

While a part is written, storage gets it in pieces, each what it has grown by. Their keys follow from interview and
part alone, so that another machine finds them too.
"""

from __future__ import annotations

from pathlib import Path

from sqlmodel import Session, select

from interview_platform.models import Recording
from interview_platform.ports import Blobs

SUFFIXES = (".webm", ".mkv")
"""Of parts: .mkv holds H264, which no WebM may hold."""
MEDIA_TYPE = "application/octet-stream"
"""Of a piece: by itself it is no film."""


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


def folder_key(organisation_id: str, interview_id: str) -> str:
    """Where storage keeps what belongs to one interview's recording."""
    return f"recordings/{organisation_id}/{interview_id}"


def piece_key(folder: str, part_name: str, number: int) -> str:
    """Of the piece `number`, from 0, of a part's file."""
    return f"{folder}/{part_name}/{number:05d}"


def put_piece(blobs: Blobs, folder: str, part_name: str, number: int, content: bytes) -> None:
    """Store one piece; the same number again replaces it. Raises ServiceUnavailable."""
    blobs.put(piece_key(folder, part_name, number), content, MEDIA_TYPE)


def stored_part(blobs: Blobs, folder: str, part: int) -> str:
    """The file name of a part that storage holds pieces of, or "". Raises ServiceUnavailable."""
    names = (f"part-{part:03d}{suffix}" for suffix in SUFFIXES)
    return next((name for name in names if blobs.exists(piece_key(folder, name, 0))), "")


def fetch_part(blobs: Blobs, folder: str, part_name: str, to: Path) -> int:
    """Put a part's pieces together in the file `to`, which appears when all is there; how many pieces.

    Raises ServiceUnavailable.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    written, number = to.with_suffix(".fetched"), 0
    with written.open("wb") as file:
        while blobs.exists(piece_key(folder, part_name, number)):
            file.write(blobs.get(piece_key(folder, part_name, number)))
            number += 1
    written.replace(to)
    return number


def drop_pieces(blobs: Blobs, organisation_id: str, interview_id: str) -> int:
    """Delete every piece of an interview's parts; how many there were. Raises ServiceUnavailable.

    A part's pieces go from the last to the first, so that what a failure leaves is found again.
    """
    folder, part, dropped = folder_key(organisation_id, interview_id), 1, 0
    while name := stored_part(blobs, folder, part):
        count = 1
        while blobs.exists(piece_key(folder, name, count)):
            count += 1
        for number in reversed(range(count)):
            blobs.delete(piece_key(folder, name, number))
        dropped, part = dropped + count, part + 1
    return dropped
