"""A question as it is looked up, and what kind of answer it wants."""

from __future__ import annotations

import pytest

from interview_platform.services.agent import answer_kinds, asking
from interview_platform.services.agent.accounting import Query, accounted


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("um so could you tell me what the salary is", "what the salary is"),
        ("uh I was just wondering if there is parking", "there is parking"),
        ("what's the the team like?", "what is the team like?"),
        ("Sorry, one more question: do you sponsor visas?", "do you sponsor visas?"),
        ("where", "where"),
    ],
)
def test_fillers_and_polite_openings_are_left_out(said, asked):
    assert asking.clean(said) == asked


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("Where is the office and how big is the team?", ["Where is the office?", "how big is the team?"]),
        ("What is the pay? And is there a bonus?", ["What is the pay?", "is there a bonus?"]),
        ("Do you use Kafka and Python?", ["Do you use Kafka and Python?"]),
        ("Is this a person or a program?", ["Is this a person or a program?"]),
        ("", []),
    ],
)
def test_several_questions_are_taken_apart(said, parts):
    assert asking.parts(said) == parts


def test_the_clause_that_asks_is_found_beside_a_remark():
    assert asking.question_clause("can I stop here, my child just woke up") == "can I stop here"
    assert asking.question_clause("can I stop here") == ""


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("how many people are there", "how_many"),
        ("how much is it an hour", "price"),
        ("what time does it start", "clock"),
        ("how long does it take", "how_long"),
        ("when does it start", "when"),
        ("when was it founded", "past_when"),
        ("who decides", "who"),
        ("is there a gym", "yes_no"),
        ("what do you do", "other"),
    ],
)
def test_the_kind_of_answer_is_read_from_the_question(question, kind):
    assert answer_kinds.kind(question) == kind


@pytest.mark.parametrize(
    ("kind", "sentence", "held"),
    [
        ("how_many", "We run nine shops.", True),
        ("how_many", "We run shops.", False),
        ("when", "The first shop opened in 2011.", False),
        ("past_when", "The first shop opened in 2011.", True),
        ("clock", "Work begins at 6.30 am.", True),
        ("clock", "Work begins in May.", False),
        ("price", "Patients book 9,000 visits a week.", False),
        ("who", "You report to Lien Claes.", True),
        ("yes_no", "Anything.", True),
    ],
)
def test_a_sentence_must_have_the_form_of_the_answer(kind, sentence, held):
    assert answer_kinds.answers_kind(kind, sentence) is held


def test_a_number_must_stand_by_what_is_counted():
    query = Query("how many parcels do you deliver?")
    assert query.counts_in("We deliver 300 parcels a day.")
    assert not query.counts_in("We deliver parcels in 23 cities.")
    people = Query("how many people are in the team?")
    assert people.counts_in("A team of five.")
    assert people.counts_in("There are six nurses.")
    assert not people.counts_in("You work six shifts with people.")


@pytest.mark.parametrize(
    ("word", "text", "held"),
    [
        ("salary", "the pay is fair", True),
        ("postgres", "runs on PostgreSQL", True),
        ("kubernetis", "we like Kubernetes", True),
        ("database", "runs on PostgreSQL", True),
        ("database", "runs on Salesforce", False),
        ("gym", "there is a canteen", False),
        ("ships", "we have seven vessels", True),
        ("probationary", "a probation of six months", True),
        ("boat", "there is a canteen", False),
    ],
)
def test_a_word_is_accounted_for_by_what_means_the_same(word, text, held):
    stems = {asking.stem(one) for one in asking.words(text)} | set(asking.words(text))
    assert accounted(asking.stem(word), stems, text) is held


def test_names_of_the_job_and_the_employer_ask_for_nothing():
    named = frozenset({asking.stem("Northwind")})
    assert "northwind" not in Query("what does Northwind sell", named).words
    assert list(Query("what does Northwind sell", named).words.values()) == ["sell"]


@pytest.mark.parametrize(
    "said",
    [
        "One thing, where would I work?",
        "Just so I know, where would I work?",
        "I was wondering, where would I work?",
        "This may be a silly question, where would I work?",
    ],
)
def test_lead_ins_are_left_out(said: str) -> None:
    assert asking.parts(said) == ["where would I work?"]


def test_a_clause_that_says_nothing_by_itself_is_not_what_is_asked() -> None:
    assert asking.question_clause("You keep cutting me off, what can I do") == ""
    assert asking.question_clause("I hear badly, is there text on the screen") == "is there text on the screen"


def test_of_a_choice_one_side_is_enough() -> None:
    query = Query("Is it permanent or seasonal?")
    assert query.of_one_side(["seasonal"]) == []
    assert query.of_one_side(["permanent", "seasonal"]) == ["permanent", "seasonal"]
    assert Query("How many nurses or cooks are there?").of_one_side(["cook"]) == ["cook"]


def test_the_kind_of_answer_is_told_by_the_clause_that_asks() -> None:
    assert Query("I have never worked on one, is that a problem?").kind == "yes_no"
    assert Query("Is the food any good?").kind == "opinion"


def test_a_second_half_may_hang_on_the_first() -> None:
    assert asking.leans("what do you pay in?")
    assert not asking.leans("how many days of holiday are there?")
