"""Delivery measures by name: what people read beside the number. They describe; nothing here is ever scored.

A new analysis is a module with `measure(...) -> dict[str, float]` and its names in MEASURES.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, delete

from interview_platform.models import Signal


@dataclass(frozen=True)
class Measure:
    """One named measure. `limits` says what the number does not mean."""

    source: str  # face | voice | speech
    label: str
    unit: str
    limits: str = ""


_SHARE = "share of pictures"
_MICROPHONE = "Depends on the microphone and the room as much as on the speaker."

MEASURES: dict[str, Measure] = {
    "in_frame": Measure("face", "Face in the picture", _SHARE, "A bad angle or poor light also hides a face."),
    "facing": Measure(
        "face", "Head turned to the screen", _SHARE, "The head's direction only; where the eyes look is not measured."
    ),
    "several_faces": Measure(
        "face", "More than one face in the picture", _SHARE, "A poster or a passer-by counts too."
    ),
    "hands": Measure(
        "face", "Hands in the picture", _SHARE, "Many sit too close to the camera for their hands to show."
    ),
    "light": Measure("face", "Light", "0 dark to 1 bright", "Of the whole picture, background included."),
    "pictures": Measure("face", "Pictures looked at", "count"),
    "words_per_minute": Measure(
        "speech", "Speech rate", "words per minute", "Pauses are counted in; no rate is better."
    ),
    "pauses": Measure("speech", "Pauses over 0.7 s", "count", "People think in pauses."),
    "longest_pause": Measure("speech", "Longest pause", "s", "People think in pauses."),
    "fillers": Measure(
        "speech", "Filler sounds heard", "count", "The transcript leaves most of them out: read it as at least so many."
    ),
    "transcript_confidence": Measure("speech", "Certainty of the transcript", "0 to 1", "Low means: listen yourself."),
    "loudness": Measure("voice", "Loudness", "sone-like", _MICROPHONE),
    "pitch": Measure("voice", "Mean pitch", "semitones over 27.5 Hz", "Voices differ by nature."),
    "pitch_variation": Measure("voice", "Variation of pitch", "of the mean", "Languages and dialects differ in it."),
    "voiced_rate": Measure("voice", "Voiced stretches", "per second", _MICROPHONE),
}


def label(name: str) -> str:
    """A measure's words for people."""
    return MEASURES[name].label if name in MEASURES else name.replace("_", " ").capitalize()


def rows(
    interview_id: str,
    values: Mapping[str, float],
    *,
    turn_id: str | None = None,
    at_seconds: float | None = None,
    note: str = "",
) -> list[Signal]:
    """Signal rows of known measures. Raises KeyError for a name that is not in MEASURES."""
    return [
        Signal(
            interview_id=interview_id,
            turn_id=turn_id,
            source=MEASURES[name].source,
            name=name,
            value=round(float(value), 4),
            unit=MEASURES[name].unit,
            at_seconds=at_seconds,
            note=note or MEASURES[name].limits,
        )
        for name, value in values.items()
    ]


def replace_for_turn(db: Session, interview_id: str, turn_id: str, values: Mapping[str, float]) -> None:
    """Write a turn's measures in place of those it had from the same sources."""
    sources = {MEASURES[name].source for name in values}
    db.exec(delete(Signal).where(col(Signal.turn_id) == turn_id, col(Signal.source).in_(sources)))
    db.add_all(rows(interview_id, values, turn_id=turn_id))
