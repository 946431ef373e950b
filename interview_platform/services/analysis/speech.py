"""How an answer was spoken, from its word times: rate and pauses, described and never scored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

PAUSE_SECONDS = 0.7
"""A gap between two words that counts as a pause."""

_FILLER = re.compile(r"^(?:u+m+|u+h+|e+r+m*|h+m+|m+h*m+|a+h+)$", re.IGNORECASE)


def measure(
    words: Sequence[Sequence[object]], text: str, started_seconds: float, ended_seconds: float
) -> dict[str, float]:
    """Measures of one answer; `words` as in Turn.words. Without word times only the rate is known."""
    if len(words) < 2:
        return _rate(len(text.split()), ended_seconds - started_seconds)
    times = [(float(str(w[1])), float(str(w[2]))) for w in words]
    gaps = [max(0.0, after[0] - before[1]) for before, after in pairwise(times)]
    return {
        **_rate(len(words), times[-1][1] - times[0][0]),
        "pauses": float(sum(gap > PAUSE_SECONDS for gap in gaps)),
        "longest_pause": max(gaps),
        "fillers": float(sum(bool(_FILLER.match(str(w[0]).strip(" .,!?…-"))) for w in words)),
    }


def _rate(words: int, seconds: float) -> dict[str, float]:
    return {"words_per_minute": words * 60 / seconds} if seconds >= 1 and words >= 2 else {}
