"""When people can be met: each one's own hours, checked before they are kept."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from sqlmodel import Session, col, select

from interview_platform.errors import BadInput
from interview_platform.models import HostHours, User, now
from interview_platform.services import audit
from interview_platform.services.access import READERS, REVIEWERS, Actor, need

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BUFFERS = (0, 5, 10, 15, 30, 60)
NOTICES = (1, 4, 12, 24, 48, 72)
HORIZONS = (7, 14, 21, 30, 60)
LENGTHS = (15, 20, 30, 45, 60, 90)
"""Minutes of pause, hours of notice, days ahead, minutes of a meeting: what can be chosen."""
MOST_PARTS = 4
LONGEST_PLACE = 500
WORKDAYS = {str(day): [["09:00", "12:00"], ["13:00", "17:00"]] for day in range(5)}
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5][05]")


@dataclass(frozen=True)
class Given:
    """Hours as they are typed in. `week`: weekday "0".."6" to ["HH:MM", "HH:MM"] pairs."""

    zone: str
    week: Mapping[str, Sequence[Sequence[str]]]
    blocked: Sequence[str] = field(default_factory=list)
    buffer_minutes: int = 10
    notice_hours: int = 24
    horizon_days: int = 21
    place: str = ""


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """Names of time zones people know, in order."""
    known = {
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
    return (*sorted(name for name in available_timezones() if name.split("/")[0] in known), "UTC")


def zone_of(name: str) -> ZoneInfo:
    """The zone, or UTC where the name is none."""
    return ZoneInfo(name) if name in zones() else ZoneInfo("UTC")


def of(db: Session, actor: Actor, user_id: str) -> HostHours | None:
    """A colleague's hours; None where she gave none. Raises NotAllowed."""
    need(actor, READERS)
    query = select(HostHours).where(HostHours.user_id == user_id)
    return db.exec(query.where(HostHours.organisation_id == actor.organisation_id)).first()


def hosts(db: Session, actor: Actor) -> list[tuple[User, HostHours | None]]:
    """Everybody of the organisation who can be met, by name, with their hours. Raises NotAllowed."""
    need(actor, READERS)
    query = select(User).where(User.organisation_id == actor.organisation_id, col(User.disabled).is_(False))
    people = [user for user in db.exec(query.order_by(col(User.name))) if user.role in REVIEWERS]
    return [(user, of(db, actor, user.id)) for user in people]


def keep(db: Session, actor: Actor, given: Given) -> HostHours:
    """Keep the actor's own hours. Raises BadInput with what is wrong, NotAllowed."""
    need(actor, REVIEWERS)
    if not actor.user_id:
        raise BadInput("Hours belong to a person. Sign in to give yours.")
    row = of(db, actor, actor.user_id) or HostHours(
        organisation_id=actor.organisation_id, user_id=actor.user_id, zone="UTC"
    )
    if given.zone not in zones():
        raise BadInput("Choose your time zone from the list. Nothing was changed.")
    row.zone, row.week, row.blocked = given.zone, _week(given.week), _blocked(given.blocked)
    row.buffer_minutes = _one_of(given.buffer_minutes, BUFFERS)
    row.notice_hours = _one_of(given.notice_hours, NOTICES)
    row.horizon_days = _one_of(given.horizon_days, HORIZONS)
    row.place = " ".join(given.place.split())[:LONGEST_PLACE]
    db.add(row)
    audit.record(db, actor, "hours.kept", f"user:{actor.user_id}", zone=row.zone)
    return row


def usual(zone: str) -> Given:
    """What a first form holds: workdays from nine to five with an hour at noon."""
    return Given(zone if zone in zones() else "UTC", WORKDAYS)


def _week(given: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, list[list[str]]]:
    if set(given) - {str(day) for day in range(7)}:
        raise BadInput("There is no such day. Nothing was changed.")
    return {day: _parts(DAYS[int(day)], parts) for day, parts in sorted(given.items()) if parts}


def _parts(day: str, parts: Sequence[Sequence[str]]) -> list[list[str]]:
    if len(parts) > MOST_PARTS:
        raise BadInput(f"{day} has more than {MOST_PARTS} parts. Nothing was changed.")
    kept = sorted([str(clock).strip() for clock in part] for part in parts)
    for part in kept:
        if len(part) != 2 or not all(_CLOCK.fullmatch(clock) for clock in part):
            raise BadInput(f"{day}: write times as 09:00, in steps of five minutes. Nothing was changed.")
        if part[0] >= part[1]:
            raise BadInput(f"{day}: {part[0]} is not before {part[1]}. Nothing was changed.")
    for earlier, later in itertools.pairwise(kept):
        if later[0] < earlier[1]:
            raise BadInput(f"{day}: {' to '.join(later)} begins before {earlier[1]} is over. Nothing was changed.")
    return kept


def _blocked(given: Sequence[str]) -> list[str]:
    """The days without meetings, in order, those long gone left out."""
    try:
        days = {date.fromisoformat(day.strip()) for day in given if day.strip()}
    except ValueError:
        raise BadInput("Write days without meetings as 2026-12-24. Nothing was changed.") from None
    return [day.isoformat() for day in sorted(days) if day >= now().date() - timedelta(days=2)][:366]


def _one_of(value: int, choices: Sequence[int]) -> int:
    if value not in choices:
        raise BadInput(f"Choose one of {', '.join(map(str, choices))}. Nothing was changed.")
    return value
