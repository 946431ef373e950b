"""What a key of a stored file may look like: the same rule for every store, so that moving between them is safe."""

from __future__ import annotations

from interview_platform.errors import BadInput

LONGEST_KEY = 300  # characters; the column that keeps it is as long
LONGEST_PART_BYTES = 240  # file systems end at 255


def check_key(key: str) -> str:
    """The key itself. Raises BadInput for one that could leave its place or that some store cannot keep."""
    parts = key.split("/")
    if (
        len(key) > LONGEST_KEY
        or any(part in ("", ".", "..") or len(part.encode()) > LONGEST_PART_BYTES for part in parts)
        or any(not character.isprintable() or character in "\\:" for character in key)
    ):
        raise BadInput("A file cannot be kept under this name. Rename it (plain letters and digits) and try again.")
    return key
