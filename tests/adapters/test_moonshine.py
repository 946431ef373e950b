"""The words of a spoken turn, by the real weights."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from interview_platform.adapters.moonshine import MoonshineTranscriber
from interview_platform.ports import SPEECH_RATE, Samples
from tests.adapters.heard import spoken_by_the_voice, weights

pytestmark = pytest.mark.models

TEXT = "We measured the error rate before and after, and it went down by forty percent."


@pytest.fixture(scope="module")
def transcriber() -> MoonshineTranscriber:
    return MoonshineTranscriber(weights("moonshine-tiny-en"))


def transcribe(transcriber: MoonshineTranscriber, samples: Samples, step_seconds: float = 0.5) -> str:
    """Heard piece by piece, as in a call."""
    stream = transcriber.stream()
    for start in range(0, len(samples), round(step_seconds * SPEECH_RATE)):
        stream.add(samples[start : start + round(step_seconds * SPEECH_RATE)])
        stream.text()
    text = stream.text(final=True)
    stream.close()
    return text


def test_what_was_said_is_read_while_it_is_spoken_and_to_the_end(transcriber: MoonshineTranscriber) -> None:
    stream = transcriber.stream()
    speech = spoken_by_the_voice(TEXT)
    assert stream.text(final=True) == ""
    stream.add(speech[: len(speech) // 2])
    half = stream.text(final=True).lower()
    assert "measure" in half
    assert "down" not in half
    stream.add(speech[len(speech) // 2 :])
    whole = stream.text(final=True).lower()
    assert "measure" in whole
    assert "went down" in whole
    stream.close()
    stream.close()


def test_streams_in_several_threads_hear_their_own_words(transcriber: MoonshineTranscriber) -> None:
    texts = ["I would write the tests first next time.", "My team lead was happy with the new release."]
    found = ["", ""]

    def hear(number: int) -> None:
        found[number] = transcribe(transcriber, spoken_by_the_voice(texts[number])).lower()

    for text in texts:
        spoken_by_the_voice(text)
    threads = [threading.Thread(target=hear, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "tests first" in found[0]
    assert "happy" in found[1]


def test_audio_that_is_not_contiguous_or_not_float32_is_taken_as_it_is_meant(transcriber: MoonshineTranscriber) -> None:
    speech = spoken_by_the_voice(TEXT)
    strided = np.stack([speech, speech], axis=1)[:, 0].astype(np.float64)
    assert "measure" in transcribe(transcriber, strided).lower()  # type: ignore[arg-type]
