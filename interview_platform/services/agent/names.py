"""Names of competencies and skills as they stand within a spoken sentence, and the English dictionary. Pure."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from interview_platform.services import skills

_DATA = Path(__file__).resolve().parents[3] / "rag_data"
_CALLED = ("software", "languages")
"""Groups of skills.json whose skills of one word are called so: "Python", "Dutch"."""

_PREFIXES = ("de", "re", "co", "pre", "non", "anti", "multi", "inter", "bio", "micro")


def within(name: str, seen: str = "") -> str:
    """ "HACCP" and "Power BI" stay, "Menu Planning" becomes "menu planning". `seen`: the job's own texts."""
    name = " ".join(name.split()).strip(" .")
    words = name.split()
    if not words or is_called(name):
        return name
    small = [_small(word, seen) for word in words]
    if all(not word[:1].isupper() for word in small):
        return " ".join(small)
    if len(words) > 1 and small[1][:1].isupper():  # "Opera PMS" is a name, "Knowledge of HACCP" is none
        return name
    return " ".join([small[0], *words[1:]])


def is_called(name: str) -> bool:
    """Whether it is the name of a thing: a program, a language, a certificate, as the list of skills writes it."""
    known = skills.canonical(name)
    if known.casefold() != name.casefold():
        return skills.vocabulary().exact.get(skills.phrase(name), "").casefold() == name.casefold()
    several = len(known.split()) > 1
    capitals = all(word[:1].isupper() for word in known.split())
    return known in _names() and (capitals or not several)


@lru_cache
def dictionary() -> frozenset[str]:
    """English words, in lower case, without names."""
    return frozenset((_DATA / "words.txt").read_text("utf-8").split())


def _small(word: str, seen: str) -> str:
    """The word in lower case where it is an ordinary one: of the dictionary, or written small in the job itself."""
    low = word.casefold()
    if not word[:1].isupper() or word[1:] != low[1:] or low in {name.casefold() for name in _names()} - dictionary():
        return word
    parts = low.replace("/", "-").split("-")
    ordinary = all(part in dictionary() or part in _PREFIXES for part in parts) and len(parts[0]) > 1
    return low if ordinary or low in seen.split() else word


@lru_cache
def _names() -> frozenset[str]:
    held = json.loads(skills.FILE.read_text("utf-8"))
    called = [name for group in _CALLED for name in held["skills"][group]]
    return frozenset([*called, *held["exact"]]) - {"Closing", "Reception", "Tender"}
