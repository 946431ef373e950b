"""The settings' switches for single measures: what each means, what it does not, and whether it is computed."""

from dataclasses import dataclass

from interview_platform.services.analysis import switches
from interview_platform.services.analysis.signals import MEASURES, SWITCHABLE
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_delivery import SOURCES
from interview_platform.wiring import platform


@dataclass
class SwitchLine:
    """One measure and its switch. `group` is said above the first of each source, "" above the others."""

    name: str
    group: str
    label: str
    about: str
    on: bool


class MeasuresState(RecruiterState):
    """What the switches show."""

    lines: list[SwitchLine] = []
    used: str = ""  # "22 of 24 are on"

    @recruiter_event
    def load(self):
        """Read the organisation's switches."""
        with platform().db() as db:
            self._show(switches.off(db, self._actor()))

    @recruiter_event
    def flip(self, name: str):
        """Turn one measure on or off, for interviews from now on."""
        with platform().db() as db:
            on = name in switches.off(db, self._actor())
            self._show(switches.turn(db, self._actor(), name, on))

    def _show(self, off: list[str]) -> None:
        self.lines = [_line(name, words, off) for source, words in SOURCES for name in _of(source)]
        self.used = f"{len(SWITCHABLE) - len(off)} of {len(SWITCHABLE)} are on"


def _of(source: str) -> list[str]:
    return [name for name in SWITCHABLE if MEASURES[name].source == source]


def _line(name: str, group: str, off: list[str]) -> SwitchLine:
    held = MEASURES[name]
    first = _of(held.source)[0] == name
    return SwitchLine(name, group if first else "", held.label, f"{held.meaning} {held.limits}", name not in off)
