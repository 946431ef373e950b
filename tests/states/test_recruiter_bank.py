"""The question banks' page: narrow, open, take into a job's plan."""

from __future__ import annotations

import pytest

from interview_platform import routes
from interview_platform.models import session
from interview_platform.services import plans
from interview_platform.services.agent import bank
from interview_platform.states.recruiter_bank import BankState
from interview_platform.wiring import Platform
from tests import builders
from tests.states.recruiter_pages import Recruiter

KEY = "nursing-safety-1"


@pytest.fixture
def robin(held: Platform) -> Recruiter:
    """A recruiter with an open and a closed job, at the banks."""
    made = Recruiter(held)
    with session(held.engine) as db:
        made.job = builders.job(db, made.actor).id  # type: ignore[attr-defined]
        builders.job(db, made.actor, title="Closed job", status="closed")
    made.at(routes.QUESTIONS)
    return made


async def test_the_page_begins_with_every_question_a_page_at_a_time(robin: Recruiter) -> None:
    await robin.does(BankState.load)
    page = robin.state(BankState)
    assert page.total == sum(len(family.questions) for family in bank.families())
    assert (page.first, page.last, len(page.lines)) == (1, 40, 40)
    await robin.does(BankState.page, 1)
    assert page.first == 41
    await robin.does(BankState.page, -1)
    assert page.first == 1


async def test_search_and_filters_narrow_together_and_are_cleared_at_once(robin: Recruiter) -> None:
    await robin.does(BankState.load)
    page = robin.state(BankState)
    await robin.does(BankState.pick_family, "nursing")
    choices = [key for key, _ in page.competencies]
    assert choices == [entry.id for entry in bank.family("nursing").competencies]
    await robin.does(BankState.pick_competency, choices[0])
    await robin.does(BankState.pick_level, "senior")
    await robin.does(BankState.find, "patient")
    assert 0 < page.total < len(bank.family("nursing").questions)
    await robin.does(BankState.find, "zeppelin")
    assert (page.lines, page.found) == ([], "0 questions")
    await robin.does(BankState.clear)
    assert (page.search, page.family, page.competency, page.level, page.competencies) == ("", "", "", "", [])
    assert page.total > 300


async def test_another_family_forgets_the_competency(robin: Recruiter) -> None:
    await robin.does(BankState.load)
    await robin.does(BankState.pick_family, "nursing")
    await robin.does(BankState.pick_competency, robin.state(BankState).competencies[0][0])
    await robin.does(BankState.pick_family, "sales")
    assert robin.state(BankState).competency == ""
    assert robin.state(BankState).total == len(bank.family("sales").questions)


async def test_a_question_opens_to_everything_that_belongs_to_it_and_closes_again(robin: Recruiter) -> None:
    await robin.does(BankState.load)
    await robin.does(BankState.pick_family, "nursing")
    await robin.does(BankState.open, KEY)
    shown = robin.state(BankState).opened
    held = next(entry for entry in bank.family("nursing").questions if entry.id == KEY)
    assert shown.plain == held.plain_text
    assert [point.follow_up for point in shown.points] == [point.follow_up for point in held.points]
    assert len(shown.anchors) == 5
    assert all(part in shown.copied for part in (held.text, held.points[0].follow_up, shown.anchors[4]))
    await robin.does(BankState.open, KEY)
    assert robin.state(BankState).opened.key == ""


async def test_what_is_filtered_away_does_not_stay_open(robin: Recruiter) -> None:
    await robin.does(BankState.load)
    await robin.does(BankState.pick_family, "nursing")
    await robin.does(BankState.open, KEY)
    await robin.does(BankState.pick_family, "sales")
    assert robin.state(BankState).opened.key == ""


async def test_a_question_is_taken_into_the_plan_of_an_open_job(held: Platform, robin: Recruiter) -> None:
    await robin.does(BankState.load)
    page = robin.state(BankState)
    assert [title for _, title in page.jobs] == ["Backend Engineer"]
    await robin.does(BankState.pick_family, "nursing")
    await robin.does(BankState.open, KEY)
    await robin.does(BankState.add)
    assert "Backend Engineer" in page.added
    with session(held.engine) as db:
        plan = plans.current(db, robin.actor, robin.job)  # type: ignore[attr-defined]
    text = next(line.text for line in page.lines if line.key == KEY)
    assert text in [line.question.text for line in plan.lines if line.question]


async def test_what_is_in_the_plan_already_is_not_added_twice(robin: Recruiter) -> None:
    await robin.does(BankState.load)
    await robin.does(BankState.pick_family, "nursing")
    await robin.does(BankState.open, KEY)
    assert await robin.does(BankState.add) == []
    (toast,) = await robin.does(BankState.add)
    assert "in the plan of Backend Engineer already" in str(toast)


async def test_without_a_job_nothing_is_added(held: Platform) -> None:
    robin = Recruiter(held, email="new@example.com")
    await robin.does(BankState.load)
    await robin.does(BankState.open, robin.state(BankState).lines[0].key)
    (toast,) = await robin.does(BankState.add)
    assert "Choose a job first" in str(toast)
