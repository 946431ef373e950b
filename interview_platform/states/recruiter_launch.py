"""Launching interviews for chosen candidates: what will happen, then each one's link and mail."""

import asyncio
from dataclasses import dataclass, replace

from interview_platform.errors import BadInput, PlatformError
from interview_platform.services import launch, notifications
from interview_platform.services import pool as pool_rows
from interview_platform.services.access import Actor
from interview_platform.services.agent import plan
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_candidate import CandidateState
from interview_platform.states.recruiter_interviews import mail_words
from interview_platform.states.recruiter_job import JobState
from interview_platform.states.recruiter_pool import PoolState
from interview_platform.wiring import platform

MOST_AT_ONCE = 500


@dataclass
class Invitee:
    """One chosen candidate, and what became of the launch. `state`: waiting | done | failed."""

    application: str
    name: str
    email: str
    state: str = "waiting"
    link: str = ""
    said: str = ""


class LaunchState(RecruiterState):
    """The launch dialog."""

    is_open: bool = False
    people: list[Invitee] = []
    days: str = ""
    wrong: str = ""
    running: bool = False
    finished: bool = False
    done: int = 0
    without_address: int = 0

    @recruiter_event
    async def prepare(self, applications: list[str]):
        """Open the dialog for some applications; with none, for those ticked in the pool."""
        pool = await self.get_state(PoolState)
        wanted = list(applications) or list(pool.chosen)
        if not wanted:
            raise BadInput("Tick the candidates first, then launch.")
        if len(wanted) > MOST_AT_ONCE:
            raise BadInput(f"At most {MOST_AT_ONCE} interviews at once. Launch the rest afterwards.")
        held = platform()
        with held.db() as db:
            rows = pool_rows.rows(db, self._actor(), wanted)
        self.people = [Invitee(row.application_id, row.name or row.filename, row.email) for row in rows]
        self.without_address = sum(not row.email for row in rows)
        self.days, self.wrong, self.done = str(held.settings.invite_days), "", 0
        self.running, self.finished, self.is_open = False, False, True

    @recruiter_event
    def toggle(self, on: bool):
        """The dialog was opened or closed; a launch goes on meanwhile."""
        self.is_open = on and bool(self.people)

    @recruiter_event
    def write_days(self, text: str):
        """How long the links stay open."""
        self.days, self.wrong = text[:3], ""

    @recruiter_event(background=True)
    async def launch(self):
        """Launch one after the other: plan, link, mail."""
        async with self:
            if self.running or self.finished:
                return
            self.wrong = "" if self.days.isdigit() and 1 <= int(self.days) <= 90 else "Type a number of days, 1 to 90."
            if self.wrong:
                return
            actor, days, self.running = self._actor(), int(self.days), True
            people = [Invitee(one.application, one.name, one.email) for one in self.people]
        for index, person in enumerate(people):
            people[index] = await asyncio.to_thread(_launch, actor, person, days)
            async with self:
                self.people, self.done = list(people), index + 1
        async with self:
            self.running, self.finished = False, True
        yield PoolState.clear
        yield PoolState.load
        yield JobState.load

    @recruiter_event
    async def from_panel(self):
        """Launch for the candidate of the side panel."""
        panel = await self.get_state(CandidateState)
        panel.is_open = False
        return LaunchState.prepare([panel.shown])


def _launch(actor: Actor, person: Invitee, days: int) -> Invitee:
    """Launch for one person; a refusal is told on their line and the others go on."""
    held = platform()
    try:
        with held.db() as db:
            made = launch.launch(db, actor, held.secret, person.application, held.settings.address, days, plan.build)
    except PlatformError as error:
        return replace(person, state="failed", said=str(error))
    message = notifications.deliver(held.engine, held.mailer, held.settings.mail_from, made.message.id)
    return replace(person, state="done", link=made.link, said=mail_words(message))
