"""Plain text: tidy it, cut it into sentences with their characters, compare words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interview_platform.services.resume_pages import Edit, edited

_BULLET = re.compile(r"\s*(?:[•●▪■◦‣⁃∙·○*–—-]|\d{1,2}[.)])\s+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|inc|ltd|co|corp|dr|mr|mrs|ms|sr|jr|prof|asst|assoc|mgr|sgt|lt|capt|rev|intl|st|no|vs|approx|dept)|\b[A-Z])\.$",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?;]['”\"’)]*\s+(?=[A-Z0-9“\"'(•])")
_WRAPPED_CHARACTERS = 55  # a line at least this long without an end runs on in the next
_KEEPS_HYPHEN = frozenset(
    """
    anti back bi co cost cross data decision detail e end ex fast first forward front full goal hands hard high in inter
    large lead life long low micro mid multi near new non object off on one open part peer people point post pre pro
    problem re real result results role self semi service short side small solution stand start state sub team test
    third thought time top two un user well world year
    """.split()  # noqa: SIM905
)
_SPLIT_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,40})-[ \t]*\n[ \t]*([a-z]+[^\s\w]*)[ \t]?")
WORD = re.compile(r"\.NET\b|[^\W_]+[+#]*")
"""One word; "C++", "C#" and ".NET" are words."""


@dataclass(frozen=True)
class Sentence:
    """A sentence or list item; `start` and `end` are its characters in the text it was cut from."""

    text: str  # with single spaces, without its bullet
    start: int
    end: int


def join_split_words(text: str) -> str:
    """Words split by a hyphen at a line's end made whole again; real hyphens ("full-/stack") stay."""
    return edited(text, (), split_words(text))[0]


def split_words(text: str) -> list[Edit]:
    """The edits that make words whole that a line's end split."""
    hyphenated = {found.casefold() for found in re.findall(r"\b\w{1,40}-\w{1,40}\b", text)}
    return [Edit(found.start(), found.end(), _whole(found, hyphenated)) for found in _SPLIT_WORD.finditer(text)]


def _whole(found: re.Match[str], hyphenated: set[str]) -> str:
    left, right = found.group(1), found.group(2)
    kept = f"{left}-{right}".casefold() in hyphenated or left.casefold() in _KEEPS_HYPHEN
    return f"{left}{'-' if kept else ''}{right}\n"


def sentences(text: str) -> list[Sentence]:
    """Sentences, list items and headings in order; lines that were only wrapped are one."""
    found: list[Sentence] = []
    for start, end in _blocks(text):
        for first, last in _cut(text, start, end):
            made = _sentence(text, first, last)
            if made is not None:
                found.append(made)
    return found


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with the place where it starts."""
    place = 0
    for line in text.split("\n"):
        yield place, line
        place += len(line) + 1


def is_bullet(line: str) -> bool:
    """Whether a line is an item of a list."""
    return bool(_BULLET.match(line))


def words(text: str) -> list[str]:
    """The text's words in lower case, plurals as singulars."""
    return [fold(word) for word in WORD.findall(text)]


def fold(word: str) -> str:
    """A word as it is compared: lower case, without a plural s."""
    folded = word.casefold()
    plural = len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "us", "is"))
    return folded[:-1] if plural else folded


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of lines that run on into each other."""
    begun: int | None = None
    ended = 0
    before = ""
    for start, line in lines(text):
        if begun is not None and not (line.strip() and _runs_on(before, line)):
            yield begun, ended
            begun = None
        if line.strip():
            begun = start if begun is None else begun
            ended, before = start + len(line), line
    if begun is not None:
        yield begun, ended


def _runs_on(before: str, line: str) -> bool:
    """Whether a line goes on with the sentence of the line before."""
    if is_bullet(line) or "\t" in line or "\t" in before:
        return False
    if line.lstrip()[0].islower() or before.rstrip().endswith((",", "&", " and", " of", " the", " in", " with", "/")):
        return True
    return len(before) >= _WRAPPED_CHARACTERS and not before.rstrip().endswith((".", ":", ";", "!", "?"))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block's sentences: at full stops, inner bullets and wide gaps."""
    begun = start
    for found in re.finditer(rf"{_SENTENCE_END.pattern}|\t|\s[•●▪|]\s", text[start:end]):
        stop = start + found.end()
        if found.group()[0] == "." and _ABBREVIATION.search(text[begun : start + found.start() + 1]):
            continue
        yield begun, stop
        begun = stop
    yield begun, end


def _sentence(text: str, start: int, end: int) -> Sentence | None:
    bullet = _BULLET.match(text, start, end)
    start = bullet.end() if bullet else start
    while start < end and (text[start].isspace() or text[start] in "•●▪|"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "•●▪|"):
        end -= 1
    return Sentence(" ".join(text[start:end].split()), start, end) if end > start else None
