"""Small values with a life time in one SQLite file of this installation: a restart signs nobody out.

Without a file they live in memory. Wall-clock times, since a value outlives the process that wrote it.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interview_platform.errors import ServiceUnavailable

SWEEP_SECONDS = 300
_TABLE = "create table if not exists held (key text primary key, value text not null, ends_at real not null)"


class EmbeddedSessions:
    """`Sessions` of one process, safe between its threads; `file` is readable by its owner only."""

    name = "embedded"

    def __init__(self, file: Path | None = None) -> None:
        self._lock, self._swept = threading.Lock(), 0.0
        with _translated():
            if file is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.touch(mode=0o600)
            self._db = sqlite3.connect(file or ":memory:", check_same_thread=False, isolation_level=None, timeout=10)
            self._db.execute("pragma journal_mode=wal")
            self._db.execute("pragma synchronous=normal")
            self._db.execute(_TABLE)

    def put(self, key: str, value: dict[str, object], ttl_seconds: int) -> None:
        """Set or replace, for `ttl_seconds` from now; not more than 0 is the same as `delete`."""
        if ttl_seconds <= 0:
            return self.delete(key)
        with self._one_at_a_time() as at:
            self._db.execute("replace into held values (?, ?, ?)", (key, json.dumps(value), at + ttl_seconds))

    def get(self, key: str) -> dict[str, object] | None:
        """The value, or None when absent or over."""
        with self._one_at_a_time() as at:
            row = self._db.execute("select value from held where key = ? and ends_at > ?", (key, at)).fetchone()
        value = json.loads(row[0]) if row else None
        return value if isinstance(value, dict) else None

    def delete(self, key: str) -> None:
        """Remove; silent if it was not there."""
        with self._one_at_a_time():
            self._db.execute("delete from held where key = ?", (key,))

    def count(self, key: str, ttl_seconds: int) -> int:
        """Add one to a counter that starts at 0 and lives `ttl_seconds` from its first use; the new value."""
        with self._one_at_a_time() as at:
            self._db.execute("delete from held where key = ? and ends_at <= ?", (key, at))
            self._db.execute(
                "insert into held values (?, '1', ?) on conflict (key) do update set value = value + 1",
                (key, at + max(1, ttl_seconds)),
            )
            return int(self._db.execute("select value from held where key = ?", (key,)).fetchone()[0])

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _one_at_a_time(self) -> Iterator[float]:
        """The time now; what is over is swept out now and then."""
        with self._lock, _translated():
            at = time.time()
            if at - self._swept > SWEEP_SECONDS:
                self._swept = at
                self._db.execute("delete from held where ends_at <= ?", (at,))
            yield at


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise ServiceUnavailable(
            "The session store cannot be written, so nobody can be signed in just now. What is saved is kept; "
            "check the space and the rights of DATA_DIR."
        ) from error
