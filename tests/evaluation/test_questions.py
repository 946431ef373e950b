"""How answers to candidates' questions are measured: contexts, sources as people write them, goals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.errors import BadInput
from interview_platform.evaluation import questions
from interview_platform.ports import Grounded, Passage
from interview_platform.services.agent import bank
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
    rates = questions.measure(asked, embeddings)["rates"]
    assert rates["answered_right"] >= 0.9
    assert rates["declined_right"] >= 0.95
