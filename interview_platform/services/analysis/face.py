"""Conditions in front of the camera, from a series of readings: in frame, facing, light. No emotion, no score.

Readings are put together in windows; the aggregates of an interview are the means of its windows, weighted by the
pictures in them, so that a restart in the middle loses nothing that was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean, median

from interview_platform.ports import FaceReading

WINDOW_SECONDS = 15.0
FACING_YAW_DEGREES, FACING_PITCH_DEGREES = 20.0, 15.0
"""Head turned this far from the person's own usual direction still counts as turned to the screen."""
DIM, BRIGHT = 0.25, 0.85


def usual_direction(readings: Iterable[FaceReading]) -> tuple[float, float]:
    """The person's median yaw and pitch in degrees: cameras stand beside and above screens."""
    held = [(r.yaw_degrees, r.pitch_degrees) for r in readings]
    known = [(yaw, pitch) for yaw, pitch in held if yaw is not None and pitch is not None]
    if not known:
        return 0.0, 0.0
    return median(yaw for yaw, _ in known), median(pitch for _, pitch in known)


def window(readings: Sequence[FaceReading], usual: tuple[float, float]) -> dict[str, float]:
    """Measures of one window; `facing` only when a face was seen. `pictures` is how many there were."""
    if not readings:
        return {}
    seen = [r for r in readings if r.faces > 0]
    made = {
        "in_frame": len(seen) / len(readings),
        "several_faces": sum(r.faces > 1 for r in readings) / len(readings),
        "hands": sum(r.hands > 0 for r in readings) / len(readings),
        "light": fmean(r.brightness for r in readings),
        "pictures": float(len(readings)),
    }
    if seen:
        made["facing"] = sum(_faces(r, usual) for r in seen) / len(seen)
    return made


def _faces(reading: FaceReading, usual: tuple[float, float]) -> bool:
    if reading.yaw_degrees is None or reading.pitch_degrees is None:
        return False
    turned = abs(reading.yaw_degrees - usual[0]), abs(reading.pitch_degrees - usual[1])
    return turned[0] <= FACING_YAW_DEGREES and turned[1] <= FACING_PITCH_DEGREES


def aggregate(windows: Sequence[dict[str, float]]) -> dict[str, float]:
    """The whole interview: means of the windows, weighted by their pictures."""
    made = {"pictures": sum(w.get("pictures", 0.0) for w in windows)}
    for name in ("in_frame", "facing", "several_faces", "hands", "light"):
        held = [(w[name], w.get("pictures", 1.0)) for w in windows if name in w]
        if held:
            made[name] = sum(value * weight for value, weight in held) / sum(weight for _, weight in held)
    return made if len(made) > 1 else {}


def describe_light(value: float) -> str:
    """Words for the mean light."""
    return "dim" if value < DIM else "very bright" if value > BRIGHT else "good"
