"""Collects text that nobody sees while a document is read: what, on which page, why."""

from __future__ import annotations

from typing import Any

LONGEST_TEXT = 2_000
MOST_ENTRIES = 60

WORDS = {
    "hidden_run": "characters marked as hidden text",
    "same_colour": "characters in the colour of their background",
    "tiny": "characters too small to read",
    "off_page": "characters placed outside the page",
    "invisible": "characters set to be invisible",
    "covered": "characters behind something else",
    "deleted": "characters that were deleted with changes tracked",
    "comment": "characters in comments beside the text",
    "unused_part": "characters in parts of the file that are never shown",
    "metadata": "characters in the file's properties",
    "alt_text": "characters in descriptions of pictures",
    "field_code": "characters in field codes",
}
_USUAL = {"metadata": 120, "alt_text": 300, "comment": 5}
"""Kinds that honest files hold too: as many characters are worth a warning."""
_LEAST = 5  # stray spaces and marks of a template


TRUNCATED: dict[str, Any] = {
    "kind": "truncated",
    "detail": "This file ends in the middle; what comes after may be missing.",
    "count": 1,
}


class Found:
    """Unseen text by kind and page, in the order it was met."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, int], list[str]] = {}
        self._counts: dict[tuple[str, int], int] = {}

    def add(self, kind: str, text: str, page: int = 1) -> None:
        """Note a piece of text; blank pieces count nothing."""
        count = sum(not character.isspace() for character in text)
        if count:
            self._texts.setdefault((kind, page), []).append(text)
            self._counts[kind, page] = self._counts.get((kind, page), 0) + count

    def unseen(self) -> list[dict[str, Any]]:
        """{"kind", "page", "text", "count"} each."""
        return [
            {
                "kind": kind,
                "page": page,
                "text": "".join(pieces).strip()[:LONGEST_TEXT],
                "count": self._counts[kind, page],
            }
            for (kind, page), pieces in list(self._texts.items())[:MOST_ENTRIES]
        ]

    def warnings(self) -> list[dict[str, Any]]:
        """{"kind", "detail", "count"} for each kind, over all pages."""
        totals: dict[str, int] = {}
        for (kind, _), count in self._counts.items():
            totals[kind] = totals.get(kind, 0) + count
        return [
            {"kind": kind, "detail": f"{count} {WORDS[kind]} were left out.", "count": count}
            for kind, count in sorted(totals.items())
            if count >= _USUAL.get(kind, _LEAST)
        ]
