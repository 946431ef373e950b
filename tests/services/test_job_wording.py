"""Wording that is gender-coded or shuts people out: found with its reason, replaced where it stands, never blocking."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_platform.services import job_wording
from interview_platform.services.job_wording import Wording, balance, check, replaced


def found(text: str) -> list[tuple[str, str]]:
    return [(held.text, held.kind) for held in check(text)]


def changed(text: str) -> str:
    """Every place replaced, one after the other."""
    while places := check(text):
        text = replaced(text, places[0])
    return text


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("a young, energetic team", "age"),
        ("for digital natives", "age"),
        ("recent graduates welcome", "age"),
        ("3-5 years of sales experience", "age"),
        ("able-bodied people", "ability"),
        ("native English speaker", "origin"),
        ("he reports to the board", "person"),
        ("the chairman", "person"),
        ("hey guys", "person"),
        ("work hard, play hard", "culture"),
        ("a coding ninja", "culture"),
        ("Bachelor’s degree in design", "degree"),
        ("no family commitments", "family"),
        ("in good health", "health"),
    ],
)
def test_each_kind_of_exclusion_is_found_with_its_reason(text, topic):
    first = check(text)[0]
    assert (first.topic, first.kind) == (topic, "exclusionary")
    assert first.why
    assert text[first.start : first.end] == first.text


@pytest.mark.parametrize(
    "text",
    [
        "We pay a competitive salary and benefits.",
        "You teach young children.",
        "A cloud-native, data-driven platform",
        "Bachelor's degree or equivalent experience",
        "Bachelor's degree preferred",
        "We hire without regard to age, sex, disability or marital status, and are independent.",
        "The day is determined by the client.",
        "Salary range for individuals: 40,000",
        "About the company:\nShe founded it in 1998 with her sister.",
        "Ernst & Young",
    ],
)
def test_words_that_mean_something_else_here_are_left_alone(text):
    assert found(text) == []


def test_coded_words_are_counted_and_the_balance_said():
    masculine = check("An assertive, fearless, ambitious and competitive warrior who dominates and conquers.")
    assert balance(masculine).words == "7 masculine-coded, 0 feminine-coded: leans strongly masculine."
    assert balance(check("An assertive but compassionate person")).words.endswith("balanced.")
    assert balance(check("A person who writes well")).words == "No gender-coded words."


def test_the_longest_phrase_is_meant():
    assert found("You fit our culture of rock stars") == [
        ("fit our culture", "exclusionary"),
        ("rock stars", "exclusionary"),
    ]
    assert found("he or she works") == [("he or she", "exclusionary")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("He has his own desk.", "They have their own desk."),
        ("Chairman of the board", "Chair of the board"),
        ("NINJA wanted", "SPECIALIST wanted"),
        ("A Native English speaker.", "A Fluent English speaker."),
        ("a young team", "a team"),
        ("Young people needed soon", "Young people needed soon"),
        ("We seek married, calm cooks", "We seek calm cooks"),
        ("Overqualified cooks need not apply", "Cooks need not apply"),
        ("3 - 10 years of experience", "3+ years of experience"),
    ],
)
def test_a_replacement_reads_on(before, after):
    assert changed(before) == after


def test_a_place_that_has_moved_is_not_replaced():
    [held] = check("the chairman")
    assert replaced("our new chairman", held) == "our new chairman"


def test_a_place_is_shown_in_its_sentence():
    text = "We are old. The chairman of the board decides. He is wise."
    held = check(text)[0]
    assert job_wording.sentence(text, held) == ("The ", "chairman", " of the board decides.")


@given(
    st.lists(
        st.sampled_from(["he", "Young", "ninja", "guys", "\n", ".", ",", "competitive", "salary", "Bachelor's degree"])
    )
)
def test_places_never_overlap_and_replacing_ends(words):
    text = " ".join(words)
    places = check(text)
    assert all(one.end <= other.start for one, other in pairwise(places))
    after = changed(text)
    assert not check(after)


def test_no_alternative_is_itself_a_word_to_look_at():
    again = {}
    for row in json.loads(job_wording._FILE.read_text("utf-8"))["groups"]:
        for word, instead in row["words"].items():
            if places := check(f"You are {instead} here"):
                again[word] = [held.text for held in places]
    assert again == {}


def test_the_source_of_the_idea_is_named():
    assert "Gaucher" in json.loads(job_wording._FILE.read_text("utf-8"))["source"]
    assert isinstance(check("he")[0], Wording)
