"""The list of reports."""

from dataclasses import dataclass

from interview_platform import routes
from interview_platform.services import reports
from interview_platform.services.report_view import RECOMMENDATIONS
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import STAGES, ago
from interview_platform.wiring import platform

PAGE = 50
STATUSES = {
    "waiting": ("Interview not over", ""),
    "working": ("Being written", "info"),
    "ready": ("Ready", "good"),
    "failed": ("Could not be written", "danger"),
}
SHORT = {"strong_yes": "Strong yes", "yes": "Yes", "mixed": "Mixed", "no": "Not yet", "": "None"}
"""Words for a recommendation in a table; RECOMMENDATIONS has the sentences."""


@dataclass
class ReportLine:
    """One report in the list. `overall` is words: "3.8 of 5" or why there is none."""

    name: str
    job: str
    href: str
    status: str
    tone: str
    overall: str
    steps: int
    coverage: str
    recommendation: str
    decision: str
    decision_tone: str
    when: str


class ReportsState(RecruiterState):
    """What the list shows."""

    ready: bool = False
    problem: str = ""
    lines: list[ReportLine] = []
    search: str = ""
    undecided: bool = False
    any_report: bool = False
    first: int = 1
    last: int = 0
    total: int = 0

    @recruiter_event
    def load(self):
        """Read the list anew."""
        self._read()
        self.problem, self.ready = "", True

    @recruiter_event
    def find(self, text: str):
        """Narrow by name or job."""
        self.search, self.first = text[:200], 1
        self._read()

    @recruiter_event
    def toggle_undecided(self):
        """Only those without a decision, or all."""
        self.undecided, self.first = not self.undecided, 1
        self._read()

    @recruiter_event
    def page(self, step: int):
        """Go on (1) or back (-1)."""
        self.first = max(1, self.first + step * PAGE)
        self._read()

    def _read(self) -> None:
        with platform().db() as db:
            rows = [row for row in reports.listing(db, self._actor()) if row.status != "waiting"]
        words = self.search.casefold().split()
        found = [
            row
            for row in rows
            if all(word in f"{row.candidate_name} {row.job_title}".casefold() for word in words)
            and not (self.undecided and row.stage in ("rejected", "follow_up", "next_step"))
        ]
        self.any_report, self.total = bool(rows), len(found)
        self.first = self.first if self.first <= self.total else 1
        self.lines = [report_line(row) for row in found[self.first - 1 : self.first - 1 + PAGE]]
        self.last = self.first - 1 + len(self.lines)


def report_line(row: reports.ReportRow) -> ReportLine:
    """A row put into words."""
    status, tone = STATUSES.get(row.status, (row.status, ""))
    decided = row.stage in ("rejected", "follow_up", "next_step")
    decision, decision_tone = STAGES[row.stage] if decided else ("Not decided", "attention")
    return ReportLine(
        name=row.candidate_name or "Name not found",
        job=row.job_title,
        href=routes.report(row.interview_id),
        status=status,
        tone=tone,
        overall="Not assessed" if row.overall is None else f"{row.overall:.1f} of 5",
        steps=round(row.overall or 0),
        coverage=f"{100 * row.coverage:.0f}%",
        recommendation=SHORT.get(row.recommendation, RECOMMENDATIONS.get(row.recommendation, "")),
        decision=decision,
        decision_tone=decision_tone,
        when=ago(row.ended_at),
    )
