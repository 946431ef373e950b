"""Experience and education of a LinkedIn profile saved as PDF. Pure; spans index the profile's text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from interview_platform.services import resume_dates
from interview_platform.services.resume_dates import DATE, DATES
from interview_platform.services.resume_degrees import DEGREE
from interview_platform.services.resume_education import Education
from interview_platform.services.resume_experience import Position
from interview_platform.services.resume_sections import Line
from interview_platform.services.resume_titles import has_title_word

_UNIT = r"(?:years?|yrs?|months?|mos?|jahre?|monate?|ans?|mois|años?|meses|mes|anos?|mês|less than a year)"
_TOTAL = re.compile(rf"\s*(?:\d+ {_UNIT}(?: \d+ {_UNIT})?|less than a year)\s*$", re.I)
_LENGTH = re.compile(rf"\(((?:\d+ {_UNIT}\s?)+|less than a year)\)", re.I)
_STUDIED = re.compile(r"[·•]?\s*\((?P<dates>[^()]*(?:19|20)\d\d[^()]*)\)\s*$|·\s*(?P<bare>(?:19|20)\d\d.*)$")
_WRAPPED = 45  # characters; a shorter line was not wrapped
_AREA = re.compile(r"\b(?:Area|Region|Metropolitan|Metroplex|County)$")
_SCHOOL = re.compile(r"universi|college|school|institut|academy|polytechnic|hochschule|école|escuela", re.I)


@dataclass(frozen=True)
class _Role:
    """Where a role stands among the lines."""

    first: int
    dated: int
    title: str
    company: str
    found: re.Match[str]


def positions(text: str, held: list[Line], today: date) -> tuple[Position, ...]:
    """The roles, newest first as they stand; several at one company share its name."""
    held = [line for line in held if line.text.strip()] if _tight(held) else held
    roles = _roles(held)
    ends = [role.first for role in roles[1:]] + [len(held)]
    return tuple(_position(text, held, role, last, today) for role, last in zip(roles, ends, strict=bool(roles)))


def _position(text: str, held: list[Line], role: _Role, last: int, today: date) -> Position:
    """A role with the lines up to the next one."""
    body = [line for line in held[role.dated + 1 : last] if line.text.strip()]
    block = [line for line in held[role.first : last] if line.text.strip()]
    if body and _is_place(body[0].text.strip()):
        body = body[1:]
    start, end = resume_dates.written(role.found)
    span = (block[0].start, block[-1].end)
    return Position(
        title=role.title,
        company=role.company,
        start=start,
        end=end,
        months=resume_dates.months(start, end, today),
        text=text[span[0] : span[1]],
        span=span,
        body=body[0].start if body else span[1],
    )


def studies(held: list[Line]) -> tuple[Education, ...]:
    """The courses of study: a school, and a line of degree, field and years where there is one."""
    filled = [line for line in held if line.text.strip()]
    made, index = [], 0
    while index < len(filled):
        last = _detail_end(filled, index)
        detail = " ".join(line.text.strip() for line in filled[index + 1 : last + 1])
        made.append(_study(filled[index].text.strip(), detail, (filled[index].start, filled[last].end)))
        index = last + 1
    return tuple(made)


# --- parts -----------------------------------------------------------------------------------------------------


def _tight(held: list[Line]) -> bool:
    """Whether blank lines say nothing: there are fewer than roles."""
    return sum(not line.text.strip() for line in held[1:-1]) < sum(_dated(line.text) is not None for line in held)


def _roles(held: list[Line]) -> list[_Role]:
    made: list[_Role] = []
    company, left, grouped = "", 0, False  # of the company being read: its name, months not yet told of
    gaps = not all(line.text.strip() for line in held)
    for index, line in enumerate(held):
        found = _dated(line.text)
        above = _above(held, made[-1].dated + 1 if made else 0, index)
        if found is None or not above:
            continue
        titles = _title_lines(held, above, index)
        rest = [number for number in above if number < titles[0]]
        first = titles[0]
        names = _named_lines(held, rest)
        could = _could_name(held, names) and (not gaps or _opens(held, names[0]))
        ended = left <= len(made) and (not grouped or could)
        if not made or ended or _lone(held, rest):
            names, total = _company_lines(held, rest)
            company, left, grouped = _joined(held, names), total, total > 0
            first = names[0] if names else first
        left -= _months(line.text)
        made.append(_Role(first, index, _joined(held, titles), company, found))
    return made


def _above(held: list[Line], lowest: int, index: int) -> list[int]:
    return [number for number in range(lowest, index) if held[number].text.strip()]


def _joined(held: list[Line], numbers: list[int]) -> str:
    return " ".join(held[number].text.strip() for number in numbers)


def _gap(held: list[Line], before: int, after: int) -> bool:
    """Whether a blank line stands between two lines."""
    return any(not held[number].text.strip() for number in range(before + 1, after))


def _opens(held: list[Line], number: int) -> bool:
    """Whether a line stands below a blank one."""
    return number > 0 and not held[number - 1].text.strip()


def _named_lines(held: list[Line], rest: list[int]) -> list[int]:
    """The last lines, as far as they may be one name: the last, and the one before where it wrapped."""
    two = len(rest) > 1 and not _gap(held, rest[-2], rest[-1]) and len(held[rest[-2]].text) >= _WRAPPED
    return rest[-2:] if two and _opens(held, rest[-2]) else rest[-1:]


def _could_name(held: list[Line], numbers: list[int]) -> bool:
    """Whether lines could be a company's name rather than the end of what was done before."""
    bare = _joined(held, numbers)
    return (
        bool(bare)
        and bare[0].isalnum()
        and not bare[0].islower()
        and not bare.endswith((".", ",", ";", ":"))
        and len(bare) <= 130
    )


