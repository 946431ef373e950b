"""Looking through all question banks: by words, family, competency and level. Pure; answers in a few milliseconds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from interview_platform.services.agent import bank
from interview_platform.services.agent.bank import BankCompetency, BankQuestion, Family, Point


@dataclass(frozen=True)
class Found:
    """One question and where it belongs. `where` is what the words were found in: question | competency | points; for
    the last, `point` is the one that holds most of them."""

    family: Family
    competency: BankCompetency
    question: BankQuestion
    where: str = "question"
    point: str = ""


def search(words: str = "", family: str = "", competency: str = "", level: str = "") -> list[Found]:
    """The questions that hold every word (or a word that begins with it), best first; empty filters let all pass.

    Questions that hold the words in their own text stand first, then those whose competency does, then those of which
    only the points do; within these, in the banks' order.
    """
    wanted = _words(words)
    found = []
    for entry, parts in _everything():
        fits = family in ("", entry.family.id) and competency in ("", entry.competency.id)
        if not fits or (level and level not in entry.question.levels):
            continue
        where = _where(wanted, parts)
        if where is not None:
            point = _point(wanted, entry.question) if _PARTS[where] == "points" else ""
            found.append((where, replace(entry, where=_PARTS[where], point=point)))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


_PARTS = ("question", "competency", "points")


def _where(wanted: list[str], parts: tuple[str, ...]) -> int | None:
    """The first part by which all words are found, counting the parts before it; None when a word is nowhere."""
    held = ""
    for index, part in enumerate(parts):
        held += part
        if all(f" {word}" in held for word in wanted):
            return index
    return None


def _point(wanted: list[str], question: BankQuestion) -> str:
    """The first of the points that hold most of the words, their follow-ups included."""

    def held(point: Point) -> int:
        text = _flat(f"{point.point} {point.follow_up}")
        return sum(f" {word}" in text for word in wanted)

    return max(question.points, key=held).point


@lru_cache
def _everything() -> tuple[tuple[Found, tuple[str, ...]], ...]:
    """Every question with its texts, ready to be looked through: each word with a space before it."""
    made = []
    for family in bank.families():
        named = {entry.id: entry for entry in family.competencies}
        for question in family.questions:
            competency = named[question.competency]
            points = " ".join(f"{held.point} {held.follow_up}" for held in question.points)
            parts = (
                _flat(f"{question.text} {question.plain_text}"),
                _flat(f"{competency.name} {competency.description} {family.title}"),
                _flat(points),
            )
            made.append((Found(family, competency, question), parts))
    return tuple(made)


def _flat(text: str) -> str:
    return "".join(f" {word}" for word in _words(text))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
