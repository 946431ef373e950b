"""Who somebody is plays no part: a judge is never shown it, and the check says so for every report."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from interview_platform.models import Question, Turn, session
from interview_platform.ports import PointVerdict
from interview_platform.services import reports
from interview_platform.services.scoring import assess, fairness, neutral, rubric
from tests.services.scoring.material import SetJudge, ended

SAID = (
    "When I was at Northgate College in Reading, Mrs Okonkwo asked me to fix the till. She told her manager, and he "
    "let me look at the PostgreSQL log. Babatunde helped me in Leeds."
)


def _criteria(text: str) -> list[rubric.Criterion]:
    question = Question(id="q", job_id="j", text="Tell me about a fault.", points=[{"point": "Says the cause"}])
    turns = [
        Turn(interview_id="i", position=0, speaker="agent", kind="core", question_id="q", text=question.text),
        Turn(interview_id="i", position=1, speaker="candidate", kind="answer", question_id="q", text=text),
    ]
    return rubric.criteria([], [question], rubric.asked_questions([question], turns))


def test_a_judge_reads_no_name_place_school_or_pronoun_and_as_many_words() -> None:
    read = neutral.neutral(SAID)
    for word in ("Northgate", "Okonkwo", "Babatunde", "Leeds", "Mrs", "She", " her ", " he "):
        assert word not in read
    assert "PostgreSQL" in read
    assert len(read.split()) == len(SAID.split())


def test_answers_about_and_from_others_read_the_same() -> None:
    assert {neutral.neutral(fairness.swap(SAID, other)) for other in fairness.OTHERS} == {neutral.neutral(SAID)}
    assert len({fairness.swap(SAID, other) for other in fairness.OTHERS}) == len(fairness.OTHERS)


def test_a_name_that_the_question_asks_for_stays() -> None:
    assert neutral.neutral("We used Zorblax daily.", ["Why Zorblax?"]) == "We used Zorblax daily."
    assert "Zorblax" not in neutral.neutral("We used Zorblax daily.")


def test_a_judges_quote_is_given_back_in_the_candidates_own_words(engine: Engine) -> None:
    held = ended(engine, SAID)
    seen: list[str] = []

    def quoting(point: str, answer: str) -> PointVerdict:
        seen.append(answer)
        return PointVerdict(point, "met", (answer.split(". ")[1],))

    reports.build(engine, held.interview.id, SetJudge(quoting))
    with session(engine) as db:
        view = reports.view(db, held.actor, held.interview.id)
    assert all("Okonkwo" not in answer for answer in seen)
    assert view.scores[0].evidence[0].quote == "She told her manager, and he let me look at the PostgreSQL log"
    assert view.fairness["largest"] == 0
    assert "no level changed" in view.fairness["said"]


def test_what_a_judge_is_still_told_is_found_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assess, "read", lambda asked: asked.answer)  # a product that no longer hides who somebody is
    judge = SetJudge(lambda point, answer: PointVerdict(point, "met" if "Aisha" in answer else "not_shown", ("Aisha",)))
    said = (
        "It was Babatunde who told me that something was wrong with the till, and I found the cause. I looked at the "
        "log, and I moved the report to another machine."
    )
    criteria = _criteria(said)
    checked = fairness.check(criteria, assess.findings(criteria, judge), judge)
    assert checked["largest"] > 0
    assert checked["differ"] == [criteria[0].name]


def test_without_anything_to_swap_it_says_so() -> None:
    criteria = _criteria("It was slow, so I looked at the log and moved the report to another machine.")
    assert "nothing to swap" in fairness.check(criteria, assess.findings(criteria, SetJudge()), SetJudge())["said"]


def test_a_person_of_any_pronoun_reads_the_same() -> None:
    said = "I asked him what he feared, took his list, told her about it, and he did it himself."

    assert {neutral.neutral(fairness.swap(said, other)) for other in fairness.OTHERS} == {neutral.neutral(said)}
