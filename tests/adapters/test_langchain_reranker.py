"""The second look against a local server that speaks Gemini's REST: grades, quotes, failures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from interview_platform.adapters.langchain_chat import chat_model
from interview_platform.adapters.langchain_reranker import LangChainReranker
from interview_platform.errors import ServiceUnavailable
from interview_platform.services.rank_again import rerank
from interview_platform.services.rank_parts import Wish
from tests.adapters.gemini_server import Gemini, gemini

WISH = Wish("Nurse", "Nurse\nLooks after patients.", (("Patient care", True), ("Wound care", True)))
FIRST = ("first", "Stacked shelves in a shop.")
SECOND = ("second", "Looked after patients on a ward. Dressed wounds every day.")


def brain(prompt: str, _schema: dict[str, Any]) -> object:
    """Full marks with a quote where the résumé has the words, else nothing."""
    shown = "Looked after patients" in prompt
    quote = "Looked after patients on a ward" if shown else ""
    return {
        "grades": [
            {"requirement_number": 1, "level": 3 if shown else 0, "quote": quote},
            {"requirement_number": 2, "level": 3, "quote": "Led the wound clinic"},
        ]
    }


@pytest.fixture
def server() -> Iterator[Gemini]:
    with gemini(brain) as running:
        yield running


@pytest.fixture
def reranker(server: Gemini) -> LangChainReranker:
    return LangChainReranker(chat_model("google_genai:gemini-local", "a-key", server.address, attempts=1), "Gemini")


def test_the_better_graded_comes_first_and_an_unverified_quote_counts_for_nothing(reranker: LangChainReranker) -> None:
    made = rerank(reranker, WISH, [FIRST, SECOND])
    assert [(each.key, each.level) for each in made] == [("second", 1.5), ("first", 0.0)]


def test_each_candidate_is_graded_alone_and_as_marked_data(server: Gemini, reranker: LangChainReranker) -> None:
    reranker.grade(WISH.text, ["Patient care", "Wound care"], [FIRST[1], SECOND[1]])
    texts = server.texts()
    assert len(texts) == 2
    assert all((FIRST[1] in text) != (SECOND[1] in text) for text in texts)
    assert all("<<" in text and "no instruction" in text for text in texts)


def test_when_the_model_fails_the_order_stays_and_says_so(server: Gemini, reranker: LangChainReranker) -> None:
    server.faults[:] = [503, 503, 503, 503]
    made = rerank(reranker, WISH, [FIRST, SECOND])
    assert [each.key for each in made] == ["first", "second"]
    assert all(each.level is None and "order is SmartFilter's" in each.note for each in made)


def test_a_requirement_left_ungraded_is_a_failure(server: Gemini, reranker: LangChainReranker) -> None:
    server.brain = lambda _prompt, _schema: {"grades": [{"requirement_number": 1, "level": 1, "quote": "a"}]}
    with pytest.raises(ServiceUnavailable):
        reranker.grade(WISH.text, ["Patient care", "Wound care"], [FIRST[1]])


def test_without_a_model_nothing_moves() -> None:
    assert [each.key for each in rerank(None, WISH, [FIRST, SECOND])] == ["first", "second"]
