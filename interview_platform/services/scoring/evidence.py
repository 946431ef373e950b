"""Quotes, checked: a quote counts only where its words stand in the turn, one after the other.

Case, punctuation, and the shapes of quotes and dashes do not matter; words and their order do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")


@dataclass(frozen=True)
class Found:
    """Where a quote stands: characters of the turn's text, and seconds on the interview's timeline."""

    start: int
    end: int
    started_seconds: float
    ended_seconds: float


def words_of(text: str) -> list[tuple[str, int, int]]:
    """The text's words in plain form, each with its first and past-the-last character."""
    return [(_plain(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'").replace("ʼ", "'").replace("'", "")


def verify(quote: str, turn_text: str) -> tuple[int, int] | None:
    """The span of `turn_text` that holds the quote word for word, or None. Only whole words match."""
    wanted = [word for word, _, _ in words_of(quote)]
    held = words_of(turn_text)
    at = _position(wanted, [word for word, _, _ in held])
    if at is None:
        return None
    return held[at][1], held[at + len(wanted) - 1][2]


def _position(wanted: list[str], held: list[str]) -> int | None:
    """Index of the first place where the words stand in a row."""
    if not wanted:
        return None
    for index in range(len(held) - len(wanted) + 1):
        if held[index : index + len(wanted)] == wanted:
            return index
    return None


def locate(
    quote: str, turn_text: str, words: Sequence[Sequence[object]], started_seconds: float, ended_seconds: float
) -> Found | None:
    """The quote's span and its media time: by the transcript's words, or in proportion when there are none.

    `words` is Turn.words: [[text, started_seconds, ended_seconds, probability]]; the two seconds bound the turn.
    """
    span = verify(quote, turn_text)
    if span is None:
        return None
    timed = _by_words(quote, words)
    if timed is None:
        length = max(1, len(turn_text))
        lasts = max(0.0, ended_seconds - started_seconds)
        timed = (started_seconds + lasts * span[0] / length, started_seconds + lasts * span[1] / length)
    return Found(span[0], span[1], round(timed[0], 3), round(timed[1], 3))


def _by_words(quote: str, words: Sequence[Sequence[object]]) -> tuple[float, float] | None:
    wanted = [word for word, _, _ in words_of(quote)]
    held = [(plain, entry) for entry in words for plain, _, _ in words_of(str(entry[0]))]
    at = _position(wanted, [plain for plain, _ in held])
    if at is None:
        return None
    first, last = held[at][1], held[at + len(wanted) - 1][1]
    return float(str(first[1])), float(str(last[2]))
