"""The positions in a résumé's experience sections. Pure; spans index the given text.

A position is found by its dates. Its title and employer stand on the same line, on lines above or on lines below;
which, the section's first position shows, and the others are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from interview_platform.services import resume_dates
from interview_platform.services.resume_dates import DATE, DATES
from interview_platform.services.resume_sections import Line, Section, lines_of
from interview_platform.services.resume_titles import (
    employer_in,
    has_title_word,
    header_parts,
    is_masked,
    title_and_company,
)
from interview_platform.services.text import is_bullet

__all__ = ["Position", "has_title_word", "positions"]

_HEADER_CHARACTERS = 110
_MOST_ABOVE = 3
_STORY = 60  # characters; more behind a masked header tell of the work
_WRAPPED_CHARACTERS = 55
_COVERED_TOWN = re.compile(r"\W*\bCity\b[\W]*(?:State\b\W*)?$")
_TOWNED = re.compile(r"[^,•\t]{2,60}, [A-Z][\w'’. -]{1,25}(?:, [A-Z][\w. ]+)?")


@dataclass(frozen=True)
class Position:
    """One job held. Dates as written ("Mar 2021", "Present"); `span` covers its lines, `body` begins what was done."""

    title: str
    company: str
    start: str
    end: str
    months: int
    text: str
    span: tuple[int, int]
    page: int = 1
    body: int = 0

    @property
    def description(self) -> str:
        """What was done there: its lines below the title, the employer and the dates."""
        return self.text[max(0, self.body - self.span[0]) :].strip()


@dataclass(frozen=True)
class _Header:
    """Where a position's header stands among a section's lines."""

    first: int
    dated: int
    last: int
    dates: re.Match[str]


def positions(text: str, found: list[Section], today: date) -> tuple[Position, ...]:
    """The jobs held, in the order of the résumé; `today` is the end of those that go on."""
    named = [section for section in found if section.kind == "experience"]
    made = [position for section in named for position in _positions(text, section, today)]
    research = [
        section
        for section in found
        if section.kind == "projects" and "research" in text[section.start : section.start + 30].casefold()
    ]
    held = [position for section in research for position in _positions(text, section, today)]
    made += [position for position in held if position.end and position.company and has_title_word(position.title)]
    if not made:  # no such heading: only what surely is a job
        rest = [section for section in found if section.kind in ("head", "summary", "other", "projects", "awards")]
        made = [position for section in rest for position in _positions(text, section, today)]
        made = [position for position in made if position.end and has_title_word(position.title)]
    once: dict[tuple[str, str, str, str], Position] = {}
    for job in made:
        once.setdefault((job.title, job.company, job.start, job.end), job)
    return tuple(once.values())


def _positions(text: str, section: Section, today: date) -> list[Position]:
    held = lines_of(text, section)
    headers = _headers(held)
    made: list[Position] = []
    group = ""  # an employer whose own dates stand above those of its roles
    for number, header in enumerate(headers):
        last = headers[number + 1].first if number + 1 < len(headers) else len(held)
        block = [line for line in held[header.first : last] if line.text.strip()]
        if block:
            earlier = made[-1] if made else None
            role = _position(text, held, header, (block[0].start, block[-1].end), earlier, today)
            lone = _lone_title(held, header) if group else ""
            made.append(replace(role, title=lone, company=group) if lone else role)
            group = group if lone else (role.company if not role.title else "")
    return _without_groups(made)


def _lone_title(held: list[Line], header: _Header) -> str:
    """The only thing a dated line says besides its dates, where it is an occupation."""
    rest = _rest(held[header.dated].text, header.dates)
    return rest[0] if header.first == header.dated and len(rest) == 1 and has_title_word(rest[0]) else ""


def _without_groups(made: list[Position]) -> list[Position]:
    """Without employers that only head the roles below them."""
    heads = {
        index for index, (job, other) in enumerate(pairwise(made)) if not job.title and job.company == other.company
    }
    return [job for index, job in enumerate(made) if index not in heads and (job.title or job.company)]


def _headers(held: list[Line]) -> list[_Header]:
    dated = [(index, found) for index, line in enumerate(held) if (found := _dates(line.text))]
    if not dated:
        return []
    above = sum(1 for line in held[: dated[0][0]] if line.text.strip())
    usual = above if above <= _MOST_ABOVE else None  # how many header lines stand above the dates
    if above == 0 and not _named_at(held, *dated[0]):
        usual = None  # the first has no title at all: it shows nothing about the others
    made: list[_Header] = []
    placed = False  # the first has its employer and town above: so have the others, or they share it
    for index, found in dated:
        lowest = made[-1].last + 1 if made else 0
        if index < lowest:
            continue
        first = _first_line(held, index, found, lowest, usual)
        placed = placed or (not made and usual == 1 and bool(_TOWNED.fullmatch(held[first].text.strip())))
        if placed and first == index - 1 and not _TOWNED.fullmatch(held[first].text.strip()):
            first = index if has_title_word(held[index].text) else first
        alone = placed and first == index and has_title_word(held[index].text)
        made.append(_Header(first, index, index if alone else _last_line(held, first, index, found), found))
    return made


def _named_at(held: list[Line], index: int, found: re.Match[str]) -> bool:
    """Whether a dated line or the one below names an occupation."""
    rest = _rest(held[index].text, found)
    below = next((line.text for line in _below(held, index, rest)), "")
    return has_title_word(" ".join([*rest, *header_parts(below)]))


def _below(held: list[Line], index: int, named: list[str]) -> list[Line]:
    """The two lines below a dated one; where that says nothing else (a cell of a table), a blank may be between."""
    begun = index + 1
    if not named and begun < len(held) and not held[begun].text.strip():
        begun += 1
    return held[begun : begun + 2]


def _dates(line: str) -> re.Match[str] | None:
    """The dates that make a line a position's header, or None."""
    found = DATES.search(line)
    if found and is_masked(line) and found.start() < _HEADER_CHARACTERS:
        return found
    if is_bullet(line) or len(line) > _HEADER_CHARACTERS + 30:
        return None
    if found:
        rest = line[: found.start()] + line[found.end() :]
        told = rest.rstrip().endswith(".") and len(rest) > 60 and found.start() > 2
        long = len(rest) > _HEADER_CHARACTERS or told
        return None if long else found
    single = DATE.search(line)
    alone = single is not None and (len(line.strip()) <= 25 or "\t" in line) and not line.rstrip().endswith(".")
    return single if alone else None


