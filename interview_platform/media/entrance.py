"""Who may be in which room: one tab per interview, as many calls as this worker holds, a line for the rest.

Pure: events and seconds in, decisions out. A tab is a browser's own random name for one of its tabs; the empty tab
is a caller that does not name itself (a benchmark), and is in nobody's way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["call", "text"]

AWAY_SECONDS = 20.0
"""Whoever loses the network keeps the place in line this long."""
SETTING_UP_SECONDS = 40.0
"""A call that was let in and never came gives its room back after this."""


@dataclass(frozen=True)
class Entered:
    """Come in. `taken_from` is the tab that has to let go, or ""."""

    taken_from: str = ""


@dataclass(frozen=True)
class Elsewhere:
    """Another tab holds this interview: ask the person."""


@dataclass(frozen=True)
class Waits:
    """Every room is taken. `place` in line from 1."""

    place: int


Outcome = Entered | Elsewhere | Waits


@dataclass
class _InLine:
    interview: str
    returning: bool
    place: int  # as last told
    away_since: float | None = None


@dataclass
class _Holder:
    tab: str
    here: bool = True


class Entrance:
    """Seconds are any clock's that only goes on."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._holders: dict[str, _Holder] = {}
        self._calls: dict[str, float | None] = {}  # interview → let in at, None once its call has come
        self._line: list[_InLine] = []

    @property
    def free(self) -> int:
        """Calls that could come in now."""
        return max(0, self._limit - len(self._calls))

    @property
    def waiting(self) -> int:
        """Interviews in line."""
        return len(self._line)

    def enter(
        self, interview: str, tab: str, mode: Mode, now: float, *, take: bool = False, returning: bool = False
    ) -> Outcome:
        """A tab wants in. `take`: the person agreed to end it in the other tab. `returning`: it was begun before."""
        taken_from = self._hold(interview, tab, take)
        if taken_from is None:
            return Elsewhere()
        if mode == "text":
            self.release(interview)
            self._line = [held for held in self._line if held.interview != interview]
            return Entered(taken_from)
        return Entered(taken_from) if self._let_in(interview, now) else self._wait(interview, returning)

    def holds(self, interview: str, tab: str) -> bool:
        """Whether this tab is the one that may speak."""
        holder = self._holders.get(interview)
        return holder is None or not tab or holder.tab == tab

    def left(self, interview: str, tab: str, now: float) -> None:
        """The tab's wire is gone; it may come back."""
        holder = self._holders.get(interview)
        if holder and holder.tab == tab:
            holder.here = False
            self.waits(interview, now)

    def waits(self, interview: str, since: float | None) -> None:
        """Whoever waits in line was heard (`since` None), or has been silent since then."""
        for held in self._line:
            if held.interview == interview:
                held.away_since = since

    def called(self, interview: str) -> None:
        """The call that was let in has come."""
        self._calls[interview] = None

    def release(self, interview: str) -> None:
        """Its call is over for good, or goes on in writing."""
        self._calls.pop(interview, None)

    def forget(self, interview: str) -> None:
        """Nobody is left: neither room nor tab."""
        holder = self._holders.get(interview)
        if holder and not holder.here and interview not in self._calls:
            del self._holders[interview]

    def tick(self, now: float) -> tuple[list[str], dict[str, int]]:
        """Time has passed: the interviews that come in now, and whose place in line has changed."""
        for interview, since in list(self._calls.items()):
            if since is not None and now - since > SETTING_UP_SECONDS:
                self.release(interview)
        self._line = [h for h in self._line if h.away_since is None or now - h.away_since <= AWAY_SECONDS]
        admitted = []
        for held in [h for h in self._line if h.away_since is None][: self.free]:
            self._line.remove(held)
            self._calls[held.interview] = now
            admitted.append(held.interview)
        return admitted, self._moved()

    # --- inside ------------------------------------------------------------------------------------------------

    def _hold(self, interview: str, tab: str, take: bool) -> str | None:
        """Make the tab the holder; the tab it was taken from, "" for none, None if it may not be taken."""
        if not tab:
            return ""
        holder = self._holders.get(interview)
        other = holder is not None and holder.tab != tab
        if holder and other and holder.here and not take:
            return None
        self._holders[interview] = _Holder(tab)
        return holder.tab if holder and other else ""

    def _let_in(self, interview: str, now: float) -> bool:
        if interview in self._calls:
            return True
        ahead = [held for held in self._line if held.away_since is None and held.interview != interview]
        first = bool(self._line) and self._line[0].interview == interview
        if self.free == 0 or (ahead and not first):
            return False
        self._line = [held for held in self._line if held.interview != interview]
        self._calls[interview] = now
        return True

    def _wait(self, interview: str, returning: bool) -> Waits:
        for held in self._line:
            if held.interview == interview:
                held.away_since = None
                break
        else:
            begun = sum(held.returning for held in self._line)
            where = begun if returning else len(self._line)  # a begun interview goes before those not begun
            self._line.insert(where, _InLine(interview, returning, 0))
        place = next(n for n, held in enumerate(self._line, 1) if held.interview == interview)
        self._line[place - 1].place = place
        return Waits(place)

    def _moved(self) -> dict[str, int]:
        """New places of those who stand elsewhere in line than they were told."""
        moved = {}
        for place, held in enumerate(self._line, 1):
            if held.place != place:
                held.place = moved[held.interview] = place
        return moved
