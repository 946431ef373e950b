"""How many calls one worker holds. Prints JSON: processor per call, sound's gaps, the loop's lag, memory, a leak test.

    python -m benchmarks.rooms [--calls 10] [--seconds 60] [--cores 1] [--joins 200] [--film WEBM] [--vision]
                               [--json OUT]

Real VP8 and Opus (a film made here: 640×480, 15 pictures a second, 500 kbit/s, somebody who answers and is silent in
turn; or `--film`) are sent by callers in another process into real rooms with the real models and a canned
conversation. `--cores 1` holds the rooms to one core and the callers to the others. `--vision` has two pictures a
second looked at. Then `--joins` calls come and go one after the other, and the memory they leave is counted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.room_film import make_film
from interview_platform.media.rooms import RoomParts, Rooms
from interview_platform.ports import Picture

GAP_SECONDS = 0.1


@dataclass(frozen=True)
class Line:
    """An utterance of the canned conversation."""

    text: str
    turn_id: str
    kind: str = "core"
    number: int = 1
    total: int = 99
    expects_answer: bool = True
    final: bool = False

    @property
    def question_text(self) -> str:
        """What is open."""
        return self.text


@dataclass
class Canned:
    """Asks another question after whatever was said; never the same words, so that no voice is kept from before."""

    name: str
    asked: int = 0
    last_answer_turn_id: str | None = None
    said: list[str] = field(default_factory=list)

    def open(self, at_seconds: float) -> list[Line]:
        """The next question; so do all the others."""
        self.asked += 1
        text = f"Question {self.asked} for {self.name}: what was the hardest part of that work, and what came of it?"
        return [Line(text, f"{self.name}-{self.asked}")]

    def answer(self, text: str, started_seconds: float, ended_seconds: float, kind: str = "answer") -> list[Line]:
        """As open, the words kept."""
        self.said.append(text)
        return self.open(ended_seconds)

    skip = repeat = moment = open

    def end(self, at_seconds: float, by: str) -> list[Line]:
        """Nothing is said."""
        return []

    def spoken(self, turn_id: str, started_seconds: float, ended_seconds: float) -> None:
        """Nothing is kept."""


class CallersProcess:
    """The callers' process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, film: Path, cores: set[int]) -> CallersProcess:
        """On the given cores."""
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", "benchmarks.room_callers", str(film))
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, limit=1 << 26)
        os.sched_setaffinity(process.pid, cores)
        return cls(process)

    async def ask(self, **what: Any) -> dict[str, Any]:
        """Send, and wait for the line that comes back."""
        self.send(**what)
        assert self._process.stdout
        return dict(json.loads(await self._process.stdout.readline()))

    def send(self, **what: Any) -> None:
        """Send only."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(what).encode() + b"\n")

    async def close(self) -> None:
        """No more calls."""
        assert self._process.stdin
        self._process.stdin.close()
        await self._process.wait()


class Eyes:
    """Looks at pictures in a process of its own, one at a time; what comes meanwhile is left out, as in the product."""

    def __init__(self) -> None:
        from interview_platform.adapters.mediapipe_face import MediapipeFaceProcess
        from interview_platform.cli.models import store

        self._reader = MediapipeFaceProcess(store().path("face-landmarker"), store().path("hand-landmarker"))
        self.looked = 0

    def look(self, _interview: str, _at: float, picture: Picture) -> None:
        """One picture."""
        self._reader.read(picture)
        self.looked += 1

    def close(self) -> None:
        """End the process."""
        self._reader.close()


def models(folder: Path, eyes: Eyes | None) -> RoomParts:
    """Rooms with the product's models. Raises ModelMissing."""
    from interview_platform.adapters.hibari import HibariVoice
    from interview_platform.adapters.moonshine import MoonshineTranscriber
    from interview_platform.adapters.silero import SileroDetector
    from interview_platform.adapters.smart_turn import SmartTurn
    from interview_platform.cli.models import store

    held = store()
    vad = held.path("silero-vad")
    return RoomParts(
        speech_detector=lambda: SileroDetector(vad),
        transcriber=MoonshineTranscriber(held.path("moonshine-tiny-en")),
        turn_model=SmartTurn(held.path("smart-turn")),
        voice=HibariVoice(held.path("hibari")),
        conversation=Canned,
        record_dir=folder,
        **({"on_face_frame": eyes.look} if eyes else {}),  # type: ignore[arg-type]
    )


