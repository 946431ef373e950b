"""A meeting and its free times, put into words for the pages: pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from interview_platform.models import Booking
from interview_platform.services import meeting_times
from interview_platform.services.meetings import CALENDLY, Meeting, is_open

DAYS_SHOWN = 4
STATES = {
    "offered": ("Waits for a time", "info"),
    "booked": ("Booked", "good"),
    "cancelled": ("Cancelled", ""),
}
"""Booking.status → words and tone."""


@dataclass
class SlotLine:
    """One time. `key`: the moment in ISO form."""

    key: str
    words: str


@dataclass
class DayLine:
    """One day's times on the reader's clock."""

    name: str
    slots: list[SlotLine]


@dataclass
class MeetingLine:
    """A meeting in a recruiter's list."""

    key: str
    who: str
    about: str
    with_whom: str  # the same without the job
    href: str
    when: str
    status: str
    tone: str
    wish: str
    ended: str  # who cancelled it, and why
    place: str
    call: str  # the place, where it is the address of a call
    link: str
    booked: bool
    waits: bool


def day_lines(times: Sequence[str], zone: ZoneInfo) -> list[DayLine]:
    """Moments in ISO form, by day of the zone; a time that comes twice on the day the clocks change says which."""
    by_day: dict[str, list[datetime]] = {}
    for text in times:
        local = datetime.fromisoformat(text).astimezone(zone)
        by_day.setdefault(f"{local:%A} {local.day} {local:%B}", []).append(local)
    return [DayLine(name, _slots(held)) for name, held in by_day.items()]


def _slots(held: list[datetime]) -> list[SlotLine]:
    shown = Counter(f"{at:%H:%M}" for at in held)
    twice = {clock for clock, number in shown.items() if number > 1}
    return [_slot(at, f"{at:%H:%M}" in twice) for at in held]


def _slot(at: datetime, twice: bool) -> SlotLine:
    return SlotLine(at.astimezone(UTC).isoformat(), f"{at:%H:%M %Z}" if twice else f"{at:%H:%M}")


def _ended(row: Booking) -> str:
    """Who cancelled, with the reason given; a reason alone belongs to a meeting that is asked for again."""
    why = f"“{row.reason}”" if row.reason else ""
    if row.status != "cancelled":
        return why
    by = "Cancelled by the candidate" if row.cancelled_by == "candidate" else "Cancelled by your side"
    return f"{by}: {why}" if why else f"{by}."


def meeting_line(meeting: Meeting, zone: str, href: str, link: str) -> MeetingLine:
    """One line of a recruiter's list, in her own zone."""
    row = meeting.booking
    words, tone = STATES.get(row.status, (row.status, ""))
    waits = row.status == "offered" and is_open(row)
    if row.status == "offered" and not waits:
        words, tone = "Link ended", ""
    elif row.wish and waits:
        words, tone = "None of the times suit", "attention"
    by = "Calendly" if row.provider == CALENDLY else ""
    with_whom = " · ".join(filter(None, [f"{row.minutes} min with {meeting.host_name}", by]))
    place = row.place if row.status == "booked" else ""
    return MeetingLine(
        key=row.id,
        who=meeting.candidate.name or meeting.candidate.email or "Candidate",
        about=f"{meeting.job.title} · {with_whom}",
        with_whom=with_whom,
        href=href,
        when=meeting_times.said(row.starts_at, zone) if row.starts_at else "",
        status=words,
        tone=tone,
        wish=row.wish,
        ended=_ended(row),
        place=place,
        call=place if place.startswith("https://") and " " not in place else "",
        link=link if waits else "",
        booked=row.status == "booked",
        waits=waits,
    )
