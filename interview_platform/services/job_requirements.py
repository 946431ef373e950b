"""The skills a job post asks for: those of the vocabulary, and short phrases of its own requirements. Pure.

At most so many that a person can judge them, the most important first; the rest of the post stays in the description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interview_platform.services import skills
from interview_platform.services.job_condition_reading import LANGUAGES
from interview_platform.services.job_conditions import Condition
from interview_platform.services.job_lines import (
    ASKED,
    COMPANY,
    DUTIES,
    FORMAL,
    OFFER,
    PHYSICAL,
    PREFERRED,
    REQUIRED,
    Clause,
)
from interview_platform.services.job_phrases import phrases
from interview_platform.services.job_places import places
from interview_platform.services.job_tasks import DONE, NOUNS
from interview_platform.services.text import WORD, fold

MOST_REQUIRED = 12
MOST_PREFERRED = 10
_MOST_SOFT = 3
_MOST_FROM_DUTIES = 6
_FEW = 4
"""Skills asked for by name below which the duties are read too."""
_SOFT = frozenset(
    """
    communication|teamwork|leadership|problem solving|time management|attention to detail|presentation|decision making|
    interpersonal skills|organisation|organizational skills|critical thinking|adaptability|creativity|collaboration|
    written communication|verbal communication|organization skills|organisation skills|supervision|mentoring|initiative|
    cross-functional collaboration|stress management|self-motivation|work independently|customer focus|scheduling|
    multitasking|flexibility|work ethic|conflict resolution|active listening|oral communications|analytical skills|
    training|
    coaching|negotiation|onboarding|report writing|filing|typing
    """.replace("\n", "").replace("    ", "").strip().split("|")
)  # fmt: skip
_LANGUAGES = frozenset(name.casefold() for name in LANGUAGES)


_BEYOND = re.compile(r"\b(?:years?|experience|knowledge)\b(?! or\b)", re.I)
"""Where a sentence that asks for a degree goes on to what else is asked."""
_OF_PEOPLE = frozenset("experienced qualified skilled senior junior trained new good registered".split())  # noqa: SIM905
_SPONSOR = re.compile(r"\bsponsor(?:ship)?\b|\b(?:authori[sz]\w+|eligib\w+|right) to work\b|\bworking rights\b", re.I)
_WITH_OTHERS = re.compile(r"\b(?:work|collaborat|partner|interact|liais|coordinat)\w*(?: [\w-]+){0,3} with\b", re.I)
_DEGREE = re.compile(
    r"\b(?:degree|diploma|bachelor['’]?s?|master['’]s|"
    r"B\.?S\.?c?|M\.?S\.?c?)\b(?= (?:in|of|or|degree)\b)",
    re.I,
)


@dataclass(frozen=True)
class Wanted:
    """A skill a post asks for. `text` is the sentence that says so, `start` and `end` the characters that name it."""

    skill: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Hit:
    wanted: Wanted
    wish: str  # required | preferred | "" from the duties
    own: bool  # a phrase of the post, not of the vocabulary
    part: str  # of the post


def wanted(
    post: str, clauses: list[Clause], title: str, hard: list[Condition], wished: list[Condition]
) -> tuple[tuple[Wanted, ...], tuple[Wanted, ...]]:
    """(required, preferred). What is a hard condition is not repeated; licences only wished for are preferred."""
    conditions = {held.value.casefold() for held in (*hard, *wished)}
    hits = [
        hit
        for hit in _hits(post, clauses)
        if hit.wanted.skill.casefold() not in conditions and not _is_paper(hit, [*hard, *wished])
    ]
    role = [fold(word) for word in WORD.findall(title)]
    hits = [hit for hit in hits if not _is_role(hit, role, post)]
    named = {word for word in role if len(word) > 3}
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.wanted.skill.casefold()] = counts.get(hit.wanted.skill.casefold(), 0) + 1
    best = _best_of_each(hits)
    required = _ranked([hit for hit in best if hit.wish == REQUIRED], counts, named)
    parts = {clause.part for clause in clauses}
    told = DUTIES if DUTIES in parts or ASKED in parts else ""
    duties = [hit for hit in best if not hit.wish and hit.part == told and not _soft(hit)]
    extra = _ranked(duties, counts, named)[:_MOST_FROM_DUTIES] if sum(not _soft(hit) for hit in required) < _FEW else []
    preferred = _ranked([hit for hit in best if hit.wish == PREFERRED], counts, named)
    papers = [Wanted(held.value, held.text, held.start, held.end) for held in wished]
    listed = [*papers, *(hit.wanted for hit in [*preferred, *extra])]
    known = {hit.wanted.skill.casefold() for hit in required[:MOST_REQUIRED]}
    kept = {held.skill.casefold(): held for held in reversed(listed) if held.skill.casefold() not in known}
    return tuple(hit.wanted for hit in required[:MOST_REQUIRED]), tuple(list(reversed(kept.values()))[:MOST_PREFERRED])


def _hits(post: str, clauses: list[Clause]) -> Iterator[_Hit]:
    """Every mention of the vocabulary, and every phrase of an item that asks, in the post's order."""
    mentions = skills.mentions(post)
    for clause in clauses:
        if clause.part in (OFFER, COMPANY, FORMAL, PHYSICAL) or _SPONSOR.search(clause.text):
            continue
        degree = _DEGREE.search(post, clause.start, clause.end)
        last = degree.start() if degree else clause.end  # "degree in Accounting" names a school's subject
        beside = _WITH_OTHERS.search(post, clause.start, last)
        last = beside.end() if beside else last  # "working with Sales and Marketing" names other teams
        inside = [one for one in mentions if clause.start <= one.start < last]
        for one in inside:
            if clause.wish or clause.part == DUTIES or not clause.part:
                row = Wanted(one.skill, clause.line, one.start, one.end)
                yield _Hit(row, clause.wish, own=False, part=clause.part)
        for name, start, end in _done(post, clause.start, last):
            told = clause.wish or clause.part == DUTIES or not clause.part
            if told and not any(start < one.end and one.start < end for one in inside):
                yield _Hit(Wanted(name, clause.line, start, end), clause.wish, own=False, part=clause.part)
        beyond = _BEYOND.search(post, degree.end(), clause.end) if degree else None
        if clause.wish and clause.part != DUTIES and (beyond or not degree) and not places(clause.text):
            for name, start, end in phrases(post, clause):
                after = beyond is None or start > beyond.start()
                if after and not any(start < one.end and one.start < end for one in inside):
                    yield _Hit(Wanted(name, clause.line, start, end), clause.wish, own=True, part=clause.part)


