"""The whole loop with the real models: one voice speaks over WebRTC, the other end hears it and answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soxr

from interview_platform.adapters.moonshine import MoonshineTranscriber
from interview_platform.adapters.silero import SileroDetector
from interview_platform.adapters.smart_turn import SmartTurn
from interview_platform.media.frames import TALK_RATE
from tests.adapters.heard import voice, weights
from tests.media.browser import Browser
from tests.media.house import House

pytestmark = pytest.mark.models


async def test_an_answer_spoken_by_a_voice_is_heard_and_answered(tmp_path: Path) -> None:
    vad = weights("silero-vad")
    house = House(
        tmp_path,
        speech_detector=lambda: SileroDetector(vad),
        transcriber=MoonshineTranscriber(weights("moonshine-tiny-en")),
        turn_model=SmartTurn(weights("smart-turn")),
        voice=voice(),
    )
    said = np.concatenate(list(voice().speak("Mostly I designed the database schema. The error rate went down.")))
    browser = Browser(camera=False)
    await browser.call(house.rooms, "interview")
    await house.until(lambda: house.states()[-1:] == ["listening"], 40)
    await browser.speak(soxr.resample(said, voice().rate, TALK_RATE).astype(np.float32))
    await house.until(lambda: bool(house.conversation.answers), 40)  # a nod may be heard before
    ((text, started, ended, _),) = house.conversation.answers
    for words in ("database", "schema", "down"):
        assert words in text.lower()
    assert ended - started == pytest.approx(len(said) / voice().rate, abs=0.5)
    assert [event for event in house.events if event["type"] == "caption" and event["speaker"] == "candidate"]
    await browser.hang_up()
    await house.close()
