"""The real analysers behind their ports, each in a process of its own as in the product."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
import soxr

from interview_platform.adapters.hibari import HibariVoice
from interview_platform.adapters.mediapipe_face import MediapipeFaceProcess, hand_shape, pose
from interview_platform.adapters.opensmile_voice import OpensmileVoiceProcess
from interview_platform.adapters.whisper import WhisperProcess
from interview_platform.ports import SPEECH_RATE, Picture, Samples
from interview_platform.services.analysis import voice
from interview_platform.services.scoring.evidence import words_of
from interview_platform.settings import settings

SAID = "I looked at the logs and found the broken query."


@pytest.fixture(scope="module")
def spoken() -> Samples:
    """SAID by the product's own voice, as it would be heard."""
    speaker = HibariVoice(settings().cache_dir / "hibari" / "hibari.onnx")
    samples = np.concatenate(list(speaker.speak(SAID)))
    times = np.arange(0, len(samples) / speaker.rate, 1 / SPEECH_RATE)
    return np.interp(times, np.arange(len(samples)) / speaker.rate, samples).astype(np.float32)


@pytest.fixture(scope="module")
def face_reader() -> Iterator[MediapipeFaceProcess]:
    """Faces and hands."""
    weights = settings().cache_dir
    made = MediapipeFaceProcess(
        weights / "face-landmarker" / "face_landmarker.task", weights / "hand-landmarker" / "hand_landmarker.task"
    )
    yield made
    made.close()


def _drawn(centre_x: int) -> Picture:
    """A face drawn with a few ellipses on a light wall, 640 × 480."""
    picture = np.full((480, 640, 3), 210, np.uint8)
    cv2.ellipse(picture, (centre_x, 250), (110, 150), 0, 0, 360, (224, 172, 140), -1)
    cv2.ellipse(picture, (centre_x, 150), (115, 70), 0, 180, 360, (70, 45, 30), -1)
    for x in (centre_x - 45, centre_x + 45):
        cv2.ellipse(picture, (x, 230), (24, 12), 0, 0, 360, (255, 255, 255), -1)
        cv2.circle(picture, (x, 230), 9, (70, 50, 40), -1)
        cv2.circle(picture, (x, 230), 4, (10, 10, 10), -1)
        cv2.ellipse(picture, (x, 205), (28, 8), 0, 180, 360, (60, 40, 30), 4)
    cv2.line(picture, (centre_x, 235), (centre_x - 8, 285), (190, 140, 110), 4)
    cv2.ellipse(picture, (centre_x, 290), (18, 8), 0, 0, 180, (180, 125, 100), 4)
    cv2.ellipse(picture, (centre_x, 335), (40, 14), 0, 0, 360, (180, 80, 80), -1)
    cv2.line(picture, (centre_x - 38, 335), (centre_x + 38, 335), (120, 40, 40), 2)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 2), dtype=np.uint8)


@pytest.mark.models
def test_the_transcript_of_record_has_the_words_with_times_in_order(spoken: Samples) -> None:
    transcriber = WhisperProcess(settings().cache_dir / "whisper-base")
    words = transcriber.words(spoken)
    silence = transcriber.words(np.zeros(2 * SPEECH_RATE, dtype=np.float32))
    transcriber.close()
    heard = [word for word, _, _ in words_of(" ".join(w.text for w in words))]
    assert len(set(heard) & {word for word, _, _ in words_of(SAID)}) >= 7
    times = [(w.started_seconds, w.ended_seconds) for w in words]
    assert all(0 <= start <= end <= len(spoken) / SPEECH_RATE + 0.5 for start, end in times)
    assert times == sorted(times)
    assert all(0 < w.probability <= 1 for w in words)
    assert silence == []


@pytest.mark.models
def test_the_agents_nod_is_heard_as_a_listeners_word() -> None:
    speaker = HibariVoice(settings().cache_dir / "hibari" / "hibari.onnx")
    sound = np.concatenate(list(speaker.speak(HibariVoice.nod)))
    pause = np.zeros(speaker.rate // 2, dtype=np.float32)
    samples: Samples = soxr.resample(np.concatenate([pause, sound, pause]), speaker.rate, SPEECH_RATE)
    transcriber = WhisperProcess(settings().cache_dir / "whisper-base")
    written = " ".join(word.text for word in transcriber.words(samples))
    transcriber.close()
    assert len(sound) < 0.7 * speaker.rate
    assert "".join(filter(str.isalpha, written.lower())) == "uhhuh"


def test_the_voice_measures_are_read_and_too_short_a_sound_has_none(spoken: Samples) -> None:
    reader = OpensmileVoiceProcess()
    features, none = reader.read(spoken, SPEECH_RATE), reader.read(spoken[:1000], SPEECH_RATE)
    reader.close()
    measures = voice.measure(features, voice.NAMES)
    assert set(measures) == {"loudness", "pitch", "pitch_variation", "pitch_range", "voiced_rate", "jitter"}
    assert all(value > 0 for value in measures.values())
    assert none == {}


@pytest.mark.models
def test_a_face_is_found_where_it_is(face_reader: MediapipeFaceProcess) -> None:
    left, right = face_reader.read(_drawn(200)), face_reader.read(_drawn(440))
    assert (left.faces, right.faces) == (1, 1)
    assert left.centre_x is not None
    assert right.centre_x is not None
    assert left.centre_x < 0.45 < 0.55 < right.centre_x
    assert left.yaw_degrees is not None
    assert abs(left.yaw_degrees) < 25
    assert left.hands == 0


@pytest.mark.models
def test_a_dark_picture_has_no_face_and_no_light(face_reader: MediapipeFaceProcess) -> None:
    reading = face_reader.read(np.zeros((240, 320, 3), dtype=np.uint8))
    assert (reading.faces, reading.yaw_degrees, reading.brightness) == (0, None, 0.0)


def test_the_pose_of_a_turned_head_has_its_signs_right() -> None:
    turn = np.radians(20)
    matrix = np.eye(4) * 3
    matrix[:3, :3] = 3 * np.array([[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]])
    assert pose(matrix) == pytest.approx((20, 0, 0))


def _hand(*stretched: bool, thumb: tuple[float, float] = (0.42, 0.62)) -> list[tuple[float, float]]:
    """21 landmarks of an upright hand: wrist below, fingers stretched or folded, the thumb's tip where it is set."""
    points = [(0.5, 0.9), (0.45, 0.82), (0.42, 0.75), (0.41, 0.68), thumb]
    for place, far in enumerate(stretched):
        x = 0.42 + 0.05 * place
        knuckle, middle = (x, 0.6), (x, 0.5)
        points += [knuckle, middle, *([(x, 0.4), (x, 0.3)] if far else [(x, 0.58), (x, 0.64)])]
    return points


@pytest.mark.parametrize(
    ("hand", "shape"),
    [
        (_hand(True, True, True, True), "open"),
        (_hand(True, False, False, False), "pointing"),
        (_hand(True, True, False, False), "two fingers"),
        (_hand(False, False, False, False), ""),
        (_hand(False, False, False, False, thumb=(0.4, 0.35)), "thumb up"),
        (_hand(False, False, False, False, thumb=(0.4, 0.95)), "thumb down"),
        (_hand(False, True, False, True), ""),
    ],
)
def test_clear_hand_shapes_are_told_apart_and_others_are_none(hand: list[tuple[float, float]], shape: str) -> None:
    assert hand_shape(hand) == shape
