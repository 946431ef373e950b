"""Which unseen text is worth telling a recruiter at once. Pure.

Honest files hold keywords, comments of programs and descriptions of pictures; those stand on the candidate's page, but
only much of it, or words to whoever ranks, mark a candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_QUIET = {"metadata": 120, "alt_text": 300}  # characters from which on such text is worth a look
_TO_WHO_RANKS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b|\b(?:rank|score|rate|recommend|hire|select|shortlist|invite)\b"
    r"|\b(?:system|hidden) prompt\b|\byou are (?:an?|now)\b"
    r"|\b(?:best|ideal|perfect|top|excellent|strongest)\s+(?:candidate|match|fit|applicant)\b",
    re.I,
)


def worth_telling(unseen: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those of a file's entries ({"kind", "page", "text", "count"}) that a recruiter is told of without asking."""
    held = list(unseen)
    totals: dict[str, int] = {}
    for entry in held:
        totals[str(entry.get("kind"))] = totals.get(str(entry.get("kind")), 0) + int(entry.get("count", 0))
    return [entry for entry in held if _is_told(entry, totals)]


def _is_told(entry: Mapping[str, Any], totals: Mapping[str, int]) -> bool:
    kind = str(entry.get("kind"))
    return totals[kind] >= _QUIET.get(kind, 0) or bool(_TO_WHO_RANKS.search(str(entry.get("text", ""))))
