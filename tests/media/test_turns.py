"""When a turn has ended, in virtual time: windows of 32 ms go in, decisions come out."""

from __future__ import annotations

import pytest

from interview_platform.media.frames import (
    Decision,
    Evidence,
    Interrupted,
    PauseBegan,
    SilenceGrew,
    SpeechResumed,
    SpeechStarted,
    TurnDropped,
    TurnEnded,
)
from interview_platform.media.turns import WINDOW_SECONDS, TurnTaker

SPEECH, SILENCE, MUMBLE = 0.95, 0.02, 0.6


class Candidate:
    """Speaks to a TurnTaker; evidence is given the moment it is asked for."""

    def __init__(self, complete: float = 0.97, text: str = "I led the migration of our payment service.") -> None:
        self.taker = TurnTaker()
        self.complete, self.text = complete, text
        self.now = 0.0
        self.decisions: list[Decision] = []

    def sounds(self, seconds: float, probability: float) -> list[Decision]:
        """This much of one sound; the decisions it led to."""
        new: list[Decision] = []
        for _ in range(round(seconds / WINDOW_SECONDS)):
            self.now += WINDOW_SECONDS
            found = self.taker.hear(self.now, probability)
            for decision in found:
                if isinstance(decision, PauseBegan) and self.complete >= 0:
                    self.taker.weigh(Evidence(decision.at_seconds, self.complete, self.text))
            new += found
        self.decisions += new
        return new

    def speaks(self, seconds: float) -> list[Decision]:
        return self.sounds(seconds, SPEECH)

    def is_silent(self, seconds: float) -> list[Decision]:
        return self.sounds(seconds, SILENCE)

    def silence_until_end(self, most: float = 8.0) -> float:
        """Seconds of silence until the turn ended."""
        began = self.now
        while self.now - began < most:
            if kinds(self.is_silent(WINDOW_SECONDS)) == [TurnEnded]:
                return self.now - began
        pytest.fail(f"the turn did not end within {most} s of silence")


def kinds(decisions: list[Decision]) -> list[type]:
    return [type(decision) for decision in decisions if not isinstance(decision, PauseBegan)]


def test_a_finished_sentence_ends_the_turn_within_a_second() -> None:
    candidate = Candidate()
    assert kinds(candidate.speaks(3)) == [SpeechStarted]
    assert candidate.silence_until_end() < 0.85


def test_a_pause_of_eight_tenths_of_a_second_is_heard_as_a_pause() -> None:
    candidate = Candidate()
    candidate.speaks(3)
    candidate.is_silent(0.77)  # what the detector, which lags behind the end of a sound, leaves of 0.8 s
    assert kinds(candidate.speaks(2)) == [SpeechResumed]


def test_words_that_trail_off_are_waited_for_longer() -> None:
    whole, hanging = Candidate(), Candidate(text="We moved it to the new cluster because")
    for candidate in (whole, hanging):
        candidate.speaks(3)
    assert hanging.silence_until_end() > whole.silence_until_end() + 0.8


def test_an_unfinished_sound_is_waited_for_longer_and_asked_about_again() -> None:
    candidate = Candidate(complete=0.05)
    candidate.speaks(3)
    assert 1.0 < candidate.silence_until_end() < 2.3
    asked = [decision for decision in candidate.decisions if isinstance(decision, PauseBegan)]
    assert [decision.again for decision in asked] == [False, True]


def test_saying_that_it_is_all_ends_the_turn_at_once() -> None:
    candidate = Candidate(text="And then we shipped it. That's it.")
    candidate.speaks(3)
    assert candidate.silence_until_end() < 0.5


def test_asking_for_time_in_words_gives_time() -> None:
    candidate = Candidate(text="Good question. Let me think.")
    candidate.speaks(2)
    assert TurnEnded not in kinds(candidate.is_silent(5))


def test_without_evidence_a_turn_still_ends() -> None:
    candidate = Candidate(complete=-1)
    candidate.speaks(3)
    assert candidate.silence_until_end() < 2.4


def test_a_sound_that_seems_complete_shortens_the_wait_for_words_that_come_late() -> None:
    candidate = Candidate(complete=-1)
    candidate.speaks(3)
    (asked,) = [decision for decision in candidate.is_silent(0.3) if isinstance(decision, PauseBegan)]
    candidate.taker.weigh(Evidence(asked.at_seconds, 0.97, None))
    assert 0.8 < candidate.silence_until_end() < 1.0


def test_evidence_about_an_earlier_pause_does_not_end_a_later_one() -> None:
    candidate = Candidate(complete=-1)
    candidate.speaks(2)
    (asked,) = [decision for decision in candidate.is_silent(0.3) if isinstance(decision, PauseBegan)]
    candidate.speaks(1)
    candidate.taker.weigh(Evidence(asked.at_seconds, 0.99, "That's it."))
    assert TurnEnded not in kinds(candidate.is_silent(1.5))


