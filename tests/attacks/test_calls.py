"""A raw WebRTC client: malformed and huge offers, more channels and words than a browser has, and none at all."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from interview_platform.errors import BadInput
from interview_platform.media.call_limits import (
    FLOOD_CHARACTERS,
    FLOOD_WORDS,
    OFFER_CANDIDATES,
    OFFER_CHARACTERS,
    OFFER_SECTIONS,
    Flood,
    modest,
)
from interview_platform.media.frames import TALK_FRAME
from interview_platform.media.peer import SILENT_SECONDS, Peer, Wires
from tests.media.browser import Browser

MALFORMED = 40


def open_files() -> int:
    """Of this process, sockets among them."""
    return len(os.listdir("/dev/fd"))


def ignored(*_: Any) -> None: ...


@dataclass
class Line:
    """One call's server side, and what it told."""

    later: float = 0.0  # how far its clock is ahead
    told: list[str] = field(default_factory=list)

    def wires(self) -> Wires:
        return Wires(
            clock=lambda: time.monotonic() + self.later,
            next_frame=lambda: np.zeros(TALK_FRAME, dtype=np.float32),
            on_agent=ignored, on_sound=ignored, on_encoded=ignored, on_encoded_sound=ignored, on_picture=ignored,
            on_connected=lambda: self.told.append("connected"), on_gone=lambda: self.told.append("gone"),
        )  # fmt: skip

    async def until(self, word: str) -> None:
        async with asyncio.timeout(20):
            while word not in self.told:  # noqa: ASYNC110
                await asyncio.sleep(0.02)


@dataclass
class Heart:
    """The rooms' door, for a `Browser` to call."""

    peer: Peer

    async def offer(self, _interview: str, sdp: str, kind: str, _tab: str) -> dict[str, str]:
        return await self.peer.answer(sdp, kind)


async def good_offer() -> str:
    browser = Browser()
    browser.connection.createDataChannel("heart")
    await browser.connection.setLocalDescription(await browser.connection.createOffer())
    sdp = browser.connection.localDescription.sdp
    await browser.hang_up()
    return str(sdp)


def changed(sdp: str, dice: random.Random) -> str:
    """One thing made wrong: lines lost, doubled, shuffled, cut, with letters and numbers from nowhere."""
    lines = sdp.split("\r\n")
    at = dice.randrange(len(lines))
    junk = dice.choice(["", "\0", "9" * 400, "-1", "\u202e", "a=", "m=audio 9 X 0", "é" * 50, "%n%s", "\x7f" * 9])
    kinds: list[Callable[[], list[str]]] = [
        lambda: lines[:at] + lines[at + 1 :],
        lambda: lines[:at],
        lambda: lines[: at + 1] + [lines[at]] * 5 + lines[at + 1 :],
        lambda: [*lines[:at], lines[at][: len(lines[at]) // 2] + junk, *lines[at + 1 :]],
        lambda: [*lines[:at], junk, *lines[at:]],
        lambda: dice.sample(lines, len(lines)),
        lambda: [line.replace("audio", "video") for line in lines],
        lambda: [line.replace("9", junk[:3] or "0") for line in lines],
    ]
    return "\r\n".join(dice.choice(kinds)())


async def test_a_malformed_offer_is_answered_or_refused_and_leaves_nothing_behind() -> None:
    sdp, dice, said = await good_offer(), random.Random(9), {"answered": 0, "refused": 0}
    await asyncio.sleep(0)
    before, sockets = len(asyncio.all_tasks()), open_files()
    for _ in range(MALFORMED):
        peer = Peer(Line().wires())
        try:
            assert (await peer.answer(changed(sdp, dice), "offer"))["type"] == "answer"
            said["answered"] += 1
        except BadInput:
            said["refused"] += 1
        await peer.close()
    await asyncio.sleep(0.1)
    print(f"\n{MALFORMED} malformed offers: {said}")
    assert said["refused"] >= 5
    assert len(asyncio.all_tasks()) <= before
    assert open_files() <= sockets


def huge(sdp: str) -> list[str]:
    """Offers that cost much: sections, candidates, length."""
    head, section = sdp.split("m=", 1)[0], "m=" + sdp.split("m=")[1]
    far = "a=candidate:1 1 udp 1 10.0.0.{} 9 typ host\r\n"
    return [
        head + section * (OFFER_SECTIONS + 1),
        head + "m=audio 9 X 0\r\n" * 1000,
        sdp + "".join(far.format(number % 250) for number in range(OFFER_CANDIDATES + 1)),
        sdp + "a=x\r\n" * OFFER_CHARACTERS,
        sdp + "x" * 10_000_000,
        (head + section * 50).replace("\r\n", "\n"),
        (head + section * 50).replace("\r\n", "\r"),
    ]


async def test_a_huge_offer_is_refused_before_it_costs_a_socket() -> None:
    sdp = await good_offer()
    assert modest(sdp)
    offers, sockets = huge(sdp), open_files()
    for offer in offers:
        peer = Peer(Line().wires())
        with pytest.raises(BadInput):
            await peer.answer(offer, "offer")
        assert open_files() == sockets
        await peer.close()
    print(f"\n{len(offers)} huge offers, 0 taken")


async def called(line: Line, channels: int = 1) -> tuple[Browser, Any]:
    """A call that is up, with its data channels open."""
    browser = Browser(camera=False)
    hearts = [browser.connection.createDataChannel(f"heart{number}") for number in range(channels)]
    opened = asyncio.Event()
    hearts[0].on("open", opened.set)
    await browser.call(Heart(Peer(line.wires())), "interview")
    await line.until("connected")
    async with asyncio.timeout(20):
        await opened.wait()
    return browser, hearts[0]


@pytest.mark.parametrize("word", ["beat?", "x" * 60_000, b"\xff" * 60_000])
async def test_a_flooding_data_channel_is_hung_up(word: Any) -> None:
    line = Line()
    browser, heart = await called(line)
    for _ in range(FLOOD_WORDS * 3):
        heart.send(word)
    await line.until("gone")
    await browser.hang_up()


async def test_a_call_with_more_channels_than_a_browser_has_is_hung_up() -> None:
    line = Line()
    browser, _ = await called(line, channels=50)
    await line.until("gone")
    await browser.hang_up()


async def test_a_call_that_falls_silent_is_given_up() -> None:
    line = Line()
    browser, _ = await called(line)
    browser.connection.getSenders()[0].replaceTrack(None)
    await asyncio.sleep(0.3)  # what is on its way still comes
    line.later += SILENT_SECONDS + 1
    await line.until("gone")
    await browser.hang_up()


def test_a_browsers_own_words_are_no_flood() -> None:
    flood = Flood()
    assert not any(flood.by("beat", second / 4) for second in range(400))
    assert not any(flood.by("beat?", 200.0) for _ in range(20))  # late ones come together
    assert Flood().by("x" * (FLOOD_CHARACTERS + 1), 0.0)
