"""When a turn has ended, in virtual time: windows of 32 ms go in, decisions come out."""

from __future__ import annotations

import pytest

from interview_platform.media.frames import (
    Decision,
    Evidence,
    Interrupted,
    Nodded,
    PauseBegan,
    Recovered,
    SilenceGrew,
    SpeechResumed,
    SpeechStarted,
    TurnDropped,
    TurnEnded,
    Wavered,
)
from interview_platform.media.turns import WINDOW_SECONDS, TurnTaker

SPEECH, SILENCE, MUMBLE = 0.95, 0.02, 0.6
WHOLE = "I led the migration of our payment service."


class Candidate:
    """Speaks to a TurnTaker; evidence is given the moment it is asked for."""

    def __init__(self, complete: float = 0.97, text: str = WHOLE, nods: bool = False) -> None:
        self.taker = TurnTaker()
        self.taker.nods = nods
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


def test_a_finished_answer_ends_the_turn_within_a_second() -> None:
    candidate = Candidate()
    assert kinds(candidate.speaks(15)) == [SpeechStarted]
    assert candidate.silence_until_end() < 0.9


@pytest.mark.parametrize("seconds", [2, 5, 10])
def test_a_pause_of_eight_tenths_of_a_second_after_a_sentence_is_heard_as_a_pause(seconds: float) -> None:
    candidate = Candidate()
    candidate.speaks(seconds)
    candidate.is_silent(0.77)  # what the detector, which lags behind the end of a sound, leaves of 0.8 s
    assert kinds(candidate.speaks(2)) == [SpeechResumed]


def test_the_less_was_said_about_an_open_question_the_longer_is_waited_for_more() -> None:
    waits = []
    for seconds in (2, 6, 15):
        candidate = Candidate()
        candidate.speaks(seconds)
        waits.append(candidate.silence_until_end())
    assert waits[0] > waits[1] > waits[2]
    assert waits[0] > waits[2] + 0.2


def test_words_that_trail_off_are_waited_for_longer() -> None:
    whole, hanging = Candidate(), Candidate(text="We moved it to the new cluster because")
    for candidate in (whole, hanging):
        candidate.speaks(3)
    assert hanging.silence_until_end() > whole.silence_until_end() + 0.8


def test_an_unfinished_sound_is_waited_for_longer_and_asked_about_again() -> None:
    candidate = Candidate(complete=0.05)
    candidate.speaks(8)
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
    assert 0.8 < candidate.silence_until_end() < 1.6


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
    assert candidate.silence_until_end() < 1.4


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
    candidate.speaks(15)
    candidate.is_silent(0.4)
    candidate.speaks(0.032)
    assert candidate.silence_until_end() < 0.6


def test_a_speaker_who_pauses_long_is_waited_for_longer() -> None:
    hurried, slow = Candidate(), Candidate()
    for candidate, pause in ((hurried, 0.35), (slow, 0.75)):
        for _ in range(6):
            candidate.speaks(2)
            candidate.is_silent(pause)
        candidate.speaks(2)
    assert slow.silence_until_end() > hurried.silence_until_end() + 0.2


def test_going_on_right_after_a_decision_teaches_that_it_was_a_pause() -> None:
    candidate = Candidate()
    candidate.speaks(15)
    before = candidate.silence_until_end()
    for _ in range(4):
        candidate.is_silent(0.3)
        candidate.speaks(15)
        after = candidate.silence_until_end()
    assert after > before + 0.1


def test_what_was_said_before_a_wrong_decision_counts_and_a_new_question_begins_anew() -> None:
    candidate = Candidate()
    candidate.taker.agent_stopped(0.0, "Tell me about your last project.")
    candidate.speaks(15)
    before = candidate.silence_until_end()
    candidate.taker.agent_stopped(candidate.now, "Tell me about your last project.")
    candidate.is_silent(3)
    candidate.speaks(2)
    assert candidate.silence_until_end() == pytest.approx(before, abs=0.1)
    candidate.taker.agent_stopped(candidate.now, "And what did you learn?")
    candidate.is_silent(3)
    candidate.speaks(2)
    assert candidate.silence_until_end() > before + 0.2


def test_a_telephone_number_is_waited_for_to_its_last_group() -> None:
    candidate = Candidate(text="0163. 449.")
    candidate.taker.agent_stopped(0.0, "What is your phone number?")
    candidate.speaks(2)
    assert TurnEnded not in kinds(candidate.is_silent(1.2))
    candidate.text = "0163. 449. 2271."
    candidate.speaks(1)
    assert candidate.silence_until_end() < 0.5


def test_who_asked_for_time_is_given_more_of_it() -> None:
    usual, unhurried = Candidate(), Candidate()
    unhurried.taker.patience.unhurried = True
    for candidate in (usual, unhurried):
        candidate.speaks(10)
    assert unhurried.silence_until_end() > usual.silence_until_end() + 0.4