async def lag(seconds: float) -> list[float]:
    """How late the loop it runs on is, in milliseconds, a hundred times a second."""
    late, until = [], time.monotonic() + seconds
    while (now := time.monotonic()) < until:
        await asyncio.sleep(0.01)
        late.append((time.monotonic() - now - 0.01) * 1000)
    return late


async def hold(rooms: Rooms, callers: CallersProcess, calls: int, seconds: float) -> dict[str, Any]:
    """`calls` at once for so long."""
    before = memory_mb()
    names = [f"call {number}" for number in range(1, calls + 1)]
    for name in names:
        made = await callers.ask(call=name)
        callers.send(call=name, answer=await rooms.offer(name, **made["offer"]))
    await asyncio.sleep(5.0)  # greetings, first models
    began, cpu = time.monotonic(), time.process_time()
    late = await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(lag(seconds), rooms._loop))
    took, used = time.monotonic() - began, time.process_time() - cpu
    held = memory_mb()
    heard = (await callers.ask(report=True))["heard"]
    times = {name: [at for at in heard[name] if began <= at <= began + took] for name in names}
    for name in names:
        await callers.ask(hang_up=name)
    await asyncio.sleep(8.0)  # rooms notice after a few seconds
    return {
        "calls": calls,
        "seconds": round(took, 1),
        "cores_per_call": round(used / took / calls, 4),
        "cores": round(used / took, 3),
        "sound_packets_per_second": {name: round(len(at) / took, 2) for name, at in times.items()},
        **_gaps(times),
        "loop_lag_p99_ms": round(float(np.percentile(late, 99)), 1),
        "memory_mb": {"before": before, "with_calls": held, "after": memory_mb()},
        "memory_per_call_mb": round((held - before) / calls, 1),
    }


def _gaps(times: dict[str, list[float]]) -> dict[str, Any]:
    gaps = [float(gap) for at in times.values() for gap in np.diff(at)]
    over = [gap for gap in gaps if gap > GAP_SECONDS]
    return {"gaps_over_100_ms": len(over), "longest_gap_ms": round(1000 * max(gaps, default=0.0), 1)}


async def come_and_go(rooms: Rooms, callers: CallersProcess, joins: int) -> dict[str, Any]:
    """One short call after the other, each an interview of its own; memory on the way."""
    marks = []
    for number in range(1, joins + 1):
        name = f"join {number}"
        made = await callers.ask(call=name)
        callers.send(call=name, answer=await rooms.offer(name, **made["offer"]))
        await asyncio.sleep(0.6)
        await callers.ask(hang_up=name)
        if number in {joins // 4, joins // 2, joins}:
            await asyncio.sleep(8.0)
            marks.append({"joins": number, "memory_mb": memory_mb(), "rooms": len(rooms.live())})
    late = marks[-1]["memory_mb"] - marks[0]["memory_mb"]
    return {"joins": joins, "marks": marks, "kb_per_join": round(1024 * late / (joins - joins // 4), 1)}


def memory_mb() -> float:
    """Resident memory of this process."""
    import gc

    gc.collect()
    words = Path("/proc/self/statm").read_text().split()
    return round(int(words[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


async def measure(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The film, the rooms, the calls. Raises ModelMissing."""
    cores = sorted(os.sched_getaffinity(0))
    own = set(cores[: given.cores]) if given.cores else set(cores)
    eyes = Eyes() if given.vision else None
    parts = models(folder / "recordings", eyes)
    film = given.film or folder / "film.webm"
    if given.film is None:
        make_film(film, parts.voice)
    os.sched_setaffinity(0, own)
    callers = await CallersProcess.start(film, set(cores) - own or own)
    rooms = Rooms(parts, rejoin_seconds=1.0, calls=max(given.calls, 4) + 4)
    try:
        found: dict[str, Any] = {"cores_used": len(own), "vision": bool(eyes)}
        found["held"] = await hold(rooms, callers, given.calls, given.seconds)
        if given.joins:
            found["joined"] = await come_and_go(rooms, callers, given.joins)
        return found
    finally:
        await callers.close()
        await asyncio.to_thread(rooms.close)
        if eyes:
            eyes.close()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--cores", type=int, default=0, help="cores for the rooms (0: all)")
    parser.add_argument("--joins", type=int, default=0, help="calls that come and go afterwards")
    parser.add_argument("--film", type=Path, help="a WebM of VP8 and Opus to send")
    parser.add_argument("--vision", action="store_true", help="have two pictures a second looked at")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rooms-") as folder:
        report = asyncio.run(measure(given, Path(folder)))
    print(json.dumps(report, indent=2))
    if given.json:
        given.json.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
