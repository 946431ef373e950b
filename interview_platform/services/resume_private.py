"""What a résumé may say that must not be kept: birth, age, gender, family, nationality, street. Pure."""

from __future__ import annotations

import re

from interview_platform.services.resume_pages import Edit
from interview_platform.services.text import lines

_HEAD_LINES = 14
_ADDRESS_WORDS = 16  # beside the street: a line of more is prose that names one, and only the street goes
_POSTCODE_NEAR = 40  # characters after a street in which its postcode stands
_PRIVATE = re.compile(
    r"^[\s•*-]*(?:date of birth|d\.?o\.?b\.?|birth ?(?:date|day|place)|place of birth|born|age|gender|sex|"
    r"(?:marital|civil|family) status|nationality|religion|caste|race|ethnicity|spouse|children|father'?s name|"
    r"mother'?s name|maiden name|passport(?: no\.?| number)?|national id|ssn|social security(?: number| no\.?)?|photo)"
    r"\s*(?:[:=–-]|\bon\b|\bin\b)\s*\S.*$",
    re.I,
)
_STREET = re.compile(
    r"\b(?:(?<![\w/-])\d{1,6}[\w/-]{0,6}\s+(?:[\w.'-]{1,30}\s+){0,5}?(?:street|st|avenue|ave|road|rd|way|lane|ln|drive|dr|boulevard|blvd|court|"
    r"ct|place|pl|square|sq|terrace|close|highway|hwy|parkway|pkwy|crescent)\b\.?(?:\s*,?\s*(?:apt|suite|unit|#)\.?\s*"
    r"[\w-]+)?|address\s*:|p\.?o\.? box \d+)",
    re.I,
)
POSTCODE = re.compile(r"\b(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b")
_TOWN = r"[^\W\d_][^\W\d_.'-]*(?:[ .'-]+[^\W\d_][^\W\d_.'-]*){0,3}\.?"
PLACE = re.compile(
    rf"{_TOWN},\s*[A-Z][^\W\d_.]*(?:[ .]+[A-Z]?[^\W\d_]+){{0,3}}(?:,\s*[A-Z][^\W\d_.]+(?: [^\W\d_]+){{0,3}})?"
)


def private_lines(text: str) -> list[Edit]:
    """Lines and parts of lines that must not be kept taken out; a street goes, its town stays."""
    made = []
    for number, (start, line) in enumerate(lines(text)):
        kept = _kept(line, number < _HEAD_LINES)
        if kept != line:
            made.append(Edit(start, start + len(line), kept))
    return made


def _kept(line: str, head: bool) -> str:
    parts = re.split(r"(\t|\s[|·•]\s)", line)
    parts = ["" if _PRIVATE.match(part) else part for part in parts]
    changed = "".join(_town(part) if head else part for part in parts)
    return line if changed == line else re.sub(r"^(\t|\s[|·•]\s)+|(\t|\s[|·•]\s?)+$", "", changed)


def _town(part: str) -> str:
    """What is left of an address: its town, without street and postcode."""
    found = _STREET.search(part)
    if found is None or "@" in part:
        return part
    around = f"{part[: found.start()]} {part[found.end() :]}"
    if len(around.split()) > _ADDRESS_WORDS:
        near, far = part[found.end() :][:_POSTCODE_NEAR], part[found.end() + _POSTCODE_NEAR :]
        return re.sub(r"\(\s*[,;]?\s*\)", "", f"{part[: found.start()]}{POSTCODE.sub('', near)}{far}")
    rest = POSTCODE.sub("", part[found.end() :]).strip(" ,:")
    place = PLACE.search(rest)
    return place.group() if place else ""
