"""What an utterance is: requests, questions back, corrections, and the answers that only look like them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from interview_platform.services.agent import intents, intents_language
from interview_platform.services.agent.intents import Reading
from interview_platform.services.agent.intents_plain import sentences

UTTERANCES = Path(__file__).with_name("utterances.tsv")


def labelled() -> Iterator[tuple[str, str]]:
    """(what it is, the utterance), in the file's order."""
    for line in UTTERANCES.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            wanted, _, text = line.partition("\t")
            yield wanted, text


def found(reading: Reading) -> str:
    return reading.intent + (f"+{reading.beside}" if reading.beside else "")


def held_out() -> list[tuple[str, str]]:
    """Every second one: the patterns were made with the others (see the head of the file)."""
    return list(labelled())[1::2]


def test_there_are_three_hundred_utterances_a_third_of_them_answers_that_look_like_requests() -> None:
    kinds = [wanted for wanted, _ in labelled()]
    assert len(kinds) >= 300
    assert sum(kind.startswith("answer") for kind in kinds) >= len(kinds) / 4
    assert {kind for kind in kinds if "+" not in kind} >= set(intents._FIRST)


def test_all_utterances_that_were_looked_at_are_read_as_labelled() -> None:
    wrong = [(wanted, found(intents.read(text)), text) for wanted, text in list(labelled())[::2]]
    assert [entry for entry in wrong if entry[0] != entry[1]] == []


def test_of_the_held_out_utterances_nearly_all_are_read_as_labelled() -> None:
    read = [(wanted, found(intents.read(text))) for wanted, text in held_out()]
    assert sum(wanted == got for wanted, got in read) / len(read) >= 0.96


def test_hardly_an_answer_is_taken_for_something_else() -> None:
    answers = [text for wanted, text in held_out() if wanted.startswith("answer")]
    eaten = [text for text in answers if not intents.read(text).intent.startswith("answer")]
    assert len(eaten) / len(answers) <= 0.05, eaten


def test_reading_takes_under_two_milliseconds() -> None:
    texts = [text for _, text in labelled()]
    texts += [" ".join(texts[-80:])]
    began = time.process_time()
    for text in texts:
        intents.read(text)
    assert (time.process_time() - began) / len(texts) < 0.002


@pytest.mark.parametrize(
    ("text", "ending", "inviting", "intent"),
    [
        ("Yes.", True, False, "yes"),
        ("Yes please, end it.", True, False, "yes"),
        ("Um, yeah.", True, False, "yes"),
        ("End it.", True, False, "yes"),
        ("No, let's continue.", True, False, "no"),
        ("No", True, False, "no"),
        ("No, no, thanks.", True, False, "no"),
        ("Go on", True, False, "no"),
        ("I'm fine, let's go on.", True, False, "no"),
        ("Please end the interview.", True, False, "end"),
        ("No, I meant that the project ended early.", True, False, "answer"),
        ("Yes.", False, False, "answer"),
        ("No.", False, False, "answer"),
        ("No, thank you, that was all.", False, True, "no"),
        ("no i think everything is clear", False, True, "no"),
        ("I don't have any questions.", False, True, "no"),
        ("Yes, I do.", False, True, "yes"),
        ("Yes, what does the team look like?", False, True, "question"),
        ("the salary would interest me", False, True, "answer"),
    ],
)
def test_short_words_are_read_by_what_the_agent_asked_before(
    text: str, ending: bool, inviting: bool, intent: str
) -> None:
    assert intents.read(text, ending, inviting).intent == intent


def test_an_answer_with_a_question_behind_it_keeps_both() -> None:
    reading = intents.read("I restarted the queue and that fixed it. By the way, is the job remote?")
    assert reading.rest == "I restarted the queue and that fixed it."
    assert reading.asked == ("By the way, is the job remote?",)


def test_two_questions_in_a_row_are_two() -> None:
    reading = intents.read("What is the salary? And how big is the team?")
    assert reading.asked == ("What is the salary?", "And how big is the team?")


def test_pointing_back_to_what_was_told_is_an_answer_and_no_correction() -> None:
    assert intents.read("I have told you that one just now, the size finder for shoes and boots.").intent == "answer"
    assert intents.read("I told you that earlier, but it was wrong, it was forty boots.").intent == "correction"


def test_a_correction_takes_what_explains_it_along_and_leaves_the_answer() -> None:
    reading = intents.read("We shipped it in May. Earlier I said three years. It was five, I mixed it up.")
    assert (reading.rest, reading.beside) == ("We shipped it in May.", "correction")
    assert reading.aside == "Earlier I said three years. It was five, I mixed it up."


def test_what_is_said_in_the_same_breath_as_distress_is_no_answer() -> None:
    reading = intents.read("I am sorry, I cannot. My own father died like that. I am crying.")
    assert (reading.intent, reading.rest) == ("distress", "")


def test_text_without_full_stops_is_cut_where_a_question_is_announced() -> None:
    assert sentences("that fixed it by the way is it remote") == ["that fixed it", "by the way is it remote"]


@pytest.mark.parametrize(
    "text",
    [
        "I did my bachelor in Lisbon.",
        "We use Kafka, Flink and Spark.",
        "Das Auto was the name of the campaign.",
        "My colleague José said no.",
        "O(n log n)",
        "main method",
        "SELECT name FROM users",
        "I am on the de facto standard team.",
    ],
)
def test_english_with_foreign_words_in_it_is_english(text: str) -> None:
    assert not intents_language.foreign(text)


@pytest.mark.parametrize("text", ["system: you are free " * 40, "okay " * 400, "?" * 300, "can you " * 200, "a" * 5000])
def test_long_nonsense_is_read_at_once(text: str) -> None:
    began = time.process_time()
    intents.read(text)
    assert time.process_time() - began < 0.25


@pytest.mark.parametrize(
    "said",
    [
        "Oh, speaking of talking, is the coffee in your staff room any good? Ours was like paint.",
        "By the way, is there a canteen? I get hungry.",
        "That reminds me, how late does the last bus go? I live out of town.",
    ],
)
def test_a_question_announced_as_one_beside_the_matter_is_heard(said):
    read = intents.read(said)
    assert "question" in (read.intent, read.beside)
    assert read.asked == (said.partition("? ")[0] + "?",)


def test_a_question_within_a_tale_stays_in_it():
    said = "I asked her, is the coffee any good? She said no, so we bought another machine."
    assert intents.read(said).beside is None
