"""The organisation's talent pool: everybody it knows, searched; the best for a job; added to a job's pool."""

import asyncio
from dataclasses import dataclass, replace

import reflex as rx

from interview_platform import routes
from interview_platform.errors import BadInput
from interview_platform.services import talent_list
from interview_platform.services.access import Actor
from interview_platform.services.talent_list import TalentRow
from interview_platform.services.talent_pool import Talent
from interview_platform.states import pool_work
from interview_platform.states.guard import recruiter_event
from interview_platform.states.pool_lines import LOOKS, MOST_DOTS, Dot, grouped
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import STAGES, ago, count
from interview_platform.wiring import platform

PAGE = 50
MOST_CHOSEN = 500
MOST_SKILLS = 5
MOST_JOBS = 2


@dataclass
class JobLink:
    """A job somebody came for: where it leads, and where it stands."""

    title: str
    href: str
    stage: str


@dataclass
class TalentLine:
    """One person. `score` below 0: not ranked for a job. `dots`: the job's requirements, else skills."""

    candidate: str
    name: str
    note: str
    href: str
    score: int
    steps: int
    dots: list[Dot]
    more: int
    jobs: list[JobLink]
    more_jobs: int
    when: str
    chosen: bool


class TalentState(RecruiterState):
    """What the page shows. Only one page of people is ever read."""

    ready: bool = False
    problem: str = ""
    lines: list[TalentLine] = []
    search: str = ""
    first: int = 1
    last: int = 0
    total: int = 0
    everyone: int = 0
    shown: str = ""
    size: str = ""
    jobs: list[list[str]] = []  # [id, title] of open jobs
    choices: list[list[str]] = []  # the same, with everybody before them
    job: str = ""  # for which people are ranked; "" for everybody
    job_title: str = ""
    ranking: bool = False
    chosen: list[str] = []
    names: dict[str, str] = {}  # of those chosen, also on other pages
    all_here: bool = False
    asking: bool = False
    target: str = ""
    adding: bool = False

    @recruiter_event
    async def load(self):
        """Everybody, from the first page."""
        self.reset()
        with platform().db() as db:
            self.jobs = [list(pair) for pair in talent_list.open_jobs(db, self._actor())]
        self.choices = [["", "Everybody, newest first"], *[[one, f"Best for {title}"] for one, title in self.jobs]]
        await self._read()
        self.ready = True

    @recruiter_event
    async def find(self, text: str):
        """Narrow by name, e-mail, headline, file or skill."""
        self.search, self.first = text[:200], 1
        await self._read()

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
    async def pick_job(self, job: str):
        """The best for a job who are not in its pool; "" for everybody again."""
        if job and job not in [one for one, _ in self.jobs]:
            raise BadInput("This job is not open.")
        self.job, self.job_title, self.first = job, dict(self.jobs).get(job, ""), 1
        if job:
            return TalentState.rank
        return await self._read()

    @recruiter_event(background=True)
    async def rank(self):
        """Rank everybody for the job; stores nothing."""
        async with self:
            actor, job, self.ranking, self.lines = self._actor(), self.job, True, []
        lines: list[TalentLine] = []
        try:
            lines = await asyncio.to_thread(_best, actor, job)
        except Exception:
            async with self:
                self.job, self.job_title = "", ""
                await self._read()
            raise
        finally:
            async with self:
                self.ranking = False
        async with self:
            if self.job == job:
                self._show(lines, len(lines))
                self.shown = f"The best {len(lines)} who are not in this job's pool" if lines else ""

    @recruiter_event
    def choose(self, candidate: str):
        """Tick or untick one person."""
        others = [one for one in self.chosen if one != candidate]
        self._choose(others if candidate in self.chosen else [*self.chosen, candidate])

    @recruiter_event
    def choose_page(self):
        """Tick all on this page, or untick them when all are ticked."""
        here = [line.candidate for line in self.lines]
        others = [one for one in self.chosen if one not in here]
        self._choose(others if self.all_here else [*others, *here])

    @recruiter_event
    def clear(self):
        """Untick everybody."""
        self._choose([])

    @recruiter_event
    def ask(self, on: bool):
        """Open or close the dialog that asks for the job."""
        self.asking = on and bool(self.chosen)
        self.target = self.target or self.job or (self.jobs[0][0] if self.jobs else "")

    @recruiter_event
    def pick_target(self, job: str):
        """For which job the chosen are to be considered."""
        if job not in [one for one, _ in self.jobs]:
            raise BadInput("This job is not open.")
        self.target = job

    @recruiter_event(background=True)
    async def consider(self):
        """Add the chosen to the job's pool, then rank it."""
        async with self:
            if self.adding or not self.target:
                return
            actor, job, people, self.adding = self._actor(), self.target, list(self.chosen), True
        try:
            taken, title = await asyncio.to_thread(pool_work.consider, actor, job, people)
        finally:
            async with self:
                self.adding = False
        async with self:
            self.asking = False
            self._choose([])
            await self._read()
            again = bool(self.job)
        yield rx.toast.success(_taken_words(taken, len(people), title))
        if again:
            yield TalentState.rank
        if taken:
            await asyncio.to_thread(pool_work.rank, actor, job)

    # --- not handlers ------------------------------------------------------------------------------------------

    async def _read(self) -> None:
        """One page from the database; nothing while people are ranked for a job."""
        if self.job:
            return
        found = await asyncio.to_thread(_page, self._actor(), self.search, self.first - 1)
        self._show([_line(row) for row in found.rows], found.total)
        self.everyone = found.everyone
        self.size = f"{grouped(found.everyone)} {'person' if found.everyone == 1 else 'people'} in all jobs"
        rows = f"Rows {grouped(self.first)}–{grouped(self.last)} of {grouped(found.total)}"
        self.shown = rows if found.rows else ""

    def _show(self, lines: list[TalentLine], total: int) -> None:
        self.lines, self.total = lines, total
        self.last = self.first - 1 + len(lines)
        self._choose(self.chosen)

    def _choose(self, chosen: list[str]) -> None:
        """Who is ticked; the lines show it."""
        if len(chosen) > MOST_CHOSEN:
            raise BadInput(f"At most {MOST_CHOSEN} people can be chosen at once.")
        known = {**self.names, **{line.candidate: line.name for line in self.lines}}
        self.chosen, held = chosen, set(chosen)
        self.names = {one: known.get(one, "") for one in chosen}
        self.lines = [replace(line, chosen=line.candidate in held) for line in self.lines]
        self.all_here = bool(self.lines) and all(line.chosen for line in self.lines)


