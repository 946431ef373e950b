"""Profiles that LinkedIn saved as PDF ("Save to PDF"): known by their shape, read by their order. Pure.

The sidebar (contact, top skills, languages, certifications …) may stand before, between or after the main column
(name, headline, place, summary, experience, education); headings tell which is which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from interview_platform.services import linkedin_stations as stations
from interview_platform.services.resume_contact import EMAIL, links, phone
from interview_platform.services.resume_education import Education
from interview_platform.services.resume_experience import Position
from interview_platform.services.resume_languages import Language
from interview_platform.services.resume_names import cased, looks_like_name, plain
from interview_platform.services.resume_pages import Edit, Fact
from interview_platform.services.resume_private import PLACE
from interview_platform.services.resume_sections import Line
from interview_platform.services.resume_titles import has_title_word
from interview_platform.services.text import lines

_HEADINGS = {
    "contact": "contact|kontakt|coordonnées|contactar|contatto|contato",
    "skills": "top skills|top-kenntnisse|principales compétences|aptitudes principales|principais competências",
    "languages": "languages|sprachen|langues|idiomas|lingue",
    "certifications": "certifications|zertifizierungen|certificações|certificaciones",
    "other": "honors-awards|publications|patents",
    "summary": "summary|zusammenfassung|résumé|extracto|resumo",
    "experience": "experience|berufserfahrung|expérience|experiencia|experiência",
    "education": "education|ausbildung|formation|educación|formação acadêmica",
}
_KIND = {name: kind for kind, names in _HEADINGS.items() for name in names.split("|")}
_MAIN = frozenset(("summary", "experience", "education"))
_LINK = re.compile(r"linkedin\.com/\s*in/|linkedin\.com/\s*$", re.I)
_LABEL = re.compile(
    r"\((?:LinkedIn|Company|Personal|Blog|Portfolio|Other|RSS|Mobile|Home|Work|Twitter|Website)\)", re.I
)
_PHONE = re.compile(r"[+(\d][\d\s().-]{6,}(?:\s*\(\w+\))?\s*$")
_JOINS = re.compile(r"(?:[,&/–-]|\b(?:and|of|in|for|the|to|with|on|at|und|de|y|et))$", re.I)
_BEGINS = re.compile(
    r"certifi|licen[cs]|aws\b|microsoft|google|cisco|oracle|ibm\b|hubspot|prince2|pmp\b|six sigma|scrum|itil|comptia|"
    r"first aid|cpr\b|advanced |professional |introduction|fundamentals|registered ",
    re.I,
)
_LONGEST_ITEM = 250
_WIDTH = 30  # characters that a line of the sidebar holds at least
_HEADER_LINES = 6
_MOST_LETTERS = 3  # "PMP", "MBA, CPA"


@dataclass
class _Part:
    """Lines under one heading."""

    kind: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Profile:
    """What a profile says. Spans index the text it was read from."""

    name: str
    headline: str
    location: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    links: tuple[str, ...]
    skills: tuple[Fact, ...]
    languages: tuple[Language, ...]
    certifications: tuple[Fact, ...]
    experience: tuple[Position, ...]
    education: tuple[Education, ...]


def is_one(text: str) -> bool:
    """Whether a text has the shape: headings of both columns, and a LinkedIn address in the contact details."""
    kinds = {_heading(line) for _, line in lines(text)}
    address = bool(re.search(r"\(LinkedIn\)", text)) or bool(_LINK.search(text))
    footer = bool(re.search(r"(?m)^[ \t]*Page \d+ of \d+[ \t]*$", text))
    labelled = "(LinkedIn)" in text and len(kinds & _MAIN) >= 2
    return "contact" in kinds and len(kinds & _MAIN) >= 1 and address and (footer or labelled or "skills" in kinds)


def wrapped_words(text: str) -> list[Edit]:
    """The edits that make whole the addresses that the sidebar's width broke."""
    held = next((part.lines for part in _parts(text) if part.kind == "contact"), [])
    made, address = [], ""
    for number, line in enumerate(held[:-1]):
        after = held[number + 1].text.strip()
        address = (address + line.text.strip()) if address else line.text.strip()
        if _goes_on(address, after):
            made.append(Edit(line.start + len(line.text.rstrip()), held[number + 1].start + _indent(held[number + 1])))
        else:
            address = ""
    return made


def read(text: str, today: date) -> Profile:
    """What the profile says; `text` with whole addresses."""
    parts = _parts(text)
    contact = "\n".join(line.text for part in parts if part.kind == "contact" for line in part.lines)
    held = links(contact, "")
    header = _header(parts, held, contact)
    items = {
        kind: [item for part in parts if part.kind == kind for item in _items(part.lines, text)]
        for kind in _KIND.values()
    }
    return Profile(
        name=cased(header[0]),
        headline=header[1],
        location=header[2],
        emails=tuple(dict.fromkeys(found.group().lower() for found in EMAIL.finditer(contact))),
        phones=tuple(found for line in contact.split("\n") if (found := phone(line))),
        links=held,
        skills=tuple(items["skills"]),
        languages=tuple(_language(item) for item in items["languages"]),
        certifications=tuple(items["certifications"]),
        experience=stations.positions(text, _of(parts, "experience"), today),
        education=stations.studies(_of(parts, "education")),
    )


# --- parts -----------------------------------------------------------------------------------------------------


def _heading(line: str) -> str:
    return _KIND.get(line.strip().casefold(), "")


