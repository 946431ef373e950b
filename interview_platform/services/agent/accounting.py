"""A question's words, and which of them a text accounts for.

A word is accounted for by itself, by one that means the same, by one of its kind ("database": PostgreSQL), by itself
misspelt, and where that is enough, by a word near in meaning.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from interview_platform.services.agent import answer_kinds, asking
from interview_platform.services.agent.retrieval import Remembered

_SAME_WORD = 0.62  # cosine from which two single words mean nearly the same
_MISSPELT = 0.84
_LONG = 5  # characters from which a word is recognised although misspelt or cut short


@dataclass(frozen=True)
class Query:
    """One question with what was read from it. `names` (stems) ask for nothing by themselves."""

    text: str
    names: frozenset[str] = frozenset()
    kind: str = field(init=False)
    words: dict[str, str] = field(init=False)  # stem → as it was said, of those that matter
    counted: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        held = {key: word for key, word in asking.weighty(self.text).items() if key not in self.names}
        object.__setattr__(self, "kind", answer_kinds.kind(asking.asking_part(self.text)))
        object.__setattr__(self, "words", held)
        object.__setattr__(self, "counted", tuple(answer_kinds.counted(self.text)))

    def without(self, text: str) -> str:
        """The text without the question's own words."""
        return " ".join(
            word for word in text.split() if not {asking.stem(w) for w in asking.words(word)} & set(self.words)
        )

    def of_one_side(self, left: Sequence[str], free: frozenset[str] = frozenset()) -> list[str]:
        """What is left open, less one side of "is it A or B" where the other side is accounted for."""
        offered = asking.sides(self.text) if left else None
        if offered is None:
            return list(left)
        spared = next((one for one, other in (offered, offered[::-1]) if other.isdisjoint({*left, *free})), frozenset())
        return [word for word in left if word not in spared]

    def counts_in(self, text: str) -> bool:
        """Whether what "how many …" counts stands in the text, with its number."""
        if not answer_kinds.counts_people(self.text, text):
            return False
        if not self.counted:
            return True
        thing = self.counted[-1]
        return answer_kinds.counts(asking.meant_by(thing), text)


class Accounts:
    """Finds the words that a text leaves open."""

    def __init__(self, embeddings: Remembered) -> None:
        self._embeddings = embeddings

    def strange(self, query: Query, text: str, *, soft: bool, free: frozenset[str] = frozenset()) -> list[str]:
        """Stems that the text does not account for; `free` ones need not be, `soft`: nearness of meaning is enough."""
        said = asking.words(text)
        held = {asking.stem(word) for word in said} | set(said)
        left = [word for word in query.words if word not in free and not accounted(word, held, text)]
        left = query.of_one_side(left, free)
        if not left or not soft:
            return left
        if _LANGUAGE in held:  # one language is as foreign as another to a sentence about languages
            left = [word for word in left if not asking.is_language(word)]
        others = sorted(asking.weighty(text).values())
        return [word for word in left if self._nearest(query.words[word], others) < _SAME_WORD]

    def _nearest(self, word: str, others: Sequence[str]) -> float:
        if not others:
            return 0.0
        return float((self._embeddings.rows(others) @ self._embeddings.rows([word])[0]).max())


_LANGUAGE = asking.stem("language")


def accounted(word: str, held: Collection[str], text: str) -> bool:
    """Whether these stems of a text hold this one, one that means the same, one of its kind, or it misspelt."""
    listed = asking.vocabulary()
    if f"un{word}" in held or not asking.meant_by(word).isdisjoint(held):
        return True
    if word in listed.kinds:
        return bool(listed.kinds[word].search(text))
    return len(word) >= _LONG and any(_alike(word, other) for other in held if len(other) >= _LONG)


def _alike(word: str, other: str) -> bool:
    """ "postgres" and "postgresql", "recieve" and "receive"."""
    if other.startswith(word) or word.startswith(other):
        return True
    near = abs(len(word) - len(other)) <= 2 and other[0] == word[0]
    return near and SequenceMatcher(None, word, other).ratio() >= _MISSPELT
