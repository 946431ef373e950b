"""The recruiter's side of candidates' rights: countdown, copy, hold, deletion, requests on the report, retention."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from interview_platform import routes
from interview_platform.models import Candidate, Correction, HumanReview, LegalHold, Organisation, User, now
from interview_platform.services import contesting, human_review
from interview_platform.services.access import Actor
from interview_platform.states.recruiter_home import HomeState
from interview_platform.states.recruiter_requests import RequestsState
from interview_platform.states.recruiter_retention import RetentionState
from interview_platform.states.recruiter_rights import RightsState
from interview_platform.wiring import Platform
from tests import builders, planted
from tests.states.recruiter_pages import Recruiter


@pytest.fixture
def desk(held: Platform) -> Recruiter:
    made = Recruiter(held)
    with held.db() as db:
        db.get_one(User, made.actor.user_id).role = "owner"
        job = builders.job(db, made.actor)
        who = builders.candidate(db, made.actor, name=planted.MARK, email=f"{planted.MARK}@example.com")
        application = builders.application(db, made.actor, job, who)
        interview = builders.interview(db, made.actor, application, status="reported", ended_at=now())
        turn = builders.turn(db, interview, 1, "candidate", "We appeared it.")
        guest = Actor(made.actor.organisation_id, "candidate", invite_id=interview.invite_id)
        human_review.request(db, guest, interview, "My second answer.")
        contesting.propose(db, guest, interview, turn.id, "We repaired it.")
        made.person, made.report = routes.candidate(job.id, application.id), routes.report(interview.id)  # type: ignore[attr-defined]
    return made


def all_of(held: Platform, table: type) -> list[Any]:
    with held.db() as db:
        return list(db.exec(select(table)))


async def test_the_page_counts_down(desk: Any) -> None:
    desk.at(desk.person)
    await desk.does(RightsState.load)
    seen = desk.state(RightsState)
    assert seen.ready
    assert seen.left.endswith("days")
    assert "180 days" in seen.rule
    assert (seen.may_hold, seen.may_delete, seen.soon) == (True, True, False)


async def test_a_hold_is_set_and_lifted(desk: Any, held: Platform) -> None:
    desk.at(desk.person)
    await desk.does(RightsState.hold)
    assert desk.state(RightsState).wrong
    await desk.does(RightsState.write_reason, "A claim.")
    await desk.does(RightsState.hold)
    assert desk.state(RightsState).hold_reason == "A claim."
    await desk.does(RightsState.lift)
    assert desk.state(RightsState).hold_reason == ""
    assert [row.lifted_at is not None for row in all_of(held, LegalHold)] == [True]


async def test_a_copy_can_be_downloaded(desk: Any) -> None:
    desk.at(desk.person)
    await desk.does(RightsState.make_copy)
    assert desk.state(RightsState).copy_state == "ready"
    [event] = await desk.does(RightsState.take_copy)
    assert "/api/files/" in str(event)


async def test_deleted_from_the_page_not_a_byte_is_left(desk: Any, held: Platform) -> None:
    desk.at(desk.person)
    await desk.does(RightsState.delete)
    assert all_of(held, Candidate) == []
    assert planted.in_tables(held.engine) == []
    assert planted.in_files(held.settings.data_dir) == []


async def test_a_role_that_may_not_write_sees_no_way_and_finds_none(desk: Any, held: Platform) -> None:
    with held.db() as db:
        db.get_one(User, desk.actor.user_id).role = "reviewer"
    desk.at(desk.person)
    await desk.does(RightsState.load)
    assert (desk.state(RightsState).may_hold, desk.state(RightsState).may_delete) == (False, False)
    for handler in (RightsState.delete, RightsState.make_copy, RightsState.lift):
        await desk.does(handler)
    assert len(all_of(held, Candidate)) == 1


async def test_the_report_shows_what_was_asked_and_takes_the_answer(desk: Any, held: Platform) -> None:
    desk.at(desk.report)
    await desk.does(RequestsState.load)
    seen = desk.state(RequestsState)
    assert seen.review_text == "My second answer."
    assert [line.says for line in seen.contested] == ["We repaired it."]
    await desk.does(RequestsState.send)
    assert seen.wrong
    await desk.does(RequestsState.pick, "kept")
    await desk.does(RequestsState.write, "I watched it.")
    await desk.does(RequestsState.send)
    assert all_of(held, HumanReview)[0].status == "answered"
    assert (seen.review, seen.answered_text) == ("", "I watched it.")


async def test_contested_words_can_be_kept_as_heard(desk: Any, held: Platform) -> None:
    desk.at(desk.report)
    await desk.does(RequestsState.load)
    request = desk.state(RequestsState).contested[0].request
    await desk.does(RequestsState.start_decline, request)
    await desk.does(RequestsState.write_decline, "We hear it twice.")
    await desk.does(RequestsState.decline)
    assert desk.state(RequestsState).contested == []
    assert all_of(held, Correction) == []


async def test_the_home_page_names_both(desk: Any) -> None:
    desk.at(routes.HOME)
    await desk.does(HomeState.load)
    assert [need.kind for need in desk.state(HomeState).needs][:2] == ["review", "contest"]


async def test_retention_is_set_by_owners_with_a_number(desk: Any, held: Platform) -> None:
    desk.at(routes.SETTINGS)
    await desk.does(RetentionState.load)
    seen = desk.state(RetentionState)
    assert (seen.days, seen.may_change) == ("180", True)
    for wrong in ("soon", "2", "99999"):
        await desk.does(RetentionState.write, wrong)
        await desk.does(RetentionState.save)
        assert seen.wrong
    await desk.does(RetentionState.write, "90")
    await desk.does(RetentionState.save)
    assert all_of(held, Organisation)[0].retention_days == 90
    await desk.does(RetentionState.set_job, seen.jobs[0].job, "30")
    assert seen.jobs[0].days == "30"
    await desk.does(RetentionState.set_job, seen.jobs[0].job, "")
    assert seen.jobs[0].days == ""
