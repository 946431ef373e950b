"""A recruiter's own question gets points and follow-ups of its kind; no two questions of a plan ask the same."""

from __future__ import annotations

import pytest

from interview_platform.services.agent import bank, guard, own_points, probes
from interview_platform.services.scoring import structure


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What do you do in the last ten minutes of a lesson?", own_points.HABIT),
        ("How do you keep track of samples?", own_points.HABIT),
        ("What makes you send a ship back to the anchorage?", own_points.HABIT),
        ("Walk us through your morning routine.", own_points.HABIT),
        ("Which object would you show first, and why?", own_points.VIEW),
        ("Why is hand washing important?", own_points.VIEW),
        ("What tools do you like?", own_points.VIEW),
        ("What would you change?", own_points.PLAN),
        ("How would you calm a guest who shouts?", own_points.PLAN),
        ("Why us?", own_points.MOTIVE),
        ("Why do you want to work with animals?", own_points.MOTIVE),
        ("Do you have a driving licence?", own_points.FACT),
        ("How many people have you led?", own_points.FACT),
        ("What is the difference between a list and a tuple?", own_points.MATTER),
        ("When did you last say no to climbing a tower?", own_points.STORY),
        ("Tell me about a mistake.", own_points.STORY),
        ("What was the best lesson you taught?", own_points.STORY),
    ],
)
def test_the_kind_of_a_question_is_read_from_its_form(question: str, kind: str) -> None:
    assert own_points.kind(question) == kind


@pytest.mark.parametrize("question", ["How do you plan a week?", "Why here?", "Which tool would you choose, and why?"])
def test_only_a_story_is_asked_for_what_came_of_it(question: str) -> None:
    points = [entry["point"] for entry in own_points.of(question, 0)]
    assert structure.RESULT not in points
    assert structure.RESULT in [entry["point"] for entry in own_points.of("Tell me about a mistake.", 0)]


def test_no_authored_follow_up_is_taken_for_another() -> None:
    kinds = ("Tell me about it.", "How do you do it?", "Which do you like?", "What would you do?", "Why us?")
    kinds += ("Explain how it works.", "Do you have one?")
    own = [entry["follow_up"] for text in kinds for number in range(4) for entry in own_points.of(text, number)]
    made = [entry["follow_up"] for number in range(8) for entry in probes.account(number)]
    banks = [point.follow_up for entry in bank.family(bank.GENERAL).questions for point in entry.points]
    banks += [point.follow_up for point in bank.values().points]
    mine = [*own, *made]
    everything = [*mine, *banks]
    assert len(set(mine)) == len(mine)
    for place, one in enumerate(mine):
        assert not guard.reason(one, [])
        assert not any(guard.same(one, two) for two in everything[place + 1 :])
