"""Kills processes at the steps of what follows an interview: `python -m tests.workflows.killed FOLDER`.

A process of its own, which runs no threads and may therefore be forked: each case is a forked process that kills
itself, and a second one that goes on. Says as JSON, per case, which steps were done and what is there in the end.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel, select

from interview_platform.adapters.dbos_work import DbosWork
from interview_platform.adapters.local_files import LocalFiles
from interview_platform.models import AuditEvent, Interview, Recording, Report, make_engine, session
from interview_platform.ports import Steps, WorkKind
from interview_platform.workflows import after_interview
from interview_platform.workflows.durable import AtOnce
from tests import builders
from tests.services.scoring.material import SetJudge, ended

KIND, ORGANISATION = "after-interview", "org"
BETWEEN = tuple(range(9))
"""Before the first step, between any two, and after the last one before the work itself is noted as done."""
WITHIN = ("report", "recording", "candidate_feedback", "status")
"""Killed after the step did its part, before that is kept."""


class Deadly:
    """Steps that are noted in a file, and kill the process at one of them."""

    def __init__(self, steps: Steps, log: Path, at: str) -> None:
        self._steps, self._log, self._at, self._taken = steps, log, at, 0

    def do(self, name: str, work: Callable[[], Any]) -> Any:
        self.boundary()
        return self._steps.do(name, partial(self._noted, name, work))

    def boundary(self) -> None:
        if self._at == f"between {self._taken}":
            os.kill(os.getpid(), signal.SIGKILL)
        self._taken += 1

    def _noted(self, name: str, work: Callable[[], Any]) -> Any:
        with self._log.open("a") as log:
            log.write(f"{name}\n")
        given = work()
        if self._at == f"within {name}":
            os.kill(os.getpid(), signal.SIGKILL)
        return given


def prepare(folder: Path) -> str:
    """An ended interview with a recording; its id."""
    engine = make_engine(f"sqlite:///{folder / 'test.db'}")
    SQLModel.metadata.create_all(engine)
    held = ended(engine)
    with session(engine) as db:
        for part in (1, 2):
            (folder / f"{part}.webm").write_bytes(b"sound")
            db.add(Recording(interview_id=held.interview.id, part=part, path=f"{part}.webm", offset_seconds=part))
    engine.dispose()
    return held.interview.id


def run(folder: Path, interview_id: str, steps: Steps) -> bool:
    """What follows the interview, on the case's own files."""
    os.chdir(folder)
    engine = make_engine(f"sqlite:///{folder / 'test.db'}")
    blobs = LocalFiles(folder / "blobs", builders.SECRET, "http://localhost")
    try:
        return after_interview.run(engine, blobs, SetJudge(), interview_id, join=_join, steps=steps)
    finally:
        engine.dispose()


def opened(folder: Path, interview_id: str) -> None:
    """Make the database of durable work, once for all cases."""
    made = work(folder, interview_id, "")
    made.start()
    made.close()


def work(folder: Path, interview_id: str, at: str) -> DbosWork:
    """Durable work with this one kind, that ends at a step."""

    def follow(steps: Steps, subject: str) -> None:
        deadly = Deadly(steps, folder / "steps", at)
        after_interview.follow(deadly, subject, partial(run, folder, subject))
        deadly.boundary()

    return DbosWork(f"sqlite:///{folder / 'work.db'}", [WorkKind(KIND, follow)], poll_seconds=0.15)


def _join(parts: Sequence[Path], out: Path) -> float:
    out.write_bytes(b"".join(part.read_bytes() for part in parts))
    return 5.0


def begin(folder: Path, interview_id: str, at: str) -> None:
    """Until it is killed."""
    made = work(folder, interview_id, at)
    made.start()
    made.submit(KIND, ORGANISATION, interview_id)
    time.sleep(20)


def go_on(folder: Path, interview_id: str) -> None:
    """Start again and wait; nothing is asked for."""
    made = work(folder, interview_id, "")
    made.start()
    for _ in range(400):
        if made.listing(ORGANISATION, ["done", "failed"]):
            os._exit(0)
        time.sleep(0.2)


def forked(act: Callable[[], None]) -> int:
    """The id of a process that does this and ends."""
    child = os.fork()
    if not child:
        try:
            act()
        finally:
            os._exit(1)
    return child


def found(folder: Path, interview_id: str) -> dict[str, object]:
    """What is there in the end."""
    engine = make_engine(f"sqlite:///{folder / 'test.db'}")
    with session(engine) as db:
        events = db.exec(select(AuditEvent.action).where(AuditEvent.subject == f"interview:{interview_id}")).all()
        made = {
            "steps": (folder / "steps").read_text().split(),
            "reports": db.exec(select(Report.status)).all(),
            "whole": len(db.exec(select(Recording).where(Recording.part == 0)).all()),
            "status": db.get_one(Interview, interview_id).status,
            "said": sorted(action for action in events if action in ("interview.reported", "feedback.drafted")),
        }
    engine.dispose()
    return made


def main(folder: Path) -> None:
    """All cases, beside each other."""
    ready = folder / "ready"
    ready.mkdir()
    interview_id = prepare(ready)
    cases = {f"between {n}": folder / f"between{n}" for n in BETWEEN} | {
        f"within {step}": folder / step for step in WITHIN
    }
    shutil.copytree(ready, folder / "tried")
    run(folder / "tried", interview_id, AtOnce())  # what is imported here need not be by each case
    os.waitpid(forked(partial(opened, ready, interview_id)), 0)
    for at in cases.values():
        shutil.copytree(ready, at)
    killed = {at: forked(partial(begin, path, interview_id, at)) for at, path in cases.items()}
    ends = {at: os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for at, child in killed.items()}
    again = [forked(partial(go_on, path, interview_id)) for path in cases.values()]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in again]
    told = {at: found(path, interview_id) | {"killed": ends[at]} for at, path in cases.items()}
    print(json.dumps({"codes": codes, "cases": told}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
