"""Parts: what was heard and seen is in the file as it came, at its time, whatever happened to the process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import numpy as np
import pytest

from interview_platform.media.frames import TALK_FRAME, TALK_RATE, EncodedPicture
from interview_platform.media.recording import (
    EncodedSound,
    Mixer,
    Recorder,
    join,
    part_path,
    recorded_parts,
    seconds,
)
from interview_platform.media.recording_codecs import is_h264_key, opus_seconds
from tests.media.films import bright_times, loud_times, packets_of, pictures, play, record, voice
from tests.media.people import tone


def test_a_part_has_picture_and_both_voices_at_their_times(tmp_path: Path) -> None:
    path = tmp_path / "part.webm"
    length = record(path, 5, beeps=(2.0,), film=pictures(5, flashes=(1.0, 3.0)), heard=voice(5, beeps=(1.0, 3.0)))
    assert length == pytest.approx(5, abs=0.001)
    assert seconds(path) == length
    assert loud_times(path, track=0) == pytest.approx([1.0, 3.0], abs=0.02)
    assert loud_times(path, track=1) == pytest.approx([2.0], abs=0.02)
    assert bright_times(path) == pytest.approx([1.0, 3.0], abs=0.045)


@pytest.mark.parametrize(("codec", "suffix"), [("vp8", ".webm"), ("h264", ".mkv")])
def test_nothing_the_candidate_sent_is_encoded_again(tmp_path: Path, codec: str, suffix: str) -> None:
    film, heard = pictures(3, flashes=(1.0,), codec=codec), voice(3, beeps=(1.0,))
    record(tmp_path / "part.webm", 3, film=film, heard=heard)
    path = (tmp_path / "part").with_suffix(suffix)
    assert [data for _, data in packets_of(path, "audio")] == [sound.data for sound in heard]
    shown = [data for _, data in packets_of(path, "video")]
    if codec == "vp8":
        assert shown == [picture.data for picture in film]
    else:
        assert [_units(data) for data in shown] == [_sent_units(picture.data) for picture in film]
    assert join([path], tmp_path / "whole") == pytest.approx(3, abs=0.02)
    assert [data for _, data in packets_of(tmp_path / "whole", "video")] == shown
    kept = [data for _, data in packets_of(tmp_path / "whole", "audio", track=1)]
    assert kept == [sound.data for sound in heard]


def _sent_units(data: bytes) -> list[bytes]:
    """An H264 frame's units, as they were sent: each behind a start code."""
    return [unit.rstrip(b"\0") for unit in data.split(b"\0\0\1") if unit.strip(b"\0")]


def _units(data: bytes) -> list[bytes]:
    """An H264 frame's units, as files hold them: each behind its length."""
    found = []
    while data:
        length = int.from_bytes(data[:4], "big")
        found.append(data[4 : 4 + length].rstrip(b"\0"))
        data = data[4 + length :]
    return found


def test_a_file_of_pictures_only_h264_browsers_send_is_found_and_plays(tmp_path: Path) -> None:
    film = pictures(4, flashes=(2.0,), codec="h264")
    assert [is_h264_key(picture.data) for picture in film[:2]] == [True, False]
    record(part_path(tmp_path, "interview", 1), 4, film=film, heard=voice(4, beeps=(2.0,)))
    ((part, path, offset, length),) = recorded_parts(tmp_path, "interview")
    assert (part, path.suffix, offset, length) == (1, ".mkv", 0.0, pytest.approx(4, abs=0.02))
    join([path], tmp_path / "whole")
    assert bright_times(tmp_path / "whole") == pytest.approx([2.0], abs=0.045)
    with av.open(str(tmp_path / "whole")) as file:
        assert "mp4" in file.format.name


def test_sound_that_did_not_come_leaves_a_gap_and_moves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "part.webm"
    heard = [sound for sound in voice(5, beeps=(1.0, 4.0)) if not 2.0 <= sound.at_seconds < 2.5]
    lossy = [sound for number, sound in enumerate(heard) if number % 20 != 7]  # and 5% besides
    record(path, 5, heard=lossy)
    join([path], tmp_path / "whole.webm")
    for track in (0, 1):
        assert loud_times(tmp_path / "whole.webm", track)[0] == pytest.approx(1.0, abs=0.03)
        assert any(abs(at - 4.0) < 0.03 for at in loud_times(tmp_path / "whole.webm", track))


def test_sound_whose_place_wavers_a_little_is_written_without_seams(tmp_path: Path) -> None:
    path = tmp_path / "part.webm"
    waver = np.random.default_rng(1).uniform(-0.008, 0.008, 150)
    record(path, 3, heard=[EncodedSound(s.at_seconds + float(w), s.data) for s, w in zip(voice(3), waver, strict=True)])
    times = [at for at, _ in packets_of(path, "audio")]
    assert np.diff(times) == pytest.approx(0.02, abs=0.0021)


def test_packets_that_overtook_each_other_or_came_twice_are_written_once_and_in_order(tmp_path: Path) -> None:
    heard = voice(3, beeps=(1.0,))
    mixed = [sound for pair in zip(heard[1::2], heard[::2], strict=True) for sound in pair]
    record(tmp_path / "part.webm", 3, heard=[*mixed[:40], *mixed[30:]])
    assert [data for _, data in packets_of(tmp_path / "part.webm", "audio")] == [sound.data for sound in heard]


