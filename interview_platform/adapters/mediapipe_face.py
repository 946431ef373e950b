"""Face and hand landmarks by MediaPipe's Tasks API (0.10.33, the last version that does not call out).

`MediapipeFace` works in the process it is made in; `MediapipeFaceProcess` is the same in a process that may be killed
(a landmarker whose graph had errored hangs in its destructor). Angles are those of an unmirrored picture.
"""

from __future__ import annotations

import ctypes
import math
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import numpy as np

from interview_platform.adapters.child_process import ChildProcess
from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import FaceReading, Picture

MOST_FACES = 3
READ_SECONDS = 5.0
SURE_HAND = 0.8
STRETCHED = 1.2


def require_mediapipe() -> None:
    """Raise ServiceUnavailable, with the way out, when MediaPipe cannot work on this machine. Loads nothing big."""
    if find_spec("mediapipe") is None:
        raise ServiceUnavailable("MediaPipe 0.10.33 has no package for this machine; face measures are off.")
    if sys.platform != "linux":
        return
    for library, package in (("libGLESv2.so.2", "libgles2"), ("libEGL.so.1", "libegl1")):
        try:
            ctypes.CDLL(library)
        except OSError as error:
            raise ServiceUnavailable(f"Face measures need {package}: apt-get install libgles2 libegl1") from error


class MediapipeFace:
    """FaceReader in this process."""

    name = "mediapipe"

    def __init__(self, face_model: str, hand_model: str | None = None) -> None:
        try:
            import mediapipe as mp
            from mediapipe.tasks.python import BaseOptions, vision
        except (ImportError, OSError) as error:  # no wheel for this machine, or libGLES/libEGL are not installed
            raise ServiceUnavailable(f"MediaPipe cannot be loaded here: {error}") from error
        self._image = lambda picture: mp.Image(
            image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(picture, dtype=np.uint8)
        )
        self._faces: Any = vision.FaceLandmarker.create_from_options(
            vision.FaceLandmarkerOptions(
                base_options=BaseOptions(model_asset_path=face_model),
                num_faces=MOST_FACES,
                output_face_blendshapes=False,  # what a face expresses is not read
                output_facial_transformation_matrixes=True,
            )
        )
        self._hands: Any = hand_model and vision.HandLandmarker.create_from_options(
            vision.HandLandmarkerOptions(base_options=BaseOptions(model_asset_path=hand_model), num_hands=2)
        )

    def read(self, picture: Picture, hands: bool = True) -> FaceReading:
        """Landmarks of one picture, reduced to a FaceReading."""
        image = self._image(picture)
        found = self._faces.detect(image)
        held = _hands(self._hands.detect(image)) if self._hands and hands else []
        brightness = float(picture.reshape(-1, 3).mean(axis=0) @ np.array([0.299, 0.587, 0.114])) / 255
        if not found.face_landmarks:
            return FaceReading(faces=0, hands=len(held), brightness=brightness, shapes=_shapes(held))
        largest = max(range(len(found.face_landmarks)), key=lambda i: _height(found.face_landmarks[i]))
        landmarks = found.face_landmarks[largest]
        yaw, pitch, roll = pose(np.asarray(found.facial_transformation_matrixes[largest]))
        return FaceReading(
            faces=len(found.face_landmarks),
            centre_x=float(np.mean([p.x for p in landmarks])),
            centre_y=float(np.mean([p.y for p in landmarks])),
            size=_height(landmarks),
            yaw_degrees=yaw,
            pitch_degrees=pitch,
            roll_degrees=roll,
            hands=len(held),
            brightness=brightness,
            shapes=_shapes(held),
        )

    def close(self) -> None:
        """Free both landmarkers."""
        self._faces.close()
        if self._hands:
            self._hands.close()


def pose(matrix: np.ndarray[Any, Any]) -> tuple[float, float, float]:
    """Yaw (+ nose to image right), pitch (+ nose down), roll (+ counter-clockwise) in degrees, of a 4×4 matrix."""
    turned = matrix[:3, :3] / np.linalg.norm(matrix[:3, :3], axis=0)
    yaw = math.degrees(math.atan2(turned[0, 2], turned[2, 2]))
    pitch = math.degrees(math.asin(-float(np.clip(turned[1, 2], -1, 1))))
    roll = math.degrees(math.atan2(turned[1, 0], turned[1, 1]))
    return yaw, pitch, roll


Point = tuple[float, float]


def _hands(found: Any) -> list[list[Point]]:
    """The landmarks of the hands that were found with some certainty."""
    sure = [bool(held) and held[0].score >= SURE_HAND for held in found.handedness]
    return [[(p.x, p.y) for p in hand] for hand, good in zip(found.hand_landmarks, sure, strict=True) if good]


def _shapes(hands: list[list[Point]]) -> tuple[str, ...]:
    return tuple(sorted({named for hand in hands if (named := hand_shape(hand))}))


def hand_shape(hand: list[Point]) -> str:
    """The clear shape of a hand, "" for any other, of its 21 landmarks (x right, y down).

    A finger is stretched when its tip is further from the wrist than its middle joint, by a fifth. A fist is how hands
    rest: it is no shape.
    """
    wrist = hand[0]
    reach = [math.dist(wrist, hand[tip]) / max(math.dist(wrist, hand[tip - 2]), 1e-6) for tip in (8, 12, 16, 20)]
    stretched = tuple(far >= STRETCHED for far in reach)
    if stretched == (False,) * 4:
        return _thumb(hand)
    return _SHAPES.get(stretched, "")


_SHAPES = {
    (True, True, True, True): "open",
    (True, False, False, False): "pointing",
    (True, True, False, False): "two fingers",
}


def _thumb(hand: list[Point]) -> str:
    """A thumb that stands well clear of a closed hand, up or down."""
    palm = math.dist(hand[0], hand[9])
    rise = hand[5][1] - hand[4][1]  # of its tip above the knuckle of the forefinger
    if abs(rise) < 0.5 * palm or math.dist(hand[4], hand[8]) < 0.5 * palm:
        return ""
    return "thumb up" if rise > 0 else "thumb down"


def _height(landmarks: Any) -> float:
    ys = [p.y for p in landmarks]
    return float(max(ys) - min(ys))


class MediapipeFaceProcess:
    """FaceReader in a process of its own, started at the first picture."""

    name = "mediapipe"

    def __init__(self, face_model: Path, hand_model: Path | None = None) -> None:
        """Raises ServiceUnavailable at once when MediaPipe or its system libraries are not there."""
        require_mediapipe()
        self._child = ChildProcess(
            f"{__name__}:MediapipeFace", str(face_model), str(hand_model) if hand_model else None, what="Face analysis"
        )

    def read(self, picture: Picture, hands: bool = True) -> FaceReading:
        """Landmarks of one picture. Raises ServiceUnavailable; the next call starts the analyser again."""
        return cast(FaceReading, self._child.call("read", picture, hands, timeout_seconds=READ_SECONDS))

    def close(self) -> None:
        """End the process."""
        self._child.close()
