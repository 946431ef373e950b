"""Carries deletions out: the receipt's e-mail, the rows, then files, vectors, sessions, folders, memory, kept pages.

Each place is cleared by itself. One that is away now keeps what is left of it in the row (`Erasure.left`), and the
next round tries again; nothing is done twice that matters, so that a crash anywhere costs a round.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Engine

from interview_platform.errors import BadInput, NotFound, PlatformError, ServiceUnavailable
from interview_platform.models import Erasure, now, session
from interview_platform.ports import Blobs, Mailer, Sessions, Vectors
from interview_platform.services import erasure, erasure_letter, notifications, recordings
from interview_platform.services.erasure_left import picture_keys
from interview_platform.workflows import scrubbing

LAST = "database"
TELLS = 3
"""So many rounds a receipt's e-mail may hold the deletion back."""
_log = structlog.get_logger()


@dataclass
class Places:
    """Where a person's data lie besides the database. `vectors` gives None where none were ever stored."""

    blobs: Blobs
    sessions: Sessions
    vectors: Callable[[], Vectors | None] = lambda: None
    record_dir: Path | None = None
    page_dirs: Sequence[Path] = ()  # states of open pages, as the web framework keeps them
    forget: Sequence[Callable[[], None]] = ()  # what this process remembers
    apart: Callable[[str, Sequence[str]], object] | None = None  # deletes what candidates said of themselves, sealed
    ledger: Path | None = None  # ids of what was deleted: outlives the restore of an older backup
    locks: threading.Lock = field(default_factory=threading.Lock)


