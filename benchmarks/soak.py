"""A day's coming and going in minutes: does anything grow? Prints JSON of memory, tasks, threads and files.

    python -m benchmarks.soak [--rounds 40] [--calls 2] [--turns 20] [--pages 10] [--json OUT]

A round is: calls over real WebRTC that come and go, one interview in writing of many turns, and people who sign in,
look, are refused and sign out at the product's own routes and guard. The models are the tests' predictable ones: what
is looked for is what stays behind, not speed. Marks are taken after a quarter (everything is loaded by then), a half
and at the end; `grown` is the end less the quarter.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

SETTLE_SECONDS = 3.0
PASSWORD = "soak soak soak soak"
HERE = {"origin": "http://testserver"}


class Day:
    """The rooms and routes on an empty folder."""

    def __init__(self, folder: Path) -> None:
        from starlette.testclient import TestClient

        from interview_platform import api
        from interview_platform.api_shield import Shield
        from interview_platform.wiring import platform
        from tests.media.house import House

        self.folder, self.held = folder, platform()
        self._people()
        self.house = House(folder / "live", rejoin_seconds=0.2)
        self.house.rooms._parts.__dict__["conversation"] = lambda _: self._conversation()
        self.client = TestClient(
            Shield(api.build(), 1_000_000, may_upload=api.may_upload), follow_redirects=False
        ).__enter__()
        self.done = {"calls": 0, "turns": 0, "sign_ins": 0, "requests": 0}

    def _people(self) -> None:
        from sqlmodel import SQLModel

        from interview_platform.models import Organisation
        from interview_platform.services import accounts

        SQLModel.metadata.create_all(self.held.engine)
        with self.held.db() as db:
            employer = Organisation(name="Soak")
            db.add(employer)
            db.flush()
            accounts.add_user(db, employer.id, "soak@example.com", "S", PASSWORD, "owner")

    def _conversation(self) -> Any:
        from tests.media.people import TwoQuestions

        class Endless(TwoQuestions):
            """Never comes to its end by itself."""

            def answer(self, *given: Any, **more: Any) -> Any:
                self.asked = 0
                return super().answer(*given, **more)

        return Endless()

    async def round(self, number: int, calls: int, turns: int, pages: int) -> None:
        """One of each."""
        for call in range(calls):
            await self._call(f"call-{number}-{call}")
        await self._written(f"written-{number}", turns)
        await asyncio.to_thread(self._pages, pages)
        for kept in (self.house.pictures, self.house.answers, self.house.recordings, self.house.events):
            kept.clear()  # the test's own notes: the product hands these on and forgets them

    async def _call(self, name: str) -> None:
        from tests.media.browser import Browser

        browser = Browser()
        browser.connection.createDataChannel("heart")
        await browser.call(self.house.rooms, name)
        await asyncio.sleep(0.6)
        await browser.hang_up()
        self.done["calls"] += 1

    async def _written(self, name: str, turns: int) -> None:
        visit, questions = self.house.rooms.visit(name, "tab"), asyncio.Semaphore(0)

        async def listen() -> None:
            async for event in visit.events():
                if event.get("type") == "question":
                    questions.release()

        listening = asyncio.create_task(listen())
        visit.take({"type": "enter", "mode": "text"})
        for _ in range(turns):
            await asyncio.wait_for(questions.acquire(), 20)
            visit.take({"type": "say", "text": "I looked at the log, found the fault and repaired it."})
            self.done["turns"] += 1
        await asyncio.wait_for(questions.acquire(), 20)
        visit.leave()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)

    def _pages(self, times: int) -> None:
        from interview_platform import routes

        fields = {"email": "soak@example.com", "password": PASSWORD}
        for _ in range(times):
            entered = self.client.post(routes.API_SIGN_IN, data=fields, headers=HERE)
            self.client.get(routes.API_HEALTH)
            self.client.post(routes.API_SIGN_OUT, headers=HERE)
            self.client.post(routes.offer("made-up"), json={"sdp": "x" * 10_000, "type": "offer"}, headers=HERE)
            self.done["requests"] += 4
            self.done["sign_ins"] += "error" not in entered.headers.get("location", "error")

    async def mark(self) -> dict[str, Any]:
        """What is held now, once what was left has ended."""
        await asyncio.sleep(SETTLE_SECONDS)
        gc.collect()
        rooms = self.house.rooms
        return {
            "memory_mb": memory_mb(),
            "tasks": len(asyncio.all_tasks()) + len(asyncio.all_tasks(rooms._loop)),
            "threads": threading.active_count(),
            "open_files": len(os.listdir("/proc/self/fd")),
            "rooms": len(rooms.live()),
            "boards": len(rooms._boards),
            "objects": len(gc.get_objects()),
            "session_store_kb": _kb(self.folder / "sessions.db"),
            "session_log_kb": _kb(self.folder / "sessions.db-wal"),  # SQLite begins it anew at about 4 MB
            **self.done,
        }

    async def close(self) -> None:
        """Everything ends."""
        await self.house.close()
        await asyncio.to_thread(self.client.__exit__, None, None, None)
        await asyncio.to_thread(self.held.close)


def _kb(path: Path) -> int:
    return path.stat().st_size // 1024 if path.exists() else 0


def memory_mb() -> float:
    """Resident memory of this process."""
    return round(int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


async def measure(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All rounds, with the marks on the way."""
    from interview_platform.services import limits

    limits.SIGN_IN_PLACE = limits.Limit(10**9, 900, "tries")  # the soak is one place
    limits.TOKENS = limits.Limit(10**9, 600, "links")
    day, marks, began = Day(folder), [], time.monotonic()
    try:
        for number in range(1, given.rounds + 1):
            await day.round(number, given.calls, given.turns, given.pages)
            if number in {max(1, given.rounds // 4), given.rounds // 2, given.rounds}:
                marks.append({"round": number, **await day.mark()})
    finally:
        await day.close()
    first, last = marks[0], marks[-1]
    grown = {name: round(last[name] - first[name], 1) for name in first if name not in {"round", *day.done}}
    return {"rounds": given.rounds, "seconds": round(time.monotonic() - began), "marks": marks, "grown": grown}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--calls", type=int, default=2, help="calls in a round")
    parser.add_argument("--turns", type=int, default=20, help="answers of the written interview in a round")
    parser.add_argument("--pages", type=int, default=10, help="sign-ins in a round")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DATABASE_URL": "", "REDIS_URL": "", "S3_BUCKET": "", "SMTP_HOST": ""}
        found = asyncio.run(measure(given, Path(folder)))
    text = json.dumps(found, indent=2)
    if given.json:
        given.json.write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
