"""What every Interviewer keeps to. Subclass it, and give a fixture `interviewer`."""

from __future__ import annotations

from collections.abc import Callable

from interview_platform.ports import Decision, Exchange, FollowUpOption, Interviewer, PointVerdict
from interview_platform.services.agent import guard
from tests.adapters.judge_contract import FULL, HALF, POINTS, QUESTION

OPTIONS = (
    FollowUpOption(POINTS[0], "How did you find the cause?"),
    FollowUpOption(POINTS[1], "What did you add so that it would not come back?"),
)
ALERT = "Afterwards I added an alert on the length of the run, and a test for it."


def exchange(answer: str, asked: tuple[str, ...] = (QUESTION,)) -> Exchange:
    """One answer to the question."""
    return Exchange(QUESTION, answer, OPTIONS, asked)


class Reserve:
    """Stands where the offline interviewer stands, for tests of what is in front of it: asks in authored words."""

    name = "reserve"
    label = "Offline interviewer"

    def decide(self, exchange: Exchange, say: Callable[[str], bool] | None = None) -> Decision:
        """The first option whose words the answers do not hold, by plain search."""
        told = " ".join([exchange.answer, *(each.answer for each in exchange.earlier)]).lower()
        shown = [_told(option, told) for option in exchange.options]
        verdicts = tuple(
            PointVerdict(option.point, "met", (word,))
            if word and word in exchange.answer
            else PointVerdict(option.point, "not_shown")
            for option, word in zip(exchange.options, shown, strict=True)
        )
        left = [option for option, word in zip(exchange.options, shown, strict=True) if not word]
        if not left:
            return Decision(covered=verdicts, engine=self.label)
        because = f"Not shown yet: {left[0].point}."
        return Decision("follow_up", left[0].question, "", left[0].point, because, verdicts, engine=self.label)


def _told(option: FollowUpOption, told: str) -> str:
    return next((word for word in ("logs", "alert") if word in option.point and word in told), "")


class InterviewerContract:
    """Tests of one interviewer."""

    def test_an_open_point_is_asked_for_and_named_as_the_reason(self, interviewer: Interviewer) -> None:
        found = interviewer.decide(exchange(HALF))
        assert found.text
        assert found.point == POINTS[1]
        assert POINTS[1].partition(" ")[2] in found.because  # "Says which …" may be told as "did not yet say which …"

    def test_another_gap_brings_another_question(self, interviewer: Interviewer) -> None:
        other, half = interviewer.decide(exchange(ALERT)), interviewer.decide(exchange(HALF))
        assert half.point == POINTS[1]
        assert other.point != POINTS[1]
        assert other.text != half.text

    def test_an_answer_that_shows_every_point_is_not_asked_for_an_open_one(self, interviewer: Interviewer) -> None:
        assert interviewer.decide(exchange(FULL)).action in {"accept", "deeper"}

    def test_what_it_says_may_be_said(self, interviewer: Interviewer) -> None:
        found = interviewer.decide(exchange(HALF))
        assert found.text
        assert guard.check(found.text, (QUESTION,)) == found.text
        assert "?" not in found.bridge

    def test_a_bridge_that_is_handed_on_early_is_the_decisions(self, interviewer: Interviewer) -> None:
        said: list[str] = []
        found = interviewer.decide(exchange(HALF), lambda bridge: not said.append(bridge))
        assert said in ([], [found.bridge])

    def test_every_point_is_gone_through_and_quotes_stand_in_the_answer(self, interviewer: Interviewer) -> None:
        found = interviewer.decide(exchange(HALF))
        assert {verdict.point for verdict in found.covered} <= set(POINTS)
        for verdict in found.covered:
            assert bool(verdict.quotes) == (verdict.verdict != "not_shown")
            assert all(quote in HALF for quote in verdict.quotes)

    def test_without_options_it_asks_nothing(self, interviewer: Interviewer) -> None:
        assert interviewer.decide(Exchange(QUESTION, HALF, (), (QUESTION,))).action == "accept"

    def test_the_same_exchange_brings_the_same_decision(self, interviewer: Interviewer) -> None:
        first, second = interviewer.decide(exchange(HALF)), interviewer.decide(exchange(HALF))
        assert (first.action, first.point, first.text) == (second.action, second.point, second.text)

    def test_it_has_a_label_for_people_and_names_who_decided(self, interviewer: Interviewer) -> None:
        assert interviewer.name
        assert interviewer.label
        assert interviewer.decide(exchange(HALF)).engine
