"""Taking a report out of the product: PDF, JSON, links; and what the candidate is told."""

from dataclasses import dataclass

import reflex as rx

from interview_platform import routes
from interview_platform.errors import BadInput
from interview_platform.models import ReportLink
from interview_platform.services import candidate_feedback, report_export, report_pdf, sharing
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import day
from interview_platform.wiring import platform

DAYS = (("3", "3 days"), ("7", "7 days"), ("14", "14 days"), ("30", "30 days"))
AUDIENCES = ((sharing.READER, "A colleague: the whole report"), (sharing.CANDIDATE, "The candidate: in plain words"))


@dataclass
class LinkLine:
    """One link. `href` is empty for one that opens nothing any more."""

    key: str
    words: str
    state: str
    href: str
    on: bool


class ShareState(RecruiterState):
    """The share dialog, downloads, and the feedback to the candidate."""

    is_open: bool = False
    interview: str = ""
    days: str = "7"
    audience: str = sharing.READER
    links: list[LinkLine] = []
    wrong: str = ""
    feedback_status: str = ""  # "" (none) | draft | shown | withheld
    feedback_text: str = ""
    feedback_wrong: str = ""

    @recruiter_event
    def load(self):
        """What the candidate is told, for the report's page."""
        self.interview, self.feedback_wrong = self._in_path("interview_id"), ""
        with platform().db() as db:
            row = candidate_feedback.for_reader(db, self._actor(), self.interview)
        self.feedback_status, self.feedback_text = (row.status, row.text) if row else ("", "")

    @recruiter_event
    def show(self):
        """Open the dialog with the links there are."""
        self.interview, self.wrong = self._in_path("interview_id"), ""
        self._read()
        self.is_open = True

    @recruiter_event
    def toggle(self, on: bool):
        """The dialog was opened or closed."""
        self.is_open = on and bool(self.interview)

    @recruiter_event
    def pick_days(self, days: str):
        """How long a new link is open."""
        self.days, self.wrong = days, ""

    @recruiter_event
    def pick_audience(self, audience: str):
        """Whom a new link is for."""
        self.audience, self.wrong = audience, ""

    @recruiter_event
    def make(self):
        """A new link."""
        held = platform()
        try:
            with held.db() as db:
                days = int(self.days) if self.days.isdigit() else 0
                sharing.issue(db, self._actor(), held.secret, self.interview, days, self.audience)
        except BadInput as error:
            self.wrong = str(error)
            return
        self._read()

    @recruiter_event
    def withdraw(self, key: str):
        """The link opens nothing from now on."""
        with platform().db() as db:
            sharing.revoke(db, self._actor(), key)
        self._read()

    @recruiter_event
    def download_pdf(self):
        """The report on paper."""
        held = platform()
        with held.db() as db:
            view = report_export.for_export(db, self._actor(), self._in_path("interview_id"), held.secret, "pdf")
        return rx.download(data=report_pdf.as_pdf(view), filename=report_export.filename(view, "pdf"))

    @recruiter_event
    def download_json(self):
        """The report for programs."""
        held = platform()
        with held.db() as db:
            view = report_export.for_export(db, self._actor(), self._in_path("interview_id"), held.secret, "json")
        return rx.download(data=report_export.as_json(view), filename=report_export.filename(view, "json"))

    @recruiter_event
    def write_feedback(self, text: str):
        """Another wording for the candidate."""
        self.feedback_text, self.feedback_wrong = text, ""

    @recruiter_event
    def approve_feedback(self):
        """Show it to the candidate as it reads now."""
        try:
            with platform().db() as db:
                row = candidate_feedback.approve(db, self._actor(), self.interview, self.feedback_text)
        except BadInput as error:
            self.feedback_wrong = str(error)
            return None
        self.feedback_status = row.status
        return rx.toast.success("The candidate sees it on the interview's page.")

    @recruiter_event
    def withhold_feedback(self):
        """Do not show it."""
        with platform().db() as db:
            row = candidate_feedback.withhold(db, self._actor(), self.interview)
        self.feedback_status = row.status

    def _read(self) -> None:
        held = platform()
        with held.db() as db:
            rows = sharing.listing(db, self._actor(), self.interview)
        self.links = [_line(row, held.settings.address, held.secret) for row in rows]


def _line(row: ReportLink, address: str, secret: bytes) -> LinkLine:
    on = sharing.is_open(row)
    state = "Withdrawn" if row.revoked_at else f"Open until {day(row.expires_at)}" if on else "Ended"
    opened = f"opened {row.opened}×" if row.opened else "not opened yet"
    words = "For the candidate, in plain words" if row.audience == sharing.CANDIDATE else "The whole report"
    href = address + routes.shared(sharing.token_of(secret, row)) if on else ""
    return LinkLine(row.id, words, f"{state} · {opened}", href, on)
