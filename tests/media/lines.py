"""Bad networks between a candidate and the server: a lossy UDP relay for sound and picture, a TCP relay for the rest.

Both run in a thread of their own. Call `offer` and `answer` on the two descriptions of a call, and its packets pass
through here, as both sides see no other address than the relay's.
"""

from __future__ import annotations

import asyncio
import random
import re
import threading
from collections.abc import Callable
from typing import Any

_CANDIDATE = re.compile(r"^a=candidate:\S+ (\d+) (udp) \d+ (\d+\.\d+\.\d+\.\d+) (\d+) typ .*$", re.MULTILINE | re.I)
_ANY_CANDIDATE = re.compile(r"^a=(?:candidate:.*|end-of-candidates)\r?\n", re.MULTILINE)
Address = tuple[str, int]


class _Thread:
    """An event loop in a thread."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def do(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)


class _Port(asyncio.DatagramProtocol):
    def __init__(self, came: Callable[[bytes, Address], None]) -> None:
        self._came = came

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self._came(data, addr)


class _Leg:
    """One call's two ports: the browser sends to one, the server to the other."""

    def __init__(self, line: Line, browser: Address) -> None:
        self._line, self.browser, self.server = line, browser, ("", 0)

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        at = ("0.0.0.0", 0)
        self._near, _ = await loop.create_datagram_endpoint(lambda: _Port(self._up), local_addr=at)
        self._far, _ = await loop.create_datagram_endpoint(lambda: _Port(self._down), local_addr=at)

    @property
    def ports(self) -> tuple[int, int]:
        return tuple(one.get_extra_info("sockname")[1] for one in (self._near, self._far))  # type: ignore[return-value]

    def close(self) -> None:
        self._near.close()
        self._far.close()

    def _up(self, data: bytes, came_from: Address) -> None:
        self.browser = came_from
        self._line.carry(len(data), True, lambda: _send(self._far, data, self.server))

    def _down(self, data: bytes, _: Address) -> None:
        self._line.carry(len(data), False, lambda: _send(self._near, data, self.browser))


def _send(port: asyncio.DatagramTransport, data: bytes, to: Address) -> None:
    if not port.is_closing():
        port.sendto(data, to)


class Line:
    """`loss` 0..1 each way, `jitter` seconds of even delay each way, `up_kbit` a second (0: no limit)."""

    def __init__(self, loss: float = 0.0, jitter: float = 0.0, up_kbit: float = 0.0, seed: int = 1) -> None:
        self.loss, self.jitter, self.up_kbit, self.cut = loss, jitter, up_kbit, False
        self.carried = self.lost = 0
        self._random = random.Random(seed)
        self._free_at = 0.0
        self._legs: list[_Leg] = []
        self._thread = _Thread()

    def offer(self, sdp: str) -> str:
        """The browser's offer as the server gets it; opens the call's way through here."""
        return str(self._thread.do(self._offer(sdp)))

    def answer(self, sdp: str) -> str:
        """The server's answer as the browser gets it."""
        leg = self._legs[-1]
        host, port = _first(sdp)
        leg.server = (host, port)
        return _only(sdp, host, leg.ports[0])

    def forget(self) -> None:
        """The network has changed: no call's packets come through any more, new calls do."""
        self._thread.loop.call_soon_threadsafe(lambda: [leg.close() for leg in self._legs])

    def close(self) -> None:
        self.forget()
        self._thread.stop()

    def carry(self, size: int, up: bool, send: Callable[[], None]) -> None:
        """On the loop: lose it, or send it after its time on the line."""
        loop = self._thread.loop
        if self.cut or self._random.random() < self.loss:
            self.lost += 1
            return
        wait = self._random.random() * self.jitter
        if up and self.up_kbit:
            now = loop.time()
            self._free_at = max(now, self._free_at) + size * 8 / (self.up_kbit * 1000)
            if self._free_at - now > 0.5:  # the buffer of a slow line is full
                self._free_at -= size * 8 / (self.up_kbit * 1000)
                self.lost += 1
                return
            wait += self._free_at - now
        self.carried += 1
        loop.call_later(wait, send)

    async def _offer(self, sdp: str) -> str:
        host, port = _first(sdp)
        leg = _Leg(self, (host, port))
        await leg.open()
        self._legs.append(leg)
        return _only(sdp, host, leg.ports[1])


def _first(sdp: str) -> Address:
    found = _CANDIDATE.search(sdp)
    assert found, sdp
    return found[3], int(found[4])


def _only(sdp: str, host: str, port: int) -> str:
    """The description with one candidate for each part."""
    bare = _ANY_CANDIDATE.sub("", sdp)
    line = f"a=candidate:1 1 udp 2130706431 {host} {port} typ host\r\n"
    return re.sub(r"^(a=ice-pwd:.*\r?\n)", lambda held: held[1] + line, bare, flags=re.MULTILINE)


class TcpLine:
    """A TCP relay in front of a server. `cut`: nothing passes, as on a dead line; nobody is told."""

    def __init__(self, target: int) -> None:
        self.cut = False
        self._target = target
        self._thread = _Thread()
        self._writers: set[asyncio.StreamWriter] = set()
        self._server = self._thread.do(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = int(self._server.sockets[0].getsockname()[1])

    def reset(self) -> None:
        """Every connection breaks, as when the address changes."""
        self._thread.loop.call_soon_threadsafe(lambda: [w.transport.abort() for w in list(self._writers)])

    def close(self) -> None:
        self._thread.loop.call_soon_threadsafe(self._server.close)
        self.reset()
        self._thread.stop()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while self.cut:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, far_writer}
        await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))
        self._writers -= {writer, far_writer}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                while self.cut:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()
