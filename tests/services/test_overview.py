"""What stands where, across jobs and never across organisations."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import AuditEvent, Invite, now, session
from interview_platform.services import organisations, overview, report_list
from interview_platform.services.list_query import ListQuery
from tests import builders


def test_each_interview_is_listed_with_the_state_of_its_link(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor)
        interview = builders.interview(db, actor, builders.application(db, actor, job))
        invite = db.get_one(Invite, interview.invite_id)
        states = [overview.interviews(db, actor)[0].link]
        invite.opened_at = now()
        states.append(overview.interviews(db, actor)[0].link)
        invite.expires_at = now() - timedelta(minutes=1)
        states.append(overview.interviews(db, actor)[0].link)
        invite.revoked_at = now()
        states.append(overview.interviews(db, actor, ListQuery(job_id=job.id))[0].link)
    assert states == ["open", "opened", "expired", "revoked"]


def test_interviews_of_another_organisation_are_not_listed(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        _, stranger = builders.recruiter(db, email="s@example.com")
        job = builders.job(db, actor)
        builders.interview(db, actor, builders.application(db, actor, job))
        assert overview.interviews(db, stranger) == []
        with pytest.raises(NotFound):
            overview.interviews(db, stranger, ListQuery(job_id=job.id))
        with pytest.raises(NotFound):
            overview.unread(db, stranger, job.id)


def test_the_funnel_counts_those_who_came_at_least_this_far(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor)
        for number, stage in enumerate(("new", "invited", "interviewed", "rejected")):
            who = builders.candidate(db, actor, email=f"{number}@example.com")
            application = builders.application(db, actor, job, who, stage=stage)
            if stage in ("interviewed", "rejected"):
                builders.interview(db, actor, application, status="reported")
        [row] = overview.funnel(db, actor)
    assert (row.candidates, row.invited, row.interviewed, row.decided) == (4, 3, 2, 1)


def test_days_without_an_ended_interview_are_counted_as_none(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        application = builders.application(db, actor, builders.job(db, actor))
        builders.interview(db, actor, application, status="ended", ended_at=now())
        days = overview.ended_per_day(db, actor, days=3)
    assert [number for _, number in days] == [0, 0, 1]


def test_values_are_kept_one_a_line_and_the_change_is_audited(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        row = organisations.describe(db, actor, " Northwind  Clinics ", "We run clinics.", "Say it.\n\n  Fix it. \n")
        assert (row.name, row.values) == ("Northwind Clinics", "Say it.\nFix it.")
        organisations.switch(db, actor, "face_analysis", False)
        db.flush()
        actions = [event.action for event in db.exec(select(AuditEvent))]
    assert sorted(actions) == ["organisation.changed", "organisation.switched"]
    assert row.face_analysis is False


def test_a_switch_nobody_knows_is_refused(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        with pytest.raises(BadInput):
            organisations.switch(db, actor, "retention_days", True)


def test_a_search_meets_name_e_mail_and_job_whatever_the_case(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor, title="Night nurse")
        who = builders.candidate(db, actor, name="Übrig Äpfel", email="u.a@example.com")
        builders.interview(db, actor, builders.application(db, actor, job, who))
        found = [
            overview.count(db, actor, ListQuery(search=words))
            for words in ("übrig", "NIGHT äpfel", "U.A@example", "night%", "surgeon")
        ]
    assert found == [1, 1, 1, 0, 0]


def test_a_job_without_candidates_stands_in_the_funnel_with_nothing(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        builders.job(db, actor)
        builders.job(db, actor, title="Closed", status="closed")
        [row] = overview.funnel(db, actor)
    assert (row.candidates, row.invited, row.interviewed, row.decided) == (0, 0, 0, 0)


def test_reports_that_wait_for_a_person_are_found_without_those_that_are_decided(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor)
        for number, (stage, status) in enumerate(
            (("interviewed", "reported"), ("rejected", "reported"), ("interviewed", "live"), ("invited", "planned"))
        ):
            who = builders.candidate(db, actor, email=f"{number}@example.com")
            builders.interview(db, actor, builders.application(db, actor, job, who, stage=stage), status=status)
        assert report_list.count(db, actor) == 2
        assert [row.stage for row in report_list.listing(db, actor, ListQuery(undecided=True))] == ["interviewed"]
