"""A person's own hours for meetings, as she types them."""

import re
from dataclasses import dataclass
from datetime import timedelta

import reflex as rx

from interview_platform.adapters.own_calendar import kind_of
from interview_platform.errors import BadInput
from interview_platform.models import HostHours, now
from interview_platform.services import hours, meeting_times
from interview_platform.services.access import REVIEWERS
from interview_platform.states.guard import recruiter_event
from interview_platform.states.meeting import BROWSERS_ZONE
from interview_platform.states.recruiter import RecruiterState
from interview_platform.wiring import platform

CHOICES = {
    "buffer": [(str(one), f"{one} minutes" if one else "None") for one in hours.BUFFERS],
    "notice": [(str(one), f"{one} hours" if one > 1 else "1 hour") for one in hours.NOTICES],
    "horizon": [(str(one), f"{one} days") for one in hours.HORIZONS],
}
"""Field → what can be chosen."""
SHOWN = 5
_PART = re.compile(r"\s*(\d{1,2}:\d{2})\s*(?:-|–|—|to)\s*(\d{1,2}:\d{2})\s*")


@dataclass
class DayHours:
    """One weekday: "09:00–12:00, 13:00–17:00", or nothing."""

    key: str
    name: str
    text: str


class HoursState(RecruiterState):
    """The form."""

    ready: bool = False
    problem: str = ""
    zone: str = "UTC"
    days: list[DayHours] = []
    blocked: str = ""
    buffer: str = "10"
    notice: str = "24"
    horizon: str = "21"
    place: str = ""
    first: bool = False  # nothing was kept yet
    may: bool = False
    unsaved: bool = False
    wrong: str = ""
    next_times: list[str] = []

    @recruiter_event
    def load(self):
        """Read the hours; at first the usual ones, on the browser's clock, not kept yet."""
        with platform().db() as db:
            actor = self._actor()
            row = hours.of(db, actor, actor.user_id or "")
        self.may, self.first, self.wrong = actor.role in REVIEWERS, row is None, ""
        self._fill(row or hours.usual("UTC"))
        self.problem, self.ready, self.unsaved = "", True, False
        if row is None:
            return rx.call_script(BROWSERS_ZONE, callback=HoursState.note_zone)
        self._look(row)
        return None

    @recruiter_event
    def note_zone(self, zone: str):
        """The browser's zone, for whoever has none yet."""
        if self.first and zone in hours.zones():
            self.zone = zone

    @recruiter_event
    def write_day(self, key: str, text: str):
        """A day's hours were typed."""
        self.days = [DayHours(one.key, one.name, text if one.key == key else one.text) for one in self.days]
        self.unsaved, self.wrong = True, ""

    @recruiter_event
    def write(self, field: str, text: str):
        """zone | blocked | place | buffer | notice | horizon"""
        if field not in ("zone", "blocked", "place", *CHOICES):
            raise BadInput("There is no such field.")
        setattr(self, field, text)
        self.unsaved, self.wrong = True, ""

    @recruiter_event
    def save(self):
        """Keep the hours."""
        try:
            given = self._given()
            with platform().db() as db:
                row = hours.keep(db, self._actor(), given)
        except BadInput as error:
            self.wrong = str(error)
            return None
        self._fill(row)
        self._look(row)
        self.first, self.unsaved = False, False
        return rx.toast.success("Saved. Candidates see these hours from now on.")

    def _given(self) -> hours.Given:
        week = {one.key: _parts(one.name, one.text) for one in self.days}
        days = [word for word in re.split(r"[\s,;]+", self.blocked) if word]
        numbers = (self.buffer, self.notice, self.horizon)
        if not all(number.isdigit() for number in numbers):
            raise BadInput("Choose pause, notice and how far ahead from the lists. Nothing was changed.")
        return hours.Given(self.zone, week, days, *map(int, numbers), self.place)

    def _fill(self, held: HostHours | hours.Given) -> None:
        self.zone, self.blocked, self.place = held.zone, ", ".join(held.blocked), held.place
        self.buffer, self.notice, self.horizon = (
            str(held.buffer_minutes),
            str(held.notice_hours),
            str(held.horizon_days),
        )
        self.days = [
            DayHours(str(day), name, ", ".join("–".join(part) for part in held.week.get(str(day), [])))
            for day, name in enumerate(hours.DAYS)
        ]

    def _look(self, row: HostHours) -> None:
        """The first times a candidate would see, as a proof of what was typed."""
        calendar = platform().own_calendar
        found = calendar.times(kind_of(row.user_id, 30), now(), now() + timedelta(days=row.horizon_days))
        self.next_times = [meeting_times.said(at, row.zone) for at in found[:SHOWN]]


def _parts(day: str, text: str) -> list[list[str]]:
    found = []
    for part in filter(str.strip, re.split(r"[,;]", text)):
        held = _PART.fullmatch(part)
        if held is None:
            raise BadInput(f"{day}: “{part.strip()[:40]}” is not a time like 09:00–12:00. Nothing was changed.")
        found.append([clock.zfill(5) for clock in held.groups()])
    return found
