"""Deciding: what, why (for the team), and the e-mail to the candidate, read and changed before it goes."""

import asyncio
from uuid import uuid4

import reflex as rx
from sqlmodel import Session

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Application
from interview_platform.services import access, decision_undo, letters, notifications, organisations, review
from interview_platform.services.access import Actor
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_interviews import mail_words
from interview_platform.states.recruiter_report import ReportState
from interview_platform.wiring import platform

UNDO_SECONDS = 10
DONE = {"reject": "rejected", "follow_up": "to be followed up", "next_step": "goes to the next step"}


class DecideState(RecruiterState):
    """The decide dialog, and the seconds after it in which a slip can be undone: only then the e-mail goes."""

    is_open: bool = False
    deciding: str = ""  # the interview
    name: str = ""
    address: str = ""
    decision: str = ""
    note: str = ""
    with_mail: bool = True
    subject: str = ""
    text: str = ""
    wrong: str = ""
    busy: bool = False
    left: int = 0  # seconds in which the decision can be undone
    decided: str = ""  # what was decided on whom, in words, while it can be undone
    _wait: int = UNDO_SECONDS
    _mark: str = ""  # of the decision that waits
    _seen: str = ""  # the stage when the dialog opened

    @recruiter_event
    def show(self):
        """Open the dialog for the report's candidate."""
        self.reset()
        self.deciding = self._in_path("interview_id")
        with platform().db() as db:
            application = self._application(db)
            person = access.candidate(db, self._actor(), application.candidate_id)
        self._seen = application.stage
        self.name, self.address = person.name or "the candidate", person.email
        self.with_mail = bool(person.email)
        self.is_open = True

    @recruiter_event
    def toggle(self, on: bool):
        """The dialog was opened or closed."""
        self.is_open = on and bool(self.deciding)

    @recruiter_event
    def pick(self, decision: str):
        """Choose; the letter for it is written, to be changed."""
        if decision not in review.STAGES:
            raise BadInput("There is no such decision.")
        self.decision, self.wrong = decision, ""
        self.subject, self.text = self._letter(decision)

    @recruiter_event
    def write(self, field: str, text: str):
        """note | subject | text"""
        if field not in ("note", "subject", "text"):
            raise BadInput("There is no such field.")
        setattr(self, field, text)
        self.wrong = ""

    @recruiter_event
    def switch_mail(self):
        """With an e-mail, or without."""
        self.with_mail = not self.with_mail

    @recruiter_event(background=True)
    async def decide(self):
        """Decide, then send the letter as it reads now."""
        async with self:
            if self.busy:
                return
            self.wrong = self._missing()
            if self.wrong:
                return
            actor, self.busy = self._actor(), True
            letter = (self.subject, self.text) if self.with_mail else None
            given = (self.deciding, self.decision, self.note, self._seen)
        try:
            message, said = await asyncio.to_thread(_decide, actor, given, letter)
        except BadInput as error:
            async with self:
                self.wrong = str(error)
            yield ReportState.refresh
            return
        finally:
            async with self:
                self.busy = False
        mark = uuid4().hex
        async with self:
            self.is_open, self.left, self._mark = False, self._wait, mark
            self.decided = f"{self.name}: {DONE[given[1]]}."
        yield ReportState.refresh
        await self._seconds(mark)
        if message:
            said = await asyncio.to_thread(_deliver, message)
        if said:
            yield rx.toast.success(said)

    @recruiter_event
    def undo(self):
        """Take the decision back; its e-mail has not gone."""
        with platform().db() as db:
            decision_undo.undo(db, self._actor(), self.deciding)
        self.left, self._mark = 0, ""
        return [rx.toast.success("Undone. Nothing was decided, and no e-mail was sent."), ReportState.refresh]

    @recruiter_event
    def go(self):
        """Do not wait for the seconds to pass."""
        self.left, self._mark = 0, ""

    async def _seconds(self, mark: str) -> None:
        """Count down; ends when the seconds are over, or somebody pressed a button, or decides on the next."""
        while True:
            async with self:
                if self._mark != mark:
                    return
                if self.left <= 0:
                    self._mark = ""
                    return
            await asyncio.sleep(1)
            async with self:
                self.left -= int(self._mark == mark)

    def _missing(self) -> str:
        if not self.decision:
            return "Choose what comes next."
        if self.with_mail and not (self.subject.strip() and self.text.strip()):
            return "The e-mail needs a subject and a text, or switch it off."
        return ""

    def _application(self, db: Session) -> Application:
        interview = access.interview(db, self._actor(), self.deciding)
        return access.application(db, self._actor(), interview.application_id)

    def _letter(self, decision: str) -> tuple[str, str]:
        with platform().db() as db:
            actor, application = self._actor(), self._application(db)
            letter = letters.write(
                decision,
                candidate=access.candidate(db, actor, application.candidate_id).name or "candidate",
                job=access.job(db, actor, application.job_id).title,
                organisation=organisations.of(db, actor).name,
                recruiter=self.user_name,
                recruiter_email=self.user_email,
                words="",
            )
        return letter.subject, letter.text


def _decide(actor: Actor, given: tuple[str, str, str, str], letter: tuple[str, str] | None) -> tuple[str, str]:
    """Decide and queue the letter: the e-mail's id ("" for none), and what is said when it does not go."""
    held, (interview_id, decision, note, seen) = platform(), given
    with held.db() as db:
        purpose = review.decide(db, actor, interview_id, decision, note, seen)
        if letter is None:
            return "", ""
        interview = access.interview(db, actor, interview_id)
        application = access.application(db, actor, interview.application_id)
        message = notifications.queue(
            db,
            actor,
            dedup_key=decision_undo.mail_key(interview_id, purpose),
            purpose=purpose,
            to=access.candidate(db, actor, application.candidate_id).email,
            subject=letter[0],
            text=letter[1],
            application_id=application.id,
        )
    if message.status not in ("queued", "failed") or message.text != letter[1]:
        return "", "Decided. The e-mail for this decision was made before, so none was sent a second time."
    return message.id, ""


def _deliver(message_id: str) -> str:
    """Send; what became of it, in words, or "" when it was taken back."""
    held = platform()
    try:
        message = notifications.deliver(held.engine, held.mailer, held.settings.mail_from, message_id)
    except NotFound:
        return ""
    return f"Decided. {mail_words(message)}"
