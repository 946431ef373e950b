"""From stored files to a ranked pool: each file is read, one that cannot be read stops no other, the list fills.

One `Intake` serves the process. A job's files are read two at a time until none waits or a person pauses; the pool is
ranked every RANK_EVERY files and at the end. What is stored and unread survives a restart: `recover` reads on.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field

import structlog
from langchain_core.embeddings import Embeddings
from sqlalchemy import Engine

from interview_platform.errors import PlatformError
from interview_platform.models import Resume, session
from interview_platform.ports import Blobs, ResumeParser, Sessions, Vectors
from interview_platform.services import access, candidates, correlation, intake, pool_ranking
from interview_platform.services.access import Actor

WORKERS = 2
RANK_EVERY = 50
"""So many files are read before the pool is ranked in between."""
RANK_SHARE = 4
"""In between, ranking waits this many times as long as the last one took: a large pool is not ranked all the time."""
LOOK_SECONDS = 1.0
"""How often the database is asked which files wait; they may be many."""
NEWS_SECONDS = 300
"""How long progress is believed without news: longer than one file or one ranking takes."""
PROBLEM_SECONDS = 7 * 86_400
FAULT = "Something went wrong on our side while reading this file. It is kept; upload it again to have it read."
NOT_RANKED = "Something went wrong on our side while ranking. Rank the pool again; the résumés need not be sent again."
_log = structlog.get_logger()


@dataclass(frozen=True)
class Progress:
    """How far the reading of a job's files is. `left_seconds` is None until it can be said."""

    done: int
    total: int
    failed: int
    left_seconds: int | None
    ranking: bool = False


@dataclass
class Ingested:
    """What came of it. `ranking_error` is for the recruiter; the files that were read are kept in any case."""

    read: int = 0
    failed: int = 0
    ranked: int = 0
    ranking_error: str = ""


@dataclass
class _Run:
    """One job's reading while it goes on."""

    actor: Actor
    job_id: str
    tried: set[str] = field(default_factory=set)
    queue: deque[str] = field(default_factory=deque)
    outcome: Ingested = field(default_factory=Ingested)
    begun: float = field(default_factory=time.monotonic)
    looked: float = 0.0  # when the queue was last read from the database
    unranked: int = 0  # files read since the last ranking
    rank_after: float = 0.0  # not in between before this moment

    @property
    def done(self) -> int:
        return self.outcome.read + self.outcome.failed

    def progress(self, under_way: int, ranking: bool) -> Progress:
        waiting = len(self.queue) + under_way
        left = round((time.monotonic() - self.begun) / self.done * waiting) if self.done >= WORKERS else None
        return Progress(self.done, self.done + waiting, self.outcome.failed, left, ranking)


