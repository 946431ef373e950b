"""Five hundred files through pause, a killed process and a restart: each is answered once. Prints JSON.

    python -m benchmarks.intake [FOLDER] [--files 500] [--seconds 600]

Files are made (PDF, Word, OpenDocument, RTF and text; the same bytes again, one person in two files, files that cannot
be read) or taken from FOLDER. They are stored as an upload stores them; a process of its own reads and ranks them, is
paused at a quarter and resumed, killed by SIGKILL past the half, and started anew. Then every file is counted: what
became of it, and how often. Exit code 1 when one was answered twice or not at all.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlmodel import Session, SQLModel, col, func, select

from interview_platform.errors import BadInput
from interview_platform.models import (
    Application,
    AuditEvent,
    Candidate,
    Duplicate,
    Job,
    Organisation,
    Resume,
    session,
)
from interview_platform.services import candidates, intake
from interview_platform.services.access import Actor
from interview_platform.settings import Settings
from interview_platform.wiring import Platform, build

LOOK_SECONDS = 0.1
STILL_SECONDS = 2.0
FIRST = ("Ines", "Tomas", "Priya", "Noor", "Maya", "Sven", "Lucia", "Omar", "Hana", "Kofi", "Elif", "Bruno")
LAST = ("Carvalho", "Lindqvist", "Raman", "Haddad", "Okafor", "Berg", "Moretti", "Farouk", "Sato", "Mensah", "Kaya")
WORK = ("Built payment services in Python", "Ran a ward of twenty beds", "Kept the books of a shop", "Taught physics")


def main() -> None:
    """Store, read, pause, resume, kill, restart, count."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATA_DIR=folder, DATABASE_URL="", REDIS_URL="", S3_BUCKET="", GOOGLE_API_KEY="")
        held = build(Settings())
        report = _Run(held, options).report()
        held.close()
    print(json.dumps(report, indent=1))
    sys.exit(0 if report["exactly_once"] and report["all_answered"] else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=600.0, help="the longest the reading may take")
    return parser.parse_args()


def read_on() -> None:
    """The reading process: reads what waits, whenever something does, until it is stopped."""
    held = build(Settings())
    while True:
        held.intake.recover()
        time.sleep(LOOK_SECONDS)


