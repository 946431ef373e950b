"""An advert's words are found in a résumé wherever they stand, edited or not; a few words in common are nobody's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_platform.services import rank_copied
from interview_platform.services.rank_coverage import Advert, lines_of
from interview_platform.services.rank_document import document
from interview_platform.services.rank_index import RankIndex
from interview_platform.services.rank_parts import Wish
from interview_platform.services.rank_pool_copied import copied as copied_in_pool
from interview_platform.services.rank_reworded import Follow
from interview_platform.services.rank_sentences import Sentences
from interview_platform.services.rank_words import stems
from interview_platform.services.resumes import read_facts
from tests.resume_files import TEXT

POST = (
    "Lighthouse Keeper\n"
    "Maintain the rotating lamp, polish lenses and record weather observations for passing vessels every evening.\n"
    "Repair diesel generators and inspect mooring lines after storms before supplies arrive from the mainland.\n"
    "Answer radio calls from fishing boats, guide rescue teams and report dangerous currents to the harbour office.\n"
)
ADVERT = Advert.of(Wish("Lighthouse Keeper", POST))
OWN = "In that year I sold bicycles to students and wrote invoices."


def found(*lines):
    """Which lines count as copied by runs of words, and which by words that follow each other."""
    words = [stems(line) for line in lines]
    return rank_copied.copied(words, ADVERT.grams), ADVERT.follow.copied(words)


@pytest.mark.parametrize(
    "line",
    [
        "polish lenses and record weather observations",
        "My uncle thinks that I inspect mooring lines after storms before supplies come, and he knows me well.",
    ],
)
def test_six_words_on_end_are_copied_in_whatever_sentence_they_stand(line):
    assert found(OWN, line, OWN)[0] == {1}


def test_words_on_end_are_followed_over_the_ends_of_lines():
    assert found(OWN, "repair diesel", "generators and", "inspect mooring", OWN)[0] == {1, 2, 3}


@pytest.mark.parametrize(
    "line", ["Could polish lenses and record.", "Repair diesel generators.", "Report dangerous currents.", OWN]
)
def test_a_few_words_in_common_are_the_writers_own(line):
    assert found(OWN, line) == (set(), set())


def test_short_pieces_that_add_up_are_copied():
    pieces = (
        "I polish lenses and record a lot.",
        "I guide rescue teams and sing.",
        "We report dangerous currents to him.",
    )
    assert found(pieces[0])[0] == set()
    assert found(*pieces, "They answer radio calls from fishing people.", OWN)[0] == {0, 1, 2, 3}


def test_the_same_piece_again_adds_nothing():
    piece = "I polish lenses and record a lot."
    assert found(*[piece] * 8)[0] == set()


def edited(text, every):
    words = text.split()
    return " ".join(word for place, word in enumerate(words) if place % every)


def filled(text):
    return " ".join(f"{word} gladly" if place % 2 else word for place, word in enumerate(text.split()))


@pytest.mark.parametrize("change", [lambda text: edited(text, 3), filled], ids=["every third word out", "fillers"])
def test_an_advert_without_three_words_left_on_end_is_followed(change):
    assert found(OWN, change(POST.replace("\n", " ")), OWN)[1] == {1}


def test_words_that_follow_each_other_elsewhere_in_the_advert_make_no_stretch():
    line = "polish lamp report harbour repair boats guide lines record calls inspect vessels answer supplies"
    assert found(line) == (set(), set())


LINES = st.lists(
    st.lists(st.sampled_from([*POST.split(), "bicycles", "students", "invoices", "gladly"]), min_size=1, max_size=30),
    min_size=1,
    max_size=6,
)


@given(LINES)
@settings(max_examples=25, deadline=None)
def test_a_pool_and_a_resume_alone_agree(drawn):
    made = document("x", read_facts(f"{TEXT}\n" + "\n".join(" ".join(line) for line in drawn)))
    pool = Sentences.build([document("y", read_facts(TEXT)), made, document("z", read_facts(POST))])
    first = int(np.searchsorted(pool.document_of, 1))
    there = copied_in_pool(pool, ADVERT)
    own = {int(place) - first for place in there[pool.document_of[there] == 1]}
    assert own == {place for place, of in enumerate(ADVERT.copied(lines_of(made))) if of}


def test_pairs_are_of_different_words_within_reach():
    follow = Follow.of(["lamp", "lamp", "the", "lens", "of", "a", "the", "a", "boat"])
    lamp, lens, boat = (follow.numbers[word] for word in ("lamp", "lens", "boat"))
    assert follow.pairs[lamp, lens] == 0
    assert follow.pairs[lens, boat] == 3
    assert follow.pairs[lamp, boat] == follow.pairs[lamp, lamp] == follow.pairs[lens, lamp] == -1


def test_an_empty_advert_or_pool_copies_nothing():
    nothing = Advert.of(Wish("", ""))
    pool = Sentences.build([document("x", read_facts(TEXT))])
    assert copied_in_pool(pool, nothing).tolist() == []
    assert copied_in_pool(Sentences.build([]), ADVERT).tolist() == []
    assert nothing.copied([]) == []


def test_whoever_copied_is_believed_less_in_every_part():
    texts = (TEXT, f"{TEXT}\n{POST}")
    made = [document(str(place), read_facts(text)) for place, text in enumerate(texts)]
    index = RankIndex(made, np.full((2, 3, 4), 0.5, dtype=np.float32))
    wish = Wish("Backend Engineer", POST, (("Python", True),))
    parts = index.scores(wish, np.full((2, 4), 0.5, dtype=np.float32)).parts
    for name in ("required", "meaning", "experience", "recency"):
        assert parts[name][1] < parts[name][0]