class Intake:
    """Reads files in the background of the web process. Threads may share it."""

    def __init__(
        self,
        engine: Engine,
        blobs: Blobs,
        parser: ResumeParser,
        embeddings: Callable[[], Embeddings],
        sessions: Sessions,
        vectors: Callable[[], Vectors | None] = lambda: None,
    ) -> None:
        """`embeddings` may raise ModelMissing: files are read all the same and ranked once it is there."""
        self._engine, self._blobs, self._parser = engine, blobs, parser
        self._embeddings, self._vectors, self._sessions = embeddings, vectors, sessions
        self._running: set[str] = set()
        self._lock = threading.Lock()
        self._due: set[str] = set()  # jobs whose ranking waits for its turn
        self._turn = threading.Lock()
        self._stopping = threading.Event()

    @correlation.together
    def run(self, actor: Actor, job_id: str) -> Ingested | None:
        """Read what waits, and what arrives meanwhile, then rank. Takes seconds to minutes; never raises for a file.

        None where the job is being read already: that reading takes the new files, too.
        """
        run = _Run(actor, job_id)
        began = False
        while self._begin(job_id):
            began = True
            try:
                self._read_all(run)
            finally:
                self._end(job_id)
            if self._stopping.is_set() or not self._refill(run):
                break
        return run.outcome if began else None

    @correlation.together
    def rank(self, actor: Actor, job_id: str) -> int:
        """Rank the pool; how many. Raises PlatformError. What went wrong is kept for `ranking_problem`."""
        try:
            embeddings, vectors = self._embeddings(), self._vectors()
            with session(self._engine) as db:
                ranked = pool_ranking.rank(db, actor, embeddings, vectors, job_id)
        except PlatformError as error:
            self._sessions.put(f"not-ranked:{job_id}", {"why": str(error)}, PROBLEM_SECONDS)
            raise
        self._sessions.delete(f"not-ranked:{job_id}")
        return ranked

    def rank_soon(self, actor: Actor, job_id: str) -> None:
        """Rank the pool after something came that needed no reading. Blocking; while one call waits for its turn,
        further ones for the same job are served by it. Never raises: why not stands in `ranking_problem`."""
        with self._lock:
            if job_id in self._due or self._stopping.is_set():
                return
            self._due.add(job_id)
        with self._turn:
            with self._lock:
                self._due.discard(job_id)
            with suppress(PlatformError):
                self.rank(actor, job_id)

    def progress(self, job_id: str) -> Progress | None:
        """How far the reading of a job's files is, or None when nothing is being read."""
        held = self._sessions.get(f"reading:{job_id}")
        return Progress(**held) if held else None  # type: ignore[arg-type]

    def ranking_problem(self, job_id: str) -> str:
        """Why the last ranking did not come about, or ""."""
        return str((self._sessions.get(f"not-ranked:{job_id}") or {}).get("why", ""))

    def recover(self) -> list[str]:
        """Read on where an earlier process stopped; the jobs it took. Blocking."""
        with session(self._engine) as db:
            found = intake.unfinished(db)
        for organisation_id, job_id in found:
            if not self._stopping.is_set():
                self.run(access.system(organisation_id), job_id)
        return [job_id for _, job_id in found]

    def close(self) -> None:
        """Take no more files; those being read are finished by their own threads."""
        self._stopping.set()

    # --- one job's reading -------------------------------------------------------------------------------------

    def _begin(self, job_id: str) -> bool:
        with self._lock:
            if job_id in self._running or self._stopping.is_set():
                return False
            self._running.add(job_id)
            return True

    def _end(self, job_id: str) -> None:
        self._sessions.delete(f"reading:{job_id}")
        with self._lock:
            self._running.discard(job_id)

    def _read_all(self, run: _Run) -> None:
        running: set[Future[str]] = set()
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="ingest") as pool:
            while True:
                while len(running) < WORKERS and (resume_id := self._next(run)):
                    running.add(pool.submit(self._read, resume_id))
                self._tell(run, len(running))
                if not running:
                    break
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    self._count(run, future.result())
                if run.unranked >= RANK_EVERY and time.monotonic() >= run.rank_after:
                    self._rank(run, len(running))
        if run.unranked and not self._stopping.is_set():
            self._rank(run, 0)

    def _next(self, run: _Run) -> str:
        """The next file, or "" when there is none or the reading is to stop."""
        if self._stopping.is_set() or not self._refill(run):
            return ""
        resume_id = run.queue.popleft()
        run.tried.add(resume_id)
        return resume_id

    def _refill(self, run: _Run) -> bool:
        """Whether files wait that may be read; one that could not even be marked as failed is not tried again."""
        with session(self._engine) as db:
            paused = intake.is_paused(db, run.job_id)
            if not run.queue or time.monotonic() - run.looked > LOOK_SECONDS:
                run.queue = deque(one for one in intake.waiting(db, run.job_id) if one not in run.tried)
                run.looked = time.monotonic()
        return bool(run.queue) and not paused

    def _count(self, run: _Run, error: str) -> None:
        run.outcome.failed += bool(error)
        run.outcome.read += not error
        run.unranked += not error

    def _tell(self, run: _Run, under_way: int, ranking: bool = False) -> None:
        held = run.progress(under_way, ranking)
        self._sessions.put(f"reading:{run.job_id}", dict(vars(held)), NEWS_SECONDS)

    def _read(self, resume_id: str) -> str:
        """What is wrong with the file, "" when it was read."""
        try:
            return candidates.ingest(self._engine, self._blobs, resume_id, self._parser).error
        except Exception:
            _log.exception("resume_not_read", resume_id=resume_id)
            row = self._given_up(resume_id)
        return row.error if row else FAULT

    def _given_up(self, resume_id: str) -> Resume | None:
        try:
            return candidates.give_up(self._engine, resume_id, FAULT)
        except Exception:  # removed meanwhile, or the database is away
            _log.exception("resume_not_given_up", resume_id=resume_id)
            return None

    def _rank(self, run: _Run, under_way: int) -> None:
        self._tell(run, under_way, ranking=True)
        begun = time.monotonic()
        try:
            run.outcome.ranked, run.outcome.ranking_error = self.rank(run.actor, run.job_id), ""
        except PlatformError as error:
            run.outcome.ranking_error = str(error)
        except Exception:
            _log.exception("pool_not_ranked", job_id=run.job_id)
            run.outcome.ranking_error = NOT_RANKED
            self._sessions.put(f"not-ranked:{run.job_id}", {"why": NOT_RANKED}, PROBLEM_SECONDS)
        run.unranked, run.rank_after = 0, time.monotonic() + RANK_SHARE * (time.monotonic() - begun)
