"""Delivery measures: arithmetic over readings, with no word about feelings."""

from __future__ import annotations

import re

import pytest

from interview_platform.models import Turn
from interview_platform.ports import FaceReading
from interview_platform.services.analysis import face, language, signals, speech, voice


def test_rate_and_pauses_come_from_the_words() -> None:
    words = [["So", 10.0, 10.2, 0.9], ["um,", 10.3, 10.5, 0.9], ["I", 11.5, 11.6, 0.9], ["looked.", 11.6, 12.0, 0.9]]
    made = speech.measure(words, "So um, I looked.", 10.0, 13.0)
    assert made["words_per_minute"] == pytest.approx(120)
    assert made["pauses"] == 1
    assert made["longest_pause"] == pytest.approx(1.0)
    assert made["fillers"] == 1


def test_without_word_times_only_the_rate_is_known() -> None:
    assert speech.measure([], "one two three four", 0.0, 2.0) == {"words_per_minute": 120.0}
    assert speech.measure([], "", 0.0, 0.0) == {}


def test_the_voice_measures_taken_have_names_people_can_read() -> None:
    made = voice.measure({"loudness_sma3_amean": 1.2, "jitterLocal_sma3nz_amean": 0.1})
    assert made == {"loudness": 1.2}


def _reading(yaw: float | None = 0.0, faces: int = 1, **values: float) -> FaceReading:
    pitch = None if yaw is None else 15.0
    return FaceReading(faces=faces, yaw_degrees=yaw, pitch_degrees=pitch, **{"brightness": 0.5, **values})  # type: ignore[arg-type]


def test_facing_is_relative_to_the_persons_own_usual_direction() -> None:
    series = [_reading(30.0)] * 8 + [_reading(-10.0)] * 2
    made = face.window(series, face.usual_direction(series))
    assert made["facing"] == pytest.approx(0.8)
    assert made["in_frame"] == 1.0


def test_a_picture_without_a_face_counts_for_the_frame_and_not_for_the_direction() -> None:
    series = [_reading(), _reading(None, faces=0), _reading(faces=2)]
    made = face.window(series, (0.0, 15.0))
    assert made["in_frame"] == pytest.approx(2 / 3)
    assert made["several_faces"] == pytest.approx(1 / 3)
    assert made["facing"] == 1.0


def test_windows_are_weighted_by_their_pictures() -> None:
    windows = [{"in_frame": 1.0, "pictures": 30.0, "light": 0.2}, {"in_frame": 0.0, "pictures": 10.0, "light": 0.6}]
    assert face.aggregate(windows) == {"pictures": 40.0, "in_frame": 0.75, "light": pytest.approx(0.3)}
    assert face.aggregate([]) == {}


def test_no_measure_speaks_of_feelings_or_character() -> None:
    words = " ".join(f"{name} {m.label} {m.limits}" for name, m in signals.MEASURES.items())
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
