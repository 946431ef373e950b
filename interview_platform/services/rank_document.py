"""One résumé as ranking sees it: blind texts, skills and lengths of work, without its tricks. Pure.

Everything is read from the blind text, so what differs only in who and where cannot differ here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from interview_platform.services import rank_headline, rank_orders, rank_strays, rank_tricks
from interview_platform.services import skills as vocabulary
from interview_platform.services.rank_blind import blind
from interview_platform.services.rank_evidence import tells_of_work
from interview_platform.services.rank_headline import undated
from interview_platform.services.rank_heard import heard
from interview_platform.services.rank_tricks import Note
from interview_platform.services.rank_words import in_list
from interview_platform.services.rank_written import BlindText
from interview_platform.services.resume_dates import span, total
from interview_platform.services.resume_experience import Position, positions
from interview_platform.services.resume_sections import heading, sections
from interview_platform.services.resumes import ResumeFacts
from interview_platform.services.text import Sentence, lines, sentences

VIEWS = 3
"""Texts per résumé that are embedded: its top, what the person calls herself, the latest positions' titles."""
_TOP_CHARACTERS = 2_000  # more than the model's 256 word pieces ever hold
_RECENT = 4
_MOST_SENTENCES = 400
_MOST_READINGS = 4
PERMIT = re.compile(
    r"\b(?:work permit|work visa|right to work|authori[sz]ed to work|work authori[sz]ation|eligible to work|citizen|"
    r"citizenship|green card|permanent resident|settled status|visa sponsorship|security clearance)\b",
    re.I,
)
"""Words by which a sentence speaks of permission to work."""


@dataclass(frozen=True)
class Role:
    """One position, without whose: its title, how long it lasted, the year it ended (0: not said)."""

    title: str
    months: int
    last_year: int


@dataclass(frozen=True)
class RankDocument:
    """A résumé in the form the index takes. `place` serves hard conditions only, never the score."""

    key: str
    views: tuple[str, str, str]
    text: str  # one sentence a line
    skills: tuple[str, ...] = ()
    months: int = 0
    last_year: int = 0
    languages: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()  # and degrees; for hard conditions only
    permits: tuple[str, ...] = ()  # sentences on permission to work, as written; for hard conditions only
    place: str = ""
    notes: tuple[Note, ...] = ()
    headline: str = ""
    roles: tuple[Role, ...] = ()
    shown: tuple[tuple[int, ...], ...] = ()  # of each skill: the lines of `text` that name it
    muted: tuple[int, ...] = ()  # lines of `text` that count for nothing but where copies are looked for
    quiet: tuple[int, ...] = ()  # lines of `text` that tell of no work: in no view, and no words in common

    def as_json(self) -> dict[str, Any]:
        """For a row or a file."""
        return asdict(self)

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> RankDocument:
        """The document of a stored row; fields that it lacks are empty."""
        known = {name: value for name, value in held.items() if name in cls.__dataclass_fields__}
        for name in ("views", "skills", "languages", "certifications", "permits", "notes"):
            known[name] = tuple(known.get(name, ("", "", "") if name == "views" else ()))
        known["shown"] = tuple(tuple(places) for places in known.get("shown", ()))
        known["muted"] = tuple(known.get("muted", ()))
        known["quiet"] = tuple(known.get("quiet", ()))
        known["roles"] = tuple(Role(**role) for role in known.get("roles", ()))
        return cls(**known)

    def counted(self) -> list[str]:
        """The lines of `text` that count."""
        return [line for place, line in enumerate(self.text.split("\n")) if place not in self.muted]

    def told(self) -> list[str]:
        """The lines of `text` that tell of work: those read for their meaning and for words in common."""
        out = {*self.muted, *self.quiet}
        return [line for place, line in enumerate(self.text.split("\n")) if place not in out]


@dataclass(frozen=True)
class SeenLine:
    """A line of a document with the sentence it comes from."""

    sentence: Sentence  # of the blind text; of a muted line, without its place
    text: str
    muted: bool = False


