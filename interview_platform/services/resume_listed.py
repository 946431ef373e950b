"""Skills that a résumé lists and the vocabulary does not know ("Conduit bending"): kept as they are written. Pure.

Only short items of a skills section's lists; sentences, traits ("Hard-working") and levels are left out, and so is
what stands in a list too long to have been chosen word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from interview_platform.services import skills as vocabulary
from interview_platform.services.resume_pages import Fact
from interview_platform.services.resume_sections import Line, Section, lines_of
from interview_platform.services.text import is_bullet

_MOST = 24  # items of a section; more are words put down for a machine to find
_MOST_SINGLE = 14  # items in whose company a single word names a skill
_MOST_WORDS = 4
_LONGEST = 40
_ITEM = re.compile(r"(?:\([^()\n]*\)|[^,;|•·●▪\t(])+")
_LABEL = re.compile(r"\s*[^\W\d_][\w &/+-]{2,30}:\s+(?=\S)")
_LEVEL = re.compile(
    r"\s*[(–-]?\s*\b(?:advanced|intermediate|basic|beginner|expert|proficient|fluent|native|good|excellent|strong|"
    r"working knowledge|\d+\+? years?.*)\b\W*$",
    re.I,
)
_SENTENCE = re.compile(
    r"\b(?:i|my|me|we|our|you|is|are|was|were|am|be|have|has|had|can|will|would|able|ability|who|which|that|this|the|"
    r"while|when|under|every|very|well|good|great|excellent|strong|proven|highly|knowledge|experienced?|proficien\w+|"
    r"familiar\w*|years?|etc|and|leader|solver|communicator|thinker|learner|player|worker|multi-?tasker|starter)\b"
    r"|-(?:oriented|driven|minded|focused)\b",
    re.I,
)
_TRAITS = frozenset(
    """
    accurate active adaptable ambitious analytical approachable articulate assertive attentive calm caring charismatic
    cheerful collaborative committed communicative competent confident conscientious cooperative creative curious
    dedicated dependable detailed determined diligent diplomatic disciplined driven dynamic eager efficient empathetic
    energetic enthusiastic ethical fast flexible focused friendly hardworking hard-working helpful honest imaginative
    independent industrious innovative intelligent kind logical loyal mature methodical meticulous motivated observant
    open-minded optimistic organised organized passionate patient persistent personable polite positive practical
    proactive professional punctual quick reliable resilient resourceful respectful responsible self-motivated sociable
    strategic tactful talented tenacious thorough trustworthy versatile willing
    skills skill tools other others various languages hobbies interests references present current name page
    """.split()  # noqa: SIM905
)


def listed(text: str, found: list[Section], name: str) -> tuple[Fact, ...]:
    """What the skills sections list beyond the vocabulary, each once, in order; `name` is the person's."""
    made: dict[str, Fact] = {}
    for section in found:
        held = [fact for line in lines_of(text, section) for fact in _items(line)] if section.kind == "skills" else []
        several = len(held) > _MOST_SINGLE
        for fact in held if len(held) <= _MOST else ():
            if _is_skill(fact.text, name) and not (several and " " not in fact.text):
                made.setdefault(fact.text.casefold(), fact)
    return tuple(made.values())


def _items(line: Line) -> Iterator[Fact]:
    label = _LABEL.match(line.text)
    begun = label.end() if label else 0
    parts = [found for found in _ITEM.finditer(line.text, begun) if found.group().strip()]
    told = len(line.text.split()) > 8 and line.text.rstrip().endswith(".") and len(parts) < 3
    if told or (len(parts) == 1 and len(line.text.split()) > _MOST_WORDS + is_bullet(line.text)):
        return
    for part in parts:
        raw = _LEVEL.sub("", part.group())
        bare = raw.strip(" \t*•●▪–—-.:")
        if bare:
            start = line.start + part.start() + part.group().index(bare)
            yield Fact(" ".join(bare.split()), start, start + len(bare))


def _is_skill(bare: str, name: str) -> bool:
    words = bare.split()
    own = {word.casefold() for word in re.findall(r"[^\W\d_]{3,}", name)}
    if any(word.casefold() in own for word in re.findall(r"[^\W\d_]{3,}", bare)):
        return False
    if not 1 <= len(words) <= _MOST_WORDS or not 2 <= len(bare) <= _LONGEST or not bare[0].isupper():
        return False
    if re.search(r"[@:!?]|https?|www\.|\.\w{2,3}/|(?:19|20)\d\d", bare) or not re.search(r"[^\W\d_]{2}", bare):
        return False
    if any(word.casefold().strip(".,()") in _TRAITS for word in words) or _SENTENCE.search(bare):
        return False
    return not vocabulary.mentions(bare)
