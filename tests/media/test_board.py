"""Who watches an interview learns where it stands, and never holds it up."""

from __future__ import annotations

import asyncio
import threading

from interview_platform.media.board import WAITING, Board, Watcher
from interview_platform.media.frames import Event


def caption(text: str, final: bool = True) -> Event:
    return {"type": "caption", "speaker": "agent", "text": text, "final": final, "turn_id": ""}


async def take(board: Board, count: int) -> list[Event]:
    """The first events a newcomer gets."""
    events: list[Event] = []
    stream = board.subscribe()
    async for event in stream:
        events.append(event)
        if len(events) == count:
            break
    await stream.aclose()  # type: ignore[attr-defined]
    return events


async def test_a_newcomer_gets_the_state_the_question_and_the_last_captions_first() -> None:
    board = Board()
    board.emit({"type": "state", "state": "speaking"})
    board.emit({"type": "question", "text": "Why?", "number": 1, "total": 4, "kind": "core"})
    board.emit(caption("Why?"))
    board.emit(caption("Beca", final=False))
    board.emit({"type": "state", "state": "listening"})
    events = await take(board, 3)
    assert events == [
        {"type": "state", "state": "listening"},
        {"type": "question", "text": "Why?", "number": 1, "total": 4, "kind": "core"},
        {**caption("Why?"), "id": events[2]["id"]},
    ]


async def test_events_from_another_thread_arrive_in_order() -> None:
    board = Board()
    watching = asyncio.ensure_future(take(board, 51))
    await asyncio.sleep(0)
    thread = threading.Thread(target=lambda: [board.emit(caption(str(number))) for number in range(50)])
    thread.start()
    events = await asyncio.wait_for(watching, 5)
    thread.join()
    assert [event.get("text") for event in events[1:]] == [str(number) for number in range(50)]


async def test_a_slow_watcher_loses_interim_captions_first_and_keeps_the_rest() -> None:
    board = Board()
    stream = board.subscribe()
    assert (await anext(stream))["type"] == "state"
    board.emit({"type": "question", "text": "Why?", "number": 1, "total": 4, "kind": "core"})
    for number in range(3 * WAITING):
        board.emit(caption(f"interim {number}", final=False))
    board.emit({"type": "ended", "text": "Goodbye."})
    events = [await anext(stream) for _ in range(WAITING)]
    assert events[0]["type"] == "question"
    assert events[-1] == {"type": "ended", "text": "Goodbye."}


async def test_watching_ends_when_the_board_is_closed_and_then_nobody_watches() -> None:
    board = Board()
    watching = asyncio.ensure_future(take(board, 99))
    await asyncio.sleep(0)
    assert not board.idle
    board.close()
    assert len(await asyncio.wait_for(watching, 5)) == 1
    assert board.idle


async def test_finished_captions_are_numbered_so_that_they_can_be_told_again() -> None:
    board = Board()
    for text in ("Why?", "Why?"):
        board.emit(caption(text))
    board.emit(caption("Beca", final=False))
    first, again = await take(board, 3), await take(board, 3)
    assert [event.get("id") for event in first] == [event.get("id") for event in again]
    assert first[1]["id"] != first[2]["id"]


async def test_a_watcher_can_be_told_again_where_things_stand_and_stops_when_it_wants() -> None:
    board = Board()
    watcher = Watcher(asyncio.get_running_loop())
    board.watch(watcher)
    board.watch(watcher)
    assert [await watcher.next(), await watcher.next()] == [{"type": "state", "state": "connecting"}] * 2
    board.unwatch(watcher)
    assert board.idle
