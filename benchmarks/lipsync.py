"""How far picture and sound lie apart in a recording. Prints JSON: milliseconds, picture after sound is positive.

    python -m benchmarks.lipsync [--sender chromium|aiortc] [--seconds 40] [--connections 2] [--loss 0.05]
                                 [--jitter-ms 80] [--video-delay-ms 0] [--keep FOLDER] [--json OUT]

A camera turns white and a microphone beeps at the same moment, every two seconds or so, over real WebRTC and
loopback, into the rooms' own peer and recorder; the parts are joined as after an interview, and the joined file is
read: when is the picture white, when is the sound there. Loss, jitter and delay are made where packets come in. What
Chromium's canvas adds between painting and sending (a frame or so) is part of the figure.
"""

from __future__ import annotations

import argparse
import asyncio
import fractions
import json
import random
import statistics
import tempfile
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamTrack

from interview_platform.evaluation.browser import find_chromium
from interview_platform.media.frames import TALK_FRAME, TALK_RATE
from interview_platform.media.peer import Peer, Wires
from interview_platform.media.recording import EncodedSound, Recorder, join

FLASH_SECONDS = 0.3
GOAL_MS = 80.0
_FLAGS = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
_FLAGS += ["--disable-features=WebRtcHideLocalIpsWithMdns", "--disable-background-timer-throttling"]
_TASKS: list[asyncio.Task[None]] = []  # nobody else holds them
_PAGE = """async (times) => {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 640, height: 480 });
  document.body.append(canvas);
  const paint = canvas.getContext("2d");
  const audio = new AudioContext();
  await audio.resume();
  const out = audio.createMediaStreamDestination();
  const gain = audio.createGain();
  gain.gain.value = 0;
  const tone = audio.createOscillator();
  tone.frequency.value = 440;
  tone.connect(gain).connect(out);
  tone.start();
  const zero = audio.currentTime + 1;
  for (const at of times) {
    gain.gain.setValueAtTime(0.4, zero + at);
    gain.gain.setValueAtTime(0, zero + at + FLASH);
  }
  let drawn = 0;
  setInterval(() => {
    const now = audio.currentTime - zero;
    const light = times.some((at) => at <= now && now < at + FLASH);
    paint.fillStyle = light ? "#fff" : "#111";
    paint.fillRect(0, 0, 640, 480);
    paint.fillStyle = "#777";
    paint.fillRect((drawn++ * 7) % 640, 400, 30, 30);
  }, 20);
  const call = (window.call = new RTCPeerConnection());
  canvas.captureStream(30).getTracks().forEach((track) => call.addTrack(track));
  out.stream.getTracks().forEach((track) => call.addTrack(track));
  call.addTransceiver("audio", { direction: "recvonly" });
  await call.setLocalDescription(await call.createOffer());
  while (call.iceGatheringState !== "complete") await new Promise((done) => setTimeout(done, 50));
  return call.localDescription.sdp;
}""".replace("FLASH", str(FLASH_SECONDS))


def main() -> None:
    """Call, record, join, read, print."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        kept = options.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        flashes = asyncio.run(_record(options, kept))
        whole = kept / "whole"
        seconds = join(sorted(kept.glob("part-*.webm")), whole)
        report = {"sender": options.sender, "loss": options.loss, "jitter_ms": options.jitter_ms}
        report |= {"video_delay_ms": options.video_delay_ms, "connections": options.connections}
        report |= {"seconds": round(seconds, 1), "flashes": flashes, **_apart(whole)}
    print(json.dumps(report, indent=2))
    if options.json:
        options.json.write_text(json.dumps(report))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sender", choices=("chromium", "aiortc"), default="chromium")
    parser.add_argument("--seconds", type=float, default=40, help="of all connections together")
    parser.add_argument("--connections", type=int, default=2)
    parser.add_argument("--loss", type=float, default=0.0)
    parser.add_argument("--jitter-ms", type=float, default=0.0)
    parser.add_argument("--video-delay-ms", type=float, default=0.0, help="as over a slow uplink")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


# --- calls -------------------------------------------------------------------------------------------------------


async def _record(options: argparse.Namespace, folder: Path) -> int:
    """One part per connection; how many flashes there were."""
    rng, each, count = random.Random(7), options.seconds / options.connections, 0
    for part in range(1, options.connections + 1):
        times, at = [], 2.0
        while at < each - 1.5:
            times.append(round(at, 3))
            at += rng.uniform(1.4, 2.6)
        count += len(times)
        recorder = Recorder(folder / f"part-{part:03d}.webm")
        async with _answering(recorder, options) as peer, AsyncExitStack() as stack:
            sender = _chromium if options.sender == "chromium" else _aiortc
            await stack.enter_async_context(sender(peer, times))
            _impair(peer, options, rng)
            await asyncio.sleep(each + 1)
        recorder.close()
    return count


@asynccontextmanager
async def _answering(recorder: Recorder, options: argparse.Namespace) -> Any:
    """The rooms' side of a call."""
    zero, silence = time.monotonic(), np.zeros(TALK_FRAME, dtype=np.float32)
    wires = Wires(
        clock=lambda: time.monotonic() - zero,
        next_frame=lambda: silence,
        on_agent=lambda at, _: recorder.tick(at),
        on_sound=lambda _: None,
        on_encoded=lambda picture: recorder.picture(replace(picture)),
        on_encoded_sound=lambda sound: recorder.candidate(EncodedSound(sound.at_seconds, sound.data)),
        on_picture=lambda *_: None,
        on_connected=lambda: None,
        on_gone=lambda: None,
        on_shift=recorder.shifted,
    )
    peer = Peer(wires)
    try:
        yield peer
    finally:
        await peer.close()


