"""What a recruiter is told about a question she types."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from interview_platform.services.agent import bank, question_check

LABELLED = yaml.safe_load((Path(__file__).parent / "said" / "questions.yaml").read_text(encoding="utf-8"))
STOPS = {"protected", "pay_history"}
LEAST_FOUND = 0.9


def kinds(text: str) -> set[str]:
    return {flag.kind for flag in question_check.check(text)}


@pytest.mark.parametrize("kind", [kind for kind in LABELLED if kind != "fine"])
def test_most_questions_of_a_kind_are_flagged_as_it(kind: str) -> None:
    missed = [text for text in LABELLED[kind] if kind not in kinds(text)]
    assert len(missed) <= max(1, (1 - LEAST_FOUND) * len(LABELLED[kind])), missed


def test_good_questions_are_not_flagged() -> None:
    assert {text: kinds(text) for text in LABELLED["fine"] if kinds(text)} == {}


def test_no_question_of_the_banks_is_flagged() -> None:
    texts = [entry.text for family in bank.families() for entry in family.questions]
    assert {text: kinds(text) for text in texts if kinds(text)} == {}


def test_a_flag_has_its_words_a_reason_and_another_way_to_ask() -> None:
    text = "One more thing: do you have children, by the way?"
    (flag,) = [flag for flag in question_check.check(text) if flag.kind == "protected"]
    assert text[flag.start : flag.end] == flag.text
    assert "children" in flag.text
    assert flag.severity == "stop"
    assert flag.why
    assert "hours" in flag.instead
    assert flag.as_row() == {"kind": "protected", "text": flag.text, "why": flag.why}


def test_only_protected_ground_and_pay_history_stop() -> None:
    for text in (text for texts in LABELLED.values() for text in texts):
        for flag in question_check.check(text):
            assert (flag.severity == "stop") == (flag.kind in STOPS)


def test_what_must_be_confirmed_comes_first() -> None:
    found = question_check.check("Don't you think that mothers struggle here, and are you married?")
    assert found[0].severity == "stop"
    assert {"protected", "leading"} <= {flag.kind for flag in found}


def test_the_alternatives_are_not_flagged_themselves() -> None:
    for text in (text for texts in LABELLED.values() for text in texts):
        for flag in question_check.check(text):
            assert not STOPS & kinds(flag.instead), flag


def test_a_second_question_is_cut_off_for_the_alternative() -> None:
    (flag,) = question_check.check("How do you handle stress and how do you organise your work?")
    assert (flag.kind, flag.instead) == ("double_barrelled", "How do you handle stress?")


def test_experience_asked_for_with_yes_or_no_is_asked_openly() -> None:
    (flag,) = question_check.check("Do you have experience with PostgreSQL?")
    assert (flag.kind, flag.instead) == ("yes_no", "Tell me about your experience with PostgreSQL.")


@pytest.mark.parametrize("text", ["", "   ", "?", "…", "x" * 5000])
def test_what_is_no_question_yet_is_left_alone(text: str) -> None:
    assert not STOPS & kinds(text)


@given(st.sampled_from(LABELLED["protected"][:40]), st.data())
def test_case_spacing_and_quotes_hide_nothing(text: str, data: st.DataObject) -> None:
    if "protected" not in kinds(text):
        return
    cased = data.draw(st.sampled_from([str.upper, str.lower, str.title]))
    spaced = data.draw(st.sampled_from(["  ", "\n", "\u00a0", ", "])).join(text.split())
    assert "protected" in kinds(cased(spaced).replace("'", "\u2019"))


@given(st.text(max_size=400))
def test_flags_stand_in_the_text(text: str) -> None:
    for flag in question_check.check(text):
        assert text[flag.start : flag.end] == flag.text
