"""Résumé text to facts: who, how to reach them, skills with the sentence that shows them, experience, education.

Pure: text in, facts out. Every fact says its page and its characters, which index `ResumeFacts.text`: the given text
tidied (split words joined, lines that count pages left out) and without what must not be kept: birth date, age,
gender, marital status, nationality, street address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from interview_platform.services import linkedin_pdf, resume_dates
from interview_platform.services import resume_contact as contact
from interview_platform.services import skills as vocabulary
from interview_platform.services.resume_certificates import certificates
from interview_platform.services.resume_education import Education, studies
from interview_platform.services.resume_experience import Position, has_title_word, positions, total_months
from interview_platform.services.resume_languages import Language, languages
from interview_platform.services.resume_listed import listed
from interview_platform.services.resume_pages import Fact, edited, page_number_lines, page_of, where
from interview_platform.services.resume_private import private_lines
from interview_platform.services.resume_sections import Section, sections
from interview_platform.services.text import Sentence, sentences, split_words

Warned = dict[str, Any]
"""{"kind", "detail", "count"}: hidden text that was left out."""
Place = tuple[int, int, int]
"""Page, first character, character after the last."""

LONGEST_EVIDENCE = 300
_SECTION_RANK = {"experience": 0, "projects": 1, "summary": 2, "awards": 2, "certifications": 2, "skills": 3}
_Spanned = TypeVar("_Spanned", Position, Education)


@dataclass(frozen=True)
class SkillFact:
    """A skill and the sentence that shows it; `start` and `end` are the sentence's characters in the text."""

    name: str
    sentence: str
    start: int
    end: int
    page: int = 1


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
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    certifications: tuple[Fact, ...] = ()
    languages: tuple[Language, ...] = ()
    page_starts: tuple[int, ...] = ()
    evidence: dict[str, Place] = field(default_factory=dict)  # of name, email, phone, location, headline
    months: int = 0  # of all experience; what overlaps counts once
    source_kind: str = "resume"  # or "linkedin_pdf"

    def as_json(self) -> dict[str, Any]:
        """For `Resume.facts`; the text stays in `Resume.text`."""
        held = asdict(self)
        del held["text"]
        return held

    @classmethod
    def from_json(cls, held: dict[str, Any], text: str) -> ResumeFacts:
        """The facts of a stored row, an older one too."""
        strings = {name: str(held.get(name, "")) for name in ("name", "email", "phone", "location", "headline")}
        return cls(
            text=text,
            pages=held.get("pages", 0),
            **strings,
            emails=tuple(held.get("emails") or filter(None, (strings["email"],))),
            phones=tuple(held.get("phones") or filter(None, (strings["phone"],))),
            links=tuple(held.get("links", ())),
            skills=tuple(SkillFact(**item) for item in held.get("skills", ())),
            experience=tuple(Position(**_spanned(item, {"months": 0})) for item in held.get("experience", ())),
            education=tuple(Education(**_spanned(item, {"field": ""})) for item in held.get("education", ())),
            warnings=tuple(held.get("warnings", ())),
            certifications=tuple(Fact(**item) for item in held.get("certifications", ())),
            languages=tuple(Language(**item) for item in held.get("languages", ())),
            page_starts=tuple(held.get("page_starts", ())),
            evidence={name: (place[0], place[1], place[2]) for name, place in held.get("evidence", {}).items()},
            months=held.get("months", 0),
            source_kind=held.get("source_kind", "resume"),
        )


def read_facts(
    text: str,
    pages: int = 0,
    warnings: Sequence[Warned] = (),
    page_starts: Sequence[int] = (),
    *,
    links: Sequence[str] = (),
    today: date | None = None,
) -> ResumeFacts:
    """The facts in a résumé's text. `page_starts` are the characters where pages begin, `links` those the file holds
    besides its text, `today` the end of what still goes on."""
    today = today or datetime.now(UTC).date()
    profile = linkedin_pdf.is_one(text)
    text, starts = tidied(text, page_starts, profile)
    held = _of_profile(text, today) if profile else _read(text, tuple(links), today)
    held = replace(held, pages=pages, warnings=tuple(warnings), page_starts=starts)
    return _paged(replace(held, months=total_months(held.experience, today)))


