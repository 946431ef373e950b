"""Words as ranking compares them: folded, without their commonest endings, hashed alike in every process. Pure."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from interview_platform.services.text import WORD, fold

STOP = frozenset(
    """
    a an and are as at be been by can could do does for from had has have how i if in into is it its may more most must
    my no not of on or other our out over per should so some such than that the their them then there these they this
    those to too under up upon us was we were what when where which while who will with within without would you your
    able about across all also any both each etc including include includes various well using use used he she his her
    """.split()  # noqa: SIM905
)
"""English words without meaning of their own."""
_ENDINGS = (
    "izations", "ization", "isation", "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ers", "ors",
    "er", "or", "ed", "es", "ly", "al", "e", "y",
)  # fmt: skip
_PRIMES = np.array([2_654_435_761, 2_246_822_519, 3_266_489_917], dtype=np.uint64)
GRAM = 3
"""Words in a run that is compared for copying."""


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A folded word without its commonest ending: "managers", "managing" and "management" are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


STOPPED = frozenset(stem(word) for word in STOP)
"""The same as stems."""


def stems(text: str) -> list[str]:
    """Every word of a text as it is compared, in order."""
    return [stem(fold(word)) for word in WORD.findall(text)]


def content_stems(text: str) -> list[str]:
    """Words that carry meaning, in order."""
    return [word for word in stems(text) if word not in STOPPED and len(word) > 1]


@lru_cache(maxsize=400_000)
def number(word: str) -> int:
    """A word's 32 bits, the same everywhere."""
    return zlib.crc32(word.encode())


def grams(words: list[str]) -> NDArray[np.uint32]:
    """Hashes of a sentence's runs of GRAM words."""
    return grams_of(np.fromiter(map(number, words), dtype=np.uint64, count=len(words)))


def grams_of(numbers: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """The same from the words' numbers; GRAM - 1 fewer than words."""
    if len(numbers) < GRAM:
        return np.zeros(0, dtype=np.uint32)
    last = len(numbers) - GRAM + 1
    mixed = numbers[:last] * _PRIMES[0] + numbers[1 : last + 1] * _PRIMES[1] + numbers[2 : last + 2] * _PRIMES[2]
    hashed: NDArray[np.uint32] = ((mixed ^ (mixed >> np.uint64(32))) & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    return hashed


def in_list(line: str) -> bool:
    """Whether a line lists keywords rather than says something."""
    if sum(map(line.count, ",;|•/\t")) < 4:  # most lines: quicker than taking them apart
        return False
    items = re.split(r"[,;|•/\t]", line)
    return len(items) >= 5 and sum(len(item.split()) for item in items) / len(items) <= 3.5
