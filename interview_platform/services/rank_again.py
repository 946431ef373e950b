"""The first of a ranked list looked at again by a language model, when a recruiter asks for it. Pure but for the port.

The model grades requirements with a quote; a grade whose quote does not stand word for word in the blind text counts
as 0. The order is made here. When the model fails, the order stays and the reason is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import Grade, Reranker
from interview_platform.services.rank_parts import Wish

TOP = 20
"""How many of a list are looked at again."""
_LEAST_WORDS = 2


@dataclass(frozen=True)
class Regraded:
    """One candidate after the second look, in the new order."""

    key: str
    level: float | None  # mean of the grades 0..3; None where the model did not answer
    grades: tuple[Grade, ...] = ()  # verified; what could not be is 0
    note: str = ""  # why the order is as it was


def rerank(reranker: Reranker | None, wish: Wish, candidates: Sequence[tuple[str, str]]) -> list[Regraded]:
    """The first TOP of (key, blind text) in the order of their grades; equal ones and the rest stay as they were."""
    head, rest = candidates[:TOP], [Regraded(key, None) for key, _ in candidates[TOP:]]
    requirements = [skill for skill, _ in wish.skills] or [wish.title]
    if reranker is None:
        return [
            Regraded(key, None, (), "No language model is set up; the order is SmartFilter's.") for key, _ in head
        ] + rest
    try:
        grades = reranker.grade(wish.text, requirements, [text for _, text in head])
    except ServiceUnavailable as error:
        return [Regraded(key, None, (), f"{error} The order is SmartFilter's.") for key, _ in head] + rest
    made = []
    for place, (key, text) in enumerate(head):
        own = tuple(_verified(grade, text) for grade in grades if grade.candidate == place)
        made.append(Regraded(key, sum(grade.level for grade in own) / max(1, len(own)), own))
    return sorted(made, key=lambda each: -(each.level or 0.0)) + rest


def _verified(grade: Grade, text: str) -> Grade:
    """A grade, or 0 when its quote is not the text's own words."""
    quote = " ".join(grade.quote.split())
    if grade.level and (len(quote.split()) < _LEAST_WORDS or quote.casefold() not in " ".join(text.split()).casefold()):
        return Grade(grade.candidate, grade.requirement, 0)
    return grade
