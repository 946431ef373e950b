"""A voice that speaks ahead: what is prepared costs nothing later, and nobody hears half a sentence for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from interview_platform.media.voicing import SpeaksAhead
from interview_platform.ports import Samples
from tests.media.people import ToneVoice


class CountedVoice(ToneVoice):
    """Remembers what it was asked for; may wait between two chunks, or fail."""

    def __init__(self) -> None:
        super().__init__(seconds_per_word=0.1)
        self.asked: list[str] = []
        self.between = threading.Event()
        self.between.set()
        self.fails = False

    def speak(self, text: str) -> Iterator[Samples]:
        self.asked.append(text)
        for chunk in super().speak(text):
            yield chunk
            assert self.between.wait(10)
            if self.fails:
                raise RuntimeError("no voice")


def whole(chunks: Iterator[Samples]) -> Samples:
    return np.concatenate(list(chunks))


def test_what_is_prepared_is_spoken_from_memory_and_sounds_the_same() -> None:
    voice = CountedVoice()
    ahead = SpeaksAhead(voice)
    ahead.prepare("What did you learn?")
    spoken = whole(ahead.speak("What did you learn?"))
    assert voice.asked == ["What did you learn?"]
    assert np.allclose(spoken, whole(ToneVoice(0.1).speak("What did you learn?")), atol=1e-4)


def test_a_line_said_again_is_not_made_again() -> None:
    voice = CountedVoice()
    ahead = SpeaksAhead(voice)
    assert len(whole(ahead.speak("Once more."))) == len(whole(ahead.speak("Once more.")))
    assert voice.asked == ["Once more."]


def test_who_asks_while_it_is_being_made_hears_it_from_the_beginning_to_the_end() -> None:
    voice = CountedVoice()
    ahead = SpeaksAhead(voice)
    voice.between.clear()
    making = threading.Thread(target=ahead.prepare, args=("One two three four.",))
    making.start()
    follower = ahead.speak("One two three four.")
    first = next(follower)
    voice.between.set()
    heard = np.concatenate([first, whole(follower)])
    making.join(10)
    assert voice.asked == ["One two three four."]
    assert len(heard) == len(whole(ToneVoice(0.1).speak("One two three four.")))


def test_one_who_is_interrupted_leaves_the_line_whole_for_the_next() -> None:
    voice = CountedVoice()
    ahead = SpeaksAhead(voice)
    interrupted = ahead.speak("One two three four.")
    next(interrupted)
    interrupted.close()  # type: ignore[attr-defined]
    assert len(whole(ahead.speak("One two three four."))) == len(whole(ToneVoice(0.1).speak("One two three four.")))
    assert len(voice.asked) == 1


def test_a_voice_that_failed_is_asked_again() -> None:
    voice = CountedVoice()
    ahead = SpeaksAhead(voice)
    voice.fails = True
    with pytest.raises(RuntimeError):
        ahead.prepare("Hello there.")
    voice.fails = False
    assert len(whole(ahead.speak("Hello there.")))
    assert len(voice.asked) == 2


def test_what_was_longest_not_asked_for_is_forgotten_first() -> None:
    voice = CountedVoice()
    ahead = SpeaksAhead(voice, kept_seconds=1.0)
    for text in ("one two three four", "five six seven eight", "one two three four", "nine ten eleven twelve"):
        ahead.prepare(text)
    voice.asked.clear()
    ahead.prepare("one two three four")
    ahead.prepare("five six seven eight")
    assert voice.asked == ["five six seven eight"]