def test_a_cough_is_no_turn() -> None:
    candidate = Candidate()
    candidate.sounds(0.13, SPEECH)
    assert kinds(candidate.is_silent(1)) == [TurnDropped]


def test_a_short_yes_is_a_turn() -> None:
    candidate = Candidate(text="Yes.")
    candidate.speaks(0.3)
    assert candidate.silence_until_end() < 1.1


def test_a_yes_to_a_yes_or_no_question_is_taken_sooner() -> None:
    times = []
    for question in ("Tell me about your last project.", "Thanks. Are you ready to begin?"):
        candidate = Candidate(text="Yes.")
        candidate.taker.agent_stopped(0.0, question)
        candidate.speaks(0.4)
        times.append(candidate.silence_until_end())
    assert times[1] < times[0] - 0.2


def test_a_click_in_a_pause_does_not_restart_it() -> None:
    candidate = Candidate()
    candidate.speaks(3)
    candidate.is_silent(0.4)
    candidate.speaks(0.032)
    assert candidate.silence_until_end() < 0.5


def test_a_speaker_who_pauses_long_is_waited_for_longer() -> None:
    candidate = Candidate(complete=0.3, text="First we looked at the data.")
    for _ in range(4):
        candidate.speaks(2)
        candidate.is_silent(1.2)
    candidate.complete = 0.97
    candidate.speaks(2)
    assert 1.2 < candidate.silence_until_end() < 1.6


def test_going_on_right_after_a_decision_teaches_that_it_was_a_pause() -> None:
    candidate = Candidate()
    for _ in range(3):
        candidate.speaks(2)
        candidate.is_silent(1.1)
    candidate.speaks(2)
    assert candidate.silence_until_end() > 1.1


def test_real_speech_stops_the_agent_after_half_a_second() -> None:
    candidate = Candidate()
    candidate.taker.agent_started(0.0)
    candidate.is_silent(2)
    found = candidate.speaks(1)
    assert kinds(found) == [Interrupted]
    (interrupted,) = found
    assert isinstance(interrupted, Interrupted)
    assert interrupted.at_seconds == pytest.approx(2.0, abs=0.1)
    assert kinds(candidate.is_silent(2)) == [TurnEnded]


@pytest.mark.parametrize(("seconds", "probability"), [(0.3, SPEECH), (3.0, MUMBLE)])
def test_a_cough_or_an_echo_does_not_stop_the_agent(seconds: float, probability: float) -> None:
    candidate = Candidate()
    candidate.taker.agent_started(0.0)
    candidate.is_silent(1)
    assert kinds(candidate.sounds(seconds, probability) + candidate.is_silent(1)) == []


def test_the_first_words_of_the_agent_are_protected() -> None:
    candidate = Candidate()
    candidate.taker.agent_started(0.0, protected_seconds=1.5)
    assert kinds(candidate.speaks(1.4)) == []
    assert kinds(candidate.speaks(0.5)) == [Interrupted]


def test_if_both_start_to_speak_the_agent_yields_at_once() -> None:
    candidate = Candidate()
    candidate.speaks(2)
    candidate.silence_until_end()
    candidate.taker.agent_started(candidate.now)
    assert kinds(candidate.speaks(0.13)) == [Interrupted]


def test_speech_under_the_agents_last_word_counts_as_soon_as_it_stops() -> None:
    candidate = Candidate()
    candidate.taker.agent_started(0.0)
    candidate.is_silent(2)
    candidate.speaks(0.3)
    candidate.taker.agent_stopped(candidate.now)
    found = candidate.speaks(1)
    assert kinds(found) == [SpeechStarted]
    assert isinstance(found[0], SpeechStarted)
    assert found[0].at_seconds == pytest.approx(2.0, abs=0.1)


def test_long_silence_is_noticed_once() -> None:
    candidate = Candidate()
    candidate.taker.agent_stopped(0.0)
    assert kinds(candidate.is_silent(60)) == [SilenceGrew]
    candidate.taker.agent_stopped(candidate.now)
    assert kinds(candidate.is_silent(60)) == [SilenceGrew]


def test_a_moment_to_think_puts_the_notice_off() -> None:
    candidate = Candidate()
    candidate.taker.agent_stopped(0.0)
    candidate.taker.moment(0.0)
    assert kinds(candidate.is_silent(30)) == []
    assert kinds(candidate.is_silent(10)) == [SilenceGrew]


def test_a_moment_asked_for_in_the_middle_of_an_answer_keeps_the_turn_open() -> None:
    candidate = Candidate()
    candidate.speaks(2)
    candidate.taker.moment(candidate.now)
    assert kinds(candidate.is_silent(15)) == []
    assert kinds(candidate.speaks(2)) == [SpeechResumed]
