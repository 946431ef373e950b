"""Delivery measures by name: what people read beside the number. They describe; nothing here is ever scored.

A new analysis is a module with `measure(...) -> dict[str, float]` and its names in MEASURES. Which of them an
organisation uses is in switches.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, delete

from interview_platform.models import Signal


@dataclass(frozen=True)
class Measure:
    """One named measure. `meaning` says in plain words what was counted, `limits` what the number does not mean."""

    source: str  # face | voice | speech
    label: str
    unit: str  # at most 20 characters
    meaning: str
    limits: str = ""
    switchable: bool = True  # whether an organisation may turn this one off by itself


_SHARE = "share of pictures"
_MICROPHONE = "Depends on the microphone and the room as much as on the speaker."
_SCREEN = "Screens, notes and cameras stand in different places; where the eyes look is not measured."
_THINK = "People think in pauses."
_SPARSE = "Two pictures a second miss quick movements: read it as at least so much."

MEASURES: dict[str, Measure] = {
    "in_frame": Measure(
        "face", "Face in the picture", _SHARE, "How often a face was found.", "A bad angle or poor light hides one too."
    ),
    "framed": Measure(
        "face",
        "Well framed",
        _SHARE,
        "How often the face was neither cut off nor very small, and near the middle.",
        "Says how the camera stood, nothing about the person.",
    ),
    "several_faces": Measure(
        "face",
        "More than one face in the picture",
        _SHARE,
        "How often two or more faces were found.",
        "A poster or a passer-by counts too.",
    ),
    "light": Measure(
        "face",
        "Light",
        "0 dark to 1 bright",
        "How bright the pictures were on average.",
        "Of the whole picture, background included.",
    ),
    "facing": Measure(
        "face",
        "Head turned to the screen",
        _SHARE,
        "How often the head pointed where this person’s head usually points.",
        _SCREEN,
    ),
    "turned_away": Measure(
        "face",
        "Looking away",
        "times per minute",
        "How often the head was turned away for a second or longer.",
        f"Many people look away to think. {_SCREEN}",
    ),
    "head_turn": Measure(
        "face",
        "Head turned sideways",
        "degrees",
        "Average angle left or right of this person’s usual direction.",
        "An estimate from one camera, a few degrees off at best.",
    ),
    "head_lift": Measure(
        "face",
        "Head up or down",
        "degrees",
        "Average angle above or below this person’s usual direction.",
        "An estimate from one camera, a few degrees off at best.",
    ),
    "head_tilt": Measure(
        "face",
        "Head tilted",
        "degrees",
        "Average sideways tilt of the head.",
        "A laptop that stands askew tilts everybody.",
    ),
    "nods": Measure("face", "Nods", "times per minute", "How often the head went down and came up again.", _SPARSE),
    "hands": Measure(
        "face",
        "Hands in the picture",
        _SHARE,
        "How often a hand was seen.",
        "Many sit too close to the camera for their hands to show.",
    ),
    "gestures": Measure(
        "face",
        "Clear hand shapes",
        _SHARE,
        "How often a hand held the same clear shape (open, pointing, thumb) in two pictures in a row.",
        f"What a gesture means differs between people and cultures. {_SPARSE}",
    ),
    "pictures": Measure(
        "face", "Pictures looked at", "count", "How many pictures the other numbers rest on.", switchable=False
    ),
    "words_per_minute": Measure(
        "speech",
        "Speech rate",
        "words per minute",
        "Words of an answer by the time from its first to its last word.",
        "Pauses are counted in; no rate is better.",
    ),
    "pauses": Measure("speech", "Pauses over 0.7 s", "count", "Gaps between two words of an answer.", _THINK),
    "longest_pause": Measure("speech", "Longest pause", "s", "The longest gap between two words.", _THINK),
    "fillers": Measure(
        "speech",
        "Filler sounds heard",
        "count",
        "Sounds such as “um” and “uh” in the transcript.",
        "The transcript leaves most of them out: read it as at least so many.",
    ),
    "transcript_confidence": Measure(
        "speech",
        "Certainty of the transcript",
        "0 to 1",
        "How sure the speech-to-text was of its words.",
        "Low means: listen yourself.",
        switchable=False,
    ),
    "loudness": Measure("voice", "Loudness", "sone-like", "How loud the voice sounded on average.", _MICROPHONE),
    "pitch": Measure(
        "voice", "Mean pitch", "semitones", "How high the voice was, counted from 27.5 Hz.", "Voices differ by nature."
    ),
    "pitch_range": Measure(
        "voice",
        "Pitch range",
        "semitones",
        "How far the voice moved between low and high (the middle 60% of it).",
        "Languages and dialects differ in it.",
    ),
    "pitch_variation": Measure(
        "voice",
        "Variation of pitch",
        "of the mean",
        "How much the pitch spread around its mean.",
        "Languages and dialects differ in it.",
    ),
    "jitter": Measure(
        "voice",
        "Jitter",
        "share of a period",
        "How evenly the voice’s cycles followed each other.",
        f"A cold, age and compression of the call change it. {_MICROPHONE}",
    ),
    "voiced_rate": Measure("voice", "Voiced stretches", "per second", "Stretches with a tone in them.", _MICROPHONE),
    "background_noise": Measure(
        "voice",
        "Background noise",
        "dB below full",
        "How quiet it was where nothing was said: higher numbers are quieter.",
        "Browsers take much of the noise away before it is measured.",
    ),
    "clipping": Measure(
        "voice",
        "Clipped sound",
        "share of samples",
        "How much of the sound was cut off because it was too loud for the microphone.",
        "Says how the microphone was set, nothing about the person.",
    ),
}

SWITCHABLE = tuple(name for name, measure in MEASURES.items() if measure.switchable)
"""Measures with a switch of their own, in reading order."""


def label(name: str) -> str:
    """A measure's words for people."""
    return MEASURES[name].label if name in MEASURES else name.replace("_", " ").capitalize()


def meaning(name: str) -> str:
    """What was counted, in plain words; "" for a name that is not known any more."""
    return MEASURES[name].meaning if name in MEASURES else ""


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
