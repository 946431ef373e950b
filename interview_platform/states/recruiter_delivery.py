"""The report's timeline of delivery: each measure over the interview, where the questions began, what it means."""

from dataclasses import dataclass, field

from interview_platform.services.analysis import signals, timeline
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.wiring import platform

SOURCES = (("face", "Picture"), ("speech", "Speech"), ("voice", "Voice"))
"""Where measures come from, in the order of the tabs."""


@dataclass
class Lane:
    """One measure over time."""

    name: str
    source: str
    label: str
    unit: str
    meaning: str
    limits: str
    points: list[dict[str, float]] = field(default_factory=list)


class DeliveryState(RecruiterState):
    """What the timeline shows. One source at a time."""

    source: str = ""
    sources: list[tuple[str, str]] = []  # those that were measured
    lanes: list[Lane] = []  # of `source`
    marks: list[dict[str, str | float]] = []
    seconds: float = 0.0

    @recruiter_event
    def load(self):
        """Read the interview of the address."""
        self._read()

    @recruiter_event
    def pick(self, source: str):
        """Another source's measures."""
        self.source = source
        self._read()

    def _read(self) -> None:
        with platform().db() as db:
            held = timeline.of(db, self._actor(), self._in_path("interview_id"))
        found = [_lane(one) for one in held.series]
        self.sources = [(key, words) for key, words in SOURCES if any(lane.source == key for lane in found)]
        if self.source not in [key for key, _ in self.sources]:
            self.source = self.sources[0][0] if self.sources else ""
        self.lanes = [lane for lane in found if lane.source == self.source]
        self.marks = [{"at": at, "label": f"Q{number}"} for at, number in held.marks]
        self.seconds = held.seconds


def _lane(held: timeline.Series) -> Lane:
    """A series in words; shares become per cent."""
    of = held.unit.removeprefix("share of ")
    times = 1 if of == held.unit else 100
    return Lane(
        name=held.name,
        source=held.source,
        label=signals.label(held.name),
        unit=held.unit if times == 1 else f"% of {of}",
        meaning=signals.meaning(held.name),
        limits=held.note,
        points=[{"at": round(at, 2), "value": round(value * times, 3)} for at, value in held.points],
    )
