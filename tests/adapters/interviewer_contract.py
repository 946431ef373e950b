"""What every Interviewer keeps to. Subclass it, and give a fixture `interviewer`."""

from __future__ import annotations

from interview_platform.ports import Exchange, FollowUpOption, Interviewer
from interview_platform.services.agent import guard
from tests.adapters.judge_contract import FULL, HALF, POINTS, QUESTION

OPTIONS = (
    FollowUpOption(POINTS[0], "How did you find the cause?"),
    FollowUpOption(POINTS[1], "What did you add so that it would not come back?"),
)


def exchange(answer: str, asked: tuple[str, ...] = (QUESTION,)) -> Exchange:
    """One answer to the question."""
    return Exchange(QUESTION, answer, OPTIONS, asked)


class InterviewerContract:
    """Tests of one interviewer."""

    def test_an_open_point_is_asked_for_and_named_as_the_reason(self, interviewer: Interviewer) -> None:
        found = interviewer.decide(exchange(HALF))
        assert found.text
        assert POINTS[1] in found.because

    def test_another_gap_brings_another_question(self, interviewer: Interviewer) -> None:
        nothing = interviewer.decide(exchange("It was a long night and everybody was tired of it by the morning."))
        half = interviewer.decide(exchange(HALF))
        assert nothing.text
        assert half.text
        assert nothing.text != half.text

    def test_an_answer_that_shows_every_point_brings_none(self, interviewer: Interviewer) -> None:
        assert interviewer.decide(exchange(FULL)).action == "accept"

    def test_what_it_asks_may_be_said(self, interviewer: Interviewer) -> None:
        found = interviewer.decide(exchange(HALF))
        assert found.text
        assert guard.check(found.text, (QUESTION,)) == found.text

    def test_without_options_it_asks_nothing(self, interviewer: Interviewer) -> None:
        assert interviewer.decide(Exchange(QUESTION, HALF, (), (QUESTION,))).action == "accept"

    def test_it_has_a_label_for_people(self, interviewer: Interviewer) -> None:
        assert interviewer.name
        assert interviewer.label
