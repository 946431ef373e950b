"""What recording costs. Prints JSON: CPU of a call's recorder, CPU of joining, size, what a kill loses.

    python -m benchmarks.recording [--minutes 30] [--parts 3] [--json OUT]

Pictures (of the size of VP8's, 25/s, 1 Mbit/s) and the candidate's Opus are made once, before the clock runs, and
played into the rooms' recorder as fast as it takes them; the agent speaks a quarter of the time. The parts are joined
as after an interview. For the kill, a process that records at the speed of life is ended with SIGKILL.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from interview_platform.media.frames import TALK_FRAME, TALK_RATE, EncodedPicture
from interview_platform.media.recording import EncodedSound, Recorder, join, seconds

LOOP_SECONDS = 8.0
KILL_AFTER_SECONDS = 9.0


def main() -> None:
    """Record, join, kill, print."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        if options.live:
            _live(options.live)
        report = _cost(Path(folder), options.minutes * 60, options.parts) | {"kill": _killed(Path(folder))}
    print(json.dumps(report, indent=2))
    if options.json:
        options.json.write_text(json.dumps(report))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--parts", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--live", type=Path, help=argparse.SUPPRESS)  # the process that is killed
    return parser.parse_args()


def _cost(folder: Path, length: float, parts: int) -> dict[str, Any]:
    film, voice = _film(), _voice()
    paths = [folder / f"part-{number:03d}.webm" for number in range(1, parts + 1)]
    began = time.process_time()
    for path in paths:
        recorder = Recorder(path)
        _play(recorder, length / parts, film, voice)
        recorder.close()
    recorded, began, wall = time.process_time() - began, time.process_time(), time.monotonic()
    joined = join(paths, folder / "whole.webm")
    return {
        "seconds": round(joined, 1),
        "recorder_cpu_percent": round(100 * recorded / length, 2),
        "join_cpu_s": round(time.process_time() - began, 1),
        "join_wall_s": round(time.monotonic() - wall, 1),
        "mb": round((folder / "whole.webm").stat().st_size / 1e6, 1),
    }


def _play(recorder: Recorder, length: float, film: list[EncodedPicture], voice: list[EncodedSound]) -> None:
    tone = (0.2 * np.sin(2 * np.pi * 200 * np.arange(TALK_FRAME) / TALK_RATE)).astype(np.float32)
    loop, shown, heard = 0.0, 0, 0
    for step in range(round(length * 50)):
        now = step * 0.02
        if now - loop >= LOOP_SECONDS:
            loop, shown, heard = loop + LOOP_SECONDS, 0, 0
        while shown < len(film) and loop + film[shown].at_seconds <= now:
            recorder.picture(replace(film[shown], at_seconds=loop + film[shown].at_seconds))
            shown += 1
        while heard < len(voice) and loop + voice[heard].at_seconds <= now:
            recorder.candidate(EncodedSound(loop + voice[heard].at_seconds, voice[heard].data))
            heard += 1
        if now % 60 < 15:
            recorder.agent(now, tone)
        recorder.tick(now + 0.02)


def _film() -> list[EncodedPicture]:
    """LOOP_SECONDS that begin with a real key frame; nothing that is measured looks into the others."""
    encoder: Any = av.CodecContext.create("libvpx", "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = 640, 480, "yuv420p", Fraction(1, 1000)
    frame = av.VideoFrame.from_ndarray(np.full((480, 640, 3), 90, dtype=np.uint8), format="rgb24")
    frame.pts = 0
    key = b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])
    delta = b"\x11" + np.random.default_rng(2).bytes(5_000)
    times = [number * 0.04 for number in range(round(LOOP_SECONDS * 25))]
    return [EncodedPicture(at, delta if at else key, not at) for at in times]


def _voice() -> list[EncodedSound]:
    """LOOP_SECONDS of noise that comes and goes."""
    encoder: Any = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.bit_rate, encoder.format = TALK_RATE, "mono", 32_000, "s16"
    rng, found = np.random.default_rng(3), []
    for number in range(round(LOOP_SECONDS * 50)):
        level = 3000 * (1 + np.sin(number / 9))
        frame = av.AudioFrame.from_ndarray(
            (rng.standard_normal((1, TALK_FRAME)) * level).astype(np.int16), format="s16", layout="mono"
        )
        frame.sample_rate = TALK_RATE
        found += [EncodedSound(number * 0.02, bytes(packet)) for packet in encoder.encode(frame)]
    return found


# --- the kill ----------------------------------------------------------------------------------------------------


def _live(path: Path) -> None:
    """Record at the speed of life, telling how far it is, until it is killed."""
    recorder, film, voice, silence = Recorder(path), _film(), _voice(), np.zeros(TALK_FRAME, dtype=np.float32)
    began = time.monotonic()
    while True:
        now = time.monotonic() - began
        while film and film[0].at_seconds <= now:
            recorder.picture(film.pop(0))
        while voice and voice[0].at_seconds <= now:
            recorder.candidate(voice.pop(0))
        recorder.agent(now, silence)
        print(round(now, 3), flush=True)
        time.sleep(0.02)


def _killed(folder: Path) -> dict[str, float]:
    """Seconds recorded when the process was killed, kept in its file, and lost."""
    path = folder / "killed.webm"
    command = [sys.executable, "-m", "benchmarks.recording", "--live", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        told = 0.0
        while told < KILL_AFTER_SECONDS:
            told = float(running.stdout.readline())
        os.kill(running.pid, signal.SIGKILL)
    kept = seconds(path)
    return {"recorded_s": round(told, 2), "kept_s": kept, "lost_s": round(told - kept, 2)}


if __name__ == "__main__":
    main()
