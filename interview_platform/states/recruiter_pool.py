"""A job's pool: the ranked candidates, the search and the filters, the choice. Files come in by states/pool_intake."""

import asyncio
from dataclasses import replace

import reflex as rx

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Job, PoolView
from interview_platform.services import access, pool, pool_views
from interview_platform.services.access import Actor
from interview_platform.services.pool_standing import RankStanding, rank_standing
from interview_platform.states import pool_work
from interview_platform.states.guard import recruiter_event
from interview_platform.states.pool_lines import (
    PoolLine,
    StageChip,
    condition_words,
    grouped,
    looked_words,
    pool_line,
    requirement_choices,
    stage_chips,
)
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import count
from interview_platform.wiring import platform

PAGE = 50
MOST_CHOSEN = 500
ENVELOPE_BYTES = 100_000  # of a request, around the files in it
ORDERS = (("match", "Best match first"), ("name", "By name"), ("newest", "Newest first"))


class PoolState(RecruiterState):
    """What the pool shows. Only one page of it is ever read."""

    ready: bool = False
    problem: str = ""
    shown_pool: str = ""
    lines: list[PoolLine] = []
    search: str = ""
    stage: str = ""
    requirement: str = ""
    conditions_met: bool = False
    order: str = "match"
    first: int = 1
    last: int = 0
    total: int = 0
    everyone: int = 0
    shown: str = ""  # "Rows 51–100 of 100,000"
    found_words: str = ""  # the total with its thousands apart
    narrowed: bool = False
    stages: list[StageChip] = []
    requirements: list[list[str]] = []
    conditions: list[str] = []
    view: str = ""  # the saved view that is open
    columns: list[str] = list(pool_views.COLUMNS)
    chosen: list[str] = []
    all_here: bool = False
    more_match: bool = False  # all on this page are chosen, and more match than are chosen
    ranking: bool = False
    rank_why: str = ""  # why the pool should be ranked anew
    rank_problem: str = ""  # why the last ranking did not come about
    looked: str = ""  # who looked again, when, at how many; "" when nobody did

    @recruiter_event
    async def load(self):
        """Read the pool of the job in the address."""
        held = self._in_path("job_id")
        fresh = held != self.shown_pool
        if fresh:
            self.reset()
            self.shown_pool = held
        told = self._begin(fresh)
        try:
            await self._read()
        except NotFound as error:
            self.problem, self.ready = str(error), False
            return None
        self.problem, self.ready = "", True
        return rx.toast.info(told) if told else None

    @recruiter_event
    async def refresh(self):
        """Read the page anew, where one is shown."""
        if self.ready:
            await self._read()

    @recruiter_event
    async def find(self, text: str):
        """Narrow by name, e-mail, headline, file or skill."""
        await self._narrow(search=text[:200])

    @recruiter_event
    async def pick_stage(self, stage: str):
        """Only candidates of one stage; all with ""."""
        if stage and stage not in pool.STAGES:
            raise BadInput("There is no such status.")
        await self._narrow(stage=stage)

    @recruiter_event
    async def pick_requirement(self, requirement: str):
        """Only those in whose résumé a requirement was found, or was not."""
        await self._narrow(requirement=requirement[:200])

    @recruiter_event
    async def switch_conditions(self):
        """Only those in whose résumé every hard condition was found, or all."""
        await self._narrow(conditions_met=not self.conditions_met)

    @recruiter_event
    async def clear_filters(self):
        """Everybody again."""
        await self._narrow(search="", stage="", requirement="", conditions_met=False)

    @recruiter_event
    async def sort(self, order: str):
        """Another order."""
        if order not in pool.ORDERS:
            raise BadInput("There is no such order.")
        await self._narrow(order=order)

    @recruiter_event
    async def show_second_look(self, on: bool):
        """Those who were looked at again first, in that order; or as ranked."""
        await self._narrow(order="second" if on else "match")

    @recruiter_event
    def pick_column(self, column: str):
        """Show or leave out one column, in every job from now on."""
        if column not in pool_views.COLUMNS:
            raise BadInput("There is no such column.")
        with platform().db() as db:
            self.columns = pool_views.keep_columns(db, self._actor(), set(self.columns) ^ {column})

    @recruiter_event
    async def page(self, place: str):
        """Another page: first | earlier | later | last."""
        last = (max(self.total, 1) - 1) // PAGE * PAGE + 1
        steps = {"first": 1, "earlier": self.first - PAGE, "later": self.first + PAGE, "last": last}
        if place not in steps:
            raise BadInput("There is no such page.")
        self.first = min(max(1, steps[place]), last)
        await self._read()

    @recruiter_event
    def choose(self, application: str):
        """Tick or untick one candidate."""
        if application in self.chosen:
            self._choose([one for one in self.chosen if one != application])
        else:
            self._choose([*self.chosen, application])

    @recruiter_event
    def choose_page(self):
        """Tick all on this page, or untick them when all are ticked."""
        here = [line.application for line in self.lines]
        others = [one for one in self.chosen if one not in here]
        self._choose(others if self.all_here else [*others, *here])

    @recruiter_event
    async def choose_all(self):
        """Tick everybody the search and the filters find, up to MOST_CHOSEN."""
        actor, query = self._actor(), self._query()
        with platform().db() as db:
            found = pool.matching(db, actor, self.shown_pool, query, MOST_CHOSEN)
        self._choose(found)
        if self.total > len(found):
            said = f"The first {len(found)} of {self.found_words} are chosen: no more can be launched at once."
            return rx.toast.info(said)
        return None

    @recruiter_event
    def clear(self):
        """Untick everybody."""
        if self.chosen:
            self._choose([])

    @recruiter_event(background=True)
    async def rank(self):
        """Rank the pool anew."""
        async with self:
            if self.ranking:
                return
            actor, job_id, self.ranking = self._actor(), self.shown_pool, True
        ranked = None
        try:
            ranked = await asyncio.to_thread(pool_work.rank, actor, job_id)
        finally:
            async with self:
                self.ranking = False
                await self._read()
        yield rx.toast.success(f"{count(ranked, 'candidate')} ranked.")

    # --- not handlers ------------------------------------------------------------------------------------------

    def _begin(self, fresh: bool) -> str:
        """The view of the address, or this person's first one; what to tell her where it cannot be opened."""
        asked, actor = str(self.router.url.query_parameters.get("view", "")), self._actor()
        try:
            with platform().db() as db:
                if fresh:
                    self.columns = pool_views.columns(db, actor)
                    asked = asked or pool_views.default(db, actor, self.shown_pool)
                if asked and asked != self.view:
                    self._take(pool_views.opened(db, actor, self.shown_pool, asked))
        except NotFound as error:
            return str(error) if asked else ""
        return ""

    async def _look(self, view: str) -> None:
        """Open a view, or everybody with "". Raises NotFound."""
        with platform().db() as db:
            actor = self._actor()
            row = pool_views.opened(db, actor, self.shown_pool, view) if view else None
            own = pool_views.columns(db, actor)
        self._take(row or PoolView(columns=own))
        await self._read()

    def _take(self, row: PoolView) -> None:
        self.view = row.id if row.name else ""
        self.search, self.stage, self.requirement = row.search, row.stage, row.requirement
        self.conditions_met, self.order, self.first = row.conditions_met, row.sort, 1
        self.columns = pool_views.known_columns(row.columns)

    async def _narrow(self, **wanted: object) -> None:
        """Change the question and begin at its first page."""
        for name, value in wanted.items():
            setattr(self, name, value)
        self.first = 1
        await self._read()

    def _query(self) -> pool.PoolQuery:
        return pool.PoolQuery(
            self.search, self.stage, self.requirement, self.conditions_met, self.order, self.first - 1, PAGE
        )

    async def _read(self) -> None:
        """One page from the database; in a thread, as a large pool takes it a moment."""
        page, standing, job = await asyncio.to_thread(_page, self._actor(), self.shown_pool, self._query())
        if page.total and not page.rows:  # the last page is gone meanwhile
            self.first = 1
            page, standing, job = await asyncio.to_thread(_page, self._actor(), self.shown_pool, self._query())
        self.total, self.everyone = page.total, page.everyone
        self.last = self.first - 1 + len(page.rows)
        self.found_words = grouped(page.total)
        self.shown = f"Rows {grouped(self.first)}–{grouped(self.last)} of {self.found_words}" if page.rows else ""
        self.stages = stage_chips(page.stages, self.stage)
        self.requirements = requirement_choices(list(job.required_skills), list(job.preferred_skills))
        self.conditions = [condition_words(held["kind"], held["value"]) for held in job.conditions]
        self.narrowed = bool(self.search.strip() or self.stage or self.requirement or self.conditions_met)
        self.rank_why = standing.why
        self.looked = looked_words(page)
        if not self.looked and self.order == "second":  # a new ranking forgot it: the rows are in SmartFilter's order
            self.order = "match"
        self.rank_problem = platform().intake.ranking_problem(self.shown_pool)
        self.lines = [
            pool_line(row, self.shown_pool, number, row.application_id in self.chosen)
            for number, row in enumerate(page.rows, start=self.first)
        ]
        self._choose(self.chosen)

    def _choose(self, chosen: list[str]) -> None:
        """Who is ticked; the lines show it."""
        if len(chosen) > MOST_CHOSEN:
            raise BadInput(f"At most {MOST_CHOSEN} candidates can be chosen at once.")
        self.chosen, held = chosen, set(chosen)
        if any(line.chosen != (line.application in held) for line in self.lines):
            self.lines = [replace(line, chosen=line.application in held) for line in self.lines]
        self.all_here = bool(self.lines) and all(line.chosen for line in self.lines)
        self.more_match = self.all_here and len(chosen) < min(self.total, MOST_CHOSEN)


def _page(actor: Actor, job_id: str, query: pool.PoolQuery) -> tuple[pool.PoolPage, RankStanding, Job]:
    with platform().db() as db:
        job = access.job(db, actor, job_id)
        return pool.pool(db, actor, job_id, query), rank_standing(db, actor, job_id), job
