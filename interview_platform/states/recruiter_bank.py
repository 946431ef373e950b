"""The question banks: look through them, read a question whole, take it into a job's plan."""

from interview_platform import routes
from interview_platform.errors import BadInput
from interview_platform.services import jobs, plans
from interview_platform.services.agent import bank_search
from interview_platform.states import bank_lines
from interview_platform.states.guard import recruiter_event
from interview_platform.states.paging import Paged
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import LEVELS, count
from interview_platform.wiring import platform


class BankState(Paged, RecruiterState):
    """What the page shows."""

    ready: bool = False
    problem: str = ""
    size: str = ""
    family: str = ""
    competency: str = ""
    level: str = ""
    competencies: list[tuple[str, str]] = []
    lines: list[bank_lines.BankLine] = []
    found: str = ""
    opened: bank_lines.BankDetail = bank_lines.BankDetail()
    jobs: list[tuple[str, str]] = []
    job: str = ""
    added: str = ""  # what was added to which job, in words
    added_href: str = ""
    _size: int = 40

    @recruiter_event
    def load(self):
        """The banks from the beginning, and the jobs a question can be taken into."""
        with platform().db() as db:
            held = [row.job for row in jobs.listing(db, self._actor()) if row.job.status == "open"]
        self.jobs = [(job.id, job.title) for job in held]
        self.job = self.job if self.job in dict(self.jobs) else (self.jobs[0][0] if self.jobs else "")
        self.size = bank_lines.size()
        self.added = ""
        self._show(1)
        self.problem, self.ready = "", True

    @recruiter_event
    def pick_family(self, family: str):
        """Only one role family; "" for all."""
        self.family, self.competency = family, ""
        self.competencies = bank_lines.competencies(family)
        self._show(1)

    @recruiter_event
    def pick_competency(self, competency: str):
        """Only one competency of the family; "" for all."""
        self.competency = competency
        self._show(1)

    @recruiter_event
    def pick_level(self, level: str):
        """Only questions for one level; "" for all."""
        self.level = level if level in dict(LEVELS) else ""
        self._show(1)

    @recruiter_event
    def clear(self):
        """No search and no filters; the open question is closed."""
        self.search = self.family = self.competency = self.level = ""
        self.competencies, self.opened = [], bank_lines.BankDetail()
        self._show(1)

    @recruiter_event
    def open(self, key: str):
        """Show one question whole; a second click closes it."""
        self.added = ""
        if self.opened.key == key:
            self.opened = bank_lines.BankDetail()
            return
        held = next((entry for entry in bank_search.search() if entry.question.id == key), None)
        self.opened = bank_lines.bank_detail(held) if held else bank_lines.BankDetail()

    @recruiter_event
    def pick_job(self, job: str):
        """The job a question is to be taken into."""
        self.job, self.added = job, ""

    @recruiter_event
    def add(self):
        """Take the open question into the job's plan: a new version, for interviews launched from now on."""
        if not self.job or not self.opened.key:
            raise BadInput("Choose a job first. Nothing was added.")
        title = dict(self.jobs).get(self.job, "this job")
        with platform().db() as db:
            held = plans.current(db, self._actor(), self.job)
            if self.opened.key in {line.question.source for line in held.lines if line.question}:
                raise BadInput(f"This question stands in the plan of {title} already. Nothing was added.")
            made = plans.add_from_bank(db, self._actor(), self.job, self.opened.key)
        self.added = f"It is in the plan of {title} now (version {made.version}), for interviews launched from now on."
        self.added_href = routes.job(self.job)

    def _read(self, first: int, size: int) -> tuple[int, int]:
        found = bank_search.search(self.search, self.family, self.competency, self.level)
        self.lines = [bank_lines.bank_line(entry) for entry in found[first : first + size]]
        self.found = count(len(found), "question")
        if self.opened.key not in {line.key for line in self.lines}:
            self.opened = bank_lines.BankDetail()
        return len(self.lines), len(found)
