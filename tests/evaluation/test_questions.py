"""How answers to candidates' questions are measured: contexts, sources as people write them, goals."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from interview_platform.adapters.answer_reader import AnswerReader
from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.errors import BadInput
from interview_platform.evaluation import questions
from interview_platform.evaluation.question_outcomes import outcome, passes_on, report
from interview_platform.ports import Grounded, Passage
from interview_platform.services.agent import asides, bank
from interview_platform.settings import Settings
from tests.fakes import HashingEmbeddings


def written(folder: Path, *rows: object) -> Path:
    path = folder / "asked.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return path


def test_a_line_without_a_question_is_what_the_next_ones_stand_on(tmp_path):
    path = written(
        tmp_path,
        {"question": "Where is it?", "answerable": True, "source": "job"},
        {"job": {"title": "Baker", "location": "Galway"}, "company": "We bake.", "material": "Bring shoes."},
        {"question": "Where is it?", "answerable": True, "source": "job"},
        {"question": "Where is it?", "answerable": True, "source": "job", "job": "Nurse in Ghent"},
    )
    first, second, third = questions.read(path, questions.shipped())
    assert first.context.job.title == "Backend Engineer"
    assert (second.context.job.location, second.context.company.about) == ("Galway", "We bake.")
    assert [row.text for row in second.context.materials] == ["Bring shoes."]
    assert third.context.job.description == "Nurse in Ghent"
    assert third.context.company.about == ""


@pytest.mark.parametrize("row", ["{", "[1]", '{"question": "Where?"}'])
def test_a_line_that_cannot_be_used_is_named(tmp_path, row):
    path = written(tmp_path, row)
    with pytest.raises(BadInput, match="line 1"):
        list(questions.read(path, questions.shipped()))


def test_own_jobs_are_read_from_lines_and_texts(tmp_path):
    lines, text, page = tmp_path / "jobs.jsonl", tmp_path / "nurse.md", tmp_path / "page.md"
    lines.write_text('{"id": "a", "title": "Baker"}\n{"title": "Cook"}\n')
    text.write_text("Nurse in Ghent")
    page.write_text("We bake.")
    base, jobs = questions.given([lines, text], page, [text])
    assert list(jobs) == ["a", "jobs-2", "nurse"]
    assert (base.job.title, base.company.about, base.materials[0].title) == ("Baker", "We bake.", "nurse")
    path = written(tmp_path, {"question": "Where?", "answerable": False, "job": "nurse"})
    assert next(iter(questions.read(path, base, jobs))).context.job.id == "nurse"


FAQ = next(entry for entry in bank.faqs() if entry.topic == "Your data")


@pytest.mark.parametrize(
    ("source", "kind", "title", "text", "right"),
    [
        ("faq", "faq", FAQ.topic, FAQ.answer, True),
        ("faq:privacy", "faq", FAQ.topic, FAQ.answer, True),
        ("rag_data/faq/privacy.md", "faq", FAQ.topic, FAQ.answer, True),
        ("privacy", "faq", FAQ.topic, FAQ.answer, True),
        ("Your data", "faq", FAQ.topic, FAQ.answer, True),
        (FAQ.question, "faq", FAQ.topic, FAQ.answer, True),
        (f"faq: {FAQ.question}", "faq", FAQ.topic, FAQ.answer, True),
        ("faq:technical", "faq", FAQ.topic, FAQ.answer, False),
        ("job", "faq", FAQ.topic, FAQ.answer, False),
        ("job", "job", "Job description", "In Leeds.", True),
        ("job description", "job", "Job description", "In Leeds.", True),
        ("company", "job", "Job description", "In Leeds.", False),
        ("company page", "company", "Company page", "We bake.", True),
        ("company|job", "job", "Job description", "In Leeds.", True),
        ("material", "material", "Ward notes", "Shoes.", True),
        ("material:Ward notes", "material", "Ward notes", "Shoes.", True),
        ("", "material", "Ward notes", "Shoes.", True),
    ],
)
def test_a_source_may_be_named_as_people_name_it(source, kind, title, text, right):
    asked = questions.Asked("Where?", True, source, questions.shipped())
    assert questions.right(asked, Grounded("Said.", (Passage("1", kind, title, text),))) is right


def test_an_unanswerable_question_is_right_only_when_declined():
    asked = questions.Asked("Where?", False, "", questions.shipped())
    assert questions.right(asked, Grounded("", reason="No source answers this."))
    assert not questions.right(asked, Grounded("Said.", (Passage("1", "job", "Job", "x"),)))


def test_the_report_counts_and_names_what_went_wrong(tmp_path):
    path = written(
        tmp_path,
        {"question": "Where is the job?", "answerable": True, "source": "job"},
        {"question": "Where is the job?", "answerable": False},
    )
    report = questions.measure(list(questions.read(path, questions.shipped())), HashingEmbeddings())
    assert (report["answered_right"], report["declined_right"], report["as_wanted"]) == (1, 0, False)
    assert [row["question"] for row in report["wrong"]] == ["Where is the job?"]


NEAREST = Grounded(
    "The job description says: We are in York.",
    (Passage("1", "job", "Job description", "We are in York."),),
    "unclear",
    nearest=True,
)
ANSWER = replace(NEAREST, reason="", nearest=False)


def test_a_quoted_neighbour_is_no_answer_and_declines_only_as_it_says_so():
    answerable = questions.Asked("Where?", True, "job", questions.shipped())
    other = questions.Asked("How far is it?", False, "", questions.shipped())
    assert outcome(answerable, ANSWER) == "answered"
    assert outcome(answerable, NEAREST) == "nearest"
    assert not questions.right(answerable, NEAREST)
    assert outcome(other, NEAREST) == "nearest"
    assert questions.right(other, NEAREST)
    assert outcome(other, ANSWER) == "answered"
    assert not questions.right(other, ANSWER)
    assert outcome(other, Grounded("", reason="nothing")) == "passed_on"


@pytest.mark.parametrize("said", ["We are in York.", "What comes nearest is this. We are in York.", ""])
def test_an_utterance_without_both_halves_of_the_hedge_passes_nothing_on(said):
    assert not passes_on(said)
    assert passes_on(asides.nearest(said, 1))


def test_where_the_sentence_is_known_another_of_the_same_source_is_wrong():
    def asked(stands):
        return questions.Asked("Where?", True, "job", questions.shipped(), stands)

    assert outcome(asked("We are in York."), ANSWER) == "answered"
    assert outcome(asked("We are in York. It rains."), ANSWER) == "answered"
    assert outcome(asked("We are by the sea."), ANSWER) == "answered_wrong"
    assert outcome(asked("We are by the sea."), NEAREST) == "nearest_wrong"


def test_the_outcomes_are_counted_apart():
    given = [ANSWER, NEAREST, Grounded(""), NEAREST, ANSWER]
    asked = [questions.Asked("Where?", place < 3, "job", questions.shipped()) for place in range(5)]
    summary = report(asked, given)["summary"]
    assert summary["outcomes"]["answerable"] | {"answered_wrong": 0, "nearest_wrong": 0} == {
        "answered": 1,
        "nearest": 1,
        "answered_wrong": 0,
        "nearest_wrong": 0,
        "passed_on": 1,
    }
    assert summary["outcomes"]["unanswerable"] == {"answered": 1, "nearest": 1, "passed_on": 0}
    assert (summary["answered_right"], summary["heard_right"], summary["declined_right"]) == (0.3333, 0.6667, 0.5)
    assert summary["passed_on_bare"] == 0.0


def test_the_two_halves_ask_different_things():
    halves = []
    for name in ("tuning", "held_out"):
        rows = list(questions.read(questions.SETS / f"{name}.jsonl", questions.shipped()))
        assert len(rows) >= 75
        assert 0.4 <= sum(row.answerable for row in rows) / len(rows) <= 0.6
        halves.append({row.question.lower() for row in rows})
    assert not halves[0] & halves[1]


@pytest.mark.models
def test_questions_that_were_not_tuned_on_are_answered_and_declined_as_before():
    embeddings = SentenceEmbedder(Path(Settings().cache_dir) / "minilm")
    asked = list(questions.read(questions.SETS / "held_out.jsonl", questions.shipped()))
    rates = questions.measure(asked, embeddings, AnswerReader(embeddings))["rates"]
    assert rates["answered_right"] >= 0.8
    assert rates["heard_right"] >= 0.9
    assert rates["declined_right"] >= 0.95
