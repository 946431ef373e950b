"""Bad networks, over real WebRTC through a relay that loses, delays, throttles and cuts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiortc import RTCSessionDescription

from interview_platform.media.frames import TALK_RATE
from tests.media.browser import Browser
from tests.media.house import House
from tests.media.lines import Line
from tests.media.people import QUESTIONS, ToneVoice, tone


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    made = House(tmp_path, voice=ToneVoice(seconds_per_word=0.02))
    yield made
    await made.close()


class FarBrowser(Browser):
    """A browser behind a line, with the heartbeat that the page has."""

    def __init__(self, line: Line, camera: bool = False) -> None:
        super().__init__(camera)
        self.line = line
        self.beats: list[str] = []
        self.heart = self.connection.createDataChannel("heart", ordered=False, maxRetransmits=0)
        self.heart.on("message", self.beats.append)

    async def call(self, rooms: object, interview_id: str, tab: str = "") -> None:
        await self.connection.setLocalDescription(await self.connection.createOffer())
        local = self.connection.localDescription
        offer = await asyncio.to_thread(self.line.offer, local.sdp)
        answer = await rooms.offer(interview_id, offer, local.type, tab)  # type: ignore[attr-defined]
        sdp = self.line.answer(answer["sdp"])
        await self.connection.setRemoteDescription(RTCSessionDescription(sdp, answer["type"]))


async def test_a_lossy_slow_and_uneven_line_carries_the_interview(house: House) -> None:
    line = Line(loss=0.05, jitter=0.08, up_kbit=300)
    browser = FarBrowser(line, camera=True)
    await browser.call(house.rooms, "interview")
    await house.until(lambda: house.states()[-1:] == ["listening"])
    await browser.speak(tone(2.0, TALK_RATE))
    await house.until(lambda: house.conversation.answers)
    ((_, started, ended, _),) = house.conversation.answers
    assert ended - started == pytest.approx(2.0, abs=0.8)
    assert line.lost > 0.02 * line.carried
    await browser.hear_agent()
    await browser.hang_up()
    line.close()


async def test_after_a_cut_the_room_waits_and_a_new_call_goes_on_at_the_same_question(house: House) -> None:
    line = Line()
    first = FarBrowser(line)
    await first.call(house.rooms, "interview")
    await house.until(lambda: house.states()[-1:] == ["listening"])
    line.cut = True
    await house.until(lambda: house.states()[-1] == "connecting", 12)
    assert house.rooms.live() == ["interview"]
    line.cut = False
    second = FarBrowser(line)
    await second.call(house.rooms, "interview")
    await second.hear_agent()
    asked = [event["text"] for event in house.events if event["type"] == "question"]
    assert asked == [QUESTIONS[0], QUESTIONS[0]]
    greeted = [event for event in house.events if event.get("text") == "Hello and welcome."]
    assert len(greeted) == 1
    assert [told[1] for told in house.recordings] == [1]  # the first part is kept, the second goes on
    await first.hang_up()
    await second.hang_up()
    line.close()


async def test_the_line_beats_both_ways_and_a_question_is_answered_at_once(house: House) -> None:
    line = Line()
    browser = FarBrowser(line)
    await browser.call(house.rooms, "interview")
    await house.until(lambda: browser.beats)
    before = len(browser.beats)
    browser.heart.send("beat?")
    await house.until(lambda: len(browser.beats) > before)
    await browser.hang_up()
    line.close()


async def test_a_network_that_changed_is_left_behind_by_a_new_call_at_once(house: House) -> None:
    line = Line()
    first = FarBrowser(line)
    await first.call(house.rooms, "interview")
    await house.until(lambda: house.states()[-1:] == ["listening"])
    line.forget()
    second = FarBrowser(line)
    await second.call(house.rooms, "interview")  # the server has not missed the first one yet
    await second.hear_agent()
    assert house.states()[-1] in {"speaking", "listening"}
    assert house.conversation.opened == 2
    await first.hang_up()
    await second.hang_up()
    line.close()
