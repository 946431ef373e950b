"""When a candidate means to hold her interview: her own plan, with a reminder and a calendar entry."""

import asyncio
from datetime import datetime

import reflex as rx

from interview_platform import routes
from interview_platform.errors import BadInput, InviteInvalid, PlatformError
from interview_platform.services import calendar_files, hours, invite_times, invites, meeting_times
from interview_platform.services.invites import Invited
from interview_platform.states.guard import Guarded, candidate_event
from interview_platform.states.meeting import BROWSERS_ZONE
from interview_platform.states.meeting_lines import DayLine, day_lines
from interview_platform.wiring import platform


class InterviewTimeState(Guarded, rx.State):
    """What the page shows."""

    step: str = "opening"  # opening | closed | pick | planned
    closed_text: str = ""
    organisation: str = ""
    job: str = ""
    until: str = ""
    zone: str = ""
    zone_chosen: bool = False
    days: list[DayLine] = []
    typed: str = ""  # of the date field: "2026-11-24T14:00", on her clock
    first: str = ""
    last: str = ""
    when: str = ""
    wrong: str = ""
    busy: bool = False
    interview_url: str = ""
    file_url: str = ""
    google_url: str = ""
    outlook_url: str = ""

    @candidate_event
    def load(self):
        """Open the link and ask the browser for its zone."""
        self.reset()
        invited = self._invited()
        invites.require_live(invited)
        self._fill(invited)
        return rx.call_script(BROWSERS_ZONE, callback=InterviewTimeState.note_zone)

    @candidate_event
    def note_zone(self, zone: str):
        """The browser's zone, unless another one was chosen."""
        if not self.zone_chosen and zone in hours.zones():
            self.zone = zone
            self._fill(self._invited())

    @candidate_event
    def pick_zone(self, zone: str):
        """Another zone was chosen."""
        if zone not in hours.zones():
            raise BadInput("There is no such time zone.")
        self.zone, self.zone_chosen = zone, True
        self._fill(self._invited())

    @candidate_event
    def type_time(self, text: str):
        """The date field was changed; kept by `keep_typed`."""
        self.typed, self.wrong = text, ""

    @candidate_event
    def keep_typed(self):
        """Plan the time of the date field."""
        try:
            local = datetime.fromisoformat(self.typed)
        except ValueError:
            self.wrong = "Pick a day and a time first."
            return None
        self.typed = ""
        return InterviewTimeState.keep(local.replace(tzinfo=hours.zone_of(self.zone)).isoformat())

    @candidate_event(background=True)
    async def keep(self, key: str):
        """Plan a time, and send the confirmation."""
        async with self:
            if self.busy:
                return
            given, self.busy, self.wrong = (self._invite_token(), _moment(key), self.zone), True, ""
        said = ""
        try:
            await asyncio.to_thread(_keep, *given)
        except InviteInvalid:
            raise
        except PlatformError as error:
            said = str(error)
        finally:
            async with self:
                self.busy = False
        async with self:
            self.wrong = said
            self._fill(self._invited())

    @candidate_event
    def change(self):
        """Pick another time; the planned one stays until then."""
        self._fill(self._invited())
        self.step = "pick"

    @candidate_event
    def forget(self):
        """No plan, no reminder."""
        invited = self._invited()
        with platform().db() as db:
            invite_times.forget(db, invited)
        self._fill(self._invited())

    @candidate_event
    def go(self):
        """From the invitation to this page."""
        return rx.redirect(routes.interview_time(self._invite_token()))

    # --- not handlers ------------------------------------------------------------------------------------------

    def _fill(self, invited: Invited) -> None:
        row, desk = invited.invite, platform().meetings.letters
        self.zone = self.zone or row.planned_zone or "UTC"
        there = hours.zone_of(self.zone)
        self.organisation, self.job = invited.organisation.name, invited.job.title
        self.until = meeting_times.said(row.expires_at, self.zone)
        free = invite_times.suggestions(row.expires_at, self.zone)
        self.days = day_lines([at.isoformat() for at in free], there)
        self.first = f"{datetime.now(there):%Y-%m-%dT%H:%M}"
        self.last = f"{row.expires_at.astimezone(there):%Y-%m-%dT%H:%M}"
        self.interview_url = routes.interview(self._invite_token())
        self.step, self.when = "pick", ""
        if row.planned_at is not None:
            entry = invite_times.entry(invited, desk)
            self.step, self.when = "planned", meeting_times.said(row.planned_at, self.zone)
            self.file_url = routes.interview_file(self._invite_token())
            self.google_url, self.outlook_url = calendar_files.google(entry), calendar_files.outlook(entry)

    def _refused(self, error: PlatformError) -> bool:
        self.step, self.closed_text = "closed", str(error)
        return True


def _keep(token: str, at: datetime, zone: str) -> None:
    held = platform()
    with held.db() as db:
        invited = invites.open_link(db, held.secret, token)
        invite_times.plan(db, invited, at, zone)
        message = invite_times.planned_mail(db, held.meetings.letters, invited)
    held.meetings.deliver([message])


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput("This is not a time.") from None
    if found.tzinfo is None:
        raise BadInput("This is not a time.")
    return found