def _title_lines(held: list[Line], above: list[int], index: int) -> list[int]:
    """The lines of a role's title: the one above its dates, and one more that wrapped where gaps show so."""
    one = above[-1:]
    if len(above) < 2 or _gap(held, above[-2], above[-1]) or len(held[above[-2]].text) < _WRAPPED:
        return one
    opens = _opens(held, above[-2])
    return above[-2:] if opens and not _TOTAL.match(held[above[-2]].text) else one


def _lone(held: list[Line], rest: list[int]) -> bool:
    """Whether lines of their own stand above a title: the next company, where gaps part the companies."""
    if not rest or _TOTAL.match(held[rest[-1]].text):
        return bool(rest)
    numbers = _named_lines(held, rest)
    after = next((number for number in range(rest[-1] + 1, len(held)) if held[number].text.strip()), rest[-1])
    own = _opens(held, numbers[0]) and _gap(held, rest[-1], after) and len(rest) > len(numbers)
    return own and _could_name(held, numbers)


def _company_lines(held: list[Line], rest: list[int]) -> tuple[list[int], int]:
    """The lines of a company's name above a title, and the months of all its roles (0 for one role)."""
    total = 0
    if rest and _TOTAL.match(held[rest[-1]].text):
        total, rest = _months(f"({held[rest[-1]].text.strip()})"), rest[:-1]
    return _named_lines(held, rest), total


def _dated(line: str) -> re.Match[str] | None:
    """A role's dates: a line of nothing else but their length."""
    found = DATES.search(line) or DATE.search(line)
    if found is None:
        return None
    rest = _LENGTH.sub("", line[: found.start()] + line[found.end() :])
    return found if not re.search(r"\w", rest) else None


def _months(line: str) -> int:
    """The months that a length in brackets says."""
    found = _LENGTH.search(line)
    if not found:
        return 0
    numbers = re.findall(r"(\d+) (\w)", found.group(1))
    return sum(int(number) * (12 if unit.casefold() in "yja" else 1) for number, unit in numbers) or 6


def _is_place(line: str) -> bool:
    if len(line) > 70 or line.endswith((".", ":", ";")) or has_title_word(line) or line[:1] in "-•*":
        return False
    parts = [part.strip() for part in line.split(",")]
    short = all(part and part[0].isupper() and len(part.split()) <= 4 for part in parts)
    words = re.findall(r"[^\W\d_]{3,}", line)
    capitals = bool(words) and all(word[0].isupper() for word in words)
    return short and ((len(parts) > 1 and capitals) or (capitals and (len(words) <= 3 or bool(_AREA.search(line)))))


def _detail_end(filled: list[Line], index: int) -> int:
    """The last line that tells of the school's course; the school's own line where there is none."""
    after = filled[index + 1].text.strip() if index + 1 < len(filled) else ""
    degree = DEGREE.match(after)
    begins = degree is not None and not _SCHOOL.search(after, degree.end())
    for last in range(index + 1, min(index + 4, len(filled))):
        wrapped = len(filled[last - 1].text.strip()) >= _WRAPPED and (begins or "," in after)
        if last > index + 1 and not wrapped:
            break
        if _STUDIED.search(" ".join(line.text.strip() for line in filled[index + 1 : last + 1])):
            return last
    return index + 1 if begins else index


def _study(school: str, detail: str, span: tuple[int, int]) -> Education:
    found = _STUDIED.search(detail)
    start = end = ""
    if found:
        dates = (found.group("dates") or found.group("bare")).strip()
        stretch = DATES.search(dates) or DATE.search(dates)
        start, end = resume_dates.written(stretch) if stretch else ("", "")
        start, end = (start, end) if end else ("", start)
        detail = detail[: found.start()]
    degree, _, study = detail.strip(" ·•,").partition(", ")
    if not study and degree and not DEGREE.search(degree):
        degree, study = "", degree
    return Education(school, degree.strip(), study.strip(), start, end, span)
