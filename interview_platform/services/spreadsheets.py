"""Cells of exports that people open in a spreadsheet: no text of anybody's is taken for a formula there."""

from __future__ import annotations

import unicodedata

_STARTS = frozenset("=+-@|\t\r\n＝＋－＠")
"""What a spreadsheet, in some language or after trimming, takes for the beginning of a formula or a command."""
_UNSEEN = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp"})


def cell(value: object) -> object:
    """The value; a text that a spreadsheet would take for a formula begins with an apostrophe. Numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and _risky(value) else value


def _risky(text: str) -> bool:
    """Whether it begins so, letters that are not seen left out."""
    if text[:1] in _STARTS:
        return True
    first = next((letter for letter in text if unicodedata.category(letter) not in _UNSEEN), "")
    return bool(first) and first in _STARTS
