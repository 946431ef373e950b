"""Times at which somebody can be met, from her hours on her own clock. Pure: hours and taken times in, moments out.

Every moment is UTC and stands on a five-minute mark of the clock; what is offered lies whole within her hours, also on
the days when the clocks change: an hour that does not exist is not offered, and one that exists twice is not counted
as the end of her day or its beginning until it is over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CELL = timedelta(minutes=5)
MOST_STEP_MINUTES = 30
"""Longer meetings, too, begin on every half hour."""


@dataclass(frozen=True)
class Hours:
    """`week`: weekday (Monday 0) to (from, until) on her clock; `blocked`: days of hers without meetings."""

    zone: str
    week: Mapping[int, Sequence[tuple[time, time]]]
    blocked: frozenset[date] = frozenset()
    buffer_minutes: int = 0
    notice: timedelta = timedelta(0)
    horizon: timedelta = timedelta(days=21)


def starts(
    hours: Hours, minutes: int, now: datetime, since: datetime, until: datetime, taken: Collection[datetime]
) -> list[datetime]:
    """When a meeting of `minutes` can begin, in order: from `since`, before `until`, within notice and horizon.

    `taken` are the cells (see `cells`) that are not free.
    """
    earliest = max(since, now + hours.notice)
    latest = min(until, now + hours.horizon)
    busy = taken if isinstance(taken, set | frozenset) else set(taken)
    length, step = timedelta(minutes=minutes), timedelta(minutes=min(minutes, MOST_STEP_MINUTES))
    found: set[datetime] = set()
    for begins, ends in _windows(hours, earliest, latest):
        at = begins
        while at + length <= ends:
            if earliest <= at < latest and not busy.intersection(cells(at, minutes, hours.buffer_minutes)):
                found.add(at)
            at += step
    return sorted(found)


def cells(at: datetime, minutes: int, buffer_minutes: int = 0) -> list[datetime]:
    """The five-minute marks that a meeting and the pause after it take."""
    number = -(-(minutes + buffer_minutes) * 60 // int(CELL.total_seconds()))
    return [at + CELL * index for index in range(number)]


def moment(day: date, clock: time, zone: ZoneInfo, *, late: bool) -> datetime:
    """When her clock shows this. Shown twice: the second time if `late`, else the first. Never: when it jumps."""
    wanted = datetime.combine(day, clock)
    first, second = (wanted.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None) == wanted:
        return second if late else first
    at = min(first, second)  # before the jump
    while at.astimezone(zone).replace(tzinfo=None) < wanted:
        at += CELL
    return at


def _windows(hours: Hours, earliest: datetime, latest: datetime) -> Iterator[tuple[datetime, datetime]]:
    zone = ZoneInfo(hours.zone)
    day, last = earliest.astimezone(zone).date(), latest.astimezone(zone).date()
    while day <= last:
        for begins, ends in () if day in hours.blocked else hours.week.get(day.weekday(), ()):
            yield moment(day, begins, zone, late=True), moment(day, ends, zone, late=False)
        day += timedelta(days=1)
