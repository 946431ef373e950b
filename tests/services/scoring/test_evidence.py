"""Quotes count only where their words stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_platform.services.scoring import evidence

SAID = "Well, I looked at the logs — then “Redis” was full. It's fixed, and it's stayed fixed."


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("I looked at the logs", "I looked at the logs"),
        ("i LOOKED, at the logs!", "I looked at the logs"),
        ('then "redis" was full', "then “Redis” was full"),
        ("It’s fixed", "It's fixed"),
    ],
)
def test_case_and_punctuation_do_not_matter(quote: str, stands: str) -> None:
    span = evidence.verify(quote, SAID)
    assert span is not None
    assert SAID[span[0] : span[1]] == stands


@pytest.mark.parametrize(
    "quote", ["I looked at logs", "logs the at looked I", "I looked at the log", "", "…", "memory"]
)
def test_a_quote_with_another_word_is_not_found(quote: str) -> None:
    assert evidence.verify(quote, SAID) is None


@given(st.data())
def test_every_run_of_words_is_found_as_itself(data: st.DataObject) -> None:
    words = evidence.words_of(SAID)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = SAID[words[first][1] : words[last][2]]
    span = evidence.verify(quote, SAID)
    assert span is not None
    assert evidence.words_of(SAID[span[0] : span[1]]) == evidence.words_of(quote)


def test_the_media_time_comes_from_the_words() -> None:
    words = [["I", 10.0, 10.2, 0.9], ["fixed", 10.3, 10.8, 0.8], ["it.", 11.0, 11.4, 0.9]]
    found = evidence.locate("fixed it", "I fixed it.", words, 9.0, 12.0)
    assert found == evidence.Found(2, 10, 10.3, 11.4)


def test_without_words_the_media_time_is_in_proportion() -> None:
    found = evidence.locate("bbbb", "aaaa bbbb cccc ddddd", [], 100.0, 120.0)
    assert found == evidence.Found(5, 9, 105.0, 109.0)
