"""What a candidate asked for on the own page: another look, and words that were misheard. On the report."""

import asyncio
from dataclasses import dataclass

import reflex as rx

from interview_platform.errors import BadInput
from interview_platform.services import contesting, human_review, notifications, reports
from interview_platform.services.access import Actor
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_report import ReportState
from interview_platform.states.words import clock, day
from interview_platform.wiring import platform


@dataclass
class ContestedLine:
    """One part of the transcript the candidate remembers otherwise."""

    request: str
    at: float
    when: str
    heard: str
    says: str


class RequestsState(RecruiterState):
    """The open requests on one interview."""

    review: str = ""  # id of the open one
    review_text: str = ""
    review_due: str = ""
    overdue: bool = False
    answered: str = ""  # when the last one was answered
    answered_text: str = ""
    outcome: str = ""
    answer: str = ""
    wrong: str = ""
    contested: list[ContestedLine] = []
    declining: str = ""
    decline_text: str = ""
    busy: bool = False

    @recruiter_event
    def load(self):
        """Read the interview of the address."""
        self.reset()
        self._read()

    @recruiter_event
    def pick(self, outcome: str):
        """What the look led to."""
        if outcome not in human_review.OUTCOMES:
            raise BadInput("There is no such outcome.")
        self.outcome, self.wrong = outcome, ""

    @recruiter_event
    def write(self, text: str):
        """The answer."""
        self.answer, self.wrong = str(text)[: human_review.LONGEST], ""

    @recruiter_event
    async def send(self):
        """Answer, and write to the candidate."""
        held, actor, review = platform(), self._actor(), self.review
        try:
            with held.db() as db:
                human_review.answer(db, actor, review, self.outcome, self.answer)
                mail = human_review.mail_of(db, review)
        except BadInput as error:
            self.wrong = str(error)
            return
        if mail:
            await asyncio.to_thread(notifications.deliver, held.engine, held.mailer, held.settings.mail_from, mail)
        self.reset()
        self._read()
        yield rx.toast.success("Answered. The candidate reads it by e-mail and on the own page.")

    @recruiter_event(background=True)
    async def take(self, request: str):
        """The candidate is right: correct it, and have the report written again."""
        async with self:
            if self.busy:
                return
            actor, interview, self.busy = self._actor(), self._in_path("interview_id"), True
        try:
            await asyncio.to_thread(_take, actor, request, interview)
        finally:
            async with self:
                self.busy = False
                self._read()
        yield rx.toast.success("Corrected. The report was written again; what was heard is kept beside it.")
        yield ReportState.refresh

    @recruiter_event
    def start_decline(self, request: str):
        """Say why it stays; the same again closes it."""
        self.declining, self.decline_text = ("" if self.declining == request else request), ""

    @recruiter_event
    def write_decline(self, text: str):
        """What was heard instead."""
        self.decline_text = str(text)[: contesting.LONGEST]

    @recruiter_event
    def decline(self):
        """It stays as it was heard; the candidate reads why."""
        with platform().db() as db:
            contesting.decline(db, self._actor(), self.declining, self.decline_text)
        self.declining = ""
        self._read()
        return rx.toast.success("Kept as it was heard. The candidate reads your words.")

    def _read(self) -> None:
        interview = self._in_path("interview_id")
        with platform().db() as db:
            row = human_review.for_reader(db, self._actor(), interview)
            waiting = contesting.waiting(db, self._actor(), interview)
        is_open = row is not None and row.status == human_review.OPEN
        self.review = row.id if row and is_open else ""
        self.review_text = row.text if row and is_open else ""
        self.review_due = day(row.due_at) if row else ""
        self.overdue = bool(row and is_open and human_review.overdue(row))
        self.answered = day(row.answered_at) if row and not is_open else ""
        self.answered_text = row.answer if row and not is_open else ""
        self.contested = [
            ContestedLine(one.request_id, one.at_seconds, clock(one.at_seconds), one.heard, one.text) for one in waiting
        ]


def _take(actor: Actor, request: str, interview: str) -> None:
    held = platform()
    with held.db() as db:
        contesting.take(db, actor, request)
    reports.build(held.engine, interview, held.report_judge, key=held.secret, keep_rubric=True)
