"""What the agent may answer from, cut into pieces: FAQs, a job, the company page, the recruiter's material. Pure.

A piece is one to four sentences under one heading. Its id holds a hash of its content, so that what did not change
keeps its id (and its vector) when the text around it does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from interview_platform.models import Job, Material, Organisation
from interview_platform.ports import Passage
from interview_platform.services import text as plain
from interview_platform.services.agent import guard_orders
from interview_platform.services.agent.bank import Faq

JOB_TITLE, COMPANY_TITLE = "Job description", "Company page"
MOST_SENTENCES = 4
_MOST_WORDS = 90
_HEADING_WORDS = 8
_MARKS = re.compile(r"^[#>\s]+|[*_`]{1,3}|\s+#+$")
_AMOUNT = re.compile(r"(?<=[.!?;])\s+(?=[£$€])")
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_FOREIGN = re.compile(
    r"\b(?:include|say|write|state|note|mention|add|confirm|record|claim|pretend|report)\b.{0,40}\bthat I\b|"
    r"^\W*(?:(?:please|now|then) )*(?:say|tell|write|shout|sing|call)\b(?! us\b).{0,30}\b(?:rude|nasty|offensive|"
    r"insult\w*|swear\w*|racist|sexist|obscene|filthy|hateful)\b",
    re.IGNORECASE,
)
"""Orders to claim something of an "I" or to abuse somebody: no employer tells candidates so; never read out."""
_LEVELS = {"junior": "junior", "mid": "mid-level", "senior": "senior"}


@dataclass(frozen=True)
class Piece:
    """A piece of a source. `asks` are the questions it was written to answer, where it was."""

    id: str
    source: str  # faq | job | company | material
    title: str
    text: str
    heading: str = ""
    asks: tuple[str, ...] = ()

    def as_passage(self, score: float = 0.0) -> Passage:
        """As the port shows it."""
        return Passage(self.id, self.source, self.title, self.text, round(score, 3))

    @cached_property
    def searched(self) -> str:
        """What it is found by: questions or heading before the text."""
        before = " ".join(self.asks[:2]) or self.heading
        return f"{before}. {self.text}" if before and not before.endswith("?") else f"{before} {self.text}".strip()

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, in order."""
        return sentences(self.text)


def sentences(text: str) -> tuple[str, ...]:
    """A text's sentences; one that begins with an amount of money is one, too."""
    return tuple(part for one in plain.sentences(text) for part in _AMOUNT.split(one.text) if part.strip())


def of_faqs(entries: Sequence[Faq], wordings: Mapping[str, Sequence[str]] | None = None) -> list[Piece]:
    """One piece for each entry: its answer, found by its question and the other wordings (`wordings`: yet more)."""
    more = wordings or {}
    return [
        _piece(
            "faq", one.topic, one.answer, one.question, (one.question, *one.also, *more.get(one.question, ())), "faq"
        )
        for one in entries
    ]


def of_job(job: Job) -> list[Piece]:
    """A job's fields as sentences, then its description."""
    made = [
        _piece("job", JOB_TITLE, text, heading, where=f"job:{job.id}") for heading, text in _fields(job) if text.strip()
    ]
    return made + of_text(job.description, "job", JOB_TITLE, f"job:{job.id}")


def of_company(organisation: Organisation) -> list[Piece]:
    """The company page and the values the employer wrote down."""
    where = f"company:{organisation.id}"
    made = of_text(organisation.about, "company", COMPANY_TITLE, where)
    values = [line.strip() for line in organisation.values.splitlines() if line.strip()]
    for first in range(0, len(values), MOST_SENTENCES):
        text = " ".join(_ended(value) for value in values[first : first + MOST_SENTENCES])
        made.append(_piece("company", COMPANY_TITLE, text, "Our values", where=where))
    return made


def of_material(material: Material) -> list[Piece]:
    """One version of what a recruiter added."""
    return of_text(material.text, "material", material.title, f"material:{material.series_id}")


