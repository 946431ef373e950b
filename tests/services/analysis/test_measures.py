"""Delivery measures: arithmetic over readings, with no word about feelings."""

from __future__ import annotations

import re

import numpy as np
import pytest

from interview_platform.models import Turn
from interview_platform.ports import FaceReading
from interview_platform.services.analysis import face, language, signals, sound, speech, voice

WORDS = [["So", 10.0, 10.2, 0.9], ["um,", 10.3, 10.5, 0.9], ["I", 11.5, 11.6, 0.9], ["looked.", 11.6, 12.0, 0.9]]
ALL = frozenset(signals.MEASURES)


def test_rate_and_pauses_come_from_the_words() -> None:
    made = speech.measure(WORDS, "So um, I looked.", 10.0, 13.0, ALL)
    assert made["words_per_minute"] == pytest.approx(120)
    assert made["pauses"] == 1
    assert made["longest_pause"] == pytest.approx(1.0)
    assert made["fillers"] == 1


def test_without_word_times_only_the_rate_is_known() -> None:
    assert speech.measure([], "one two three four", 0.0, 2.0, ALL) == {"words_per_minute": 120.0}
    assert speech.measure([], "", 0.0, 0.0, ALL) == {}


@pytest.mark.parametrize("name", ["words_per_minute", "pauses", "longest_pause", "fillers"])
def test_a_speech_measure_that_is_off_is_left_out(name: str) -> None:
    made = speech.measure(WORDS, "So um, I looked.", 10.0, 13.0, ALL - {name})
    assert name not in made
    assert len(made) == 3


def test_the_voice_measures_taken_have_names_people_can_read() -> None:
    features = {"loudness_sma3_amean": 1.2, "jitterLocal_sma3nz_amean": 0.1, "F1frequency_sma3nz_amean": 500.0}
    assert voice.measure(features, ALL) == {"loudness": 1.2, "jitter": 0.1}
    assert voice.measure(features, ALL - {"jitter"}) == {"loudness": 1.2}


def test_noise_is_what_is_heard_in_the_quiet_parts_and_clipping_what_was_cut_off() -> None:
    noise = np.full(16_000, 0.01, dtype=np.float32)
    loud = np.where(np.arange(16_000) % 10 == 0, 1.0, 0.5).astype(np.float32)
    made = sound.measure(np.concatenate([noise, loud]), 16_000, ALL)
    assert made["background_noise"] == pytest.approx(40, abs=0.1)
    assert made["clipping"] == pytest.approx(0.05)
    assert sound.measure(noise[:100], 16_000, ALL) == {}


def test_sound_that_nobody_wants_measured_is_not_touched() -> None:
    assert sound.measure(None, 16_000, ALL - sound.NAMES) == {}  # type: ignore[arg-type]


def _reading(yaw: float | None = 0.0, faces: int = 1, **values: object) -> FaceReading:
    pitch = None if yaw is None else 15.0
    return FaceReading(**{"faces": faces, "yaw_degrees": yaw, "pitch_degrees": pitch, "brightness": 0.5, **values})  # type: ignore[arg-type]


def _window(readings: list[FaceReading], usual: tuple[float, float] = (0.0, 15.0)) -> dict[str, float]:
    return face.window([face.Seen(place / 2, reading) for place, reading in enumerate(readings)], usual, ALL)


def test_facing_is_relative_to_the_persons_own_usual_direction() -> None:
    series = [_reading(30.0)] * 8 + [_reading(-10.0)] * 2
    made = _window(series, face.usual_direction(series))
    assert made["facing"] == pytest.approx(0.8)
    assert made["in_frame"] == 1.0
    assert made["head_turn"] == pytest.approx(8.0)


def test_a_picture_without_a_face_counts_for_the_frame_and_not_for_the_direction() -> None:
    made = _window([_reading(), _reading(None, faces=0), _reading(faces=2)])
    assert made["in_frame"] == pytest.approx(2 / 3)
    assert made["several_faces"] == pytest.approx(1 / 3)
    assert made["facing"] == 1.0