class Eraser:
    """Deletes people, one at a time."""

    def __init__(self, engine: Engine, places: Places, mailer: Mailer, sender: str) -> None:
        self._engine, self._places, self._mailer, self._sender = engine, places, mailer, sender
        self._keys: dict[str, set[str]] = {}  # of vectors, by space, for one round

    def run(self, erasure_id: str) -> Erasure:
        """Go as far as can be gone now; what hinders stands in the row's `why`. Raises NotFound."""
        with self._places.locks:
            try:
                return self._one(erasure_id)
            finally:
                self._forget()

    def go_on(self) -> list[Erasure]:
        """Every deletion that is not done, oldest first; one that fails stops no other."""
        with session(self._engine) as db:
            found = erasure.unfinished(db)
        done = []
        for erasure_id in found:
            try:
                with self._places.locks:
                    done.append(self._one(erasure_id))
            except Exception:
                _log.exception("erasure_failed", erasure=erasure_id)
        if done:
            self._forget()
        return done

    def undo_restored(self) -> list[str]:
        """Ask again for what an older backup brought back; the deletions."""
        asked = []
        for entry in self._entries():
            with session(self._engine) as db:
                known = db.get(Erasure, str(entry.get("id")))
                if known is not None and known.status != erasure.DONE:
                    continue
                if erasure.came_back(db, entry["organisation"], entry["roots"]):
                    plan = erasure.plan(db, entry["organisation"], entry["scope"], entry["roots"], "restored")
                    asked.append(plan.id)
        return asked

    def _one(self, erasure_id: str) -> Erasure:
        row = self._row(erasure_id)
        if row.status in (erasure.WAITING, erasure.HELD):
            row = self._begin(row)
        return self._sweep(row) if row.status == erasure.SWEEPING else row

    # --- the rows ----------------------------------------------------------------------------------------------

    def _begin(self, row: Erasure) -> Erasure:
        with session(self._engine) as db:
            row = db.get_one(Erasure, row.id)
            status, why = erasure.obstacle(db, row)
            if status:
                erasure.wait(db, row, status, why)
                return row
        if not self._tell(row.id):
            return self._row(row.id)
        with session(self._engine) as db:
            row = db.get_one(Erasure, row.id)
            roots = dict(row.roots)
            erasure.begin(db, row)
        self._note(row, roots)
        return row

    def _tell(self, erasure_id: str) -> bool:
        """Send the receipt while there is an address; whether the deletion may go on."""
        with session(self._engine) as db:
            row = db.get_one(Erasure, erasure_id)
            mail = None if row.told else erasure_letter.queue(db, row)
        if mail is None:
            return True
        sent = notifications.deliver(self._engine, self._mailer, self._sender, mail.id)
        with session(self._engine) as db:
            row = db.get_one(Erasure, erasure_id)
            row.told, row.tries = sent.status in ("sent", "kept"), row.tries + 1
            if not row.told and row.tries < TELLS and sent.to_address:
                erasure.wait(db, row, erasure.WAITING, "The receipt's e-mail could not be sent yet. It is tried again.")
                erasure_letter.again(db, sent)
                return False
            db.add(row)
        return True

    # --- elsewhere ---------------------------------------------------------------------------------------------

    def _sweep(self, row: Erasure) -> Erasure:
        """Everything elsewhere; the database's own file last, when no key of a file stands in it any more."""
        left, why = self._clear_all(row, [place for place in row.left if place != LAST])
        if not left:
            self._keep(row, {LAST: row.left.get(LAST, [])}, why)
            left, why = self._clear_all(row, [LAST])
        row = self._keep(row, left, why)
        if left:
            _log.warning("erasure_waits", erasure=row.id, places=sorted(left))
        return row

    def _clear_all(self, row: Erasure, places: Sequence[str]) -> tuple[dict[str, Any], str]:
        """Clear these places; what is left where, and why."""
        left, why = {}, ""
        for place in places:
            held = row.left.get(place, [])
            try:
                self._clear(place, row.organisation_id, held)
            except PlatformError as error:
                left[place], why = held, str(error)
            except OSError as error:
                left[place], why = held, f"A file could not be removed: {error.strerror}."
        if left and LAST in row.left:
            left[LAST] = row.left[LAST]
        return left, why

    def _keep(self, row: Erasure, left: dict[str, Any], why: str) -> Erasure:
        with session(self._engine) as db:
            row = db.get_one(Erasure, row.id)
            erasure.keep_left(db, row, left, why)
        return row

    def _clear(self, place: str, organisation_id: str, held: list[str]) -> None:
        """Clear one place. Raises PlatformError, OSError."""
        work: dict[str, Callable[[], None]] = {
            "blobs": partial(self._drop_blobs, held),
            "paths": partial(_drop_files, held),
            "pictures": lambda: self._drop_blobs([k for one in held for k in picture_keys(organisation_id, one)]),
            "pieces": lambda: self._drop_pieces(organisation_id, held),
            "live": lambda: self._drop_live(held),
            "vectors": lambda: self._drop_vectors(organisation_id, set(held)),
            "sessions": lambda: self._drop_sessions(held),
            "pages": lambda: self._drop_pages(held),
            "apart": lambda: self._drop_apart(organisation_id, held),
            "database": lambda: scrubbing.scrub(self._engine, held),
        }
        work[place]()

    def _drop_blobs(self, keys: Sequence[str]) -> None:
        for key in keys:
            with suppress(BadInput):  # no store keeps anything under such a key
                self._places.blobs.delete(key)

    def _drop_pieces(self, organisation_id: str, interviews: Sequence[str]) -> None:
        for interview_id in interviews:
            recordings.drop_pieces(self._places.blobs, organisation_id, interview_id)

    def _drop_live(self, interviews: Sequence[str]) -> None:
        for interview_id in interviews if self._places.record_dir else ():
            folder = Path(str(self._places.record_dir)) / interview_id
            if folder.is_dir():
                shutil.rmtree(folder)

    def _drop_vectors(self, organisation_id: str, resumes: set[str]) -> None:
        held = self._places.vectors()
        for space in held.all_spaces() if held is not None else ():
            if held is not None and space.startswith(f"{organisation_id}-"):
                if space not in self._keys:  # listed once a round: a space may hold 100,000
                    self._keys[space] = held.keys(space)
                gone = {key for key in self._keys[space] if key.partition(".")[0] in resumes}
                held.delete(space, sorted(gone))
                self._keys[space] -= gone

    def _drop_sessions(self, keys: Sequence[str]) -> None:
        try:
            for key in keys:
                self._places.sessions.delete(key)
        except PlatformError:
            raise
        except Exception as error:  # whatever a Redis client raises
            raise ServiceUnavailable("The store of sessions does not answer.") from error

    def _drop_apart(self, organisation_id: str, candidates: Sequence[str]) -> None:
        if self._places.apart is not None:
            self._places.apart(organisation_id, candidates)

    def _drop_pages(self, ids: Sequence[str]) -> None:
        """Kept states of pages that show the person: such a page loads anew."""
        marks = [one.encode() for one in ids]
        for folder in self._places.page_dirs:
            for file in folder.glob("*.pkl") if folder.is_dir() else ():
                with suppress(FileNotFoundError):
                    content = file.read_bytes()
                    if any(mark in content for mark in marks):
                        file.unlink()

    def _forget(self) -> None:
        self._keys.clear()
        for forget in self._places.forget:
            try:
                forget()
            except Exception:
                _log.exception("not_forgotten")

    # --- ids that outlive a restore ----------------------------------------------------------------------------

    def _note(self, row: Erasure, roots: dict[str, Any]) -> None:
        if self._places.ledger is None:
            return
        held = {"id": row.id, "organisation": row.organisation_id, "scope": row.scope, "roots": roots}
        self._places.ledger.parent.mkdir(parents=True, exist_ok=True)
        with self._places.ledger.open("a") as file:
            file.write(json.dumps({**held, "at": now().isoformat()}) + "\n")

    def _entries(self) -> Iterator[dict[str, Any]]:
        if self._places.ledger is None or not self._places.ledger.is_file():
            return
        for line in self._places.ledger.read_text().splitlines():
            with suppress(ValueError):
                yield json.loads(line)

    def _row(self, erasure_id: str) -> Erasure:
        with session(self._engine) as db:
            row = db.get(Erasure, erasure_id)
        if row is None:
            raise NotFound("This deletion does not exist.")
        return row


def _drop_files(paths: Sequence[str]) -> None:
    for path in paths:
        Path(path).unlink(missing_ok=True)
