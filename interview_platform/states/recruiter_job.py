"""One job's page: its head, its tabs, what its interviews ask for."""

from dataclasses import dataclass

import reflex as rx

from interview_platform import routes
from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Competency
from interview_platform.services import jobs, overview, pool
from interview_platform.services.list_query import ListQuery
from interview_platform.states.guard import recruiter_event
from interview_platform.states.interview_lines import InterviewLine, interview_line
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_practice import PracticeState
from interview_platform.states.words import GROUPS, count
from interview_platform.wiring import platform

TABS = ("pool", "plan", "material", "interviews", "settings")


@dataclass
class PlanCompetency:
    """One competency as the plan shows it; anchors as [level, words]."""

    name: str
    group: str
    weight: str
    share: int  # of all weights, percent
    description: str
    anchors: list[list[str]]


class JobState(RecruiterState):
    """What the job's page shows around the pool."""

    ready: bool = False
    problem: str = ""
    shown_job: str = ""
    rubric: str = ""  # address of the rubric's page
    tab: str = "pool"
    title: str = ""
    facts: str = ""
    status: str = "open"
    competencies: list[PlanCompetency] = []
    interviews: list[InterviewLine] = []

    @recruiter_event
    def load(self):
        """Read the job of the address."""
        held = self._in_path("job_id")
        if held != self.shown_job:
            self.reset()
            self.shown_job = held
        try:
            self._read()
        except NotFound as error:
            self.problem, self.ready = str(error), False
            return
        self.problem, self.ready = "", True

    @recruiter_event
    def pick_tab(self, tab: str):
        """Show another part."""
        if tab not in TABS:
            raise BadInput("There is no such part of the page.")
        self.tab = tab
        self._read()
        return PracticeState.load if tab == "plan" else None

    @recruiter_event
    def switch_status(self):
        """Close an open job, open a closed one."""
        wanted = "open" if self.status == "closed" else "closed"
        with platform().db() as db:
            jobs.set_status(db, self._actor(), self.shown_job, wanted)
        self._read()
        said = (
            "Job opened again." if wanted == "open" else "Job closed. Running interviews go on; none can be launched."
        )
        return rx.toast.success(said)

    def _read(self) -> None:
        with platform().db() as db:
            actor = self._actor()
            draft = jobs.draft_of(db, actor, self.shown_job)
            rows = jobs.competencies(db, actor, self.shown_job)
            held = overview.interviews(db, actor, ListQuery(job_id=self.shown_job))
            people = pool.size(db, actor, self.shown_job)
            self.status = next(row.job.status for row in jobs.listing(db, actor) if row.job.id == self.shown_job)
        self.title, self.rubric = draft.title, routes.rubric(self.shown_job)
        self.competencies = _competencies(rows)
        self.interviews = [interview_line(row) for row in held]
        parts = [draft.location, draft.level.capitalize(), count(people, "candidate"), count(len(held), "interview")]
        self.facts = " · ".join(part for part in parts if part)


def _competencies(rows: list[Competency]) -> list[PlanCompetency]:
    whole = sum(row.weight for row in rows) or 1.0
    groups = dict(GROUPS)
    return [
        PlanCompetency(
            name=row.name,
            group=groups.get(row.group, row.group),
            weight=f"{row.weight:g}",
            share=round(100 * row.weight / whole),
            description=row.description,
            anchors=[[level, words] for level, words in sorted(row.anchors.items()) if words],
        )
        for row in rows
    ]
