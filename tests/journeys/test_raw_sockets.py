"""Raw clients on the page socket: frames that are none, missing tokens, a thousand at once. It goes on."""

from __future__ import annotations

import asyncio
import json
import uuid

import aiohttp
import httpx
import pytest

from interview_platform import routes
from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey
AT_ONCE = 1000
EVENT = "reflex___state____state.interview_platform___states___recruiter____recruiter_state.{}"


def frames() -> list[str | bytes]:
    """Engine.io and socket.io packets that no client sends, and events of states that are not the sender's."""
    deep = "[" * 30_000
    names = (EVENT.format("enter"), EVENT.format("__class__"), "no.such.state.at_all", "", "x" * 10_000)
    events = [
        "42/_event," + json.dumps(["event", {"name": name, "payload": {"a": 1}, "token": str(uuid.uuid4())}])
        for name in names
    ]
    return [
        "", "9", "4", "42", "42[", "42/_event,", "42/_event,[]", '42/_event,["event"]', "42/_event,[1]",
        "42/_event,null",
        '42/nowhere,["event",{}]', '42/_event,["no_such_event",{}]', '42/_event,["connect",{}]', "43/_event,999999[]",
        "45999999999-/_event,[]", '451-/_event,["event",{"_placeholder":true,"num":99}]', b"\x00" * 1000, "4" * 2000,
        "42/_event," + deep, '42/_event,["event",' + deep, "1", "3probe", "2" * 100, "5", "6", "\x00", "\ud7ff" * 100,
        '42/_event,["event",{"name":"' + "x" * 2_000_000 + '"}]', *events,
    ]  # fmt: skip


async def opened(browser: aiohttp.ClientSession, server: Server, query: str) -> aiohttp.ClientWebSocketResponse:
    address = f"ws://127.0.0.1:{server.port}/_event/?EIO=4&transport=websocket{query}"
    return await browser.ws_connect(
        address, headers={"Origin": server.address}, timeout=aiohttp.ClientWSTimeout(ws_close=0.2)
    )


async def say(browser: aiohttp.ClientSession, server: Server, query: str, frame: str | bytes) -> bool:
    """One frame on a connection of its own; whether it went out."""
    try:
        socket = await opened(browser, server, query)
        await socket.send_str("40/_event,")
        await (socket.send_bytes(frame) if isinstance(frame, bytes) else socket.send_str(frame))
        await socket.close()
    except (aiohttp.ClientError, ConnectionError, TimeoutError):
        return False
    return True


async def alive(server: Server) -> bool:
    """Whether somebody else is answered, by the API and with a page."""
    async with httpx.AsyncClient(trust_env=False, timeout=30) as other:
        said = [await other.get(server.address + place) for place in (routes.API_HEALTH, routes.SIGN_IN)]
    return all(answer.status_code in (200, 307) for answer in said)


async def test_frames_that_are_none_and_events_of_nobody_are_survived(server: Server) -> None:
    sent = 0
    async with aiohttp.ClientSession() as browser:
        for query in ("", f"&token={uuid.uuid4()}", "&token=../../x", "&token=" + "a" * 3000):
            came = await asyncio.gather(*(say(browser, server, query, frame) for frame in frames()))
            sent += sum(came)
    up = await alive(server)
    print(f"\n{sent} frames, alive: {up}")
    assert sent >= 50
    assert up


async def test_while_a_thousand_sockets_are_held_open_others_are_answered(server: Server) -> None:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as browser:
        held = []
        for _ in range(AT_ONCE // 50):
            queries = [f"&token={uuid.uuid4()}" if number % 2 else "" for number in range(50)]
            made = await asyncio.gather(*(opened(browser, server, query) for query in queries), return_exceptions=True)
            held += [one for one in made if isinstance(one, aiohttp.ClientWebSocketResponse)]
        up = await alive(server)
        print(f"\n{len(held)} sockets held open, others answered: {up}")
        await asyncio.gather(*(one.close() for one in held), return_exceptions=True)
    assert len(held) >= AT_ONCE * 0.95
    assert up
    assert await alive(server)
