"""Conditions in front of the camera, from a series of readings: in frame, facing, light. No emotion, no score.

Readings are put together in windows; the aggregates of an interview are the means of its windows, weighted by the
pictures in them, so that a restart in the middle loses nothing that was written. All rates are per minute watched.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import fmean, median

from interview_platform.ports import FaceReading

WINDOW_SECONDS = 15.0
FACING_YAW_DEGREES, FACING_PITCH_DEGREES = 20.0, 15.0
"""Head turned this far from the person's own usual direction still counts as turned to the screen."""
DIM, BRIGHT = 0.25, 0.85
FRAMED_SIZE = (0.15, 0.75)
"""Height of a well framed face over the picture's."""
FRAMED_MIDDLE = 0.25
"""How far a well framed face's centre may be from the picture's, of its width and height."""
NOD_DEGREES = 6.0
NOD_SECONDS = 2.0
AWAY_PICTURES = 2
"""Pictures in a row with the head turned away that count as looking away: about a second."""
GAP_SECONDS = 1.5
"""Pictures further apart do not follow each other."""
HANDS = frozenset({"hands", "gestures"})
"""Measures for which hands are looked for at all."""


@dataclass(frozen=True)
class Seen:
    """One reading and when it was taken, in seconds on the interview's timeline."""

    at_seconds: float
    reading: FaceReading


Usual = tuple[float, float]
Numbers = Callable[[Sequence[Seen], Usual], float | None]


def usual_direction(readings: Iterable[FaceReading]) -> Usual:
    """The person's median yaw and pitch in degrees: cameras stand beside and above screens."""
    held = [(r.yaw_degrees, r.pitch_degrees) for r in readings]
    known = [(yaw, pitch) for yaw, pitch in held if yaw is not None and pitch is not None]
    if not known:
        return 0.0, 0.0
    return median(yaw for yaw, _ in known), median(pitch for _, pitch in known)


def window(seen: Sequence[Seen], usual: Usual, wanted: Collection[str]) -> dict[str, float]:
    """The wanted measures of one window, each where it could be told; `pictures` is how many there were.

    `usual` is the person's usual direction, for the measures of the head.
    """
    if not seen:
        return {}
    told = {name: numbers(seen, usual) for name, numbers in _MEASURES.items() if name in wanted}
    return {name: value for name, value in told.items() if value is not None} | {"pictures": float(len(seen))}


def aggregate(windows: Sequence[dict[str, float]]) -> dict[str, float]:
    """The whole interview: means of the windows, weighted by their pictures."""
    made = {"pictures": sum(w.get("pictures", 0.0) for w in windows)}
    for name in _MEASURES:
        held = [(w[name], w.get("pictures", 1.0)) for w in windows if name in w]
        if held:
            made[name] = sum(value * weight for value, weight in held) / sum(weight for _, weight in held)
    return made if len(made) > 1 else {}


def describe_light(value: float) -> str:
    """Words for the mean light."""
    return "dim" if value < DIM else "very bright" if value > BRIGHT else "good"


# --- each measure ------------------------------------------------------------------------------------------------


def _share(holds: Callable[[FaceReading], bool], of_faces: bool = False) -> Numbers:
    """How many of the pictures (of those with a face) it holds for; None without any."""

    def share(seen: Sequence[Seen], _: Usual) -> float | None:
        held = [s.reading for s in seen if s.reading.faces > 0 or not of_faces]
        return sum(map(holds, held)) / len(held) if held else None

    return share


def _framed(reading: FaceReading) -> bool:
    if reading.size is None or reading.centre_x is None or reading.centre_y is None:
        return False
    off = max(abs(reading.centre_x - 0.5), abs(reading.centre_y - 0.5))
    return FRAMED_SIZE[0] <= reading.size <= FRAMED_SIZE[1] and off <= FRAMED_MIDDLE


