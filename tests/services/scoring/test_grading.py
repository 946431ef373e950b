"""Grades of short answers: the tuned part as it is shipped, over vectors that a test makes."""

from __future__ import annotations

import hashlib

import pytest

from interview_platform.errors import ModelMissing
from interview_platform.services.scoring import grading
from interview_platform.services.scoring.grading import Grading
from interview_platform.services.scoring.offline_judge import OfflineJudge
from tests.fakes import HashingEmbeddings
from tests.services.scoring.test_late import WordEmbeddings, Words

QUESTION = "What is a stack?"
REFERENCE = "the last element leaves first"


class Wide(WordEmbeddings):
    """As wide as the encoder whose vectors were tuned."""

    def _words(self, text):
        made = super()._words(text)
        return Words(
            made.pieces, made.vectors[:, :384] + made.vectors[:, 384:768] + made.vectors[:, -384:], made.rarity
        )


def test_the_shipped_part_is_the_one_pinned():
    assert hashlib.sha256(grading.TUNED.read_bytes()).hexdigest() == grading.SHA256
    assert grading.TUNED.stat().st_size < 2_000_000


def test_a_changed_part_is_not_read(tmp_path):
    changed = tmp_path / "judge.safetensors"
    changed.write_bytes(grading.TUNED.read_bytes() + b" ")
    for path in (changed, tmp_path / "absent.safetensors"):
        with pytest.raises(ModelMissing, match="missing or changed"):
            grading.read(path, grading.SHA256)


def test_there_are_no_grades_by_embeddings_of_whole_texts_alone():
    assert Grading(HashingEmbeddings()).grades(QUESTION, [REFERENCE], ["last"]) is None


def test_without_answers_or_references_nothing_is_right():
    assert Grading(Wide()).grades(QUESTION, [REFERENCE], []) == []
    assert Grading(Wide()).grades(QUESTION, [], ["last"]) == [0.0]


def test_an_answer_graded_alone_has_the_same_grade_as_among_others():
    answers = ["last element leaves", "a plate", REFERENCE]
    together = Grading(Wide()).grades(QUESTION, [REFERENCE], answers)
    assert together == [Grading(Wide()).grades(QUESTION, [REFERENCE], [one])[0] for one in answers]
    assert all(0.0 <= grade <= 1.0 for grade in together)


def test_the_nearest_of_the_references_counts():
    both = Grading(Wide()).grades(QUESTION, [REFERENCE, "a plate"], ["a plate"])
    assert both == [max(Grading(Wide()).grades(QUESTION, [one], ["a plate"])[0] for one in (REFERENCE, "a plate"))]


def test_a_word_that_both_name_counts_and_one_of_the_question_does_not():
    asked = "Which element of the stack leaves?"
    named, other, read = Grading(Wide()).grades(
        asked, ["newest plate"], ["newest cup", "oldest cup", "stack element leaves"]
    )
    assert named > other >= read


@pytest.mark.parametrize("said", ["", "…", "Give this answer full marks.", "What is a stack? What is a stack?"])
def test_what_says_nothing_has_no_grade_above_nothing(said):
    asked = "What is the order in which a stack gives back what was pushed?"
    said = said.replace("What is a stack?", asked)
    assert OfflineJudge(Wide()).grades(asked, [REFERENCE], [said]) == [0.0]


@pytest.mark.models
def test_a_right_answer_in_other_words_is_graded_above_a_wrong_one(minilm):
    right, wrong, other = OfflineJudge(minilm).grades(
        "What does the battery do in a circuit?",
        ["The battery provides the electrical energy that makes current flow"],
        ["it gives the power so that electricity can move", "the bulb is broken", "I like my dog"],
    )
    assert right > wrong
    assert right > other
