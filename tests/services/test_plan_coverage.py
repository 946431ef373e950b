"""What a plan covers: time against weight, gaps, and the warnings that say so."""

from __future__ import annotations

from interview_platform.models import Competency, Question
from interview_platform.services import plan_coverage


def competency(name: str, weight: float = 1.0, group: str = "technical") -> Competency:
    return Competency(id=name, job_id="j", name=name, weight=weight, group=group)


def question(text: str, of: str = "", minutes: float = 2.0) -> Question:
    return Question(job_id="j", text=text, minutes=minutes, competency_id=of or None)


ASKED = [
    None,
    question("What broke last in production?", "Debugging", 3),
    question("Whom did you train?", "Handover", 3),
    question("Why this clinic?"),
]


def test_minutes_count_the_resume_the_edges_and_one_follow_up_each() -> None:
    found = plan_coverage.measure(ASKED, [competency("Debugging"), competency("Handover")])
    assert found.minutes == 2 + 3 + 3 + 2 + plan_coverage.AROUND_MINUTES
    assert found.with_follow_ups == found.minutes + 4 * plan_coverage.FOLLOW_UP_MINUTES
    assert [(one.name, one.weight, one.time, one.questions) for one in found.shares] == [
        ("Debugging", 0.5, 0.5, 1),
        ("Handover", 0.5, 0.5, 1),
    ]
    assert found.warnings == ()


def test_a_competency_without_a_question_is_a_gap_unless_it_is_judged_from_all_answers() -> None:
    held = [competency("Debugging", 3), competency("Triage"), competency("Explaining", 1, "communication")]
    found = plan_coverage.measure(ASKED, held)
    assert "Triage has 20% of the weight and no question." in found.warnings
    assert not any("Explaining" in text for text in found.warnings)


def test_time_that_does_not_follow_weight_is_said() -> None:
    held = [competency("Debugging", 9), competency("Handover", 1)]
    assert "Debugging gets 50% of the time and has 90% of the weight." in plan_coverage.measure(ASKED, held).warnings


def test_a_long_plan_a_short_one_and_the_same_question_twice_are_said() -> None:
    slow = [question(f"Which tool did you choose for case {n}?", minutes=6) for n in range(5)]
    long = plan_coverage.measure(slow, [])
    assert "minutes with follow-ups" in long.warnings[0]
    assert "Fewer than" in plan_coverage.measure(ASKED[:2], []).warnings[0]
    twice = plan_coverage.measure([*ASKED, question("What broke last in production?")], [])
    assert twice.warnings == ("Questions 2 and 5 ask nearly the same.",)


def test_an_empty_plan_divides_by_nothing() -> None:
    found = plan_coverage.measure([], [competency("Debugging")])
    assert (found.shares[0].time, found.minutes) == (0.0, plan_coverage.AROUND_MINUTES)
