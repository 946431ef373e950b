"""The team: who belongs to the organisation, who is invited."""

import asyncio
from dataclasses import dataclass

import reflex as rx

from interview_platform.errors import PlatformError
from interview_platform.ports import Mail
from interview_platform.services import team
from interview_platform.services.access import OWNERS
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import ROLES, day
from interview_platform.wiring import platform


@dataclass
class PersonLine:
    """A colleague as she is listed."""

    key: str
    name: str
    email: str
    role: str
    role_words: str
    second_factor: bool
    disabled: bool
    me: bool


@dataclass
class WaitingLine:
    """An invitation that was not used yet."""

    key: str
    email: str
    role: str
    until: str


class TeamState(RecruiterState):
    """What the team page shows."""

    ready: bool = False
    problem: str = ""
    owner: bool = False
    people: list[PersonLine] = []
    waiting: list[WaitingLine] = []
    inviting: bool = False
    email: str = ""
    role: str = "recruiter"
    wrong: str = ""
    link: str = ""  # shown once, after an invitation
    link_for: str = ""
    mailed: bool = False
    asked: str = ""  # whose switching off is being asked about
    asked_name: str = ""

    @recruiter_event
    def load(self):
        """Read the team."""
        self.inviting, self.link, self.link_for, self.wrong, self.asked = False, "", "", "", ""
        self._read()
        self.problem, self.ready = "", True

    @recruiter_event
    def toggle(self, on: bool):
        """Open or close the invitation."""
        self.inviting, self.email, self.wrong = on, "", ""

    @recruiter_event
    def write_email(self, text: str):
        """The address was typed."""
        self.email, self.wrong = text[:320], ""

    @recruiter_event
    def pick_role(self, role: str):
        """The role the invited person will have."""
        self.role = role if role in ROLES else self.role

    @recruiter_event(background=True)
    async def invite(self):
        """Send the letter, and show the link to whoever wants to hand it over otherwise."""
        held = platform()
        async with self:
            actor, email, role = self._actor(), self.email, self.role
        try:
            with held.db() as db:
                row = team.invite(db, held.sessions, actor, email, role)
                link = team.link(held.secret, row, held.settings.address)
                mail = team.letter(db, actor, row, link)
        except PlatformError as error:
            async with self:
                self.wrong = str(error)
            return
        sent = await asyncio.to_thread(_sent, mail)
        async with self:
            self.link, self.link_for, self.mailed = link, row.email, sent
            self.inviting, self.email = False, ""
            self._read()

    @recruiter_event
    def withdraw(self, key: str):
        """Take an invitation back."""
        with platform().db() as db:
            team.withdraw(db, self._actor(), key)
        self.link = self.link_for = ""
        self._read()
        return rx.toast.success("Withdrawn. The link opens nothing any more.")

    @recruiter_event
    def change_role(self, key: str, role: str):
        """Another role for a colleague; what stays as it was is read again."""
        try:
            with platform().db() as db:
                user = team.change_role(db, self._actor(), key, role)
        finally:
            self._read()
        return rx.toast.success(f"{user.name} is now {ROLES[user.role]}.")

    @recruiter_event
    def ask(self, key: str, name: str):
        """Ask before somebody is switched off; an empty key closes the question."""
        self.asked, self.asked_name = key, name

    @recruiter_event
    def disable(self):
        """Switch off whom the question is about."""
        held, key = platform(), self.asked
        self.asked = ""
        with held.db() as db:
            user = team.switch(db, held.sessions, self._actor(), key, disabled=True)
        self._read()
        return rx.toast.success(f"{user.name} is signed out everywhere and cannot sign in.")

    @recruiter_event
    def enable(self, key: str):
        """Let somebody in again."""
        held = platform()
        with held.db() as db:
            user = team.switch(db, held.sessions, self._actor(), key, disabled=False)
        self._read()
        return rx.toast.success(f"{user.name} can sign in again.")

    def _read(self) -> None:
        actor = self._actor()
        self.owner = actor.role in OWNERS
        with platform().db() as db:
            users = team.people(db, actor)
            safe = team.with_second_factor(db, actor) if self.owner else set()
            waiting = team.waiting(db, actor) if self.owner else []
        self.people = [
            PersonLine(
                user.id, user.name, user.email, user.role, ROLES.get(user.role, user.role), user.id in safe,
                user.disabled, user.id == actor.user_id,
            )
            for user in users
        ]  # fmt: skip
        self.waiting = [
            WaitingLine(row.id, row.email, ROLES.get(row.role, row.role), day(row.expires_at)) for row in waiting
        ]


def _sent(mail: Mail) -> bool:
    """Whether a mail server took the letter."""
    held = platform()
    if not held.mailer.delivers:
        return False
    try:
        held.mailer.send(Mail(**{**vars(mail), "sender": held.settings.mail_from}))
    except PlatformError:
        return False
    return True
