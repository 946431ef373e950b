"""The studies in a résumé's education sections. Pure; spans index the given text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interview_platform.services.resume_sections import DATE, DATES, Line, Section, lines_of
from interview_platform.services.text import is_bullet

_SCHOOL = re.compile(
    r"\b(universit\w*|college|school|institute?|academy|polytechnic|universidad|école|hochschule|faculty)\b", re.I
)
_SCHOOL_NAME = re.compile(
    r"(?:[A-Z][\w&.'’-]*\s+(?:(?:of|at|for|the|and|&)\s+)?){0,3}\b(?i:universit\w*|college|school|institute|academy|polytechnic|"
    r"universidad|école|hochschule)\b(?:\s+(?:of|for|at)(?:\s+the)?(?:\s+[A-Z][\w.'’-]*)+)?"
)
_DEGREE = re.compile(
    r"\b(b\.?\s?sc|m\.?\s?sc|b\.?s\.?|m\.?s\.?|b\.?a\.?|m\.?a\.?|b\.?eng|m\.?eng|mba|ph\.?\s?d|bachelor\w*|master\w*|"
    r"doctor\w*|associate\w*|diploma|certificate|licen[cs]e in|high school|g\.?e\.?d|a-levels?|b\.?com|m\.?com|"
    r"ll\.?b|ll\.?m|j\.?d|m\.?d|undergraduate|graduate)(?=[\s.,:)]|$)",
    re.I,
)
_PART_OF_SCHOOL = re.compile(r"(college|school|faculty|department) of\b", re.I)


@dataclass(frozen=True)
class Education:
    """One course of study, as written."""

    school: str
    degree: str
    start: str
    end: str
    span: tuple[int, int]


@dataclass
class _Course:
    """A course of study while its lines are read."""

    first: int
    last: int
    school: str = ""
    degree: str = ""
    dates: tuple[str, str] = ("", "")

    def add(self, line: Line, school: bool, degree: bool) -> None:
        """What one line says of it."""
        self.add_dates(line)
        undated = DATE.sub(" ", DATES.sub("\t", line.text))
        parts = [part for part in re.split(r"\t|\s[|·•]\s|\s{3,}", undated) if part.strip()]
        for part in (piece for whole in parts for piece in _school_apart(whole)):
            if school and _SCHOOL.search(part) and not self.school and not (degree and _only_degree(part)):
                self.school = _tidy(part)
            if degree and _DEGREE.search(part) and not self.degree:
                self.degree = _tidy(part)

    def add_dates(self, line: Line) -> None:
        """The first dates that stand with it."""
        found = DATES.search(line.text) or DATE.search(line.text)
        if found and not any(self.dates):
            groups = found.groupdict()
            start, end = groups["start"], groups.get("end") or ""
            self.dates = (start, end) if end else ("", start)  # one date is when it ended
        self.last = line.end

    def done(self) -> Education:
        """As it is kept."""
        return Education(self.school, self.degree, *self.dates, span=(self.first, self.last))


def studies(text: str, found: list[Section]) -> tuple[Education, ...]:
    """The courses of study, in the order of the résumé."""
    return tuple(study for section in found if section.kind == "education" for study in _studies(text, section))


def _studies(text: str, section: Section) -> list[Education]:
    made: list[_Course] = []
    for line in lines_of(text, section):
        bare = line.text.strip()
        if not bare or is_bullet(bare) or "@" in bare or _PART_OF_SCHOOL.match(bare):
            continue
        school, degree = bool(_SCHOOL.search(bare)), bool(_DEGREE.search(bare))
        current = made[-1] if made else None
        if school or degree:
            if current is None or (school and current.school) or (degree and current.degree):
                made.append(_Course(line.start, line.end))
            made[-1].add(line, school, degree)
        elif current is not None:
            current.add_dates(line)
    return [course.done() for course in made if course.school or course.degree]


def _school_apart(part: str) -> list[str]:
    """ "BSc Nursing, Keele University" as degree and school; a part that names one of them as it is."""
    found = _SCHOOL_NAME.search(part)
    if found is None or not _DEGREE.search(part) or _only_degree(part):
        return [part]
    before, after = part[: found.start()], part[found.end() :]
    degree = before if _DEGREE.search(before) else after
    return [found.group(), degree] if _DEGREE.search(degree) else [part]


def _only_degree(part: str) -> bool:
    """ "High School Diploma" names a degree, not a school."""
    return bool(re.match(r"\s*high school( diploma)?\s*($|:)", part, re.I))


def _tidy(part: str) -> str:
    return re.sub(r"^\W+|[\s,:;|(–—-]+$", "", " ".join(part.split()))[:200]
