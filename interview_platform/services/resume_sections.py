"""The sections of a résumé, told by their headings. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interview_platform.services.text import is_bullet, lines

HEADINGS = {
    "experience": "experience|work experience|professional experience|employment|employment history|work history|"
    "career history|relevant experience|professional background|career|internships|volunteer experience|"
    "on campus involvement|volunteering|military experience|teaching experience|clinical experience|"
    "additional experience|other experience|work|professional history|employment experience|"
    "industry experience|research experience|professional journey|career path|where i have worked|what i have done|"
    "positions held|appointments|employment record|job history|placements|selected experience|work chronology",
    "education": "education|education and training|academic background|education and certifications|"
    "educational background|qualifications|academic qualifications|education history|academics|studies",
    "skills": "skills|technical skills|core skills|key skills|core competencies|competencies|areas of expertise|"
    "expertise|skill highlights|highlights|strengths|technologies|tools|core qualifications|professional skills|"
    "skills and abilities|additional skills|computer skills|technical proficiencies|programming|key competencies|"
    "tech stack|technology stack|toolbox|toolkit|technical toolkit|software|software skills|practice areas|"
    "core strengths|hard skills|soft skills|it skills|digital skills|specialties|specialities|capabilities",
    "summary": "summary|professional summary|profile|objective|career objective|about|about me|executive summary|"
    "executive profile|professional profile|career overview|personal statement|career focus|overview|"
    "professional overview|summary of qualifications|qualifications summary|personal profile|who i am|introduction|bio|"
    "career summary",
    "projects": "projects|project|selected projects|personal projects|key projects|research",
    "awards": "awards|honors|honours|honors and awards|awards and honors|accomplishments|achievements|most proud of|"
    "activities and honors|key accomplishments|honors/awards|honors-awards",
    "certifications": "certifications|certificates|licenses|licences|licenses and certifications|"
    "certifications and licenses|professional certifications|training|professional development|trainings|credentials|"
    "professional memberships|professional registration|professional registrations|registrations|bar admissions|"
    "bar admission|courses and certificates|courses and certifications|certificates and courses|driving licence",
    "courses": "courses|coursework|relevant coursework|selected coursework",
    "languages": "languages|language skills|language|languages spoken|spoken languages",
    "publications": "publications|patents|presentations|papers|presentation|writing",
    "other": "interests|hobbies|references|referees|links|contact|contact information|affiliations|"
    "professional affiliations|memberships|extracurricular activities|extracurricular activity|"
    "program committees|activities|personal information|"
    "additional information|community service|life philosophy|my life philosophy|a day of my life|personal details|"
    "top skills|page|contact details|contact me|get in touch|social|social media|online profiles|my details|details",
}
_KIND = {name: kind for kind, names in HEADINGS.items() for name in names.split("|")}
_KIND["top skills"] = "skills"

_WORDS = {
    "experience": "experience experiences employment internships internship volunteering",
    "education": "education academics academic qualification studies schooling degrees",
    "skills": "skills competencies expertise proficiencies technologies strengths skillset abilities",
    "certifications": "certifications certificates licenses licences licensure licensures accreditations certification",
    "languages": "languages",
    "projects": "projects",
    "awards": "awards honors honours achievements accomplishments",
    "publications": "publications patents presentations",
    "summary": "summary profile objective overview",
    "other": "interests hobbies references affiliations memberships",
}
_KIND_OF = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_AROUND = frozenset(
    """
    and or of the my in a for professional work working relevant related additional other previous prior selected recent
    current career core key technical clinical teaching leadership management military business industry volunteer
    community personal executive general special specialized computer software language main major areas area training
    history background summary highlights development activities course courses qualifications research project work
    employment skills areas exp knowledge credentials continuing higher formal
    """.split()  # noqa: SIM905
)


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
        named = heading(line) or heading_beside(line)
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
    return _KIND.get(bare) or _made_of_headings(bare, line)


def heading_beside(line: str) -> str | None:
    """The kind of section a row of a table opens: its first cell is a heading, the second the section's text."""
    label, tab, rest = line.strip().partition("\t")
    return heading(label) if tab and rest.strip() and not re.search(r"(?:19|20)\d\d", rest) else None


def _made_of_headings(bare: str, line: str) -> str | None:
    """ "Relevant Work Experience", "Honors & Awards": headings that only join the usual words."""
    words = re.findall(r"[^\W\d_]+", bare)
    starts = [word[0].isupper() for word in re.findall(r"[^\W\d_]{4,}", line)]
    if not 1 <= len(words) <= 5 or not starts or not all(starts) or "," in bare:
        return None
    if 2 <= len(words) <= 3 and bare == " ".join(words) and words[-1] == "experience":
        return "experience"  # of whatever field: "Legal Experience"
    kinds = [_KIND_OF[word] for word in words if word in _KIND_OF]
    whole = all(word in _KIND_OF or word in _AROUND for word in words)
    return min(kinds, key=list(_WORDS).index) if whole and kinds else None


_SPACED = {name.replace(" ", ""): kind for name, kind in _KIND.items() if len(name) > 5}


def lines_of(text: str, section: Section) -> list[Line]:
    """A section's lines without its heading."""
    held = [Line(line, section.start + start) for start, line in lines(text[section.start : section.end])]
    if held and not heading(held[0].text) and heading_beside(held[0].text) == section.kind:
        gap = held[0].text.index("\t", len(held[0].text) - len(held[0].text.lstrip())) + 1
        return [Line(held[0].text[gap:], held[0].start + gap), *held[1:]]
    return held[1:] if held and heading(held[0].text) else held
