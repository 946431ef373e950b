"""A PDF's pages as pictures, drawn in a process of its own: what a person sees, without opening the file itself.

`python -m interview_platform.adapters.resume_picture SECONDS MB PAGES WIDTH` reads the file on stdin and writes PNGs
to stdout, each after its length (4 bytes, big endian). `draw` is the parent's side.
"""

from __future__ import annotations

import io
import os
import signal
import struct
import subprocess
import sys
from pathlib import Path

from interview_platform.errors import ResumeUnreadable

MOST_PAGES = 6
WIDTH = 1000
"""Pixels; enough to read ten-point text on a whole screen."""
_MOST_HEIGHT = 4 * WIDTH  # a page that is a mile long is not drawn at full length
_PROJECT = Path(__file__).resolve().parents[2]
_MESSAGE = "This file could not be drawn. Open the original instead; its text as it was read stands beside it."


class PdfPictures:
    """Draws in one child process per file."""

    def __init__(self, seconds: float = 15.0, memory_mb: int = 1_000) -> None:
        """`seconds` is the longest one file may take; `memory_mb` what its process may use."""
        self.seconds = seconds
        self.memory_mb = memory_mb

    def draw(self, content: bytes) -> list[bytes]:
        """PNGs of the first MOST_PAGES pages. Raises ResumeUnreadable."""
        share = f"{self.seconds * 0.85:.2f}"
        module = "interview_platform.adapters.resume_picture"
        child = subprocess.Popen(
            [sys.executable, "-m", module, share, str(self.memory_mb), str(MOST_PAGES), str(WIDTH)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_PROJECT,
            env={"PYTHONPATH": str(_PROJECT), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},  # no secrets
            start_new_session=True,
        )
        try:
            printed, _ = child.communicate(content, timeout=self.seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            raise ResumeUnreadable(_MESSAGE, "too_slow") from None
        if child.returncode != 0 or not printed:
            slow = child.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
            raise ResumeUnreadable(_MESSAGE, "too_slow" if slow else "damaged")
        return _unpacked(printed)


def _unpacked(printed: bytes) -> list[bytes]:
    found, place = [], 0
    while place + 4 <= len(printed):
        (length,) = struct.unpack_from(">I", printed, place)
        found.append(printed[place + 4 : place + 4 + length])
        place += 4 + length
    return found


def main(arguments: list[str]) -> int:
    """Draw what comes on stdin."""
    from interview_platform.adapters.resume_sandbox import leave_network, take_limits

    seconds, megabytes, pages, width = float(arguments[0]), int(arguments[1]), int(arguments[2]), int(arguments[3])
    import PIL.PngImagePlugin  # noqa: F401 - before the limits: nothing is loaded after them
    import pypdfium2

    leave_network()
    take_limits(seconds, megabytes)
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    for number in range(min(pages, len(document))):
        picture = _drawn(document[number], width)
        sys.stdout.buffer.write(struct.pack(">I", len(picture)) + picture)
    return 0


def _drawn(page: object, width: int) -> bytes:
    across, down = page.get_size()  # type: ignore[attr-defined]
    scale = min(width / max(across, 1.0), _MOST_HEIGHT / max(down, 1.0))
    image = page.render(scale=scale, draw_annots=False).to_pil()  # type: ignore[attr-defined]
    out = io.BytesIO()
    image.convert("RGB").save(out, "PNG", optimize=False)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
