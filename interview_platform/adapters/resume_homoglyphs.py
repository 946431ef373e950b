"""Letters of one script inside a word of another: 'Pyth\u043en' with a Cyrillic o is seen, and read, as 'Python'.

Which letters look alike is Unicode's own list of confusables (package confusable-homoglyphs). A word wholly in one
script is never touched, so names written in their own script stay; neither is a Greek letter in a unit or the name
of a protein (kΩ, NFκB).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

_SUSPECT = re.compile(r"[^\W\d_]*[A-Za-z][^\W\d_]*")
_OTHER_SCRIPT = re.compile(
    "[\u0370-\u058f\u10a0-\u10ff\u13a0-\u13ff\u1c80-\u1c8f\u2c80-\u2cff\ua4d0-\ua4ff\uab70-\uabbf]"
)
_NEARLY = {"к": "k", "т": "t", "м": "m", "в": "b", "н": "h", "К": "K", "з": "3"}
"""Small letters that differ from Latin ones only in height, which the list leaves out."""
_SYMBOLS = frozenset("αβγδεζηθκλμπρστφχψωΓΔΘΛΠΣΦΨΩ")

Changed = list[tuple[str, str]]


def as_seen(text: str) -> tuple[str, Changed]:
    """The text with such words as a person reads them, and (as it was, as it is read) for each."""
    if not _OTHER_SCRIPT.search(text):
        return text, []
    changed: Changed = []
    latin = sum(map(str.isascii, filter(str.isalpha, text))) * 2 >= sum(map(str.isalpha, text))

    def read(found: re.Match[str]) -> str:
        word = found.group()
        plain = _plain(word, latin) if _OTHER_SCRIPT.search(word) else word
        if plain != word:
            changed.append((word, plain))
        return plain

    return _SUSPECT.sub(read, text), changed


@lru_cache(maxsize=4_096)
def _plain(word: str, latin_first: bool) -> str:
    """The word in one script, if all its letters of the other have a double there; else as it is."""
    latin = [letter for letter in word if _script(letter) == "LATIN"]
    others = [letter for letter in word if _script(letter) != "LATIN"]
    if not latin or not others or _scientific(latin, others):
        return word
    to_latin, back = _doubles()
    tables = [to_latin, back.get(_script(others[0]), {})]
    if not latin_first and len(others) > len(latin):
        tables.reverse()
    for table in tables:
        moved = others if table is to_latin else latin
        if all(letter in table for letter in moved):
            return "".join(table[letter] if letter in moved else letter for letter in word)
    return word


def _scientific(latin: list[str], others: list[str]) -> bool:
    """One Greek symbol beside a unit or an abbreviation."""
    short = len(latin) <= 2 or "".join(latin).isupper()
    return len(others) == 1 and others[0] in _SYMBOLS and short


@lru_cache(maxsize=4_096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ")[0]


@cache
def _doubles() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Letters of other scripts to the Latin letter they look like, and back by script for the everyday ones."""
    listed = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8"))
    to_latin: dict[str, str] = {}
    for letter, doubles in listed.items():
        if len(letter) == 1 and _OTHER_SCRIPT.match(letter):
            plain = _latin_letter(double["c"] for double in doubles)
            if plain:
                to_latin[letter] = plain
    to_latin |= {letter: plain for letter, plain in _NEARLY.items() if plain.isalpha()}
    back: dict[str, dict[str, str]] = {}
    for letter, plain in sorted(to_latin.items(), reverse=True):
        if letter <= "\u045f" and letter not in _NEARLY and letter.isupper() == plain.isupper():
            back.setdefault(_script(letter), {})[plain] = letter
    return to_latin, back


def _latin_letter(doubles: Iterable[str]) -> str:
    return next((double for double in doubles if len(double) == 1 and double.isascii() and double.isalpha()), "")
