"""Text as the checks read it: plain words in lower case, whatever the quotes, spacing and punctuation were.

Every plain word remembers where it stood, so that a finding can be shown in the text as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['\u2019\u2018\u02bc`\u00b4][^\W_]+)*['\u2019]?")
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc`\u00b4\u02b9\uff07", "'"))
_WHOLE = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "ain't": "is not",
    "let's": "let us", "y'all": "you", "ya": "you", "u": "you", "ur": "your", "gonna": "going to", "wanna": "want to",
    "whats": "what is", "wheres": "where is", "hows": "how is", "whos": "who is", "im": "i am", "ive": "i have",
    "youre": "you are", "youve": "you have", "youll": "you will", "theyre": "they are",
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not", "arent": "are not",
    "wasnt": "was not", "werent": "were not", "wouldnt": "would not", "couldnt": "could not",
    "shouldnt": "should not", "havent": "have not", "hasnt": "has not", "wont": "will not", "cant": "can not",
}  # fmt: skip
_ENDS = (("n't", " not"), ("'re", " are"), ("'ve", " have"), ("'ll", " will"), ("'m", " am"), ("'d", " would"))
_IS = frozenset(("what", "who", "where", "when", "why", "how", "that", "this", "there", "here", "it", "he", "she"))
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\u201d\u2019]*\s+|\n+")
_SPELLED = 4  # single letters in a row that are read as one word


@dataclass(frozen=True)
class Plain:
    """`text`: plain words, one blank between; `places`: (start in `text`, start, end in what was typed) per word."""

    text: str
    places: tuple[tuple[int, int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where these characters of the plain text stand in what was typed."""
        held = [place for place in self.places if place[0] < end]
        first = next((place for place in reversed(held) if place[0] <= start), self.places[0])
        return first[1], held[-1][2]


def plain(text: str) -> Plain:
    """The plain words of a text."""
    words: list[str] = []
    places: list[tuple[int, int, int]] = []
    length = 0
    for word, start, end in _joined(text):
        for part in word.split():
            places.append((length, start, end))
            words.append(part)
            length += len(part) + 1
    return Plain(" ".join(words), tuple(places))


def words(text: str) -> list[str]:
    """The plain words alone."""
    return plain(text).text.split()


def sentences(text: str) -> list[str]:
    """The sentences, each with its end mark; white space tidied."""
    return [text[start:end] for text in (tidy(text),) for start, end in spans(text)]


def parts(text: str) -> list[str]:
    """The sentences; one that leads to another by a colon is two ("Back to the question: What …")."""
    return [part.strip() for whole in sentences(text) for part in re.split(r"(?<=\w:)\s+", whole) if part]


def spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences stand."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    held = zip([0, *ends], [*ends, len(text)], strict=True)
    return [(start, start + len(text[start:end].rstrip())) for start, end in held if text[start:end].strip()]


def tidy(text: str) -> str:
    """White space in runs of one blank, invisible characters gone."""
    return " ".join(_UNSEEN.sub("", text).split())


def _joined(text: str) -> Iterator[tuple[str, int, int]]:
    """(plain word or words, start, end); letters spelled one by one are put together."""
    spelled: list[tuple[str, int, int]] = []
    for item in _read(text):
        if len(item[0]) == 1 and item[0].isalpha():
            spelled.append(item)
            continue
        yield from _together(spelled)
        spelled = []
        yield item
    yield from _together(spelled)


def _together(letters: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    if len(letters) < _SPELLED:
        return [(_WHOLE.get(letter, letter), start, end) for letter, start, end in letters]
    return [("".join(letter for letter, _, _ in letters), letters[0][1], letters[-1][2])]


def _read(text: str) -> Iterator[tuple[str, int, int]]:
    """(plain word or words, start, end) of each word as typed."""
    seen, places = _visible(text)
    for match in _WORD.finditer(seen):
        start, end = places[match.start()], places[match.end() - 1] + 1
        yield _as_plain(match.group()), start, end


@lru_cache(maxsize=20_000)
def _as_plain(word: str) -> str:
    """One word as typed in plain words."""
    folded = _folded(word)
    return folded if len(folded) == 1 else _opened(folded)


def _visible(text: str) -> tuple[str, Sequence[int]]:
    """The text without invisible characters, and where each of its characters stood."""
    if not _UNSEEN.search(text):
        return text, range(len(text))
    kept = [place for place, character in enumerate(text) if not _UNSEEN.match(character)]
    return "".join(text[place] for place in kept), kept


def _folded(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES)).casefold()
    return "".join(character for character in bare if not unicodedata.combining(character))


def _opened(word: str) -> str:
    """Contractions in full, possessives without their s."""
    word = word.rstrip("'")
    if word in _WHOLE:
        return _WHOLE[word]
    for end, full in _ENDS:
        if word.endswith(end):
            return word[: -len(end)] + full
    if word.endswith("'s"):
        return f"{word[:-2]} is" if word[:-2] in _IS else word[:-2]
    return word.replace("'", "")
