"""The outbox: every e-mail, what it says, and what became of it."""

import asyncio
from dataclasses import dataclass

import reflex as rx

from interview_platform.models import Message
from interview_platform.services import access, notifications
from interview_platform.services.access import Actor
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_interviews import mail_words
from interview_platform.states.words import ago, moment
from interview_platform.wiring import platform

STATUSES = {
    "queued": ("Waiting", "info"),
    "sending": ("Being sent", "info"),
    "sent": ("Sent", "good"),
    "kept": ("Kept here", ""),
    "failed": ("Failed", "danger"),
}
PURPOSES = {"invite": "Invitation", "reject": "Rejection", "follow_up": "Follow-up", "next_step": "Next step"}


@dataclass
class MailLine:
    """One e-mail in the list."""

    key: str
    address: str
    subject: str
    purpose: str
    status: str
    tone: str
    error: str
    when: str


class OutboxState(RecruiterState):
    """What the outbox shows."""

    ready: bool = False
    problem: str = ""
    lines: list[MailLine] = []
    delivers: bool = False
    mailer: str = ""
    is_open: bool = False
    shown: str = ""
    subject: str = ""
    to: str = ""
    text: str = ""
    facts: str = ""
    error: str = ""
    may_retry: bool = False
    busy: bool = False

    @recruiter_event
    def load(self):
        """Read the list anew."""
        self._read()
        self.problem, self.ready = "", True

    @recruiter_event
    def show(self, key: str):
        """Open one e-mail."""
        with platform().db() as db:
            self._fill(access.message(db, self._actor(), key))
        self.is_open = True

    @recruiter_event
    def toggle(self, on: bool):
        """The e-mail was opened or closed."""
        self.is_open = on and bool(self.shown)

    @recruiter_event(background=True)
    async def retry(self, key: str):
        """Send a failed e-mail again."""
        async with self:
            if self.busy:
                return
            actor, self.busy = self._actor(), True
        try:
            message = await asyncio.to_thread(_retry, actor, key)
        finally:
            async with self:
                self.busy = False
        async with self:
            self._read()
            if self.shown == message.id:
                self._fill(message)
        said = rx.toast.error if message.status == "failed" else rx.toast.success
        yield said(mail_words(message))

    def _read(self) -> None:
        held = platform()
        with held.db() as db:
            rows = notifications.listing(db, self._actor())
        self.lines = [_line(row) for row in rows]
        self.delivers, self.mailer = held.mailer.delivers, held.mailer.name

    def _fill(self, row: Message) -> None:
        words, _ = STATUSES.get(row.status, (row.status, ""))
        self.shown, self.subject, self.to, self.text = row.id, row.subject, row.to_address or "no address", row.text
        self.error = row.error
        by = f" by {row.transport}" if row.transport else ""
        self.facts = f"{words}{by} · {moment(row.sent_at or row.created_at)}"
        self.may_retry = row.status == "failed" and bool(row.to_address)


def _line(row: Message) -> MailLine:
    words, tone = STATUSES.get(row.status, (row.status, ""))
    return MailLine(
        key=row.id,
        address=row.to_address or "no address",
        subject=row.subject,
        purpose=PURPOSES.get(row.purpose, row.purpose),
        status=words,
        tone=tone,
        error=row.error,
        when=ago(row.created_at),
    )


def _retry(actor: Actor, key: str) -> Message:
    held = platform()
    with held.db() as db:
        notifications.retry(db, actor, key)
    return notifications.deliver(held.engine, held.mailer, held.settings.mail_from, key)
