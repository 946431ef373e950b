"""The sound of the made set: reading files, room tone, and pauses put into speech without a click."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from interview_platform.errors import BadInput
from interview_platform.ports import SPEECH_RATE, Samples

_STEP = SPEECH_RATE // 100
_TONE_LEVEL = 0.0015
"""About -56 dBFS: a quiet room and a laptop's microphone."""
_FAR_BELOW = 0.05
"""Room tone is at least 26 dB below a voice."""
_FADE = SPEECH_RATE // 100
_BEFORE_SECONDS, _BEHIND_SECONDS = 0.3, 0.2
"""How far from the guessed place a pause may be put."""


def read_sound(path: Path) -> Samples:
    """Any sound file, mono at SPEECH_RATE. Raises BadInput."""
    import av

    try:
        with av.open(str(path)) as file:
            resampler = av.AudioResampler(format="flt", layout="mono", rate=SPEECH_RATE)
            frames = [piece for frame in file.decode(audio=0) for piece in resampler.resample(frame)]
            frames += resampler.resample(None)
    except (av.error.FFmpegError, OSError, IndexError) as error:
        raise BadInput(f"The sound {path} cannot be read. Give a WAV, FLAC, Ogg or MP3 file.") from error
    parts = [frame.to_ndarray().ravel() for frame in frames]
    return np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, dtype=np.float32)


def loudness(sound: Samples) -> Samples:
    """RMS of each 10 ms."""
    whole = sound[: len(sound) // _STEP * _STEP].reshape(-1, _STEP)
    return np.sqrt((whole**2).mean(axis=1) + 1e-12).astype(np.float32)


def voiced_end(sound: Samples) -> float:
    """Where the voice ends, in seconds: the last 10 ms less than 32 dB below its loud parts."""
    levels = loudness(sound)
    if not len(levels):
        return 0.0
    voiced = np.flatnonzero(levels > max(_TONE_LEVEL * 2, 0.025 * float(np.percentile(levels, 95))))
    return float(voiced[-1] + 1) / 100 if len(voiced) else 0.0


def tightened(sound: Samples) -> Samples:
    """The sound without the silence around it."""
    levels = loudness(sound)
    voiced = np.flatnonzero(levels > 0.025 * float(np.percentile(levels, 95))) if len(levels) else np.zeros(0)
    return sound[int(voiced[0]) * _STEP : (int(voiced[-1]) + 1) * _STEP] if len(voiced) else sound


def room_tone(chance: random.Random, seconds: float, like: Samples | None = None) -> Samples:
    """The sound of a room in which nobody speaks; `like`: as loud and coloured as this recording's own silences."""
    noise = np.random.default_rng(chance.randrange(1 << 30)).standard_normal(round(seconds * SPEECH_RATE))
    level, model = _TONE_LEVEL * chance.uniform(0.4, 1.6), np.array([1.0, 0.6, 0.3])
    if like is not None and len(like) >= SPEECH_RATE:
        quiet = _quietest(like)
        loudest = _FAR_BELOW * float(np.percentile(loudness(like), 95))  # a recording without any silence
        level = min(max(float(np.sqrt((quiet**2).mean())), 1e-4), max(loudest, 1e-4))
        model = np.fft.irfft(np.abs(np.fft.rfft(quiet[:512])), 512)
    coloured = np.convolve(noise, model, mode="same")
    return (coloured * level / np.sqrt((coloured**2).mean())).astype(np.float32)


def _quietest(sound: Samples) -> Samples:
    """The quietest 80 ms of a recording."""
    levels = loudness(sound)
    means = np.convolve(levels, np.ones(8) / 8, mode="valid")
    at = int(np.argmin(means)) * _STEP
    return sound[at : at + 8 * _STEP]


def lengthened(sound: Samples, guess: float, seconds: float, after: float = 0.0) -> tuple[Samples, tuple[float, float]]:
    """The sound with a silence of `seconds` at its quietest place near `guess`, and where that silence now lies.

    Never before `after` seconds.
    """
    levels = loudness(sound)
    soft = np.convolve(levels, np.ones(3) / 3, mode="same")
    first = max(5, round(after * 100) + 5, round((guess - _BEFORE_SECONDS) * 100))
    last = min(len(levels) - 5, round((guess + _BEHIND_SECONDS) * 100))
    if last <= first:
        first, last = min(round(after * 100), len(levels) - 1), len(levels)
    at = (first + int(np.argmin(soft[first:last]))) * _STEP
    before, after = sound[:at].copy(), sound[at:].copy()
    fade = np.linspace(1.0, 0.0, min(_FADE, len(before), len(after)), dtype=np.float32)
    if len(fade):
        before[-len(fade) :] *= fade
        after[: len(fade)] *= fade[::-1]
    gap = np.zeros(round(seconds * SPEECH_RATE), dtype=np.float32)
    return np.concatenate([before, gap, after]), (at / SPEECH_RATE, at / SPEECH_RATE + seconds)
