"""Scores a job's interviews anew, one after the other, in the background, and lets new scores count when told to.

Where it stands is in the database alone (services/rescoring): it can be paused, and a restart goes on where it was. It
gives way to live interviews: while somebody is being interviewed it waits a moment before each one. Each interview is
a step of durable work; without it a thread of this process does them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from interview_platform.errors import NotFound, PlatformError
from interview_platform.models import Job, Report, session
from interview_platform.ports import AnswerJudge, DurableWork, Steps
from interview_platform.services import access, audit, correlation, reports, rescoring
from interview_platform.workflows.durable import RESCORING, AtOnce, ask

GIVES_WAY_SECONDS = 5.0
"""For so long it waits before an interview while others are being held."""
_log = structlog.get_logger()


class Rescoring:
    """One job after the other."""

    def __init__(
        self,
        engine: Engine,
        judge: Callable[[], AnswerJudge],
        key: bytes = b"",
        busy: Callable[[], bool] | None = None,
        durable: Callable[[], DurableWork] | None = None,
    ) -> None:
        """`judge` makes the judge, or raises PlatformError. `busy`: whether interviews are being held now."""
        self._engine, self._judge, self._key, self._durable = engine, judge, key, durable
        self._busy = busy or (lambda: False)
        self._lock, self._scoring = threading.Lock(), threading.Lock()
        self._waiting: list[str] = []
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()

    def go_on(self, job_id: str) -> None:
        """Work on this job, now or after the one at hand; returns at once."""
        with session(self._engine) as db:
            job, wanted = db.get(Job, job_id), rescoring.last(db, job_id)
        if job is None or wanted not in (rescoring.RUNNING, rescoring.ADOPTING):
            return
        if self._durable is None:
            self._by_thread(job_id)
        else:
            ask(self._durable(), RESCORING, job.organisation_id, job_id, partial(self._by_thread, job_id))

    def _by_thread(self, job_id: str) -> None:
        with self._lock:
            if job_id not in self._waiting:
                self._waiting.append(job_id)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="rescoring", daemon=True)
                self._thread.start()

    def recover(self) -> list[str]:
        """At start: go on with what an earlier process left; the jobs."""
        with session(self._engine) as db:
            found = rescoring.unfinished(db)
        for job_id in found:
            self.go_on(job_id)
        return found

    def wait(self, seconds: float | None = None) -> None:
        """Until nothing is left to do."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def close(self) -> None:
        """Stop after the interview at hand."""
        self._closed.set()
        self.wait(30)

    @correlation.together
    def work(self, job_id: str, steps: Steps | None = None) -> None:
        """Do what there is to do for this job, on this thread, until it is done or paused."""
        kept = steps or AtOnce()
        found = kept.do("plan", partial(self._plan, job_id))
        if found["state"] == rescoring.RUNNING:
            for interview_id in found["waiting"]:
                if not kept.do("score", partial(self._next, job_id, interview_id)):
                    return
        elif found["state"] == rescoring.ADOPTING:
            kept.do("take", partial(self._take, job_id))

    def _plan(self, job_id: str) -> dict[str, object]:
        with session(self._engine) as db:
            return {"state": rescoring.state(db, job_id).state, "waiting": rescoring.todo(db, job_id)}

    def _next(self, job_id: str, interview_id: str) -> bool:
        """Score this interview, unless it is done; False where the job is to be left."""
        with self._scoring:  # work that is taken up again may meet work that was asked for meanwhile
            if not self._goes_on(job_id):
                return False
            self._give_way()
            with session(self._engine) as db:
                left = interview_id in rescoring.todo(db, job_id)
            if left:
                self._score(job_id, interview_id)
            return True

    def _run(self) -> None:
        while not self._closed.is_set():
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return
                job_id = self._waiting.pop(0)
            try:
                self.work(job_id)
            except Exception:
                _log.exception("rescoring_stopped", job_id=job_id)

    def _goes_on(self, job_id: str) -> bool:
        if self._closed.is_set():
            return False
        with session(self._engine) as db:
            return rescoring.last(db, job_id) == rescoring.RUNNING

    def _give_way(self) -> None:
        until = time.monotonic() + GIVES_WAY_SECONDS
        while self._busy() and time.monotonic() < until and not self._closed.wait(0.25):
            pass

    def _score(self, job_id: str, interview_id: str) -> None:
        """One interview; what fails is noted, and the others go on."""
        try:
            reports.propose(self._engine, interview_id, self._judge(), self._key)
        except NotFound:
            return  # deleted meanwhile
        except PlatformError as error:
            self._failed(job_id, interview_id, str(error))
        except Exception:
            _log.exception("rescoring_failed", interview_id=interview_id)
            self._failed(job_id, interview_id, "The judge did not do its part.")

    def _failed(self, job_id: str, interview_id: str, why: str) -> None:
        with session(self._engine) as db:
            job = db.get(Job, job_id)
            if job is not None:
                rescoring.failed(db, job, interview_id, why)

    def _take(self, job_id: str) -> None:
        with session(self._engine) as db:
            waiting = rescoring.proposals(db, job_id)
        stale = 0
        for report_id in waiting:
            if self._closed.is_set():
                return
            with session(self._engine) as db:
                report = db.get(Report, report_id)
                stale += report is not None and not reports.adopt(db, report, self._key)
        with session(self._engine) as db:
            self._over(db, job_id, len(waiting) - stale, stale)

    def _over(self, db: Session, job_id: str, taken: int, stale: int) -> None:
        job = db.get(Job, job_id)
        if job is not None:
            actor = access.system(job.organisation_id)
            audit.record(db, actor, rescoring.TAKEN, f"job:{job_id}", taken=taken, stale=stale)
