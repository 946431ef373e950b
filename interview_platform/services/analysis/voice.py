"""Acoustic measures of an answer: the few of eGeMAPS that a person can make sense of. No emotion is inferred."""

from __future__ import annotations

from collections.abc import Mapping

_TAKEN = {
    "loudness": "loudness_sma3_amean",
    "pitch": "F0semitoneFrom27.5Hz_sma3nz_amean",
    "pitch_variation": "F0semitoneFrom27.5Hz_sma3nz_stddevNorm",
    "voiced_rate": "VoicedSegmentsPerSec",
}


def measure(features: Mapping[str, float]) -> dict[str, float]:
    """Our names for the measures taken out of a VoiceReader's features; absent ones are left out."""
    return {ours: float(features[theirs]) for ours, theirs in _TAKEN.items() if theirs in features}
