"""What happens to people's data by itself: deletions, retention, copies. At start, once a day, and when asked.

One thread for all of it. Where everything stands is in the database; a restart goes on from there.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Protocol

import structlog
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import NotFound, PlatformError
from interview_platform.models import AccessExport, Erasure, Organisation, session
from interview_platform.ports import Blobs, Mailer, Sessions, Vectors
from interview_platform.services import access_export, demographics, export_requests, pool_index, retention
from interview_platform.services.demographics_vault import Vault
from interview_platform.workflows.erasing import Eraser, Places

DAY_SECONDS = 86_400.0
AGAIN_SECONDS = 600.0
"""How soon a deletion that had to wait is tried again."""
_SCRATCH = "recording-*"
"""What a process that was killed while it joined a recording leaves in the folder for temporary files."""
_CACHED = type(lru_cache(len))
_TEXTS = 1_000
"""A cache of more entries than this holds people's words."""
_log = structlog.get_logger()


class Held(Protocol):
    """What of the platform is needed."""

    engine: Engine
    blobs: Blobs
    sessions: Sessions
    mailer: Mailer
    secret: bytes
    settings: Any

    @property
    def record_dir(self) -> Path:
        """Where live recordings are written."""

    @property
    def vectors(self) -> Vectors:
        """Résumés' vectors."""

    @property
    def vault(self) -> Vault:
        """The key to voluntary demographics."""


class Upkeep:
    """Deletes, enforces retention, packs copies."""

    def __init__(self, engine: Engine, eraser: Eraser, blobs: Blobs, secret: bytes) -> None:
        self.eraser = eraser
        self._engine, self._blobs, self._secret = engine, blobs, secret
        self._wake, self._closed = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._daily_at = 0.0  # monotonic; 0 = not yet

    def start(self) -> None:
        """Work from now on, on a thread of its own."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)
            self._thread.start()

    def wake(self) -> None:
        """Something was asked for: look now."""
        self._wake.set()

    def close(self) -> None:
        """Stop after what is at hand; safe to call twice."""
        self._closed.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(30)
            self._thread = None

    def round(self) -> list[Erasure]:
        """Carry out what was asked for: copies first, so that they come before a deletion; then deletions."""
        self.pack_all()
        return self.eraser.go_on()

    def daily(self) -> list[Erasure]:
        """What is due by retention or came back with a backup, and what is over."""
        self.eraser.undo_restored()
        with session(self._engine) as db:
            organisations = list(db.exec(select(Organisation.id)))
        for organisation_id in organisations:
            with session(self._engine) as db:
                retention.enforce(db, organisation_id)
        self.drop_copies()
        drop_scratch()
        return self.round()

    def pack_all(self) -> None:
        """Make the copies that wait; one that fails is noted and stops no other."""
        with session(self._engine) as db:
            waiting = export_requests.interrupted(db)
        for export_id in waiting:
            try:
                self._pack(export_id)
            except NotFound:
                continue  # deleted meanwhile
            except PlatformError as error:
                self._packed(export_id, "", 0, str(error))
            except Exception:
                _log.exception("export_failed", export=export_id)
                self._packed(export_id, "", 0, "Something went wrong on our side. Make the copy again.")

    def drop_copies(self) -> int:
        """Remove copies that are not offered any more; how many. One whose file cannot be removed stays for now."""
        with session(self._engine) as db:
            over = export_requests.over(db)
        dropped = 0
        for row in over:
            with suppress(PlatformError):
                self._blobs.delete(export_requests.blob_key(row))
                with session(self._engine) as db:
                    db.delete(db.get_one(AccessExport, row.id))
                dropped += 1
        return dropped

    # --- inside ------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._closed.is_set():
            work = self.round
            if not self._daily_at or time.monotonic() - self._daily_at > DAY_SECONDS:
                work, self._daily_at = self.daily, time.monotonic()
            try:
                work()
            except Exception:
                _log.exception("upkeep_failed")
            self._wake.wait(AGAIN_SECONDS)
            self._wake.clear()

    def _pack(self, export_id: str) -> None:
        with session(self._engine) as db:
            row = db.get_one(AccessExport, export_id)
            held = access_export.document(db, row.candidate_id, self._secret)
        key = export_requests.blob_key(row)
        with tempfile.TemporaryFile() as made:
            access_export.pack(held, self._blobs, made)
            size = made.tell()
            made.seek(0)
            self._blobs.put(key, made, "application/zip")
        try:
            self._packed(export_id, key, size)
        except NotFound:
            self._blobs.delete(key)
            raise

    def _packed(self, export_id: str, key: str, size: int, error: str = "") -> None:
        with session(self._engine) as db:
            export_requests.done(db, export_id, key, size, error)


def of(held: Held) -> Upkeep:
    """Of a platform, with every place where people's data lie."""
    chosen = held.settings
    kept = chosen.data_dir / "vectors"

    def vectors() -> Vectors | None:
        return held.vectors if chosen.chroma_host or kept.exists() or "vectors" in vars(held) else None

    places = Places(
        held.blobs,
        held.sessions,
        vectors,
        record_dir=held.record_dir,
        page_dirs=(chosen.data_dir / "pages", Path(".states")),
        forget=(
            pool_index.forget,
            forget_texts,
            partial(_forget_answers, held),
            partial(demographics.forget_the_gone_in, held.engine, held.vault),
        ),
        apart=partial(demographics.forget_in, held.engine, held.vault),
        ledger=chosen.data_dir / "erased.jsonl",
    )
    return Upkeep(held.engine, Eraser(held.engine, places, held.mailer, chosen.mail_from), held.blobs, held.secret)


def _forget_answers(held: Held) -> None:
    """What GitHub said, if anything was asked."""
    built = vars(held).get("github")
    if built is not None:
        built.forget()


def forget_texts() -> None:
    """Empty the caches of functions that are called with people's words."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("interview_platform.services", "interview_platform.adapters")):
            for value in list(vars(module).values()):
                _empty(value)


def _empty(value: Any) -> None:
    if isinstance(value, _CACHED) and (value.cache_parameters()["maxsize"] or 0) > _TEXTS:
        value.cache_clear()


def drop_scratch(folder: Path | None = None, older_than_seconds: float = DAY_SECONDS) -> int:
    """Remove half-joined recordings that a killed process left; how many."""
    dropped = 0
    for path in (folder or Path(tempfile.gettempdir())).glob(_SCRATCH):
        with suppress(OSError):
            if path.is_dir() and path.stat().st_mtime < time.time() - older_than_seconds:
                shutil.rmtree(path)
                dropped += 1
    return dropped