def test_looking_away_is_a_second_or_longer_and_counted_once() -> None:
    glance = [_reading()] * 5 + [_reading(40.0)] + [_reading()] * 5
    away = [_reading()] * 5 + [_reading(40.0)] * 4 + [_reading()] * 11
    assert _window(glance)["turned_away"] == 0
    assert _window(away)["turned_away"] == pytest.approx(6.0)  # once in ten seconds


def test_a_nod_goes_down_and_comes_back_and_a_lowered_head_is_none() -> None:
    nod = [_reading(pitch_degrees=pitch) for pitch in (10, 10, 19, 10, 10, 10, 20, 11, 10, 10)]
    lowered = [_reading(pitch_degrees=pitch) for pitch in (10, 10, 25, 25, 25, 25, 25, 25, 25, 25)]
    assert _window(nod)["nods"] == pytest.approx(24.0)  # two in five seconds
    assert _window(lowered)["nods"] == 0


def test_a_face_that_is_cut_off_small_or_at_the_side_is_not_well_framed() -> None:
    good = {"centre_x": 0.5, "centre_y": 0.45, "size": 0.4}
    others = [{**good, "size": 0.9}, {**good, "size": 0.05}, {**good, "centre_x": 0.9}]
    made = _window([_reading(**place) for place in (good, *others)])
    assert made["framed"] == pytest.approx(0.25)


def test_a_hand_shape_counts_when_it_lasts() -> None:
    shown = [(), ("open",), (), ("pointing",), ("pointing",), ("pointing",), (), ()]
    made = _window([_reading(hands=1, shapes=shapes) for shapes in shown])
    assert made["gestures"] == pytest.approx(2 / 8)


def test_windows_are_weighted_by_their_pictures() -> None:
    windows = [{"in_frame": 1.0, "pictures": 30.0, "light": 0.2}, {"in_frame": 0.0, "pictures": 10.0, "light": 0.6}]
    assert face.aggregate(windows) == {"pictures": 40.0, "in_frame": 0.75, "light": pytest.approx(0.3)}
    assert face.aggregate([]) == {}


def test_every_measure_says_what_it_means_and_what_it_does_not() -> None:
    for name, measure in signals.MEASURES.items():
        assert measure.meaning, name
        assert measure.limits or not measure.switchable, name
        assert len(measure.unit) <= 20, name  # the column's width


def test_no_measure_speaks_of_feelings_or_character() -> None:
    words = " ".join(f"{name} {m.label} {m.meaning} {m.limits}" for name, m in signals.MEASURES.items())
    assert not re.search(
        r"emotion|happy|sad|nervous|anx|stress|confiden(?!ce$)t|personalit|engag|smil|honest", words, re.I
    )


def _turn(speaker: str, text: str) -> Turn:
    return Turn(id="t", interview_id="i", position=0, speaker=speaker, kind="answer", text=text)


@pytest.mark.parametrize(
    ("speaker", "text", "kind"),
    [
        ("agent", "Do you have kids?", "protected_topic"),
        ("agent", "We want a young team.", "age"),
        ("agent", "You guys need manpower.", "gendered"),
        ("agent", "The desk is manned by two gentlemen.", "gendered"),
        ("agent", "We need fresh blood.", "age"),
        ("agent", "That request fell, or falls on deaf ears.", "disability"),
        ("candidate", "I am pregnant, so I would start in June.", "protected_topic"),
        ("candidate", "That is a stupid question.", "hostile"),
    ],
)
def test_wording_is_flagged_with_its_exact_words(speaker: str, text: str, kind: str) -> None:
    found = language.flags([_turn(speaker, text)])
    assert kind in [flag["kind"] for flag in found]
    assert all(flag["quote"] in text and flag["note"] for flag in found)


def test_plain_talk_is_not_flagged() -> None:
    said = "We led a project with a customer in Leeds, and I wrote the tests before the release in May."
    assert language.flags([_turn("candidate", said), _turn("agent", "What did you do then?")]) == []
