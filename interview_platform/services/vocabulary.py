"""Words of the trade that speech-to-text cannot know, put right: "post grass" is Postgres where the job asks for it.

A term is put in where what was heard sounds like it (the same consonants, nearly the same letters) or spells it out
("c plus plus", "a w s"). One ordinary word is changed only if it is almost the term; several that sound like it
together are. Pure; made for English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

MOST_WORDS = 4
"""Of what was heard, for one term."""
_LEAST_LETTERS = 5
_ALIKE_ONE, _ALIKE_MANY = 0.8, 0.55
"""How much of the letters must agree where one word was heard, and where several were."""
_LEAST_SOUNDS = 4
_SMALL = frozenset("the a an my your our his her their this that these to of it is was".split())  # noqa: SIM905
"""Words that no name of a tool was ever heard as."""
_SIGNS = {"++": " plus plus", "#": " sharp", ".": " dot ", "&": " and ", "/": " ", "-": " "}
_SOUNDS = (("ph", "f"), ("gh", ""), ("ck", "k"), ("sch", "sk"), ("tch", "x"), ("ch", "x"), ("sh", "x"), ("th", "t"),
           ("qu", "kw"), ("x", "ks"), ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("c", "k"), ("q", "k"), ("z", "s"),
           ("b", "p"), ("d", "t"), ("g", "k"), ("j", "k"), ("v", "f"))  # fmt: skip


@dataclass(frozen=True)
class Span:
    """Words first..last-1 of what was heard are this term."""

    first: int
    last: int
    term: str


@dataclass(frozen=True)
class _Term:
    text: str
    spellings: frozenset[str]  # letters of its spoken forms
    letters: str
    sounds: str


class Vocabulary:
    """The terms of one interview."""

    def __init__(self, terms: Iterable[str]) -> None:
        """`terms` as they are to be written: skills, tools, names."""
        known = {" ".join(term.split()): None for term in terms}
        self._terms = [_term(text) for text in known if 1 < len(text) <= 40 and len(text.split()) <= MOST_WORDS]

    def text(self, heard: str) -> str:
        """What was heard with its terms put right."""
        words = heard.split()
        for span in reversed(self.spans(words)):
            words[span.first : span.last] = [_dressed(span.term, words[span.first], words[span.last - 1])]
        return " ".join(words)

    def spans(self, words: Sequence[str]) -> list[Span]:
        """Where terms stand in other writing, in order, none over another."""
        bare = [_letters(word) for word in words]
        found: list[Span] = []
        at = 0
        while at < len(words):
            span = self._at(words, bare, at)
            found += [span] if span else []
            at = span.last if span else at + 1
        return found

    def _at(self, words: Sequence[str], bare: Sequence[str], at: int) -> Span | None:
        for count in range(min(MOST_WORDS, len(words) - at), 0, -1):
            if any(words[n].endswith((".", "!", "?", ",")) for n in range(at, at + count - 1)):
                continue  # a term does not go on over the end of a clause
            heard, small = "".join(bare[at : at + count]), not _SMALL.isdisjoint(bare[at : at + count])
            term = next((term for term in self._terms if _is(term, heard, count, small)), None)
            if term is not None and " ".join(words[at : at + count]).strip(".,!?;:") != term.text:
                return Span(at, at + count, term.text)
        return None


def _term(text: str) -> _Term:
    spoken = text.lower()
    for sign, said in _SIGNS.items():
        spoken = spoken.replace(sign, said)
    spellings = {_letters(spoken), _letters(text.lower())}
    if any(mark in text for mark in "+#") or text.isupper() or sum(map(str.isupper, text)) > 1 or "." in text:
        own = spellings  # signs and capitals: its exact letters are written right as well
    else:
        own = {_letters(spoken)} if " " in text or len(text) >= 8 else set()
    letters = _letters(text.lower())
    return _Term(text, frozenset(word for word in own if len(word) > 1), letters, sounds(letters))


def _is(term: _Term, heard: str, count: int, small: bool) -> bool:
    if (heard in term.spellings and (count > 1 or len(heard) > 2)) or (count > 1 and heard == term.letters):
        return True
    if small or len(term.letters) < _LEAST_LETTERS or heard.startswith(term.letters) or term.letters.startswith(heard):
        return False  # an inflected form is a word of its own
    if abs(len(heard) - len(term.letters)) > max(2, len(term.letters) // 2):
        return False
    own, other = term.sounds, sounds(heard)
    if len(own) < _LEAST_SOUNDS - (count == 1) or own[:1] != other[:1]:
        return False
    if count == 1:
        return own == other and _alike(term.letters, heard) >= _ALIKE_ONE
    return _alike(own, other) >= 0.9 and _alike(term.letters, heard) >= _ALIKE_MANY


def sounds(letters: str) -> str:
    """The consonants of a word as one hears them, voiced and voiceless alike."""
    for written, heard in _SOUNDS:
        letters = letters.replace(written, heard)
    kept = letters[:1] + re.sub(r"[aeiouywh]", "", letters[1:])
    return re.sub(r"(.)\1+", r"\1", kept)


@lru_cache(maxsize=4096)
def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _dressed(term: str, first: str, last: str) -> str:
    """The term with the punctuation that stood around what was heard."""
    before = re.match(r"^[\"'(]*", first)
    after = re.search(r"[.,!?;:)\"']*$", last)
    return f"{before.group() if before else ''}{term}{after.group() if after else ''}"
