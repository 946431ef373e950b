"""The list of reports."""

from dataclasses import dataclass

import reflex as rx

from interview_platform import routes
from interview_platform.errors import BadInput
from interview_platform.services import reports, review
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

    key: str
    chosen: bool
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
    chosen: list[str] = []
    deciding: bool = False
    decision: str = ""
    reason: str = ""
    wrong: str = ""

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

    @recruiter_event
    def choose(self, key: str):
        """Take a report into the choice, or out of it."""
        self.chosen = [k for k in self.chosen if k != key] if key in self.chosen else [*self.chosen, key]
        self._read()

    @recruiter_event
    def clear(self):
        """Choose nobody."""
        self.chosen = []
        self._read()

    @recruiter_event
    def compare(self):
        """Put the chosen side by side."""
        return rx.redirect(f"{routes.COMPARE}?ids={','.join(self.chosen)}")

    @recruiter_event
    def ask_decision(self, on: bool):
        """Open or close the decision for all that are chosen."""
        self.deciding, self.decision, self.reason, self.wrong = on and bool(self.chosen), "", "", ""

    @recruiter_event
    def pick_decision(self, decision: str):
        """What comes next for all of them."""
        self.decision, self.wrong = decision, ""

    @recruiter_event
    def write_reason(self, text: str):
        """Why; each of them may ask."""
        self.reason, self.wrong = text, ""

    @recruiter_event
    def decide(self):
        """Decide for all that are chosen, or for none; no e-mail is sent."""
        try:
            with platform().db() as db:
                count = review.decide_many(db, self._actor(), self.chosen, self.decision, self.reason)
        except BadInput as error:
            self.wrong = str(error)
            return None
        self.deciding, self.chosen = False, []
        self._read()
        return rx.toast.success(f"Decided for {count}. No e-mail was sent: write to each from the report.")

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
        self.lines = [
            report_line(row, row.interview_id in self.chosen) for row in found[self.first - 1 : self.first - 1 + PAGE]
        ]
        self.last = self.first - 1 + len(self.lines)


def report_line(row: reports.ReportRow, chosen: bool = False) -> ReportLine:
    """A row put into words."""
    status, tone = STATUSES.get(row.status, (row.status, ""))
    if row.status == "ready" and row.provisional:
        status, tone = "Provisional", "info"
    decided = row.stage in ("rejected", "follow_up", "next_step")
    decision, decision_tone = STAGES[row.stage] if decided else ("Not decided", "attention")
    return ReportLine(
        key=row.interview_id,
        chosen=chosen,
        name=row.candidate_name or "Name not found",
        job=row.job_title,
        href=routes.report(row.interview_id),
        status=status,
        tone=tone,
        overall=_overall(row),
        steps=round(row.overall or 0),
        coverage="" if row.hidden else f"{100 * row.coverage:.0f}%",
        recommendation="" if row.hidden else SHORT.get(row.recommendation, RECOMMENDATIONS.get(row.recommendation, "")),
        decision=decision,
        decision_tone=decision_tone,
        when=ago(row.ended_at),
    )


def _overall(row: reports.ReportRow) -> str:
    if row.hidden:
        return "Rate first"
    return "Not assessed" if row.overall is None else f"{row.overall:.1f} of 5"
