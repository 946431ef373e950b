"""Whether a sentence speaks to whoever judges an application, or sets a machine to work, instead of telling of work.

A sum over the sentence's words and pairs of words (logistic regression on TF-IDF), so that wording nobody listed is
known by its company. The weights (orders.safetensors beside this file) are fitted by benchmarks/train_orders.py on
sentences written for this project against sentences of openly licensed résumés. Pure, and the same each time.
"""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from interview_platform.errors import ModelMissing

FILE = Path(__file__).with_name("orders.safetensors")
SHA256 = "d2a430c9600dd2e9540b027843db9df76f168f635fcf4422a74c2065c102125e"
"""Of the file: a changed file is not read."""

MOST_TOKENS = 60
"""Tokens of a sentence that are read: what is longer is an account, not an order."""
_TOKEN = re.compile(r"[^\W\d_]+|\d|[^\w\s]")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", **dict.fromkeys('"“”„«»')})


@dataclass(frozen=True)
class _Held:
    """Word or pair → its rarity and its weight; and the sums from which a sentence is an order."""

    known: dict[str, tuple[float, float]]
    base: float
    certain: float
    likely: float


def is_order(sentence: str) -> bool:
    """Whether it is one beyond doubt: 1 in 2,000 sentences of real résumés is taken for one."""
    return chance(sentence) >= _held().certain


def is_likely(sentence: str) -> bool:
    """Whether it had better show nothing: 1 in 250 sentences of real résumés is taken for one."""
    return chance(sentence) >= _held().likely


def chance(sentence: str) -> float:
    """Log-odds that the sentence is one; minus infinity for nothing.

    Raises ModelMissing when the weights are not those pinned.
    """
    held = _held()
    found = grams(sentence)
    if not found:
        return -math.inf
    total = length = 0.0
    for rarity, weight in (held.known[gram] for gram in found if gram in held.known):
        total += rarity * weight
        length += rarity * rarity
    return held.base + (total / math.sqrt(length) if length else 0.0)


def grams(sentence: str) -> set[str]:
    """A sentence's words, signs and digits, and each pair of neighbours, with its beginning and its end."""
    tokens = _TOKEN.findall(sentence.translate(_PLAIN).lower())[:MOST_TOKENS]
    around = ["^", *tokens, "$"]
    return {*tokens, *map(" ".join, pairwise(around))} if tokens else set()


@lru_cache
def _held() -> _Held:
    from safetensors.numpy import load  # heavy for modules that only name this one

    raw = FILE.read_bytes()
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise ModelMissing(f"{FILE.name} is not the file this version was made with. Restore it from the repository.")
    made = load(raw)
    names = made["grams"].tobytes().decode().split("\n")
    pairs = zip(made["rarity"].tolist(), made["weight"].tolist(), strict=True)
    base, certain, likely = (float(value) for value in made["sums"])
    return _Held(dict(zip(names, pairs, strict=True)), base, certain, likely)
