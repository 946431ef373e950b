"""The fairness workbench for owners and auditors: totals only, and every reading is in the audit log."""

import reflex as rx

from interview_platform.errors import NotAllowed
from interview_platform.models import now
from interview_platform.services import audit, fairness_export, fairness_report
from interview_platform.services.fairness_rates import SEX
from interview_platform.services.fairness_report import Workbench
from interview_platform.states import fairness_lines as lines
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import day
from interview_platform.wiring import platform

SOURCE = (
    "Historical data of this employer's own use of the product. Categories: what candidates told of themselves, "
    "voluntarily, after the interview. Categories of fewer than 5 people are hidden."
)
VIEWS = ("stages", "questions", "time", "adjustments")


class FairnessState(RecruiterState):
    """What the page shows."""

    ready: bool = False
    problem: str = ""
    jobs: list[list[str]] = []
    job: str = ""
    view: str = "stages"
    by: str = SEX
    enough: bool = False
    facts: str = ""
    finished: int = 0
    flags: list[lines.FlagLine] = []  # chance alone is an unlikely reason
    maybe: list[lines.FlagLine] = []  # chance can be the reason
    stages: list[lines.RatePart] = []
    questions: list[lines.RatePart] = []
    quarters: list[lines.RatePart] = []
    accommodation: list[lines.RatePart] = []
    course: list[dict[str, str | float]] = []

    @recruiter_event
    def load(self):
        """Count everything anew."""
        self.job = ""
        self._read()

    @recruiter_event
    def choose_job(self, job_id: str):
        """One job, or all with ""."""
        self.job = job_id
        self._read()

    @recruiter_event
    def choose_view(self, view: str):
        """Stages, questions, time, adjustments."""
        self.view = view if view in VIEWS else "stages"

    @recruiter_event
    def choose_by(self, by: str):
        """By sex, by race and ethnicity, by both."""
        self.by = by

    @recruiter_event
    def export_csv(self):
        """For an auditor's spreadsheet."""
        return rx.download(data=fairness_export.as_csv(self._exported("csv")), filename="fairness.csv")

    @recruiter_event
    def export_json(self):
        """For an auditor's program, with the method."""
        return rx.download(data=fairness_export.as_json(self._exported("json")), filename="fairness.json")

    @recruiter_event
    def export_summary(self):
        """The summary to publish, as a page of its own."""
        held = self._exported("summary")
        return rx.download(data=fairness_export.summary(held, now().date(), SOURCE), filename="bias-audit-summary.html")

    def _exported(self, kind: str) -> Workbench:
        held = platform()
        with held.db() as db:
            actor = self._actor()
            found = fairness_report.of(db, actor, held.vault, self._offered(self.job))
            audit.record(db, actor, "fairness.exported", f"organisation:{actor.organisation_id}", kind=kind)
        return found

    def _offered(self, job_id: str) -> str:
        """The job, if it may be looked at singly; state is never believed, so that it is asked anew."""
        held = platform()
        with held.db() as db:
            return job_id if job_id in dict(fairness_report.jobs(db, self._actor(), held.vault)) else ""

    def _read(self) -> None:
        held = platform()
        try:
            with held.db() as db:
                actor = self._actor()
                offered = fairness_report.jobs(db, actor, held.vault)
                self.job = self.job if self.job in dict(offered) else ""
                found = fairness_report.of(db, actor, held.vault, self.job)
        except NotAllowed:
            self.reset()
            self.problem = "Only owners and auditors of your organisation see these totals."
            return
        self.jobs = [["", "All jobs"], *([key, title] for key, title in offered)]
        self._fill(found)
        self.problem, self.ready = "", True

    def _fill(self, found: Workbench) -> None:
        adjusted = found.accommodation
        self.enough, self.finished = found.enough, found.finished
        known = f"at least {found.answered}" if found.enough else "too few"
        since = f" · in use since {day(found.since)}" if found.since else ""
        gave = f"{known} of them gave a category{since}"
        self.facts = f"{found.assessed} people assessed · {found.finished} finished an interview, {gave}"
        flags = lines.flags(found)
        self.flags = [line for line in flags if line.firm]
        self.maybe = [line for line in flags if not line.firm]
        self.stages = [lines.part(one) for one in found.stages]
        self.questions = [lines.part(one) for one in found.questions]
        self.quarters = [lines.part(one) for one in found.quarters]
        self.accommodation = [lines.part(adjusted)] if adjusted else []
        self.course = lines.course(found)
