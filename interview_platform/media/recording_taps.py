"""Read on their way into a WebRTC receiver: sender reports (how a sender's clocks lie to each other), sound, pictures.

These reach into aiortc's inner parts; where one is not there as known, nothing is changed.
"""

from __future__ import annotations

import logging
import queue
from collections.abc import Awaitable, Callable
from typing import Any, Literal

from interview_platform.media.recording_clock import SenderClock

_log = logging.getLogger(__name__)
_RATES = {"audio": 48_000, "video": 90_000}
_WRAP = 1 << 32


def tap_reports(receiver: Any, clock: SenderClock) -> None:
    """Tell `clock` what the sender reports of this receiver's track. Stamps are those the receiver hands on: counted
    from its first packet. Does nothing where the receiver's inner parts are not as known."""
    mapper: Any = getattr(receiver, "_RTCRtpReceiver__timestamp_mapper", None)
    handle: Callable[[Any], Awaitable[None]] | None = getattr(receiver, "_handle_rtcp_packet", None)
    if handle is None or not hasattr(mapper, "_origin"):
        _log.warning("sound and picture are recorded by their arrival with this version of aiortc")
        return
    kind = receiver.track.kind

    async def handled(packet: Any) -> None:
        try:
            _tell(packet, kind, mapper._origin, clock)
        except Exception:  # what goes wrong here would end the call
            _log.exception("a sender's report could not be read")
        await handle(packet)

    receiver._handle_rtcp_packet = handled


def _tell(packet: Any, kind: Literal["audio", "video"], origin: int | None, clock: SenderClock) -> None:
    sent = getattr(packet, "sender_info", None)
    if sent is None or origin is None:
        return
    clock.report(kind, _stamp(sent.rtp_timestamp, origin) / _RATES[kind], sent.ntp_timestamp / _WRAP)


def tap_sound(receiver: Any, sink: Callable[[str, int, bytes], None]) -> None:
    """Show every sound packet to `sink` (codec, time stamp, bytes) as it comes in, in whatever order: the receiver's
    buffer, which follows, gives up more than was lost."""
    mapper: Any = getattr(receiver, "_RTCRtpReceiver__timestamp_mapper", None)
    handle: Callable[..., Awaitable[None]] | None = getattr(receiver, "_handle_rtp_packet", None)
    codecs: dict[int, Any] | None = getattr(receiver, "_RTCRtpReceiver__codecs", None)
    if handle is None or codecs is None or not hasattr(mapper, "_origin"):
        _log.warning("the candidate's voice cannot be recorded with this version of aiortc")
        return

    async def handled(packet: Any, arrival_time_ms: int) -> None:
        try:
            codec, origin = codecs.get(packet.payload_type), mapper._origin
            if codec is not None and origin is not None and packet.payload:
                sink(codec.mimeType, _stamp(packet.timestamp, origin), bytes(packet.payload))
        except Exception:  # what goes wrong here would end the call
            _log.exception("a received packet could not be recorded")
        await handle(packet, arrival_time_ms=arrival_time_ms)

    receiver._handle_rtp_packet = handled


def _stamp(timestamp: int, origin: int) -> int:
    """Counted from the receiver's first packet, also when the sender's count has wrapped."""
    stamp = (timestamp - origin) % _WRAP
    return stamp - _WRAP if stamp > _WRAP // 2 else stamp


def shorten_jitter_buffer(receiver: Any) -> None:
    """Packets in order need not wait 80 ms for others."""
    buffer = getattr(receiver, "_RTCRtpReceiver__jitter_buffer", None)
    if buffer is not None and hasattr(buffer, "_prefetch"):
        buffer._prefetch = 1


def tap_pictures(receiver: Any, sink: Callable[[str, int, bytes], None], wanted: Callable[[str, bytes], bool]) -> None:
    """Show every received frame to `sink` (codec, time stamp, bytes); those `wanted` (codec, bytes) go on to the
    decoder, the others cost nothing more."""
    if isinstance(getattr(receiver, "_RTCRtpReceiver__decoder_queue", None), queue.Queue):
        receiver._RTCRtpReceiver__decoder_queue = _TappedQueue(sink, wanted)
    else:
        _log.warning("video cannot be recorded with this version of aiortc")


class _TappedQueue(queue.Queue[Any]):
    """A decoder's queue that shows what comes, and lets pass what is wanted."""

    def __init__(self, sink: Callable[[str, int, bytes], None], wanted: Callable[[str, bytes], bool]) -> None:
        super().__init__()
        self._sink, self._wanted = sink, wanted

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        if item is not None:
            codec, frame = item
            data = bytes(frame.data)
            try:
                self._sink(codec.mimeType, frame.timestamp, data)
            except Exception:
                _log.exception("a received frame could not be recorded")
            if not self._wanted(codec.mimeType, data):
                return
        super().put(item, block, timeout)
