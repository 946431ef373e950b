"""Probes that take nothing for granted: what few words are asked, and that nothing answered is asked again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interview_platform.models import Question, Turn
from interview_platform.ports import Exchange, FollowUpOption
from interview_platform.services.agent import answer_signs, diagnostic, guard, open_probes, position
from interview_platform.services.agent.offline_interviewer import OfflineInterviewer
from tests.fakes import HashingEmbeddings

EVERY = (*open_probes.STEPS, *open_probes.INTO_IT, *open_probes.FURTHER, *open_probes.VIEW)
QUESTION = "Tell me about a time when you worked with passengers."
ACCOUNT = tuple(
    FollowUpOption(point, asked)
    for point, asked in (
        ("Says what the situation was", "What was going on at the time?"),
        ("Says what they did themselves", "Which steps did you take yourself?"),
        ("Says what came of it", "How did it turn out?"),
        ("Says why they did it that way", "What told you that it was the right step?"),
    )
)


def exchange(answer: str) -> Exchange:
    return Exchange(QUESTION, answer, ACCOUNT, (QUESTION,))


@pytest.fixture
def interviewer() -> OfflineInterviewer:
    return OfflineInterviewer(HashingEmbeddings())


@pytest.mark.parametrize("text", EVERY)
def test_every_probe_may_be_said(text: str) -> None:
    assert guard.review(text, points=[option.point for option in ACCOUNT]) == ""
    assert guard.review(f'You said that you "moved the stop". {text}', said=["I moved the stop."]) == ""


def test_no_two_probes_ask_the_same() -> None:
    assert not [(one, two) for one in EVERY for two in EVERY if one is not two and guard.same(one, two)]


@pytest.mark.parametrize("answer", ["Drunk man, at night.", "API checks. Eighty of them.", "I drove a bus."])
def test_a_few_words_are_asked_for_the_deed_before_any_reason_or_result(
    interviewer: OfflineInterviewer, answer: str
) -> None:
    found = interviewer.decide(exchange(answer))
    assert found.text
    assert found.point in {"", "Says what they did themselves"}


def test_nothing_is_probed_after_that_is_all(interviewer: OfflineInterviewer) -> None:
    more = replace(exchange("Drunk man, at night.\nThat is really all."), follow_ups_here=1)
    assert interviewer.decide(more).action == "accept"


def test_probes_for_more_of_an_account_come_to_an_end() -> None:
    asked: tuple[str, ...] = ()
    while text := open_probes.further(True, asked, f"Question {len(asked)}"):
        asked = (*asked, text)
    assert 0 < len(asked) <= open_probes.MOST
    assert open_probes.further(False, (*asked, *open_probes.FURTHER), "Question") == ""


def test_candidates_asked_alike_are_probed_alike() -> None:
    assert open_probes.steps(True, (), QUESTION) == open_probes.steps(True, (), QUESTION)
    assert open_probes.steps(True, (), QUESTION) in open_probes.STEPS
    assert open_probes.steps(False, (), QUESTION) in open_probes.VIEW


@pytest.mark.parametrize(("answer", "names"), [("Hm. No.", False), ("Line 6. City traffic.", True)])
def test_a_name_is_something_and_a_grunt_is_not(answer: str, names: bool) -> None:
    assert diagnostic.names_something(answer) is names


@pytest.mark.parametrize("said", ["Nothing to add.", "That's really all there is.", "I have told what I know."])
def test_it_is_heard_that_somebody_has_no_more_to_tell(said: str) -> None:
    assert answer_signs.has_nothing_more(said)


def test_time_that_short_answers_save_goes_to_follow_ups_and_long_answers_bring_none() -> None:
    plan = [Question(id=str(n), job_id="j", text=f"Question {n}?", minutes=4.0, kind="core") for n in range(6)]

    def most(seconds: float) -> int:
        asks = [
            Turn(interview_id="i", position=2 * n + 1, speaker="agent", kind="core", text="?", question_id=str(n))
            for n in range(3)
        ]
        said = Turn(interview_id="i", position=9, speaker="candidate", kind="answer", text="Yes.", question_id="2")
        said.ended_seconds = seconds
        return position.position(plan, [*asks, said]).most_follow_ups

    assert most(12 * 60.0) == position.most_follow_ups(plan)
    assert most(8 * 60.0) == position.most_follow_ups(plan) + 4
    assert most(0.0) <= position.FOLLOW_UPS_PER_QUESTION * len(plan)
