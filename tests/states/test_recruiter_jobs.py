"""Jobs as a recruiter sees them: the list, the form with its draft, the job's page."""

from __future__ import annotations

import pytest

from interview_platform import routes
from interview_platform.models import session
from interview_platform.services import jobs
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_job import JobState
from interview_platform.states.recruiter_job_form import JobFormState
from interview_platform.states.recruiter_jobs import JobsState
from interview_platform.wiring import Platform
from tests import builders
from tests.states.recruiter_pages import Recruiter


@pytest.fixture
def robin(held: Platform) -> Recruiter:
    """A recruiter of an organisation without jobs."""
    return Recruiter(held)


async def test_a_job_typed_in_is_created_with_its_skills_and_questions(held: Platform, robin: Recruiter) -> None:
    await robin.does(JobFormState.load)
    await robin.does(JobFormState.write, "title", "Staff nurse, night shift")
    await robin.does(JobFormState.add_skill, "required", "Triage, Wound care; triage")
    await robin.does(JobFormState.add_question)
    await robin.does(JobFormState.write_question, 0, "What would you change about handovers?")
    await robin.does(JobFormState.save)
    with session(held.engine) as db:
        [row] = jobs.listing(db, robin.actor)
        asked = jobs.custom_questions(db, robin.actor, row.job.id)
        looked_for = jobs.competencies(db, robin.actor, row.job.id)
    assert row.job.required_skills == ["Triage", "Wound care"]
    assert row.job.role_family == "nursing"
    assert [question.text for question in asked] == ["What would you change about handovers?"]
    assert looked_for != []
    assert all(competency.anchors for competency in looked_for)


async def test_a_job_without_a_title_is_not_saved_and_loses_nothing(held: Platform, robin: Recruiter) -> None:
    await robin.does(JobFormState.load)
    await robin.does(JobFormState.add_skill, "preferred", "Kafka")
    await robin.does(JobFormState.save)
    form = robin.state(JobFormState)
    assert form.wrong_title == "Give the job a title."
    assert list(form.preferred) == ["Kafka"]
    with session(held.engine) as db:
        assert jobs.listing(db, robin.actor) == []


async def test_unsaved_input_is_there_again_in_another_tab(held: Platform, robin: Recruiter) -> None:
    await robin.does(JobFormState.load)
    await robin.does(JobFormState.write, "title", "Backend Engineer")
    await robin.does(JobFormState.write_competency, 0, "description", "Finds the cause.")
    first = robin.state(JobFormState)
    robin.root.reset()
    robin.at()
    await robin.does(JobFormState.load)
    form = robin.state(JobFormState)
    assert first is form
    assert form.title == "Backend Engineer"
    assert form.competencies[0].description == "Finds the cause."
    assert form.touched


async def test_another_role_family_brings_its_competencies_only_while_they_are_untouched(robin: Recruiter) -> None:
    await robin.does(JobFormState.load)
    await robin.does(JobFormState.write, "family", "nursing")
    form = robin.state(JobFormState)
    suggested = [item.name for item in form.competencies]
    await robin.does(JobFormState.write_competency, 0, "name", "Calm under load")
    await robin.does(JobFormState.write, "family", "backend")
    assert [item.name for item in form.competencies] == ["Calm under load", *suggested[1:]]


async def test_a_weight_that_is_no_number_is_named(robin: Recruiter) -> None:
    await robin.does(JobFormState.load)
    await robin.does(JobFormState.write, "title", "Backend Engineer")
    await robin.does(JobFormState.write_competency, 0, "weight", "much")
    await robin.does(JobFormState.save)
    assert "must be a number" in robin.state(JobFormState).wrong


async def test_the_list_narrows_by_words_in_any_order(held: Platform, robin: Recruiter) -> None:
    with session(held.engine) as db:
        builders.job(db, robin.actor, title="Backend Engineer", location="Leeds")
        builders.job(db, robin.actor, title="Ward nurse", location="York")
    await robin.does(JobsState.load)
    await robin.does(JobsState.find, "york nurse")
    assert [line.title for line in robin.state(JobsState).lines] == ["Ward nurse"]


async def test_a_job_of_another_organisation_looks_like_one_that_does_not_exist(
    held: Platform, robin: Recruiter
) -> None:
    other = Recruiter(held, "other@example.com")
    with session(held.engine) as db:
        theirs = builders.job(db, other.actor)
    robin.at(routes.job(theirs.id))
    await robin.does(JobState.load)
    page = robin.state(JobState)
    assert not page.ready
    assert page.title == ""
    assert "does not exist, or is not yours" in page.problem


async def test_going_to_another_job_leaves_nothing_of_the_first(held: Platform, robin: Recruiter) -> None:
    with session(held.engine) as db:
        first = builders.job(db, robin.actor, title="First")
        builders.competency(db, first)
        second = builders.job(db, robin.actor, title="Second")
    robin.at(routes.job(first.id))
    await robin.does(JobState.load)
    await robin.does(JobState.pick_tab, "plan")
    robin.at(routes.job(second.id))
    await robin.does(JobState.load)
    page = robin.state(JobState)
    assert (page.title, page.tab, list(page.competencies)) == ("Second", "pool", [])


async def test_without_a_session_the_page_is_emptied_and_sign_in_opens(held: Platform, robin: Recruiter) -> None:
    with session(held.engine) as db:
        builders.job(db, robin.actor)
    await robin.does(JobsState.load)
    assert robin.state(JobsState).lines
    robin.at(cookie="")
    [event] = await robin.does(JobsState.load)
    assert not robin.state(JobsState).lines
    assert "/sign-in" in str(event)


async def test_another_person_in_the_same_tab_finds_nothing_of_the_first(held: Platform, robin: Recruiter) -> None:
    with session(held.engine) as db:
        builders.job(db, robin.actor)
    await robin.does(RecruiterState.enter)
    await robin.does(JobsState.load)
    robin.session_id = Recruiter(held, "other@example.com").session_id
    robin.at(routes.JOBS)
    await robin.does(RecruiterState.enter)
    assert robin.state(JobsState).user_email == "other@example.com"
    assert list(robin.state(JobsState).lines) == []
