"""What a browser's call may cost us before it is refused or hung up; pure."""

from __future__ import annotations

from typing import Any

OFFER_CHARACTERS = 64_000
OFFER_SECTIONS, OFFER_CANDIDATES = 6, 80
"""A browser's offer has at most four sections, each of which costs us sockets and threads, and some ten candidates a
section, to each of which we send packets."""
FLOOD_WORDS, FLOOD_CHARACTERS = 40, 4_000
"""More than this over the data channel within a second is no browser of ours: it says about one word a second."""


def modest(sdp: str) -> bool:
    """Whether an offer is of a size that a browser makes."""
    if len(sdp) > OFFER_CHARACTERS:
        return False
    lines = [line.strip() for line in sdp.splitlines()]
    sections = sum(line.startswith("m=") for line in lines)
    candidates = sum(line.startswith("a=candidate:") for line in lines)
    return sections <= OFFER_SECTIONS and candidates <= OFFER_CANDIDATES


class Flood:
    """Counts what comes over a data channel, second by second."""

    def __init__(self) -> None:
        self._since, self._words, self._characters = float("-inf"), 0, 0

    def by(self, word: Any, now: float) -> bool:
        """Whether one more word (text or bytes), heard `now` (seconds), is too much."""
        if now - self._since >= 1.0:
            self._since, self._words, self._characters = now, 0, 0
        self._words += 1
        self._characters += len(word)
        return self._words > FLOOD_WORDS or self._characters > FLOOD_CHARACTERS