@dataclass(frozen=True)
class Seen:
    """A résumé's blind text with its sentences that count, and what was left out."""

    blind: BlindText
    sentences: tuple[Sentence, ...]  # places are in the blind text
    notes: tuple[Note, ...]
    muted: tuple[tuple[int, str], ...] = ()  # what speaks to a judge, blind, and where it stands in the résumé

    def lines(self) -> list[SeenLine]:
        """Sentences that can show something, as `RankDocument.text` has them: no headings, no years.

        Muted ones stand where they stood: an advert pasted over them is still seen to be one.
        """
        made = [SeenLine(one, undated(one.text)) for one in self.sentences if not heading(one.text)]
        if self.muted:
            held = [(self.blind.original(line.sentence.start, line.sentence.end)[0], line) for line in made]
            held += [(at, SeenLine(Sentence(text, 0, 0), undated(text), muted=True)) for at, text in self.muted]
            made = [line for _, line in sorted(held, key=lambda each: each[0])]
        return [line for line in made if line.text]


def see(facts: ResumeFacts, *, blind_schools: bool = True) -> Seen:
    """What ranking and its explanation read of a résumé."""
    spans, notes = rank_tricks.told(facts.text)
    spans = [*spans, *rank_strays.strays(facts.text)]
    seen, held = _read(facts, blind_schools, spans)
    muted: list[tuple[int, str]] = []
    if said := rank_orders.speaking(seen.text, held):
        spoken = _whole(facts.text, [seen.original(*span) for span in said])
        muted = [(at[0], " ".join(seen.text[slice(*span)].split())) for at, span in zip(spoken, said, strict=True)]
        spans = [*spans, *spoken]
        notes += _told(facts.text, spoken)
        seen, held = _read(facts, blind_schools, spans)
    gone: set[str] = set()
    for _ in range(_MOST_READINGS):
        dropped, more = rank_tricks.walls([sentence.text for sentence in held], len(gone))
        if not dropped:
            break
        # read again as if these had never stood there: no heading, title or neighbour is read by their light
        spans = [*spans, *(seen.original(held[at].start, held[at].end) for at in _with_headings(held, dropped))]
        notes += [note for note in more if note["kind"] not in {known["kind"] for known in notes}]
        if more[0]["kind"] == "repeated":
            gone |= {item for place in dropped for item in rank_tricks.items_of(held[place].text)}
        seen, held = _read(facts, blind_schools, spans)
    return Seen(seen, tuple(held[:_MOST_SENTENCES]), tuple(notes), tuple(muted))


