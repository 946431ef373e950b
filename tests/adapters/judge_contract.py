"""What every AnswerJudge keeps to. Subclass it, and give a fixture `judge`."""

from __future__ import annotations

from interview_platform.ports import AnswerJudge

QUESTION = "Tell me about a fault in production that you found."
POINTS = (
    "Says how the cause was found from the logs",
    "Says which alert or test was added afterwards",
)
FULL = (
    "Last year the payment service failed every night. I read the logs and found the cause in the report job. "
    "Afterwards I added an alert on the length of the run, and it has not happened since."
)
HALF = "Last year the payment service failed every night. I read the logs and found the cause in the report job."


class JudgeContract:
    """Tests of one judge."""

    def test_there_is_one_verdict_per_point_in_order(self, judge: AnswerJudge) -> None:
        assert [verdict.point for verdict in judge.judge(QUESTION, POINTS, FULL)] == list(POINTS)
        assert [verdict.point for verdict in judge.judge(QUESTION, POINTS[::-1], HALF)] == list(POINTS[::-1])

    def test_what_was_said_is_met_and_what_was_not_is_not_shown(self, judge: AnswerJudge) -> None:
        found, added = judge.judge(QUESTION, POINTS, HALF)
        assert found.verdict in {"met", "partly"}
        assert added.verdict == "not_shown"

    def test_a_full_answer_shows_every_point(self, judge: AnswerJudge) -> None:
        assert {verdict.verdict for verdict in judge.judge(QUESTION, POINTS, FULL)} <= {"met", "partly"}

    def test_every_shown_point_has_a_quote_from_the_answer_and_no_other_has(self, judge: AnswerJudge) -> None:
        for verdict in judge.judge(QUESTION, POINTS, HALF):
            assert bool(verdict.quotes) == (verdict.verdict != "not_shown")
            assert all(quote in HALF for quote in verdict.quotes)

    def test_an_empty_answer_shows_nothing(self, judge: AnswerJudge) -> None:
        assert {verdict.verdict for verdict in judge.judge(QUESTION, POINTS, "  ")} == {"not_shown"}

    def test_confidence_is_a_share(self, judge: AnswerJudge) -> None:
        assert all(0.0 <= verdict.confidence <= 1.0 for verdict in judge.judge(QUESTION, POINTS, FULL))

    def test_without_points_there_are_no_verdicts(self, judge: AnswerJudge) -> None:
        assert judge.judge(QUESTION, (), FULL) == []

    def test_it_has_a_label_for_people(self, judge: AnswerJudge) -> None:
        assert judge.name
        assert judge.label
