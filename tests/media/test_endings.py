"""What the words of a turn say about its end."""

from __future__ import annotations

import pytest

from interview_platform.media.endings import (
    asks_for_little,
    asks_for_number,
    closes,
    echoes,
    ending,
    is_backchannel,
    thinks,
    trails_off,
    unfinished_list,
    unfinished_number,
    wants_more_time,
)


@pytest.mark.parametrize(
    "text",
    [
        "We used Kafka and",
        "It was, um",
        "because...",
        "",
        "The first thing is, ",
        "I worked with the",
        "So then I'm",
        "Ah.",
        "Well, um.",
    ],
)
def test_unfinished_thoughts_trail_off(text: str) -> None:
    assert trails_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "We used Kafka.",
        "I think so.",
        "Yes.",
        "Forty percent",
        "Okay.",
        "It went well.",
        "That is what I was hired for.",
    ],
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


@pytest.mark.parametrize(
    "question",
    [
        "Do you hold a driving licence?",
        "Which city do you live in?",
        "What is your notice period?",
        "Thanks. When can you start?",
        "What is your phone number?",
        "Who was your manager there?",
        "Where did that happen?",
    ],
)
def test_more_questions_that_a_word_answers(question: str) -> None:
    assert asks_for_little(question)


@pytest.mark.parametrize(
    "question",
    [
        "Can you describe how you test?",
        "Would you tell me more?",
        "How did you reduce the costs?",
        "Why did you leave?",
    ],
)
def test_questions_that_only_look_short_are_open(question: str) -> None:
    assert not asks_for_little(question)


def test_a_list_that_was_announced_is_not_over_before_its_last_item() -> None:
    assert unfinished_list("There were three reasons. First, it was slow.")
    assert unfinished_list("I did two things.")
    assert not unfinished_list("I did two things. First I measured, and second I cut the queries.")
    assert not unfinished_list("There were three reasons. First, it was slow. And finally it was ugly.")
    assert not unfinished_list("It was slow.")


def test_a_telephone_number_has_nine_digits_at_least() -> None:
    assert asks_for_number("Could you give me your phone number?")
    assert unfinished_number("0163, 449.")
    assert unfinished_number("oh one six three")
    assert not unfinished_number("0163 449 2271.")
    assert not unfinished_number("I would rather write it.")


@pytest.mark.parametrize(
    "text",
    ["Please let me finish.", "I wasn't finished.", "You cut me off.", "I speak slowly, sorry.", "I have a stammer."],
)
def test_asking_to_be_waited_for_is_understood(text: str) -> None:
    assert wants_more_time(text)


@pytest.mark.parametrize(
    "text",
    ["We finished in time.", "I cut the costs in half.", "I gave the team more time.", "Let me start with that."],
)
def test_talk_of_time_is_no_request_for_it(text: str) -> None:
    assert not wants_more_time(text)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("I led the migration.", {"whole": True}),
        ("I led the migration,", {"comma": True}),
        ("I led the", {"hangs": True}),
        ("We test water for.", {"weak": True}),
        ("That's it.", {"whole": True, "closes": True}),
        ("Let me think.", {"thinks": True}),
        ("I led the migration", {}),
    ],
)
def test_every_ending_has_its_kind(text: str, how: dict[str, bool]) -> None:
    found = ending(text)
    assert {name: value for name, value in vars(found).items() if value} == how


def test_a_condition_wants_its_other_half() -> None:
    assert ending("It depends. If somebody cannot work,").hangs
    assert not ending("If somebody cannot work, it comes first.").hangs
    assert not ending("I moved there when I was ten.").hangs


def test_digits_hang_only_where_a_number_was_asked_for() -> None:
    assert ending("There were 40.", number_asked=False).whole
    assert ending("0 1 6.", number_asked=True).hangs


@pytest.mark.parametrize("text", ["Not really.", "No, not quite.", "Not yet.", "It was not necessarily."])
def test_a_short_no_is_whole(text: str) -> None:
    assert not trails_off(text)


@pytest.mark.parametrize("text", ["I practised every evening in his garage. On.", "We sent it back, with."])
def test_a_word_that_only_begins_something_hangs_whatever_stands_behind_it(text: str) -> None:
    assert trails_off(text)


def test_a_first_thing_announces_a_second() -> None:
    assert unfinished_list("There are reasons. The first is the river, I grew up on a boat.")
    assert not unfinished_list("The first is the river. The second is the workshop.")
    assert not unfinished_list("The first seams were terrible.")
    long = (
        "because I grew up on a boat and we went up and down it every summer with my two sisters and the dog and a cat"
    )
    assert not unfinished_list(f"The first is the river, {long}, which I loved.")
