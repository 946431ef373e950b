"""How the score of a job's pool is made: the weight of each part, changed by the recruiter, the list ranked at once."""

import asyncio
from dataclasses import dataclass

from interview_platform.errors import BadInput
from interview_platform.services import access, pool_ranking
from interview_platform.services.access import Actor
from interview_platform.services.rank_parts import PART_NAMES, WEIGHTS
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_pool import PoolState
from interview_platform.wiring import platform

MEANINGS = {
    "required": "How many of the required skills the résumé shows, each in a sentence of its own.",
    "preferred": "How many of the preferred skills it shows.",
    "meaning": "How near headline, latest roles and text are to the job, whichever words they use.",
    "words": "How many of the job's own weighty words stand in it.",
    "experience": "How long the person did work of this kind.",
    "recency": "How lately the person did work of this kind.",
}
"""What each part of the score means."""


@dataclass
class Slider:
    """One part of the score. `value` 0..100 is what was chosen, `share` what it makes of the whole."""

    part: str
    name: str
    meaning: str
    value: int
    share: str


class WeightsState(RecruiterState):
    """The panel "How the score is made"."""

    is_open: bool = False
    shown_job: str = ""
    parts: list[str] = []  # of the score, that this job has
    sliders: list[Slider] = []
    own: bool = False  # other than SmartFilter's
    wrong: str = ""
    working: bool = False

    @recruiter_event
    def load(self):
        """Another job's page begins with the panel closed."""
        if self.shown_job != self._in_path("job_id"):
            self.reset()
            self.shown_job = self._in_path("job_id")

    @recruiter_event
    def toggle(self):
        """Open or close the panel."""
        self.shown_job = self._in_path("job_id")
        self.is_open, self.wrong = not self.is_open, ""
        if self.is_open:
            with platform().db() as db:
                job = access.job(db, self._actor(), self.shown_job)
            self.parts = [part for part in WEIGHTS if part != "preferred" or job.preferred_skills]
            self._show(pool_ranking.weights_of(job))

    @recruiter_event
    def write(self, part: str, value: str):
        """A slider was moved."""
        if part not in WEIGHTS or not str(value).isdigit() or int(value) > 100:
            raise BadInput("A weight is a number from 0 to 100.")
        chosen = {held.part: held.value for held in self.sliders} | {part: int(value)}
        self._show({name: weight / 100 for name, weight in chosen.items()})
        self.wrong = "" if any(chosen.values()) else "At least one part must count, or nobody could be ranked."
        return None if self.wrong else WeightsState.apply

    @recruiter_event
    def reset_weights(self):
        """SmartFilter's own weights again."""
        self._show(WEIGHTS)
        self.wrong = ""
        return WeightsState.apply

    @recruiter_event(background=True)
    async def apply(self):
        """Rank the list by the weights shown; moved again meanwhile, once more."""
        async with self:
            if self.working:
                return
            self.working, actor, job_id = True, self._actor(), self.shown_job
        try:
            done = None
            while True:
                async with self:
                    wanted = self._chosen() if self.shown_job == job_id else done
                if wanted is None or wanted == done:
                    break
                await asyncio.to_thread(_reweigh, actor, job_id, wanted)
                done = wanted
                yield PoolState.refresh
        finally:
            async with self:
                self.working = False

    # --- not handlers ------------------------------------------------------------------------------------------

    def _chosen(self) -> dict[str, float]:
        """The weights shown; a part this job lacks keeps its own, for the day it has it."""
        return {**WEIGHTS, **{held.part: held.value / 100 for held in self.sliders}}

    def _show(self, weights: dict[str, float]) -> None:
        values = {part: round(100 * weights.get(part, 0.0)) for part in self.parts}
        whole = sum(values.values()) or 1
        self.sliders = [
            Slider(part, PART_NAMES.get(part, part), MEANINGS.get(part, ""), value, f"{100 * value / whole:.0f}%")
            for part, value in values.items()
        ]
        self.own = values != {part: round(100 * WEIGHTS[part]) for part in self.parts}


def _reweigh(actor: Actor, job_id: str, weights: dict[str, float]) -> int:
    with platform().db() as db:
        return pool_ranking.reweigh(db, actor, job_id, weights)
