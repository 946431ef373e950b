"""Whether the relay lets a call through: one allocation with fresh credentials, given back at once."""

from __future__ import annotations

import asyncio
import re

from interview_platform.errors import ServiceUnavailable
from interview_platform.media.ice import Ice

SECONDS = 8.0
_TURN = re.compile(r"(turns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?")


def check(ice: Ice) -> str:
    """What the first relay answered. Raises ServiceUnavailable."""
    servers = [one for one in ice.servers("check") if "credential" in one]
    if not servers:
        raise ServiceUnavailable("TURN_URLS and TURN_SECRET are both needed for a relay.")
    address = str(servers[0]["urls"][0])
    try:
        asyncio.run(_allocate(address, str(servers[0]["username"]), str(servers[0]["credential"])))
    except Exception as error:  # refused, unreachable, not a TURN address: one advice fits all
        raise ServiceUnavailable(
            f"The relay at {address} did not let a call through ({type(error).__name__}). Check that it runs, that its "
            "port is open, and that TURN_SECRET is its static-auth-secret."
        ) from error
    return f"The relay at {address} let a call through."


async def _allocate(address: str, username: str, password: str) -> None:
    from aioice import turn

    found = _TURN.fullmatch(address)
    if found is None:
        raise ValueError("not a TURN address")
    scheme, host, port, transport = found.groups()
    made = turn.create_turn_endpoint(
        asyncio.DatagramProtocol,
        (host.strip("[]"), int(port or (5349 if scheme == "turns" else 3478))),
        username,
        password,
        ssl=scheme == "turns",
        transport=transport or ("tcp" if scheme == "turns" else "udp"),
    )
    relayed, _ = await asyncio.wait_for(made, SECONDS)
    relayed.close()
    await asyncio.sleep(0.1)  # lets the farewell go out
