"""The rows of a table of candidates: which columns are taken, and one profile out of each row. Pure.

Columns about age, gender and the like are left out and named. A row that cannot be used says why and what to do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from interview_platform.errors import BadInput
from interview_platform.ports import Profile
from interview_platform.services.likeness import plain
from interview_platform.services.profile_text import EMAIL, Record, link, many_lines, one_line, write
from interview_platform.services.resumes import read_facts

MOST_ROWS = 10_000
LONGEST_CELL = 100_000
Cells = dict[str, Any]

COLUMNS = {
    "name": "name, full name, candidate, candidate name, applicant, applicant name, display name",
    "first": "first name, firstname, given name, forename, first",
    "last": "last name, lastname, surname, family name, last",
    "email": "email, e mail, email address, e mail address, mail, primary email, work email, personal email",
    "phone": "phone, phone number, telephone, tel, mobile, mobile phone, mobile number, cell, cell phone",
    "location": "location, city, town, place, region, based in, current location",
    "headline": "headline, title, job title, current title, position, current position, role, current role",
    "company": "company, current company, employer, current employer, organisation, organization",
    "summary": "summary, about, bio, profile summary",
    "skills": "skills, skill, key skills, skill set, skillset, technologies, tags, competencies",
    "languages": "languages, language, spoken languages",
    "certifications": "certifications, certification, certificates, licences, licenses",
    "linkedin": "linkedin, linkedin url, linkedin profile, linkedin profile url",
    "github": "github, github url, github profile, github user, github username",
    "links": "links, link, website, websites, url, homepage, portfolio, portfolio url",
    "resume": "resume text, resume, cv text, cv, resume content",
}
_FIELD = {plain(name): field for field, names in COLUMNS.items() for name in names.split(",")}
_NOT_TAKEN = re.compile(
    r"\b(gender|sex|age|birth\w*|dob|born|marital|married|nationality|citizenship|religion|race|ethnic\w*|photo|picture|"
    r"avatar|image|pronouns?|disabilit\w*|children|salutation|maiden|address|street|post ?code|zip|ssn|passport)\b"
)
_SEPARATOR = re.compile(r"\s*[;|\n]\s*|\s*,\s+|,")


@dataclass(frozen=True)
class Row:
    """One person out of the table. `number` is the row as a spreadsheet counts it (the header is 1)."""

    number: int
    profile: Profile


@dataclass(frozen=True)
class Problem:
    """What could not be taken, and the way out. `number` as in Row; 1 is the header."""

    number: int
    message: str

    def __str__(self) -> str:
        return f"Row {self.number}: {self.message}" if self.number > 1 else self.message


def field_of(column: str) -> str | None:
    """What a column is taken as, or None."""
    return _FIELD.get(plain(column)) or _FIELD.get(_spelt(column))


def _spelt(column: str) -> str:
    """ "firstName", "first_name" and "First Name" are one."""
    return plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column).replace("_", " "))


def fields_of(header: Iterable[str]) -> dict[str, str]:
    """Columns that are taken, and as what. Raises BadInput when there is nobody to be found in them."""
    fields = {column: field for column in header if (field := field_of(column))}
    if not {"name", "first", "last", "email", "resume"} & set(fields.values()):
        raise BadInput(
            "No column of this table says who a candidate is. Name one of them “name” or “email” in the first row, "
            "and import it again."
        )
    return fields


def left_out(header: list[str], fields: dict[str, str]) -> list[Row | Problem]:
    """What is said about columns that are not taken: those about age, gender and the like by their reason."""
    private = [
        column for column in header if column not in fields and _NOT_TAKEN.search(f"{_spelt(column)} {plain(column)}")
    ]
    if not private:
        return []
    named = ", ".join(f"“{one_line(column, 40)}”" for column in private[:10])
    return [Problem(1, f"Left out and not kept: {named}. What says nothing about the work is not taken in.")]


def read_rows(
    fields: dict[str, str], rows: Iterator[tuple[int, Cells | str]], filename: str
) -> Iterator[Row | Problem]:
    """Each row's profile, or what is wrong with it; a string instead of cells is a row that could not be read."""
    taken = 0
    seen: dict[bytes, int] = {}
    for number, cells in rows:
        if taken >= MOST_ROWS:
            yield Problem(number, f"only the first {MOST_ROWS:,} candidates were taken. Import the rest by itself.")
            return
        row = Problem(number, cells) if isinstance(cells, str) else _read_row(fields, cells, number, filename)
        if isinstance(row, Row):
            earlier = seen.setdefault(row.profile.raw, number)
            taken += 1
            row = row if earlier == number else Problem(number, f"the same as row {earlier}, which was taken.")
        yield row


