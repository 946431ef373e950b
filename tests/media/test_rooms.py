"""Rooms over real WebRTC between two peers in this process; models and conversation are predictable."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from interview_platform.errors import BadInput, ServiceUnavailable
from interview_platform.media.frames import TALK_RATE
from interview_platform.media.recording import join
from interview_platform.ports import SPEECH_RATE
from tests.media.browser import Browser
from tests.media.films import bright_times, loud_times
from tests.media.house import House
from tests.media.people import QUESTIONS, tone


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    made = House(tmp_path)
    yield made
    await made.close()


async def test_an_interview_is_spoken_recorded_continued_after_a_lost_connection_and_ended(house: House) -> None:
    first = Browser()
    await first.call(house.rooms, "interview")
    await house.until(lambda: house.states()[-1:] == ["listening"])
    await asyncio.sleep(0.5)
    first.camera.light = True
    await first.speak(tone(0.4, TALK_RATE))  # flash and beep together
    first.camera.light = False
    await first.speak(tone(1.6, TALK_RATE))
    await first.hear_agent()
    ((text, started, ended, _),) = house.conversation.answers
    assert text.startswith("word1 word2")
    assert ended - started == pytest.approx(2.0, abs=0.3)
    ((_, turn_id, samples, at),) = house.answers
    assert turn_id == "answer-1"
    assert len(samples) / SPEECH_RATE == pytest.approx(2.5, abs=0.4)
    assert at == pytest.approx(started - 0.3, abs=0.05)
    await first.hang_up()
    await house.until(lambda: house.recordings)
    ((_, part, path, offset, length),) = house.recordings
    assert (part, offset) == (1, 0.0)
    assert length > ended
    (flash,) = bright_times(path)
    assert min(abs(beep - flash) for beep in loud_times(path)) < 0.08
    assert flash == pytest.approx(started, abs=0.15)

    second = Browser()
    await second.call(house.rooms, "interview")
    await second.hear_agent()
    assert house.conversation.opened == 2
    assert [event["text"] for event in house.events if event["type"] == "question"][-1] == QUESTIONS[1]
    house.rooms.command("interview", {"type": "end"})
    await house.until(lambda: house.ended)
    await second.hang_up()
    assert house.ended == ["interview"]
    assert house.states()[-1] == "ended"
    assert house.recordings[1][1] == 2
    assert house.recordings[1][3] == pytest.approx(length, abs=0.1)
    assert [at for at, _ in house.conversation.times.values()] == sorted(
        at for at, _ in house.conversation.times.values()
    )
    whole = path.with_name("whole.webm")
    assert join([told[2] for told in house.recordings], whole) == pytest.approx(
        length + house.recordings[1][4], abs=0.2
    )
    assert house.pictures
    assert house.pictures[0][2].shape == (120, 160, 3)
    assert len(house.pictures) <= 2 * (length + house.recordings[1][4]) + 2
    await house.until(lambda: not house.rooms.live())


async def test_a_new_call_of_the_same_interview_takes_the_place_of_the_old_one(house: House) -> None:
    first, second = Browser(), Browser()
    await first.call(house.rooms, "interview")
    await first.hear_agent()
    await second.call(house.rooms, "interview")
    await second.hear_agent()
    assert [told[1] for told in house.recordings] == [1]
    assert house.conversation.opened == 2
    heard = len(first.heard_at)
    await asyncio.sleep(0.5)
    assert len(first.heard_at) == heard
    await first.hang_up()
    await second.hang_up()


async def test_without_a_camera_the_interview_is_held_all_the_same(house: House) -> None:
    browser = Browser(camera=False)
    await browser.call(house.rooms, "interview")
    await house.until(lambda: house.states()[-1:] == ["listening"])
    await browser.speak(tone(2, TALK_RATE))
    await browser.hear_agent()
    await browser.hang_up()
    await house.until(lambda: house.recordings)
    assert len(house.conversation.answers) == 1
    assert house.pictures == []


@pytest.mark.parametrize(
    ("sdp", "kind"),
    [
        ("", "offer"),
        ("v=0", "offer"),
        ("not a call" * 10, "offer"),
        ("x" * 70_000, "offer"),
        ("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n", "offer"),
        ("v=0", "answer"),
    ],
)
async def test_what_is_no_call_is_refused_and_harms_nobody(house: House, sdp: str, kind: str) -> None:
    with pytest.raises(BadInput, match="Reload"):
        await house.rooms.offer("interview", sdp, kind)
    browser = Browser(camera=False)
    await browser.call(house.rooms, "interview")
    await browser.hear_agent()
    with pytest.raises(BadInput):
        await house.rooms.offer("interview", sdp, kind)
    await house.until(lambda: house.states()[-1:] == ["listening"])
    await browser.hang_up()


async def test_a_room_whose_candidate_does_not_come_back_is_closed(tmp_path: Path) -> None:
    house = House(tmp_path, rejoin_seconds=0.3)
    browser = Browser(camera=False)
    await browser.call(house.rooms, "interview")
    await browser.hear_agent()
    assert house.rooms.live() == ["interview"]
    await browser.hang_up()
    await house.until(lambda: not house.rooms.live())
    assert house.ended == []
    assert len(house.recordings) == 1
    await house.close()


async def test_pressing_a_button_without_a_call_says_what_to_do(house: House) -> None:
    house.rooms.command("interview", {"type": "repeat"})
    await house.until(lambda: [event for event in house.events if event["type"] == "error"])


async def test_the_timeline_goes_on_after_a_crash(tmp_path: Path) -> None:
    crashed = House(tmp_path)
    browser = Browser()
    await browser.call(crashed.rooms, "interview")
    await browser.hear_agent()
    await browser.hang_up()
    await crashed.until(lambda: crashed.recordings)
    await crashed.close()
    house = House(tmp_path)
    again = Browser(camera=False)
    await again.call(house.rooms, "interview")
    await again.hear_agent()
    assert [told[1] for told in house.recordings] == [1]  # told again: the first process may not have come to it
    length = house.recordings[0][4]
    assert min(at for at, _ in house.conversation.times.values()) > length
    await again.hang_up()
    await house.until(lambda: len(house.recordings) == 2)
    assert house.recordings[1][1] == 2
    assert house.recordings[1][3] == pytest.approx(length, abs=0.05)
    await house.close()


async def test_closed_rooms_say_so(tmp_path: Path) -> None:
    house = House(tmp_path)
    await house.close()
    with pytest.raises(ServiceUnavailable, match="closed"):
        await house.rooms.offer("interview", "v=0", "offer")
    house.rooms.close()


async def test_a_callback_that_fails_does_not_disturb_the_interview(tmp_path: Path) -> None:
    house = House(tmp_path)

    def broken(*_: Any) -> None:
        raise RuntimeError("disk full")

    house.answers = type("Broken", (list,), {"append": broken})()
    browser = Browser(camera=False)
    await browser.call(house.rooms, "interview")
    await house.until(lambda: house.states()[-1:] == ["listening"])
    await browser.speak(tone(2, TALK_RATE))
    await browser.hear_agent()
    assert not [event for event in house.events if event["type"] == "error"]
    assert np.isfinite(house.conversation.answers[0][1])
    await browser.hang_up()
    await house.close()
