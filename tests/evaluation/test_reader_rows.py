"""Questions by kind, combined for the reader's training: what answers is marked, and nothing else."""

from __future__ import annotations

import random

from benchmarks.reader_rows import Kinds, Row, chosen
from benchmarks.train_reader import HELD, KINDS
from interview_platform.evaluation import questions
from interview_platform.services.agent.answer_options import Candidate, Option
from interview_platform.services.agent.passages import Piece
from interview_platform.services.agent.retrieval import Library
from tests.fakes import HashingEmbeddings


def _kinds(path=KINDS) -> Kinds:
    return Kinds(path, Library(HashingEmbeddings()))


def test_every_kind_is_asked_in_several_ways_and_names_only_kinds_that_are_there():
    held = _kinds()
    assert len(held.asks) >= 100
    assert all(len(asks) >= 2 for asks in held.asks.values())
    assert all(also in held.asks for kinds in held._also.values() for also in kinds)


def test_a_combined_question_has_its_answer_or_only_neighbours(tmp_path):
    path = tmp_path / "kinds.yaml"
    path.write_text(
        "pay:\n"
        "  amount:\n    asks: what does it pay\n    says: We pay £13 an hour.\n"
        "  day:\n    asks: when is pay day\n    says: Wages are paid on Friday.\n"
        "place:\n"
        + "".join(f"  site{n}:\n    asks: where is hall {n}\n    says: Hall {n} is in Leeds.\n" for n in range(4)),
        encoding="utf-8",
    )
    made = [row for row in _kinds(path).rows(120, random.Random(0)) if row.raw == "what does it pay"]
    assert {row.answerable for row in made} == {True, False}
    for row in made:
        right = [option.piece.text for option, is_so in zip(row.options, row.right, strict=True) if is_so]
        assert right == (["We pay £13 an hour."] if row.answerable else [])


def _row(answerable: bool) -> Row:
    texts = [f"Sentence {number} of the page." for number in range(10)]
    options = tuple(
        Option(Piece(text, "job", "Job", text), (text,), Candidate(text, "job", 0.9 - number / 20))
        for number, text in enumerate(texts)
    )
    right = tuple(answerable and number == 7 for number in range(10))
    return Row("where?", options, right, answerable, True, "sentence 9 of the page")


def test_the_right_sentence_and_the_named_neighbour_are_always_looked_at():
    class Never(random.Random):
        def random(self) -> float:
            return 0.99

    assert chosen(_row(True), True, Never()) == [0, 1, 2, 7, 9]
    assert chosen(_row(True), False, Never()) == list(range(8))


def test_an_answer_that_is_taken_away_leaves_its_neighbours():
    class Always(random.Random):
        def random(self) -> float:
            return 0.0

    assert chosen(_row(True), True, Always()) == [0, 1, 2, 9]


def test_the_employers_left_out_are_there():
    assert all((questions.SETS / "training" / f"{name}.jsonl").is_file() for name in HELD)
