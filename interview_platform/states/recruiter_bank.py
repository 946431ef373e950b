"""The question banks: look through them, read a question whole, take it into a job's plan."""

from interview_platform import routes
from interview_platform.errors import BadInput
from interview_platform.services import jobs, plans
from interview_platform.services.agent import bank_search
from interview_platform.states import bank_lines
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import LEVELS, count
from interview_platform.wiring import platform

PAGE = 40


class BankState(RecruiterState):
    """What the page shows."""

    ready: bool = False
    problem: str = ""
    size: str = ""
    search: str = ""
    family: str = ""
    competency: str = ""
    level: str = ""
    competencies: list[tuple[str, str]] = []
    lines: list[bank_lines.BankLine] = []
    found: str = ""
    first: int = 1
    last: int = 0
    total: int = 0
    opened: bank_lines.BankDetail = bank_lines.BankDetail()
    jobs: list[tuple[str, str]] = []
    job: str = ""
    added: str = ""  # what was added to which job, in words
    added_href: str = ""

    @recruiter_event
    def load(self):
        """The banks from the beginning, and the jobs a question can be taken into."""
        with platform().db() as db:
            held = [row.job for row in jobs.listing(db, self._actor()) if row.job.status == "open"]
        self.jobs = [(job.id, job.title) for job in held]
        self.job = self.job if self.job in dict(self.jobs) else (self.jobs[0][0] if self.jobs else "")
        self.size = bank_lines.size()
        self.added = ""
        self._read()
        self.problem, self.ready = "", True

    @recruiter_event
    def find(self, text: str):
        """Narrow by words."""
        self.search, self.first = text[:200], 1
        self._read()

    @recruiter_event
    def pick_family(self, family: str):
        """Only one role family; "" for all."""
        self.family, self.competency, self.first = family, "", 1
        self.competencies = bank_lines.competencies(family)
        self._read()

    @recruiter_event
    def pick_competency(self, competency: str):
        """Only one competency of the family; "" for all."""
        self.competency, self.first = competency, 1
        self._read()

    @recruiter_event
    def pick_level(self, level: str):
        """Only questions for one level; "" for all."""
        self.level, self.first = level if level in dict(LEVELS) else "", 1
        self._read()

    @recruiter_event
    def clear(self):
        """No search and no filters; the open question is closed."""
        self.search = self.family = self.competency = self.level = ""
        self.competencies, self.first, self.opened = [], 1, bank_lines.BankDetail()
        self._read()

    @recruiter_event
    def page(self, step: int):
        """Go on (1) or back (-1)."""
        self.first = max(1, self.first + step * PAGE)
        self._read()

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

    def _read(self) -> None:
        found = bank_search.search(self.search, self.family, self.competency, self.level)
        self.total = len(found)
        self.first = self.first if self.first <= self.total else 1
        self.lines = [bank_lines.bank_line(entry) for entry in found[self.first - 1 : self.first - 1 + PAGE]]
        self.last = self.first - 1 + len(self.lines)
        self.found = count(self.total, "question")
        if self.opened.key not in {line.key for line in self.lines}:
            self.opened = bank_lines.BankDetail()
