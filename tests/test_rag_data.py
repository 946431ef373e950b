"""What the agent may know: every file in rag_data is valid, complete, and fit to be said aloud."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest

from interview_platform.services import organisations
from interview_platform.services.agent import bank, guard, guard_double, guard_text

NEEDED = {
    "backend",
    "frontend",
    "data_science",
    "data_engineering",
    "devops",
    "qa",
    "product",
    "design",
    "sales",
    "customer_success",
    "hr",
    "finance",
    "nursing",
    "teaching",
    "general",
}
FAMILIES = bank.families()

SAID_OF_ALL = frozenset(
    re.findall(
        r"\w+",
        "says say gives give names name describes describe what how which who whom the a an and or of to in on for by "
        "with it its was were is are such as that this they them their themselves did done be been at from",
    )
)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def _alike(one: str, two: str) -> bool:
    """Whether two points share more than four in ten of the words that carry their meaning."""
    first, second = (set(_words(text)) - SAID_OF_ALL for text in (one, two))
    return len(first & second) > 0.4 * len(first | second)


def _effort(text: str) -> float:
    """How hard a text is to follow: words a sentence and letters a word (the automated readability index)."""
    sentences = max(1, len(re.findall(r"[.?!]", text)))
    words = _words(text)
    return 4.71 * sum(map(len, words)) / len(words) + 0.5 * len(words) / sentences - 21.43


each_family = pytest.mark.parametrize("family", FAMILIES, ids=[family.id for family in FAMILIES])


def test_the_families_of_the_product_are_here() -> None:
    assert {family.id for family in FAMILIES} >= NEEDED


def test_a_family_is_named_as_its_file() -> None:
    assert {path.stem for path in (bank.RAG_DATA / "questions").glob("*.yaml")} == {family.id for family in FAMILIES}


def test_no_id_is_used_in_two_families() -> None:
    ids = [entry.id for family in FAMILIES for entry in family.questions]
    assert len(set(ids)) == len(ids)


@each_family
def test_a_family_has_six_to_eight_competencies_and_twenty_five_questions(family: bank.Family) -> None:
    assert 6 <= len(family.competencies) <= 8
    assert len(family.questions) >= 25
    assert {entry.group for entry in family.competencies} == {"technical", "communication", "problem_solving"}


@each_family
def test_every_competency_has_a_question_for_every_level(family: bank.Family) -> None:
    for competency in family.competencies:
        for level in ("junior", "mid", "senior"):
            assert level in family.questions_on(competency.id, level)[0].levels


@each_family
def test_every_competency_has_three_questions_or_more(family: bank.Family) -> None:
    counted = Counter(entry.competency for entry in family.questions)
    assert {entry.id: counted[entry.id] for entry in family.competencies if counted[entry.id] < 3} == {}


@each_family
def test_anchors_tell_five_different_things(family: bank.Family) -> None:
    for competency in family.competencies:
        assert len(set(competency.anchors.values())) == 5


@each_family
def test_nothing_that_is_asked_asks_two_things(family: bank.Family) -> None:
    """By the check that typed questions pass, without the trust it has in what stands in the banks."""
    for entry in family.questions:
        spoken = (entry.text, entry.plain_text, *(point.follow_up for point in entry.points))
        assert [text for text in spoken if _double(text)] == [], entry.id


def _double(text: str) -> bool:
    parts = [guard_text.plain(text[first:last]).text for first, last in guard_text.spans(text)]
    return text.count("?") > 1 or any(guard_double.joined(part) for part in parts) or bool(_TWO_ASKED.search(text))


_TWO_ASKED = re.compile(
    r", (?:and|or) (?:how|what|why|whom?|when|where|which)\b|"
    r"\b(?:and|or) (?:for|by|at|in|to|with) (?:what|which|whom)\b(?! format)|"
    r"\b(?:find|say|look at) and (?:do|change|say)\b|, (?:and|or) (?:did|was|were|decided)\b"
)


def test_a_question_that_asks_two_things_is_noticed_here() -> None:
    for text in (
        "Tell me about a deal you lost, and what you did about it afterwards.",
        "Where would you go to begin with, and for what reason?",
        "A boss wants private details from you. What do you say and do?",
        "What did you decide and why did you decide it?",
    ):
        assert _double(text), text
    assert not _double("Tell me about a time when sales and service wanted different things.")


@each_family
def test_the_plain_wording_is_another_wording(family: bank.Family) -> None:
    assert [entry.id for entry in family.questions if guard.same(entry.text, entry.plain_text)] == []


@each_family
def test_the_plain_wording_is_plainer(family: bank.Family) -> None:
    """Easier sentences: shorter ones, of shorter words."""
    assert [entry.id for entry in family.questions if _effort(entry.plain_text) > _effort(entry.text) + 1] == []


@each_family
def test_follow_ups_of_a_family_ask_different_things(family: bank.Family) -> None:
    asked = [point.follow_up for entry in family.questions for point in entry.points]
    assert [pair for pair in combinations(asked, 2) if guard.same(*pair)] == []


@each_family
def test_every_question_has_five_to_eight_points(family: bank.Family) -> None:
    assert {entry.id: len(entry.points) for entry in family.questions if not 5 <= len(entry.points) <= 8} == {}


@each_family
def test_points_of_one_question_differ(family: bank.Family) -> None:
    for entry in family.questions:
        assert [pair for pair in combinations(entry.points, 2) if _alike(pair[0].point, pair[1].point)] == []


@each_family
def test_a_follow_up_asks_something_else_than_its_question(family: bank.Family) -> None:
    for entry in family.questions:
        asked = [point.follow_up for point in entry.points]
        assert [text for text in asked if guard.same(text, entry.text) or guard.same(text, entry.plain_text)] == []


@each_family
def test_everything_that_is_asked_may_be_said(family: bank.Family) -> None:
    for entry in family.questions:
        spoken = (entry.text, entry.plain_text, *(point.follow_up for point in entry.points))
        assert [(text, guard.reason(text, [])) for text in spoken if guard.reason(text, [])] == []


@each_family
def test_every_question_has_a_level_and_minutes(family: bank.Family) -> None:
    assert [entry.id for entry in family.questions if not entry.levels or not 1 <= entry.minutes <= 5] == []


@each_family
def test_points_are_statements_and_follow_ups_are_questions(family: bank.Family) -> None:
    for entry in family.questions:
        for point in entry.points:
            assert not point.point.endswith((".", "?")), point.point
            assert point.follow_up.endswith("?"), point.follow_up


def test_a_misspelt_key_is_refused() -> None:
    with pytest.raises(ValueError, match="folow_up"):
        bank.Point.model_validate({"point": "Says what was done", "folow_up": "What did you do?"})


def test_the_values_template_quotes_the_value() -> None:
    values = bank.values()
    assert "{value}" in values.text
    assert "{value}" in values.plain_text


TOPICS = ("How the interview works", "Your data", "Adjustments", "Technical trouble")


def test_candidates_questions_on_every_topic_have_answers() -> None:
    counted = Counter(entry.topic for entry in bank.faqs())
    assert set(counted) == set(TOPICS)
    assert min(counted.values()) >= 15


def test_every_answer_can_be_said_in_one_breath() -> None:
    """Short enough that a sentence naming the source still fits before it, and nothing that reads only on paper."""
    for entry in bank.faqs():
        assert entry.question.endswith("?")
        assert 8 <= len(entry.answer.split()) <= 40, entry.answer
        assert guard.check(entry.answer, ()) is not None, (entry.answer, guard.reason(entry.answer, ()))
        assert not re.search(r"[*_#|\n]|https?:", entry.answer), entry.answer


def test_every_faq_has_other_wordings_and_no_wording_stands_twice() -> None:
    assert [entry.question for entry in bank.faqs() if len(entry.also) < 2] == []
    counted = Counter(text.casefold() for entry in bank.faqs() for text in (entry.question, *entry.also))
    assert [text for text, times in counted.items() if times > 1] == []


def test_the_company_page_starts_with_headings_and_what_to_write() -> None:
    headings = re.findall(r"(?m)^# (.+)$", bank.company_page())
    assert headings == ["What we do", "The team", "How we work", "What we offer", "How we hire"]
    assert organisations.without_places(bank.company_page()) == ""


def test_of_a_company_page_only_what_was_written_is_known() -> None:
    page = bank.company_page().replace("# The team\n", "# The team\nWe are six people in Lisbon.\n")
    assert organisations.without_places(page) == "# The team\nWe are six people in Lisbon."
    assert organisations.without_places("We make bicycles.") == "We make bicycles."