def tidied(text: str, page_starts: Sequence[int], profile: bool = False) -> tuple[str, tuple[int, ...]]:
    """The text that is kept, and where its pages begin; `profile`: LinkedIn made it."""
    starts = tuple(page_starts)
    steps = (linkedin_pdf.wrapped_words,) if profile else ()
    for edits in (*steps, page_number_lines, split_words, private_lines):
        text, starts = edited(text, starts, edits(text))
    return resume_dates.joined_lines(text), starts


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
    for word in re.split(r"[\s-]+", facts.name):
        if len(word) > 2 and not has_title_word(word) and not vocabulary.mentions(word):
            text = re.sub(rf"(?<!\w)(?:{re.escape(word)}|{re.escape(word.upper())})(?!\w)", " ", text)
    return re.sub(r"[ \t]+", " ", text)


# --- parts -----------------------------------------------------------------------------------------------------


def _read(text: str, links: tuple[str, ...], today: date) -> ResumeFacts:
    """The facts of a résumé in whatever layout."""
    found = sections(text)
    head = text[: contact.head_end(text)]
    emails, phones = contact.emails(head, text), contact.phones(head, text)
    mailbox = next(iter(emails), "")
    name = contact.name_of(head, reachable=bool(emails or phones), mailbox=mailbox)
    if not name:  # what stands at the top of another column comes further down
        name, head = contact.name_further_down(text, head, mailbox)
    held = positions(text, found, today)
    return ResumeFacts(
        text=text,
        name=name,
        email=next(iter(emails), ""),
        phone=next(iter(phones), ""),
        location=contact.location(head) or contact.location(contact.contact_lines(text, emails, phones)),
        headline=contact.headline(head, name, held[0].title if held else ""),
        links=contact.links(head, text, links),
        skills=(*skill_facts(text, found, name), *_as_written(text, found, name)),
        experience=held,
        education=studies(text, found),
        emails=emails,
        phones=phones,
        certifications=certificates(text, found),
        languages=languages(text, found),
    )


def _as_written(text: str, found: list[Section], name: str) -> tuple[SkillFact, ...]:
    """The skills that are listed and that the vocabulary does not know."""
    return tuple(SkillFact(item.text, item.text, item.start, item.end) for item in listed(text, found, name))


def _of_profile(text: str, today: date) -> ResumeFacts:
    """The facts of a LinkedIn profile; its top skills count as they stand."""
    held = linkedin_pdf.read(text, today)
    skills = {fact.name: fact for fact in skill_facts(text, sections(text), held.name)}
    for item in held.skills:
        name = vocabulary.canonical(item.text)
        skills.setdefault(name, SkillFact(name, item.text, item.start, item.end))
    return ResumeFacts(
        text=text,
        name=held.name,
        email=next(iter(held.emails), ""),
        phone=next(iter(held.phones), ""),
        location=held.location,
        headline=held.headline or (held.experience[0].title if held.experience else ""),
        links=held.links,
        skills=tuple(skills.values()),
        experience=held.experience,
        education=held.education,
        emails=held.emails,
        phones=held.phones,
        certifications=held.certifications,
        languages=held.languages,
        source_kind="linkedin_pdf",
    )


def _paged(facts: ResumeFacts) -> ResumeFacts:
    """The facts with their pages, and the places of those that have none of their own."""
    starts = facts.page_starts
    evidence: dict[str, Place] = {}
    for kind in ("name", "email", "phone", "location", "headline"):
        place = where(facts.text, getattr(facts, kind))
        if place:
            evidence[kind] = (page_of(place[0], starts), *place)
    return replace(
        facts,
        evidence=evidence,
        skills=tuple(replace(fact, page=page_of(fact.start, starts)) for fact in facts.skills),
        certifications=tuple(replace(fact, page=page_of(fact.start, starts)) for fact in facts.certifications),
        languages=tuple(replace(fact, page=page_of(fact.start, starts)) for fact in facts.languages),
        experience=_spans_paged(facts.experience, starts),
        education=_spans_paged(facts.education, starts),
    )


def _spans_paged(held: tuple[_Spanned, ...], starts: tuple[int, ...]) -> tuple[_Spanned, ...]:
    return tuple(replace(item, page=page_of(item.span[0], starts)) for item in held)


def _spanned(item: dict[str, Any], absent: dict[str, Any]) -> dict[str, Any]:
    """A stored position or course; `absent` is what older rows do not have."""
    return {**absent, **item, "span": tuple(item["span"])}


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
