"""Recordings made here, and what can be read from them: when a picture turns white, when a sound sets in."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from interview_platform.media.frames import TALK_FRAME, TALK_RATE, EncodedPicture
from interview_platform.media.recording import EncodedSound, Recorder, is_key
from interview_platform.media.recording_codecs import is_h264_key
from interview_platform.ports import Samples
from tests.media.people import tone

_VP8 = {"deadline": "realtime", "lag-in-frames": "0", "cpu-used": "-6"}
_H264 = {"preset": "ultrafast", "tune": "zerolatency"}


def pictures(
    length: float,
    flashes: tuple[float, ...] = (),
    rate: int = 25,
    size: tuple[int, int] = (160, 120),
    codec: str = "vp8",
) -> list[EncodedPicture]:
    """A dark film with white pictures for 0.2 s from each of these times on; one key frame, at its start."""
    encoder: Any = av.CodecContext.create({"vp8": "libvpx", "h264": "libx264"}[codec], "w")
    encoder.width, encoder.height, encoder.pix_fmt = *size, "yuv420p"
    encoder.bit_rate, encoder.time_base, encoder.gop_size = 200_000, Fraction(1, 1000), 3000
    encoder.options = _VP8 if codec == "vp8" else _H264
    found = []
    for number in range(round(length * rate)):
        at = number / rate
        light = 235 if any(start <= at < start + 0.2 for start in flashes) else 20
        frame = av.VideoFrame.from_ndarray(np.full((size[1], size[0], 3), light, dtype=np.uint8), format="rgb24")
        frame.pts, frame.time_base = round(at * 1000), Fraction(1, 1000)
        for packet in encoder.encode(frame):
            data = bytes(packet)
            key = is_key(data) if codec == "vp8" else is_h264_key(data)
            found.append(EncodedPicture(at, data, key, codec))
    return found


def voice(length: float, beeps: tuple[float, ...] = (), hertz: float = 300.0, start: float = 0.0) -> list[EncodedSound]:
    """A candidate's Opus packets, with beeps of 0.2 s; as a browser sends them."""
    sound = np.zeros(round(length * TALK_RATE), dtype=np.float32)
    for beep in beeps:
        first = round(beep * TALK_RATE)
        sound[first : first + TALK_RATE // 5] = tone(0.2, TALK_RATE, hertz)
    encoder: Any = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.bit_rate, encoder.format = TALK_RATE, "mono", 32_000, "s16"
    found = []
    for first in range(0, len(sound) - TALK_FRAME + 1, TALK_FRAME):
        pcm = (sound[first : first + TALK_FRAME] * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(pcm[None], format="s16", layout="mono")
        frame.sample_rate = TALK_RATE
        found += [EncodedSound(start + first / TALK_RATE, bytes(packet)) for packet in encoder.encode(frame)]
    return found


def record(
    path: Path,
    length: float,
    beeps: tuple[float, ...] = (),
    film: list[EncodedPicture] | None = None,
    heard: list[EncodedSound] | None = None,
) -> float:
    """A part of this length: the agent beeps for 0.2 s each; its seconds."""
    recorder = Recorder(path)
    play(recorder, length, beeps, film, heard)
    return recorder.close()


def play(
    recorder: Recorder,
    length: float,
    beeps: tuple[float, ...] = (),
    film: list[EncodedPicture] | None = None,
    heard: list[EncodedSound] | None = None,
) -> None:
    """Everything at its time, as fast as it goes."""
    pictures_left, sounds_left = list(film or []), list(heard or [])
    for step in range(round(length / 0.02)):
        now = step * 0.02
        while pictures_left and pictures_left[0].at_seconds <= now:
            recorder.picture(pictures_left.pop(0))
        while sounds_left and sounds_left[0].at_seconds <= now:
            recorder.candidate(sounds_left.pop(0))
        if any(beep <= now + 1e-9 < beep + 0.2 for beep in beeps):
            recorder.agent(now, tone(0.02, TALK_RATE))
        recorder.tick(now + 0.02)


def sound_of(path: Path, track: int = 0) -> Samples:
    """All of a sound track as a player has it that only counts samples."""
    with av.open(str(path)) as file:
        parts = [frame.to_ndarray().reshape(-1) for frame in file.decode(audio=track)]
    return np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, dtype=np.float32)


def _placed(frames: list[tuple[float, Any]]) -> Samples:
    sound = np.zeros(round((frames[-1][0] + 0.2) * TALK_RATE) if frames else 0, dtype=np.float32)
    for at, samples in frames:
        first = max(0, round(at * TALK_RATE))
        sound[first : first + len(samples)] = samples
    return sound


def loud_times(path: Path, track: int = 0) -> list[float]:
    """When the sound sets in."""
    with av.open(str(path)) as file:
        sound = _placed([(float(one.time or 0), one.to_ndarray().reshape(-1)) for one in file.decode(audio=track)])
    blocks = np.abs(sound[: len(sound) // 480 * 480]).reshape(-1, 480).max(axis=1)
    loud = blocks > 0.3 * blocks.max() if len(blocks) and blocks.max() > 0.001 else np.zeros(len(blocks), dtype=bool)
    return [float(index * 0.01) for index in np.flatnonzero(loud[1:] & ~loud[:-1]) + 1]


def bright_times(path: Path) -> list[float]:
    """When the picture turns white."""
    with av.open(str(path)) as file:
        seen = [(frame.time, frame.to_ndarray(format="gray").mean() > 128) for frame in file.decode(video=0)]
    return [float(at) for (at, bright), (_, before) in zip(seen[1:], seen, strict=False) if bright and not before]


def packets_of(path: Path, kind: str, track: int = 0) -> list[tuple[float, bytes]]:
    """(seconds, bytes) of a track."""
    with av.open(str(path)) as file:
        stream = [one for one in file.streams if one.type == kind][track]
        return [(float(p.pts * p.time_base), bytes(p)) for p in file.demux(stream) if p.pts is not None and p.size]