class _Run:
    """One demonstration."""

    def __init__(self, held: Platform, options: argparse.Namespace) -> None:
        self.held, self.options = held, options
        self.until = time.monotonic() + options.seconds
        SQLModel.metadata.create_all(held.engine)
        with held.db() as db:
            self.job, self.actor = _job(db)
        self.stored = 0

    def report(self) -> dict[str, Any]:
        """Everything in order; what was seen at each step."""
        told: dict[str, Any] = {"files": 0, **self._store()}
        process = self._start()
        self._wait_for(self.stored // 4)
        told["paused"] = self._pause()
        self._set_paused(False)
        told["killed_at"] = self._wait_for(self.stored * 6 // 10)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        told["answered_when_killed"] = self._answered()
        begun = time.monotonic()
        process = self._start()
        self._wait_for(self.stored)
        told["seconds_after_restart"] = round(time.monotonic() - begun, 1)
        told["ranked"] = self._wait_for_ranks()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return {**told, **self._outcome()}

    def _store(self) -> dict[str, Any]:
        begun, again, taken = time.monotonic(), 0, 0
        for name, content in self._files():
            taken += 1
            try:
                with self.held.db() as db:
                    candidates.add_resume(db, self.held.blobs, self.actor, self.job, name, content)
                self.stored += 1
            except BadInput:
                again += 1
        seconds = round(time.monotonic() - begun, 1)
        return {"files": taken, "stored": self.stored, "same_bytes_refused": again, "store_seconds": seconds}

    def _files(self) -> Iterator[tuple[str, bytes]]:
        if self.options.folder is None:
            yield from made(self.options.files)
            return
        found = sorted(path for path in self.options.folder.rglob("*") if path.is_file())
        for path in found[: self.options.files]:
            yield path.name, path.read_bytes()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", "from benchmarks.intake import read_on; read_on()"]
        return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _answered(self) -> int:
        with self.held.db() as db:
            return db.exec(select(func.count()).select_from(Resume).where(Resume.status != "queued")).one()

    def _wait_for(self, many: int) -> int:
        while (answered := self._answered()) < many:
            if time.monotonic() > self.until:
                break
            time.sleep(LOOK_SECONDS)
        return answered

    def _pause(self) -> dict[str, Any]:
        """Paused: the files under way are finished, then nothing is read."""
        self._set_paused(True)
        time.sleep(STILL_SECONDS)
        settled = self._answered()
        time.sleep(STILL_SECONDS)
        return {"at": settled, "still_after_seconds": STILL_SECONDS, "still": self._answered() == settled}

    def _set_paused(self, on: bool) -> None:
        with self.held.db() as db:
            intake.set_paused(db, self.actor, self.job, on)

    def _wait_for_ranks(self) -> int:
        """How many candidates have a score at the end, once all that can have one do."""
        ranked = select(func.count()).select_from(Application).where(col(Application.score).is_not(None))
        everyone = select(func.count()).select_from(Application).where(col(Application.resume_id).is_not(None))
        while time.monotonic() < self.until:
            with session(self.held.engine) as db:
                if db.exec(ranked).one() == db.exec(everyone).one():
                    break
            time.sleep(LOOK_SECONDS)
        with session(self.held.engine) as db:
            return db.exec(ranked).one()

    def _outcome(self) -> dict[str, Any]:
        with self.held.db() as db:
            status = dict(db.exec(select(Resume.status, func.count()).group_by(Resume.status)).all())
            events = select(AuditEvent.subject).where(col(AuditEvent.action).in_(("resume.parsed", "resume.failed")))
            times = Counter(db.exec(events))
            people = db.exec(select(func.count()).select_from(Candidate)).one()
            pairs = db.exec(select(Duplicate.reasons).where(Duplicate.status == "open")).all()
        return {
            "outcome": status,
            "all_answered": sum(status.values()) == self.stored and not status.get("queued"),
            "exactly_once": set(times.values()) == {1} and len(times) == self.stored,
            "answered_more_than_once": sum(number > 1 for number in times.values()),
            "candidates": people,
            "same_person_one_candidate": status.get("parsed", 0) - people,
            "pairs_offered_for_merging": len(pairs),
            "pairs_by_reason": dict(Counter(reason for reasons in pairs for reason in reasons).most_common()),
        }


def _job(db: Session) -> tuple[str, Actor]:
    employer = Organisation(name="Intake")
    db.add(employer)
    db.flush()
    row = Job(organisation_id=employer.id, title="Backend Engineer", required_skills=["Python", "SQL"])
    db.add(row)
    db.flush()
    return row.id, Actor(organisation_id=employer.id, role="recruiter", user_id=None)


def made(many: int) -> Iterator[tuple[str, bytes]]:
    """Files of every kind. Of each hundred five have the bytes of an earlier one, four are of a person who is there
    already (three by e-mail, one by telephone), three cannot be read."""
    chance = random.Random(7)
    earlier: list[tuple[str, bytes]] = []
    for number in range(many):
        place = number % 100
        if place >= 95:
            name, content = earlier[chance.randrange(len(earlier))]
            yield f"copy-{number}-{name}", content
            continue
        same = number - place + chance.randrange(40) if place in (60, 61, 62, 63) else number
        file = _file(number, _text(number, same, by_phone=place == 63))
        if place in (70, 71, 72):
            file = (f"broken-{number}.pdf", b"%PDF-1.7\n" + chance.randbytes(400))
        earlier.append(file)
        yield file


def _text(number: int, person: int, by_phone: bool) -> str:
    chance = random.Random(person)
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    mail = f"other{number}@example.org" if by_phone else f"{name.split()[0].lower()}.{person}@example.org"
    return (
        f"{name}\n{mail} | +44 20 7{person:03d} {1000 + person:04d}\n\nExperience\n"
        f"Employee, Company {person}, {2000 + person % 20} - {2010 + person % 14}\n- {WORK[person % len(WORK)]}, file "
        f"{number}.\n- Wrote SQL reports for {person + 3} people.\n\nSkills\nPython, SQL, bookkeeping\n"
    )


def _file(number: int, text: str) -> tuple[str, bytes]:
    from tests import resume_files

    kind = ("pdf", "pdf", "docx", "odt", "rtf", "txt")[number % 6]
    if kind == "pdf":
        return f"{number}.pdf", resume_files.pdf(text)
    if kind in ("docx", "odt"):
        return f"{number}.{kind}", getattr(resume_files, kind)(text.split("\n"))
    if kind == "rtf":
        return f"{number}.rtf", resume_files.rtf(text.replace("\n", "\\par "))
    return f"{number}.txt", text.encode()


if __name__ == "__main__":
    main()
