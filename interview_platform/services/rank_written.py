"""A blind text written out: kept words with punctuation written one way, so that who fell leaves no trace. Pure.

Lines left empty vanish; marks that belonged to what fell go with it; gendered words for work and verbs after a pronoun
take one form.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

PRONOUNS = frozenset(
    "he she they him her them his hers their theirs himself herself themself themselves she/her he/him ze xe".split()  # noqa: SIM905
)
TITLES = frozenset("mr mrs ms miss mx mister madam ma'am sir dr prof rev hon esq jr iii".split())  # noqa: SIM905
_GENDERED = {
    "waitress": "waiter", "actress": "actor", "hostess": "host", "stewardess": "steward",
    "businesswoman": "businessperson",
    "businessman": "businessperson", "salesman": "salesperson", "saleswoman": "salesperson", "chairman": "chairperson",
    "chairwoman": "chairperson", "foreman": "foreperson", "forewoman": "foreperson", "policeman": "policeperson",
    "policewoman": "policeperson", "fireman": "firefighter", "firewoman": "firefighter", "spokesman": "spokesperson",
    "spokeswoman": "spokesperson", "craftsman": "craftsperson", "craftswoman": "craftsperson",
    "handyman": "handyperson", "housewife": "homemaker", "househusband": "homemaker", "fraternity": "society",
    "sorority": "society", "alumna": "alumnus", "alumnae": "alumni", "heroine": "hero",
}  # fmt: skip
_VERBS = {"has": "have", "is": "are", "was": "were", "does": "do"}


@dataclass(frozen=True)
class BlindText:
    """A text as ranking sees it, with the way back: kept words' places here and in the text they came from."""

    text: str
    here: tuple[int, ...] = ()
    there: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()  # where each kept word ends in the original

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the original text from the first to the last kept word between two places here."""
        first, last = bisect_left(self.here, start), bisect_left(self.here, end) - 1
        if first > last:
            return (0, 0)
        return self.there[first], max(self.ends[first : last + 1])


@dataclass
class Token:
    """A word, number or mark of a text, and whether it stays."""

    kind: str
    text: str
    start: int
    end: int
    kept: bool = True
    name: bool = False  # fell as a name or place: what stands beside it may be one too
    skill: bool = False
    out: bool = False  # within a stretch that goes whole: not even a skill in it stays


@dataclass
class _Out:
    parts: list[str] = field(default_factory=list)
    here: list[int] = field(default_factory=list)
    there: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    size: int = 0

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)


def written(tokens: list[Token]) -> BlindText:
    """Kept words with punctuation written one way; lines without a word vanish."""
    out = _Out()
    line: list[Token] = []
    blank = True
    for token in [*tokens, Token("line", "\n", 0, 0)]:
        if token.kind != "line":
            line.append(token)
            continue
        if any(held.kept and held.kind in ("word", "date", "mixed") for held in line):
            _write_line(line, out)
            blank = False
        elif not blank and not line:
            out.add("\n")
            blank = True
        line = []
    return BlindText("".join(out.parts).rstrip("\n"), tuple(out.here), tuple(out.there), tuple(out.ends))


_STRENGTH = {"\t": 6, "|": 5, "•": 5, ".": 4, "!": 4, "?": 4, ";": 3, ":": 2, ",": 1}


def _write_line(line: list[Token], out: _Out) -> None:
    first, before = True, ""
    pending, joined_at = "", -1
    gone: Token | None = None  # what fell last since the last kept word
    after_pronoun = False
    for token in line:
        if token.kind == "mark":
            pending = _marked(pending, token, gone)
            continue
        if not token.kept:
            after_pronoun = token.text.casefold() in PRONOUNS
            gone = token
            continue
        lost = gone is not None
        if first:
            out.add("• " if pending and pending in "•-–—" and not lost else "")
        else:
            dated = bool(pending) and pending in "-–—" and "date" in (token.kind, before)
            touching = token.start == joined_at + len(pending) and not lost
            out.add(" - " if dated else _between(pending, touching))
        out.here.append(out.size)
        out.there.append(token.start)
        out.ends.append(token.end)
        out.add(_canonical(token, after_pronoun))
        first, pending, joined_at, gone, after_pronoun = False, "", token.end, None, False
        before = token.kind
    out.add(_END.get(pending, "") + "\n")


def _marked(pending: str, token: Token, gone: Token | None) -> str:
    """The strongest mark so far; what only belongs to a name or a title that fell does not count."""
    mark = "•" if token.text in "•●▪■◦‣∙·" else token.text
    if gone is not None and (mark in ",-–—/&" or (mark == "." and _initial(gone))):
        return pending
    return mark if not pending or _STRENGTH.get(mark, 0) > _STRENGTH.get(pending, 0) else pending


def _initial(gone: Token) -> bool:
    return len(gone.text) == 1 or gone.text.casefold() in TITLES


_END = {".": ".", "!": "!", "?": "?", ";": ";", ":": ":", ",": ","}


def _between(mark: str, touching: bool) -> str:
    if not mark:
        return " "
    if mark in "-/&.–—" and touching:
        return mark
    return {"\t": "\t", "|": " | ", "•": " • ", "&": " & "}.get(mark, f"{mark} " if mark in ".!?;:," else " ")


def _canonical(token: Token, after_pronoun: bool) -> str:
    text = token.text
    folded = text.casefold()
    if folded in _GENDERED:
        return _GENDERED[folded]
    if after_pronoun and text.islower():
        return _VERBS.get(text) or re.sub(
            r"(?<=[^s])s$", "", re.sub(r"(?<=sh|ch|ss)es$", "", re.sub(r"ies$", "y", text))
        )
    return text.replace("’", "'")
