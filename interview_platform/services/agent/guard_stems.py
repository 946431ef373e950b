"""Words of two texts made comparable: stems of what carries meaning, figures whether in digits or words, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from interview_platform.services.agent import guard_rules, guard_text

_ENDINGS = (
    ("ations", 4), ("ation", 4), ("ments", 4), ("ment", 4), ("ingly", 4), ("edly", 4), ("ies", 3), ("ied", 3),
    ("ing", 3), ("ers", 4), ("ed", 3), ("es", 3), ("er", 4), ("ly", 4), ("s", 3),
)  # fmt: skip
"""Endings that go, each with the fewest letters that must be left."""


def counts(figure: str) -> bool:
    """Whether a figure says something: small counts ("one example", "two things") do not."""
    return figure not in {"0", "1", "2", "3", "0.5", "2x", "3x"}


def figures(plain: str) -> frozenset[str]:
    """Numbers in digits or words, as digits."""
    found = {_numbers().get(word, word) for word in plain.split() if word in _numbers() or word[:1].isdigit()}
    return frozenset(re.sub(r"(?<=\d)(?:k|th|st|nd|rd|s)$", "", figure) for figure in found)


def content(plain: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(
        stem(word)
        for word in plain.split()
        if word not in words("small") and not word.isdigit() and word not in _numbers()
    )


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without the commonest endings: "handled", "handling", "handles" → "handl"."""
    if word in _irregular():
        return _irregular()[word]
    for end, least in _ENDINGS:
        if word.endswith(end) and len(word) - len(end) >= least and not word.endswith("ss"):
            word = word[: -len(end)] + ("y" if end in {"ies", "ied"} else "")
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.rstrip("e") if len(word) > 3 else word


def strange_names(text: str, known: Sequence[str]) -> bool:
    """Whether a word written like a name stands inside the text and in none of the known ones."""
    there = set(guard_text.words(" ".join(known))) | words("names_known")
    for part in guard_text.sentences(text):
        for word in part.split()[1:]:
            bare = word.strip(".,;:!?\"'()“”‘’")
            plain = guard_text.words(bare)
            if bare[:1].isupper() and plain and not set(plain) <= there and plain[0] != "i":
                return True
    return False


def plain_of(*texts: Sequence[str]) -> str:
    """The plain words of all these texts."""
    return " ".join(guard_text.plain(text).text for listed in texts for text in listed)


@lru_cache
def words(name: str) -> frozenset[str]:
    """A list of words of rag_data/guard.yaml."""
    return frozenset(guard_rules.data()[name].split())


@lru_cache
def stems(name: str) -> frozenset[str]:
    """The stems of such a list."""
    return frozenset(stem(word) for word in words(name))


@lru_cache
def _numbers() -> dict[str, str]:
    return {str(word): str(figure) for word, figure in guard_rules.data()["numbers"].items()}


@lru_cache
def _irregular() -> dict[str, str]:
    held = guard_rules.data()["irregular"]
    return {form: stem for stem, forms in held.items() for form in forms.split()}
