"""The outbox: every e-mail, what it says, and what became of it."""

import asyncio
from dataclasses import dataclass

import reflex as rx

from interview_platform.models import Message
from interview_platform.services import access, notifications
from interview_platform.services.access import Actor
from interview_platform.services.list_query import ListQuery
from interview_platform.states.guard import recruiter_event
from interview_platform.states.paging import Paged
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
FILTERS = (("", "All"), *((key, words) for key, (words, _) in STATUSES.items()))
PURPOSES = {"invite": "Invitation", "reject": "Rejection", "follow_up": "Follow-up", "next_step": "Next step"}
PURPOSES |= {"invite_time": "Planned interview", "invite_reminder": "Reminder", "meeting_offer": "Meeting offered"}
PURPOSES |= {
    "meeting_booked": "Meeting booked",
    "meeting_cancelled": "Meeting cancelled",
    "meeting_again": "Another time",
}
PURPOSES |= {"meeting_reminder": "Reminder", "meeting_host": "Meeting, to the host", "meeting_wish": "No time suits"}


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


class OutboxState(Paged, RecruiterState):
    """What the outbox shows."""

    ready: bool = False
    problem: str = ""
    lines: list[MailLine] = []
    status: str = ""
    any_mail: bool = False
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
        held = platform()
        self.delivers, self.mailer = held.mailer.delivers, held.mailer.name
        self._show(self.first)
        self.problem, self.ready = "", True

    @recruiter_event
    def narrow(self, status: str):
        """Only e-mails of one status; "" for all."""
        self.status = status
        self._show(1)

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
            self._show(self.first)
            if self.shown == message.id:
                self._fill(message)
        said = rx.toast.error if message.status == "failed" else rx.toast.success
        yield said(mail_words(message))

    def _read(self, first: int, size: int) -> tuple[int, int]:
        query = ListQuery(search=self.search, status=self.status, first=first, size=size)
        with platform().db() as db:
            actor = self._actor()
            rows, total = notifications.listing(db, actor, query), notifications.count(db, actor, query)
            self.any_mail = bool(total) or notifications.count(db, actor) > 0
        self.lines = [_line(row) for row in rows]
        return len(rows), total

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
