"""A raw socket client without a cookie calls every event handler with real ids: nothing is done, nothing is told."""

from __future__ import annotations

import asyncio
import inspect
import sqlite3
import uuid
from typing import Any

import pytest
import socketio

from interview_platform import routes
from tests.journeys.conftest import Server
from tests.states.test_guard import our_states

NAMESPACE = "/_event"
pytestmark = pytest.mark.journey


def rows(server: Server) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with sqlite3.connect(server.folder / "platform.db") as db:
        names = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
        return {name: sorted(db.execute(f'select * from "{name}"'), key=repr) for name in names}


async def settled_rows(server: Server) -> dict[str, list[tuple[Any, ...]]]:
    """All rows, once the product has finished what earlier journeys left it to do."""
    found = await asyncio.to_thread(rows, server)
    for _ in range(30):
        await asyncio.sleep(3)
        again = await asyncio.to_thread(rows, server)
        if again == found:
            return found
        found = again
    raise AssertionError("the product goes on writing by itself")


def real_ids(everything: dict[str, list[tuple[Any, ...]]]) -> list[str]:
    """Ids an insider could know: the attacker is given them."""
    found = []
    for name in ("job", "application", "candidate", "invite", "interview", "question", "resume", "user_account"):
        found += [value for row in everything[name] for value in row if isinstance(value, str) and len(value) == 32]
    return found


def calls(ids: list[str]) -> list[tuple[str, dict[str, Any]]]:
    """Every handler of the product with arguments of the right names."""
    made = []
    for state in our_states():
        for name, handler in state.event_handlers.items():
            if name == "setvar":
                continue
            wanted = list(inspect.signature(handler.fn).parameters)[1:]
            for value in (ids[0], ids[-1], True):
                made.append((f"{state.get_full_name()}.{name}", dict.fromkeys(wanted, value)))
    return made


async def attack(server: Server, made: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """Send all of them; everything that came back, as text."""
    told: list[str] = []
    client = socketio.AsyncClient(reconnection=False)
    client.on("event", lambda update: told.append(str(update)), namespace=NAMESPACE)
    await client.connect(
        f"{server.address}?token={uuid.uuid4()}",
        headers={"Origin": server.address},
        transports=["websocket"],
        socketio_path=NAMESPACE,
        namespaces=[NAMESPACE],
    )
    for name, payload in made:
        event = {"name": name, "payload": payload, "router_data": {"pathname": routes.HOME, "query": {}}}
        await client.emit("event", event, namespace=NAMESPACE)
        await asyncio.sleep(0.02)
    await asyncio.sleep(2)
    await client.disconnect()
    return told


async def test_without_a_cookie_no_handler_acts_and_none_tells_anything(server: Server) -> None:
    before = await settled_rows(server)
    made = calls(real_ids(before))
    told = await attack(server, made)
    assert len(made) >= 60
    assert await asyncio.to_thread(rows, server) == before
    secrets = [row[2] for row in before["candidate"]] + [
        value for row in before["candidate"] for value in row if "@" in str(value)
    ]
    leaks = [text[:200] for text in told for secret in secrets if secret and str(secret) in text]
    assert leaks == []
