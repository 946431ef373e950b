"""Acoustic measures of an answer: the few of eGeMAPS that a person can make sense of. No emotion is inferred."""

from __future__ import annotations

from collections.abc import Collection, Mapping

_TAKEN = {
    "loudness": "loudness_sma3_amean",
    "pitch": "F0semitoneFrom27.5Hz_sma3nz_amean",
    "pitch_range": "F0semitoneFrom27.5Hz_sma3nz_pctlrange0-2",
    "pitch_variation": "F0semitoneFrom27.5Hz_sma3nz_stddevNorm",
    "jitter": "jitterLocal_sma3nz_amean",
    "voiced_rate": "VoicedSegmentsPerSec",
}
NAMES = frozenset(_TAKEN)
"""Measures for which a VoiceReader is asked at all."""


def measure(features: Mapping[str, float], wanted: Collection[str]) -> dict[str, float]:
    """Our names for the wanted measures among a VoiceReader's features; absent ones are left out."""
    return {ours: float(features[theirs]) for ours, theirs in _TAKEN.items() if theirs in features and ours in wanted}
