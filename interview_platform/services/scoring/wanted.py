"""What a point asks for, and how much of it a sentence shows by its words and by its place in the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from interview_platform.services.scoring import structure
from interview_platform.services.scoring.aspects import ASPECTS, Aspect
from interview_platform.services.scoring.sentences import about_an_answer, content, parts, written_out

_QUOTED_LINE = re.compile(r"['\"“‘][^'\"”’]{12,}['\"”’]")
_SAYS_NO = re.compile(
    r"\b(?:not|never|nobody|no one|nothing|without|no)(?: (?:even|really|been|be|have|ever|any|a|the|to))? $"
)
_OF_WHAT_WENT_WRONG = frozenset(("conflict", "mistake", "failure", "notice", "cost", "effect", "change", "outcome"))
"""Aspects whose signs may stand after a "not": "they could not pay" is an effect."""
_BY_ROLE = {"setting": structure.SITUATION, "action": structure.ACTION, "outcome": structure.RESULT}
"""Aspects that a sentence also shows by its place in an account."""
_BY_EXAMPLE = 0.85


@dataclass(frozen=True)
class Wanted:
    """What a point asks for: aspects, and the examples it names ("such as a rollback"), as stems."""

    aspects: tuple[Aspect, ...]
    examples: frozenset[str]

    def share_shown(self, sentence: str, roles: frozenset[str] = frozenset()) -> float:
        """How much of it a sentence shows, 0..1: all aspects 1, an example .85, some of the aspects .75.

        `roles`: what the sentence tells by its place in the answer (structure.roles).
        """
        held = shown_by(sentence)
        shown = sum(aspect.name in held or _BY_ROLE.get(aspect.name) in roles for aspect in self.aspects)
        if shown and shown == len(self.aspects):
            return 1.0
        return _BY_EXAMPLE if self.examples & content(sentence) else 0.75 if shown else 0.0


@lru_cache(maxsize=8192)
def shown_by(sentence: str) -> frozenset[str]:
    """Names of the aspects that a sentence shows by its words; what is said not to be does not count."""
    text = written_out(sentence)
    return frozenset(aspect.name for aspect in ASPECTS if _shows(aspect, text))


def _shows(aspect: Aspect, text: str) -> bool:
    if aspect.name in _OF_WHAT_WENT_WRONG:
        return bool(aspect.shows.search(text))
    return any(not _SAYS_NO.search(text[: match.start()].lower()) for match in aspect.shows.finditer(text))


@lru_cache(maxsize=8192)
def wanted_by(point: str) -> Wanted:
    """What a point asks for; nothing for a point that is a bare fact."""
    if not about_an_answer(point):
        return Wanted((), frozenset())
    head, examples = parts(_QUOTED_LINE.sub("", point))
    return Wanted(tuple(aspect for aspect in ASPECTS if aspect.asks.search(head)), frozenset(content(examples)))
