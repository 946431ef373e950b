"""Questions made from facts of a résumé. Pure: facts and text in, wordings with their spans out.

A fact is used only if its span lies in the text, its words stand there, and they are plain enough to be said aloud:
a résumé is data from outside, and a "job title" that gives orders is not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from interview_platform.services.agent import guard, guard_orders, wording

MOST_WORDS = 8
_PLAIN = re.compile(r"[\w .,&+#/()'’-]{2,60}")


@dataclass(frozen=True)
class ResumeQuestion:
    """A question and where its fact stands: `source` is "resume:<start>-<end>", characters of the résumé's text."""

    wording: wording.Wording
    source: str


def choose(facts: Mapping[str, Any], text: str, wanted_skills: Sequence[str]) -> list[ResumeQuestion]:
    """The best questions first: the newest position, a skill the job asks for, a course of study."""
    found = [
        next(_positions(facts, text), None),
        next(_skills(facts, text, wanted_skills), None),
        next(_education(facts, text), None),
    ]
    return [made for made in found if made is not None]


def _positions(facts: Mapping[str, Any], text: str) -> Iterator[ResumeQuestion]:
    for item in facts.get("experience") or ():
        start, end = _span(item.get("span"), text)
        title, company = (
            _said(item.get("title"), text[start:end]),
            _said(item.get("company"), text[start:end], proper=True),
        )
        if title or company:
            yield ResumeQuestion(wording.on_position(title, company), f"resume:{start}-{end}")


def _skills(facts: Mapping[str, Any], text: str, wanted: Sequence[str]) -> Iterator[ResumeQuestion]:
    order = [skill.casefold() for skill in wanted]

    def rank(item: Mapping[str, Any]) -> int:
        name = str(item.get("name", "")).casefold()
        return order.index(name) if name in order else len(order)

    for item in sorted(facts.get("skills") or (), key=rank):
        start, end = _span((item.get("start"), item.get("end")), text)
        skill = _said(item.get("name"), text[start:end])
        if skill:
            yield ResumeQuestion(wording.on_skill(skill), f"resume:{start}-{end}")


def _education(facts: Mapping[str, Any], text: str) -> Iterator[ResumeQuestion]:
    for item in facts.get("education") or ():
        start, end = _span(item.get("span"), text)
        degree, school = (
            _said(item.get("degree"), text[start:end]),
            _said(item.get("school"), text[start:end], proper=True),
        )
        if degree or school:
            yield ResumeQuestion(wording.on_studies(degree, school), f"resume:{start}-{end}")


def _span(span: Any, text: str) -> tuple[int, int]:
    """The span, or an empty one when it is not within the text."""
    try:
        start, end = (int(value) for value in span)
    except (TypeError, ValueError):
        return 0, 0
    return (start, end) if 0 <= start < end <= len(text) else (0, 0)


def _said(words: Any, within: str, proper: bool = False) -> str:
    """The fact's words if they stand in its span, name a thing and may be said aloud; "" otherwise."""
    said = " ".join(str(words or "").split())
    stands = said and said.casefold() in " ".join(within.split()).casefold()
    plain = stands and _PLAIN.fullmatch(said) and len(said.split()) <= MOST_WORDS
    return said if plain and guard.sayable(said) and guard_orders.a_name(said, proper=proper) else ""
