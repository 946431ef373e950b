"""Wording of a job advert that is gender-coded or shuts people out: where it stands, why, what to say instead. Pure.

The words are rag_data/wording.json (idea: Gaucher, Friesen and Kay 2011). Advice only: nothing here blocks a job.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from interview_platform.services.job_lines import COMPANY, PREFERRED, clauses, formal
from interview_platform.services.text import sentences

_FILE = Path(__file__).resolve().parents[2] / "rag_data" / "wording.json"
MASCULINE, FEMININE, EXCLUSIONARY = "masculine", "feminine", "exclusionary"
_DEGREE = re.compile(
    r"\b(?:(?:bachelor|master)['’]?s? degree|(?:university|college) degree|degree[- ]educated|"
    r"bachelor['’]s\b(?! degree))",
    re.I,
)
_DEGREE_SOFTENED = re.compile(
    r"equivalent|or (?:related |relevant |comparable )?experience|prefer|\bplus\b|desir|not required|advantage|"
    r"in lieu|without a",
    re.I,
)
_WHY_DEGREE = (
    "A degree is often asked for out of habit. It keeps out people who learned the work elsewhere; ask for it only "
    "where the law or the work needs it."
)
_AT_MOST = re.compile(
    r"\b(?P<least>\d{1,2})\s*(?:-|–|—|to)\s*\d{1,2}(?P<years>\+? years?)\b(?=[^.;\n]{0,40}experience)|"
    r"\b(?:no more than|maximum(?: of)?|at most|up to|less than) \d{1,2} years?(?:['’])?(?: of)?(?: \w+)? experience\b",
    re.I,
)
_WHY_AT_MOST = (
    "An upper limit on experience shuts out older people. Name the least that the work needs; pay can follow the level "
    "of the role."
)


@dataclass(frozen=True)
class Wording:
    """One place. `text` is the post between `start` and `end`; `instead` is "" where the words are best taken out.
    `topic` is gender | age | ability | origin | person | culture | degree | family | health."""

    start: int
    end: int
    text: str
    kind: str  # masculine | feminine | exclusionary
    why: str
    instead: str
    topic: str = "gender"


@dataclass(frozen=True)
class Balance:
    """How many words are read as typical of men and of women."""

    masculine: int
    feminine: int

    @property
    def words(self) -> str:
        """In a sentence for the recruiter."""
        if not self.masculine and not self.feminine:
            return "No gender-coded words."
        counts = f"{self.masculine} masculine-coded, {self.feminine} feminine-coded"
        ahead = self.masculine - self.feminine
        if abs(ahead) <= 1:
            return f"{counts}: balanced."
        much = (
            "strongly "
            if abs(ahead) >= 5 and max(self.masculine, self.feminine) >= 3 * min(self.masculine, self.feminine)
            else ""
        )
        return f"{counts}: leans {much}{'masculine' if ahead > 0 else 'feminine'}."


@dataclass(frozen=True)
class _Group:
    kind: str
    topic: str
    why: str
    words: dict[str, str]  # in lower case, with straight apostrophes
    pattern: re.Pattern[str]
    exempt: re.Pattern[str] | None


def check(text: str) -> list[Wording]:
    """Every such place in order, none overlapping; legal notices ("without regard to age") are left alone."""
    skipped = [(row.start, row.end, "") for row in sentences(text) if formal(row.text)]
    for row in clauses(text):  # "she" in the firm's story is its founder; a degree that is a plus keeps nobody out
        topic = "person" if row.part == COMPANY else "degree" if row.wish == PREFERRED else ""
        skipped += [(row.start, row.end, topic)] if topic else []
    found = sorted(_all(text), key=lambda held: (held.start, held.kind != EXCLUSIONARY, -held.end))
    kept: list[Wording] = []
    for held in found:
        if kept and held.start < kept[-1].end:
            continue
        if not any(start <= held.start < end and topic in ("", held.topic) for start, end, topic in skipped):
            kept.append(held)
    return kept


def balance(found: list[Wording]) -> Balance:
    """The gender-coded words among them, counted."""
    return Balance(sum(held.kind == MASCULINE for held in found), sum(held.kind == FEMININE for held in found))


def replaced(text: str, held: Wording) -> str:
    """The text with the alternative in place; taken out with its comma or space where there is none."""
    if text[held.start : held.end] != held.text:
        return text
    if held.instead:
        return text[: held.start] + _cased(held.text, held.instead) + text[held.end :]
    after = re.match(r"(?:\s*,)?(?:\s+and\b)?[ \t]+", text[held.end :])
    rest = text[held.end + (after.end() if after else 0) :]
    before = text[: held.start] if after else text[: held.start].rstrip(" \t")
    opens = not before.strip() or before.rstrip(" \t")[-1] in "\n.!?•*-"
    return before + (rest[:1].upper() + rest[1:] if opens and held.text[:1].isupper() else rest)


def sentence(text: str, held: Wording) -> tuple[str, str, str]:
    """(before, the words, after): the sentence they stand in, for a list."""
    row = next((row for row in sentences(text) if row.start <= held.start < row.end), None)
    start, end = (row.start, max(row.end, held.end)) if row else (held.start, held.end)
    return _short(text[start : held.start], -1), held.text, _short(text[held.end : end], 1)


def _short(part: str, side: int, most: int = 90) -> str:
    """A long half of a sentence cut at a word, on the side away from the words."""
    held = re.sub(r"\s+", " ", part)
    if len(held) <= most:
        return held
    if side < 0:
        return "…" + held[-most:].partition(" ")[2]
    return held[:most].rpartition(" ")[0] + "…"


def _cased(old: str, new: str) -> str:
    if len(old) > 1 and old.isupper():
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def _all(text: str) -> Iterator[Wording]:
    for group in _groups():
        exempt = [match.span() for match in group.exempt.finditer(text)] if group.exempt else []
        for match in group.pattern.finditer(text):
            if any(start <= match.start() and match.end() <= end for start, end in exempt):
                continue
            instead = group.words[_key(match.group())]
            yield Wording(*match.span(), match.group(), group.kind, group.why, instead, group.topic)
    yield from _degrees(text)
    for match in _AT_MOST.finditer(text):
        least = f"{match['least']}+ {match['years'].lstrip('+ ')}" if match["least"] else "experience"
        yield Wording(*match.span(), match.group(), EXCLUSIONARY, _WHY_AT_MOST, least, "age")


def _degrees(text: str) -> Iterator[Wording]:
    for row in sentences(text):
        match = _DEGREE.search(text, row.start, row.end)
        if match and not _DEGREE_SOFTENED.search(row.text):
            instead = f"{match.group()} or equivalent experience"
            yield Wording(*match.span(), match.group(), EXCLUSIONARY, _WHY_DEGREE, instead, "degree")


def _key(text: str) -> str:
    return re.sub(r"\s+", " ", text.casefold().replace("’", "'"))


@lru_cache
def _groups() -> tuple[_Group, ...]:
    """The file's groups, read once. Raises ValueError when a word stands twice."""
    held = json.loads(_FILE.read_text("utf-8"))["groups"]
    every = [word for group in held for word in group["words"]]
    if len(set(every)) < len(every):
        raise ValueError(f"wording.json has a word twice: {sorted({w for w in every if every.count(w) > 1})}")
    return tuple(
        _Group(row["kind"], row["topic"], row["why"], row["words"], _any_of(row["words"]), _exempt(row)) for row in held
    )


def _exempt(row: dict[str, list[str]]) -> re.Pattern[str] | None:
    return _any_of(row["not"]) if row.get("not") else None


def _any_of(words: object) -> re.Pattern[str]:
    """Any of these words or phrases, the longest first, not inside another word."""
    listed = sorted((str(word) for word in words), key=len, reverse=True)  # type: ignore[attr-defined]
    escaped = [re.escape(word).replace("'", "['’]").replace(r"\ ", r"\s+") for word in listed]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(escaped)})(?![\w-]|['’](?!s\b)\w)", re.I)
