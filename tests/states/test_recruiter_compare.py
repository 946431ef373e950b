"""Sharing, comparing, calibrating: what the pages show, and that they show nothing of others."""

from __future__ import annotations

import json

import pytest
from sqlmodel import select

from interview_platform import routes
from interview_platform.models import Application, Job, Organisation, Report, session
from interview_platform.services import candidate_feedback, reports
from interview_platform.states.recruiter_calibration import CalibrationState
from interview_platform.states.recruiter_compare import CompareState
from interview_platform.states.recruiter_report_rules import ReportRulesState
from interview_platform.states.recruiter_reports import ReportsState
from interview_platform.states.recruiter_share import ShareState
from interview_platform.states.shared import SharedState
from interview_platform.wiring import Platform
from tests import builders
from tests.services.scoring.material import ANSWER, SetJudge
from tests.states.recruiter_pages import Recruiter


@pytest.fixture
def robin(held: Platform) -> Recruiter:
    """A recruiter with two reported people of one job."""
    made = Recruiter(held)
    made.ids = []  # type: ignore[attr-defined]
    with session(held.engine) as db:
        job = builders.job(db, made.actor)
        asked = builders.question(db, job, competency_id=builders.competency(db, job).id)
        for name in ("Ada", "Grace"):
            who = builders.candidate(db, made.actor, name=name, email=f"{name}@example.com")
            application = builders.application(db, made.actor, job, who, stage="interviewed")
            row = builders.interview(db, made.actor, application, plan=[asked.id], status="reported")
            builders.turn(db, row, 0, "agent", asked.text, question_id=asked.id)
            builders.turn(db, row, 1, "candidate", f"{ANSWER} I am {name}.", question_id=asked.id)
            made.ids.append(row.id)  # type: ignore[attr-defined]
    for key in made.ids:  # type: ignore[attr-defined]
        reports.build(held.engine, key, SetJudge(), key=held.secret)
    return made


async def test_two_chosen_people_stand_side_by_side(robin: Recruiter) -> None:
    await robin.does(ReportsState.load)
    for key in robin.ids:  # type: ignore[attr-defined]
        await robin.does(ReportsState.choose, key)
    assert [line.chosen for line in robin.state(ReportsState).lines] == [True, True]
    assert await robin.does(ReportsState.compare)
    robin.at(f"{routes.COMPARE}?ids={','.join(robin.ids)}")  # type: ignore[attr-defined]
    await robin.does(CompareState.load)
    page = robin.state(CompareState)
    assert (page.problem, [one.name for one in page.people]) == ("", ["Ada", "Grace"])
    assert page.answers[0].answers[1].endswith("I am Grace.")


async def test_one_person_alone_is_not_compared(robin: Recruiter) -> None:
    robin.at(f"{routes.COMPARE}?ids={robin.ids[0]}")  # type: ignore[attr-defined]
    await robin.does(CompareState.load)
    assert "Choose 2 to 5" in robin.state(CompareState).problem


async def test_a_decision_for_several_asks_for_a_reason_and_sends_nothing(held: Platform, robin: Recruiter) -> None:
    await robin.does(ReportsState.load)
    for key in robin.ids:  # type: ignore[attr-defined]
        await robin.does(ReportsState.choose, key)
    await robin.does(ReportsState.ask_decision, True)
    await robin.does(ReportsState.pick_decision, "follow_up")
    await robin.does(ReportsState.decide)
    assert "reason" in robin.state(ReportsState).wrong
    await robin.does(ReportsState.write_reason, "Both need a second talk.")
    await robin.does(ReportsState.decide)
    with session(held.engine) as db:
        assert {row.stage for row in db.exec(select(Application))} == {"follow_up"}


