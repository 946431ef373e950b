"""The skills vocabulary (rag_data/skills.json): which words in a text name which skill. Pure after loading."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from interview_platform.services.text import WORD, fold

FILE = Path(__file__).resolve().parents[2] / "rag_data" / "skills.json"
_BETWEEN = re.compile(r"[ \t]*[-./&'’]?\n?[ \t]?")  # what may stand between two words of one name
_LISTED = re.compile(r"[,;/|()•·\t\n:]")
IMPLIED_SIMILARITY = 0.9
"""How near a narrower skill (PostgreSQL) is to the broader one it shows (SQL)."""

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """A skill named in a text, with the characters that name it."""

    skill: str
    start: int
    end: int


@dataclass(frozen=True)
class Vocabulary:
    """Names of skills. `phrases` leads from folded words to the skill; `exact` names count only as spelt."""

    skills: tuple[str, ...]
    phrases: dict[Phrase, str]
    exact: dict[Phrase, str]
    implied: dict[str, tuple[str, ...]]  # broader skill: the narrower ones that show it
    related: dict[str, tuple[str, ...]]  # skill: those that show it in part
    longest: dict[str, int]  # first word of a name: words in the longest name that begins so


@lru_cache
def vocabulary() -> Vocabulary:
    """The product's vocabulary, read once."""
    return load(FILE)


def load(file: Path) -> Vocabulary:
    """A vocabulary file. Raises ValueError when one name stands for two skills."""
    held = json.loads(file.read_text("utf-8"))
    phrases: dict[Phrase, str] = {}
    skills: list[str] = []
    for group in held["skills"].values():
        for skill, synonyms in group.items():
            skills.append(skill)
            for name in (skill, *synonyms):
                if phrases.setdefault(phrase(name), skill) != skill:
                    raise ValueError(f"{name!r} stands for {phrases[phrase(name)]!r} and for {skill!r}")
    return Vocabulary(
        skills=tuple(skills),
        phrases=phrases,
        exact={phrase(name): name for name in held["exact"]},
        implied={broad: tuple(narrow) for broad, narrow in held["implied"].items()},
        related=_related(held.get("related", ()), held["implied"]),
        longest=_longest(phrases),
    )


def _related(groups: Iterable[list[str]], implied: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Each skill's neighbours in its groups, without the narrower ones that show it in full."""
    made: dict[str, dict[str, None]] = {}
    for group in groups:
        for skill in group:
            others = (other for other in group if other != skill and other not in implied.get(skill, ()))
            made.setdefault(skill, {}).update(dict.fromkeys(others))
    return {skill: tuple(others) for skill, others in made.items()}


def _longest(names: Iterable[Phrase]) -> dict[str, int]:
    made: dict[str, int] = {}
    for name in names:
        made[name[0]] = max(len(name), made.get(name[0], 0))
    return made


def phrase(name: str) -> Phrase:
    """A name as it is compared: its words folded."""
    return tuple(fold(word) for word in WORD.findall(name))


def canonical(name: str) -> str:
    """The vocabulary's name for a skill, or the name itself when it is not in the vocabulary."""
    return vocabulary().phrases.get(phrase(name), name)


def mentions(text: str) -> list[Mention]:
    """Every skill of the vocabulary that the text names; the longest name at a place wins."""
    held = vocabulary()
    return list(_find(text, held.phrases, held.exact, held.longest))


def mentions_of(skill: str, text: str) -> list[Mention]:
    """Where the text names one skill, whether or not the vocabulary knows it."""
    held = vocabulary()
    known = held.phrases.get(phrase(skill))
    if known is not None:
        return [Mention(skill, found.start, found.end) for found in mentions(text) if found.skill == known]
    own = phrase(skill)
    return list(_find(text, {own: skill}, {}, {own[0]: len(own)})) if own else []


def _find(text: str, names: dict[Phrase, str], exact: dict[Phrase, str], longest: dict[str, int]) -> Iterator[Mention]:
    tokens = list(WORD.finditer(text))
    folded = [fold(token.group()) for token in tokens]
    index = 0
    while index < len(tokens):
        for size in range(min(longest.get(folded[index], 0), len(tokens) - index), 0, -1):
            key = tuple(folded[index : index + size])
            start, end = tokens[index].start(), tokens[index + size - 1].end()
            if (
                key in names
                and _one_name(text, tokens[index : index + size])
                and _meant(text, start, end, exact.get(key))
            ):
                yield Mention(names[key], start, end)
                index += size - 1
                break
        index += 1


def _one_name(text: str, tokens: list[re.Match[str]]) -> bool:
    """Whether the words stand together: no comma, no full stop between them."""
    return all(_BETWEEN.fullmatch(text, one.end(), other.start()) for one, other in pairwise(tokens))


def _meant(text: str, start: int, end: int, spelling: str | None) -> bool:
    """Whether an ambiguous name ("Go", "Excel") is the skill here: spelt so, and not a verb or a lone letter."""
    if spelling is None:
        return True
    if text[start:end] != spelling or re.match(r"-[^\W\d_]", text[end : end + 2]):
        return False
    before, after = text[max(0, start - 20) : start].rstrip(" "), text[end : end + 20].lstrip(" ")
    if spelling == "Spring" and re.match(r"(19|20)\d\d", after):
        return False
    listed_before = not before or bool(_LISTED.match(before[-1]))
    listed_after = not after or bool(_LISTED.match(after[0]) or after.startswith((". ", ".\n", "and ", "or ")))
    if len(spelling) == 1:
        return listed_before and listed_after and not after.startswith(". ")  # "R. Fernandez"
    opens = not before or before[-1] in "\n.•\t" or before.endswith("- ")
    return spelling.isupper() or not (opens and after[:1].islower() and not listed_after)
