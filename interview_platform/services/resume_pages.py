"""Facts with their page and characters, and texts that change without losing track of both. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_PAGE_LINE = re.compile(
    r"(?m)^[ \t]*(?:page\s+\d{1,3}(?:\s*(?:of|/|\|)\s*\d{1,3})?|\d{1,2}\s*(?:of|/)\s*\d{1,2})[ \t]*$", re.I
)


@dataclass(frozen=True)
class Fact:
    """Something a text says; `start` and `end` are its characters, `page` counts from 1."""

    text: str
    start: int
    end: int
    page: int = 1


@dataclass(frozen=True)
class Edit:
    """Characters `start` to `end` become `text`."""

    start: int
    end: int
    text: str = ""


def edited(text: str, marks: Sequence[int], edits: Iterable[Edit]) -> tuple[str, tuple[int, ...]]:
    """The text after edits (in order, not overlapping) and where its marks stand then."""
    parts: list[str] = []
    moved = list(marks)
    place = shift = 0
    for edit in edits:
        parts += [text[place : edit.start], edit.text]
        place = edit.end
        for index, mark in enumerate(marks):
            if mark >= edit.end:
                moved[index] += len(edit.text) - (edit.end - edit.start)
            elif mark > edit.start:  # inside what changes: where the new words begin
                moved[index] = edit.start + shift
        shift += len(edit.text) - (edit.end - edit.start)
    return "".join([*parts, text[place:]]), tuple(moved)


def page_of(start: int, page_starts: Sequence[int]) -> int:
    """The page, counted from 1, that holds a character."""
    return max(1, bisect_right(page_starts, start))


def page_number_lines(text: str) -> list[Edit]:
    """Lines that only count pages ("Page 2 of 3") taken out."""
    return [Edit(found.start(), found.end()) for found in _PAGE_LINE.finditer(text)]


def where(text: str, words: str) -> tuple[int, int] | None:
    """The characters of the first place that says these words, whatever their case and spaces."""
    if not words:
        return None
    found = re.search(r"\s+".join(re.escape(word) for word in words.split()), text, re.I)
    return found.span() if found else None
