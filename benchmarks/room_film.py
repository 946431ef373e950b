"""The film that benchmarks.rooms sends: somebody who talks for half of it, before a picture that moves."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import soxr

from interview_platform.ports import Samples, Voice

FILM_SECONDS, TALKS_SECONDS = 24.0, 13.0
_TALK = (
    "I worked on the booking system for three years. It had a web front, a queue and twelve workers. "
    "Bookings came in bursts, so the queue was the heart of it. We measured everything, and I fixed most of it myself."
)


def make_film(path: Path, voice: Voice) -> None:
    """Somebody who talks for TALKS_SECONDS of FILM_SECONDS, before a picture that moves."""
    sound = _talk(voice)
    with av.open(str(path), "w", format="webm") as file:
        picture: Any = file.add_stream("libvpx", rate=15)
        picture.width, picture.height, picture.pix_fmt, picture.bit_rate = 640, 480, "yuv420p", 500_000
        picture.options = {"deadline": "realtime", "cpu-used": "8", "g": "30", "lag-in-frames": "0"}
        track: Any = file.add_stream("libopus", rate=48_000, layout="mono")
        track.bit_rate = 32_000
        backdrop = np.random.default_rng(1).integers(60, 190, (60, 80, 3)).repeat(8, 0).repeat(8, 1).astype(np.uint8)
        for number in range(round(FILM_SECONDS * 15)):
            frame = av.VideoFrame.from_ndarray(_picture(backdrop, number), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 15)
            file.mux(picture.encode(frame))
        for start in range(0, len(sound), 960):
            pcm = (sound[start : start + 960] * 32767).astype(np.int16)
            heard = av.AudioFrame.from_ndarray(pcm[None], format="s16", layout="mono")
            heard.sample_rate, heard.pts, heard.time_base = 48_000, start, Fraction(1, 48_000)
            file.mux(track.encode(heard))
        file.mux(picture.encode(None))
        file.mux(track.encode(None))


def _picture(backdrop: Any, number: int) -> Any:
    """A head of sorts that nods and sways before a still room."""
    picture = backdrop.copy()
    x, y = round(320 + 40 * np.sin(number / 9)), round(230 + 12 * np.sin(number / 4))
    picture[y - 110 : y + 110, x - 80 : x + 80] = (205, 170, 145)
    picture[y + 50 : y + 58 + number % 3 * 8, x - 30 : x + 30] = (120, 50, 50)
    return picture


def _talk(voice: Voice) -> Samples:
    said = np.concatenate(list(voice.speak(_TALK)))
    said = soxr.resample(said, voice.rate, 48_000)[: round(TALKS_SECONDS * 48_000)].astype(np.float32)
    return np.pad(said, (4_800, round(FILM_SECONDS * 48_000) - 4_800 - len(said)))
