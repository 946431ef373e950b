"""Watching conditions at the camera: windows, aggregates, and never a queue of pictures."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import ServiceUnavailable
from interview_platform.models import Organisation, Signal, session
from interview_platform.ports import FaceReading, Picture
from interview_platform.services.analysis import signals
from interview_platform.workflows.face_watch import MOST_FAILURES, FaceWatch
from tests.services.scoring.material import Held, ended

BROKEN = 9


def _picture(faces: int) -> Picture:
    """A picture that SetReader reads so many faces from."""
    return np.full((4, 4, 3), faces, dtype=np.uint8)


class SetReader:
    """Sees as many faces as the picture's first byte says; fails on BROKEN; waits for `gate`."""

    name = "set"

    def __init__(self) -> None:
        self.tries = 0
        self.hands: list[bool] = []
        self.gate = threading.Event()
        self.gate.set()

    def read(self, picture: Picture, hands: bool = True) -> FaceReading:
        """One reading."""
        self.gate.wait(20)
        self.hands.append(hands)
        self.tries += 1
        faces = int(picture[0, 0, 0])
        if faces == BROKEN:
            raise ServiceUnavailable("Face analysis ended unexpectedly.")
        angle = 0.0 if faces else None
        return FaceReading(faces, yaw_degrees=angle, pitch_degrees=angle, hands=1, brightness=0.5)

    def close(self) -> None:
        """Nothing to free."""


@pytest.fixture
def reader() -> SetReader:
    """One face."""
    return SetReader()


@pytest.fixture
def watch(engine: Engine, reader: SetReader) -> Iterator[FaceWatch]:
    """A watch over the reader."""
    made = FaceWatch(engine, reader)
    yield made
    made.close()


def _show(watch: FaceWatch, held: Held, at_seconds: float, faces: int = 1) -> None:
    """Offer a picture until it is taken."""
    while not watch.frame(held.interview.id, at_seconds, _picture(faces)):
        threading.Event().wait(0.005)


def _kept(engine: Engine, held: Held) -> tuple[dict[str, float], list[float]]:
    with session(engine) as db:
        rows = db.exec(select(Signal).where(Signal.interview_id == held.interview.id)).all()
    series = sorted({r.at_seconds for r in rows if r.at_seconds is not None})
    return {r.name: r.value for r in rows if r.at_seconds is None}, series


def test_an_interviews_conditions_are_kept_by_window_and_as_a_whole(engine: Engine, watch: FaceWatch) -> None:
    held = ended(engine)
    for second in range(0, 20):
        _show(watch, held, float(second), faces=1 if second < 15 else 0)
    watch.finish(held.interview.id)
    whole, series = _kept(engine, held)
    assert series == [0.0, 15.0]
    assert whole["pictures"] == 20
    assert whole["in_frame"] == pytest.approx(0.75)
    assert whole["facing"] == 1.0
    assert "smile" not in whole


def test_a_picture_is_dropped_while_one_is_being_read(engine: Engine, watch: FaceWatch, reader: SetReader) -> None:
    held = ended(engine)
    reader.gate.clear()
    _show(watch, held, 1.0)
    assert not watch.frame(held.interview.id, 2.0, _picture(1))
    reader.gate.set()
    watch.finish(held.interview.id)
    assert _kept(engine, held)[0]["pictures"] == 1


def test_pictures_closer_together_than_half_a_second_are_left_out(engine: Engine, watch: FaceWatch) -> None:
    held = ended(engine)
    _show(watch, held, 1.0)
    watch.finish("another")
    assert not watch.frame(held.interview.id, 1.2, _picture(1))


def test_a_second_connections_windows_join_the_aggregates(engine: Engine, watch: FaceWatch) -> None:
    held = ended(engine)
    _show(watch, held, 0.0)
    watch.finish(held.interview.id)
    _show(watch, held, 30.0, faces=0)
    watch.finish(held.interview.id)
    assert _kept(engine, held)[0]["in_frame"] == pytest.approx(0.5)


def test_a_reader_that_is_gone_is_left_alone_after_a_few_tries(
    engine: Engine, watch: FaceWatch, reader: SetReader
) -> None:
    held = ended(engine)
    for second in range(6):
        _show(watch, held, float(second), faces=BROKEN)
    watch.finish(held.interview.id)
    assert reader.tries == MOST_FAILURES
    assert _kept(engine, held) == ({}, [])


def test_an_organisation_can_switch_it_off(engine: Engine, watch: FaceWatch) -> None:
    held = ended(engine)
    with session(engine) as db:
        organisation = db.get(Organisation, held.actor.organisation_id)
        assert organisation is not None
        organisation.face_analysis = False
        db.add(organisation)
    _show(watch, held, 0.0)
    watch.finish(held.interview.id)
    assert _kept(engine, held) == ({}, [])


def _switch_off(engine: Engine, held: Held, *names: str) -> None:
    with session(engine) as db:
        organisation = db.get_one(Organisation, held.actor.organisation_id)
        organisation.measures_off = list(names)
        db.add(organisation)


FACES = [name for name, measure in signals.MEASURES.items() if measure.source == "face" and measure.switchable]


@pytest.mark.parametrize("name", FACES)
def test_a_single_measure_that_is_off_is_not_written_and_the_others_are(
    engine: Engine, watch: FaceWatch, name: str
) -> None:
    held = ended(engine)
    _switch_off(engine, held, name)
    for second in range(3):
        _show(watch, held, second / 2)
    watch.finish(held.interview.id)
    whole, _ = _kept(engine, held)
    assert name not in whole
    assert "pictures" in whole
    assert len(whole) >= len(FACES) - 2  # the roll is not in these readings


def test_hands_are_not_looked_for_where_nothing_of_them_is_wanted(
    engine: Engine, watch: FaceWatch, reader: SetReader
) -> None:
    held = ended(engine)
    _switch_off(engine, held, "hands", "gestures")
    _show(watch, held, 0.0)
    watch.finish(held.interview.id)
    assert reader.hands == [False]


def test_with_every_measure_off_no_picture_is_read(engine: Engine, watch: FaceWatch, reader: SetReader) -> None:
    held = ended(engine)
    _switch_off(engine, held, *FACES)
    _show(watch, held, 0.0)
    watch.finish(held.interview.id)
    assert reader.tries == 0
    assert _kept(engine, held) == ({}, [])
