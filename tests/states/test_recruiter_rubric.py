"""The rubric's page as a recruiter uses it: a draft that can be undone, what is flagged, and scoring anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select

from interview_platform import routes
from interview_platform.models import Report, session
from interview_platform.services import access, plans, reports, rescoring, rubrics
from interview_platform.states.recruiter_report import ReportState
from interview_platform.states.recruiter_rescore import RescoreState
from interview_platform.states.recruiter_rubric import RubricState
from interview_platform.states.rubric_lines import RubricItem
from interview_platform.wiring import Platform
from tests import builders
from tests.services.scoring.material import SetJudge
from tests.states.recruiter_pages import Recruiter


@pytest.fixture
def robin(held: Platform) -> Recruiter:
    """A recruiter at the rubric of her job."""
    made = Recruiter(held)
    with session(held.engine) as db:
        made.job_id = builders.job(db, made.actor).id  # type: ignore[attr-defined]
    made.at(routes.rubric(made.job_id))  # type: ignore[attr-defined]
    return made


def lines(robin: Recruiter) -> list[RubricItem]:
    return list(robin.state(RubricState).lines)


def saved(held: Platform, robin: Recruiter) -> rubrics.Rubric:
    with session(held.engine) as db:
        return rubrics.current(db, robin.actor, robin.job_id)  # type: ignore[attr-defined]


async def test_what_is_typed_is_a_draft_until_it_is_saved(held: Platform, robin: Recruiter) -> None:
    await robin.does(RubricState.load)
    await robin.does(RubricState.write_point, 0, 0, 0, "point", "Names the fault in a sentence")
    before = saved(held, robin).lines[0].asked[0].points[0][0]
    await robin.does(RubricState.save)

    assert before != "Names the fault in a sentence"
    assert saved(held, robin).lines[0].asked[0].points[0][0] == "Names the fault in a sentence"
    assert "version 2" in robin.state(RubricState).saved
    assert not robin.state(RubricState).unsaved


async def test_a_draft_is_there_again_after_a_reload(held: Platform, robin: Recruiter) -> None:
    await robin.does(RubricState.load)
    await robin.does(RubricState.write, 0, "weight", "2,5")

    robin.state(RubricState).reset()
    await robin.does(RubricState.load)

    assert lines(robin)[0].weight == "2,5"
    assert robin.state(RubricState).unsaved


async def test_points_move_come_and_go_and_every_step_can_be_undone(held: Platform, robin: Recruiter) -> None:
    await robin.does(RubricState.load)
    first = [one.point for one in lines(robin)[0].asked[0].points]
    await robin.does(RubricState.move_point, 0, 0, 0, 1)
    moved = [one.point for one in lines(robin)[0].asked[0].points]
    await robin.does(RubricState.remove_point, 0, 0, 0)
    await robin.does(RubricState.add_point, 0, 0)
    assert lines(robin)[0].asked[0].points[-1].point == ""
    for _ in range(3):
        await robin.does(RubricState.undo)

    assert moved[:2] == [first[1], first[0]]
    assert [one.point for one in lines(robin)[0].asked[0].points] == first
    assert robin.state(RubricState).steps == 0


async def test_typing_in_one_field_is_one_step_back(held: Platform, robin: Recruiter) -> None:
    await robin.does(RubricState.load)
    before = lines(robin)[0].name
    for text in ("D", "De", "Debugging deeply"):
        await robin.does(RubricState.write, 0, "name", text)

    await robin.does(RubricState.undo)

    assert lines(robin)[0].name == before


async def test_weights_are_added_up_and_shown_as_shares(held: Platform, robin: Recruiter) -> None:
    await robin.does(RubricState.load)
    for index in range(len(lines(robin))):
        await robin.does(RubricState.write, index, "weight", "1")

    count = len(lines(robin))
    assert f"add up to {count}" in robin.state(RubricState).sum
    assert lines(robin)[0].share == round(100 / count)


async def test_a_weight_that_is_no_number_is_said_at_once_and_not_saved(held: Platform, robin: Recruiter) -> None:
    await robin.does(RubricState.load)
    await robin.does(RubricState.write, 0, "weight", "heavy")

    assert robin.state(RubricState).problems[0].tone == "danger"
    await robin.does(RubricState.save)
    assert "must be above 0" in robin.state(RubricState).wrong
    assert saved(held, robin).number == 1


async def test_protected_ground_asks_before_it_is_saved(held: Platform, robin: Recruiter) -> None:
    await robin.does(RubricState.load)
    await robin.does(RubricState.write_point, 0, 0, 0, "follow_up", "Are you pregnant?")
    await robin.does(RubricState.save)
    asked, number = robin.state(RubricState).asking, saved(held, robin).number
    await robin.does(RubricState.save_anyway)

    assert (asked, number, saved(held, robin).number) == (True, 1, 2)


async def test_a_value_of_the_company_page_is_added_with_its_own_levels(held: Platform, robin: Recruiter) -> None:
    await robin.does(RubricState.load)
    value = next(index for index, line in enumerate(lines(robin)) if line.value)
    await robin.does(RubricState.remove, value)
    words = robin.state(RubricState).values[0]
    await robin.does(RubricState.add_value, words)
    await robin.does(RubricState.write_anchor, len(lines(robin)) - 1, 5, "Said it first, and in front of everybody.")
    await robin.does(RubricState.save)

    kept = next(line for line in saved(held, robin).lines if line.value)
    assert kept.anchors["5"] == "Said it first, and in front of everybody."


async def test_somebody_elses_version_is_not_overwritten_unasked(held: Platform, robin: Recruiter) -> None:
    await robin.does(RubricState.load)
    await robin.does(RubricState.write, 0, "weight", "1.2")
    first, *rest = saved(held, robin).lines
    with session(held.engine) as db:
        rubrics.save(db, robin.actor, robin.job_id, [replace(first, weight=1.7), *rest])  # type: ignore[attr-defined]
    await robin.does(RubricState.save)
    assert robin.state(RubricState).overtaken

    await robin.does(RubricState.save_anyway)

    assert saved(held, robin).lines[0].weight == 1.2


async def test_interviews_are_scored_anew_looked_at_and_taken(held: Platform, robin: Recruiter) -> None:
    held.__dict__["judge"] = SetJudge()
    await robin.does(RubricState.load)
    with session(held.engine) as db:
        plan = plans.current(db, robin.actor, robin.job_id)  # type: ignore[attr-defined]
        asked = [line.question for line in plan.lines if line.question]
        application = builders.application(db, robin.actor, access.job(db, robin.actor, robin.job_id))
        row = builders.interview(db, robin.actor, application, plan=[q.id for q in asked], status="reported")
        for n, question in enumerate(asked):
            builders.turn(db, row, 2 * n, "agent", question.text, question_id=question.id)
            builders.turn(db, row, 2 * n + 1, "candidate", f"I did it myself, number {n}.", question_id=question.id)
        interview = row.id
    reports.build(held.engine, interview, SetJudge(), key=held.secret)
    await robin.does(RubricState.write, 0, "weight", "1.1")
    await robin.does(RubricState.save)
    await robin.does(RescoreState.load)
    assert robin.state(RescoreState).interviews == 1

    await robin.does(RescoreState.start)
    held.rescoring.wait(30)
    await robin.does_in_background(RescoreState.watch)
    ready = robin.state(RescoreState)
    assert (ready.status, ready.percent, ready.turning) == (rescoring.READY, 100, 0)
    await robin.does(RescoreState.take)
    held.rescoring.wait(30)
    await robin.does(RescoreState.load)

    assert robin.state(RescoreState).status == rescoring.OVER
    robin.at(routes.report(interview))
    await robin.does(ReportState.load)
    assert not any(banner.title.startswith("The job’s rubric") for banner in robin.state(ReportState).banners)
    with session(held.engine) as db:
        assert len(db.exec(select(Report).where(Report.interview_id == interview)).all()) == 2


async def test_another_organisations_rubric_says_that_it_is_not_there(held: Platform, robin: Recruiter) -> None:
    other = Recruiter(held, "other@example.com")
    other.at(routes.rubric(robin.job_id))  # type: ignore[attr-defined]

    await other.does(RubricState.load)

    assert "not" in other.state(RubricState).problem
    assert not other.state(RubricState).ready


async def test_a_new_competency_gets_its_question_with_points_when_it_is_saved(
    held: Platform, robin: Recruiter
) -> None:
    await robin.does(RubricState.load)
    for _ in range(len(lines(robin)) - 1):
        await robin.does(RubricState.remove, 0)
    await robin.does(RubricState.add)
    await robin.does(RubricState.write, len(lines(robin)) - 1, "name", "Clean handovers")
    await robin.does(RubricState.save)

    assert robin.state(RubricState).wrong == ""
    line = next(one for one in saved(held, robin).lines if one.name == "Clean handovers")
    assert line.asked[0].points
