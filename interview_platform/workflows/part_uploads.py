"""Recordings go to storage while they are made, so that they outlive the machine that makes them.

Every two seconds each part's file is looked at, and what it has grown by is stored as its next piece. Beside the file
lies how far this has come (`part-001.sent`), for the process after a crash. When the whole recording is stored, pieces
and local parts are removed.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import structlog
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import ServiceUnavailable
from interview_platform.models import Interview, Recording, session
from interview_platform.ports import Blobs
from interview_platform.services import recordings

EVERY_SECONDS = 2.0
"""With what the recorder holds back (about 2 s), a lost machine costs less than 5 s of the recording."""
PIECE_BYTES = 8 << 20
"""No piece is larger; at 2 s it is far from it, after an outage of storage it is not."""
_PART = re.compile(r"part-(\d{3})\.(webm|mkv)")

_log = structlog.get_logger()


class PartUploads:
    """Stores parts under `record_dir` (one folder per interview) on a thread of its own, from `start` to `close`."""

    def __init__(self, engine: Engine, blobs: Blobs, record_dir: Path, every_seconds: float = EVERY_SECONDS) -> None:
        self._engine, self._blobs, self._record_dir = engine, blobs, record_dir
        self._every = every_seconds
        self._lock = threading.Lock()  # one thing at a time: a round, fetching, dropping
        self._folders: dict[str, str] = {}  # by interview id; "" = nothing of it is to be stored (any more)
        self._sent: dict[Path, tuple[int, int]] = {}  # pieces and bytes stored so far
        self._storing = True  # whether the last round got through
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Look regularly from now on."""
        self._thread = threading.Thread(target=self._work, name="part-uploads", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop after a last round; safe to call twice."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=30)
            self._thread = None

    def look(self) -> int:
        """Store what parts have grown by; how many bytes. What cannot be stored now waits for the next round."""
        sent = 0
        with self._lock:
            try:
                for path in self._parts():
                    sent += self._send(path)
            except (ServiceUnavailable, OSError) as error:
                if self._storing:
                    _log.warning("recording_waits_for_storage", why=str(error))
                self._storing = False
            else:
                self._storing = True
        return sent

    def restore(self, interview_id: str) -> int:
        """Fetch parts that only storage holds, as after the loss of a machine; how many. Raises ServiceUnavailable."""
        fetched, part = 0, 1
        with self._lock:
            folder = self._folder(interview_id) if self._begun(interview_id) else ""
            while folder:
                local = [self._record_dir / interview_id / f"part-{part:03d}{s}" for s in recordings.SUFFIXES]
                if not any(path.exists() for path in local):
                    name = recordings.stored_part(self._blobs, folder, part)
                    if not name:
                        break
                    path = self._record_dir / interview_id / name
                    pieces = recordings.fetch_part(self._blobs, folder, name, path)
                    self._remember(path, pieces, path.stat().st_size)
                    fetched += 1
                part += 1
        return fetched

    def drop(self, interview_id: str) -> None:
        """The whole recording is stored: remove the parts here and their pieces there. Raises ServiceUnavailable."""
        with self._lock:
            with session(self._engine) as db:
                interview = db.get(Interview, interview_id)
                for row in db.exec(select(Recording).where(Recording.interview_id == interview_id, Recording.part > 0)):
                    row.path = ""
                    db.add(row)
            for path in self._own(interview_id):
                self._sent.pop(path, None)
                for beside in (".sent", ".shift"):
                    path.with_suffix(beside).unlink(missing_ok=True)
                path.unlink(missing_ok=True)
            self._folders[interview_id] = ""
            with suppress(OSError):  # something else lies there
                (self._record_dir / interview_id).rmdir()
            if interview is not None:
                recordings.drop_pieces(self._blobs, interview.organisation_id, interview_id)

    # --- inside ------------------------------------------------------------------------------------------------

    def _work(self) -> None:
        while not self._stop.wait(self._every):
            self._round()
        self._round()

    def _round(self) -> None:
        try:
            self.look()
        except Exception:  # the interview goes on, and so does the next round
            _log.exception("recording_not_stored")

    def _parts(self) -> Iterator[Path]:
        if self._record_dir.is_dir():
            for folder in sorted(self._record_dir.iterdir()):
                yield from self._own(folder.name)

    def _own(self, interview_id: str) -> list[Path]:
        folder = self._record_dir / interview_id
        return sorted(path for path in folder.glob("part-*") if _PART.fullmatch(path.name)) if folder.is_dir() else []

    def _begun(self, interview_id: str) -> bool:
        """One that was not begun has no parts: storage is not asked."""
        with session(self._engine) as db:
            row = db.get(Interview, interview_id)
        return row is not None and row.started_at is not None

    def _folder(self, interview_id: str) -> str:
        if interview_id not in self._folders:
            with session(self._engine) as db:
                row = db.get(Interview, interview_id)
                whole = select(Recording.id).where(Recording.interview_id == interview_id, Recording.part == 0)
                over = db.exec(whole.where(Recording.blob_key != "")).first() is not None
            wanted = recordings.folder_key(row.organisation_id, row.id) if row and not over else ""
            self._folders[interview_id] = wanted
        return self._folders[interview_id]

    def _send(self, path: Path) -> int:
        pieces, stored = self._known(path)
        folder = self._folder(path.parent.name) if path.stat().st_size > stored else ""
        sent = 0
        while folder:
            with path.open("rb") as file:
                file.seek(stored)
                content = file.read(PIECE_BYTES)
            if not content:
                break
            recordings.put_piece(self._blobs, folder, path.name, pieces, content)
            pieces, stored, sent = pieces + 1, stored + len(content), sent + len(content)
            self._remember(path, pieces, stored)
        return sent

    def _known(self, path: Path) -> tuple[int, int]:
        if path not in self._sent:
            try:
                pieces, stored = map(int, path.with_suffix(".sent").read_text().split())
            except (OSError, ValueError):
                pieces, stored = 0, 0
            self._sent[path] = pieces, stored
        return self._sent[path]

    def _remember(self, path: Path, pieces: int, stored: int) -> None:
        self._sent[path] = pieces, stored
        aside = path.with_suffix(".sent.new")
        aside.write_text(f"{pieces} {stored}")
        aside.replace(path.with_suffix(".sent"))
