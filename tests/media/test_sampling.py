"""Which pictures are decoded."""

from __future__ import annotations

from interview_platform.media.sampling import Sampling

KEY, DELTA = bytes([0x10, 0, 0, 0x9D, 0x01, 0x2A, 0, 1, 0, 1]), bytes([0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0])


def test_where_there_is_room_everything_is_decoded() -> None:
    sampling = Sampling(lambda: False)
    assert all(sampling.wanted("video/VP8", data) for data in (KEY, DELTA, DELTA, KEY, DELTA))


def test_in_a_crowded_house_only_key_frames_are() -> None:
    sampling = Sampling(lambda: True)
    assert [sampling.wanted("video/VP8", data) for data in (KEY, DELTA, DELTA, KEY)] == [True, False, False, True]


def test_what_builds_on_a_picture_that_was_left_out_waits_for_the_next_key_frame() -> None:
    crowd = [True]
    sampling = Sampling(lambda: crowd[0])
    assert sampling.wanted("video/VP8", KEY)
    assert not sampling.wanted("video/VP8", DELTA)
    crowd[0] = False
    assert not sampling.wanted("video/VP8", DELTA)
    assert sampling.wanted("video/VP8", KEY)
    assert sampling.wanted("video/VP8", DELTA)


def test_retransmissions_and_sound_are_no_pictures() -> None:
    assert Sampling(lambda: True).wanted("video/rtx", DELTA)
    assert Sampling(lambda: True).wanted("audio/opus", DELTA)
