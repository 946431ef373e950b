"""Callers for benchmarks.rooms, in a process of their own: they send a film's packets as they are, and time sound.

Reads one JSON object a line: {"call": name}, {"answer": {sdp, type}, "call": name}, {"hang_up": name} or
{"report": true}.
Writes {"offer": {sdp, type}, "call": name}, {"gone": name} and {"heard": {name: [seconds of each sound packet]}}.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamTrack

_BASES = {"audio": Fraction(1, 48_000), "video": Fraction(1, 90_000)}


class Replayed(MediaStreamTrack):
    """One stream of a film, in real time and over and over, without encoding."""

    def __init__(self, kind: str, packets: list[tuple[float, bytes]], length: float, late: float) -> None:
        super().__init__()
        self.kind, self._packets, self._length = kind, packets, length
        self._zero, self._sent = time.monotonic() + late, 0

    async def recv(self) -> av.Packet:
        """The next one when it is due."""
        turn, index = divmod(self._sent, len(self._packets))
        at, data = self._packets[index]
        at += turn * self._length
        self._sent += 1
        await asyncio.sleep(max(0.0, self._zero + at - time.monotonic()))
        packet = av.Packet(data)
        packet.time_base = _BASES[self.kind]
        packet.pts = packet.dts = round(at / packet.time_base)
        return packet


class Callers:
    """All calls of this process."""

    def __init__(self, film: Path) -> None:
        self._streams, self._length = read(film)
        self._calls: dict[str, RTCPeerConnection] = {}
        self._heard: dict[str, list[float]] = {}

    async def call(self, name: str) -> dict[str, Any]:
        """A new call's offer; each begins at another place of the film's time."""
        call = self._calls[name] = RTCPeerConnection()
        late = (len(self._calls) * 0.37) % 3.0
        for kind, packets in self._streams.items():
            call.addTrack(Replayed(kind, packets, self._length, late))
        call.createDataChannel("heart", ordered=False, maxRetransmits=0)
        await call.setLocalDescription(await call.createOffer())
        return {"sdp": call.localDescription.sdp, "type": call.localDescription.type}

    async def answered(self, name: str, answer: dict[str, str]) -> None:
        """The room's answer: from now on sound packets are timed (not decoded: that would cost this machine)."""
        call, times = self._calls[name], self._heard.setdefault(name, [])
        await call.setRemoteDescription(RTCSessionDescription(**answer))

        async def came(packet: Any, arrival_time_ms: int) -> None:
            times.append(time.monotonic())

        for held in call.getTransceivers():
            if held.kind == "audio":
                held.receiver._handle_rtp_packet = came  # type: ignore[method-assign]

    async def hang_up(self, name: str) -> None:
        """End one."""
        await self._calls.pop(name).close()

    def heard(self) -> dict[str, list[float]]:
        """When each call's sound packets came."""
        return self._heard


def read(film: Path) -> tuple[dict[str, list[tuple[float, bytes]]], float]:
    """A WebM's packets by kind, and its length in seconds."""
    streams: dict[str, list[tuple[float, bytes]]] = {"audio": [], "video": []}
    with av.open(str(film)) as file:
        for packet in file.demux():
            if packet.pts is not None and packet.size:
                streams[packet.stream.type].append((float(packet.pts * packet.time_base), bytes(packet)))
    return streams, max(packets[-1][0] for packets in streams.values()) + 0.1


def tell(**what: Any) -> None:
    """One line to the benchmark."""
    print(json.dumps(what), flush=True)


async def main(film: Path) -> None:
    """Do as told until there is nothing more to read."""
    callers, lines = Callers(film), asyncio.StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async for line in lines:
        told = json.loads(line)
        if "answer" in told:
            await callers.answered(told["call"], told["answer"])
        elif "call" in told:
            tell(offer=await callers.call(told["call"]), call=told["call"])
        elif "hang_up" in told:
            with contextlib.suppress(Exception):
                await callers.hang_up(told["hang_up"])
            tell(gone=told["hang_up"])
        elif "report" in told:
            tell(heard=callers.heard())


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
