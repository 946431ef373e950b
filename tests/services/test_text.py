"""Sentences with their characters, and words split at line ends."""

import pytest

from interview_platform.services.text import join_split_words, sentences


def test_words_split_at_a_line_end_are_joined():
    assert join_split_words("a hopeful nov-\nelist by night") == "a hopeful novelist\nby night"


@pytest.mark.parametrize("text", ["a full-\nstack role", "well-known. A well-\nknown name"])
def test_real_hyphens_at_a_line_end_stay(text):
    assert join_split_words(text).rsplit("\n", 1)[0].endswith(("full-stack", "well-known"))


def test_each_sentence_knows_its_characters():
    text = (
        "Experience\n• Built the retry queue in Python; it runs\n  on two sites. Dr. Lee led it.\n• Wrote alerts\tLeeds"
    )
    cut = sentences(text)
    assert [item.text for item in cut] == [
        "Experience",
        "Built the retry queue in Python; it runs on two sites.",
        "Dr. Lee led it.",
        "Wrote alerts",
        "Leeds",
    ]
    assert all(" ".join(text[item.start : item.end].split()) == item.text for item in cut)


def test_a_rank_before_a_title_ends_no_sentence():
    assert [item.text for item in sentences("Worked as Sr. Analyst and as Asst. Manager.")] == [
        "Worked as Sr. Analyst and as Asst. Manager."
    ]
