"""The candidate's page of a meeting: pick a time on her own clock, change it, cancel it, or say that none suits.

Every handler opens the link anew; what the page holds is never believed, least of all a time.
"""

import asyncio
from datetime import datetime

import reflex as rx

from interview_platform import routes
from interview_platform.errors import BadInput, NotFound, ServiceUnavailable, TimeTaken
from interview_platform.services import calendar_files, hours, meeting_times, meetings
from interview_platform.services.meetings import Meeting
from interview_platform.states.guard import Guarded, reader_event
from interview_platform.states.meeting_lines import DAYS_SHOWN, DayLine, day_lines
from interview_platform.wiring import platform

BROWSERS_ZONE = "Intl.DateTimeFormat().resolvedOptions().timeZone"
ZONES = [(name, meeting_times.zone_words(name)) for name in hours.zones()]
"""What the zone can be changed to, and the words for it."""


class MeetingState(Guarded, rx.State):
    """What the page shows."""

    step: str = "opening"  # opening | closed | pick | booked | cancelled | off
    problem: str = ""
    organisation: str = ""
    job: str = ""
    host: str = ""
    minutes: int = 0
    note: str = ""
    place: str = ""
    contact: str = ""
    zone: str = ""
    zone_chosen: bool = False
    when: str = ""  # the booked time
    reason: str = ""  # why the employer called it off
    booked: bool = False
    looking: bool = False
    looked: bool = False
    not_found: bool = False  # the times could not be looked up
    days: list[DayLine] = []
    earlier: bool = False
    later: bool = False
    chosen: str = ""
    chosen_words: str = ""
    wrong: str = ""
    busy: bool = False
    outside: str = ""  # Calendly's own page, where booking from here is not to be had
    wish: str = ""
    wish_sent: bool = False
    wish_wrong: str = ""
    cancelling: bool = False
    why: str = ""
    file_url: str = ""
    google_url: str = ""
    outlook_url: str = ""
    _times: list[str] = []
    _at: int = 0

    @reader_event
    def load(self):
        """Open the link, ask the browser for its zone, and look for times."""
        self.reset()
        try:
            meeting = platform().meetings.open(self._in_path("token"))
        except NotFound as error:
            self.step, self.problem = "closed", str(error)
            return None
        self._fill(meeting)
        self._place(meeting)
        asked = rx.call_script(BROWSERS_ZONE, callback=MeetingState.note_zone)
        return [asked, MeetingState.look] if self.step == "pick" else asked

    @reader_event
    def note_zone(self, zone: str):
        """The browser's zone, unless another one was chosen."""
        if not self.zone_chosen and zone in hours.zones():
            self.zone = zone
            self._reword()

    @reader_event
    def pick_zone(self, zone: str):
        """Another zone was chosen."""
        if zone not in hours.zones():
            raise BadInput("There is no such time zone.")
        self.zone, self.zone_chosen = zone, True
        self._reword()

    @reader_event(background=True)
    async def look(self):
        """Look for free times."""
        async with self:
            meeting, self.looking = self._opened(), True
        desk = platform().meetings
        try:
            found = await asyncio.to_thread(desk.times, meeting)
        except (BadInput, ServiceUnavailable) as error:
            async with self:
                self.looking, self.looked, self.not_found, self._times = False, True, True, []
                self.wrong = str(error)
                self._show()
            return
        async with self:
            self._times, self._at = [at.isoformat() for at in found], 0
            self.looking, self.looked = False, True
            self.wrong, self.not_found = "" if self.not_found else self.wrong, False
            self._show()

    @reader_event
    def turn(self, by: int):
        """Later or earlier days."""
        self._at = max(0, self._at + (DAYS_SHOWN if by > 0 else -DAYS_SHOWN))
        self._show()

    @reader_event
    def choose(self, key: str):
        """One of the times; booked only when she confirms it."""
        self._opened()
        self.chosen, self.wrong = key, ""
        self.chosen_words = meeting_times.said(_moment(key), self.zone)

    @reader_event(background=True)
    async def confirm(self):
        """Book the chosen time."""
        async with self:
            if self.busy or not self.chosen:
                return
            given = (self._in_path("token"), _moment(self.chosen), self.zone)
            self.busy, self.wrong = True, ""
        desk, said, taken = platform().meetings, "", False
        try:
            await asyncio.to_thread(desk.pick, *given)
        except (BadInput, ServiceUnavailable) as error:
            said, taken = str(error), isinstance(error, TimeTaken)
        finally:
            async with self:
                self.busy = False
        async with self:
            self._again(said)
        if said and not taken:
            yield MeetingState.ask_outside
        if taken:
            yield MeetingState.look

    @reader_event(background=True)
    async def ask_outside(self):
        """Where booking from here does not work: the calendar's own page, if it has one."""
        async with self:
            meeting = self._opened()
        if meeting.booking.provider != meetings.CALENDLY or meeting.booking.status == "booked":
            return
        try:
            found = await asyncio.to_thread(platform().meetings.outside, meeting)
        except (BadInput, ServiceUnavailable):
            return
        async with self:
            self.outside = found

    @reader_event
    def change(self):
        """Another time for a booked meeting: look at the times, the booked one stays until a new one is confirmed."""
        self._place(self._opened())
        if self.step == "booked" or self.step == "cancelled":
            self.step = "pick"
        self.wrong = ""
        return MeetingState.look

    @reader_event
    def keep(self):
        """Back to the booked time."""
        self._place(self._opened())

    # --- none suits, or cancelled ------------------------------------------------------------------------------

    @reader_event
    def write(self, field: str, text: str):
        """wish | why"""
        if field not in ("wish", "why"):
            raise BadInput("There is no such field.")
        setattr(self, field, text)
        self.wish_wrong = ""

    @reader_event(background=True)
    async def send_wish(self):
        """Tell the host what would suit."""
        async with self:
            token, words = self._in_path("token"), self.wish
        try:
            await asyncio.to_thread(platform().meetings.wish, token, words)
        except BadInput as error:
            async with self:
                self.wish_wrong = str(error)
            return
        async with self:
            self.wish_sent, self.wish = True, ""

    @reader_event
    def ask_cancel(self, on: bool):
        """Before cancelling: once more, with room for a word."""
        self.cancelling, self.wrong = on, ""

    @reader_event(background=True)
    async def cancel(self):
        """Cancel the booked time."""
        async with self:
            if self.busy:
                return
            given, self.busy, self.wrong = (self._in_path("token"), self.why), True, ""
        said = ""
        try:
            await asyncio.to_thread(platform().meetings.give_up, *given)
        except (BadInput, ServiceUnavailable) as error:
            said = str(error)
        finally:
            async with self:
                self.busy = False
        async with self:
            self.cancelling = bool(said)
            self._again(said)

    # --- not handlers ------------------------------------------------------------------------------------------

    def _opened(self) -> Meeting:
        return platform().meetings.open(self._in_path("token"))

    def _again(self, said: str) -> None:
        """After a change: how it stands now, or what went wrong."""
        meeting = self._opened()
        self.wrong, self.chosen = said, ""
        self._fill(meeting)
        if not said:
            self._place(meeting)

    def _fill(self, meeting: Meeting) -> None:
        row, desk = meeting.booking, platform().meetings
        self.organisation, self.job, self.host = meeting.organisation.name, meeting.job.title, meeting.host_name
        self.minutes, self.note, self.place, self.reason = row.minutes, row.note, row.place, row.reason
        self.contact = meeting.host.email if meeting.host else ""
        self.booked = row.status == "booked"
        self.zone = self.zone or row.zone or meeting.host_zone
        self.when = meeting_times.said(row.starts_at, self.zone) if row.starts_at else ""
        if self.booked:
            self.file_url = routes.meeting_file(meetings.token_of(desk.letters.secret, row))
            entry = meeting_times.entry(meeting)
            self.google_url, self.outlook_url = calendar_files.google(entry), calendar_files.outlook(entry)

    def _place(self, meeting: Meeting) -> None:
        """The step that follows from what is stored."""
        row = meeting.booking
        if row.status == "booked":
            self.step = "booked"
        elif row.status == "cancelled":
            self.step = "cancelled" if meetings.may_pick(row) else "off"
        else:
            self.step = "pick"

    def _reword(self) -> None:
        meeting = self._opened()
        self._fill(meeting)
        if self.chosen:
            self.chosen_words = meeting_times.said(_moment(self.chosen), self.zone)
        self._show()

    def _show(self) -> None:
        found = day_lines(self._times, hours.zone_of(self.zone))
        self._at = min(self._at, max(0, len(found) - 1)) // DAYS_SHOWN * DAYS_SHOWN
        self.days = found[self._at : self._at + DAYS_SHOWN]
        self.earlier, self.later = self._at > 0, self._at + DAYS_SHOWN < len(found)


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput("This is not one of the times.") from None
    if found.tzinfo is None:
        raise BadInput("This is not one of the times.")
    return found