def _of(parts: list[_Part], kind: str) -> list[Line]:
    return [line for part in parts if part.kind == kind for line in part.lines]


def _parts(text: str) -> list[_Part]:
    """The lines by heading. A sidebar that goes on on a later page ends where the main column's text goes on."""
    made = [_Part("head")]
    main = "head"  # the main column's section that a later page continues
    held = list(lines(text))
    for number, (start, line) in enumerate(held):
        first = line.split("\t")[-1]
        before = held[number - 1][1].strip() if number else ""
        broken = bool(before and first.strip()) and not _heading(before)
        whole = _heading(f"{before} {first.strip()}") if broken else ""  # a heading that had no room on one line
        kind = _heading(first) or whole
        if whole and made[-1].lines and made[-1].lines[-1].text.strip() == before:
            made[-1].lines.pop()
        if kind:
            made.append(_Part(kind))
            main = kind if kind in _MAIN else main
            continue
        if not line.strip() and made[-1].kind not in _MAIN and main in _MAIN and made[-1].lines:
            made.append(_Part(main))
        made[-1].lines.append(Line(line, start))
    return made


def _goes_on(address: str, after: str) -> bool:
    """Whether the next line of the contact details belongs to an address that is not whole yet."""
    if not address or not after or " " in address or _LABEL.search(address) or after.startswith("("):
        return False
    piece = after.split(" ")[0]
    if re.match(r"(?:www\.|https?:)", after, re.I) or (" " in after and not _LABEL.search(after)):
        return False
    if "@" in address or "/" in address or address.startswith("www."):
        return "@" not in piece
    return "@" in piece and not _PHONE.fullmatch(address)


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _header(parts: list[_Part], held: tuple[str, ...], contact: str) -> tuple[str, str, str]:
    """Name, headline and place: the last lines before the main column's first section."""
    first = next((index for index, part in enumerate(parts) if part.kind in _MAIN), 0)
    lone = parts[0] if parts[0].lines and any(line.text.strip() for line in parts[0].lines) else None
    part = parts[first - 1] if first and parts[first - 1].kind != "head" else lone or parts[max(0, first - 1)]
    begun = _name_line(part.lines, _mailbox(held, contact), headed=part.kind != "head")
    block = [line for line in part.lines[begun:] if line.text.strip()]
    part.lines = part.lines[:begun]  # what stays are the sidebar's own items
    if not block:
        return "", "", ""
    if block[0].text.rstrip().endswith(",") and len(block) > 2 and len(block[1].text.split()) <= _MOST_LETTERS:
        del block[1]  # letters behind the name that had no room on its line
    rest = [line.text.strip() for line in block[1:]]
    if len(rest) == 1 and not (PLACE.fullmatch(rest[0]) and not has_title_word(rest[0])):
        return block[0].text.strip(" ,"), rest[0], ""
    return block[0].text.strip(" ,"), " ".join(rest[:-1]), rest[-1] if rest else ""


def _mailbox(held: tuple[str, ...], contact: str) -> str:
    """The letters that the profile's address and the mailbox spell."""
    slug = next((link.split("/in/")[-1] for link in held if "/in/" in link), "")
    found = EMAIL.search(contact)
    return plain(slug) + " " + plain(found.group().split("@")[0] if found else "")


def _name_line(held: list[Line], spelt: str, headed: bool) -> int:
    """Which of the lines is the name: the one that the profile's address spells, else the first that looks so."""
    filled = [index for index, line in enumerate(held) if line.text.strip()]
    for index in filled:
        words = [plain(word) for word in held[index].text.split() if len(plain(word)) > 1]
        if words and len(words) < 7 and sum(word in spelt for word in words) >= max(1, len(words) - 1):
            return index
    blocks = [index for index in filled if index == 0 or not held[index - 1].text.strip()]
    if blocks and (not headed or len(blocks) > 1):
        return blocks[-1] if len(filled) - filled.index(blocks[-1]) <= _HEADER_LINES else blocks[0]
    named = [index for index in filled[-_HEADER_LINES:] if looks_like_name(held[index].text)]
    return named[0] if named else len(held)


def _items(held: list[Line], text: str) -> list[Fact]:
    """A sidebar section's items; lines that were only wrapped are one."""
    made: list[tuple[int, int]] = []
    width = max(_WIDTH, *(len(line.text.strip()) for line in held), 0)
    for line in held:
        bare = line.text.strip()
        if not bare:
            continue
        start, end = line.start + _indent(line), line.start + len(line.text.rstrip())
        if made and end - made[-1][0] < _LONGEST_ITEM and _same_item(text[made[-1][0] : made[-1][1]], bare, width):
            made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return [Fact(" ".join(text[start:end].split()), start, end) for start, end in made]


def _same_item(before: str, line: str, width: int) -> bool:
    """Whether a line goes on with the item above: it shows so, or its first word had no room there."""
    if before.count("(") > before.count(")") or _JOINS.search(before) or line[0].islower() or line[0] in "-–&(":
        return True
    full = len(before.split("\n")[-1]) + 1 + len(line.split()[0]) > width + 1
    return full and not before.endswith(")") and not _BEGINS.match(line)


def _language(item: Fact) -> Language:
    found = re.match(r"(.+)\s\(([^()]*)\)$", item.text)
    name, level = found.groups() if found else (item.text, "")
    return Language(name, item.start, item.end, level=level)
