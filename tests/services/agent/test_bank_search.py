"""Looking through the banks."""

from __future__ import annotations

import pytest

from interview_platform.services.agent import bank
from interview_platform.services.agent.bank_search import search

ALL = sum(len(family.questions) for family in bank.families())


def test_without_anything_to_look_for_every_question_is_found() -> None:
    assert len(search()) == ALL


def test_every_word_must_be_there_and_a_beginning_is_enough() -> None:
    found = search("running SYST fault")
    assert "backend-debugging-1" in {entry.question.id for entry in found}
    assert len(found) < ALL
    assert search("running system zeppelin") == []


def test_a_word_is_not_found_inside_another() -> None:
    assert all(any(word.startswith("api") for word in _said(entry.question.id).split()) for entry in search("api"))


def test_points_and_follow_ups_are_looked_through_and_stand_last() -> None:
    found = search("rollback")
    ranks = [("question", "competency", "points").index(entry.where) for entry in found]
    assert "points" in {entry.where for entry in found}
    assert all("rollback" in entry.point for entry in found if entry.where == "points")
    assert ranks == sorted(ranks)


def test_the_name_of_a_competency_finds_its_questions() -> None:
    competency = bank.family("nursing").competencies[0]
    found = {entry.question.id for entry in search(competency.name)}
    assert {held.id for held in bank.family("nursing").questions if held.competency == competency.id} <= found


@pytest.mark.parametrize("level", ["junior", "mid", "senior"])
def test_filters_narrow_together(level: str) -> None:
    competency = bank.family("sales").competencies[1].id
    found = search(family="sales", competency=competency, level=level)
    assert found
    assert {(entry.family.id, entry.competency.id) for entry in found} == {("sales", competency)}
    assert all(level in entry.question.levels for entry in found)


def test_signs_in_the_search_do_no_harm() -> None:
    assert search("***") == search()


def _said(question_id: str) -> str:
    entry = next(held for held in search() if held.question.id == question_id)
    points = " ".join(f"{point.point} {point.follow_up}" for point in entry.question.points)
    text = " ".join(
        (
            entry.question.text,
            entry.question.plain_text,
            entry.competency.name,
            entry.competency.description,
            entry.family.title,
            points,
        )
    )
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())
