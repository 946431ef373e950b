"""What a judge may read of an answer: its words without who and where. Pure.

Names, towns, employers' and schools' names, pronouns and titles are put into one neutral word each, word for word, so
that two answers that differ only in these are the same to every judge, and a quote can be found again in the
candidate's own words. A word with a capital that is neither English nor a skill counts as such a name, unless the
question or a point asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from interview_platform.services.rank_lexicon import lexicon
from interview_platform.services.rank_places import places
from interview_platform.services.scoring.evidence import words_of

NAME = "Sam"
_WORD = re.compile(r"[^\W\d_]+")
_START = re.compile(r"[.!?\n]\W*$")
_BEFORE = 6
"""So many characters before a word tell whether it begins a sentence."""
_PERSON: dict[str, str] = {
    **dict.fromkeys(("he", "she"), "they"),
    **dict.fromkeys(("him", "his", "her", "hers", "them", "theirs"), "their"),  # of "her" no form can be told apart
    **dict.fromkeys(("himself", "herself", "themselves"), "themself"),
    **dict.fromkeys(("mr", "mrs", "ms", "mx", "miss", "mister", "madam", "sir"), "Mx"),
    **dict.fromkeys(("man", "woman", "lady", "gentleman", "guy", "girl", "boy"), "person"),
    **dict.fromkeys(("men", "women", "ladies", "gentlemen", "guys", "girls", "boys"), "people"),
    **dict.fromkeys(("husband", "wife", "boyfriend", "girlfriend"), "partner"),
    **dict.fromkeys(("brother", "sister"), "sibling"),
    **dict.fromkeys(("mother", "father", "mum", "mom", "dad"), "parent"),
    **dict.fromkeys(("son", "daughter"), "child"),
}
"""Words that tell of somebody's gender, and the one that does not."""


def neutral(text: str, asked: Iterable[str] = ()) -> str:
    """The text with as many words; `asked` are texts whose own words stay (the question, its points)."""
    return _neutral(text, tuple(asked))


@lru_cache(maxsize=256)
def _neutral(text: str, asked: tuple[str, ...]) -> str:
    keep = frozenset(word for given in asked for word, _, _ in words_of(given))
    named = {start for start, _ in names(text, keep)}
    return _WORD.sub(lambda m: NAME if m.start() in named else _plain(m.group()), text)


def names(text: str, keep: frozenset[str] = frozenset()) -> Iterator[tuple[int, int]]:
    """Spans of words that name a person, a place, a school or an employer."""
    held, towns = lexicon(), places().sure
    found = list(_WORD.finditer(text))
    for place, match in enumerate(found):
        word, folded = match.group(), match.group().casefold()
        if not word[0].isupper() or (word.isupper() and len(word) < 6) or folded in keep or folded in _PERSON:
            continue
        first = not match.start() or _START.search(text[max(0, match.start() - _BEFORE) : match.start()]) is not None
        pair = (folded, found[place + 1].group().casefold()) if place + 1 < len(found) else ()
        before = (found[place - 1].group().casefold(), folded) if place else ()
        named = (folded,) in towns or folded in held.beside
        if folded not in held.words or pair in towns or before in towns or (named and not first):
            yield match.span()


def original(quote: str, text: str, asked: Iterable[str] = ()) -> str:
    """The words of `text` that a quote from its neutral form stands for; the quote itself where it is not from it."""
    plain, own = words_of(neutral(text, asked)), words_of(text)
    wanted = [word for word, _, _ in words_of(quote)]
    said = [word for word, _, _ in plain]
    if not wanted or len(plain) != len(own):
        return quote
    for at in range(len(said) - len(wanted) + 1):
        if said[at : at + len(wanted)] == wanted:
            return text[own[at][1] : own[at + len(wanted) - 1][2]]
    return quote


def _plain(word: str) -> str:
    other = _PERSON.get(word.casefold())
    return word if other is None else other.capitalize() if word[0].isupper() else other
