"""Rooms with one interview, and what they reported."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from interview_platform.media.frames import Event
from interview_platform.media.rooms import RoomParts, Rooms
from tests.media.people import CountingTranscriber, LoudnessDetector, SureTurnModel, ToneVoice, TwoQuestions


class House:
    """Rooms with one interview, and what they reported."""

    def __init__(self, folder: Path, rejoin_seconds: float = 60.0, calls: int = 8, **models: Any) -> None:
        self.conversation = TwoQuestions()
        self.recordings: list[tuple[str, int, Path, float, float]] = []
        self.answers: list[tuple[str, str, Any, float]] = []
        self.pictures: list[tuple[str, float, Any]] = []
        self.ended: list[str] = []
        self.pasted: list[tuple[str, int]] = []
        self.left: list[tuple[str, float]] = []
        self.events: list[Event] = []
        chosen = {
            "speech_detector": LoudnessDetector,
            "transcriber": CountingTranscriber(),
            "turn_model": SureTurnModel(),
            "voice": ToneVoice(seconds_per_word=0.1),
        }
        parts = RoomParts(
            **{**chosen, **models},
            conversation=lambda _: self.conversation,
            record_dir=folder,
            on_recording=lambda *told: self.recordings.append(told),
            on_answer=lambda *told: self.answers.append(told),
            on_face_frame=lambda *told: self.pictures.append(told),
            on_ended=self.ended.append,
            on_pasted=lambda *told: self.pasted.append(told),
            on_left=lambda *told: self.left.append(told),
        )
        self.rooms = Rooms(parts, rejoin_seconds, calls)
        self._watching = asyncio.ensure_future(self._watch())

    async def _watch(self) -> None:
        async for event in self.rooms.subscribe("interview"):
            self.events.append(event)

    async def until(self, what: Callable[[], Any], seconds: float = 15.0) -> None:
        async with asyncio.timeout(seconds):
            while not what():  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    def states(self) -> list[str]:
        return [str(event["state"]) for event in self.events if event["type"] == "state"]

    async def close(self) -> None:
        await asyncio.to_thread(self.rooms.close)
        await asyncio.wait_for(self._watching, 5)
