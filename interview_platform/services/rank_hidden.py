"""Stretches of a résumé that ranking does not see at all: addresses, telephone numbers, ages, masks. Pure."""

from __future__ import annotations

import re

from interview_platform.services import skills as vocabulary

EMAIL = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+")
LINK = re.compile(
    r"(?:https?://|www\.)[^\s|,;<>()\"]+|(?<![@\w.])[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|me|co|ai"
    r"|app|edu|uk|de|us|in|info)"
    r"(?:/[^\s|,;()]*)?(?![\w@])",
    re.I,
)
_HANDLE = re.compile(
    r"(?<![\w@])@[A-Za-z_][\w.]{2,}|\b(?:git(?:hub|lab)|linked ?in|twitter|skype|instagram|telegram|facebook|kaggle|"
    r"behance|dribbble|medium)[ \t]*[:=/][ \t]*[\w./@-]+(?=[ \t]*(?:$|[|•·,;\n]|\t))",
    re.I | re.M,
)
_PHONE = re.compile(r"(?<![\w/])(?:\+|\(\+?|00)?\d(?:[().\s/-]{0,2}\d){7,16}(?!\w)")
_YEARS = re.compile(r"(?<!\d)(?:19[5-9]|20[0-3])\d(?!\d)")
_STREET = re.compile(
    r"\b\d+[\w/-]*,?[ \t]+(?:[\w.'’-]+[ \t]+){0,4}?(?:street|st|avenue|ave|road|rd|way|lane|ln|drive|dr"
    r"|boulevard|blvd|court|ct|"
    r"place|pl|square|sq|terrace|close|gardens|grove|highway|hwy|parkway|pkwy|crescent|row|walk|mews|circle|cir|trail|"
    r"loop|plaza|quay|hill|park)\b\.?(?:[ ,]*(?:apt|apartment|suite|unit|flat|floor|#)\.?\s*#?[\w-]+)?"
    r"|\bp\.?\s?o\.? box \d+|\b(?:apt|apartment|flat|suite|unit)\.? #?\d+\w?\b",
    re.I,
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] \d[A-Z]\d\b")
_PRIVATE = re.compile(
    r"^[\s•*-]*(?:date of birth|d\.?o\.?b\.?|birth ?(?:date|day|place)|place of birth|born|age|gender|sex|pronouns|"
    r"(?:marital|civil|family) status|nationality|citizenship|religion|caste|race|ethnicity|spouse"
    r"|children|father'?s name|"
    r"mother'?s name|maiden name|passport(?: no\.?| number)?|national id|ssn|social security(?: number| no\.?)?|photo|"
    r"(?:home |mailing |street |postal )?address|location|residence|full name|name|post ?code|zip(?: code)?)"
    r"\s*(?:[:=–-]|\bon\b|\bin\b)[^\n\t|•]*",
    re.I | re.M,
)
_AGE = re.compile(
    r"\(?\b(?:aged? \d\d|\d\d[- ]years?[- ]olds?|\d\d ?y/?o|born (?:on|in) [^\n,.;]{4,30}"
    r"|(?:he|she|they)/(?:him|her|them)(?:/\w+)?)\b\)?",
    re.I,
)
_MASKED = re.compile(r"\b(?:Company Name|City\s*,\s*State(?:\s*,\s*Country)?|Name of (?:Company|School))\b")
_SCHOOL = (
    r"(?:university|universit[àäéy]t?|universidad|college|institute|polytechnic|academy|school of|seminary|"
    r"conservatory)"
)
_SCHOOLS = re.compile(
    rf"(?:(?:[A-Z][\w'’.&-]*|of|and|de|the)[ ]){{0,5}}(?i:{_SCHOOL})(?:\s+(?:of|at|in|for|de)\s+(?:(?:the"
    rf"|and|of|at|&)\s+|[A-Z][\w'’.-]*\s*){{1,5}})?"
)
_STUDY = frozenset(
    """
    bachelor master science art engineering business administration associate diploma degree doctor doctorate phd mba
    bsc     msc ba bs ma ms bachelors masters certificate certification nursing education management computer
    information
    technology accounting finance marketing economics law medicine design psychology communication history mathematics
    physics chemistry biology training course graduate undergraduate major minor honours honors gpa teacher professor
    lecturer assistant dean tutor instructor director coordinator
    """.split()  # noqa: SIM905
)


def hidden(text: str, schools: bool) -> list[tuple[int, int]]:
    """Stretches that go whole: addresses, numbers of telephones, ages, masks; schools' names."""
    spans = [found.span() for pattern in (EMAIL, LINK, _HANDLE, _STREET, _POSTCODE, _PRIVATE, _AGE, _MASKED)
             for found in pattern.finditer(text)]  # fmt: skip
    for found in _PHONE.finditer(text):
        if 9 <= len(re.sub(r"\D", "", found.group())) <= 15 and (
            found.group()[0] in "+(" or not _YEARS.search(found.group())
        ):
            spans.append(found.span())
    if schools:
        spans += [_school(found) for found in _SCHOOLS.finditer(text)]
    return sorted(spans)


def _school(found: re.Match[str]) -> tuple[int, int]:
    """A school's name without the degree or the subject that stands before it."""
    start = found.start()
    for word in re.finditer(r"[\w'’.&-]+", found.group()):
        if re.match(rf"(?i){_SCHOOL}", word.group()):
            break
        if vocabulary.phrase(word.group()) and vocabulary.phrase(word.group())[0] in _STUDY:
            start = found.start() + word.end()
    return start, found.end()