async def test_a_link_opens_without_signing_in_until_it_is_withdrawn(held: Platform, robin: Recruiter) -> None:
    robin.at(routes.report(robin.ids[0]))  # type: ignore[attr-defined]
    await robin.does(ShareState.show)
    await robin.does(ShareState.make)
    (link,) = robin.state(ShareState).links
    path = link.href.removeprefix(held.settings.address)
    robin.at(path, cookie="")
    await robin.does(SharedState.load)
    page = robin.state(SharedState)
    assert (page.ready, page.name, page.scores[0].words) == (True, "Ada", "5 of 5")
    robin.at(routes.report(robin.ids[0]))  # type: ignore[attr-defined]
    await robin.does(ShareState.withdraw, link.key)
    robin.at(path, cookie="")
    await robin.does(SharedState.load)
    assert "does not open" in page.problem
    assert (page.ready, list(page.scores), page.name) == (False, [], "")


async def test_downloads_are_made_of_the_report_on_the_page(robin: Recruiter) -> None:
    robin.at(routes.report(robin.ids[0]))  # type: ignore[attr-defined]
    assert "report-ada.pdf" in str(await robin.does(ShareState.download_pdf))
    assert "report-ada.json" in str(await robin.does(ShareState.download_json))


async def test_feedback_waits_for_a_person_and_shows_as_she_wrote_it(held: Platform, robin: Recruiter) -> None:
    key = robin.ids[0]  # type: ignore[attr-defined]
    with session(held.engine) as db:
        candidate_feedback.prepare(db, key)
    robin.at(routes.report(key))
    await robin.does(ShareState.load)
    assert robin.state(ShareState).feedback_status == "draft"
    await robin.does(ShareState.write_feedback, "Thank you, Ada. Your account was clear.")
    await robin.does(ShareState.approve_feedback)
    with session(held.engine) as db:
        assert candidate_feedback.for_candidate(db, key) == "Thank you, Ada. Your account was clear."


async def test_the_rules_of_reports_are_set_by_the_organisation(held: Platform, robin: Recruiter) -> None:
    await robin.does(ReportRulesState.load)
    await robin.does(ReportRulesState.pick_coverage, "0.9")
    await robin.does(ReportRulesState.pick_feedback, "off")
    await robin.does(ReportRulesState.flip_levels)
    with session(held.engine) as db:
        row = db.get_one(Organisation, robin.actor.organisation_id)
    assert (row.enough_coverage, row.candidate_feedback, row.candidate_levels) == (0.9, "off", True)


async def test_below_the_organisations_coverage_there_is_no_recommendation(held: Platform, robin: Recruiter) -> None:
    await robin.does(ReportRulesState.pick_coverage, "0.9")
    with session(held.engine) as db:
        job = db.exec(select(Job)).one()
        builders.competency(db, job, name="Never asked", weight=1.0)
    report = reports.build(held.engine, robin.ids[0], SetJudge(), key=held.secret)  # type: ignore[attr-defined]
    assert 0.5 < report.coverage < 0.9
    assert (report.recommendation, report.overall) == ("", 5.0)
    await robin.does(ReportRulesState.pick_coverage, "0.5")
    again = reports.build(held.engine, robin.ids[0], SetJudge(), key=held.secret)  # type: ignore[attr-defined]
    assert again.recommendation != ""


async def test_calibration_switches_rating_first_for_one_job(held: Platform, robin: Recruiter) -> None:
    await robin.does(CalibrationState.load)
    page = robin.state(CalibrationState)
    assert [line.changed for line in page.lines] == ["0 of 2", "0 of 2"]
    await robin.does(CalibrationState.flip_blind)
    assert not page.blind
    await robin.does(CalibrationState.pick, page.jobs[1][0])
    await robin.does(CalibrationState.flip_blind)
    assert page.blind
    with session(held.engine) as db:
        assert [job.blind_first for job in db.exec(select(Job))] == [True]
    exported = str(await robin.does(CalibrationState.download))
    assert "feedback-cases.jsonl" in exported


def test_every_report_in_the_database_is_sealed_with_the_installations_secret(held: Platform, robin: Recruiter) -> None:
    with session(held.engine) as db:
        seals = [row.seal for row in db.exec(select(Report))]
    assert all(seal["key"] and seal["mark"] for seal in seals)
    assert json.dumps(seals)
