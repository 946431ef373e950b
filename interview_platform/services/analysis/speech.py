"""How an answer was spoken, from its word times: rate and pauses, described and never scored."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

PAUSE_SECONDS = 0.7
"""A gap between two words that counts as a pause."""

_FILLER = re.compile(r"^(?:u+m+|u+h+|e+r+m*|h+m+|m+h*m+|a+h+)$", re.IGNORECASE)


def measure(
    words: Sequence[Sequence[object]],
    text: str,
    started_seconds: float,
    ended_seconds: float,
    wanted: Collection[str],
) -> dict[str, float]:
    """The wanted measures of one answer; `words` as in Turn.words. Without word times only the rate is known."""
    made: dict[str, float] = {}
    if len(words) < 2:
        return _rate(len(text.split()), ended_seconds - started_seconds) if "words_per_minute" in wanted else {}
    times = [(float(str(w[1])), float(str(w[2]))) for w in words]
    if "words_per_minute" in wanted:
        made |= _rate(len(words), times[-1][1] - times[0][0])
    if {"pauses", "longest_pause"} & set(wanted):
        gaps = [max(0.0, after[0] - before[1]) for before, after in pairwise(times)]
        found = {"pauses": float(sum(gap > PAUSE_SECONDS for gap in gaps)), "longest_pause": max(gaps)}
        made |= {name: value for name, value in found.items() if name in wanted}
    if "fillers" in wanted:
        made["fillers"] = float(sum(bool(_FILLER.match(str(w[0]).strip(" .,!?…-"))) for w in words))
    return made


def _rate(words: int, seconds: float) -> dict[str, float]:
    return {"words_per_minute": words * 60 / seconds} if seconds >= 1 and words >= 2 else {}
