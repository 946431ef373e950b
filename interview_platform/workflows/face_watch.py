"""Looks at a picture now and then during an interview, and writes what the conditions were, window by window.

`frame` never waits: while a picture is being read, others are dropped. What the organisation has switched off, or the
candidate has not agreed to, is not computed (services/analysis/switches.py): with nothing left no picture is read.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from queue import SimpleQueue

import structlog
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from interview_platform.errors import PlatformError
from interview_platform.models import Signal, session
from interview_platform.ports import FaceReader, FaceReading, Picture
from interview_platform.services.analysis import face, signals, switches

LEAST_SECONDS_BETWEEN = 0.45
"""At most about two pictures per second of one interview."""
MOST_FAILURES = 3
"""Failed readings in a row after which an interview is no longer watched."""
SOURCE = "face"

_log = structlog.get_logger()


@dataclass
class _Watched:
    """One interview's readings of the present window, and all of them for the usual direction of the head."""

    wanted: frozenset[str]  # measures; empty: nothing is looked at (any more)
    failures: int = 0  # in a row
    window_started: float = 0.0
    now: list[face.Seen] = field(default_factory=list)
    all: list[FaceReading] = field(default_factory=list)


@dataclass(frozen=True)
class _Frame:
    interview_id: str
    at_seconds: float
    picture: Picture


class FaceWatch:
    """One worker over one FaceReader, for every interview of this process."""

    def __init__(self, engine: Engine, reader: FaceReader) -> None:
        self._engine = engine
        self._reader = reader
        self._queue: SimpleQueue[_Frame | threading.Event | None] = SimpleQueue()
        self._busy = threading.Lock()  # held from accepting a picture until it is read
        self._last: dict[str, float] = {}
        self._watched: dict[str, _Watched] = {}
        threading.Thread(target=self._work, name="face-watch", daemon=True).start()

    def frame(self, interview_id: str, at_seconds: float, picture: Picture) -> bool:
        """Offer a picture; whether it was taken. Returns at once."""
        if 0 <= at_seconds - self._last.get(interview_id, -1e9) < LEAST_SECONDS_BETWEEN:
            return False
        if not self._busy.acquire(blocking=False):
            return False
        self._last[interview_id] = at_seconds
        self._queue.put(_Frame(interview_id, at_seconds, picture))
        return True

    def finish(self, interview_id: str, timeout_seconds: float = 5.0) -> None:
        """Write what is left and the aggregates of the whole interview."""
        reached = threading.Event()
        self._queue.put(reached)
        reached.wait(timeout_seconds)
        self._last.pop(interview_id, None)
        watched = self._watched.pop(interview_id, None)
        with session(self._engine) as db:
            if watched is not None:
                self._write_window(db, interview_id, watched)
            write_aggregates(db, interview_id)

    def close(self) -> None:
        """Stop and free the reader."""
        self._queue.put(None)
        self._reader.close()

    def _work(self) -> None:
        while (task := self._queue.get()) is not None:
            if isinstance(task, threading.Event):
                task.set()
                continue
            try:
                self._read(task)
            except Exception:
                _log.exception("picture_not_read", interview_id=task.interview_id)
            finally:
                self._busy.release()

    def _read(self, frame: _Frame) -> None:
        watched = self._watched.get(frame.interview_id)
        if watched is None:
            watched = _Watched(self._wanted(frame.interview_id), frame.at_seconds)
            self._watched[frame.interview_id] = watched
        if not watched.wanted:
            return
        reading = self._reading(watched, frame)
        if reading is None:
            return
        if frame.at_seconds - watched.window_started >= face.WINDOW_SECONDS:
            with session(self._engine) as db:
                self._write_window(db, frame.interview_id, watched)
            watched.window_started = frame.at_seconds
        watched.now.append(face.Seen(frame.at_seconds, reading))
        watched.all.append(reading)

    def _reading(self, watched: _Watched, frame: _Frame) -> FaceReading | None:
        """One reading; an analyser that fails time and again is left alone for the rest of the interview."""
        try:
            reading = self._reader.read(frame.picture, bool(watched.wanted & face.HANDS))
        except PlatformError as error:
            watched.failures += 1
            if watched.failures >= MOST_FAILURES:
                watched.wanted = frozenset()
            _log.warning("picture_not_read", interview_id=frame.interview_id, error=str(error))
            return None
        watched.failures = 0
        return reading

    def _wanted(self, interview_id: str) -> frozenset[str]:
        with session(self._engine) as db:
            held = switches.wanted(db, interview_id)
        chosen = {
            name for name in held if signals.MEASURES[name].source == SOURCE and signals.MEASURES[name].switchable
        }
        return frozenset(chosen)

    def _write_window(self, db: Session, interview_id: str, watched: _Watched) -> None:
        values = face.window(watched.now, face.usual_direction(watched.all), watched.wanted)
        db.add_all(signals.rows(interview_id, values, at_seconds=round(watched.window_started, 2)))
        watched.now = []


def write_aggregates(db: Session, interview_id: str) -> None:
    """The whole interview's face measures from its windows, in place of earlier ones."""
    query = select(Signal).where(Signal.interview_id == interview_id, Signal.source == SOURCE)
    windows: dict[float, dict[str, float]] = {}
    for row in db.exec(query.order_by(col(Signal.at_seconds))):
        if row.at_seconds is None:
            db.delete(row)
        else:
            windows.setdefault(row.at_seconds, {})[row.name] = row.value
    values = face.aggregate(list(windows.values()))
    made = signals.rows(interview_id, values)
    for row in made:
        if row.name == "light":
            row.note = f"The light was {face.describe_light(row.value)}. {row.note}"
    db.add_all(made)
