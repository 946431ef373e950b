"""What a real call leaves: packets as they were sent, whatever the browser's picture is encoded with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import av
import pytest
from aiortc import RTCRtpSender

from interview_platform.media.frames import TALK_RATE
from interview_platform.media.recording import join
from tests.media.browser import Browser
from tests.media.films import loud_times
from tests.media.house import House
from tests.media.people import tone


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    made = House(tmp_path)
    yield made
    await made.close()


async def test_a_browser_without_vp8_is_recorded_too_and_its_film_is_an_mp4(house: House, tmp_path: Path) -> None:
    browser = Browser()
    known = RTCRtpSender.getCapabilities("video").codecs
    only = [codec for codec in known if codec.mimeType == "video/H264"]
    for way in browser.connection.getTransceivers():
        if way.kind == "video":
            way.setCodecPreferences(only)
    await browser.call(house.rooms, "interview")
    await house.until(lambda: house.states()[-1:] == ["listening"], 30)
    await asyncio.sleep(1.5)
    await browser.hang_up()
    await house.until(lambda: house.recordings, 30)
    ((_, _, path, _, length),) = house.recordings
    assert path.suffix == ".mkv"
    assert join([path], tmp_path / "whole") == pytest.approx(length, abs=0.03)
    with av.open(str(tmp_path / "whole")) as file:
        assert "mp4" in file.format.name
        assert [stream.codec_context.name for stream in file.streams.video] == ["h264"]
        assert sum(1 for _ in file.decode(video=0)) > 10


async def test_each_side_of_a_call_is_in_its_own_track(house: House) -> None:
    browser = Browser(camera=False)
    await browser.call(house.rooms, "interview")
    await house.until(lambda: house.states()[-1:] == ["listening"], 30)
    await browser.speak(tone(1.5, TALK_RATE, hertz=700))
    await browser.hear_agent(30)
    await browser.hang_up()
    await house.until(lambda: house.recordings, 30)
    ((_, _, path, _, length),) = house.recordings
    ((_, started, _, _),) = house.conversation.answers
    candidate, agent = loud_times(path, track=0), loud_times(path, track=1)
    assert min(abs(at - started) for at in candidate) < 0.25
    assert min(agent) < started - 0.3
    assert max(agent) > started + 1.5
    with av.open(str(path)) as file:
        ends = [max(frame.time + 0.02 for frame in file.decode(audio=1))]
    assert ends == pytest.approx([length], abs=0.03)
