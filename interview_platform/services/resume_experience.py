"""The positions in a résumé's experience sections. Pure; spans index the given text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interview_platform.services.resume_sections import DATE, DATES, Line, Section, lines_of
from interview_platform.services.text import is_bullet

_TITLE_WORDS = frozenset(
    """
    accountant administrator advisor adviser advocate agent analyst apprentice architect artist assistant
    associate attendant auditor baker banker bartender buyer captain carpenter cashier ceo cfo chef clerk coach
    cofounder co-founder consultant contractor controller cook coordinator counselor counsellor cto curator
    dentist designer developer director dispatcher doctor driver editor electrician engineer estimator executive
    fellow foreman founder generalist guard head hostess inspector instructor intern internship investigator
    journalist lawyer lead leader lecturer librarian machinist manager mechanic member merchandiser nurse officer
    operator owner paralegal partner pharmacist photographer physician pilot planner plumber president principal
    producer professor programmer receptionist recruiter rep representative researcher salesperson scientist
    secretary server specialist sre stylist superintendent supervisor supplier surgeon surveyor teacher technician
    teller therapist trainee trainer translator tutor underwriter veterinarian volunteer vp waiter waitress welder
    worker writer
    """.split()  # noqa: SIM905
)
_COMPANY_WORDS = re.compile(
    r"\b(inc|llc|ltd|gmbh|corp|corporation|company|co|plc|ag|sa|bv|group|bank|hospital|clinic|university|college|"
    r"school|institute|academy|laborator(?:y|ies)|lab|labs|studio|foundation|association|agency|partners|solutions|"
    r"systems|technologies|services|ministry|department|council|restaurant|hotel|centre|center)\b\.?",
    re.I,
)
_PLACE = re.compile(
    r"[^\W\d_][\w.' -]+,\s*(?:[A-Z]{2}|[A-Z][\w.' -]+)(?:,\s*[A-Z][\w. ]+)?|remote|city\s*,\s*state", re.I
)
_HEADER_CHARACTERS = 110


@dataclass(frozen=True)
class Position:
    """One job held. Dates as written ("Mar 2021", "Present"); `span` covers its lines in the text."""

    title: str
    company: str
    start: str
    end: str
    text: str
    span: tuple[int, int]


def has_title_word(text: str) -> bool:
    """Whether a text names an occupation."""
    return any(word in _TITLE_WORDS for word in re.findall(r"[a-z-]+", text.casefold()))


def positions(text: str, found: list[Section]) -> tuple[Position, ...]:
    """The jobs held, in the order of the résumé."""
    return tuple(made for section in found if section.kind == "experience" for made in _positions(text, section))


def _positions(text: str, section: Section) -> list[Position]:
    held = lines_of(text, section)
    dated = [(index, found) for index, line in enumerate(held) if (found := _dates(line.text))]
    anchors: list[tuple[int, int, re.Match[str]]] = []  # first header line, dated line, dates
    for index, found in dated:
        lowest = anchors[-1][1] + 1 if anchors else 0
        anchors.append((_first_header_line(held, index, found, lowest), index, found))
    made = []
    for number, (first, index, found) in enumerate(anchors):
        last = anchors[number + 1][0] if number + 1 < len(anchors) else len(held)
        block = [line for line in held[first:last] if line.text.strip()]
        if block:
            made.append(_position(text, held, first, index, found, (block[0].start, block[-1].end)))
    return made


def _dates(line: str) -> re.Match[str] | None:
    """The dates that make a line a position's header, or None."""
    if is_bullet(line) or len(line) > _HEADER_CHARACTERS + 30:
        return None
    found = DATES.search(line)
    if found:
        rest = line[: found.start()] + line[found.end() :]
        return found if len(rest) <= _HEADER_CHARACTERS and not rest.rstrip().endswith(".") else None
    single = DATE.search(line)
    alone = single is not None and (len(line.strip()) <= 25 or "\t" in line) and not line.rstrip().endswith(".")
    return single if alone else None


def _first_header_line(held: list[Line], index: int, found: re.Match[str], lowest: int) -> int:
    """Where a position's header begins: the dated line, or up to two short lines above it."""
    line = held[index].text
    rest = _parts(line[: found.start()] + "\t" + line[found.end() :])
    wanted = 2 if not rest else 1
    first = index
    if has_title_word(" ".join(rest)) and _COMPANY_WORDS.search(" ".join(rest)):
        return first
    while wanted and first > lowest:
        above = held[first - 1]
        if (
            not above.text.strip()
            and not rest
            and first == index
            and first - 2 >= lowest
            and _is_header(held[first - 2])
        ):
            first -= 2
        elif _is_header(above):
            first -= 1
        else:
            break
        wanted -= 1
    return first


def _is_header(line: Line) -> bool:
    bare = line.text.strip()
    return bool(bare) and len(bare) <= 80 and not is_bullet(bare) and bare[-1] not in ".;,:" and not bare[0].islower()


def _position(
    text: str, held: list[Line], first: int, index: int, found: re.Match[str], span: tuple[int, int]
) -> Position:
    line = held[index].text
    rest = _parts(line[: found.start()] + "\t" + line[found.end() :])
    above = [part for held_line in held[first:index] for part in _parts(held_line.text)]
    parts = above + rest
    if not parts or (not above and len(parts) == 1):
        parts += [part for below in held[index + 1 : index + 2] if _is_header(below) for part in _parts(below.text)]
    title, company = _title_and_company(parts)
    groups = found.groupdict()
    return Position(
        title=title,
        company=company,
        start=" ".join(groups["start"].split()),
        end=" ".join((groups.get("end") or "").split()),
        text=text[span[0] : span[1]],
        span=span,
    )


def _parts(line: str) -> list[str]:
    """What a header line says, without places, icons and labels."""
    split = re.split(
        r"\t| [|·•] |\||\s{3,}|\bCompany Name\b(?:[\W_]+City\s*,\s*State\b)?", line
    )  # the last: a masked employer
    split = [DATE.sub(" ", DATES.sub(" ", part)) for part in split]
    parts = (re.sub(r"^[^\w\"“(]+|[\s,|(–—-]+$", "", part).strip() for part in split)
    parts = (re.sub(r"^[a-z] (?=$|[A-Z\d])", "", part) for part in parts)  # an icon's letter
    return [part for part in parts if re.search(r"[^\W\d_]{2}", part) and not _is_place(part)]


def _is_place(part: str) -> bool:
    return bool(_PLACE.fullmatch(part)) and not _COMPANY_WORDS.search(part) and not has_title_word(part)


def _title_and_company(parts: list[str]) -> tuple[str, str]:
    """Which part names the work and which the employer."""
    if len(parts) == 1:
        split = re.split(r"\s+(?:at|@)\s+|,\s+(?=[A-Z])|\s[–—-]\s", parts[0], maxsplit=1)
        parts = [piece.strip() for piece in split]
    titled = [part for part in parts if has_title_word(part) and not _looks_like_company(part)]
    title = titled[0] if titled else next((part for part in parts if has_title_word(part)), "")
    others = [part for part in parts if part != title]
    if not title and others:
        named = next((part for part in others if _COMPANY_WORDS.search(part)), None)
        title = next((part for part in others if part != named), "") if named else others[0]
        others = [part for part in others if part != title]
    company = next((part for part in others if _COMPANY_WORDS.search(part)), others[0] if others else "")
    return title[:200], company[:200]


def _looks_like_company(part: str) -> bool:
    return (
        bool(_COMPANY_WORDS.search(part))
        and not re.search(r"\b(of|,)\b", part)
        and not has_title_word(part.split()[-1])
    )
