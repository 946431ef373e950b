"""Recordings: what was heard and seen is in the file, at its time, whatever happened to the process."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from interview_platform.media.frames import TALK_FRAME, TALK_RATE, EncodedPicture
from interview_platform.media.recording import (
    Anchor,
    Mixer,
    Recorder,
    is_key,
    join,
    part_path,
    recorded_parts,
    seconds,
)
from tests.media.people import tone


def pictures(length: float, flashes: tuple[float, ...] = (), rate: int = 25) -> list[EncodedPicture]:
    """A dark film with white pictures for 0.2 s from each of these times on."""
    encoder = av.CodecContext.create("libvpx", "w")
    encoder.width, encoder.height, encoder.pix_fmt = 160, 120, "yuv420p"
    encoder.bit_rate, encoder.time_base, encoder.gop_size = 200_000, Fraction(1, 1000), 3000
    encoder.options = {"deadline": "realtime", "lag-in-frames": "0", "cpu-used": "-6"}
    found = []
    for number in range(round(length * rate)):
        at = number / rate
        light = 235 if any(start <= at < start + 0.2 for start in flashes) else 20
        frame = av.VideoFrame.from_ndarray(np.full((120, 160, 3), light, dtype=np.uint8), format="rgb24")
        frame.pts, frame.time_base = round(at * 1000), Fraction(1, 1000)
        for packet in encoder.encode(frame):
            data = bytes(packet)
            found.append(EncodedPicture(at, data, is_key(data)))
    return found


def record(path: Path, length: float, beeps: tuple[float, ...] = (), film: list[EncodedPicture] | None = None) -> float:
    """A part of this length; beeps of 0.2 s; its seconds."""
    recorder = Recorder(path)
    film = list(film or [])
    for beep in beeps:
        recorder.sound(beep, tone(0.2, TALK_RATE))
    for step in range(round(length / 0.02)):
        while film and film[0].at_seconds <= step * 0.02:
            recorder.picture(film.pop(0))
        recorder.tick((step + 1) * 0.02)
    return recorder.close()


def loud_times(path: Path) -> list[float]:
    """When the sound sets in."""
    with av.open(str(path)) as file:
        sound = np.concatenate([frame.to_ndarray().reshape(-1) for frame in file.decode(audio=0)])
    blocks = np.abs(sound[: len(sound) // 480 * 480].astype(float)).reshape(-1, 480).max(axis=1)
    loud = blocks > 0.3 * blocks.max()
    return [float(index * 0.01) for index in np.flatnonzero(loud[1:] & ~loud[:-1]) + 1]


def bright_times(path: Path) -> list[float]:
    """When the picture turns white."""
    with av.open(str(path)) as file:
        seen = [(frame.time, frame.to_ndarray(format="gray").mean() > 128) for frame in file.decode(video=0)]
    return [float(at) for (at, bright), (_, before) in zip(seen[1:], seen, strict=False) if bright and not before]


def test_a_part_has_picture_and_sound_at_their_times(tmp_path: Path) -> None:
    path = tmp_path / "part.webm"
    length = record(path, 5, beeps=(1.0, 3.0), film=pictures(5, flashes=(1.0, 3.0)))
    assert length == pytest.approx(5, abs=0.05)
    assert loud_times(path) == pytest.approx([1.0, 3.0], abs=0.03)
    assert bright_times(path) == pytest.approx([1.0, 3.0], abs=0.045)


def test_both_voices_are_in_the_one_track(tmp_path: Path) -> None:
    mixer = Mixer()
    mixer.add(0.0, np.full(TALK_RATE, 0.25, dtype=np.float32))
    mixer.add(0.5, np.full(TALK_RATE, 0.25, dtype=np.float32))
    mixed = mixer.settled(1.5)
    assert len(mixed) == 1.5 * TALK_RATE
    assert [float(mixed[round(at * TALK_RATE)]) for at in (0.2, 0.7, 1.2)] == [0.25, 0.5, 0.25]


def test_what_comes_too_late_for_the_mix_is_left_out_and_the_rest_of_it_placed_right() -> None:
    mixer = Mixer()
    assert not mixer.settled(1.0).any()
    mixer.add(0.9, np.full(TALK_RATE // 5, 0.5, dtype=np.float32))
    late = mixer.settled(1.2)
    assert late[TALK_FRAME] == 0.5
    assert late[round(0.15 * TALK_RATE)] == 0


def test_the_picture_starts_at_a_key_frame(tmp_path: Path) -> None:
    path = tmp_path / "part.webm"
    film = pictures(3)
    record(path, 6, film=[*film[10:], *[EncodedPicture(3 + one.at_seconds, one.data, one.is_key) for one in film]])
    with av.open(str(path)) as file:
        first = next(file.demux(video=0))
        assert first.is_keyframe
        assert float(first.pts * first.time_base) == pytest.approx(3, abs=0.05)


def test_a_killed_process_loses_no_more_than_about_two_seconds(tmp_path: Path) -> None:
    path, copy = tmp_path / "part.webm", tmp_path / "killed.webm"
    recorder = Recorder(path)
    film = pictures(8)
    for step in range(400):
        while film and film[0].at_seconds <= step * 0.02:
            recorder.picture(film.pop(0))
        recorder.sound(step * 0.02, tone(0.02, TALK_RATE))
        recorder.tick((step + 1) * 0.02)
    _until_written(path)
    copy.write_bytes(path.read_bytes())
    recorder.close()
    assert seconds(copy) >= 8 - 2.2


def _until_written(path: Path) -> None:
    """Wait until the file has stopped growing."""
    import time

    size = -1
    while not path.exists() or path.stat().st_size != size or size <= 0:
        size = path.stat().st_size if path.exists() else -1
        time.sleep(0.3)


def test_parts_are_joined_end_to_end_with_everything_at_its_time(tmp_path: Path) -> None:
    parts = [part_path(tmp_path, "interview", number) for number in (1, 2, 3)]
    lengths = [
        record(parts[0], 4, beeps=(1.0,), film=pictures(4, flashes=(1.0,))),
        record(parts[1], 3, beeps=(2.0,)),  # the camera was off
        record(parts[2], 4, beeps=(1.5,), film=pictures(4, flashes=(1.5,))),
    ]
    whole = tmp_path / "whole.webm"
    length = join(parts, whole)
    assert length == pytest.approx(sum(lengths), abs=0.1)
    assert loud_times(whole) == pytest.approx([1.0, 6.0, 8.5], abs=0.06)
    assert bright_times(whole) == pytest.approx([1.0, 8.5], abs=0.08)
    with av.open(str(whole)) as file:
        assert file.duration is not None
        assert file.duration / 1e6 == pytest.approx(length, abs=0.1)
        file.seek(round(8.0 * 1e6))
        assert next(file.decode(audio=0)).time > 6


def test_a_truncated_part_is_joined_as_far_as_it_goes(tmp_path: Path) -> None:
    parts = [tmp_path / "one.webm", tmp_path / "two.webm"]
    record(parts[0], 6, film=pictures(6))
    record(parts[1], 3, beeps=(1.0,), film=pictures(3))
    content = parts[0].read_bytes()
    parts[0].write_bytes(content[: len(content) * 2 // 3])
    kept = seconds(parts[0])
    assert 1 < kept < 6
    assert join(parts, tmp_path / "whole.webm") == pytest.approx(kept + 3, abs=0.1)
    assert loud_times(tmp_path / "whole.webm") == pytest.approx([kept + 1], abs=0.06)


def test_a_recording_of_sound_alone_has_no_picture_track(tmp_path: Path) -> None:
    record(tmp_path / "one.webm", 3, beeps=(1.0,))
    join([tmp_path / "one.webm"], tmp_path / "whole.webm")
    with av.open(str(tmp_path / "whole.webm")) as file:
        assert [stream.type for stream in file.streams] == ["audio"]


def test_nothing_readable_is_an_error_and_nothing_recorded_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "one.webm").write_bytes(b"not a film")
    assert seconds(tmp_path / "one.webm") == 0
    with pytest.raises(ValueError, match="could be read"):
        join([tmp_path / "one.webm"], tmp_path / "whole.webm")
    assert Recorder(tmp_path / "two.webm").close() == 0
    assert not (tmp_path / "two.webm").exists()


def test_a_recording_that_cannot_be_written_is_logged_once_and_stops_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "part.webm").mkdir()
    assert record(tmp_path / "part.webm", 4, film=pictures(1)) == 0
    assert caplog.text.count("recording stopped") == 1


def test_parts_on_disk_are_found_with_their_place_on_the_timeline(tmp_path: Path) -> None:
    for number, length in ((1, 2), (2, 3)):
        record(part_path(tmp_path, "interview", number), length)
    (first, second) = recorded_parts(tmp_path, "interview")
    assert (first[0], first[2]) == (1, 0.0)
    assert second[0] == 2
    assert (second[2], second[3]) == (pytest.approx(2, abs=0.05), pytest.approx(3, abs=0.05))
    assert recorded_parts(tmp_path, "another") == []


def test_a_stream_is_anchored_at_its_earliest_arrivals() -> None:
    anchor = Anchor()
    jitter = np.random.default_rng(3).uniform(0, 0.08, 200)
    placed = [anchor.place(index * 0.02, 5 + index * 0.02 + late) for index, late in enumerate(jitter)]
    assert placed[-1] - 199 * 0.02 == pytest.approx(5, abs=0.005)


def test_a_slower_clock_is_followed() -> None:
    anchor = Anchor()
    for index in range(30_000):  # ten minutes; the other clock loses 200 ppm
        placed = anchor.place(index * 0.02, index * 0.02 * 1.0002)
    assert placed == pytest.approx(29_999 * 0.02 * 1.0002, abs=0.05)
