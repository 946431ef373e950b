"""Which pictures are decoded: all of them, or in a crowded house only those that stand for themselves. Pure."""

from __future__ import annotations

from collections.abc import Callable

from interview_platform.media.recording_codecs import is_h264_key, is_key


class Sampling:
    """One connection's. A picture that builds on one that was left out cannot be decoded: the next key frame can."""

    def __init__(self, crowded: Callable[[], bool]) -> None:
        self._crowded = crowded
        self._broken = False

    def wanted(self, codec: str, data: bytes) -> bool:
        """Whether this frame goes to the decoder. Anything but pictures does."""
        kind = codec.lower()
        if kind not in {"video/vp8", "video/h264"} or not data:
            return True
        key = is_key(data) if kind == "video/vp8" else is_h264_key(data)
        if key:
            self._broken = False
            return True
        self._broken = self._broken or self._crowded()
        return not self._broken
