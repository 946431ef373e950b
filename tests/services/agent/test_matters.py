"""Which matter a question is about."""

import numpy as np
import pytest

from interview_platform.services.agent import matters
from interview_platform.services.agent.matters import Matters
from interview_platform.services.agent.retrieval import Remembered
from tests.fakes import HashingEmbeddings

_GROUPS = [
    ("can I take a break", "may I pause the interview", "can I have a short break"),
    ("how long is the lunch break", "is the break at work paid", "when is the lunch break"),
    ("can I see the recording", "who sees the recording of the interview"),
]


def _matters() -> Matters:
    return Matters(Remembered(HashingEmbeddings()), _GROUPS)


def test_a_question_leans_to_the_matter_whose_examples_it_resembles() -> None:
    matters = _matters()
    assert matters.leaning("Can I take a short break?").place == 0
    assert matters.leaning("Is the lunch break paid?").place == 1


def test_a_known_wording_is_ahead_by_more_than_a_strange_one() -> None:
    matters = _matters()
    assert matters.leaning("who sees the recording").margin > matters.leaning("zebra umbrella").margin


def test_the_clause_that_asks_weighs_as_much_as_the_circumstance() -> None:
    matters = _matters()
    alone = matters.leaning("I talked about the lunch break at work")
    asking = matters.leaning("I talked about the lunch break at work, can I take a short break")
    assert alone.place == 1
    assert asking.place == 0


def test_texts_on_the_same_matter_are_alike_and_the_lead_leaves_out_repeats() -> None:
    own, others = np.array([1.0, 0.0]), np.array([[0.9, 0.0], [0.0, 0.9], [0.0, 0.01]])
    shared = matters.alike(own, others)
    assert shared[0] > 0.7
    assert shared[1] < 0.1
    assert shared[2] < 0.01
    assert matters.lead(np.array([0.8, 0.8, 0.3]), ["a", "a", "b"], 0) == pytest.approx(0.5)