def _read_row(fields: dict[str, str], cells: Cells, number: int, filename: str) -> Row | Problem:
    held: dict[str, list[Any]] = {}
    for column, field in fields.items():
        if cells.get(column) not in (None, "", []):
            held.setdefault(field, []).append(cells[column])
    record = _record(held)
    wrong = _wrong(record, held)
    if wrong:
        return Problem(number, wrong)
    kept = {name: value for name, value in record.items() if value}
    text, facts = _with_resume(kept) if "resume" in kept else write(kept)
    raw = json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()
    return Row(number, Profile("table", f"{filename}, row {number}", text, facts, raw))


def _with_resume(record: Record) -> tuple[str, dict[str, Any]]:
    """A row that holds a whole résumé: read as one, below what the columns say of the person."""
    contact = {name: record.get(name, "") for name in ("name", "email", "phone", "location", "headline")}
    rest = {name: value for name, value in record.items() if name not in {*contact, "resume", "links"}}
    top, known = write({**contact, "links": record.get("links", [])})
    text = "\n\n".join(part for part in (top, record["resume"], write(rest)[0].strip()) if part)
    facts = read_facts(text, 1, (), (0,))
    held = replace(facts, **{name: known[name] for name in contact if known[name]})
    return held.text, held.as_json()


def _wrong(record: Record, held: dict[str, list[Any]]) -> str:
    """Why a row cannot be used, with the way out; "" when it can."""
    given = one_line(next(iter(held.get("email", [])), ""), 330)
    if given and not record["email"]:
        return (
            f"“{given[:60]}” is not an e-mail address. Correct it, or leave the cell empty, and import the row again."
        )
    if not (record["name"] or record["email"] or record["resume"]):
        return "neither a name nor an e-mail address. Add one of them and import the row again."
    return ""


def _record(held: dict[str, list[Any]]) -> Record:
    """A row as services/profile_text writes it out."""
    name = _first(held, "name") or f"{_first(held, 'first')} {_first(held, 'last')}".strip()
    email = re.sub(r"^mailto:", "", _first(held, "email"), flags=re.I)
    title, company = _first(held, "headline"), _first(held, "company")
    github = _first(held, "github")
    links = [*_list(held, "linkedin"), f"github.com/{github}" if re.fullmatch(r"@?[\w-]+", github) else github]
    return {
        "name": name,
        "email": email.lower() if EMAIL.fullmatch(email) else "",
        "phone": _first(held, "phone"),
        "location": _first(held, "location"),
        "headline": title,
        "links": list(filter(None, (link(one.replace("/@", "/")) for one in [*links, *_list(held, "links")]))),
        "experience": [{"title": title, "company": company, "end": "Present"}] if company else [],
        "skills": _list(held, "skills"),
        "languages": _list(held, "languages"),
        "certifications": _list(held, "certifications"),
        "summary": "\n".join(many_lines(value) for value in held.get("summary", [])),
        "resume": "\n".join(many_lines(value, LONGEST_CELL) for value in held.get("resume", [])),
    }


def _first(held: dict[str, list[Any]], field: str) -> str:
    return next(filter(None, (one_line(value, 320) for value in held.get(field, []))), "")


def _list(held: dict[str, list[Any]], field: str) -> list[str]:
    """Several things of one cell, by semicolons, commas or as a JSON list."""
    parts: list[str] = []
    for value in held.get(field, []):
        parts += value if isinstance(value, list) else _SEPARATOR.split(str(value)[:LONGEST_CELL])
    named = (one_line(part.get("name") if isinstance(part, dict) else part, 100) for part in parts)
    return list(dict.fromkeys(filter(None, named)))
