"""`kill -9` of the process that holds the rooms, at every state: the interview goes on at the same point."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiortc import RTCSessionDescription

from interview_platform.media.frames import TALK_RATE, Event
from interview_platform.models import Turn
from tests import builders
from tests.media.browser import Browser
from tests.media.people import tone
from tests.services.agent import scripted


class Killable:
    """Rooms in another process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.events: list[Event] = []
        self._answers: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._reading = asyncio.ensure_future(self._read())

    @classmethod
    async def start(cls, *words: str) -> Killable:
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", "tests.media.killable", *words)
        return cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, limit=1_000_000))

    async def _read(self) -> None:
        assert self._process.stdout
        async for line in self._process.stdout:
            told = json.loads(line)
            if "event" in told:
                self.events.append(told["event"])
            else:
                self._answers.put_nowait(told["answer"])

    def send(self, **what: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(what).encode() + b"\n")

    async def call(self) -> Browser:
        """A browser in the room."""
        made = Browser(camera=False)
        await made.connection.setLocalDescription(await made.connection.createOffer())
        local = made.connection.localDescription
        self.send(offer={"sdp": local.sdp, "type": local.type})
        answer = await asyncio.wait_for(self._answers.get(), 60)
        await made.connection.setRemoteDescription(RTCSessionDescription(**answer))
        return made

    async def until(self, seen: Callable[[list[Event]], Any], seconds: float = 60.0) -> None:
        async with asyncio.timeout(seconds):
            while not seen(self.events):  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def until_state(self, state: str) -> None:
        await self.until(lambda events: state_of(events) == state)

    async def kill(self) -> None:
        """No goodbye."""
        self._process.kill()
        await self._process.wait()
        await self._reading


def state_of(events: list[Event]) -> str:
    states = [event["state"] for event in events if event["type"] == "state"]
    return str(states[-1]) if states else ""


def question_of(events: list[Event]) -> str:
    asked = [event["text"] for event in events if event["type"] == "question"]
    return str(asked[-1]) if asked else ""


class Case:
    """An interview in a database, and processes that hold it one after the other."""

    def __init__(self, folder: Path) -> None:
        self.engine = builders.engine(folder)
        self.interview = scripted.interview(self.engine)
        self._words = (str(self.engine.url), str(folder / "recordings"), self.interview)

    async def start(self) -> Killable:
        return await Killable.start(*self._words)

    def turns(self) -> list[Turn]:
        return scripted.turns(self.engine, self.interview)

    def kinds(self) -> list[str]:
        return [turn.kind for turn in self.turns()]


@pytest.fixture
async def case(tmp_path: Path) -> AsyncIterator[Case]:
    (tmp_path / "recordings").mkdir()
    made = Case(tmp_path)
    yield made
    builders.discard(made.engine)


@pytest.mark.parametrize("state", ["speaking", "listening"])
async def test_killed_while_it_asks_or_listens_the_same_question_is_asked_again(case: Case, state: str) -> None:
    first = await case.start()
    browser = await first.call()
    await first.until_state(state)
    asked = question_of(first.events)
    if state == "listening":
        await browser.speak(tone(0.5, TALK_RATE))  # an answer that is not finished is lost
    await first.kill()
    await browser.hang_up()
    second = await case.start()
    again = await second.call()
    await second.until_state("listening")
    assert question_of(second.events) == asked
    assert case.kinds().count("greeting") == 1
    assert [turn for turn in case.turns() if turn.speaker == "candidate"] == []
    await second.kill()
    await again.hang_up()


async def test_killed_while_it_thinks_the_answer_is_kept_and_answered(case: Case) -> None:
    first = await case.start()
    browser = await first.call()
    await first.until_state("listening")
    asked = question_of(first.events)
    first.send(think=60)
    await browser.speak(tone(2.0, TALK_RATE))
    async with asyncio.timeout(60):
        while not [turn for turn in case.turns() if turn.speaker == "candidate"]:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert state_of(first.events) == "thinking"
    await first.kill()
    await browser.hang_up()
    second = await case.start()
    again = await second.call()
    await second.until_state("listening")
    assert question_of(second.events) not in {"", asked}
    (answer,) = [turn for turn in case.turns() if turn.speaker == "candidate"]
    assert answer.text.startswith("I measured the queue")
    assert case.kinds().count("greeting") == 1
    await second.kill()
    await again.hang_up()
