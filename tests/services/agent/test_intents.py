"""Short utterances that ask something of the interview itself."""

from __future__ import annotations

import pytest

from interview_platform.services.agent import intents


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Could you repeat the question, please?", "repeat"),
        ("Sorry, I didn't catch that.", "repeat"),
        ("Um, can you rephrase that?", "repeat"),
        ("What was the question again?", "repeat"),
        ("Would you mind repeating that?", "repeat"),
        ("i don't understand the question", "repeat"),
        ("Give me a moment, please.", "moment"),
        ("Let me think.", "moment"),
        ("Hmm, one second.", "moment"),
        ("Can I have a minute to think?", "moment"),
        ("I need a moment to think about that.", "moment"),
        ("I'd rather not answer that.", "skip"),
        ("I would rather not say.", "skip"),
        ("I’d prefer not to answer this question", "skip"),
        ("Can we move on?", "skip"),
        ("Can we go to the next question?", "skip"),
        ("No comment.", "skip"),
        ("I don't want to talk about that.", "skip"),
        ("Let's skip that one.", "skip"),
        ("I want to end the interview.", "end"),
        ("Can we stop here?", "end"),
        ("I don't know.", "dont_know"),
        ("I'm not sure.", "dont_know"),
        ("I can't think of an example right now.", "dont_know"),
        ("No idea, sorry.", "dont_know"),
        ("", "unheard"),
        ("...", "unheard"),
        ("Um, uh.", "unheard"),
        ("[BLANK_AUDIO]", "unheard"),
        ("(music)", "unheard"),
    ],
)
def test_a_request_is_recognised(text: str, intent: str) -> None:
    assert intents.read(text) == intent


@pytest.mark.parametrize(
    "text",
    [
        "I would not skip the tests before a release.",
        "We had to stop the interview process because the law changed.",
        "I had to repeat the question to the patient three times.",
        "Next I moved the queue to Kafka.",
        "I don't know the exact number, but it was about ten thousand.",
        "Let me think, it was in March, I was on call and the database went down.",
        "One moment I remember well is when the server went down.",
        "Yes.",
        "No, never.",
        "Fine.",
    ],
)
def test_an_answer_stays_an_answer(text: str) -> None:
    assert intents.read(text) == "answer"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Yes.", "yes"),
        ("Yes please, end it.", "yes"),
        ("Um, yeah.", "yes"),
        ("End it.", "yes"),
        ("No, let's continue.", "no"),
        ("No", "no"),
        ("No, please.", "no"),
        ("No, no, thanks.", "no"),
        ("Go on", "no"),
        ("Please end the interview.", "end"),
        ("No, I meant that the project ended early.", "answer"),
    ],
)
def test_yes_and_no_are_read_only_after_the_question_about_ending(text: str, intent: str) -> None:
    assert intents.read(text, ending=True) == intent
