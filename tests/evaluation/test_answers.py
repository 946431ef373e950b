"""Graded answers: read whatever their form, measured without and with the empty ones."""

from __future__ import annotations

import json

import pytest

from interview_platform.errors import BadInput
from interview_platform.evaluation import answers
from interview_platform.evaluation.answers_figures import figures
from interview_platform.services.scoring.offline_judge import OfflineJudge
from tests.fakes import HashingEmbeddings
from tests.services.scoring.material import SetJudge

GRADED = {"id": "a", "qid": "1", "question": "What is a stack?", "reference": "Last in, first out.", "max": 5}
LABELLED = {"id": "b", "qid": "2", "question": "Why?", "references": [{"text": "A gap."}, "Open."], "corpus": "x"}


def _file(tmp_path, *rows):
    path = tmp_path / "answers.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return path


def test_scores_and_labels_become_grades_between_nothing_and_one(tmp_path):
    graded, labelled = answers.read(
        _file(tmp_path, {**GRADED, "answer": "x", "score": 2.5}, {**LABELLED, "answer": "y", "label": "correct"})
    )
    assert (graded.grade, graded.steps, graded.references) == (0.5, 5, ("Last in, first out.",))
    assert (labelled.grade, labelled.steps, labelled.references, labelled.corpus) == (1.0, 1, ("A gap.", "Open."), "x")


def test_a_line_that_lacks_something_is_named(tmp_path):
    with pytest.raises(BadInput, match="Line 2"):
        answers.read(_file(tmp_path, {**GRADED, "answer": "x", "score": 1}, {"question": "?"}))


@pytest.mark.parametrize("said", ["", "  ", "No submission.", "n/a", "??", "No answer"])
def test_an_answer_that_was_not_given_is_empty(tmp_path, said):
    assert answers.read(_file(tmp_path, {**GRADED, "answer": said, "score": 0}))[0].empty


def test_perfect_guesses_agree_wholly_and_reversed_ones_not_at_all():
    truth, questions = [0.0, 0.25, 0.5, 0.75, 1.0], ["q"] * 5
    best, worst = figures(truth, truth, questions, 4), figures(truth, truth[::-1], questions, 4)
    assert [best[name] for name in ("pearson", "spearman", "within_question_pearson", "qwk", "auc", "rmse")] == [
        *(1.0, 1.0, 1.0, 1.0, 1.0),
        0.0,
    ]
    assert [worst[name] for name in ("pearson", "spearman", "within_question_pearson", "auc")] == [-1.0, -1.0, -1.0, 0]


def test_what_is_not_defined_is_none():
    alone = figures([1.0], [0.5], ["q"], 1)
    assert (alone["pearson"], alone["auc"], alone["rmse"]) == (None, None, 0.5)


def test_correlation_within_questions_leaves_out_which_question_it_was():
    truth = [0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0]
    guess = [0.4, 0.3, 0.2, 0.1, 0.0, 1.0, 0.9, 0.8, 0.7, 0.6]
    found = figures(truth, guess, ["a"] * 5 + ["b"] * 5, 4)
    assert found["within_question_pearson"] == -1.0
    assert found["pearson"] > 0.4


def test_all_measures_stand_beside_each_other_with_and_without_empty_answers(tmp_path):
    said = [("last in first out", 5), ("first out", 3), ("a queue", 0), ("", 0), ("last in", 3), ("a plate", 1)]
    lines = answers.read(_file(tmp_path, *({**GRADED, "answer": text, "score": score} for text, score in said)))
    embeddings = HashingEmbeddings()
    grades = answers.graded(lines, answers.grades_by(OfflineJudge(embeddings)))
    report = answers.measure(lines, grades, embeddings)
    assert set(report["all"]) == {"judge", "cosine", "tfidf"}
    assert report["all"]["judge"]["answers"] == 6
    assert report["without_empty"]["judge"]["answers"] == 5
    assert report["all"]["tfidf"]["spearman"] > 0.7


def test_another_judge_grades_by_the_points_it_finds(tmp_path):
    row = {**GRADED, "reference": "Last in, first out. It grows.", "answer": "x y z", "score": 5}
    assert answers.graded(answers.read(_file(tmp_path, row)), answers.grades_by(SetJudge())) == [1.0]


def test_answers_to_one_question_are_graded_together_and_come_back_in_order(tmp_path):
    asked = []

    def grades(question, references, given):
        asked.append(list(given))
        return [2.0 if answer == "good" else -1.0 for answer in given]

    rows = [{**GRADED, "answer": "good", "score": 5}, {**LABELLED, "answer": "other", "label": "incorrect"}]
    rows.append({**GRADED, "answer": "bad", "score": 0})
    assert answers.graded(answers.read(_file(tmp_path, *rows)), grades) == [1.0, 0.0, 0.0]
    assert asked == [["good", "bad"], ["other"]]
