"""Parts end to end: one file that plays, can be sought and has the right length after reconnections."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from interview_platform.media.recording import join, part_path, seconds
from interview_platform.media.recording_clock import Shift
from interview_platform.media.recording_join import AGENT, BOTH, CANDIDATE, survey
from tests.media.films import bright_times, loud_times, packets_of, pictures, record, sound_of, voice


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    """Three connections: a camera, none, a camera of another size."""
    paths = [part_path(tmp_path, "interview", number) for number in (1, 2, 3)]
    record(paths[0], 4, beeps=(1.0,), film=pictures(4, flashes=(2.0,)), heard=voice(4, beeps=(2.0,)))
    record(paths[1], 7, beeps=(1.0,), heard=voice(7, beeps=(2.0,)))
    record(paths[2], 4, beeps=(1.5,), film=pictures(4, flashes=(2.5,), size=(320, 240)), heard=voice(4, beeps=(2.5,)))
    return paths


def test_parts_are_joined_end_to_end_with_everything_at_its_time(tmp_path: Path, parts: list[Path]) -> None:
    whole = tmp_path / "whole.webm"
    assert join(parts, whole) == pytest.approx(15, abs=0.02)
    assert loud_times(whole, track=0) == pytest.approx([1.0, 2.0, 5.0, 6.0, 12.5, 13.5], abs=0.03)
    assert loud_times(whole, track=1) == pytest.approx([2.0, 6.0, 13.5], abs=0.03)
    assert loud_times(whole, track=2) == pytest.approx([1.0, 5.0, 12.5], abs=0.03)
    assert bright_times(whole) == pytest.approx([2.0, 13.5], abs=0.06)
    assert [len(sound_of(whole, track)) / 48_000 for track in (0, 1, 2)] == pytest.approx([15, 15, 15], abs=0.03)


def test_the_mix_is_what_players_play_first_and_each_voice_has_its_own_track(tmp_path: Path, parts: list[Path]) -> None:
    join(parts, tmp_path / "whole.webm")
    with av.open(str(tmp_path / "whole.webm")) as file:
        assert file.format.name.startswith("matroska")
        assert [stream.metadata["title"] for stream in file.streams.audio] == [BOTH, CANDIDATE, AGENT]
        assert [bool(stream.disposition & av.stream.Disposition.default) for stream in file.streams.audio] == [
            True,
            False,
            False,
        ]


def test_the_whole_has_its_length_in_its_head_and_its_index_in_front(tmp_path: Path, parts: list[Path]) -> None:
    whole = tmp_path / "whole.webm"
    join(parts, whole)
    content = whole.read_bytes()
    cues, cluster = content.find(bytes.fromhex("1c53bb6b")), content.find(bytes.fromhex("1f43b675"))
    assert 0 < cues < cluster
    with av.open(str(whole)) as file:
        assert file.duration is not None
        assert file.duration / 1e6 == pytest.approx(15, abs=0.05)


@pytest.mark.parametrize("wanted", [3.0, 8.0, 9.9, 13.0])
def test_a_player_can_jump_into_every_part_also_where_no_camera_was(
    tmp_path: Path, parts: list[Path], wanted: float
) -> None:
    join(parts, tmp_path / "whole.webm")
    with av.open(str(tmp_path / "whole.webm")) as file:
        file.seek(round(wanted * 1e6))
        landed = next(file.demux())
        assert wanted - 5.1 < float(landed.pts * landed.time_base) <= wanted


def test_where_no_camera_was_the_picture_is_dark_and_not_the_last_one_seen(tmp_path: Path) -> None:
    paths = [tmp_path / "one.webm", tmp_path / "two.webm"]
    record(paths[0], 3, film=pictures(3, flashes=(2.8,)), heard=voice(3))
    record(paths[1], 7, heard=voice(7))
    join(paths, tmp_path / "whole.webm")
    with av.open(str(tmp_path / "whole.webm")) as file:
        seen = [(frame.time, frame.to_ndarray(format="gray").mean()) for frame in file.decode(video=0)]
    assert [at for at, light in seen if at > 2.99] == pytest.approx([3.0, 8.0], abs=0.01)
    assert all(light < 40 for at, light in seen if at > 2.99)


def test_the_size_most_pictures_have_is_the_films(tmp_path: Path) -> None:
    paths = [tmp_path / "one.webm", tmp_path / "two.webm"]
    record(paths[0], 2, film=pictures(2))
    record(paths[1], 4, film=pictures(4, size=(320, 240)))
    join(paths, tmp_path / "whole.webm")
    with av.open(str(tmp_path / "whole.webm")) as file:
        assert (file.streams.video[0].width, file.streams.video[0].height) == (320, 240)
        sizes = {(frame.width, frame.height) for frame in file.decode(video=0)}
    assert sizes == {(160, 120), (320, 240)}


def test_a_size_that_changes_within_a_part_is_kept_as_it_came(tmp_path: Path) -> None:
    small, large = pictures(2), pictures(2, flashes=(1.0,), size=(320, 240))
    later = [type(one)(one.at_seconds + 2, one.data, one.is_key) for one in large]
    record(tmp_path / "one.webm", 4, film=small + later)
    join([tmp_path / "one.webm"], tmp_path / "whole.webm")
    assert bright_times(tmp_path / "whole.webm") == pytest.approx([3.0], abs=0.06)
    assert survey(tmp_path / "whole.webm").sizes == {(160, 120): 50, (320, 240): 50}


def test_of_two_codecs_the_one_seen_longer_is_kept_and_no_voice_is_lost(tmp_path: Path) -> None:
    record(tmp_path / "one.webm", 2, film=pictures(2, codec="h264"), heard=voice(2, beeps=(1.0,)))
    record(tmp_path / "two.webm", 5, film=pictures(5, flashes=(3.0,)), heard=voice(5, beeps=(2.0,)))
    parts = [tmp_path / "one.mkv", tmp_path / "two.webm"]
    assert join(parts, tmp_path / "whole") == pytest.approx(7, abs=0.02)
    assert loud_times(tmp_path / "whole") == pytest.approx([1.0, 4.0], abs=0.03)
    assert bright_times(tmp_path / "whole") == pytest.approx([5.0], abs=0.06)
    with av.open(str(tmp_path / "whole")) as file:
        assert [stream.codec_context.name for stream in file.streams.video] == ["vp8"]


def test_a_truncated_part_is_joined_as_far_as_it_goes(tmp_path: Path) -> None:
    parts = [tmp_path / "one.webm", tmp_path / "two.webm"]
    record(parts[0], 6, film=pictures(6), heard=voice(6))
    record(parts[1], 3, beeps=(1.0,), film=pictures(3), heard=voice(3))
    content = parts[0].read_bytes()
    parts[0].write_bytes(content[: len(content) * 2 // 3])
    kept = seconds(parts[0])
    assert 1 < kept < 6
    assert join(parts, tmp_path / "whole.webm") == pytest.approx(kept + 3, abs=0.02)
    assert loud_times(tmp_path / "whole.webm") == pytest.approx([kept + 1], abs=0.03)


def test_a_part_of_rubbish_between_good_ones_is_left_out(tmp_path: Path) -> None:
    parts = [tmp_path / name for name in ("one.webm", "two.webm", "three.webm")]
    record(parts[0], 2, beeps=(1.0,))
    parts[1].write_bytes(bytes(range(256)) * 40)
    record(parts[2], 2, beeps=(1.0,))
    assert join(parts, tmp_path / "whole.webm") == pytest.approx(4, abs=0.02)
    assert loud_times(tmp_path / "whole.webm") == pytest.approx([1.0, 3.0], abs=0.03)


def test_a_recording_of_sound_alone_has_no_picture_track(tmp_path: Path) -> None:
    record(tmp_path / "one.webm", 3, beeps=(1.0,), heard=voice(3))
    join([tmp_path / "one.webm"], tmp_path / "whole.webm")
    with av.open(str(tmp_path / "whole.webm")) as file:
        assert [stream.type for stream in file.streams] == ["audio"] * 3


def test_a_whole_can_be_joined_again_from_the_same_parts(tmp_path: Path, parts: list[Path]) -> None:
    first, again = join(parts, tmp_path / "a.webm"), join(parts, tmp_path / "b.webm")
    assert first == again
    for kind, track in (("video", 0), ("audio", 1), ("audio", 2)):
        assert packets_of(tmp_path / "a.webm", kind, track) == packets_of(tmp_path / "b.webm", kind, track)


def test_pictures_that_came_late_before_the_reports_are_put_beside_their_sound(tmp_path: Path) -> None:
    part, whole = part_path(tmp_path, "interview", 1), tmp_path / "whole.webm"
    record(part, 6, film=pictures(6, flashes=(2.12, 4.0)), heard=voice(6, beeps=(2.0, 4.0)))
    Shift(3.0, -0.12).keep(part)
    join([part], whole)
    assert bright_times(whole) == pytest.approx(loud_times(whole, track=0), abs=0.05)
