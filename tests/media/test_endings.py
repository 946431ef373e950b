"""What the words of a turn say about its end."""

from __future__ import annotations

import pytest

from interview_platform.media.endings import (
    asks_for_little,
    closes,
    echoes,
    is_backchannel,
    patience,
    thinks,
    trails_off,
)


@pytest.mark.parametrize(
    "text",
    ["We used Kafka and", "It was, um", "because...", "", "The first thing is, ", "I worked with the", "So then I'm"],
)
def test_unfinished_thoughts_trail_off(text: str) -> None:
    assert trails_off(text)


@pytest.mark.parametrize(
    "text", ["We used Kafka.", "I think so.", "Yes.", "Forty percent", "That is what I was hired for."]
)
def test_finished_thoughts_do_not_trail_off(text: str) -> None:
    assert not trails_off(text)


@pytest.mark.parametrize("text", ["And that's it.", "So that's about it", "Thank you!", "that’s all".replace("’", "'")])
def test_closing_words_close(text: str) -> None:
    assert closes(text)


def test_words_about_closing_in_the_middle_do_not_close() -> None:
    assert not closes("Thank you for the question, I worked at a bank.")


@pytest.mark.parametrize("text", ["Let me think.", "Hmm, give me a second", "That's a good question."])
def test_asking_for_time_is_understood(text: str) -> None:
    assert thinks(text)


@pytest.mark.parametrize("text", ["mm-hm", "Okay.", "Yeah, right.", ""])
def test_listening_noises_are_no_answer(text: str) -> None:
    assert is_backchannel(text)


@pytest.mark.parametrize("text", ["Okay, I would start with the logs.", "No.", "Could you repeat that?"])
def test_words_with_content_are_more_than_a_listening_noise(text: str) -> None:
    assert not is_backchannel(text)


def test_the_agents_own_words_coming_back_are_an_echo() -> None:
    said = "Could you tell me what your own part in that work was?"
    assert echoes("tell me what your own part", said)
    assert not echoes("my own part was the database", said)
    assert not echoes("your part", said)


@pytest.mark.parametrize(
    ("question", "little"),
    [
        ("Thanks. Are you ready?", True),
        ("How many people were in the team?", True),
        ("Tell me about a conflict.", False),
        ("Can you walk me through the design of the last system that you built from scratch?", False),
    ],
)
def test_questions_that_a_word_answers_are_told_from_open_ones(question: str, little: bool) -> None:
    assert asks_for_little(question) is little


def test_the_weaker_the_evidence_the_longer_the_wait() -> None:
    whole = "I led the migration."
    waits = [
        patience(0.9, "That's it."),
        patience(0.9, whole, short_answer=True),
        patience(0.9, whole),
        patience(0.9, "I led the migration,"),
        patience(0.2, whole),
        patience(0.2, "I led the"),
        patience(0.9, "Let me think."),
    ]
    assert waits == sorted(waits)
    assert len(set(waits)) == len(waits)
