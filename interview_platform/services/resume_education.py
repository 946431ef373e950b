"""The studies in a résumé's education sections. Pure; spans index the given text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from interview_platform.services import resume_dates
from interview_platform.services.resume_dates import DATE, DATES
from interview_platform.services.resume_degrees import DEGREE, FIELD_WORDS, Named, named, unmasked
from interview_platform.services.resume_sections import Line, Section, lines_of
from interview_platform.services.text import is_bullet

_PART_OF_SCHOOL = re.compile(r"(college|school|faculty|department) of\b", re.I)
_ABOUT = re.compile(
    r"(?:member|president|treasurer|recipient|dean[’']?s?|won|award(?:ed)?|scholarship|gpa|honou?rs|volunteer(?:ed)?|"
    r"internship|aacsb|assisted|made|attended|participated|minor|thesis|dissertation|activities|relevant)\b",
    re.I,
)
_NO_STUDIES = re.compile(
    r"\b(minor|major|with|laude|distinction|equivalent|concentration|emphasis|gpa|coursework|courses|relevant|member|president|award|scholarship|thesis|honou?rs)\b",
    re.I,
)

_GOING_ON = re.compile(r", (?:Present|Current)\b")
_MOST_BESIDE_DATES = 30  # characters on a line whose dates are those of the course above
_OPEN = re.compile(r"\s(?:and|of|in|for|the|de|&)$")
_LONGEST_LINE = 500
_MOST_WORDS = 14  # a longer line without a school tells of something else


@dataclass(frozen=True)
class Education:
    """One course of study, as written."""

    school: str
    degree: str
    field: str
    start: str
    end: str
    span: tuple[int, int]
    page: int = 1

    @property
    def course(self) -> str:
        """Degree and field for people: "BSc, Computer Science"."""
        return ", ".join(part for part in (self.degree, self.field) if part)


@dataclass
class _Course:
    """A course of study while its lines are read."""

    first: int
    last: int
    school: str = ""
    degree: str = ""
    field: str = ""
    dates: tuple[str, str] = ("", "")

    def take(self, item: Named) -> None:
        """A degree or a school that was named."""
        if item.kind == "school":
            self.school = item.text
            self.field = self.field or item.field
        else:
            self.degree, self.field = item.text, item.field or self.field

    def done(self) -> Education:
        """As it is kept."""
        study = "" if self.field == self.school else self.field
        if not self.school and _level(self.degree) == "high school" and " " in study:
            self.school, study = study, ""
        return Education(self.school, self.degree, study, *self.dates, span=(self.first, self.last))


def studies(text: str, found: list[Section]) -> tuple[Education, ...]:
    """The courses of study, in the order of the résumé."""
    made = [study for section in found if section.kind == "education" for study in _studies(lines_of(text, section))]
    if not made:  # no such heading: lines that name both a degree and a school
        rest = [section for section in found if section.kind in ("head", "summary", "other", "certifications")]
        made = [study for section in rest for line in lines_of(text, section) for study in _studies([line])]
        made = [study for study in made if study.degree and study.school]
    return tuple(made)


def _studies(held: list[Line]) -> list[Education]:
    kept = [line for line in _unwrapped(held) if line.text.strip() and not _skipped(line.text.strip())]
    made: list[_Course] = []
    pending = ("", "")
    opens = ""  # which of degree and school a course begins with, as the first one does
    for number, line in enumerate(kept):
        waiting = bool(made) and bool(made[-1].school) and not made[-1].degree
        dates, items = _read(line, kept[number + 1] if number + 1 < len(kept) else None, waiting)
        opens = opens or (items[0].kind if items else "")
        if len({item.kind for item in items}) == 2 and made and made[-1].school:
            made.append(_Course(line.start, line.end))  # a line that names both begins a course
            opens = items[0].kind
        fresh = [_place(made, item, line, opens) for item in items]
        fresh += [True] if items and made[-1].first == line.start else []
        if dates == ("", ""):
            dates = pending if items else dates
            pending = ("", "") if items else pending
        elif not items and (not made or any(made[-1].dates)):
            pending = dates
            continue
        _date(made, dates, any(fresh), line, bool(items))
    return _kept(course.done() for course in made)


def _unwrapped(held: list[Line]) -> list[Line]:
    """Lines that end in the middle of a name ("Computer Science and") with the next one behind them."""
    made: list[Line] = []
    for line in held:
        before = made[-1] if made else None
        if before and before.end + 1 == line.start and _OPEN.search(before.text) and line.text[:1].isupper():
            made[-1] = Line(f"{before.text} {line.text}", before.start)
        else:
            made.append(line)
    return made


def _kept(made: Iterable[Education]) -> list[Education]:
    """Without certificates of nowhere, and each course once."""
    kept: list[Education] = []
    for study in made:
        lone = not study.school and re.search("certificat|^diploma", study.degree, re.I) is not None
        if lone or not any((study.school, study.degree, study.field)):
            continue
        again = next((number for number, other in enumerate(kept) if _same(other, study)), None)
        if again is None and kept and _same_again(kept[-1], study):
            again = len(kept) - 1
        if again is None:
            kept.append(study)
        elif not kept[again].end:
            kept[again] = replace(kept[again], start=study.start, end=study.end)
    return kept


def _same(one: Education, other: Education) -> bool:
    """Whether two courses say the same and no other years."""
    keys = [re.sub(r"\W", "", f"{study.school}|{study.degree}|{study.field}").casefold() for study in (one, other)]
    return keys[0] == keys[1] and (not one.end or not other.end or one.end == other.end)


def _same_again(before: Education, study: Education) -> bool:
    """Whether a course only tells more of the one before it."""
    same_school = not study.school or study.school == before.school
    new_field = bool(study.field) and study.field.casefold() not in before.field.casefold()
    later = bool(study.end and before.end) and study.end[-4:] != before.end[-4:]
    same_level = bool(study.degree) and _level(study.degree) == _level(before.degree)
    return same_school and same_level and not later and (not new_field or not study.school)


def _level(degree: str) -> str:
    """What a degree is, roughly: two of one level at one school are seldom two courses."""
    bare = degree.casefold()
    for level in ("high school", "post", "diploma", "certificate", "associate", "bachelor", "master", "doctor"):
        if level in bare:
            return level
    return {"b": "bachelor", "m": "master", "a": "associate", "p": "doctor"}.get(bare[:1], bare)


def _date(made: list[_Course], dates: tuple[str, str], fresh: bool, line: Line, named_here: bool) -> None:
    """Dates go to the course their line is about."""
    if not made or dates == ("", "") or (not named_here and len(_gaps(line.text).strip()) > _MOST_BESIDE_DATES):
        return
    if fresh or not any(made[-1].dates):
        made[-1].dates = dates if not any(made[-1].dates) else made[-1].dates
        made[-1].last = line.end


def _place(made: list[_Course], item: Named, line: Line, opens: str) -> bool:
    """Put a degree or school into the course it belongs to; whether that is a new one."""
    current = made[-1] if made else None
    filled = current is not None and (current.school if item.kind == "school" else current.degree)
    fresh = current is None or bool(filled) or (item.kind == opens and bool(current.school and current.degree))
    if filled and current is not None and filled.casefold() == item.text.casefold() and item.kind == "school":
        return False
    if fresh:
        inherited = current.school if current and item.kind == "degree" and opens == "school" else ""
        made.append(_Course(line.start, line.end, school=inherited))
    made[-1].take(item)
    made[-1].last = line.end
    return fresh


def _read(line: Line, after: Line | None, waiting: bool) -> tuple[tuple[str, str], list[Named]]:
    """A line's dates and what it names; a plain line above a dated or a degree's line may be a school.

    `waiting`: the course above has a school and no degree yet.
    """
    text = line.text[:_LONGEST_LINE]
    found = DATES.search(text) or DATE.search(text)
    dates = ("", "")
    if found:
        start, end = resume_dates.written(found)
        dates = (start, end) if end else ("", start)  # one date is when it ended
    undated = _gaps(text)
    items = named(undated)
    if len(undated.split()) > _MOST_WORDS and items and items[0].kind == "degree" and items[0].start > 3:
        items = [] if not any(item.kind == "school" for item in items) else items
    if [item.kind for item in items] == ["degree"] and not waiting and len(undated.split()) <= _MOST_WORDS:
        items = _school_in_field(items[0]) or [*items, *_plain_school(undated, items[0])]
    if not items and not dates[1] and after is not None and _could_be_school(undated):
        following = [item.kind for item in named(_gaps(after.text))]
        dated = DATES.search(after.text) or re.match(
            r"\s*(?:grad(?:uated|uation)?|class of|expected)\b.*\d", after.text, re.I
        )
        if following == ["degree"] or (not following and dated):
            items = [Named("school", undated.strip(), 0, len(undated))]
    return dates, items


def _gaps(line: str) -> str:
    line = _GOING_ON.sub(lambda found: " " * len(found.group()), line)
    for pattern in (DATES, DATE):
        line = pattern.sub(lambda found: "\t" + " " * (len(found.group()) - 1), line)
    return unmasked(line)


def _plain_school(line: str, degree: Named) -> list[Named]:
    """A capitalised part of a degree's line that stands alone: a school without the word."""
    for part in re.finditer(r"(?:(?!\s[-–]\s)[^\t|,])+", line):
        bare = part.group().strip(" .:-–()")
        inside = bare in degree.field or degree.field in bare if degree.field else bare in degree.text
        level = re.match(r"high school|h\.?s\.?\b", degree.text, re.I)
        if part.start() >= degree.end and (not inside or level) and _could_be_school(bare):
            return [Named("school", bare, part.start(), part.end())]
    return []


def _school_in_field(degree: Named) -> list[Named]:
    """ "Culinary Arts - Le Cordon Bleu" as field and school, where the second half says nothing of studies."""
    study, dash, school = degree.field.partition(" - ")
    words = {word.casefold() for word in school.split()}
    if not dash or not _could_be_school(school) or words & FIELD_WORDS:
        return []
    return [replace(degree, field=study), Named("school", school, degree.end, degree.end + len(school))]


def _could_be_school(line: str) -> bool:
    bare = line.strip()
    words = re.findall(r"[^\W\d_]{3,}", bare)
    capitals = all(word[0].isupper() or word in ("and", "the", "for", "des", "und") for word in words)
    return (
        bool(words)
        and capitals
        and len(bare) <= 60
        and len(words) <= 6
        and not _NO_STUDIES.search(bare)
        and "," not in bare
    )


def _skipped(bare: str) -> bool:
    if re.search(r"\binternships?\b|\bdean[’']?s list\b", bare, re.I) and not DEGREE.search(bare):
        return True
    return is_bullet(bare) or "@" in bare or bool(_PART_OF_SCHOOL.match(bare) or _ABOUT.match(bare))
