"""What a source says about a person, written out as text, with the facts and the characters where each stands. Pure.

A record is a plain dict, so that adapters can make one without knowing the services. Every key may be absent:

name, email, phone, location, headline, summary    str
links, skills, certifications, languages           [str]
experience    [{title, company, location, start, end, text}], dates as written
education     [{school, degree, field, start, end, text}]
statements    [{heading, lines: [str]}]: sentences about something else (repositories)
warnings      [{kind, detail, count}]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from interview_platform.services import resume_dates
from interview_platform.services import skills as vocabulary
from interview_platform.services.resume_languages import languages
from interview_platform.services.resume_pages import edited
from interview_platform.services.resume_private import private_lines
from interview_platform.services.resume_sections import sections
from interview_platform.services.text import Sentence, sentences

Record = dict[str, Any]
Span = tuple[int, int]

LONGEST_LINE = 300
LONGEST_TEXT = 6000
MOST_ITEMS = 200
LONGEST_EVIDENCE = 300
EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_MARKS = re.compile(r"`+|\*\*|__|~~|^\s*(?:#{1,6}|>)\s+", re.M)
_SKILL_LINE = 90
_BELOW_THE_TOP = 30  # streets are looked for at the top of a résumé; further down they are shops and sites


def write(record: Record, today: date | None = None) -> tuple[str, dict[str, Any]]:
    """The text and its facts, in the shape of services/resumes.ResumeFacts.as_json(); every span indexes the text."""
    page = _Page(today or date.today())
    facts = page.person(record)
    body = page.place
    page.section("Summary", [many_lines(record.get("summary"))])
    facts["experience"] = page.positions(_dicts(record.get("experience")))
    facts["education"] = page.studies(_dicts(record.get("education")))
    for group in _dicts(record.get("statements")):
        page.section(one_line(group.get("heading"), 60), [one_line(line, 600) for line in _list(group.get("lines"))])
    named = [one_line(skill, 100) for skill in _list(record.get("skills"))]
    listed = page.section("Skills", _filled(named))
    certified = page.section("Certifications", [one_line(item) for item in _list(record.get("certifications"))])
    spoken = page.section("Languages", [one_line(item) for item in _list(record.get("languages"))])
    text = page.text.rstrip("\n")
    facts["certifications"] = [_fact(text, *span) for span in certified]
    facts["languages"] = _languages(text, spoken)
    facts["skills"] = _skills(text, body, [skill for skill in named if skill], listed)
    facts["months"] = resume_dates.total(page.worked)
    facts["warnings"] = list(record.get("warnings") or [])
    return text, facts


def one_line(value: object, limit: int = LONGEST_LINE) -> str:
    """A value from outside as one line of plain words: no control characters, no markup, at most `limit` long."""
    return " ".join(_plain(value).split())[:limit].strip()


def many_lines(value: object, limit: int = LONGEST_TEXT) -> str:
    """A longer value from outside: its lines kept, empty ones left out; birth dates and the like are not kept."""
    padded = "\n" * _BELOW_THE_TOP + _plain(value)
    kept = (" ".join(line.split()) for line in edited(padded, (), private_lines(padded))[0].splitlines())
    return "\n".join(line for line in kept if line)[:limit].strip()


def link(value: object) -> str:
    """An address of a page without https://, or "" for anything else (javascript:, data:, words)."""
    bare = re.sub(r"^https?://", "", one_line(value, 200), flags=re.I).rstrip("/.")
    return bare if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[^\s<>\"]*)?", bare) else ""


def _plain(value: object) -> str:
    text = str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(kept for kept in text if kept in "\n\t" or unicodedata.category(kept)[0] != "C")
    text = _TAG.sub(" ", _LINK.sub(r"\1", _IMAGE.sub(" ", text)))
    return _MARKS.sub("", text).replace("\t", " ")