def _done(post: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Skills of the vocabulary told as doing: "manage behaviour" is behaviour management."""
    known = skills.vocabulary().phrases
    for found in DONE.finditer(post, start, end):
        words = found["object"].split()
        for many in range(len(words), 0, -1):
            thing = " ".join(words[:many])
            name = known.get(skills.phrase(f"{thing} {NOUNS[found['verb'].casefold()]}"))
            if name is not None:
                yield name, found.start(), found.start("object") + len(thing)
                break


def _is_role(hit: _Hit, role: list[str], post: str) -> bool:
    """Whether the words only say the job's own name again ("Night Baker", "a baker")."""
    words = [fold(word) for word in WORD.findall(post[hit.wanted.start : hit.wanted.end])]
    return words == role[-len(words) :] or (hit.own and len(words) > 1 and set(words) <= {*role, *_OF_PEOPLE})


def _is_paper(hit: _Hit, hard: list[Condition]) -> bool:
    """Whether these characters already are a condition ("CPR certification", "Spanish")."""
    papers = {part.casefold() for held in hard for part in re.split(r" or |/", held.value)}
    if hit.wanted.skill.casefold() in papers:
        return True
    first, last = hit.wanted.start, hit.wanted.end  # "paediatric" is part of "paediatric first aid"
    touching = any(first < held.end and held.start <= last + 1 for held in hard if held.end)
    return touching or hit.wanted.skill.casefold() in _LANGUAGES  # a language is a condition, or it is a cuisine


def _best_of_each(hits: list[_Hit]) -> list[_Hit]:
    """One hit a skill: the one that asks most plainly."""
    order = {REQUIRED: 0, PREFERRED: 1, "": 2}
    best: dict[str, _Hit] = {}
    for hit in hits:
        key = " ".join(map(fold, WORD.findall(hit.wanted.skill)))
        if key not in best or order[hit.wish] < order[best[key].wish]:
            best[key] = hit
    names = [set(key.split()) for key in best]
    # "Construction" says nothing beside "Construction management"
    return [hit for key, hit in best.items() if not (hit.own and any(set(key.split()) < other for other in names))]


def _soft(hit: _Hit) -> bool:
    return hit.wanted.skill.casefold() in _SOFT


def _ranked(hits: list[_Hit], counts: dict[str, int], named: set[str]) -> list[_Hit]:
    """The most important first: named in the title, of the vocabulary, said often; a few soft ones at the end."""

    def weight(place: int, hit: _Hit) -> float:
        words = set(map(fold, WORD.findall(hit.wanted.skill)))
        often = min(3, counts[hit.wanted.skill.casefold()])
        return (
            3 * bool(words & named) + 2 * (not hit.own) + 0.5 * often + (hit.part == ASKED) - place / max(1, len(hits))
        )

    scored = sorted(((weight(place, hit), hit) for place, hit in enumerate(hits)), key=lambda pair: -pair[0])
    firm = [hit for _, hit in scored if not _soft(hit)]
    return [*firm, *[hit for _, hit in scored if _soft(hit)][:_MOST_SOFT]]
