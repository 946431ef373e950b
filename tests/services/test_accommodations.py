"""What was asked for in words and the room can give by itself."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from interview_platform.models import CandidateQuestion, session
from interview_platform.services import accommodations
from tests import builders

TIME = [
    "I have dyslexia, could I get some extra time?",
    "Could I have a bit more time to answer, please?",
    "I stammer, so please be patient.",
    "It takes me a while to find the words.",
    "I would need longer time to think.",
    "Could you speak slower?",
]
OTHER = [
    "Can we do this in writing?",
    "Is there a sign language interpreter?",
    "Please turn the captions on.",
    "I cannot use a camera.",
]


@pytest.mark.parametrize("text", TIME)
def test_requests_for_time_are_known(text: str) -> None:
    assert accommodations.wants_time(text)


@pytest.mark.parametrize("text", OTHER)
def test_other_requests_are_no_requests_for_time(text: str) -> None:
    assert not accommodations.wants_time(text)


def test_only_this_candidates_request_for_an_adjustment_counts(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor)
        held = [
            builders.interview(db, actor, builders.application(db, actor, job, builders.candidate(db, actor)))
            for _ in range(3)
        ]
        for interview, about in ((held[0], "accommodation"), (held[1], "question")):
            row = {"organisation_id": actor.organisation_id, "interview_id": interview.id, "about": about}
            db.add(CandidateQuestion(**row, text="May I have more time?"))
        db.flush()
        assert [accommodations.more_time(db, interview.id) for interview in held] == [True, False, False]