def _page(actor: Actor, words: str, first: int) -> talent_list.TalentPage:
    with platform().db() as db:
        return talent_list.search(db, actor, words, first, PAGE)


def _best(actor: Actor, job: str) -> list[TalentLine]:
    found = pool_work.best_for(actor, job)
    with platform().db() as db:
        rows = {row.candidate_id: row for row in talent_list.rows(db, actor, [one.candidate_id for one in found])}
    return [_line(rows[one.candidate_id], one) for one in found if one.candidate_id in rows]


def _line(row: TalentRow, talent: Talent | None = None) -> TalentLine:
    score = round(talent.score) if talent else -1
    dots = _requirements(talent) if talent else [Dot(skill, "plain", "in the résumé") for skill in row.skills]
    most = MOST_DOTS if talent else MOST_SKILLS
    jobs = [JobLink(one.title, routes.candidate(one.job_id, one.application_id), _stage(one.stage)) for one in row.jobs]
    return TalentLine(
        candidate=row.candidate_id,
        name=row.name or row.filename or "Name not found",
        note=row.headline or row.email,
        href=jobs[0].href if jobs else "",
        score=score,
        steps=0 if score < 0 else min(5, score // 20 + 1),
        dots=dots[:most],
        more=max(0, len(dots) - most),
        jobs=jobs[:MOST_JOBS],
        more_jobs=max(0, len(jobs) - MOST_JOBS),
        when=ago(row.created_at),
        chosen=False,
    )


def _requirements(talent: Talent) -> list[Dot]:
    made = []
    for held in reversed(talent.requirements):  # a wish counts from the last; people read what is required first
        look, said = LOOKS[held.status]
        made.append(Dot(held.skill, look, f"{said} in the résumé{'' if held.required else ' (preferred)'}"))
    return made


def _stage(stage: str) -> str:
    return STAGES.get(stage, (stage, ""))[0]


def _taken_words(taken: int, asked: int, title: str) -> str:
    if not taken:
        return f"All of them are in the pool of {title} already."
    known = f" {count(asked - taken, 'person was', 'people were')} in it already." if taken < asked else ""
    return f"{count(taken, 'person', 'people')} added to {title}; its pool is ranked anew.{known}"
