"""Rooms in a process of their own, to be killed: `python -m tests.media.killable DATABASE FOLDER INTERVIEW`.

Takes one JSON object a line: {"offer": {sdp, type}}, {"command": {...}} or {"think": seconds} (how long the interviewer
thinks about an answer that is already written down). Gives one a line: {"answer": {sdp, type}}, {"event": {...}}.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

from interview_platform.media.rooms import RoomParts, Rooms
from interview_platform.models import make_engine
from interview_platform.ports import Exchange
from interview_platform.services.agent.conversation import Conversation
from tests.media.people import CountingTranscriber, LoudnessDetector, SureTurnModel, ToneVoice
from tests.services.agent.scripted import Scripted

thinks = 0.0


def _think(_exchange: Exchange) -> None:
    time.sleep(thinks)


def tell(**what: Any) -> None:
    print(json.dumps(what), flush=True)


async def main(database: str, folder: str, interview: str) -> None:
    """Serve until killed."""
    global thinks
    engine = make_engine(database)
    parts = RoomParts(
        speech_detector=LoudnessDetector,
        transcriber=CountingTranscriber(words=["I", "measured", "the", "queue", "and", "then", "changed", "it"] * 9),
        turn_model=SureTurnModel(),
        voice=ToneVoice(seconds_per_word=0.03),
        conversation=lambda key: Conversation(engine, key, Scripted(sees=_think)),
        record_dir=Path(folder),
    )
    rooms = Rooms(parts)

    async def watch() -> None:
        async for event in rooms.subscribe(interview):
            tell(event=event)

    watching = asyncio.ensure_future(watch())
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async for line in lines:
        told = json.loads(line)
        thinks = told.get("think", thinks)
        if "offer" in told:
            tell(answer=await rooms.offer(interview, told["offer"]["sdp"], told["offer"]["type"]))
        if "command" in told:
            rooms.command(interview, told["command"])
    watching.cancel()
    rooms.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
