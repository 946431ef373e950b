"""The list of jobs."""

from dataclasses import dataclass

from interview_platform import routes
from interview_platform.services import jobs
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import ago
from interview_platform.wiring import platform


@dataclass
class JobLine:
    """One job in the list."""

    title: str
    note: str
    href: str
    status: str
    candidates: int
    interviews: int
    reports: int
    when: str


class JobsState(RecruiterState):
    """What the list shows."""

    ready: bool = False
    problem: str = ""
    lines: list[JobLine] = []
    search: str = ""
    any_job: bool = False

    @recruiter_event
    def load(self):
        """Read the list anew."""
        self._read()
        self.problem, self.ready = "", True

    @recruiter_event
    def find(self, text: str):
        """Narrow by title, place or level."""
        self.search = text[:200]
        self._read()

    def _read(self) -> None:
        with platform().db() as db:
            rows = jobs.listing(db, self._actor())
        lines = [_line(row) for row in rows]
        words = self.search.casefold().split()
        self.any_job = bool(lines)
        self.lines = [line for line in lines if all(word in f"{line.title} {line.note}".casefold() for word in words)]


def _line(row: jobs.JobRow) -> JobLine:
    job = row.job
    return JobLine(
        title=job.title,
        note=" · ".join(filter(None, (job.location, job.level.capitalize()))),
        href=routes.job(job.id),
        status=job.status,
        candidates=row.candidates,
        interviews=row.interviews,
        reports=row.reports,
        when=ago(job.created_at),
    )
