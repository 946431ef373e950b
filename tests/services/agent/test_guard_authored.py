"""Text that people wrote is known by its exact words, and by nothing less."""

from __future__ import annotations

import pytest

from interview_platform.services.agent import asides, guard, guard_authored, guard_text


def test_the_lines_of_the_tables_pass_as_they_stand() -> None:
    assert asides.NERVOUS[0] in guard_authored.lines()
    assert [line for line in sorted(guard_authored.lines()) if guard.review(line, said=["I baked bread."])] == []


def test_a_line_passes_with_a_question_after_it() -> None:
    text = f"{asides.NERVOUS[0]} What did you do first?"
    assert guard_authored.places(guard_text.parts(text)) == {0, 1}
    assert guard.review(text) == ""


@pytest.mark.parametrize(
    "changed",
    [
        asides.NERVOUS[0].replace("normal", "normal for surgeons"),
        asides.NERVOUS[0].replace(" Start whenever you are ready.", " Everybody at Acme stammers."),
    ],
)
def test_a_line_with_other_words_in_it_is_no_authored_one(changed: str) -> None:
    assert 0 not in guard_authored.places(guard_text.parts(changed))


def test_patterns_and_halves_of_lines_are_not_among_the_lines() -> None:
    assert not [line for line in guard_authored.lines() if "\\b" in line or "{" in line or line[-1] not in ".?!"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("You should know this by now.", "reproach"),
        ("Who was there and what did each of them do?", "more than one question"),
        ("Could you explain the method and say who checked it?", "more than one question"),
        ("Are you on any tablets that make you tired?", "protected topic"),
        ("Is there a partner who would have to move with you?", "protected topic"),
        ("You obviously love gardens, so what do you like?", "a claim about the candidate without her words"),
    ],
)
def test_soft_wording_is_refused_all_the_same(text: str, why: str) -> None:
    assert guard.review(text, said=["I mended the pump."]) == why


@pytest.mark.parametrize("text", ["No hurry.", "Thanks. Here is something else.", "What should you know first?"])
def test_plain_talk_passes(text: str) -> None:
    assert guard.review(text) == ""