def _rest(line: str, found: re.Match[str]) -> list[str]:
    before, after = line[: found.start()], line[found.end() :]
    if is_masked(before) and len(after) > _STORY and has_title_word(before):
        after = ""  # the account of the work follows at once
    return header_parts(before + "\t" + after)


def _first_line(held: list[Line], index: int, found: re.Match[str], lowest: int, usual: int | None) -> int:
    """Where a position's header begins: the dated line, or short lines above it."""
    rest = _rest(held[index].text, found)
    title, company = title_and_company(rest, sure=True)
    work_above = not has_title_word(title) and index > lowest and _is_titled(held[index - 1])
    if title and not work_above and (company or (is_masked(held[index].text) and has_title_word(title))):
        return index
    wanted = (2 if not rest else 1) if usual is None else min(usual, _MOST_ABOVE if not rest else 1)
    first, blanks = index, 0
    while wanted and first - 1 - blanks >= lowest:
        above = held[first - 1 - blanks]
        if not above.text.strip():
            blanks += 1
            if blanks > 1 or rest or first != index:
                break
            continue
        if not _is_header(above) or _runs_into(held, first - 1 - blanks, lowest):
            break
        first, blanks, wanted = first - 1 - blanks, 0, wanted - 1
    return first


def _is_titled(line: Line) -> bool:
    """Whether a line is short and names an occupation."""
    return _is_header(line) and has_title_word(line.text) and not _dates(line.text)


