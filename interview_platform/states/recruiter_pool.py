"""A job's pool: the ranked candidates, the search, the choice, and résumés coming in."""

import asyncio
from collections.abc import AsyncIterator

import reflex as rx

from interview_platform.errors import BadInput, NotFound, PlatformError
from interview_platform.services import candidates
from interview_platform.states import pool_work
from interview_platform.states.guard import recruiter_event
from interview_platform.states.pool_lines import Failure, PoolLine, pool_line
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_job import JobState
from interview_platform.states.words import count
from interview_platform.wiring import platform

PAGE = 50
ENVELOPE_BYTES = 100_000  # of a request, around the files in it
MOST_REFUSED = 100
ORDERS = (("match", "Best match first"), ("name", "By name"), ("newest", "Newest first"))


class PoolState(RecruiterState):
    """What the pool shows."""

    ready: bool = False
    problem: str = ""
    shown_pool: str = ""
    lines: list[PoolLine] = []
    search: str = ""
    order: str = "match"
    first: int = 1
    last: int = 0
    total: int = 0
    anyone: bool = False
    chosen: list[str] = []
    failures: list[Failure] = []
    refused: list[Failure] = []
    working: str = ""  # what is being done, in words; "" when nothing is
    percent: int = 0
    waiting: int = 0  # stored files that nobody is reading
    taken: int = 0  # groups of files that have arrived
    limit_bytes: int = 0  # of one file and of one request

    @recruiter_event
    def load(self):
        """Read the pool of the job in the address."""
        held = self._in_path("job_id")
        if held != self.shown_pool:
            self.reset()
            self.shown_pool = held
        self.limit_bytes = platform().settings.upload_limit_mb * 1_000_000 - ENVELOPE_BYTES
        self.working = self.working if pool_work.progress_of(self.shown_pool) else ""
        try:
            self._read()
        except NotFound as error:
            self.problem, self.ready = str(error), False
            return None
        self.problem, self.ready = "", True
        if pool_work.progress_of(self.shown_pool) and not self.working:
            return PoolState.watch
        return None

    @recruiter_event
    def find(self, text: str):
        """Narrow by name, e-mail, headline or skill."""
        self.search, self.first = text[:200], 1
        self._read()

    @recruiter_event
    def sort(self, order: str):
        """Another order."""
        if order not in candidates.ORDERS:
            raise BadInput("There is no such order.")
        self.order, self.first = order, 1
        self._read()

    @recruiter_event
    def page(self, step: int):
        """Go on (1) or back (-1)."""
        self.first = max(1, self.first + step * PAGE)
        self._read()

    @recruiter_event
    def choose(self, application: str):
        """Tick or untick one candidate."""
        held = list(self.chosen)
        self.chosen = [one for one in held if one != application] if application in held else [*held, application]
        self._read()

    @recruiter_event
    def choose_page(self):
        """Tick all on this page, or untick them when all are ticked."""
        here = [line.application for line in self.lines]
        others = [one for one in self.chosen if one not in here]
        self.chosen = others if all(one in self.chosen for one in here) else [*others, *here]
        self._read()

    @recruiter_event
    def clear(self):
        """Untick everybody."""
        if self.chosen:
            self.chosen = []
            self._read()

    @recruiter_event
    async def take_files(self, files: list[rx.UploadFile]):
        """Store uploaded files; then read them in the background. What cannot be stored is listed, the others go on."""
        actor, job_id = self._actor(), self._in_path("job_id") or self.shown_pool
        stored = []
        for file in files:
            name, content = file.name or "file", await file.read()
            try:
                stored.append(await asyncio.to_thread(pool_work.store, actor, job_id, name, content))
            except PlatformError as error:
                self.refused = [*self.refused, Failure("", name, str(error))]
        self.taken, self.percent = self.taken + 1, 0
        self.working = f"Reading {count(len(stored), 'file')}" if stored else ""
        self._read()
        return PoolState.read_files if stored else None

    @recruiter_event
    def turn_away(self, refused: list[list[str]]):
        """Files the browser did not send: [name, why], `why` one of REFUSALS."""
        told = [
            Failure("", str(name)[:255], pool_work.REFUSALS.get(why, pool_work.LOST))
            for name, why in refused[:MOST_REFUSED]
        ]
        self.refused = [*self.refused, *told][:MOST_REFUSED]
        self.working = "" if any(why == "lost" for _, why in refused) else self.working

    @recruiter_event
    def sent(self, progress: dict):
        """How much of the upload has arrived."""
        share = float(progress.get("progress") or 0)
        self.working, self.percent = "Sending files", round(100 * min(1.0, share))
        if share >= 1:
            self.working = "Storing files"

    @recruiter_event(background=True)
    async def read_files(self):
        """Read every stored file that waits, then rank the pool anew. Goes on when the page is closed."""
        async with self:
            actor, job_id = self._actor(), self.shown_pool
        resume_ids = pool_work.unread(actor, job_id)
        if pool_work.progress_of(job_id) is not None or not resume_ids:
            yield PoolState.watch
            return
        work = asyncio.create_task(asyncio.to_thread(pool_work.read_all, actor, job_id, resume_ids))
        async for _ in self._follow(job_id, work):
            pass
        yield JobState.load
        work.result()
        async with self:
            read = len(resume_ids) - sum(failure.resume in resume_ids for failure in self.failures)
        if read:
            yield rx.toast.success(f"{count(read, 'résumé')} read and ranked.")

    @recruiter_event(background=True)
    async def watch(self):
        """Show the progress of a reading that another tab, or this page before a reload, began."""
        async with self:
            job_id = self.shown_pool
        async for _ in self._follow(job_id, None):
            pass
        yield JobState.load

    @recruiter_event(background=True)
    async def rank(self):
        """Rank the pool anew."""
        async with self:
            actor, job_id = self._actor(), self.shown_pool
            self.working, self.percent = "Ranking candidates", 0
        try:
            ranked = await asyncio.to_thread(pool_work.rank, actor, job_id)
        finally:
            async with self:
                self.working = ""
                self._read()
        yield rx.toast.success(f"{count(ranked, 'candidate')} ranked.")

    @recruiter_event
    def drop_failure(self, resume: str):
        """Take a file that could not be read off the list."""
        if resume:
            held = platform()
            with held.db() as db:
                candidates.discard(db, held.blobs, self._actor(), resume)
            self._read()
        else:
            self.refused = []

    async def _follow(self, job_id: str, work: asyncio.Task | None) -> AsyncIterator[None]:
        """Show a reading's progress until it is over."""
        try:
            while (work is not None and not work.done()) or (work is None and pool_work.progress_of(job_id)):
                held = pool_work.progress_of(job_id) or {"words": "Reading files", "percent": 0}
                async with self:
                    if self.working != str(held["words"]):
                        self.working, self.percent = str(held["words"]), int(str(held["percent"]))
                        self._read()
                yield
                await asyncio.sleep(0.6)
        finally:
            async with self:
                self.working, self.percent = "", 0
                self._read()

    def _read(self) -> None:
        with platform().db() as db:
            actor = self._actor()
            rows = candidates.pool(db, actor, self.shown_pool, self.search, self.order)
            failed = candidates.failures(db, actor, self.shown_pool)
            everyone = len(rows) if not self.search else len(candidates.pool(db, actor, self.shown_pool))
        self.total, self.anyone = len(rows), everyone > 0
        self.first = self.first if self.first <= self.total else 1
        shown = rows[self.first - 1 : self.first - 1 + PAGE]
        self.lines = [pool_line(row, number, self.chosen) for number, row in enumerate(shown, start=self.first)]
        self.last = self.first - 1 + len(shown)
        self.failures = [Failure(row.resume_id, row.filename, row.error) for row in failed]
        self.waiting = 0 if self.working else len(pool_work.unread(actor, self.shown_pool))
