"""Follow-up meetings in the recruiter's lists: on the home page, on a report, on a candidate's page."""

import asyncio

import reflex as rx
from sqlmodel import Session

from interview_platform import routes
from interview_platform.errors import BadInput, NotFound, ServiceUnavailable
from interview_platform.services import access, hours, meetings
from interview_platform.services.access import WRITERS, Actor
from interview_platform.services.meetings import Meeting
from interview_platform.states.guard import recruiter_event
from interview_platform.states.meeting_lines import MeetingLine, meeting_line
from interview_platform.states.recruiter import RecruiterState
from interview_platform.wiring import platform

ACTIONS = ("cancel", "again")
MOST = 20


class MeetingsState(RecruiterState):
    """The list that fits the page: of everybody, or of the candidate it is about."""

    ready: bool = False
    lines: list[MeetingLine] = []
    may_write: bool = False
    acting: str = ""  # the meeting that is asked about
    action: str = ""  # cancel | again
    about: str = ""
    reason: str = ""
    wrong: str = ""
    busy: bool = False

    @recruiter_event
    def load(self):
        """Read the meetings of this page."""
        self._read()
        self.ready = True

    @recruiter_event
    def ask(self, key: str, action: str):
        """Before cancelling or asking for another time: why, if one likes."""
        line = next((one for one in self.lines if one.key == key), None)
        if line is None or action not in ACTIONS:
            raise NotFound("This meeting does not exist any more. Reload the page.")
        self.acting, self.action, self.about = key, action, f"{line.who}, {line.when or line.about}"
        self.reason, self.wrong = "", ""

    @recruiter_event
    def toggle(self, on: bool):
        """The dialog was opened or closed."""
        if not on:
            self.acting = ""

    @recruiter_event
    def write(self, text: str):
        """The reason."""
        self.reason, self.wrong = text, ""

    @recruiter_event(background=True)
    async def act(self):
        """Do it, and tell the candidate."""
        async with self:
            if self.busy or not self.acting:
                return
            actor, self.busy = self._actor(), True
            given, action = (actor, self.acting, self.reason), self.action
        desk, said = platform().meetings, ""
        try:
            await asyncio.to_thread(desk.ask_again if action == "again" else desk.call_off, *given)
        except (BadInput, NotFound, ServiceUnavailable) as error:
            said = str(error)
        finally:
            async with self:
                self.busy = False
        async with self:
            self.wrong, self.acting = said, self.acting if said else ""
            self._read()
        if not said:
            done = (
                "The candidate is asked for another time." if action == "again" else "Cancelled. The candidate is told."
            )
            yield rx.toast.success(done)

    def _read(self) -> None:
        held = platform()
        with held.db() as db:
            actor = self._actor()
            application = self._application(db, actor)
            mine = hours.of(db, actor, actor.user_id or "")
            found = meetings.listing(db, actor, application_id=application, limit=MOST)
            may = actor.role in WRITERS
            lines = [self._line(one, mine.zone if mine else "UTC", may) for one in found]
        self.lines, self.may_write = lines, may

    def _application(self, db: Session, actor: Actor) -> str:
        """Whom the page is about; empty for everybody."""
        interview = self._in_path("interview_id")
        return access.interview(db, actor, interview).application_id if interview else self._in_path("application_id")

    def _line(self, one: Meeting, zone: str, may: bool) -> MeetingLine:
        held = platform()
        link = meetings.link_of(held.secret, one.booking, held.settings.address) if may else ""
        return meeting_line(one, zone, routes.candidate(one.job.id, one.application.id), link)