def of_text(text: str, source: str, title: str, where: str) -> list[Piece]:
    """A text's pieces. A heading that is a question is one that its piece answers."""
    made: list[Piece] = []
    for heading, block in _blocks(text):
        asks = (heading,) if heading.endswith("?") else ()
        made += [_piece(source, title, part, heading, asks, where) for part in _parts(block)]
    return list({piece.id: piece for piece in made}.values())


def _piece(source: str, title: str, text: str, heading: str = "", asks: tuple[str, ...] = (), where: str = "") -> Piece:
    content = "\n".join((where, title, heading, *asks, text))
    digest = hashlib.sha256(content.encode()).hexdigest()[:12]
    return Piece(f"{where or source}:{digest}", source, title, text.strip(), heading, asks)


def _fields(job: Job) -> Iterator[tuple[str, str]]:
    yield "Job title", f"The job is {_LEVELS.get(job.level, job.level)} {job.title}." if job.title else ""
    yield "Location", f"The location of the job is {_ended(job.location)}" if job.location.strip() else ""
    yield "Required skills", _listed("The job needs", job.required_skills)
    yield "Preferred skills", _listed("Nice to have, but not needed, are", job.preferred_skills)
    conditions = [_condition(entry) for entry in job.conditions if isinstance(entry, Mapping)]
    yield "Conditions", " ".join(filter(None, conditions))


def _condition(entry: Mapping[str, object]) -> str:
    """A condition as it stands in the job's own words where they were kept."""
    text, value, kind = (str(entry.get(key) or "").strip() for key in ("text", "value", "kind"))
    if text:
        return _ended(text)
    return f"The job needs {kind.replace('_', ' ')}: {_ended(value)}" if value else ""


def _listed(before: str, items: Sequence[object]) -> str:
    words = [str(item) for item in items if str(item).strip()]
    if not words:
        return ""
    last = words[-1] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"{before} {last}."


def _ended(text: str) -> str:
    text = " ".join(text.split()).rstrip(" ;,")
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Stretches of text with the heading above them."""
    heading, held = "", list[str]()
    for line in _LINK.sub(r"\1", text.replace("\r\n", "\n")).split("\n"):
        named = _heading(line)
        if named is None:
            held.append(line if plain.is_bullet(line) else _MARKS.sub("", line))
            continue
        yield _block(heading, held)
        heading, held = named[0], [named[1]]
    yield _block(heading, held)


def _block(heading: str, held: list[str]) -> tuple[str, str]:
    """A heading with its text; a heading with nothing below it was a short line of text."""
    text = "\n".join(held)
    return (heading, text) if re.search(r"\w", text) or heading.endswith("?") else ("", heading)


def _heading(line: str) -> tuple[str, str] | None:
    """The heading a line holds and what stands behind it; None for plain text."""
    bare = _MARKS.sub("", line).strip()
    if not bare:
        return None
    if line.lstrip().startswith("#"):
        return bare.rstrip(":").strip(), ""
    if plain.is_bullet(line):
        return None
    label, colon, rest = bare.partition(":")
    if colon and 0 < len(label.split()) <= 4 and (not rest or rest[0].isspace()) and "," not in label:
        return label.strip(), f"{label.strip()}: {rest.strip()}" if rest.strip() else ""
    short = len(bare.split()) <= _HEADING_WORDS
    if short and (bare.endswith("?") or line.strip().startswith("**")):
        return bare, ""
    if short and not re.search(r"[.!;,]", bare) and bare[0].isupper() and bare[-1].isalnum() and len(bare.split()) <= 5:
        return bare, ""
    return None


def _parts(block: str) -> Iterator[str]:
    """At most four sentences of one paragraph or list each."""
    for paragraph in re.split(r"\n\s*\n", block):
        held: list[str] = []
        for sentence in filter(None, map(guard_orders.readable, sentences(paragraph))):
            if _FOREIGN.search(sentence):
                continue
            too_long = len(" ".join([*held, sentence]).split()) > _MOST_WORDS
            if held and (len(held) == MOST_SENTENCES or too_long):
                yield " ".join(held)
                held = []
            held.append(_ended(sentence))
        if held:
            yield " ".join(held)
