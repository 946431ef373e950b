"""Whether a sentence speaks to whoever judges an application, or sets a machine to work, instead of telling of work.

A sum over the sentence's words, pairs of words and its shape (logistic regression on TF-IDF), so that wording nobody
listed is known by its company, and by naming no work. The weights (orders.safetensors beside this file) are fitted by
benchmarks/train_orders.py on sentences written for this project against sentences of openly licensed résumés. Pure,
and the same each time.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from interview_platform.errors import ModelMissing
from interview_platform.services import skills as vocabulary
from interview_platform.services.resume_experience import has_title_word

FILE = Path(__file__).with_name("orders.safetensors")
SHA256 = "6cdd45d7431cf279c4aebd32688f5f27ea2be805f336fa95b403432f339cbf06"
"""Of the file: a changed file is not read."""

MOST_TOKENS = 60
"""Tokens of a sentence that are read: what is longer is an account, not an order."""
_TOKEN = re.compile(r"[^\W\d_]+|\d|[^\w\s]")
_TO_ONE = frozenset("you your this the me it".split())  # noqa: SIM905
_MOST_SKILLS, _MOST_TO_ONE, _LONGEST, _STEP = 2, 3, 6, 5
_PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", **dict.fromkeys('"“”„«»')})


@dataclass(frozen=True)
class _Held:
    """Word or pair → its rarity and its weight; and the sums from which a sentence is an order."""

    known: dict[str, tuple[float, float]]
    base: float
    certain: float
    likely: float
    doubtful: float


def is_order(sentence: str) -> bool:
    """Whether it is one beyond doubt: 1 in 2,000 sentences of real résumés is taken for one."""
    return chance(sentence) >= _held().certain


def is_likely(sentence: str) -> bool:
    """Whether it had better show nothing: 1 in 150 sentences of real résumés is taken for one."""
    return chance(sentence) >= _held().likely


def is_doubtful(sentence: str) -> bool:
    """Whether no model had better read it: 1 in 50 sentences of real résumés is taken for one."""
    return chance(sentence) >= _held().doubtful


@lru_cache(maxsize=20_000)
def chance(sentence: str) -> float:
    """Log-odds that the sentence is one; minus infinity for nothing.

    Raises ModelMissing when the weights are not those pinned.
    """
    held = _held()
    found = grams(sentence)
    if not any(gram[0].isalnum() for gram in found):
        return -math.inf
    total = length = 0.0
    for rarity, weight in (held.known[gram] for gram in found if gram in held.known):
        total += rarity * weight
        length += rarity * rarity
    return held.base + (total / math.sqrt(length) if length else 0.0)


def grams(sentence: str) -> set[str]:
    """A sentence's words, signs and digits, each pair of neighbours, with its beginning and its end, and its shape."""
    tokens = _TOKEN.findall(sentence.translate(_PLAIN).lower())[:MOST_TOKENS]
    around = ["^", *tokens, "$"]
    return {*tokens, *map(" ".join, pairwise(around)), *_shape(sentence, tokens)} if tokens else set()


def _shape(sentence: str, tokens: list[str]) -> Iterator[str]:
    """What it is like whatever its words: skills and occupations named, its first word's ending, length, case, end."""
    yield f"§skills {min(_MOST_SKILLS, len({mention.skill for mention in vocabulary.mentions(sentence)}))}"
    yield f"§work {int(has_title_word(sentence))}"
    first = next((token for token in tokens if token.isalpha()), "")
    yield "§ed" if first.endswith("ed") else "§ing" if first.endswith("ing") else "§first"
    yield f"§long {min(_LONGEST, len(sentence.split()) // _STEP)}"
    yield "§capitals" if sentence.isupper() else "§small"
    yield f"§ends {tokens[-1] if tokens[-1] in '.!?:;' else 0}"
    yield f"§to one {min(_MOST_TO_ONE, sum(token in _TO_ONE for token in tokens))}"


@lru_cache
def _held() -> _Held:
    from safetensors.numpy import load  # heavy for modules that only name this one

    raw = FILE.read_bytes()
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise ModelMissing(f"{FILE.name} is not the file this version was made with. Restore it from the repository.")
    made = load(raw)
    names = made["grams"].tobytes().decode().split("\n")
    pairs = zip(made["rarity"].tolist(), made["weight"].tolist(), strict=True)
    base, certain, likely, doubtful = (float(value) for value in made["sums"])
    return _Held(dict(zip(names, pairs, strict=True)), base, certain, likely, doubtful)
