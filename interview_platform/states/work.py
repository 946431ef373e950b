"""Settings → Work: background work, taken up again or cancelled."""

import asyncio
from dataclasses import dataclass

from interview_platform.errors import ServiceUnavailable
from interview_platform.services import work_list
from interview_platform.services.work_list import Entry
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import moment
from interview_platform.wiring import platform

WORDS = {
    "failed": ("Failed", "danger"),
    "running": ("Running", "good"),
    "waiting": ("Waiting", ""),
    "cancelled": ("Cancelled", ""),
}
LOOK_SECONDS = 2.0
MOST_LOOKS = 900
"""A page that stays open longer is loaded again by hand."""


@dataclass
class WorkLine:
    """One piece of work; `stopped`: it can be taken up, else cancelled."""

    key: str
    kind: str
    about: str
    href: str
    state: str
    tone: str
    note: str
    when: str
    stopped: bool


class WorkState(RecruiterState):
    """The page."""

    ready: bool = False
    problem: str = ""
    lines: list[WorkLine] = []

    @recruiter_event
    def load(self):
        """Read the list; while something goes on, look again."""
        self.ready = True
        try:
            self._read()
        except ServiceUnavailable as error:
            self.problem = str(error)
            return None
        self.problem = ""
        return WorkState.watch

    @recruiter_event
    def retry(self, key: str):
        """Take up what stopped."""
        return self._does(work_list.retry, key)

    @recruiter_event
    def cancel(self, key: str):
        """Stop after the step at hand."""
        return self._does(work_list.cancel, key)

    @recruiter_event(background=True)
    async def watch(self):
        """Until nothing runs or waits any more."""
        for _ in range(MOST_LOOKS):
            async with self:
                self._read()
                if all(line.stopped for line in self.lines):
                    return
            await asyncio.sleep(LOOK_SECONDS)

    # --- not handlers ------------------------------------------------------------------------------------------

    def _does(self, act, key):  # type: ignore[no-untyped-def]
        held = platform()
        with held.db() as db:
            act(db, self._actor(), held.work, key)
        self._read()
        return WorkState.watch

    def _read(self) -> None:
        held = platform()
        with held.db() as db:
            self.lines = [_line(one) for one in work_list.listing(db, self._actor(), held.work)]


def _line(one: Entry) -> WorkLine:
    word, tone = WORDS[one.state]
    note = one.cause or f"{one.done}."
    stopped = one.state in ("failed", "cancelled")
    return WorkLine(one.id, one.kind, one.about, one.href, word, tone, note, moment(one.changed_at), stopped)