def test_real_speech_stops_the_agent_after_half_a_second() -> None:
    candidate = Candidate()
    candidate.taker.agent_started(0.0)
    candidate.is_silent(2)
    found = candidate.speaks(1)
    assert kinds(found) == [Wavered, Interrupted]
    (interrupted,) = (decision for decision in found if isinstance(decision, Interrupted))
    assert interrupted.at_seconds == pytest.approx(2.0, abs=0.1)
    assert kinds(candidate.is_silent(2)) == [TurnEnded]


def test_the_agent_holds_its_breath_within_a_fifth_of_a_second_of_a_voice() -> None:
    candidate = Candidate()
    candidate.taker.agent_started(0.0)
    candidate.is_silent(2)
    assert kinds(candidate.speaks(0.13)) == [Wavered]


def test_after_a_cough_or_a_word_of_agreement_the_agent_goes_on() -> None:
    candidate = Candidate()
    candidate.taker.agent_started(0.0)
    candidate.is_silent(1)
    assert kinds(candidate.speaks(0.3)) == [Wavered]
    assert kinds(candidate.is_silent(1)) == [Recovered]
    assert kinds(candidate.speaks(1)) == [Wavered, Interrupted]


def test_a_murmur_does_not_even_make_the_agent_hold_its_breath() -> None:
    candidate = Candidate()
    candidate.taker.agent_started(0.0)
    assert kinds(candidate.sounds(3, MUMBLE)) == []


def test_the_agents_own_voice_from_a_loudspeaker_is_no_interruption() -> None:
    taker = TurnTaker()
    taker.agent_started(0.0)
    found = [taker.hear(step * WINDOW_SECONDS, SPEECH, own_voice=True) for step in range(1, 200)]
    assert not any(found)


def test_the_first_words_of_the_agent_are_protected() -> None:
    candidate = Candidate()
    candidate.taker.agent_started(0.0, protected_seconds=1.5)
    assert kinds(candidate.speaks(1.4)) == []
    assert kinds(candidate.speaks(0.5))[-1] == Interrupted


def test_if_both_start_to_speak_the_agent_yields_at_once() -> None:
    candidate = Candidate()
    candidate.speaks(2)
    candidate.silence_until_end()
    candidate.taker.agent_started(candidate.now)
    assert kinds(candidate.speaks(0.13)) == [Wavered, Interrupted]


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


def test_a_whole_thought_is_met_by_one_nod_long_before_the_turn_is_taken() -> None:
    candidate = Candidate(nods=True)
    candidate.speaks(6)
    found = candidate.is_silent(3)
    assert kinds(found) == [Nodded, TurnEnded]
    assert candidate.taker.speaking is False
    assert nod_after(candidate) < 0.65


@pytest.mark.parametrize(
    ("text", "complete"),
    [("I led the", 0.1), ("and then, um,", 0.1), ("Let me think.", 0.9), ("That's all.", 0.9), ("", 0.9)],
)
def test_no_nod_where_she_hangs_asks_for_time_or_says_that_it_is_all(text: str, complete: float) -> None:
    candidate = Candidate(complete, text, nods=True)
    candidate.speaks(6)
    assert Nodded not in kinds(candidate.is_silent(3))


def test_a_question_that_a_word_answers_is_answered_not_nodded_at() -> None:
    candidate = Candidate(text="Yes.", nods=True)
    candidate.taker.agent_stopped(0.0, "Are you ready?")
    candidate.speaks(0.6)
    assert kinds(candidate.is_silent(1)) == [TurnEnded]


def test_nods_are_rare_in_a_long_answer() -> None:
    candidate = Candidate(nods=True)
    for _ in range(5):
        candidate.speaks(0.9)
        candidate.is_silent(0.8)
    assert kinds(candidate.decisions).count(Nodded) == 2


def test_who_asked_for_a_moment_is_not_nodded_at() -> None:
    candidate = Candidate(nods=True)
    candidate.speaks(3)
    candidate.taker.moment(candidate.now)
    assert Nodded not in kinds(candidate.is_silent(3))


def test_the_echo_of_a_nod_does_not_end_the_pause() -> None:
    candidate = Candidate(nods=True)
    candidate.speaks(6)
    while not isinstance(candidate.decisions[-1], Nodded):
        candidate.is_silent(WINDOW_SECONDS)
    for _ in range(10):
        candidate.now += WINDOW_SECONDS
        assert candidate.taker.hear(candidate.now, SPEECH, own_voice=True) == []


def test_who_goes_on_a_second_after_the_agent_began_is_given_the_word_at_once() -> None:
    candidate = Candidate()
    candidate.speaks(6)
    candidate.silence_until_end()
    candidate.taker.agent_started(candidate.now)
    candidate.is_silent(0.9)
    assert kinds(candidate.speaks(0.13)) == [Wavered, Interrupted]


def nod_after(candidate: Candidate) -> float:
    """Seconds from the end of speech to the nod."""
    nod = next(decision for decision in candidate.decisions if isinstance(decision, Nodded))
    pause = next(decision for decision in candidate.decisions if isinstance(decision, PauseBegan))
    return nod.at_seconds - pause.at_seconds
