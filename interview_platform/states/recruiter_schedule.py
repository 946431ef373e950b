"""Scheduling a follow-up: with whom, how long, a note; the candidate picks the time."""

import asyncio
from dataclasses import dataclass

import reflex as rx

from interview_platform.adapters.calendly import EventType
from interview_platform.errors import BadInput, NotFound, ServiceUnavailable
from interview_platform.models import HostHours, User
from interview_platform.services import access, hours, meeting_times, meetings
from interview_platform.states.guard import recruiter_event
from interview_platform.states.meeting import BROWSERS_ZONE
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_interviews import mail_words
from interview_platform.states.recruiter_meetings import MeetingsState
from interview_platform.wiring import platform

OWN = "own"
LENGTHS = [(str(minutes), f"{minutes} minutes") for minutes in hours.LENGTHS]


@dataclass
class HostLine:
    """Somebody who can be met, and the zone of her hours; empty where she gave none."""

    key: str
    name: str
    zone: str
    place: str
    me: bool


class ScheduleState(RecruiterState):
    """The dialog."""

    is_open: bool = False
    application: str = ""
    name: str = ""
    email: str = ""
    hosts: list[HostLine] = []
    host: str = ""
    minutes: str = "30"
    note: str = ""
    place: str = ""
    ways: list[tuple[str, str]] = []
    way: str = OWN
    my_zone: str = "UTC"
    wrong: str = ""
    busy: bool = False
    _kinds: dict[str, int] = {}  # Calendly's event types and their minutes

    @rx.var
    def host_zone(self) -> str:
        """The zone of the chosen person's hours; empty where there are none."""
        return next((meeting_times.zone_words(one.zone) for one in self.hosts if one.key == self.host and one.zone), "")

    @rx.var
    def host_is_me(self) -> bool:
        """Whether the chosen person is the one who asks."""
        return any(one.me for one in self.hosts if one.key == self.host)

    @rx.var
    def options(self) -> list[tuple[str, str]]:
        """The people to choose from."""
        return [(one.key, f"{one.name} (you)" if one.me else one.name) for one in self.hosts]

    @recruiter_event
    def show(self):
        """Open the dialog for the candidate the page is about."""
        self.reset()
        with platform().db() as db:
            actor = self._actor()
            interview = self._in_path("interview_id")
            held = (
                access.interview(db, actor, interview).application_id if interview else self._in_path("application_id")
            )
            application = access.application(db, actor, held)
            person = access.candidate(db, actor, application.candidate_id)
            self.hosts = [_host_line(*one, actor.user_id) for one in hours.hosts(db, actor)]
        self.application, self.name, self.email = application.id, person.name or "the candidate", person.email
        self._choose_host(next((one.key for one in self.hosts if one.me), self.hosts[0].key if self.hosts else ""))
        self.ways, self.is_open = [(OWN, "Hours people gave here")], True
        return [rx.call_script(BROWSERS_ZONE, callback=ScheduleState.note_zone), ScheduleState.ask_calendly]

    @recruiter_event
    def note_zone(self, zone: str):
        """The browser's zone."""
        self.my_zone = zone if zone in hours.zones() else "UTC"

    @recruiter_event(background=True)
    async def ask_calendly(self):
        """What can be booked at Calendly, where it is set up."""
        calendly = platform().calendly
        if calendly is None:
            return
        try:
            found = await asyncio.to_thread(calendly.event_types)
        except (BadInput, ServiceUnavailable) as error:
            yield rx.toast.warning(f"{error} People's own hours can be used.")
            return
        async with self:
            self._kinds = {one.key: one.minutes for one in found}
            self.ways = [(OWN, "Hours people gave here"), *map(_way, found)]

    @recruiter_event
    def toggle(self, on: bool):
        """The dialog was opened or closed."""
        self.is_open = on and bool(self.application)

    @recruiter_event
    def pick(self, field: str, value: str):
        """host | minutes | way"""
        if field == "host" and value in [one.key for one in self.hosts]:
            self._choose_host(value)
        elif field == "minutes" and value in [key for key, _ in LENGTHS]:
            self.minutes = value
        elif field == "way" and value in [key for key, _ in self.ways]:
            self.way = value
        else:
            raise BadInput("This cannot be chosen.")
        self.wrong = ""

    @recruiter_event
    def write(self, field: str, text: str):
        """note | place"""
        if field not in ("note", "place"):
            raise BadInput("There is no such field.")
        setattr(self, field, text)
        self.wrong = ""

    @recruiter_event
    def use_usual_hours(self):
        """Workdays from nine to five on the browser's clock, to be changed under Settings."""
        with platform().db() as db:
            actor = self._actor()
            hours.keep(db, actor, hours.usual(self.my_zone))
            self.hosts = [_host_line(*one, actor.user_id) for one in hours.hosts(db, actor)]

    @recruiter_event(background=True)
    async def send(self):
        """Offer the meeting and send the link."""
        async with self:
            if self.busy:
                return
            actor, application, given = self._actor(), self.application, self._given()
            self.busy, self.wrong = True, ""
        said, sent = "", ""
        try:
            message = await asyncio.to_thread(platform().meetings.offer, actor, application, given)
            sent = mail_words(message)
        except (BadInput, NotFound) as error:
            said = str(error)
        finally:
            async with self:
                self.busy = False
        async with self:
            self.wrong, self.is_open = said, bool(said)
        if not said:
            yield rx.toast.success(f"{self.name} can pick a time now. {sent}")
            yield MeetingsState.load

    def _given(self) -> meetings.Offer:
        own = self.way == OWN
        minutes = int(self.minutes) if own else self._kinds.get(self.way, 30)
        provider, kind = (meetings.OWN, "") if own else (meetings.CALENDLY, self.way)
        return meetings.Offer(self.host, minutes, self.note, self.place if own else "", provider, kind)

    def _choose_host(self, key: str) -> None:
        self.host = key
        self.place = next((one.place for one in self.hosts if one.key == key), "")


def _host_line(user: User, kept: HostHours | None, me: str | None) -> HostLine:
    return HostLine(user.id, user.name, kept.zone if kept else "", kept.place if kept else "", user.id == me)


def _way(kind: EventType) -> tuple[str, str]:
    return kind.key, f"Calendly: {kind.name}, {kind.minutes} min"
