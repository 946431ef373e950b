"""What the agent may know: every file in rag_data is valid, complete, and fit to be said aloud."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from interview_platform.services.agent import bank, guard

NEEDED = {
    "backend",
    "frontend",
    "data_science",
    "data_engineering",
    "devops",
    "qa",
    "product",
    "design",
    "sales",
    "customer_success",
    "hr",
    "finance",
    "nursing",
    "teaching",
    "general",
}
FAMILIES = bank.families()
each_family = pytest.mark.parametrize("family", FAMILIES, ids=[family.id for family in FAMILIES])


def test_the_families_of_the_product_are_here() -> None:
    assert {family.id for family in FAMILIES} >= NEEDED


def test_a_family_is_named_as_its_file() -> None:
    assert {path.stem for path in (bank.RAG_DATA / "questions").glob("*.yaml")} == {family.id for family in FAMILIES}


def test_no_id_is_used_in_two_families() -> None:
    ids = [entry.id for family in FAMILIES for entry in family.questions]
    assert len(set(ids)) == len(ids)


@each_family
def test_a_family_has_six_to_eight_competencies_and_twenty_five_questions(family: bank.Family) -> None:
    assert 6 <= len(family.competencies) <= 8
    assert len(family.questions) >= 25
    assert {entry.group for entry in family.competencies} == {"technical", "communication", "problem_solving"}


@each_family
def test_every_competency_has_a_question_for_every_level(family: bank.Family) -> None:
    for competency in family.competencies:
        for level in ("junior", "mid", "senior"):
            assert level in family.questions_on(competency.id, level)[0].levels


@each_family
def test_every_competency_has_three_questions_or_more(family: bank.Family) -> None:
    counted = Counter(entry.competency for entry in family.questions)
    assert {entry.id: counted[entry.id] for entry in family.competencies if counted[entry.id] < 3} == {}


@each_family
def test_anchors_tell_five_different_things(family: bank.Family) -> None:
    for competency in family.competencies:
        assert len(set(competency.anchors.values())) == 5


@each_family
def test_the_plain_wording_is_another_wording(family: bank.Family) -> None:
    assert [entry.id for entry in family.questions if guard.same(entry.text, entry.plain_text)] == []


@each_family
def test_follow_ups_of_a_family_ask_different_things(family: bank.Family) -> None:
    asked = [point.follow_up for entry in family.questions for point in entry.points]
    assert [pair for pair in combinations(asked, 2) if guard.same(*pair)] == []


@each_family
def test_points_are_statements_and_follow_ups_are_questions(family: bank.Family) -> None:
    for entry in family.questions:
        for point in entry.points:
            assert not point.point.endswith((".", "?")), point.point
            assert point.follow_up.endswith("?"), point.follow_up


def test_a_misspelt_key_is_refused() -> None:
    with pytest.raises(ValueError, match="folow_up"):
        bank.Point.model_validate({"point": "Says what was done", "folow_up": "What did you do?"})


def test_the_values_template_quotes_the_value() -> None:
    values = bank.values()
    assert "{value}" in values.text
    assert "{value}" in values.plain_text


def test_candidates_questions_on_every_topic_have_answers() -> None:
    topics = {entry.topic for entry in bank.faqs()}
    assert topics == {"How the interview works", "Your data", "Adjustments", "Technical trouble"}
    assert all(entry.question.endswith("?") and len(entry.answer) > 40 for entry in bank.faqs())