def _runs_into(held: list[Line], index: int, lowest: int) -> bool:
    """Whether a line is the end of a sentence of the lines above."""
    if index <= lowest:
        return False
    before, line = held[index - 1].text.rstrip(), held[index].text
    open_ended = len(before) >= _WRAPPED_CHARACTERS and not before.endswith((".", ":", ";", "!", "?"))
    return open_ended and "\t" not in line and not has_title_word(line)


def _last_line(held: list[Line], first: int, index: int, found: re.Match[str]) -> int:
    """Where a header ends: the dated line, or the short lines below that still name title or employer."""
    parts = [part for line in held[first:index] for part in header_parts(line.text)]
    parts += _rest(held[index].text, found)
    masked = any(is_masked(line.text) for line in held[first : index + 1])
    if title_and_company(parts)[0] and any(employer_in(line.text) for line in held[first:index]):
        return index
    last = index
    for below in _below(held, index, parts):
        title, company = title_and_company(parts)
        header = _is_header(below) or is_masked(below.text)
        if (title and (company or masked)) or not header or _dates(below.text):
            break
        masked = masked or is_masked(below.text)
        if not (title and masked):  # the rest of such a line is what was done
            parts += header_parts(below.text)
        last = held.index(below)
        if title and employer_in(below.text):
            break
    return last


def _is_header(line: Line) -> bool:
    bare = line.text.strip()
    small = bare[:1].islower() and not re.match(r"[a-z][A-Z]", bare)  # but "mPharma"
    ends = bare[-1:] in (".", ";", ",", ":") and not bare.endswith(("Inc.", "Ltd.", "Co.", "Corp.", "S.A.", "LLC."))
    return bool(bare) and len(bare) <= 100 and not is_bullet(bare) and not ends and not small


def _position(
    text: str, held: list[Line], header: _Header, span: tuple[int, int], earlier: Position | None, today: date
) -> Position:
    title, company = _said(held, header, earlier)
    start, end = resume_dates.written(header.dates)
    after = next((line.start for line in held[header.last + 1 :] if line.text.strip()), span[1])
    return Position(
        title=title,
        company=company,
        start=start,
        end=end,
        months=resume_dates.months(start, end, today),
        text=text[span[0] : span[1]],
        span=span,
        body=min(after, span[1]),
    )


def _said(held: list[Line], header: _Header, earlier: Position | None) -> tuple[str, str]:
    """The title and the employer that a header names; another role at the employer before has its name."""
    above = [part for line in held[header.first : header.dated] for part in header_parts(line.text)]
    masked = any(is_masked(line.text) for line in held[header.first : header.last + 1])
    below = [part for line in held[header.dated + 1 : header.last + 1] for part in header_parts(line.text)]
    known = [*above, *_rest(held[header.dated].text, header.dates)]
    title, company = title_and_company(known if masked and has_title_word(" ".join(known)) else [*known, *below])
    if masked and company:  # the employer's name is covered: what is left belongs to the title
        title, company = _whole_title(title, company, [*known, *below]), ""
    if title and not company and not masked:
        beside = [line.text for line in held[header.first : header.last + 1] if title not in line.text]
        company = next((found for line in beside if (found := employer_in(line))), "")
    if title and not company and earlier and header.first == header.dated and not masked:
        company = earlier.company  # another role at the same employer
    return title, company


def _whole_title(title: str, rest: str, known: list[str]) -> str:
    """The title as it stood with what was taken for an employer ("Director, Vendor Services")."""
    if not title:
        return rest
    whole = next((part for part in known if part.startswith(title) and part.endswith(rest) and part != title), title)
    return _COVERED_TOWN.sub("", whole)


def total_months(held: Iterable[Position], today: date) -> int:
    """Months of work; what overlaps counts once."""
    return resume_dates.total(resume_dates.span(position.start, position.end, today) for position in held)
