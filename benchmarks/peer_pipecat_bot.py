"""The peer of benchmarks.peer_pipecat: Pipecat with its own defaults on the product's models, a page beside it.

Runs in the environment that has Pipecat: `python peer_pipecat_bot.py PORT HIBARI_WEIGHTS MOONSHINE_FOLDER`. What it
says are canned questions; everything else (detector, end of turn, interruptions) is Pipecat's own.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import numpy as np
from aiohttp import web
from hibari import Hibari
from moonshine_voice import ModelArch, Transcriber
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.frames.frames import Frame, LLMContextFrame, TranscriptionFrame, TTSSpeakFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import LLMContextAggregatorPair, LLMUserAggregatorParams
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.services.settings import STTSettings, TTSSettings
from pipecat.services.stt_service import SegmentedSTTService
from pipecat.services.tts_service import TTSService
from pipecat.transports.base_transport import TransportParams
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection
from pipecat.transports.smallwebrtc.transport import SmallWebRTCTransport
from pipecat.utils.time import time_now_iso8601
from pipecat.workers.runner import WorkerRunner

RATE = 24_000
QUESTIONS = (
    "Thank you. What was your own part in that work?",
    "I see. What was the hardest part of it?",
    "Thank you. How did you know that it had worked?",
    "All right. What would you do differently today?",
)
PAGE = """<!doctype html><meta charset=utf-8><title>peer</title><button id=go>start</button><script>
go.onclick = async () => {
  const call = new RTCPeerConnection();
  const [track] = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks();
  call.addTransceiver(track, { direction: "sendrecv" });
  call.createDataChannel("chat", { ordered: true });
  await call.setLocalDescription(await call.createOffer());
  while (call.iceGatheringState !== "complete") await new Promise((done) => setTimeout(done, 50));
  const { sdp, type } = call.localDescription;
  const headers = { "content-type": "application/json" };
  const reply = await fetch("/offer", { method: "POST", headers, body: JSON.stringify({ sdp, type }) });
  await call.setRemoteDescription(await reply.json());
};
</script>"""


class Hears(SegmentedSTTService):
    """Moonshine, a segment at a time."""

    def __init__(self, model: Transcriber) -> None:
        super().__init__(sample_rate=16_000, settings=STTSettings(model="tiny", language=None))
        self._model = model

    @property
    def wants_wav_segments(self) -> bool:
        """Raw 16-bit sound."""
        return False

    async def run_stt(self, audio: bytes) -> AsyncGenerator[Frame | None, None]:
        """The words of a segment."""
        samples = (np.frombuffer(audio, dtype=np.int16).astype(np.float32) / 32768).tolist()
        found = await asyncio.to_thread(self._model.transcribe_without_streaming, samples, 16_000)
        text = " ".join(line.text for line in found.lines).strip()
        if text:
            yield TranscriptionFrame(text, self._user_id, time_now_iso8601(), None)


class Asks(FrameProcessor):
    """In place of a language model: the next canned question, at once."""

    def __init__(self) -> None:
        super().__init__()
        self._questions = itertools.cycle(QUESTIONS)

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """A question for every context, everything else passed on."""
        await super().process_frame(frame, direction)
        if isinstance(frame, LLMContextFrame):
            await self.push_frame(TTSSpeakFrame(next(self._questions)))
        else:
            await self.push_frame(frame, direction)


class Speaks(TTSService):
    """hibari, as it streams."""

    def __init__(self, model: Hibari) -> None:
        settings = TTSSettings(model="hibari", voice="hibari", language=None)
        super().__init__(sample_rate=RATE, push_start_frame=True, push_stop_frames=True, settings=settings)
        self._model = model

    async def run_tts(self, text: str, context_id: str) -> AsyncGenerator[Frame | None, None]:
        """The text's sound, chunk by chunk."""
        chunks = _chunks(self._model.stream(text))
        async for frame in self._stream_audio_frames_from_iterator(chunks, in_sample_rate=RATE, context_id=context_id):
            yield frame


async def _chunks(made: Any) -> AsyncIterator[bytes]:
    """A model's chunks as 16-bit sound, made on a thread."""
    while (chunk := await asyncio.to_thread(next, made, None)) is not None:
        yield (np.clip(2.0 * np.asarray(chunk), -1.0, 1.0) * 32767).astype(np.int16).tobytes()


async def converse(connection: SmallWebRTCConnection, ears: Transcriber, voice: Hibari) -> None:
    """One call, with Pipecat's defaults."""
    transport = SmallWebRTCTransport(connection, TransportParams(audio_in_enabled=True, audio_out_enabled=True))
    pair = LLMContextAggregatorPair(
        LLMContext([]), user_params=LLMUserAggregatorParams(vad_analyzer=SileroVADAnalyzer())
    )
    steps = [transport.input(), Hears(ears), pair.user(), Asks(), Speaks(voice), transport.output(), pair.assistant()]
    worker = PipelineWorker(Pipeline(steps), cancel_on_idle_timeout=False)

    @transport.event_handler("on_client_connected")
    async def _connected(_transport: Any, _client: Any) -> None:
        await worker.queue_frames([TTSSpeakFrame("Hello. Please tell me about your work.")])

    @transport.event_handler("on_client_disconnected")
    async def _gone(_transport: Any, _client: Any) -> None:
        await worker.cancel()

    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    await runner.run()


def app(ears: Transcriber, voice: Hibari) -> web.Application:
    """The page and the way to call."""
    calls: set[asyncio.Task[None]] = set()

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    async def offer(request: web.Request) -> web.Response:
        given = await request.json()
        connection = SmallWebRTCConnection()
        await connection.initialize(sdp=given["sdp"], type=given["type"])
        calls.add(asyncio.ensure_future(converse(connection, ears, voice)))
        return web.json_response(connection.get_answer())

    made = web.Application()
    made.add_routes([web.get("/", page), web.post("/offer", offer)])
    return made


def main() -> None:
    """Serve until ended."""
    port, weights, folder = sys.argv[1:4]
    voice = Hibari(model=weights, threads=1)
    for _ in voice.stream("Hello."):
        pass
    web.run_app(app(Transcriber(folder, ModelArch.TINY), voice), host="127.0.0.1", port=int(port), print=None)


if __name__ == "__main__":
    main()
