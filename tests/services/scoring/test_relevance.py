"""How far an answer speaks to its question: what is beside it, or fits every question, counts less."""

from __future__ import annotations

import numpy as np
import pytest

from interview_platform.services.scoring import relevance, shown, stock


def _measured(**changes: object) -> shown.Measured:
    held: dict[str, object] = {
        "supports": np.full((3, 2), 0.3),
        "supports_ahead": np.zeros((3, 2)),
        "shares": np.full((3, 2), 0.3),
        "shares_ahead": np.zeros((3, 2)),
        "signs": np.zeros((3, 2)),
        "own_words": np.zeros((3, 2)),
        "near": np.full(3, 0.25),
        "concrete": np.full(3, 0.5),
        "general": np.zeros(3, dtype=bool),
        "stock": np.full(3, 0.35),
    }
    return shown.Measured(**{**held, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "more", [{"near": np.full(3, 0.3)}, {"shares": np.full((3, 2), 0.4)}, {"stock": np.full(3, 0.3)}]
)
def test_nearer_to_the_question_or_further_from_stock_talk_speaks_more_to_it(more):
    assert 0 < relevance.speaks(_measured()) < relevance.speaks(_measured(**more)) <= 1


def test_talk_in_general_is_no_concrete_telling():
    assert relevance.features(_measured(general=np.ones(3, dtype=bool)))[3] == 0.0


def test_remarks_that_would_fit_any_question_weigh_less_in_a_short_answer_than_in_a_long_one():
    short = _measured(
        **{name: value[:1] for name, value in vars(_measured(stock=np.full(3, 0.45))).items()},
    )
    assert relevance.features(short)[4] < relevance.features(_measured(stock=np.full(3, 0.45)))[4]


def test_without_vectors_of_word_pieces_every_answer_speaks_to_its_question():
    assert relevance.speaks(_measured(shares=None, shares_ahead=None, near=np.zeros(3))) == 1.0


def test_no_answer_counts_nothing_for_being_beside_the_question_and_none_counts_more_than_it_shows():
    assert 0 < relevance.of_form(0.0) < relevance.of_content(0.0) < 1
    assert relevance.of_form(1.0) == relevance.of_content(1.0) == 1.0


def test_the_shipped_stock_talk_keeps_its_schema_and_repeats_nothing():
    held = stock.sentences()
    assert len(held) == len(set(held)) >= 70
    assert all(2 <= len(sentence.split()) <= 40 for sentence in held)
