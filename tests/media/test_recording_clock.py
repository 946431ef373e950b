"""A sender's stamps on our clock, and its picture beside its sound."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from interview_platform.media.recording_clock import Anchor, SenderClock, Shift
from interview_platform.media.recording_taps import tap_reports


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


def test_a_stream_that_counts_anew_goes_on_where_it_is() -> None:
    anchor = Anchor()
    for index in range(10):
        anchor.place(47_000 + index * 0.02, index * 0.02)
    assert anchor.place(3.0, 0.2) == pytest.approx(0.2)
    assert anchor.place(3.02, 0.22) == pytest.approx(0.22)


def _hear(clock: SenderClock, delay: float, count: int = 50) -> None:
    """Sound whose stamps began at 100 s, sent at our second 0."""
    for index in range(count):
        clock.place("audio", 100 + index * 0.02, index * 0.02 + delay)


def test_before_any_report_a_picture_lies_where_it_arrived() -> None:
    clock = SenderClock()
    _hear(clock, 0.03)
    assert clock.place("video", 7000.0, 1.2) == pytest.approx(1.2)


def test_by_the_senders_reports_a_picture_that_took_longer_lies_beside_its_sound() -> None:
    clock = SenderClock()
    _hear(clock, 0.03)
    assert clock.place("video", 7000.0, 0.0 + 0.25) == pytest.approx(0.25)  # shot with sound stamped 100
    clock.report("audio", 100.0, 5_000.0)
    clock.report("video", 7000.0, 5_000.0)
    assert clock.place("video", 7001.0, 1.25) == pytest.approx(1.25)  # one report is no report
    clock.report("audio", 101.0, 5_001.0)
    assert clock.place("video", 7002.0, 2.25) == pytest.approx(2.03)


def test_reports_that_would_move_the_picture_far_are_not_believed() -> None:
    clock = SenderClock()
    _hear(clock, 0.03)
    clock.report("audio", 100.0, 5_000.0)
    clock.report("video", 7000.0, 6_000.0)
    clock.report("video", 7001.0, 6_001.0)
    assert clock.place("video", 7000.0, 0.25) == pytest.approx(0.25)


def test_reports_that_contradict_each_other_are_not_believed() -> None:
    clock = SenderClock()
    _hear(clock, 0.03)
    clock.report("audio", 100.0, 5_000.0)
    for number in range(6):
        clock.report("video", 7000.0 + number, 5_000.0 + number * 1.03)
    assert clock.place("video", 7006.0, 6.25) == pytest.approx(6.25)


def test_without_sound_a_picture_lies_where_it_arrived() -> None:
    clock = SenderClock()
    for second in range(3):
        clock.report("video", 7000.0 + second, 6_000.0 + second)
    assert clock.place("video", 7000.0, 0.25) == pytest.approx(0.25)


class Receiver:
    """As much of a WebRTC receiver as the tap knows."""

    def __init__(self, kind: str, origin: int | None) -> None:
        self.track = SimpleNamespace(kind=kind)
        self._RTCRtpReceiver__timestamp_mapper = SimpleNamespace(_origin=origin)
        self.handled: list[Any] = []

    async def _handle_rtcp_packet(self, packet: Any) -> None:
        self.handled.append(packet)


def _report(rtp: int, ntp_seconds: float) -> Any:
    return SimpleNamespace(
        sender_info=SimpleNamespace(rtp_timestamp=rtp, ntp_timestamp=round(ntp_seconds * 2**32)),
    )


async def test_reports_are_read_in_stamps_counted_from_the_first_packet_also_when_they_wrap() -> None:
    clock = SenderClock()
    sound, film = Receiver("audio", 2**32 - 24_000), Receiver("video", 90_000)
    for receiver in (sound, film):
        tap_reports(receiver, clock)
    await sound._handle_rtcp_packet(_report(24_000, 50.0))  # one second after its first packet
    await film._handle_rtcp_packet(_report(180_000, 50.1))
    await sound._handle_rtcp_packet(_report(72_000, 51.0))
    clock.place("audio", 1.0, 3.0)
    assert clock.place("video", 1.0, 3.3) == pytest.approx(3.1)
    assert (len(sound.handled), len(film.handled)) == (2, 1)


async def test_what_is_no_report_is_only_handed_on() -> None:
    receiver = Receiver("audio", 0)
    tap_reports(receiver, SenderClock())
    await receiver._handle_rtcp_packet(SimpleNamespace())
    assert len(receiver.handled) == 1


def test_a_receiver_of_another_making_is_left_alone() -> None:
    stranger = SimpleNamespace(track=SimpleNamespace(kind="audio"))
    tap_reports(stranger, SenderClock())
    assert not hasattr(stranger, "_handle_rtcp_packet")


def test_pictures_from_before_the_reports_are_known_to_have_been_misplaced() -> None:
    clock = SenderClock()
    _hear(clock, 0.03)
    assert clock.shift is None
    for second in range(3):
        clock.report("audio", 100.0 + second, 5_000.0 + second)
        clock.report("video", 7000.0 + second, 5_000.0 + second)
        clock.place("video", 7000.0 + second, second + 0.15)  # 120 ms later than its sound
    assert clock.shift is not None
    assert clock.shift.by_seconds == pytest.approx(-0.12, abs=0.01)
    assert clock.shift.placed(0.5) == pytest.approx(0.38, abs=0.01)
    assert clock.shift.placed(2.5) == 2.5


def test_a_shift_is_kept_beside_its_part_and_a_damaged_one_moves_nothing(tmp_path: Path) -> None:
    part = tmp_path / "part-001.webm"
    assert Shift.of(part).placed(1.0) == 1.0
    Shift(4.0, -0.12).keep(part)
    assert Shift.of(part) == Shift(4.0, -0.12)
    Shift.place(part).write_text("half a")
    assert Shift.of(part).placed(1.0) == 1.0
