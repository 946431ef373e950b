"""Something at a time, as an iCalendar file and as links that put it into a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from icalendar import Calendar, Event, vCalAddress, vText

from interview_platform.models import now

_GOOGLE = "https://calendar.google.com/calendar/render?"
_OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose?"


@dataclass(frozen=True)
class Entry:
    """What stands in a calendar. `host` and `guest` are (name, e-mail); a newer one of a `uid` has a higher number."""

    uid: str
    sequence: int
    begins: datetime
    minutes: int
    title: str
    place: str = ""
    text: str = ""
    host: tuple[str, str] | None = None
    guest: tuple[str, str] | None = None

    @property
    def ends(self) -> datetime:
        """When it is over, in UTC."""
        return self.begins.astimezone(UTC) + timedelta(minutes=self.minutes)


def file(entry: Entry, *, cancelled: bool = False) -> str:
    """An iCalendar request or, when `cancelled`, the word that takes it out again."""
    whole = Calendar()
    for name, value in (("prodid", "-//interview platform//EN"), ("version", "2.0"), ("calscale", "GREGORIAN")):
        whole.add(name, value)
    whole.add("method", "CANCEL" if cancelled else "REQUEST")
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now())
    event.add("dtstart", entry.begins.astimezone(UTC))
    event.add("dtend", entry.ends)
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("location", entry.place)
    event.add("description", entry.text)
    for role, person in (("organizer", entry.host), ("attendee", entry.guest)):
        if person and person[1]:
            event.add(role, _person(*person))
    whole.add_component(event)
    return str(whole.to_ical().decode())


def google(entry: Entry) -> str:
    """An address that puts it into Google's calendar."""
    dates = f"{entry.begins.astimezone(UTC):%Y%m%dT%H%M%SZ}/{entry.ends:%Y%m%dT%H%M%SZ}"
    told = {"action": "TEMPLATE", "text": entry.title, "location": entry.place, "details": entry.text}
    return _GOOGLE + urlencode({**told, "dates": dates})


def outlook(entry: Entry) -> str:
    """An address that puts it into Outlook's calendar."""
    told = {"path": "/calendar/action/compose", "rru": "addevent", "subject": entry.title, "body": entry.text}
    when = {"startdt": entry.begins.astimezone(UTC).isoformat(), "enddt": entry.ends.isoformat()}
    return _OUTLOOK + urlencode({**told, "location": entry.place, **when})


def _person(name: str, email: str) -> vCalAddress:
    made = vCalAddress(f"mailto:{''.join(email.split())}")
    made.params["cn"] = vText(name)
    return made
