"""A meeting's time in words, as a calendar file, and as links that put it into a calendar."""

from __future__ import annotations

from datetime import datetime

from interview_platform.services import calendar_files, hours
from interview_platform.services.calendar_files import Entry
from interview_platform.services.meetings import Meeting, begins


def said(at: datetime, zone: str) -> str:
    """ "Tuesday 24 November 2026, 14:00 (Europe/Berlin)"."""
    local = at.astimezone(hours.zone_of(zone))
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M} ({zone_words(zone)})"


def zone_words(zone: str) -> str:
    """A zone as people read it: "America/New York", "UTC"."""
    name = zone if zone in hours.zones() else "UTC"
    return name.replace("_", " ")


def entry(meeting: Meeting, domain: str = "localhost", link: str = "") -> Entry:
    """The booked meeting as it stands in a calendar."""
    row, person = meeting.booking, meeting.candidate
    return Entry(
        uid=f"{row.id}@{domain}",
        sequence=row.sequence,
        begins=begins(row),
        minutes=row.minutes,
        title=f"{meeting.job.title}: {person.name or 'candidate'} and {meeting.host_name}",
        place=row.place,
        text=f"Change or cancel: {link}" if link else "",
        host=(meeting.host.name, meeting.host.email) if meeting.host else None,
        guest=(person.name, person.email),
    )


def file(meeting: Meeting, domain: str, link: str = "", *, cancelled: bool = False) -> str:
    """The booked meeting as an iCalendar file, or the word that takes it out again."""
    return calendar_files.file(entry(meeting, domain, link), cancelled=cancelled)