def test_sound_at_a_time_that_is_full_already_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "part.webm"
    heard = voice(2)
    moved = [EncodedSound(s.at_seconds + (0.1 if s.at_seconds < 1 else 0.0), s.data) for s in heard]
    record(path, 3, heard=moved)
    times = [at for at, _ in packets_of(path, "audio")]
    assert min(np.diff(times)) > 0.015
    assert times[-1] == pytest.approx(1.98, abs=0.02)


def test_both_voices_add_up_in_the_mix() -> None:
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


@pytest.mark.parametrize("opens_at", [1.0, 4.0])
def test_the_picture_starts_at_a_key_frame(tmp_path: Path, opens_at: float) -> None:
    path = tmp_path / "part.webm"
    film = pictures(2)
    late = [EncodedPicture(opens_at + one.at_seconds, one.data, one.is_key) for one in film]
    record(path, 6, film=[*film[10:20], *late])
    with av.open(str(path)) as file:
        first = next(file.demux(video=0))
        assert first.is_keyframe
        assert float(first.pts * first.time_base) == pytest.approx(opens_at, abs=0.02)


def test_the_silent_agent_costs_next_to_nothing_and_is_there_from_first_to_last(tmp_path: Path) -> None:
    path = tmp_path / "part.webm"
    record(path, 10, beeps=(5.0,), heard=voice(10))
    agent = packets_of(path, "audio", track=1)
    assert [at for at, _ in agent] == pytest.approx(np.arange(500) * 0.02, abs=0.002)
    assert sum(len(data) == 3 for _, data in agent) > 450


_WRITE = """
import sys
from pathlib import Path
from interview_platform.media.recording import Recorder
from tests.media.films import pictures, play, voice
from tests.media.people import tone
recorder = Recorder(Path(sys.argv[1]))
play(recorder, 9, beeps=(1.0, 8.0), film=pictures(9, flashes=(2.0,)), heard=voice(9, beeps=(3.0,)))
print("written", flush=True)
sys.stdin.read()
"""


def test_a_killed_process_loses_less_than_five_seconds_and_its_part_is_joined(tmp_path: Path) -> None:
    path = part_path(tmp_path, "interview", 1)
    command = [sys.executable, "-c", _WRITE, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()) as writing:
        assert writing.stdout is not None
        assert writing.stdout.readline() == b"written\n"
        _until_written(path)
        os.kill(writing.pid, signal.SIGKILL)
    assert writing.returncode == -signal.SIGKILL
    ((part, found, offset, kept),) = recorded_parts(tmp_path, "interview")
    assert (part, found, offset) == (1, path, 0.0)
    assert 9 - 5 < kept < 9
    after = part_path(tmp_path, "interview", 2)
    record(after, 3, beeps=(1.0,), film=pictures(3, flashes=(2.0,)), heard=voice(3))
    whole = tmp_path / "whole.webm"
    assert join([found, after], whole) == pytest.approx(kept + 3, abs=0.02)
    assert loud_times(whole) == pytest.approx([1.0, 3.0, kept + 1.0], abs=0.03)
    assert bright_times(whole) == pytest.approx([2.0, kept + 2.0], abs=0.06)


def _until_written(path: Path) -> None:
    """Wait until the file has stopped growing."""
    size = -1
    while not path.exists() or path.stat().st_size != size or size <= 0:
        size = path.stat().st_size if path.exists() else -1
        time.sleep(0.3)


def test_a_part_only_grows_so_that_it_can_be_stored_while_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "part.webm"
    recorder = Recorder(path)
    play(recorder, 8, film=pictures(8), heard=voice(8, beeps=(1.0,)))
    _until_written(path)
    early = path.read_bytes()
    recorder.close()
    whole = path.read_bytes()
    assert 0 < len(early) < len(whole)
    assert whole.startswith(early)


def test_nothing_readable_is_an_error_and_nothing_recorded_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "one.webm").write_bytes(b"not a film")
    assert seconds(tmp_path / "one.webm") == 0
    with pytest.raises(ValueError, match="could be read"):
        join([tmp_path / "one.webm"], tmp_path / "whole.webm")
    assert not (tmp_path / "whole.webm").exists()
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
    assert (second[2], second[3]) == (pytest.approx(2, abs=0.02), pytest.approx(3, abs=0.02))
    assert recorded_parts(tmp_path, "another") == []


def test_a_packets_length_is_read_from_its_head() -> None:
    assert [opus_seconds(sound.data) for sound in voice(0.1, beeps=())] == [0.02] * 5
    assert opus_seconds(b"") == 0
    assert opus_seconds(b"\xf8\xff\xfe") == 0.02
    assert opus_seconds(bytes([0b00011000])) == 0.06  # SILK, 60 ms
    assert opus_seconds(bytes([0b11111011, 3])) == pytest.approx(0.06)  # three frames of 20 ms


def test_the_agents_voice_is_as_loud_as_it_was_sent(tmp_path: Path) -> None:
    path = tmp_path / "part.webm"
    recorder = Recorder(path)
    for step in range(100):
        recorder.agent(step * 0.02, tone(2, TALK_RATE)[step * TALK_FRAME : (step + 1) * TALK_FRAME])
    recorder.close()
    with av.open(str(path)) as file:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=1)])
    assert np.abs(sound[len(sound) // 4 :]).max() == pytest.approx(0.3, abs=0.03)
