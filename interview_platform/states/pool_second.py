"""The second look at a pool's best by a language model: asked for by a person, told while it goes on, kept beside."""

import asyncio

import reflex as rx

from interview_platform.states import pool_work
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_pool import PoolState
from interview_platform.states.words import count

LOOK_SECONDS = 0.5
"""How often a page looks how far it is."""


class SecondLookState(RecruiterState):
    """The panel "Second look"."""

    is_open: bool = False
    shown_job: str = ""
    model: str = ""  # who would look; "" without a model
    why_not: str = ""
    running: bool = False
    percent: int = 0
    said: str = ""

    @recruiter_event
    def load(self):
        """Another job's page begins with the panel closed."""
        if self.shown_job != self._in_path("job_id"):
            self.reset()
            self.shown_job = self._in_path("job_id")

    @recruiter_event
    async def toggle(self):
        """Open or close the panel."""
        self.shown_job, self.is_open = self._in_path("job_id"), not self.is_open
        if self.is_open:
            self.model = await asyncio.to_thread(pool_work.second_look_by)
            self.why_not = "" if self.model else pool_work.why_no_second_look()

    @recruiter_event(background=True)
    async def look(self):
        """Have the model read the best of the pool. The list stays as it is; a switch shows the other order."""
        async with self:
            if self.running:
                return
            actor, job_id = self._actor(), self.shown_job
            self.running, self.percent, self.said = True, 0, "Reading the first candidates"
        done: list[tuple[int, int]] = []
        work = asyncio.create_task(
            asyncio.to_thread(pool_work.look_again, actor, job_id, lambda *told: done.append(told))
        )
        try:
            while not work.done():
                await asyncio.wait([work], timeout=LOOK_SECONDS)
                if done:
                    async with self:
                        self._tell(*done[-1])
        finally:
            async with self:
                self.running, self.percent, self.said = False, 0, ""
        looked = work.result()
        yield PoolState.refresh
        yield rx.toast.success(f"{count(looked, 'candidate')} looked at again. The list is still as ranked.")

    def _tell(self, done: int, total: int) -> None:
        self.percent = round(100 * done / max(1, total))
        self.said = f"{self.model} reads candidates {done + 1} to {min(done + 5, total)} of {total}"