def _whole(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that are nearly a sentence of the text, widened to it: blinding took a first letter or a full stop."""
    if not spans:
        return []
    bounds = [(sentence.start, sentence.end) for sentence in sentences(text)]
    return [
        next(
            (at for at in bounds if at[0] <= first and last <= at[1] and last - first > 0.8 * (at[1] - at[0])),
            (first, last),
        )
        for first, last in spans
    ]


def _told(text: str, spoken: Sequence[tuple[int, int]]) -> list[Note]:
    """Notes on sentences that speak to a judge."""
    said = [" ".join(text[start:end].split()) for start, end in spoken]
    return [rank_tricks.note(kind, line) for line in said if (kind := rank_orders.kind(line))]


def _read(facts: ResumeFacts, schools: bool, without: Sequence[tuple[int, int]]) -> tuple[BlindText, list[Sentence]]:
    """The blind text without some stretches, and its sentences."""
    seen = blind(facts.text, facts.name, schools=schools, without=without)
    cut = [part for sentence in sentences(seen.text) for part in parted(seen.text, sentence)]
    return seen, [sentence for sentence in cut if len(sentence.text) > 1]


def _with_headings(held: Sequence[Sentence], dropped: set[int]) -> list[int]:
    """The places of what is dropped, and of headings that have nothing else below them."""
    made = set(dropped)
    for place in sorted(dropped):
        if place - 1 in dropped or not place or not heading(held[place - 1].text):
            continue
        after = next((at for at in range(place, len(held)) if at not in dropped), len(held))
        if after == len(held) or heading(held[after].text):
            made.add(place - 1)
    return sorted(made)


def parted(text: str, sentence: Sentence) -> list[Sentence]:
    """A sentence over several lines, cut where keywords were put under prose or over it without a full stop."""
    made: list[Sentence] = []
    before: bool | None = None
    for start, line in lines(text[sentence.start : sentence.end]):
        bare = line.strip(" •\t")
        if not bare:
            continue
        keywords = in_list(bare) or (len(bare.split()) <= 4 and bare[0].isupper() and bare[-1] not in ".;!?")
        first = sentence.start + start + line.index(bare)
        if before is None or keywords or before:
            made.append(Sentence(" ".join(bare.split()), first, first + len(bare)))
        else:
            made[-1] = Sentence(f"{made[-1].text} {' '.join(bare.split())}", made[-1].start, first + len(bare))
        before = keywords
    return made


def document(
    key: str,
    facts: ResumeFacts,
    *,
    blind_schools: bool = True,
    today: date | None = None,
    seen: Seen | None = None,
) -> RankDocument:
    """A résumé's document. `today` is where positions that go on end; `seen` is what `see` gave, if it was asked."""
    today = today or date.today()
    seen = seen or see(facts, blind_schools=blind_schools)
    held = positions(seen.blind.text, sections(seen.blind.text), today)
    roles = tuple(_role(position, today) for position in held)
    calls = _headline(seen, roles)
    texts = seen.lines()
    shown = _shown(["" if line.muted else line.text for line in texts])
    quiet = _quiet(texts, shown)
    said = [line.text for place, line in enumerate(texts) if not line.muted and place not in quiet]
    prose = (heard(line) for line in said if not rank_tricks.is_list(line) and line != calls)
    body = "\n".join(line for line in (calls, *prose) if line)
    spans = [span(position.start, position.end, today) for position in held]
    return RankDocument(
        key=key,
        views=(body[:_TOP_CHARACTERS], calls or body[:100], _titles(calls, roles)),
        text="\n".join(line.text for line in texts),
        muted=tuple(place for place, line in enumerate(texts) if line.muted),
        quiet=tuple(sorted(quiet)),
        skills=tuple(shown),
        shown=tuple(shown.values()),
        months=total(spans),
        last_year=max((role.last_year for role in roles), default=0),
        languages=tuple(str(getattr(fact, "text", fact)) for fact in getattr(facts, "languages", ())),
        certifications=_papers(facts),
        permits=tuple(line.text for line in sentences(facts.text) if PERMIT.search(line.text))[:4],
        place=facts.location,
        notes=seen.notes,
        headline=calls,
        roles=roles,
    )


def _papers(facts: ResumeFacts) -> tuple[str, ...]:
    """Certificates and degrees as written, without schools; for hard conditions only."""
    degrees = (" ".join(filter(None, (study.degree, study.field))) for study in facts.education)
    return (*(fact.text for fact in facts.certifications), *filter(None, degrees))


def _headline(seen: Seen, roles: Sequence[Role]) -> str:
    """What the person calls herself above the first heading, else her latest title."""
    end = next((section.start for section in sections(seen.blind.text) if section.kind != "head"), len(seen.blind.text))
    above = [sentence.text for sentence in seen.sentences if sentence.start < end and not heading(sentence.text)]
    return rank_headline.headline(above, [role.title for role in roles])


def _shown(texts: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Skills of the vocabulary with the lines that name them."""
    found: dict[str, list[int]] = {}
    for place, line in enumerate(texts):
        for skill in dict.fromkeys(mention.skill for mention in vocabulary.mentions(line)):
            found.setdefault(skill, []).append(place)
    return {skill: tuple(places) for skill, places in found.items()}


def _quiet(texts: Sequence[SeenLine], shown: dict[str, tuple[int, ...]]) -> frozenset[int]:
    """Places of lines that tell of no work; muted ones are none of them."""
    named: dict[int, list[str]] = {}
    for skill, places in shown.items():
        for place in places:
            named.setdefault(place, []).append(skill)
    return frozenset(
        place
        for place, line in enumerate(texts)
        if not line.muted and not tells_of_work(line.text, named.get(place, ()))
    )


def _titles(calls: str, roles: Sequence[Role]) -> str:
    """The headline and the latest titles, each once."""
    named = [calls, *(role.title for role in roles[:_RECENT])]
    return " ; ".join(dict.fromkeys(name for name in named if name)) or calls


def _role(position: Position, today: date) -> Role:
    held = span(position.start, position.end, today)
    months = held[1] - held[0] if held else 0
    return Role(undated(position.title), months, (held[1] - 1) // 12 if held else 0)
