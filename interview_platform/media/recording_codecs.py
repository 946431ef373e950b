"""What can be told from encoded frames without decoding them: VP8 pictures, H264 pictures, Opus packets."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import av

OPUS_RATE = 48_000
OPUS_FRAME = 960
"""Samples of the packets written here: 20 ms."""
SILENCE = b"\xf8\xff\xfe"
"""20 ms of silence, mono, as Opus encoders send it."""
USUAL_SIZE = (640, 480)


@dataclass(frozen=True)
class EncodedSound:
    """One Opus packet of the candidate's as it came, for the recording."""

    at_seconds: float
    data: bytes


def is_key(data: bytes) -> bool:
    """Whether a VP8 frame is decodable by itself."""
    return len(data) >= 10 and not data[0] & 1


def size(data: bytes) -> tuple[int, int]:
    """Width and height, from a VP8 key frame's header; the usual ones for anything else."""
    if not is_key(data):
        return USUAL_SIZE
    width, height = int.from_bytes(data[6:8], "little") & 0x3FFF, int.from_bytes(data[8:10], "little") & 0x3FFF
    return (width, height) if width and height else USUAL_SIZE


def is_h264_key(data: bytes) -> bool:
    """Whether an H264 access unit (start codes before its units) can be decoded by itself: it brings its parameters."""
    kinds = {data[at + 3] & 0x1F for at in _starts(data) if at + 3 < len(data)}
    return {5, 7, 8} <= kinds


def h264_template(data: bytes) -> Any:
    """A stream described by an H264 key frame, to make others like it. Raises ValueError when it describes none."""
    try:
        return av.open(BytesIO(data), format="h264").streams.video[0]
    except (av.FFmpegError, IndexError) as error:
        raise ValueError("the H264 frame holds no parameters") from error


def opus_seconds(data: bytes) -> float:
    """How long an Opus packet sounds (RFC 6716, 3.1); 0 for an empty one."""
    if not data:
        return 0.0
    config, code = data[0] >> 3, data[0] & 3
    if config < 12:
        frame = (0.01, 0.02, 0.04, 0.06)[config & 3]
    elif config < 16:
        frame = (0.01, 0.02)[config & 1]
    else:
        frame = (0.0025, 0.005, 0.01, 0.02)[config & 3]
    if code == 3:
        return frame * (data[1] & 0x3F) if len(data) > 1 else 0.0
    return frame * (1, 2, 2)[code]


def _starts(data: bytes) -> list[int]:
    """Where start codes are."""
    found, at = [], data.find(b"\0\0\1")
    while at >= 0:
        found.append(at)
        at = data.find(b"\0\0\1", at + 3)
    return found
