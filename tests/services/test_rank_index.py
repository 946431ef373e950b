"""The arrays of a pool: words and runs of words by sentence, and vectors in half the memory."""

from dataclasses import replace

import numpy as np
import pytest

from interview_platform.services.rank_copied import runs
from interview_platform.services.rank_document import VIEWS, document
from interview_platform.services.rank_index import RankIndex, quantised
from interview_platform.services.rank_parts import Wish
from interview_platform.services.rank_sentences import Sentences
from interview_platform.services.rank_tokens import Numbers, postings, runs_of
from interview_platform.services.rank_words import in_list
from interview_platform.services.resumes import read_facts

WISH = Wish("Nurse", "Nurse\nYou give medication on a ward.", (("Medication", True),))
TEXTS = (
    "Pat Ward\n\nNurse\nExperience\nNurse, Keele Ward\t2019 - Present\nGave medication on a ward of ten beds.\n",
    "Sam Cook\n\nChef\nExperience\nChef, Blue Door\t2015 - Present\nRan a kitchen of ten. Ran the menu.\n",
)


def sentences_of(*lines):
    """Numbers of the words, and where each line ends."""
    numbers = Numbers()
    words = [numbers[word] for line in lines for word in line.split()]
    ends = np.cumsum([len(line.split()) for line in lines])
    return numbers.folded, np.array(words, dtype=np.int32), ends.astype(np.int64)


def test_words_that_are_compared_alike_share_a_number():
    numbers = Numbers()
    assert numbers["Managers"] == numbers["managing"] != numbers["ward"]


def test_each_word_lists_its_sentences_once_and_in_order():
    numbers, tokens, ends = sentences_of("ran ran kitchen", "", "kitchen ran menu")
    posted, stops = postings(tokens, ends, len(numbers))
    starts = np.concatenate([[0], stops[:-1]])
    listed = [posted[start:stop].tolist() for start, stop in zip(starts, stops, strict=True)]
    assert listed == [[0, 2], [0, 2], [2]]


def test_runs_of_words_pass_over_lines_and_not_over_documents():
    numbers, tokens, ends = sentences_of("audit ledger six", "month", "audit ledger six month", "the ledger of")
    words = list(numbers)
    hashed, places = runs_of(words, tokens, ends[[1, 3]])
    said = [words[token] for token in tokens]
    expected = [
        (start + place, run)
        for start, end in ((0, 4), (4, 11))
        for place, run in enumerate(runs(said[start:end]).tolist())
        if run
    ]
    assert sorted(zip(places.tolist(), hashed.tolist(), strict=True)) == expected
    assert len(expected) == 6


def test_a_pool_of_no_words_has_arrays():
    made = Sentences.build([])
    assert (len(made.tokens), len(made.posted), len(made.runs)) == (0, 0, 0)


def test_vectors_that_were_quantised_before_give_the_same_scores():
    documents = [document(str(place), read_facts(text)) for place, text in enumerate(TEXTS)]
    vectors = np.random.default_rng(3).standard_normal((2, VIEWS, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=-1, keepdims=True)
    asked = vectors[0, :2]
    once, again = RankIndex(documents, vectors), RankIndex(documents, quantised(vectors))
    assert again.vectors.dtype == np.int16
    assert once.scores(WISH, asked).total.tolist() == again.scores(WISH, asked).total.tolist()
    assert np.array_equal(quantised(again.vectors), once.vectors)


@pytest.mark.parametrize(
    ("line", "listed"), [("Excel, SAP, Word, SQL, VBA", True), ("Excel, SAP and Word, all", False)]
)
def test_a_list_has_five_short_items(line, listed):
    assert in_list(line) is listed


def test_the_top_of_a_resume_reaches_below_its_lists_as_the_text_that_is_compared_does():
    listed = ["Cooking, Baking, Budgeting, Stock control, Menu planning"] * 60
    made = document("x", read_facts(TEXTS[1]))
    held = Sentences.build(
        [replace(made, skills=(), shown=(), text="\n".join([*listed, "Ran a kitchen of ten people."]))]
    )
    assert held.top.tolist() == [False] * 60 + [True]
