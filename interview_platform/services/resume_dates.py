"""What dates look like in résumés, and how long something lasted. Pure.

Months are counted as people do: March to May is three months, 2012 to 2015 three years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_MONTHS = (
    "jan(?:uary|uar|vier)?|ene(?:ro)?",
    "feb(?:ruary|ruar|rero)?|févr?(?:ier)?",
    "mar(?:ch|s|zo)?|märz?",
    "apr(?:il)?|avr(?:il)?|abr(?:il)?",
    "may|mai|mayo",
    "june?|juni|juin|junio",
    "july?|juli|juil(?:let)?|julio",
    "aug(?:ust)?|août|ago(?:sto)?",
    "sept?(?:ember|embre|iembre)?",
    "oct(?:ober|obre|ubre)?|okt(?:ober)?",
    "nov(?:ember|embre|iembre)?",
    "dec(?:ember)?|déc(?:embre)?|dez(?:ember)?|dic(?:iembre)?",
)
_MONTH = rf"(?:{'|'.join(_MONTHS)})"
_SEASON = r"(?:spring|summer|fall|autumn|winter)"
_YEAR = r"(?:19|20)\d\d"
_NAMED = (
    rf"(?:\d{{1,2}}\.? )?\b(?:{_MONTH}\.?|{_SEASON})(?:[ ,-]+|[ ,]*(?=[’']))(?:\d{{1,2}}(?:st|nd|rd|"
    rf"th)?, ?)?(?:{_YEAR}|[’']\d\d)"
)
_NUMBERS = rf"(?:\d{{1,2}}[/.-])?\d{{1,2}}\s?[/.-]\s?{_YEAR}|{_YEAR}[/.-](?:0[1-9]|1[0-2])(?!\d)"
POINT = rf"(?:{_NAMED}|{_NUMBERS}|{_YEAR})"
_SHORT = r"(?:0?[1-9]|1[0-2])/\d\d"
_NOW = r"(?:present|current(?:ly)?|now|ongoing|today|date|heute|aujourd[’']hui|actualidad)"
_UNTIL = r"\s*(?:[-–—−~]+|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bthru\b)\s*"
DATES = re.compile(
    rf"(?<![\w/])(?:from |since )?(?:(?P<start>{POINT})(?:{_UNTIL}| (?=present\b|current\b))(?P<end>{POINT}|{_NOW})"
    rf"|(?P<start2>{_SHORT}){_UNTIL}(?P<end2>{_SHORT}|{_NOW})"
    rf"|(?P<start3>{_MONTH}\.?){_UNTIL}(?P<end3>{_NAMED}))(?!\w)",
    re.I,
)
"""A stretch of time in one line."""
DATE = re.compile(rf"(?:^|(?<=[\s(|,·:–—-]))(?P<start>{POINT})(?=$|[\s)|,·;.–—-])", re.I)
"""One point in time."""
_SPLIT = re.compile(rf"({POINT})[ \t]*\n\s*(?:to|[-–—])[ \t]*\n\s*(?:{POINT}|{_NOW})(?!\w)", re.I)
_WRAPPED = re.compile(rf"({POINT}[ \t]*[-–—])[ \t]*\n[ \t]*(?=(?:{POINT}|{_NOW})(?!\w))", re.I)
_NOW_WORD = re.compile(_NOW, re.I)
_PARTS = tuple(re.compile(rf"\b(?:{names})\b", re.I) for names in _MONTHS)

Span = tuple[int, int]
"""Months since year 0: the first, and the first after."""


def written(found: re.Match[str]) -> tuple[str, str]:
    """Start and end as they stand in a match of DATES or DATE; a start without year takes the end's."""
    held = found.groupdict()
    start = held["start"] or held.get("start2") or held.get("start3") or ""
    end = held.get("end") or held.get("end2") or held.get("end3") or ""
    if held.get("start3"):
        start = f"{start} {end[-4:]}"
    return " ".join(start.split()), " ".join(end.split())


def normal(point: str) -> str:
    """A date as "YYYY-MM", "YYYY" or "present"; empty where it says neither."""
    if _NOW_WORD.fullmatch(point.strip()):
        return "present"
    year, month = _year(point), _month(point)
    if not year:
        return ""
    return f"{year:04}-{month:02}" if month else f"{year:04}"


def months(start: str, end: str, today: date) -> int:
    """How long from a start to an end, as written; 0 where that is not said."""
    held = span(start, end, today)
    return held[1] - held[0] if held else 0


def total(spans: Iterable[Span | None]) -> int:
    """Months covered by any of the spans; what overlaps counts once."""
    covered = place = 0
    for first, after in sorted(held for held in spans if held):
        covered += max(0, after - max(first, place))
        place = max(place, after)
    return covered


def span(start: str, end: str, today: date) -> Span | None:
    """The months from a start to an end, as written; never beyond today."""
    begun, over = normal(start), normal(end)
    if not begun or not over:
        return None
    now = today.year * 12 + today.month
    first = _index(begun, now)
    if over == "present":
        after = now + 1
    elif len(over) == 4:
        after = int(over) * 12 + 1 if len(begun) == 4 else int(over) * 12 + 7
        after = after + 12 if over == begun else after
    else:
        after = _index(over, now) + 1
    after = min(after, now + 1)
    return (first, after) if after > first else None


def joined_lines(text: str) -> str:
    """Dates that stand on several lines ("May 2011 / to / June 2014") on one; every character keeps its place."""
    text = _WRAPPED.sub(lambda found: found.group().replace("\n", " "), text)
    return _SPLIT.sub(lambda found: found.group().replace("\n", " "), text)


def _index(point: str, now: int) -> int:
    if point == "present":
        return now
    year, _, month = point.partition("-")
    return int(year) * 12 + int(month or 1)


def _year(point: str) -> int:
    found = re.search(_YEAR, point)
    if found:
        return int(found.group())
    short = re.search(r"(?:[’']|/)(\d\d)$", point)
    if not short:
        return 0
    number = int(short.group(1))
    return 2000 + number if number < 60 else 1900 + number


def _month(point: str) -> int:
    for number, pattern in enumerate(_PARTS, start=1):
        if pattern.search(point):
            return number
    found = re.search(
        rf"(?:(\d{{1,2}})[/.-])?(\d{{1,2}})\s?[/.-]\s?{_YEAR}|{_YEAR}[/.-](\d\d)|^(\d{{1,2}})/\d\d$", point
    )
    if not found:
        return 0
    numbers = [int(part) for part in found.groups() if part]
    month = numbers[-1] if numbers[-1] <= 12 else numbers[0]  # 13/05/2015 and 05/13/2015
    return month if 1 <= month <= 12 else 0
