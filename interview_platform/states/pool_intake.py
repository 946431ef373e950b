"""Résumés coming into a job's pool: uploaded, read in the background with live progress, paused and resumed."""

import asyncio
from collections.abc import AsyncIterator

import reflex as rx

from interview_platform.errors import NotFound, PlatformError
from interview_platform.services import candidates, intake, pool
from interview_platform.states import pool_work
from interview_platform.states.guard import recruiter_event
from interview_platform.states.pool_lines import Failure
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_job import JobState
from interview_platform.states.recruiter_pool import ENVELOPE_BYTES, PoolState
from interview_platform.states.words import count
from interview_platform.wiring import platform

MOST_REFUSED = 100
BEGINNING = "Reading begins"
LOOK_SECONDS = 0.6
"""How often a page looks how far the reading is."""


class IntakeState(RecruiterState):
    """What the pool shows above its list."""

    shown_job: str = ""
    sent_percent: int = 0  # of the group under way
    taken: int = 0  # groups of files that have arrived
    limit_bytes: int = 0  # of one file and of one request
    reading: str = ""  # the reading in words; "" when nothing is being read
    percent: int = 0
    waiting: int = 0  # stored files that nobody is reading
    paused: bool = False
    failures: list[Failure] = []
    refused: list[Failure] = []

    @recruiter_event
    def load(self):
        """Read how the intake of the job in the address stands."""
        held = self._in_path("job_id")
        if held != self.shown_job:
            self.reset()
            self.shown_job = held
        self.limit_bytes = platform().settings.upload_limit_mb * 1_000_000 - ENVELOPE_BYTES
        self.reading = ""
        try:
            self._read()
        except NotFound:  # the pool itself says so
            return None
        return IntakeState.watch if pool_work.progress_of(self.shown_job) else None

    @recruiter_event
    async def take_files(self, files: list[rx.UploadFile]):
        """Store uploaded files; then read them in the background. What cannot be stored is listed, the others go on."""
        actor, job_id, stored = self._actor(), self._in_path("job_id") or self.shown_job, 0
        for file in files:
            name, content = file.name or "file", await file.read()
            try:
                await asyncio.to_thread(pool_work.store, actor, job_id, name, content)
                stored += 1
            except PlatformError as error:
                self.refused = [*self.refused, Failure("", name, str(error))][-MOST_REFUSED:]
        self.taken, self.sent_percent = self.taken + 1, 0
        self._read()
        return self._read_on() if stored and not self.paused else None

    @recruiter_event
    def turn_away(self, refused: list[list[str]]):
        """Files the browser did not send: [name, why], `why` one of REFUSALS."""
        told = [
            Failure("", str(name)[:255], pool_work.REFUSALS.get(why, pool_work.LOST))
            for name, why in refused[:MOST_REFUSED]
        ]
        self.refused = [*self.refused, *told][:MOST_REFUSED]

    @recruiter_event
    def sent(self, progress: dict):
        """How much of a group has arrived."""
        self.sent_percent = round(100 * min(1.0, float(progress.get("progress") or 0)))

    @recruiter_event(background=True)
    async def read_files(self):
        """Read every stored file that waits, then rank the pool anew. Goes on when the page is closed."""
        async with self:
            actor, job_id = self._actor(), self.shown_job or self._in_path("job_id")
        if pool_work.progress_of(job_id) is not None:
            yield IntakeState.watch
            return
        work = asyncio.create_task(asyncio.to_thread(pool_work.read_all, actor, job_id))
        async for event in self._follow(job_id, work):
            yield event
        outcome = work.result()
        yield JobState.load
        yield PoolState.refresh
        if outcome and outcome.read:
            ranked = " and ranked" if outcome.ranked else ""
            yield rx.toast.success(f"{count(outcome.read, 'résumé')} read{ranked}.")

    @recruiter_event(background=True)
    async def watch(self):
        """Show the progress of a reading that another tab, this page before a reload, or the start began."""
        async with self:
            job_id = self.shown_job
        async for event in self._follow(job_id, None):
            yield event
        yield JobState.load
        yield PoolState.refresh

    @recruiter_event
    def pause(self):
        """Stop after the files under way; the rest waits."""
        pool_work.pause(self._actor(), self.shown_job, on=True)
        self._read()

    @recruiter_event
    def resume(self):
        """Read on."""
        pool_work.pause(self._actor(), self.shown_job, on=False)
        self._read()
        return self._read_on()

    @recruiter_event
    def drop_failure(self, resume: str, filename: str):
        """Take a file that could not be read, or that was never stored, off the list."""
        if resume:
            held = platform()
            with held.db() as db:
                candidates.discard(db, held.blobs, self._actor(), resume)
            self._read()
        else:
            self.refused = [held for held in self.refused if held.filename != filename]

    @recruiter_event
    def drop_failures(self):
        """Take every file that did not come in off the list."""
        held = platform()
        with held.db() as db:
            for failure in self.failures:
                candidates.discard(db, held.blobs, self._actor(), failure.resume)
        self.refused = []
        self._read()

    # --- not handlers ------------------------------------------------------------------------------------------

    async def _follow(self, job_id: str, work: asyncio.Task | None) -> AsyncIterator[object]:
        """Show a reading's progress until it is over; the list is read anew when a ranking came in between."""
        was_ranking, failed = False, -1
        try:
            while (work is not None and not work.done()) or (work is None and pool_work.progress_of(job_id)):
                held = pool_work.progress_of(job_id)
                async with self:
                    if held and self.shown_job == job_id:
                        self.reading = pool_work.progress_words(held)
                        self.percent = round(100 * held.done / max(1, held.total))
                        if held.failed != failed:
                            self.failures, failed = self._failed(), held.failed
                if was_ranking and not (held and held.ranking):
                    yield PoolState.refresh
                was_ranking = bool(held and held.ranking)
                yield None
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            async with self:
                self.reading, self.percent = "", 0
                self._read()

    def _read_on(self) -> object:
        """Begin reading; the page says so at once, before the first word on progress is there."""
        self.reading = self.reading or BEGINNING
        return IntakeState.read_files

    def _failed(self) -> list[Failure]:
        with platform().db() as db:
            rows = pool.failures(db, self._actor(), self.shown_job)
        return [Failure(row.resume_id, row.filename, row.error) for row in rows]

    def _read(self) -> None:
        self.failures = self._failed()
        with platform().db() as db:
            self.paused = intake.is_paused(db, self.shown_job)
            waiting = len(intake.waiting(db, self.shown_job))
        self.waiting = 0 if pool_work.progress_of(self.shown_job) and not self.paused else waiting
