"""Résumé text to facts: who, how to reach them, skills with the sentence that shows them, experience, education.

Pure: text in, facts out. Every span indexes `ResumeFacts.text`, which is the given text tidied (split words joined)
and without what must not be kept: birth date, age, gender, marital status, nationality, street address.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from interview_platform.services import resume_contact as contact
from interview_platform.services import skills as vocabulary
from interview_platform.services.resume_education import Education, studies
from interview_platform.services.resume_experience import Position, has_title_word, positions
from interview_platform.services.resume_sections import Section, sections
from interview_platform.services.text import Sentence, join_split_words, sentences

Warned = dict[str, Any]
"""{"kind", "detail", "count"}: hidden text that was left out."""

LONGEST_EVIDENCE = 300
_SECTION_RANK = {"experience": 0, "projects": 1, "summary": 2, "awards": 2, "certifications": 2, "skills": 3}


@dataclass(frozen=True)
class SkillFact:
    """A skill and the sentence that shows it; `start` and `end` are the sentence's characters in the text."""

    name: str
    sentence: str
    start: int
    end: int


@dataclass(frozen=True)
class ResumeFacts:
    """What was read. Empty strings and tuples where nothing was found: nothing is guessed."""

    text: str
    pages: int = 0
    name: str = ""
    email: str = ""
    phone: str = ""
    location: str = ""
    headline: str = ""
    links: tuple[str, ...] = ()
    skills: tuple[SkillFact, ...] = ()
    experience: tuple[Position, ...] = ()
    education: tuple[Education, ...] = ()
    warnings: tuple[Warned, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For `Resume.facts`; the text stays in `Resume.text`."""
        held = asdict(self)
        del held["text"]
        return held

    @classmethod
    def from_json(cls, held: dict[str, Any], text: str) -> ResumeFacts:
        """The facts of a stored row."""
        return cls(
            text=text,
            pages=held.get("pages", 0),
            **{name: held.get(name, "") for name in ("name", "email", "phone", "location", "headline")},
            links=tuple(held.get("links", ())),
            skills=tuple(SkillFact(**item) for item in held.get("skills", ())),
            experience=tuple(Position(**{**item, "span": tuple(item["span"])}) for item in held.get("experience", ())),
            education=tuple(Education(**{**item, "span": tuple(item["span"])}) for item in held.get("education", ())),
            warnings=tuple(held.get("warnings", ())),
        )


def read_facts(text: str, pages: int = 0, warnings: tuple[Warned, ...] = ()) -> ResumeFacts:
    """The facts in a résumé's text."""
    text = contact.without_private(join_split_words(text))
    found = sections(text)
    head = text[: contact.head_end(text)]
    email = contact.email(head) or contact.email(text)  # a referee's address stands further down
    phone = contact.phone(head) or contact.phone(text)
    name = contact.name_of(head, reachable=bool(email or phone))
    held = positions(text, found)
    return ResumeFacts(
        text=text,
        pages=pages,
        name=name,
        email=email,
        phone=phone,
        location=contact.location(head),
        headline=contact.headline(head, name, held[0].title if held else ""),
        links=contact.links(head, text),
        skills=skill_facts(text, found, name),
        experience=held,
        education=studies(text, found),
        warnings=warnings,
    )


def skill_facts(text: str, found: list[Section], name: str) -> tuple[SkillFact, ...]:
    """Each skill of the vocabulary once, with the sentence that shows it best: work before lists."""
    cut = sentences(text)
    personal = contact.person_lines(text, name)
    best: dict[str, tuple[int, SkillFact]] = {}
    place = 0
    for mention in vocabulary.mentions(text):
        if any(start <= mention.start < end for start, end in personal):
            continue  # "Ruby" in a name, "GitHub" in an address
        while place < len(cut) - 1 and cut[place].end < mention.end:
            place += 1
        kind = next((section.kind for section in found if section.start <= mention.start < section.end), "")
        rank = _SECTION_RANK.get(kind, 4)
        if mention.skill not in best or rank < best[mention.skill][0]:
            best[mention.skill] = (rank, _shown(text, cut[place], mention))
    return tuple(fact for _, fact in sorted(best.values(), key=lambda item: (item[0], item[1].start, item[1].name)))


def without_person(facts: ResumeFacts) -> str:
    """The text as ranking may see it: without the lines that say who and where, and without the name anywhere."""
    kept, place = [], 0
    for start, end in contact.person_lines(facts.text, facts.name):
        kept.append(facts.text[place:start])
        place = end
    text = "".join([*kept, facts.text[place:]])
    for pattern in (contact.EMAIL, contact.LINK, contact.PHONE):
        text = pattern.sub(" ", text)
    return re.sub(r"\n{3,}", "\n\n", nameless(text, facts)).strip()


def nameless(text: str, facts: ResumeFacts) -> str:
    """A text without the person's name and place; a name that is also a trade ("Baker") stays where it stands alone."""
    wholes = [re.escape(whole) for whole in (facts.name, facts.location) if whole]
    for whole in wholes:
        text = re.sub(rf"(?<!\w){whole}(?!\w)", " ", text, flags=re.I)
    for word in facts.name.split():
        if len(word) > 2 and not has_title_word(word) and not vocabulary.mentions(word):
            text = re.sub(rf"(?<!\w)(?:{re.escape(word)}|{re.escape(word.upper())})(?!\w)", " ", text)
    return re.sub(r"[ \t]+", " ", text)


# --- parts -----------------------------------------------------------------------------------------------------


def _shown(text: str, sentence: Sentence, mention: vocabulary.Mention) -> SkillFact:
    """A skill with its sentence; a long list is cut at commas around the skill."""
    start, end = sentence.start, sentence.end
    if not start <= mention.start < end:  # the name runs over two lines of a table
        start, end = mention.start, mention.end
    if end - start > LONGEST_EVIDENCE:
        start = max(start, text.rfind(",", start, max(start, mention.start - 60)) + 1)
        comma = text.find(",", min(end, mention.end + 60), end)
        end = comma if comma > 0 else min(end, start + LONGEST_EVIDENCE)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return SkillFact(mention.skill, " ".join(text[start:end].split()), start, end)
