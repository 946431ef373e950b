"""The levels 1 to 5 of every authored question: its own, in order, about what is said, and only where they fit."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from interview_platform.services.agent import bank, wording

FAMILIES = bank.families()
each_family = pytest.mark.parametrize("family", FAMILIES, ids=[family.id for family in FAMILIES])


@each_family
def test_every_question_has_five_levels_of_its_own(family: bank.Family) -> None:
    for entry in family.questions:
        assert sorted(entry.anchors) == [1, 2, 3, 4, 5], entry.id


def test_no_two_questions_are_rated_by_the_same_levels() -> None:
    """Nor by a sentence of one another: a level tells what an answer to this very question says."""
    counted = Counter(text.casefold() for family in FAMILIES for entry in family.questions for text in _told(entry))
    assert [text for text, times in counted.items() if times > 1] == []


def _told(entry: bank.BankQuestion) -> list[str]:
    """A question's levels without the words that only build on the one below."""
    return [re.sub(r"^As \d, (and )?", "", text) for text in entry.anchors.values()]


def test_no_levels_are_those_of_a_competency() -> None:
    general = {text for family in FAMILIES for entry in family.competencies for text in entry.anchors.values()}
    own = [(entry.id, text) for family in FAMILIES for entry in family.questions for text in entry.anchors.values()]
    assert [pair for pair in own if pair[1] in general] == []


@each_family
def test_a_level_that_builds_on_another_builds_on_the_one_below(family: bank.Family) -> None:
    for entry in family.questions:
        built = {level: int(found[1]) for level, text in entry.anchors.items() if (found := _BUILT.match(text))}
        assert all(below == level - 1 for level, below in built.items()), entry.id
        assert not {1, 2} & set(built), entry.id


_BUILT = re.compile(r"As (\d)\b")


@each_family
def test_levels_speak_of_what_is_said_not_of_how_or_by_whom(family: bank.Family) -> None:
    for entry in family.questions:
        assert [text for text in entry.anchors.values() if _OF_THE_PERSON.search(text)] == [], entry.id


_OF_THE_PERSON = re.compile(
    r"(?i)\b(fluen\w+|accent|eloquen\w+|articulate\w*|confident(?:ly)?|self-?assured|charismatic|likeable|passionate|"
    r"enthusias\w+|personality|intelligen\w+|native speaker|university|degree from|hesitat\w+|at length)\b"
)


@each_family
def test_levels_are_sentences(family: bank.Family) -> None:
    for entry in family.questions:
        wrong = [text for text in entry.anchors.values() if not text[0].isupper() or not text.endswith(".")]
        assert wrong == [], entry.id


def test_a_level_too_short_to_name_a_deed_is_refused() -> None:
    held = bank.family("sales").questions[0]
    with pytest.raises(ValueError, match="level 1 has not 8 to 24 words"):
        bank.BankQuestion.model_validate({**held.model_dump(), "anchors": {**held.anchors, 1: "Says nothing."}})


def test_a_question_without_levels_of_its_own_is_refused() -> None:
    held = bank.family("sales").questions[0].model_dump()
    with pytest.raises(ValueError, match="anchors"):
        bank.BankQuestion.model_validate({key: value for key, value in held.items() if key != "anchors"})


def test_levels_are_known_for_a_question_with_its_authored_points_only() -> None:
    held = bank.family("sales").questions[0]
    points = [entry.point for entry in held.points]
    assert bank.levels(held.id, points) == tuple(held.anchors[level] for level in (1, 2, 3, 4, 5))
    assert bank.levels(f"{bank.EDITED}{held.id}", points) == bank.levels(held.id, points)
    assert bank.levels(held.id, points[:-1]) == ()
    assert bank.levels("recruiter", points) == ()


def test_levels_are_known_for_a_question_on_an_employers_value() -> None:
    value = "We keep our word."
    points = [str(one["point"]) for one in wording.on_value(value).points]
    assert bank.levels(f"{bank.OF_VALUES}{value}", points) == tuple(bank.values().anchors.values())
    assert bank.levels(f"{bank.OF_VALUES}Another value.", points) == ()
