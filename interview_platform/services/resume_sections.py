"""The sections of a résumé, told by their headings; and what dates look like. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interview_platform.services.text import is_bullet, lines

HEADINGS = {
    "experience": "experience|work experience|professional experience|employment|employment history|work history|"
    "career history|relevant experience|professional background|career|internships|volunteer experience|"
    "on campus involvement|volunteering|military experience|teaching experience|clinical experience|"
    "additional experience|other experience|work|professional history|employment experience|industry experience",
    "education": "education|education and training|academic background|education and certifications|"
    "educational background|qualifications|academic qualifications|education history|academics|studies",
    "skills": "skills|technical skills|core skills|key skills|core competencies|competencies|areas of expertise|"
    "expertise|skill highlights|highlights|strengths|technologies|tools|core qualifications|professional skills|"
    "skills and abilities|additional skills|computer skills|technical proficiencies|programming|key competencies",
    "summary": "summary|professional summary|profile|objective|career objective|about|about me|executive summary|"
    "executive profile|professional profile|career overview|personal statement|career focus|overview|"
    "professional overview|summary of qualifications|qualifications summary|personal profile",
    "projects": "projects|project|selected projects|personal projects|key projects|research|research experience",
    "awards": "awards|honors|honours|honors and awards|awards and honors|accomplishments|achievements|most proud of|"
    "activities and honors|key accomplishments|honors/awards|honors-awards",
    "certifications": "certifications|certificates|licenses|licences|licenses and certifications|"
    "certifications and licenses|professional certifications|courses|coursework|training|professional development",
    "languages": "languages|language skills",
    "publications": "publications|patents|presentations|papers",
    "other": "interests|hobbies|references|referees|links|contact|contact information|affiliations|"
    "professional affiliations|memberships|extracurricular activities|activities|personal information|"
    "additional information|community service|life philosophy|my life philosophy|a day of my life|personal details|"
    "top skills|page",
}
_KIND = {name: kind for kind, names in HEADINGS.items() for name in names.split("|")}
_KIND["top skills"] = "skills"

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_NAMED = rf"(?:{_MONTH}|spring|summer|fall|autumn|winter)[ ,]+\d{{4}}"
_POINT = rf"(?:{_NAMED}|\d{{1,2}}[/.]\d{{4}}|\d{{4}}[/.-]\d{{2}}|(?:19|20)\d\d)"
_NOW = r"(?:present|current|now|ongoing|today|date)"
DATES = re.compile(rf"(?P<start>{_POINT})\s*(?:[-–—]+|\bto\b|\buntil\b|\btill\b)\s*(?P<end>{_POINT}|{_NOW})\b", re.I)
DATE = re.compile(rf"(?:^|[\s(|,·])(?P<start>{_POINT})(?=$|[\s)|,·])", re.I)


@dataclass(frozen=True)
class Section:
    """A stretch under one heading; "head" is what stands above the first."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """One line of a section, with the character where it starts."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The character after its last."""
        return self.start + len(self.text)


def sections(text: str) -> list[Section]:
    """The text cut at its headings, in order."""
    found: list[Section] = []
    kind, begun = "head", 0
    for start, line in lines(text):
        named = heading(line)
        if named:
            found.append(Section(kind, begun, start))
            kind, begun = named, start
    return [*found, Section(kind, begun, len(text))]


def heading(line: str) -> str | None:
    """The kind of section a line opens, or None."""
    if "\t" in line.strip():  # two columns' headings on one row: the right column's text stands below
        kinds = [heading(part) for part in line.strip().split("\t")]
        return kinds[-1] if all(kinds) else None
    bare = re.sub(r"\s+", " ", line.strip().strip(":•|-–_ ")).casefold().replace("&", "and")
    if not bare or len(bare) > 45 or is_bullet(line):
        return None
    if len(bare.split()) > 2 and bare.replace(" ", "") in _SPACED:  # "E X P E R I E N C E"
        return _SPACED[bare.replace(" ", "")]
    return _KIND.get(bare)


_SPACED = {name.replace(" ", ""): kind for name, kind in _KIND.items() if len(name) > 5}


def lines_of(text: str, section: Section) -> list[Line]:
    """A section's lines without its heading."""
    held = [Line(line, section.start + start) for start, line in lines(text[section.start : section.end])]
    return held[1:] if held and heading(held[0].text) else held
