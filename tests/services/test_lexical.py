"""BM25 over a pool: rare words weigh more, counts saturate, and length does not matter."""

import numpy as np
import pytest

from interview_platform.services import lexical


def built(*texts):
    numbers = {}
    words = [numbers.setdefault(word, len(numbers)) for text in texts for word in text.split()]
    owners = [place for place, text in enumerate(texts) for _ in text.split()]
    return lexical.of_pairs(numbers, [(np.array(words, np.int32), np.array(owners, np.int32), len(texts))])


def test_a_rare_word_weighs_more_than_a_common_one():
    common, rare = built("team ward", "team", "team", "team ward", "ward").scores(["team", "ward"])[[1, 4]]
    assert rare > common


def test_saying_it_again_says_less_each_time():
    once, twice, often = built("ward", "ward ward", " ".join(["ward"] * 40), "shop").scores(["ward"])[:3]
    assert often - twice < 3 * (twice - once)
    assert often <= 1


def test_words_that_nobody_asks_for_change_nothing():
    plain, longer = built("ward", "ward shop till cash").scores(["ward"])
    assert plain == longer


def test_no_shared_word_is_nothing():
    assert built("ward").scores(["kiln"]).tolist() == [0.0]


def test_a_document_scores_with_the_rarity_of_another_set():
    pool = built("ward team", "team", "shop")
    alone = lexical.of_pairs({"ward": 0}, [(np.zeros(1, np.int32), np.zeros(1, np.int32), 1)], pool)
    assert alone.rarity[0] == pytest.approx(pool.rarity[pool.numbers["ward"]])
