"""The counterfactual check: the same answers with names, pronouns, schools and places of others, judged again.

Where a judge is given the very same words (scoring/neutral) nothing can differ, and it is not asked twice; where not,
it judges again and the largest difference is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from interview_platform.models import Turn
from interview_platform.ports import AnswerJudge
from interview_platform.services.scoring import assess, neutral
from interview_platform.services.scoring.assess import Finding
from interview_platform.services.scoring.rubric import Asked, Criterion

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Other:
    """Somebody else: pronouns (he, him, his, himself), a title, and names that take the place of names."""

    pronouns: tuple[str, str, str, str]
    title: str
    names: tuple[str, ...]


OTHERS: tuple[Other, ...] = (
    Other(("he", "him", "his", "himself"), "Mr", ("Callum", "Huddersfield", "Aberystwyth")),
    Other(("she", "her", "her", "herself"), "Ms", ("Aisha", "Lagos", "Spelman")),
    Other(("they", "them", "their", "themself"), "Mx", ("Wei", "Chengdu", "Tsinghua")),
    Other(("she", "her", "her", "herself"), "Mrs", ("Guadalupe", "Monterrey", "Tecnologico")),
)
_FORMS = {"he": 0, "she": 0, "him": 1, "his": 2, "her": 2, "hers": 2, "himself": 3, "herself": 3}
_TITLES = frozenset({"mr", "mrs", "ms", "miss"})


def check(criteria: Sequence[Criterion], found: Sequence[Finding], judge: AnswerJudge) -> dict[str, Any]:
    """{"variants", "swapped", "largest", "differ": [names of competencies], "said"}. Raises ServiceUnavailable."""
    before = {f.criterion.name: f.level.level if f.level else None for f in found}
    swapped, differ, largest = 0, set[str](), 0
    for other in OTHERS:
        changed = [_swapped(criterion, other) for criterion in criteria]
        swapped = max(swapped, _changes(criteria, changed))
        if all(assess.read(a) == assess.read(b) for a, b in _answers(criteria, changed)):
            continue
        for finding in assess.findings(changed, judge):
            now, then = finding.level.level if finding.level else None, before[finding.criterion.name]
            if now != then:
                differ.add(finding.criterion.name)
                largest = max(largest, abs((now or 0) - (then or 0)))
    held = {"variants": len(OTHERS), "swapped": swapped, "largest": largest, "differ": sorted(differ)}
    return {**held, "said": _said(swapped, largest, sorted(differ))}


def swap(text: str, other: Other) -> str:
    """The text as it would have been about, and from, somebody else."""
    named = dict.fromkeys(start for start, _ in neutral.names(text))
    order = {start: n for n, start in enumerate(named)}

    def instead(found: re.Match[str]) -> str:
        word, folded = found.group(), found.group().casefold()
        if found.start() in order:
            return other.names[order[found.start()] % len(other.names)]
        if folded in _TITLES:
            return other.title
        if folded in _FORMS:
            made = other.pronouns[_FORMS[folded]]
            return made.capitalize() if word[0].isupper() else made
        return word

    return _WORD.sub(instead, text)


def _swapped(criterion: Criterion, other: Other) -> Criterion:
    return replace(criterion, asked=tuple(_other(asked, other) for asked in criterion.asked))


def _other(asked: Asked, other: Other) -> Asked:
    turns = [Turn(**{**turn.model_dump(), "text": swap(turn.text, other), "words": []}) for turn in asked.turns]
    return replace(asked, turns=tuple(turns))


def _answers(first: Sequence[Criterion], second: Sequence[Criterion]) -> list[tuple[Asked, Asked]]:
    return [pair for a, b in zip(first, second, strict=True) for pair in zip(a.judged, b.judged, strict=True)]


def _changes(first: Sequence[Criterion], second: Sequence[Criterion]) -> int:
    unique = {a.question_id: (a.answer.split(), b.answer.split()) for a, b in _answers(first, second)}
    return sum(x != y for a, b in unique.values() for x, y in zip(a, b, strict=False))


def _said(swapped: int, largest: int, differ: Sequence[str]) -> str:
    if not swapped:
        return "No name, pronoun, school or place stands in the judged answers: there is nothing to swap."
    ways = f"{swapped} names, pronouns, schools and places in the answers were swapped in {len(OTHERS)} ways"
    if not differ:
        return f"{ways}: no level changed."
    return f"{ways}: the levels of {', '.join(differ)} changed by up to {largest}. Read these answers yourself."
