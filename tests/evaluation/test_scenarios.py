"""Scenarios of rehearsals: the files hold what they promise, and the right answer is chosen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlmodel import select

from interview_platform.errors import BadInput
from interview_platform.evaluation import scenarios
from interview_platform.evaluation.scenarios import Answer, Answers

FILES = sorted(Path("tests/scenarios").glob("*.yaml"))


def test_the_three_scenarios_are_here() -> None:
    assert [path.stem for path in FILES] == ["backend-strong", "nurse-terse", "sales-rambling"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_can_be_played(path: Path) -> None:
    scenario = scenarios.read(str(path))
    assert scenario.job.custom_questions
    assert scenario.candidate in scenario.resume
    assert len(scenario.answers) >= 12
    assert any(answer.when is None for answer in scenario.answers)
    for answer in scenario.answers:
        assert 5 <= len(answer.say.split()) <= 60, answer.say


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_recruiters_own_question_has_its_own_answer(path: Path) -> None:
    scenario = scenarios.read(str(path))
    for question in scenario.job.custom_questions:
        chosen = Answers(scenario.answers).next(question)
        assert chosen.when is not None


def test_an_answer_written_for_the_question_comes_before_the_general_ones() -> None:
    general, fault = Answer("general"), Answer("about the fault", re.compile("fault"))
    answers = Answers((general, fault))
    assert answers.next("Tell me about a fault.") is fault
    assert answers.next("Tell me about a fault again.") is general


def test_nothing_is_said_twice_while_something_is_left() -> None:
    answers = Answers((Answer("one"), Answer("two", re.compile("never matches anything")), Answer("three")))
    assert [answers.next("a question").say for _ in range(4)] == ["one", "three", "two", "one"]


def test_an_unknown_scenario_names_the_known_ones() -> None:
    with pytest.raises(BadInput, match="backend-strong, nurse-terse, sales-rambling"):
        scenarios.read("astronaut")


def test_a_broken_file_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("job: {title: Cook}\nanswers: []\n", encoding="utf-8")
    with pytest.raises(BadInput, match="candidate"):
        scenarios.read(str(broken))


def test_a_database_without_people_gets_an_employer_whom_nobody_can_sign_in_as(held) -> None:
    from interview_platform.models import User

    with held.db() as db:
        actor = scenarios._recruiter(db)
        again = scenarios._recruiter(db)
        [user] = db.exec(select(User))
    assert actor == again
    assert actor.user_id == user.id
