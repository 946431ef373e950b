"""The steps of a spoken turn, each alone."""

from __future__ import annotations

import numpy as np
import pytest

from interview_platform.media.frames import TALK_FRAME, TALK_RATE
from interview_platform.media.stages import Playout, Scribe, Tape, speech
from interview_platform.ports import SPEECH_RATE, VAD_WINDOW
from tests.media.people import CountingTranscriber, ToneVoice, quiet, tone


def test_the_tape_cuts_pieces_of_any_size_into_windows_with_their_times() -> None:
    tape = Tape()
    windows = [window for step in range(50) for window in tape.add(10 + step * 0.02, tone(0.02))]
    assert len(windows) == SPEECH_RATE // VAD_WINDOW
    assert all(len(samples) == VAD_WINDOW for _, samples in windows)
    assert windows[0][0] == pytest.approx(10 + VAD_WINDOW / SPEECH_RATE)
    assert windows[-1][0] == pytest.approx(10 + len(windows) * VAD_WINDOW / SPEECH_RATE)


def test_the_tape_gives_back_what_was_heard_between_two_times() -> None:
    tape = Tape()
    for step, level in enumerate((0.1, 0.2, 0.3, 0.4)):
        list(tape.add(5 + step, np.full(SPEECH_RATE, level, dtype=np.float32)))
    cut = tape.cut(6.5, 7.5)
    assert len(cut) == SPEECH_RATE
    assert cut[0] == pytest.approx(0.2)
    assert cut[-1] == pytest.approx(0.3)
    assert len(tape.cut(8.0)) == SPEECH_RATE
    assert len(tape.cut(0.0)) == 4 * SPEECH_RATE
    assert not len(Tape().cut(0.0))


def test_lost_audio_is_silence_on_the_tape_so_that_times_stay_true() -> None:
    tape = Tape()
    list(tape.add(0.0, tone(1)))
    windows = list(tape.add(1.5, tone(1)))
    assert windows[-1][0] == pytest.approx(2.5, abs=VAD_WINDOW / SPEECH_RATE)
    assert not tape.cut(1.05, 1.45).any()
    assert tape.cut(1.6, 1.7).any()


def test_audio_that_turns_out_to_have_come_late_moves_the_tape_to_its_true_time() -> None:
    tape = Tape()
    list(tape.add(1.0, tone(0.5)))
    windows = list(tape.add(1.3, tone(0.5)))  # so the first began at 0.8
    assert windows[-1][0] == pytest.approx(1.8, abs=0.04)
    assert len(tape.cut(0.8)) == SPEECH_RATE


def test_the_tape_forgets_what_is_long_past() -> None:
    tape = Tape()
    for step in range(700):
        list(tape.add(float(step), quiet(1)))
    assert len(tape.cut(0.0)) <= (Tape.KEEP_SECONDS + 1) * SPEECH_RATE


def test_the_scribe_reads_everything_it_was_fed() -> None:
    transcriber = CountingTranscriber()
    scribe = Scribe(transcriber)
    scribe.feed(tone(0.5))
    scribe.feed(tone(0.5))
    assert scribe.read() == "word1 word2 word3 word4"
    scribe.feed(tone(0.25))
    assert scribe.read(final=True) == "word1 word2 word3 word4 word5."
    scribe.close()
    assert transcriber.streams[0].closed


def test_speech_comes_at_the_talking_rate_and_stops_when_told() -> None:
    whole = np.concatenate(list(speech(ToneVoice(), "one two three four", lambda: False)))
    assert len(whole) == TALK_RATE
    assert not list(speech(ToneVoice(), "one two three four", lambda: True))


class Mouth:
    """A playout and what it told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.playout = Playout(
            lambda key: self.told.append(f"{key} started"), lambda key: self.told.append(f"{key} ended")
        )

    def frames(self, count: int) -> list[bool]:
        """Whether each of the next frames can be heard."""
        return [bool(self.playout.frame().any()) for _ in range(count)]


def test_the_playout_plays_an_utterance_between_silences_and_tells_when() -> None:
    mouth = Mouth()
    assert mouth.frames(2) == [False, False]
    mouth.playout.begin("a")
    assert mouth.frames(1) == [False]
    mouth.playout.add("a", tone(0.05, TALK_RATE))
    assert mouth.frames(1) == [True]
    assert mouth.told == ["a started"]
    mouth.playout.complete("a")
    assert mouth.frames(3) == [True, True, False]
    assert mouth.told == ["a started", "a ended"]


def test_every_frame_has_its_full_length() -> None:
    mouth = Mouth()
    mouth.playout.begin("a")
    mouth.playout.add("a", tone(0.031, TALK_RATE))
    mouth.playout.complete("a")
    assert {len(mouth.playout.frame()) for _ in range(4)} == {TALK_FRAME}


def test_a_held_utterance_goes_on_where_it_stopped() -> None:
    mouth = Mouth()
    mouth.playout.begin("a")
    mouth.playout.add("a", tone(0.1, TALK_RATE))
    mouth.playout.complete("a")
    mouth.frames(2)
    mouth.playout.hold()
    assert mouth.frames(3) == [False] * 3
    assert mouth.playout.played_seconds == pytest.approx(0.04)
    mouth.playout.resume()
    assert mouth.frames(4) == [True, True, True, False]
    assert mouth.told == ["a started", "a ended"]


def test_audio_of_an_utterance_that_was_replaced_is_not_played() -> None:
    mouth = Mouth()
    mouth.playout.begin("a")
    mouth.playout.begin("b")
    mouth.playout.add("a", tone(0.1, TALK_RATE))
    mouth.playout.complete("a")
    assert mouth.frames(2) == [False, False]
    mouth.playout.clear()
    mouth.playout.add("b", tone(0.1, TALK_RATE))
    assert mouth.frames(2) == [False, False]
    assert mouth.told == []