class _Page:
    """The text while it is written."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.text = ""
        self.worked: list[resume_dates.Span | None] = []

    @property
    def place(self) -> int:
        """Where the next line begins."""
        return len(self.text)

    def line(self, text: str) -> Span:
        """Write a line; its characters."""
        start = self.place
        self.text += f"{text}\n"
        return start, start + len(text)

    def section(self, heading: str, lines: Iterable[str]) -> list[Span]:
        """A heading and what stands below it; nothing where there is nothing below."""
        held = [line for line in lines if line]
        if not held:
            return []
        self.line("")
        self.line(heading)
        return [self.line(line) for line in held]

    def person(self, record: Record) -> dict[str, Any]:
        """The top: who and how to reach them."""
        found = EMAIL.fullmatch(one_line(record.get("email"), 320))
        values = {
            "name": one_line(record.get("name"), 200),
            "headline": one_line(record.get("headline")),
            "email": found.group().lower() if found else "",
            "phone": one_line(record.get("phone"), 50),
            "location": one_line(record.get("location"), 200),
        }
        places = {name: (1, *self.line(value)) for name, value in values.items() if value}
        links = list(dict.fromkeys(filter(None, (link(one) for one in _list(record.get("links"))))))
        for address in links:
            self.line(address)
        return {
            **values,
            "links": links,
            "emails": [values["email"]] if values["email"] else [],
            "phones": [values["phone"]] if values["phone"] else [],
            "evidence": {name: list(place) for name, place in places.items()},
            "pages": 1,
            "page_starts": [0],
        }

    def positions(self, rows: list[Record]) -> list[Record]:
        """Work, as it is listed."""
        held = [row for row in rows if one_line(row.get("title")) or one_line(row.get("company"))]
        self._head("Experience", held)
        return [self._position(row) for row in held]

    def _position(self, row: Record) -> Record:
        title, company = one_line(row.get("title"), 200), one_line(row.get("company"), 200)
        begun, over = one_line(row.get("start"), 40), one_line(row.get("end"), 40)
        span = self._block([title, company, _stretch(begun, over), one_line(row.get("location"), 200)], row.get("text"))
        self.worked.append(resume_dates.span(begun, over, self.today))
        return {
            "title": title,
            "company": company,
            "start": begun,
            "end": over,
            "months": resume_dates.months(begun, over, self.today),
            "text": self.text[span[0] : span[1]],
            "span": list(span),
            "page": 1,
            "body": min(self.text.find("\n", span[0]) + 1, span[1]),
        }

    def studies(self, rows: list[Record]) -> list[Record]:
        """Courses of study, as they are listed."""
        held = [row for row in rows if one_line(row.get("school")) or one_line(row.get("degree"))]
        self._head("Education", held)
        return [self._course(row) for row in held]

    def _course(self, row: Record) -> Record:
        kept = {name: one_line(row.get(name), 200) for name in ("school", "degree", "field", "start", "end")}
        degree = ", ".join(part for part in (kept["degree"], kept["field"]) if part)
        span = self._block([degree, kept["school"], _stretch(kept["start"], kept["end"])], row.get("text"))
        return {**kept, "span": list(span), "page": 1}

    def _head(self, heading: str, held: list[Record]) -> None:
        if held:
            self.line("")
            self.line(heading)

    def _block(self, head: list[str], text: object) -> Span:
        """A header line, its parts a tab apart, and the lines below it."""
        start, end = self.line("\t".join(part for part in head if part))
        for line in many_lines(text).splitlines():
            _, end = self.line(line)
        return start, end


def _stretch(begun: str, over: str) -> str:
    return " – ".join(part for part in (begun, over) if part)


def _filled(names: list[str]) -> list[str]:
    """Names on lines that are short enough to be shown as evidence."""
    lines: list[str] = []
    for name in names:
        if not name:
            continue
        if lines and len(lines[-1]) + len(name) + 2 <= _SKILL_LINE:
            lines[-1] += f", {name}"
        else:
            lines.append(name)
    return [f"{line}." for line in lines]


def _skills(text: str, body: int, named: list[str], listed: list[Span]) -> list[Record]:
    """Each skill once, with the sentence that shows it: what was done before what is only listed."""
    cut = sentences(text)
    found: dict[str, Record] = {}
    for mention in sorted(vocabulary.mentions(text), key=lambda one: (_within(one.start, listed), one.start)):
        if mention.start >= body:
            found.setdefault(mention.skill, _shown(text, cut, mention))
    for name in named:
        if vocabulary.canonical(name) not in found and not vocabulary.mentions(name):
            start, end = next((span for span in listed if name in text[slice(*span)]), (0, 0))
            found[name] = {"name": name, "sentence": text[start:end], "start": start, "end": end, "page": 1}
    return list(found.values())


def _within(place: int, spans: list[Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _shown(text: str, cut: list[Sentence], mention: vocabulary.Mention) -> Record:
    held = next((one for one in cut if one.start <= mention.start and mention.end <= one.end), None)
    start, end = (held.start, held.end) if held else (mention.start, mention.end)
    if end - start > LONGEST_EVIDENCE:
        start = max(start, text.rfind(" ", start, max(start + 1, mention.start - 100)) + 1)
        end = min(end, start + LONGEST_EVIDENCE)
    sentence = " ".join(text[start:end].split())
    return {"name": mention.skill, "sentence": sentence, "start": start, "end": end, "page": 1}


def _languages(text: str, spans: list[Span]) -> list[Record]:
    """Languages by their English names where they are known, else as written."""
    known = [one for one in languages(text, sections(text)) if _within(one.start, spans)]
    others = [span for span in spans if not any(span[0] <= one.start < span[1] for one in known)]
    return [*(asdict(one) for one in known), *({**_fact(text, *span), "level": ""} for span in others)]


def _fact(text: str, start: int, end: int) -> Record:
    return {"text": text[start:end], "start": start, "end": end, "page": 1}


def _list(value: object) -> list[Any]:
    return value[:MOST_ITEMS] if isinstance(value, list) else []


def _dicts(value: object) -> list[Record]:
    return [item for item in _list(value) if isinstance(item, dict)]
