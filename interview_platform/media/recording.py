"""Recording: one file per connection, written while it runs, and all of them joined into one (recording_join).

Nothing the candidate sends is encoded again: pictures (VP8; H264 where a browser has no VP8) and Opus packets are
written as they came, beside the agent's voice in a track of its own. Clusters are closed every second, so a killed
process loses no more than the last two or three.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from pathlib import Path
from typing import Any

from interview_platform.media.frames import EncodedPicture
from interview_platform.media.recording_clock import Anchor, Shift
from interview_platform.media.recording_codecs import EncodedSound, is_key
from interview_platform.media.recording_join import join, seconds
from interview_platform.media.recording_mix import Mixer
from interview_platform.media.recording_part import PartWriter
from interview_platform.ports import Samples

__all__ = [
    "Anchor",
    "EncodedSound",
    "Mixer",
    "Recorder",
    "is_key",
    "join",
    "part_path",
    "recorded_parts",
    "seconds",
    "written_lately",
]

_log = logging.getLogger(__name__)


class Recorder:
    """Writes one connection's file on a thread of its own; its methods never block. Seconds from the part's start."""

    def __init__(self, path: Path) -> None:
        """`path` ends in .webm; it is another once the file was begun with pictures that WebM may not hold."""
        self.path = path
        self.seconds = 0.0
        path.parent.mkdir(parents=True, exist_ok=True)
        self._inbox: queue.SimpleQueue[tuple[str, tuple[Any, ...]]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def agent(self, at_seconds: float, samples: Samples) -> None:
        """The agent's voice at TALK_RATE, as it was sent at `at_seconds`."""
        self._inbox.put(("agent", (at_seconds, samples)))

    def candidate(self, sound: EncodedSound) -> None:
        """One Opus packet of the candidate's as it arrived."""
        self._inbox.put(("candidate", (sound,)))

    def picture(self, picture: EncodedPicture) -> None:
        """One VP8 or H264 frame of the candidate's as it arrived."""
        self._inbox.put(("picture", (picture,)))

    def shifted(self, shift: Shift) -> None:
        """Pictures before this second belong elsewhere: `join` puts them there."""
        self._inbox.put(("shifted", (shift,)))

    def tick(self, now_seconds: float) -> None:
        """Time has come this far, whether or not anything was heard."""
        self._inbox.put(("tick", (now_seconds,)))

    def close(self) -> float:
        """Write what is left and finish the file (blocks for a moment); its seconds."""
        self._inbox.put(("close", ()))
        self._thread.join(timeout=20)
        return self.seconds

    def _run(self) -> None:
        writer = PartWriter(self.path)
        working = True
        while True:
            what, values = self._inbox.get()
            try:
                if working and what == "close":
                    self.seconds = writer.close()
                elif working:
                    getattr(writer, what)(*values)
                self.path = writer.path
            except Exception:  # a full disk: what is written stays, the interview goes on
                _log.exception("recording stopped at a %s", what)
                self.seconds, working = seconds(writer.path), False
            if what == "close":
                return


def part_path(record_dir: Path, interview_id: str, part: int) -> Path:
    """Where a live part is written."""
    return record_dir / interview_id / f"part-{part:03d}.webm"


def recorded_parts(record_dir: Path, interview_id: str) -> list[tuple[int, Path, float, float]]:
    """The parts on disk in order: number, path, offset on the interview's timeline, seconds. Also those whose
    process was killed before it could report them."""
    found: list[tuple[int, Path, float, float]] = []
    offset = 0.0
    for path in sorted((record_dir / interview_id).glob("part-*.[wm][ek][bv]*")):
        if path.suffix in {".webm", ".mkv"}:
            length = seconds(path)
            found.append((int(path.stem.removeprefix("part-")), path, offset, length))
            offset += length
    return found


def written_lately(record_dir: Path, within_seconds: float) -> set[str]:
    """Interviews whose recording was still growing so shortly ago: after a crash, those it cut off."""
    since = time.time() - within_seconds
    return {path.parent.name for path in record_dir.glob("*/part-*.[wm][ek][bv]*") if _changed(path) >= since}


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # stored and removed meanwhile
        return 0.0
