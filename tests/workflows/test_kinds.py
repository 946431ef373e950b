"""The platform's own kinds of durable work: asked for, done, failed and taken up, and done all the same without it."""

from __future__ import annotations

import time

import pytest

from interview_platform.models import Interview, session
from interview_platform.ports import Work
from interview_platform.services import rescoring, rubrics
from interview_platform.wiring import Platform
from tests.services.scoring.material import BrokenJudge, Held, SetJudge, ended


@pytest.fixture
def ready(held: Platform) -> Platform:
    """A platform whose judge is there and that hears and sees nothing afterwards."""
    held.__dict__.update(report_judge=SetJudge(), after_answer=None, face_watch=None)
    return held


def status(held: Platform, one: Held) -> str:
    """The interview's."""
    with session(held.engine) as db:
        return db.get_one(Interview, one.interview.id).status


def over(held: Platform, one: Held, state: str) -> Work:
    """The newest work of the interview's organisation, once it is in this state."""
    for _ in range(400):
        found = held.work.listing(one.actor.organisation_id)
        if found and found[0].state == state:
            return found[0]
        time.sleep(0.05)
    raise AssertionError(found)


def test_what_follows_an_interview_is_durable_work_that_can_be_taken_up(ready: Platform) -> None:
    one = ended(ready.engine)
    ready.__dict__["report_judge"] = BrokenJudge()
    ready.work.start()
    ready.finish_interview(one.interview.id)
    failed = over(ready, one, "failed")
    assert "Nothing was scored" in failed.cause
    assert status(ready, one) == "failed"

    ready.__dict__["report_judge"] = SetJudge()
    assert ready.recover() == [one.interview.id]

    assert over(ready, one, "done").id == failed.id
    assert status(ready, one) == "reported"

    with session(ready.engine) as db:
        rubrics.current(db, one.actor, one.job.id)
        rescoring.start(db, one.actor, one.job.id)
    ready.rescoring.go_on(one.job.id)
    assert over(ready, one, "done").steps == ("plan", "score")


def test_what_a_person_cancelled_is_not_begun_again_by_a_start(ready: Platform) -> None:
    one = ended(ready.engine)
    ready.work.start()
    ready.work.cancel(ready.work.submit("after-interview", one.actor.organisation_id, one.interview.id))
    over(ready, one, "cancelled")

    ready.recover()

    assert over(ready, one, "cancelled")
    assert status(ready, one) == "ended"


def test_where_durable_work_is_not_there_the_work_is_done_all_the_same(ready: Platform) -> None:
    one = ended(ready.engine)
    ready.finish_interview(one.interview.id)
    assert status(ready, one) == "reported"