@asynccontextmanager
async def _chromium(peer: Peer, times: list[float]) -> Any:
    """A real browser that calls the peer."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        page = await browser.new_page(bypass_csp=True)
        offer = await page.evaluate(_PAGE, times)
        answer = await peer.answer(offer, "offer")
        await page.evaluate("answer => window.call.setRemoteDescription(answer)", answer)
        yield
        await browser.close()


@asynccontextmanager
async def _aiortc(peer: Peer, times: list[float]) -> Any:
    """A caller in this process."""
    call, zero = RTCPeerConnection(), time.monotonic() + 1
    call.addTrack(_Microphone(zero, times))
    call.addTrack(_Camera(zero, times))
    await call.setLocalDescription(await call.createOffer())
    answer = await peer.answer(call.localDescription.sdp, "offer")
    await call.setRemoteDescription(RTCSessionDescription(**answer))
    yield
    await call.close()


class _Track(MediaStreamTrack):
    """Something real-time that is on at the given times after `zero`."""

    rate, step = 1, 1

    def __init__(self, zero: float, times: list[float]) -> None:
        super().__init__()
        self._zero, self._times, self._sent = zero, times, 0

    async def _next(self) -> tuple[float, int]:
        """Second and stamp of the next frame, when it is due."""
        await asyncio.sleep(max(0.0, self._zero - 1 + self._sent / self.rate - time.monotonic()))
        stamp, self._sent = self._sent, self._sent + self.step
        return stamp / self.rate - 1, stamp

    def _on(self, at: Any) -> Any:
        return np.any([(first <= at) & (at < first + FLASH_SECONDS) for first in self._times], axis=0)


class _Microphone(_Track):
    kind, rate, step = "audio", TALK_RATE, TALK_FRAME

    async def recv(self) -> av.AudioFrame:
        second, stamp = await self._next()
        at = second + np.arange(TALK_FRAME) / TALK_RATE
        pcm = (np.where(self._on(at), 0.4 * np.sin(2 * np.pi * 440 * at), 0) * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(pcm[None], format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = TALK_RATE, stamp, fractions.Fraction(1, TALK_RATE)
        return frame


class _Camera(_Track):
    kind, rate, step = "video", 90_000, 3_000

    async def recv(self) -> av.VideoFrame:
        second, stamp = await self._next()
        picture = np.full((480, 640, 3), 235 if self._on(second) else 20, dtype=np.uint8)
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = stamp, fractions.Fraction(1, 90_000)
        return frame


def _impair(peer: Peer, options: argparse.Namespace, rng: random.Random) -> None:
    """Lose and delay what comes in, before anything sees it."""
    for receiver in peer._connection.getReceivers():
        slower = options.video_delay_ms if receiver.track and receiver.track.kind == "video" else 0.0
        if options.loss or options.jitter_ms or slower:
            receiver._handle_rtp_packet = _bad_line(receiver._handle_rtp_packet, options, slower, rng)


def _bad_line(handle: Any, options: argparse.Namespace, slower: float, rng: random.Random) -> Any:
    """Packets are late by chance and stay in order, as in a router's queue."""
    loop, waiting = asyncio.get_running_loop(), asyncio.Queue[tuple[float, Any]]()
    last = 0.0

    async def deliver() -> None:
        while True:
            due, packet = await waiting.get()
            await asyncio.sleep(max(0.0, due - loop.time()))
            await handle(packet, arrival_time_ms=round(time.time() * 1000))

    async def handled(packet: Any, arrival_time_ms: int) -> None:
        nonlocal last
        if rng.random() >= options.loss:
            last = max(last, loop.time() + (slower + rng.uniform(0, options.jitter_ms)) / 1000)
            waiting.put_nowait((last, packet))

    _TASKS.append(asyncio.ensure_future(deliver()))
    return handled


# --- reading -----------------------------------------------------------------------------------------------------


def _apart(whole: Path) -> dict[str, Any]:
    """Of every flash: how long after its beep."""
    white, loud = _white(whole), _loud(whole)
    found = []
    for flash in white:
        beep = min(loud, key=lambda at, flash=flash: abs(at - flash), default=None)  # type: ignore[misc]
        if beep is not None and abs(flash - beep) < 0.7:
            found.append(1000 * (flash - beep))
    if not found:
        return {"measured": 0, "goal_ms": GOAL_MS, "met": False}
    sizes = sorted(map(abs, found))
    return {
        "measured": len(found),
        "p50_ms": round(statistics.median(found), 1),
        "p95_abs_ms": round(sizes[min(len(sizes) - 1, int(0.95 * len(sizes)))], 1),
        "max_abs_ms": round(sizes[-1], 1),
        "goal_ms": GOAL_MS,
        "met": sizes[-1] <= GOAL_MS,
    }


def _white(path: Path) -> list[float]:
    with av.open(str(path)) as file:
        seen = [(float(frame.time), frame.to_ndarray(format="gray").mean() > 128) for frame in file.decode(video=0)]
    return [at for (at, light), (_, before) in zip(seen[1:], seen, strict=False) if light and not before]


def _loud(path: Path) -> list[float]:
    """In the track that players play."""
    with av.open(str(path)) as file:
        sound = np.concatenate([frame.to_ndarray().reshape(-1) for frame in file.decode(audio=0)]).astype(float)
    step = TALK_RATE // 200
    blocks = np.abs(sound[: len(sound) // step * step]).reshape(-1, step).max(axis=1)
    loud = blocks > 0.3 * np.quantile(blocks, 0.999)
    quiet_before = np.array([not loud[max(0, n - 40) : n].any() for n in range(len(loud))])
    return [float(n / 200) for n in np.flatnonzero(loud & quiet_before)]


if __name__ == "__main__":
    main()
