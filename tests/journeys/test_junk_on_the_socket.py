"""A raw socket client sends junk: wrong shapes, unknown names, huge payloads, broken frames. The product goes on."""

from __future__ import annotations

import asyncio
import random
import uuid
from typing import Any

import httpx
import pytest
import socketio

from interview_platform import routes
from tests.journeys.conftest import Server
from tests.journeys.test_nobody import NAMESPACE

pytestmark = pytest.mark.journey
EVENTS = 400


def junk(seed: int) -> list[Any]:
    """Payloads of every wrong kind, the same at every run."""
    dice = random.Random(seed)
    deep: Any = "x"
    for _ in range(60):
        deep = {"a": [deep]}
    kinds: list[Any] = [
        None, 0, -1, 1e308, "", "x" * 50_000, [], {}, deep, b"\x00\xff" * 500, {"name": None},
        {"name": 5, "payload": []},
        {"name": "reflex___state____state.__class__", "payload": {}},
        {"name": "reflex___state____state.reset", "payload": {}},
        {"name": "../../etc/passwd", "payload": {"self": 1}},
        {"name": "reflex___state____state.setvar", "payload": {"var_name": "__dict__", "value": {}}},
        {"token": "x", "name": "x.y", "router_data": "no object", "payload": 3},
        {"name": "a" * 10_000, "payload": {"b" * 10_000: "c"}, "router_data": {"pathname": "/" * 10_000}},
    ]  # fmt: skip
    return [dice.choice(kinds) for _ in range(EVENTS)]


async def flood(server: Server, seed: int) -> int:
    """Send all of it, connecting again whenever the server has had enough; how many went out."""
    sent, client = 0, socketio.AsyncClient(reconnection=False)
    for payload in junk(seed):
        if not client.connected:
            client = socketio.AsyncClient(reconnection=False)
            await client.connect(
                f"{server.address}?token={uuid.uuid4()}",
                headers={"Origin": server.address},
                transports=["websocket"],
                socketio_path=NAMESPACE,
                namespaces=[NAMESPACE],
            )
        try:
            await client.emit("event", payload, namespace=NAMESPACE)
            sent += 1
        except (socketio.exceptions.SocketIOError, ValueError, OSError):
            continue
    await client.disconnect()
    return sent


async def test_after_junk_from_four_clients_the_product_answers_as_before(server: Server) -> None:
    sent = await asyncio.gather(*(flood(server, seed) for seed in range(4)))
    async with httpx.AsyncClient(trust_env=False) as browser:
        health = await browser.get(f"{server.address}{routes.API_HEALTH}", timeout=20)
        page = await browser.get(f"{server.address}{routes.SIGN_IN}", timeout=20, follow_redirects=True)
    print(f"\n{sum(sent)} pieces of junk, product alive: {health.is_success}")
    assert sum(sent) >= 4 * EVENTS * 0.8
    assert health.is_success
    assert "Content-Security-Policy".lower() in page.headers


async def test_another_site_cannot_open_the_page_socket(server: Server) -> None:
    for origin in ("https://evil.example", "null"):
        client = socketio.AsyncClient(reconnection=False)
        with pytest.raises(socketio.exceptions.ConnectionError):
            await client.connect(
                f"{server.address}?token={uuid.uuid4()}",
                headers={"Origin": origin},
                transports=["websocket"],
                socketio_path=NAMESPACE,
                namespaces=[NAMESPACE],
            )
