"""Text that people wrote and read: the banks' questions, and the lines of the product's own tables, word for word.

What stands here may be said without ground in the candidate's words. It is known by its exact text alone: one word
more, and it is read like anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import import_module

from interview_platform.services.agent import bank, guard_text

TABLES = ("asides", "wording", "probes", "deeper")
"""Modules of this package whose constants are spoken lines."""
_MOST = 4  # sentences of one text
_LINE = re.compile(r"[A-Z][^\\{}|\[\]]*[.!?]$")


def places(parts: Sequence[str]) -> frozenset[int]:
    """Which of a text's parts (see `guard_text.parts`) belong to an authored text that stands in it whole."""
    last = from_banks(parts)
    found = set(range(len(parts) - last, len(parts)))
    for first in range(len(parts)):
        for length in range(1, min(_MOST, len(parts) - first) + 1):
            if " ".join(parts[first : first + length]) in lines():
                found.update(range(first, first + length))
    return frozenset(found)


@lru_cache
def lines() -> frozenset[str]:
    """The lines of the tables."""
    package = __name__.rpartition(".")[0]
    modules = [import_module(f"{package}.{name}") for name in TABLES]  # when asked: they import the guard themselves
    held = (text for module in modules for name, value in vars(module).items() if name.isupper() for text in _in(value))
    return frozenset(guard_text.tidy(text) for text in held if _LINE.match(text) and " " in text)


def _in(value: object) -> Iterator[str]:
    """The strings of a constant, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _in(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _in(one)


def from_banks(parts: Sequence[str]) -> int:
    """How many of the last parts stand in the banks."""
    return next((last for last in (3, 2, 1) if last <= len(parts) and " ".join(parts[-last:]) in _banks()), 0)


@lru_cache
def _banks() -> frozenset[str]:
    entries = [entry for family in bank.families() for entry in family.questions]
    asked = [(entry.text, entry.plain_text, *(point.follow_up for point in entry.points)) for entry in entries]
    return frozenset(guard_text.tidy(text) for texts in asked for text in texts)
