"""How long a silence is waited for."""

from __future__ import annotations

import pytest

from interview_platform.media.waiting import Patience, Weights, amount, logit

WHOLE = "I led the migration."
OPEN = "Tell me about your last project."


def patience(question: str = OPEN) -> Patience:
    made = Patience()
    made.asked(question)
    return made


def test_the_weaker_the_evidence_the_longer_the_wait() -> None:
    waits = [
        patience().seconds(0.97, "That's it.", 10.0),
        patience().seconds(0.97, WHOLE, 15.0),
        patience().seconds(0.97, WHOLE, 6.0),
        patience().seconds(0.97, "I led the migration,", 6.0),
        patience().seconds(0.97, "I led the", 6.0),
        patience().seconds(0.97, "Let me think.", 6.0),
    ]
    assert waits == sorted(waits)
    assert len(set(waits)) == len(waits)


def test_a_sound_that_goes_on_is_waited_for_longer_than_one_that_ends() -> None:
    assert patience().seconds(0.03, WHOLE, 10.0) > patience().seconds(0.97, WHOLE, 10.0) + 0.2


def test_a_word_may_be_the_whole_answer_where_it_was_asked_for() -> None:
    little = patience("Are you ready?")
    assert little.seconds(0.9, "Yes.", 0.4) < 0.35
    assert patience().seconds(0.9, "Yes.", 0.4) > 0.9
    assert little.seconds(0.9, "Yes, and", 0.6) > 0.9


def test_every_wait_has_its_bounds() -> None:
    weights = Weights()
    for complete in (0.0, 0.5, 1.0):
        for text in ("", WHOLE, "and", "That's all.", None):
            for speech in (0.1, 5.0, 500.0):
                assert weights.least <= patience().seconds(complete, text, speech) <= weights.most


def test_the_speakers_own_pauses_move_the_wait() -> None:
    slow, quick = patience(), patience()
    for _ in range(8):
        slow.learn(1.0, WHOLE)
        quick.learn(0.35, WHOLE)
    assert slow.seconds(0.97, WHOLE, 10.0) > quick.seconds(0.97, WHOLE, 10.0) + 0.3


def test_hesitations_do_not_move_the_wait_after_sentences() -> None:
    hesitant = patience()
    for _ in range(8):
        hesitant.learn(2.0, "and then the")
    assert hesitant.seconds(0.97, WHOLE, 10.0) == patience().seconds(0.97, WHOLE, 10.0)


def test_words_that_hang_are_waited_for_less_where_the_sound_says_clearly_that_it_was_all() -> None:
    assert patience().seconds(0.97, "and we dropped it", 8.0) < patience().seconds(0.5, "and we dropped it", 8.0) - 1.0
    number = patience("What is your phone number?")
    assert number.seconds(0.97, "Zero seven nine.", 2.0) > 2.0


def test_who_was_cut_off_is_waited_for_longer_until_replies_come_at_the_right_time_again() -> None:
    burnt, usual = patience(), patience().seconds(0.97, WHOLE, 10.0)
    burnt.cut_in()
    at_first = burnt.seconds(0.97, WHOLE, 10.0)
    assert at_first > usual + 0.15
    for _ in range(4):
        burnt.heard_out()
    assert usual < burnt.seconds(0.97, WHOLE, 10.0) < at_first
    for _ in range(20):
        burnt.cut_in()
    assert burnt.seconds(0.97, WHOLE, 10.0) < Weights().most


def test_one_long_pause_after_a_sentence_is_no_rhythm() -> None:
    thinking, slow = patience(), patience()
    thinking.learn(3.0, WHOLE)
    slow.learn(Weights().rhythm, WHOLE)
    assert thinking.seconds(0.97, WHOLE, 10.0) == slow.seconds(0.97, WHOLE, 10.0)


def test_a_nod_comes_sooner_after_what_sounds_ended_and_later_for_who_wants_time() -> None:
    calm = patience()
    calm.unhurried = True
    sooner, later = patience().nod_seconds(0.97, WHOLE), patience().nod_seconds(0.1, WHOLE)
    assert sooner is not None
    assert later is not None
    assert sooner < later
    assert (calm.nod_seconds(0.97, WHOLE) or 0.0) > sooner
    assert patience().nod_seconds(0.97, "I led the") == later  # it sounded ended: a word may be misheard
    assert patience().nod_seconds(0.1, "I led the") is None


def test_unhurried_waits_longer_even_for_a_yes() -> None:
    calm = patience("Are you ready?")
    calm.unhurried = True
    assert calm.seconds(0.97, "Yes.", 0.4) == Weights().unhurried_least
    assert calm.seconds(0.03, "I led the", 4.0) > Weights().most


@pytest.mark.parametrize(("chance", "odds"), [(0.5, 0.0), (0.0, -4.0), (1.0, 4.0)])
def test_log_odds_have_an_end(chance: float, odds: float) -> None:
    assert logit(chance) == pytest.approx(odds, abs=0.01)


def test_the_amount_counts_doublings() -> None:
    assert [amount(seconds, 8.0) for seconds in (0.0, 4.0, 8.0, 16.0, 100.0)] == [-1.0, -1.0, 0.0, 1.0, 1.0]
