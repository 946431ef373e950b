"""The list of reports."""

from dataclasses import dataclass

import reflex as rx

from interview_platform import routes
from interview_platform.errors import BadInput
from interview_platform.services import report_list, review
from interview_platform.services.list_query import DECIDED, ListQuery
from interview_platform.services.report_list import ReportRow
from interview_platform.services.report_view import RECOMMENDATIONS
from interview_platform.states.guard import recruiter_event
from interview_platform.states.paging import Paged
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import STAGES, ago
from interview_platform.wiring import platform

STATUSES = {
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


class ReportsState(Paged, RecruiterState):
    """What the list shows."""

    ready: bool = False
    problem: str = ""
    lines: list[ReportLine] = []
    undecided: bool = False
    any_report: bool = False
    chosen: list[str] = []
    deciding: bool = False
    decision: str = ""
    reason: str = ""
    wrong: str = ""
    _stages: dict[str, str] = {}  # of each interview, as it was shown

    @recruiter_event
    def load(self):
        """Read the list anew."""
        self._show(self.first)
        self.problem, self.ready = "", True

    @recruiter_event
    def toggle_undecided(self):
        """Only those without a decision, or all."""
        self.undecided = not self.undecided
        self._show(1)

    @recruiter_event
    def choose(self, key: str):
        """Take a report into the choice, or out of it."""
        self.chosen = [k for k in self.chosen if k != key] if key in self.chosen else [*self.chosen, key]
        self._show(self.first)

    @recruiter_event
    def clear(self):
        """Choose nobody."""
        self.chosen = []
        self._show(self.first)

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
                count = review.decide_many(db, self._actor(), self.chosen, self.decision, self.reason, self._stages)
        except BadInput as error:
            self.wrong = str(error)
            return None
        self.deciding, self.chosen = False, []
        self._show(self.first)
        return rx.toast.success(f"Decided for {count}. No e-mail was sent: write to each from the report.")

    def _read(self, first: int, size: int) -> tuple[int, int]:
        query = ListQuery(search=self.search, undecided=self.undecided, first=first, size=size)
        with platform().db() as db:
            actor = self._actor()
            rows, total = report_list.listing(db, actor, query), report_list.count(db, actor, query)
            self.any_report = bool(total) or report_list.count(db, actor) > 0
        self._stages = {**self._stages, **{row.interview_id: row.stage for row in rows}}
        self.lines = [report_line(row, row.interview_id in self.chosen) for row in rows]
        return len(rows), total


def report_line(row: ReportRow, chosen: bool = False) -> ReportLine:
    """A row put into words."""
    status, tone = STATUSES.get(row.status, (row.status, ""))
    if row.status == "ready" and row.provisional:
        status, tone = "Provisional", "info"
    decided = row.stage in DECIDED
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


def _overall(row: ReportRow) -> str:
    if row.hidden:
        return "Rate first"
    return "Not assessed" if row.overall is None else f"{row.overall:.1f} of 5"
