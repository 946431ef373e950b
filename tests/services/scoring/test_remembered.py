"""A judge that does not judge the same words twice, and keeps none of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from interview_platform.ports import PointVerdict
from interview_platform.services.scoring.offline_judge import OfflineJudge
from interview_platform.services.scoring.remembered import RememberingJudge, VerdictStore
from tests.fakes import HashingEmbeddings
from tests.services.scoring.material import ANSWER, CHANGED, FOUND, SetJudge

QUESTION = "Tell me about a fault in production that you found."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VerdictStore]:
    made = VerdictStore(tmp_path / "kept" / "verdicts.db")
    yield made
    made.close()


def test_the_same_words_are_judged_once_and_get_the_same_verdicts(store: VerdictStore) -> None:
    judge = RememberingJudge(OfflineJudge(HashingEmbeddings()), store)

    first = judge.judge(QUESTION, [FOUND, CHANGED], ANSWER)

    assert judge.judge(QUESTION, [FOUND, CHANGED], ANSWER) == first
    assert judge.asked == 1


@pytest.mark.parametrize(
    "other",
    [
        (QUESTION, [FOUND, "Names who was told"], ANSWER),
        (QUESTION, [CHANGED, FOUND], ANSWER),
        ("Another question?", [FOUND, CHANGED], ANSWER),
        (QUESTION, [FOUND, CHANGED], f"{ANSWER} Then we wrote it down."),
    ],
)
def test_another_question_point_order_or_answer_is_judged_anew(store: VerdictStore, other: tuple) -> None:
    judge = RememberingJudge(SetJudge(), store)
    judge.judge(QUESTION, [FOUND, CHANGED], ANSWER)

    judge.judge(*other)

    assert judge.asked == 2


def test_another_judge_does_not_take_over_verdicts(store: VerdictStore) -> None:
    RememberingJudge(SetJudge(), store).judge(QUESTION, [FOUND], ANSWER)
    strict = SetJudge(lambda point, answer: PointVerdict(point, "not_shown"))
    strict.label = "Strict judge"

    assert RememberingJudge(strict, store).judge(QUESTION, [FOUND], ANSWER)[0].verdict == "not_shown"


def test_it_is_remembered_over_a_restart_without_a_word_that_was_said(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.db"
    store = VerdictStore(path)
    first = RememberingJudge(SetJudge(), store).judge(QUESTION, [FOUND], ANSWER)
    store.close()

    again = RememberingJudge(SetJudge(), VerdictStore(path))

    assert (again.judge(QUESTION, [FOUND], ANSWER), again.asked) == (first, 0)
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"checkout" not in kept
    assert b"cause" not in kept


def test_a_quote_that_does_not_stand_in_the_answer_is_not_remembered(store: VerdictStore) -> None:
    invents = SetJudge(lambda point, answer: PointVerdict(point, "met", ("never said",)))
    judge = RememberingJudge(invents, store)

    judge.judge(QUESTION, [FOUND], ANSWER)
    judge.judge(QUESTION, [FOUND], ANSWER)

    assert judge.asked == 2


def test_a_broken_file_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.db"
    path.write_bytes(b"not a database at all, " * 100)

    judge = RememberingJudge(SetJudge(), VerdictStore(path))

    assert judge.judge(QUESTION, [FOUND], ANSWER)[0].verdict == "met"
