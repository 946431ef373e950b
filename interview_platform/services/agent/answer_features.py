"""What is counted of a question and a text that may answer it, beside their vectors. Pure.

The form of the question, whether the text holds the form of its answer, which of the question's words it leaves open,
and what kinds of facts (numbers, money, times, names) stand in it. The trained reader weighs them; the order of the
numbers is part of what it was trained on (benchmarks/train_reader.py).
"""

from __future__ import annotations

import re
from functools import lru_cache

from interview_platform.services.agent import answer_kinds, asking, demands

_KINDS = (
    *("opinion", "price", "clock", "how_many", "how_big", "how_long", "how_often"),
    *("when", "past_when", "who", "where", "why", "yes_no", "other"),
)
_SOURCES = ("faq", "job", "company", "material")
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|half|third|"
    r"quarter|once|twice|double)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[£$€]|\b(?:pounds?|euros?|crowns?|kron\w+|francs?|chf|pence|salary|pay|paid|wage)\b|\d ?k\b|\dp\b", re.IGNORECASE
)
_NOT = re.compile(r"\b(?:no|not|never|none|nobody|without|cannot|n't|nothing)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[a-z,:;] )[A-Z][a-z]+")
_PAST = re.compile(r"\b(?:was|were|did|had|used to|last year|previous\w*|ago|before)\b", re.IGNORECASE)
_TIME, _SPAN = answer_kinds.TIME, answer_kinds.SPAN
_IN_TEXT = (_NUMBER, _MONEY, _NOT, _TIME, _SPAN, _NAME, _PAST)
_IN_QUESTION = (_NUMBER, _MONEY, _NOT, _PAST)
_LONG_TEXT, _LONG_QUESTION = 40, 20


def of(question: str, text: str, source: str) -> list[float]:
    """The numbers of one pair, always as many; `source` is faq, job, company or material."""
    kind, words, counted = _asked(question)
    held = _held(text)
    open_words = sum(word not in held and asking.meant_by(word).isdisjoint(held) for word in words)
    return [
        *(float(kind == one) for one in _KINDS),
        float(answer_kinds.answers_kind(kind, text)),
        float(not counted or answer_kinds.counts(asking.meant_by(counted[-1]), text)),
        float(bool(counted)),
        open_words / 3,
        open_words / max(1, len(words)),
        (len(words) - open_words) / 3,
        float(not words),
        float(demands.met(question, text)),
        *(float(source == one) for one in _SOURCES),
        *_forms(text),
        *(float(bool(form.search(question))) for form in _IN_QUESTION),
        min(len(text.split()), _LONG_TEXT) / 20,
        min(len(question.split()), _LONG_QUESTION) / 10,
    ]


@lru_cache(maxsize=256)
def _asked(question: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Its kind, the stems that matter, and what it counts."""
    kind = answer_kinds.kind(asking.asking_part(question))
    return kind, tuple(asking.weighty(question)), tuple(answer_kinds.counted(question))


@lru_cache(maxsize=8_000)
def _held(text: str) -> frozenset[str]:
    return frozenset(asking.stem(word) for word in asking.words(text))


@lru_cache(maxsize=8_000)
def _forms(text: str) -> tuple[float, ...]:
    return tuple(float(bool(form.search(text))) for form in _IN_TEXT)
