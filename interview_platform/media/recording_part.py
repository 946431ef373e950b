"""The file of one connection: pictures and the candidate's voice as they came, the agent's voice in a track of its own.

The file only ever grows (no byte is changed later, so that it can be stored while it is written), and a cluster of it
is closed every second. Its length is that of the agent's track, which has every 20 ms from second 0 to the end.
"""

from __future__ import annotations

import logging
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from interview_platform.media.frames import TALK_FRAME, TALK_RATE, EncodedPicture
from interview_platform.media.recording_clock import Shift
from interview_platform.media.recording_codecs import (
    SILENCE,
    USUAL_SIZE,
    EncodedSound,
    h264_template,
    opus_seconds,
    size,
)
from interview_platform.media.recording_mix import Mixer
from interview_platform.ports import Samples

_log = logging.getLogger(__name__)

HOLD_SECONDS = 0.6
"""How long everything is held for what comes late, before it is written in order of time."""
WAIT_FOR_PICTURE_SECONDS = 2.0
OUT_OF_STEP_SECONDS = 0.015
"""Sound that differs by less from the end of the packet before it follows it without a seam."""
_FADE_FRAMES = 10
"""So many silent frames after the agent's last word are encoded, so that it may die away."""
_OPTIONS = {"cluster_time_limit": "1000", "flush_packets": "1", "max_interleave_delta": "500000", "live": "1"}
_MILLISECOND = Fraction(1, 1000)
CANDIDATE, AGENT = "Candidate", "Interviewer"
"""Titles of the tracks."""


class PartWriter:
    """Takes what happens on a connection, in any order within HOLD_SECONDS; seconds from the part's start."""

    def __init__(self, path: Path) -> None:
        """Nothing is written before there is a picture or it is clear that there will be none for now."""
        self.path = path
        self._agent = Mixer()
        self._now = 0.0
        self._pictures: list[EncodedPicture] = []
        self._codec = ""  # of the pictures; the first one's
        self._decodable = False  # a key frame has come
        self._sounds: list[EncodedSound] = []
        self._sound_end, self._last_picture_ms = 0.0, -1
        self._quiet = _FADE_FRAMES
        self._container: Any = None
        self._tracks: dict[str, Any] = {}

    def tick(self, at_seconds: float) -> None:
        """Time has come this far."""
        self._now = max(self._now, at_seconds)
        if self._now - HOLD_SECONDS - self._agent.position / TALK_RATE >= 0.1:
            self._write(self._now - HOLD_SECONDS)

    def agent(self, at_seconds: float, samples: Samples) -> None:
        """The agent's voice at TALK_RATE, as it was sent at `at_seconds`."""
        self._agent.add(at_seconds, samples)
        self.tick(at_seconds)

    def candidate(self, sound: EncodedSound) -> None:
        """The candidate's voice."""
        self._sounds.append(sound)
        self.tick(sound.at_seconds)

    def picture(self, picture: EncodedPicture) -> None:
        """The candidate's picture; those before the first that can be decoded are left out."""
        self._codec = self._codec or picture.codec
        self._decodable = self._decodable or picture.is_key
        if self._decodable and picture.codec == self._codec:
            self._pictures.append(picture)
        self.tick(picture.at_seconds)

    def shifted(self, shift: Shift) -> None:
        """Keep beside the file how its first pictures were misplaced."""
        shift.keep(self.path)

    def close(self) -> float:
        """Write what is left; the part's seconds."""
        if self._now > 0:
            self._write(self._now, last=True)
        if self._container is not None:
            self._container.close()
        return self._agent.position / TALK_RATE

    # --- writing -----------------------------------------------------------------------------------------------

    def _write(self, until: float, last: bool = False) -> None:
        if self._container is None:
            if not self._pictures and until < WAIT_FOR_PICTURE_SECONDS and not last:
                return
            self._open()
        start = self._agent.position
        voice = self._agent.settled(until)
        for offset in range(0, len(voice), TALK_FRAME):
            upto = (start + offset) / TALK_RATE
            self._write_pictures(upto)
            self._write_sounds(upto)
            self._write_agent(start + offset, voice[offset : offset + TALK_FRAME])

    def _open(self) -> None:
        kind = "webm"
        if self._codec == "h264":  # WebM may not hold it; Matroska, of which WebM is a part, does
            self.path, kind = self.path.with_suffix(".mkv"), "matroska"
        self._container = av.open(str(self.path), "w", format=kind, options=_OPTIONS)
        self._tracks["picture"] = self._picture_track()
        for title in (CANDIDATE, AGENT):
            track = self._container.add_stream("libopus", rate=TALK_RATE, layout="mono")
            track.bit_rate, track.metadata["title"] = 32_000, title
            self._tracks[title] = track

    def _picture_track(self) -> Any:
        first = self._pictures[0].data if self._pictures else b""
        if self._codec == "h264":
            return self._container.add_stream_from_template(h264_template(first), opaque=True)
        self._codec = "vp8"
        width, height = size(first) if first else USUAL_SIZE
        return self._container.add_mux_stream("vp8", rate=30, width=width, height=height)

    def _write_agent(self, position: int, samples: Samples) -> None:
        self._quiet = 0 if samples.any() else self._quiet + 1
        if self._quiet > _FADE_FRAMES:
            self._mux(AGENT, SILENCE, position / TALK_RATE)
            return
        pcm: NDArray[np.int16] = (samples * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(pcm[None], format="s16", layout="mono")
        frame.sample_rate = TALK_RATE
        for packet in self._tracks[AGENT].encode(frame):
            self._mux(AGENT, bytes(packet), position / TALK_RATE)

    def _write_sounds(self, until: float) -> None:
        self._sounds.sort(key=lambda sound: sound.at_seconds)  # packets may have overtaken each other
        while self._sounds and self._sounds[0].at_seconds <= until:
            sound = self._sounds.pop(0)
            off = sound.at_seconds - self._sound_end
            if sound.at_seconds < 0 or off < -OUT_OF_STEP_SECONDS or not sound.data:
                continue  # there is sound at this time already
            at = self._sound_end if off < OUT_OF_STEP_SECONDS else sound.at_seconds
            self._mux(CANDIDATE, sound.data, at)
            self._sound_end = at + opus_seconds(sound.data)

    def _write_pictures(self, until: float) -> None:
        while self._pictures and self._pictures[0].at_seconds <= until:
            picture = self._pictures.pop(0)
            stamp = max(round(picture.at_seconds * 1000), self._last_picture_ms + 1, 0)
            self._last_picture_ms = stamp
            self._mux("picture", picture.data, stamp / 1000, picture.is_key)

    def _mux(self, track: str, data: bytes, at_seconds: float, is_key: bool = True) -> None:
        packet = av.Packet(data)
        packet.stream, packet.time_base = self._tracks[track], _MILLISECOND
        packet.pts = packet.dts = round(at_seconds * 1000)
        packet.is_keyframe = is_key
        if track != "picture":
            packet.duration = round(opus_seconds(data) * 1000)
        self._container.mux(packet)
