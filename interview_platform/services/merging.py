"""What several sources say about one person, side by side: each fact once with its sources, contradictions apart. Pure.

Nothing is chosen and nothing is lost: where sources differ, every value stands there with who says it, and since when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from interview_platform.models import Resume
from interview_platform.services import resume_dates
from interview_platform.services import skills as vocabulary
from interview_platform.services.likeness import company_key, digits, mailbox, plain, same_name
from interview_platform.services.resume_education import Education
from interview_platform.services.resume_experience import Position
from interview_platform.services.resumes import ResumeFacts

CONTACT = ("name", "email", "phone", "location", "headline")
_MAY_DIFFER = frozenset({"headline"})  # people word it anew for every page: no contradiction


@dataclass(frozen=True)
class Source:
    """One source and its facts."""

    resume_id: str
    kind: str  # Resume.source
    filename: str
    said_at: datetime
    facts: ResumeFacts

    @classmethod
    def of(cls, row: Resume) -> Source:
        """A stored row as a source."""
        return cls(row.id, row.source, row.filename, row.created_at, ResumeFacts.from_json(row.facts, row.text))


@dataclass(frozen=True)
class Said:
    """Where a source says it: characters of its text, and the words that stand there."""

    resume_id: str
    kind: str
    filename: str
    said_at: datetime
    sentence: str = ""
    start: int = 0
    end: int = 0
    page: int = 1


@dataclass(frozen=True)
class MergedFact:
    """One fact and every source that says it."""

    value: str  # "Python"; "Backend Engineer, Acme Ltd"
    detail: str  # "Mar 2021 – Present"; "" where there is none
    sources: tuple[Said, ...]


@dataclass(frozen=True)
class Conflict:
    """Sources that contradict each other. `values` are what is said and by whom, the newest source first."""

    field: str  # name | email | phone | location | title | dates
    about: str  # the position it is about; "" for the person
    values: tuple[tuple[str, tuple[Said, ...]], ...]


@dataclass(frozen=True)
class MergedFacts:
    """One person out of all sources, the newest source's words first."""

    sources: tuple[Source, ...] = ()
    contact: dict[str, tuple[MergedFact, ...]] = field(default_factory=dict)  # by the names of CONTACT
    links: tuple[MergedFact, ...] = ()
    skills: tuple[MergedFact, ...] = ()
    experience: tuple[MergedFact, ...] = ()
    education: tuple[MergedFact, ...] = ()
    certifications: tuple[MergedFact, ...] = ()
    languages: tuple[MergedFact, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def merge(sources: Sequence[Source]) -> MergedFacts:
    """The facts of a person's sources, given newest first."""
    contact = {name: _contact(name, sources) for name in CONTACT}
    groups = _positions(sources)
    personal = [
        Conflict(name, "", tuple((fact.value, fact.sources) for fact in facts))
        for name, facts in contact.items()
        if len(facts) > 1 and name not in _MAY_DIFFER
    ]
    return MergedFacts(
        sources=tuple(sources),
        contact=contact,
        links=_together(sources, lambda facts: ((link, "", None) for link in facts.links), _link),
        skills=_together(sources, _skills, lambda name: " ".join(vocabulary.phrase(vocabulary.canonical(name)))),
        experience=tuple(_experience(group) for group in groups),
        education=_together(sources, _education, plain),
        certifications=_together(sources, lambda facts: _lines(facts.certifications), plain),
        languages=_together(sources, lambda facts: _lines(facts.languages), lambda text: plain(text).split(" ")[0]),
        conflicts=(*personal, *(conflict for group in groups for conflict in _contradictions(group))),
    )


# --- single facts ----------------------------------------------------------------------------------------------

Place = tuple[int, int, int] | None
"""First character, character after the last, page."""


def _together(
    sources: Sequence[Source],
    read: Callable[[ResumeFacts], Iterable[tuple[str, str, Place]]],
    key: Callable[[str], str],
) -> tuple[MergedFact, ...]:
    """Facts that are the same by `key`, as one with all their sources; the newest wording is shown."""
    shown: dict[str, tuple[str, str]] = {}
    said: dict[str, list[Said]] = {}
    for source in sources:
        for value, detail, place in read(source.facts):
            name = key(value) or value
            shown.setdefault(name, (value, detail))
            if all(one.resume_id != source.resume_id for one in said.setdefault(name, [])):
                said[name].append(_said(source, place))
    return tuple(MergedFact(*shown[name], tuple(said[name])) for name in shown)


def _said(source: Source, place: Place) -> Said:
    start, end, page = place or (0, 0, 1)
    sentence = " ".join(source.facts.text[start:end].split())
    return Said(source.resume_id, source.kind, source.filename, source.said_at, sentence, start, end, page)


def _skills(facts: ResumeFacts) -> Iterable[tuple[str, str, Place]]:
    return ((skill.name, "", (skill.start, skill.end, getattr(skill, "page", 1))) for skill in facts.skills)


def _education(facts: ResumeFacts) -> Iterable[tuple[str, str, Place]]:
    for one in facts.education:
        yield _joined(one.degree, one.field, one.school), _stretch(one), (*one.span, one.page)


def _lines(facts: Iterable[object]) -> Iterable[tuple[str, str, Place]]:
    for one in facts:
        yield str(one.text), str(getattr(one, "level", "")), (one.start, one.end, one.page)  # type: ignore[attr-defined]


def _link(link: str) -> str:
    return link.casefold().removeprefix("www.").rstrip("/")


def _contact(name: str, sources: Sequence[Source]) -> tuple[MergedFact, ...]:
    """The different values of one field; ways to write the same one are the same."""
    same = _SAME[name]
    held: list[tuple[str, list[Said]]] = []
    for source in sources:
        value = str(getattr(source.facts, name))
        if not value:
            continue
        page, start, end = source.facts.evidence.get(name, (1, 0, 0))
        said = _said(source, (start, end, page))
        found = next((group for known, group in held if same(known, value)), None)
        if found is None:
            held.append((value, [said]))
        else:
            found.append(said)
    return tuple(MergedFact(value, "", tuple(group)) for value, group in held)


def _same_place(one: str, other: str) -> bool:
    """ "Leeds" and "Leeds, United Kingdom" do not contradict each other."""
    return bool({plain(part) for part in one.split(",")} & {plain(part) for part in other.split(",")[:1]})


def _same_name(one: str, other: str) -> bool:
    return same_name(one, other) or set(plain(one).split()) <= set(plain(other).split())


_SAME: dict[str, Callable[[str, str], bool]] = {
    "name": _same_name,
    "email": lambda one, other: mailbox(one) == mailbox(other),
    "phone": lambda one, other: digits(one) == digits(other),
    "location": _same_place,
    "headline": lambda one, other: plain(one) == plain(other),
}


# --- positions -------------------------------------------------------------------------------------------------

Told = tuple[Position, Source]


def _positions(sources: Sequence[Source]) -> list[list[Told]]:
    """Positions that are one, each with the sources that tell of it."""
    groups: list[list[Told]] = []
    for source in sources:
        for position in source.facts.experience:
            fits = [group for group in groups if _is_same(group, position, source)]
            fits.sort(key=lambda group: plain(group[0][0].title) != plain(position.title))
            if fits:
                fits[0].append((position, source))
            else:
                groups.append([(position, source)])
    return groups


def _is_same(group: list[Told], position: Position, source: Source) -> bool:
    """Whether another source tells of this position: same employer, and same title or same time."""
    known, _ = group[0]
    if any(teller.resume_id == source.resume_id for _, teller in group):
        return False  # two roles of one résumé are two
    if company_key(known.company) != company_key(position.company) or not company_key(position.company):
        return False
    return plain(known.title) == plain(position.title) or _overlap(known, position)


def _overlap(one: Position, other: Position) -> bool:
    """Whether two stretches share more than half of the shorter one."""
    today = datetime.now(UTC).date()
    first, second = _span(one, today), _span(other, today)
    if first is None or second is None:
        return False
    shared = min(first[1], second[1]) - max(first[0], second[0])
    return 2 * shared > min(first[1] - first[0], second[1] - second[0])


def _span(position: Position, today: date) -> resume_dates.Span | None:
    return resume_dates.span(position.start, position.end, today)


def _experience(group: list[Told]) -> MergedFact:
    newest = group[0][0]
    return MergedFact(
        _joined(newest.title, newest.company),
        _stretch(newest),
        tuple(_said(source, (*position.span, position.page)) for position, source in group),
    )


def _contradictions(group: list[Told]) -> Iterable[Conflict]:
    newest = group[0][0]
    about = _joined(newest.title, newest.company)
    titles = _differing(group, lambda one: one.title, _same_title)
    if len(titles) > 1:
        yield Conflict("title", newest.company, titles)
    dates = _differing(group, _stretch, None)
    if len(dates) > 1:
        yield Conflict("dates", about, dates)


def _differing(
    group: list[Told], value: Callable[[Position], str], same: Callable[[str, str], bool] | None
) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    held: list[tuple[Position, list[Said]]] = []
    for position, source in group:
        if not value(position):
            continue
        said = _said(source, (*position.span, position.page))
        for known, sayers in held:
            if same(value(known), value(position)) if same else _same_dates(known, position):
                sayers.append(said)
                break
        else:
            held.append((position, [said]))
    return tuple((value(position), tuple(sayers)) for position, sayers in held)


def _same_title(one: str, other: str) -> bool:
    """The same words in any order."""
    return sorted(plain(one).split()) == sorted(plain(other).split())


def _same_dates(one: Position, other: Position) -> bool:
    return _same_point(one.start, other.start) and _same_point(one.end, other.end)


def _same_point(one: str, other: str) -> bool:
    """A year alone agrees with each of its months; what is not said contradicts nothing."""
    first, second = resume_dates.normal(one), resume_dates.normal(other)
    return not first or not second or first.startswith(second) or second.startswith(first)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _stretch(one: Position | Education) -> str:
    return " – ".join(part for part in (one.start, one.end) if part)
