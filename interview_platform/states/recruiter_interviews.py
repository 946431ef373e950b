"""The list of interviews, and the link behind one: copy, send again, extend, withdraw."""

import asyncio

from interview_platform.errors import BadInput
from interview_platform.services import access, invites, launch, notifications, overview
from interview_platform.services.list_query import ListQuery
from interview_platform.states.guard import recruiter_event
from interview_platform.states.interview_lines import InterviewLine, interview_line
from interview_platform.states.paging import Paged
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import moment
from interview_platform.wiring import platform


class InterviewsState(Paged, RecruiterState):
    """What the interviews page shows."""

    ready: bool = False
    problem: str = ""
    lines: list[InterviewLine] = []
    status: str = ""
    any_interview: bool = False

    @recruiter_event
    def load(self):
        """Read the list anew."""
        self._show(self.first)
        self.problem, self.ready = "", True

    @recruiter_event
    def narrow(self, status: str):
        """Only interviews of one status; "" for all."""
        self.status = status
        self._show(1)

    def _read(self, first: int, size: int) -> tuple[int, int]:
        query = ListQuery(search=self.search, status=self.status, first=first, size=size)
        with platform().db() as db:
            actor = self._actor()
            rows, total = overview.interviews(db, actor, query), overview.count(db, actor, query)
            self.any_interview = bool(total) or overview.count(db, actor) > 0
        self.lines = [interview_line(row) for row in rows]
        return len(rows), total


class LinkState(RecruiterState):
    """The dialog about one candidate's link."""

    is_open: bool = False
    invite: str = ""
    name: str = ""
    link: str = ""
    usable: bool = False
    withdrawn: bool = False
    until: str = ""
    days: str = "7"
    busy: bool = False
    said: str = ""
    asking: bool = False  # whether withdrawing waits for a second click

    @recruiter_event
    def show(self, invite: str):
        """Open the dialog for an invite."""
        self.said, self.asking, self.busy = "", False, False
        self._read(invite)
        self.is_open = True

    @recruiter_event
    def toggle(self, on: bool):
        """The dialog was opened or closed."""
        self.is_open = on and bool(self.invite)

    @recruiter_event
    def write_days(self, text: str):
        """How many days to extend by."""
        self.days = text[:3]

    @recruiter_event
    def extend(self):
        """Keep the link open longer."""
        if not self.days.isdigit():
            raise BadInput("Type the number of days, 1 to 90.")
        with platform().db() as db:
            invites.extend(db, self._actor(), self.invite, int(self.days))
        self._read(self.invite)
        self.said = f"The link is open until {self.until}."
        return self._refresh()

    @recruiter_event
    def ask(self):
        """Withdrawing asks once more."""
        self.asking = not self.asking

    @recruiter_event
    def revoke(self):
        """Withdraw the link at once."""
        with platform().db() as db:
            invites.revoke(db, self._actor(), self.invite)
        self._read(self.invite)
        self.asking, self.said = False, "The link is withdrawn. Launch the interview again to send a new one."
        return self._refresh()

    @recruiter_event(background=True)
    async def resend(self):
        """Send the same link by another mail."""
        async with self:
            actor, invite, self.busy = self._actor(), self.invite, True
        try:
            said = await asyncio.to_thread(_resend, actor, invite)
        finally:
            async with self:
                self.busy = False
        async with self:
            self.said = said

    def _read(self, invite_id: str) -> None:
        held = platform()
        with held.db() as db:
            actor = self._actor()
            row = access.invite(db, actor, invite_id)
            application = access.application(db, actor, row.application_id)
            person = access.candidate(db, actor, application.candidate_id)
        self.invite, self.name = row.id, person.name or person.email or "this candidate"
        self.link = invites.link_of(held.secret, row, held.settings.address)
        self.usable, self.withdrawn = invites.is_open(row), row.revoked_at is not None
        self.until = moment(row.expires_at)

    def _refresh(self) -> object:
        """The page behind the dialog, read anew."""
        from interview_platform.states.recruiter_job import JobState
        from interview_platform.states.recruiter_pool import PoolState

        if self._in_path("job_id"):
            return [JobState.load, PoolState.load]
        return InterviewsState.load


def _resend(actor: access.Actor, invite_id: str) -> str:
    """Queue and deliver; what became of it, in words."""
    held = platform()
    with held.db() as db:
        made = launch.resend(db, actor, held.secret, invite_id, held.settings.address)
    message = notifications.deliver(held.engine, held.mailer, held.settings.mail_from, made.message.id)
    return mail_words(message)


def mail_words(message: notifications.Message) -> str:
    """What became of a mail."""
    if message.status == "sent":
        return f"E-mail sent to {message.to_address}."
    if message.status == "kept":
        return f"E-mail to {message.to_address} is in the outbox (no mail server is set up)."
    if message.status == "failed":
        return f"The e-mail was not sent: {message.error}"
    return "The e-mail is on its way."
