"""Launching: one open link per application, whatever is clicked, and the interview goes on behind a new one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import select

from interview_platform.errors import BadInput, InviteRevoked, NotAllowed, NotFound
from interview_platform.models import Application, AuditEvent, Interview, Invite, Job, Message, now, session
from interview_platform.services import invites, launch, notifications
from tests import builders
from tests.builders import SECRET

ADDRESS = "https://interviews.example.com"


def plan(db, interview):
    """Two questions."""
    job = db.get_one(Job, db.get_one(Application, interview.application_id).job_id)
    interview.plan = [builders.question(db, job).id for _ in range(2)]


@pytest.fixture
def desk(engine):
    """A recruiter and an application of hers, committed."""
    with session(engine) as db:
        _, actor = builders.recruiter(db, email="robin@example.com")
        application = builders.application(db, actor, builders.job(db, actor))
    return actor, application


def launched(db, actor, application, plan_builder=plan):
    return launch.launch(db, actor, SECRET, application.id, ADDRESS, 14, plan_builder)


def count(engine, table):
    with session(engine) as db:
        return len(db.exec(select(table)).all())


def actions(engine):
    with session(engine) as db:
        return [event.action for event in db.exec(select(AuditEvent))]


def test_a_launch_plans_invites_and_queues_a_mail_with_the_link(engine, desk):
    actor, application = desk
    with session(engine) as db:
        made = launched(db, actor, application)
    with session(engine) as db:
        invited = invites.open_link(db, SECRET, made.link.removeprefix(ADDRESS + "/interview/"))
        assert invited.interview.id == made.interview.id
        assert len(invited.interview.plan) == 2
        assert invited.application.stage == "invited"
    assert made.interview.status == "planned"
    assert made.message.status == "queued"
    assert made.link in made.message.text
    assert {"invite.issued", "interview.launched", "message.queued"} <= set(actions(engine))


def test_launching_twice_gives_the_same_link_and_mail(engine, desk):
    actor, application = desk
    with session(engine) as db:
        first = launched(db, actor, application)
    with session(engine) as db:
        second = launched(db, actor, application)
    assert (first.link, first.interview.id, first.message.id) == (second.link, second.interview.id, second.message.id)
    assert (count(engine, Invite), count(engine, Interview), count(engine, Message)) == (1, 1, 1)


def test_simultaneous_launches_make_one_of_everything(engine, desk):
    actor, application = desk
    together = Barrier(4)

    def click(_):
        together.wait()
        with session(engine) as db:
            return launched(db, actor, application).link

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(click, range(4)))) == 1
    assert (count(engine, Invite), count(engine, Interview), count(engine, Message)) == (1, 1, 1)


def test_a_plan_that_fails_leaves_nothing(engine, desk):
    actor, application = desk

    def broken(db, interview):
        raise BadInput("This job has no questions.")

    with pytest.raises(BadInput, match="no questions"), session(engine) as db:
        launched(db, actor, application, broken)
    assert (count(engine, Invite), count(engine, Interview), count(engine, Message)) == (0, 0, 0)
    with session(engine) as db:
        assert db.get_one(Application, application.id).stage == "new"


def test_after_a_withdrawn_link_the_same_interview_waits_behind_a_new_one(engine, desk):
    actor, application = desk
    with session(engine) as db:
        first = launched(db, actor, application)
        invites.revoke(db, actor, first.invite.id)
    with session(engine) as db:
        second = launched(db, actor, application)
    assert second.invite.id != first.invite.id
    assert second.interview.id == first.interview.id
    assert second.message.id != first.message.id
    with session(engine) as db:
        assert invites.open_link(db, SECRET, invites.token_of(SECRET, second.invite)).interview.id == first.interview.id


def test_an_expired_link_that_was_replaced_stays_closed(engine, desk):
    actor, application = desk
    with session(engine) as db:
        first = launched(db, actor, application)
        first.invite.expires_at = now() - timedelta(days=1)
    with session(engine) as db:
        launched(db, actor, application)
    with session(engine) as db, pytest.raises(BadInput, match="withdrawn"):
        invites.extend(db, actor, first.invite.id, days=7)
    with session(engine) as db, pytest.raises(InviteRevoked):
        invites.open_link(db, SECRET, invites.token_of(SECRET, first.invite))


@pytest.mark.parametrize("status", ["ended", "reported"])
def test_an_interview_that_was_done_is_not_launched_again(engine, desk, status):
    actor, application = desk
    with session(engine) as db:
        launched(db, actor, application).interview.status = status
    with session(engine) as db, pytest.raises(BadInput, match="done the interview already"):
        launched(db, actor, application)


def test_a_closed_job_launches_nothing(engine, desk):
    actor, application = desk
    with session(engine) as db:
        db.get_one(Job, application.job_id).status = "closed"
    with session(engine) as db, pytest.raises(BadInput, match="closed"):
        launched(db, actor, application)


def test_without_an_address_there_is_a_link_to_copy(engine, desk):
    actor, _ = desk
    with session(engine) as db:
        job = builders.job(db, actor, title="Nurse")
        silent = builders.application(db, actor, job, builders.candidate(db, actor, email=""))
        made = launched(db, actor, silent)
    assert made.link.startswith(ADDRESS)
    assert (made.message.status, made.message.error) == ("failed", notifications.NO_ADDRESS)


def test_resending_repeats_the_link_in_one_new_mail(engine, desk):
    actor, application = desk
    with session(engine) as db:
        first = launched(db, actor, application)
        first.message.status = "sent"
        first.message.created_at = now() - timedelta(hours=1)
    with session(engine) as db:
        second = launch.resend(db, actor, SECRET, first.invite.id, ADDRESS)
    with session(engine) as db:
        clicked_again = launch.resend(db, actor, SECRET, first.invite.id, ADDRESS)
    assert second.link == first.link
    assert second.message.id != first.message.id
    assert clicked_again.message.id == second.message.id
    assert count(engine, Message) == 2
    assert actions(engine).count("invite.resent") == 1


def test_resending_a_failed_mail_queues_that_one(engine, desk):
    actor, application = desk
    with session(engine) as db:
        first = launched(db, actor, application)
        first.message.status = "failed"
    with session(engine) as db:
        again = launch.resend(db, actor, SECRET, first.invite.id, ADDRESS)
    assert (again.message.id, again.message.status) == (first.message.id, "queued")


def test_a_closed_link_or_an_ended_interview_is_not_resent(engine, desk):
    actor, application = desk
    with session(engine) as db:
        made = launched(db, actor, application)
        made.interview.status = "reported"
    with session(engine) as db, pytest.raises(BadInput, match="No interview waits"):
        launch.resend(db, actor, SECRET, made.invite.id, ADDRESS)
    with session(engine) as db:
        invites.revoke(db, actor, made.invite.id)
        with pytest.raises(BadInput, match="closed"):
            launch.resend(db, actor, SECRET, made.invite.id, ADDRESS)


def test_only_writers_of_the_same_organisation_launch(engine, desk):
    actor, application = desk
    with session(engine) as db:
        _, stranger = builders.recruiter(db, email="other@example.com")
        with pytest.raises(NotFound):
            launched(db, stranger, application)
        reviewer = type(actor)(organisation_id=actor.organisation_id, role="reviewer", user_id=actor.user_id)
        with pytest.raises(NotAllowed):
            launched(db, reviewer, application)