def _faces(reading: FaceReading, usual: Usual) -> bool:
    if reading.yaw_degrees is None or reading.pitch_degrees is None:
        return False
    turned = abs(reading.yaw_degrees - usual[0]), abs(reading.pitch_degrees - usual[1])
    return turned[0] <= FACING_YAW_DEGREES and turned[1] <= FACING_PITCH_DEGREES


def _facing(seen: Sequence[Seen], usual: Usual) -> float | None:
    return _share(lambda reading: _faces(reading, usual), of_faces=True)(seen, usual)


def _turned_away(seen: Sequence[Seen], usual: Usual) -> float | None:
    if not any(s.reading.faces for s in seen):
        return None
    count = 0
    for stretch in _stretches([s for s in seen if s.reading.faces]):
        runs = groupby(stretch, lambda s: _faces(s.reading, usual))
        count += sum(not facing and len(list(run)) >= AWAY_PICTURES for facing, run in runs)
    return _per_minute(count, seen)


def _angle(of: Callable[[FaceReading], float | None], place: int | None) -> Numbers:
    """Mean angle off the usual one (`place` in Usual), or off upright."""

    def angle(seen: Sequence[Seen], usual: Usual) -> float | None:
        start = 0.0 if place is None else usual[place]
        held = [abs(degrees - start) for s in seen if (degrees := of(s.reading)) is not None]
        return fmean(held) if held else None

    return angle


def _nods(seen: Sequence[Seen], _: Usual) -> float | None:
    """Down by NOD_DEGREES and most of the way back within NOD_SECONDS; pitch is positive with the nose down."""
    if not any(s.reading.pitch_degrees is not None for s in seen):
        return None
    return _per_minute(sum(_nods_in(stretch) for stretch in _stretches(seen)), seen)


def _nods_in(stretch: Sequence[Seen]) -> int:
    known = [(s.at_seconds, s.reading.pitch_degrees) for s in stretch if s.reading.pitch_degrees is not None]
    count, start = 0, 0
    for place, (at, low) in enumerate(known):
        before = [pitch for when, pitch in known[start:place] if at - when <= NOD_SECONDS]
        after = [pitch for when, pitch in known[place + 1 :] if when - at <= NOD_SECONDS]
        down = low - min(before, default=low)
        if down >= NOD_DEGREES and after and low - min(after) >= 0.6 * down and low >= max(after[:1], default=low):
            count, start = count + 1, place + 1
    return count


def _gestures(seen: Sequence[Seen], _: Usual) -> float | None:
    held = 0
    for stretch in _stretches(seen):
        held += sum(bool(set(a.reading.shapes) & set(b.reading.shapes)) for a, b in pairwise(stretch))
    return held / len(seen)


def _light(seen: Sequence[Seen], _: Usual) -> float | None:
    return fmean(s.reading.brightness for s in seen)


_MEASURES: dict[str, Numbers] = {
    "in_frame": _share(lambda reading: reading.faces > 0),
    "framed": _share(_framed, of_faces=True),
    "several_faces": _share(lambda reading: reading.faces > 1),
    "light": _light,
    "facing": _facing,
    "turned_away": _turned_away,
    "head_turn": _angle(lambda reading: reading.yaw_degrees, 0),
    "head_lift": _angle(lambda reading: reading.pitch_degrees, 1),
    "head_tilt": _angle(lambda reading: reading.roll_degrees, None),
    "nods": _nods,
    "hands": _share(lambda reading: reading.hands > 0),
    "gestures": _gestures,
}


def _stretches(seen: Sequence[Seen]) -> Iterator[Sequence[Seen]]:
    """Pictures that follow each other without a gap."""
    start = 0
    for place, (before, after) in enumerate(pairwise(seen), start=1):
        if after.at_seconds - before.at_seconds > GAP_SECONDS:
            yield seen[start:place]
            start = place
    yield seen[start:]


def _per_minute(count: int, seen: Sequence[Seen]) -> float:
    watched = sum(stretch[-1].at_seconds - stretch[0].at_seconds + 0.5 for stretch in _stretches(seen) if stretch)
    return count * 60 / watched if watched else 0.0
