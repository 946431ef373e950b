"""How long data are kept: the organisation's number, jobs with their own, and what is deleted next."""

from dataclasses import dataclass

import reflex as rx

from interview_platform.errors import BadInput
from interview_platform.services import erasure, holds, organisations, retention
from interview_platform.services.holds import OWNERS
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import count, day
from interview_platform.wiring import platform

AHEAD_DAYS = 30
MOST_DAYS_SHOWN = 8
_WORDS = {"waiting": "Waits", "held": "On hold", "sweeping": "Going on", "done": "Done"}


@dataclass
class JobDays:
    """A job and its own number, "" for none."""

    job: str
    title: str
    days: str


@dataclass
class ReceiptLine:
    """One deletion."""

    number: str
    when: str
    words: str
    done: bool
    why: str


class RetentionState(RecruiterState):
    """What the settings' part on retention shows."""

    days: str = ""
    unsaved: bool = False
    wrong: str = ""
    may_change: bool = False
    next: str = ""
    next_days: list[list[str]] = []
    held: str = ""
    jobs: list[JobDays] = []
    receipts: list[ReceiptLine] = []

    @recruiter_event
    def load(self):
        """Read it."""
        self._read()

    @recruiter_event
    def write(self, text: str):
        """The organisation's number."""
        self.days, self.unsaved, self.wrong = str(text)[:5], True, ""

    @recruiter_event
    def save(self):
        """Save the organisation's number."""
        return self._set(self.days, "")

    @recruiter_event
    def set_job(self, job: str, text: str):
        """One job's own number; empty is as the organisation."""
        return self._set(str(text) or "0", job)

    def _set(self, text: str, job: str) -> object:
        try:
            if not text.strip().isdigit():
                raise BadInput("Write a number of days. Nothing was changed.")
            with platform().db() as db:
                retention.set_days(db, self._actor(), int(text), job)
        except BadInput as error:
            self.wrong = str(error)
            return None
        self.unsaved = False
        self._read()
        return rx.toast.success("Saved. It counts from the next daily round on.")

    def _read(self) -> None:
        with platform().db() as db:
            actor = self._actor()
            row, coming = organisations.of(db, actor), retention.coming(db, actor, AHEAD_DAYS)
            jobs, receipts = retention.job_days(db, actor), erasure.listing(db, actor, most=6)
            standing = len(holds.held(db, actor))
        if not self.unsaved:
            self.days = str(row.retention_days)
        self.wrong, self.may_change = "", actor.role in OWNERS
        self.next = _next(coming)
        self.next_days = [[day(at), count(number, "candidate")] for at, number in coming.days[:MOST_DAYS_SHOWN]]
        self.held = f"{count(standing, 'legal hold')} in place." if standing else ""
        self.jobs = [JobDays(job, title, str(days or "")) for job, title, days in jobs]
        self.receipts = [
            ReceiptLine(one.number[:8], day(one.requested_at), _WORDS[one.status], one.status == "done", one.why)
            for one in receipts
        ]


def _next(coming: retention.Coming) -> str:
    if not coming.number or coming.first_at is None:
        return f"Nothing is deleted in the next {AHEAD_DAYS} days."
    return f"{count(coming.number, 'candidate')} in the next {AHEAD_DAYS} days, the first on {day(coming.first_at)}."
