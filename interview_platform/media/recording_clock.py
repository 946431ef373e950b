"""Places what a sender stamped with its own clocks on our clock, and its two streams beside each other."""

from __future__ import annotations

import contextlib
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Literal

Kind = Literal["audio", "video"]

APART_SECONDS = 1.0
"""A sender's report that moves its picture by more than this against its arrival is wrong and not believed."""
REPORTS = 5
"""So many of a sender's last reports count."""
AGREED_SECONDS = 0.04
"""Reports that differ by more are not believed."""
JUMP_SECONDS = 60.0
"""Nothing is late by so much: the sender began to count anew."""


@dataclass(frozen=True)
class Shift:
    """Pictures placed before `until_seconds` lay wrong by their arrival: they belong so much later (earlier where it
    is negative). Kept beside a part, as the part's file only ever grows."""

    until_seconds: float
    by_seconds: float

    def keep(self, part: Path) -> None:
        """Write it beside the part."""
        self.place(part).write_text(f"{self.until_seconds:.4f} {self.by_seconds:.4f}")

    @staticmethod
    def place(part: Path) -> Path:
        """Where it is kept."""
        return part.with_suffix(".shift")

    @classmethod
    def of(cls, part: Path) -> Shift:
        """The part's; one that moves nothing where none is kept."""
        with contextlib.suppress(OSError, ValueError):
            until, by = map(float, cls.place(part).read_text().split())
            return cls(until, by)
        return cls(0.0, 0.0)

    def placed(self, at_seconds: float) -> float:
        """Where a picture written at this second belongs."""
        return at_seconds + self.by_seconds if at_seconds < self.until_seconds else at_seconds


class Anchor:
    """Places a stream's own time stamps on our clock: the earliest arrivals are the truth, later ones were delayed."""

    def __init__(self, window: int = 250, tolerance_seconds: float = 0.04) -> None:
        self._window, self._tolerance = window, tolerance_seconds
        self.offset: float | None = None  # our clock less the stream's, seconds
        self._least, self._seen = float("inf"), 0

    def place(self, stamp_seconds: float, arrived_seconds: float) -> float:
        """Seconds on our clock of a frame stamped `stamp_seconds` that arrived at `arrived_seconds`."""
        if self.offset is None or arrived_seconds - stamp_seconds - self.offset > JUMP_SECONDS:
            self.offset = arrived_seconds - stamp_seconds
            self._least, self._seen = float("inf"), 0
        late = arrived_seconds - stamp_seconds - self.offset
        if late < 0:
            self.offset += late
            self._least, self._seen = 0.0, 0
            return stamp_seconds + self.offset
        self._least, self._seen = min(self._least, late), self._seen + 1
        if self._seen >= self._window:  # the other clock runs slower, or the path has changed
            if self._least > self._tolerance:
                self.offset += self._least
            self._least, self._seen = float("inf"), 0
        return stamp_seconds + self.offset


class SenderClock:
    """Both streams of one sender. Sound is placed by its arrivals. So is the picture, until the sender's reports say
    how its clocks lie to each other: a picture takes longer to come, and by its arrival it would follow the sound."""

    def __init__(self) -> None:
        self._anchors: dict[Kind, Anchor] = {"audio": Anchor(), "video": Anchor()}
        self._walls: dict[Kind, float] = {}  # the sender's wall clock less the stream's stamps, seconds
        self._ahead: deque[float] = deque(maxlen=REPORTS)  # the picture's stamps, behind the sound's
        self.shift: Shift | None = None  # of the pictures that were placed before the reports were known

    def report(self, kind: Kind, stamp_seconds: float, wall_seconds: float) -> None:
        """The sender says that this stamp of its stream was this moment of its wall clock (RTCP sender report)."""
        self._walls[kind] = wall_seconds - stamp_seconds
        if len(self._walls) == 2:
            self._ahead.append(self._walls["video"] - self._walls["audio"])

    def place(self, kind: Kind, stamp_seconds: float, arrived_seconds: float) -> float:
        """Seconds on our clock of what was stamped `stamp_seconds` and arrived at `arrived_seconds`."""
        by_arrival = self._anchors[kind].place(stamp_seconds, arrived_seconds)
        sound = self._anchors["audio"].offset
        if kind == "audio" or sound is None or not self._agree():
            return by_arrival
        by_report = stamp_seconds + sound + median(self._ahead)
        if abs(by_report - by_arrival) >= APART_SECONDS:
            return by_arrival
        if self.shift is None:
            self.shift = Shift(by_arrival, by_report - by_arrival)
        return by_report

    def _agree(self) -> bool:
        """Browsers' reports differ by a few milliseconds; those of a sender that cannot keep up by any number."""
        return len(self._ahead) > 1 and max(self._ahead) - min(self._ahead) < AGREED_SECONDS
