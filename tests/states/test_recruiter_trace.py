"""How an interview went, what candidates asked, and what runs: as the recruiter's pages show it."""

from __future__ import annotations

from typing import get_args

import pytest
from sqlmodel import select

from interview_platform import routes
from interview_platform.models import CandidateQuestion, Interview, now, session
from interview_platform.services.agent import intents
from interview_platform.services.agent import trace as trace_keys
from interview_platform.states import trace_words
from interview_platform.states.recruiter_trace import LiveState, TraceState
from interview_platform.wiring import Platform
from tests import builders
from tests.states.recruiter_pages import Recruiter

SAID = "First I looked at the logs and found the lock."
TRACE = {
    "intent": "question",
    "decision": "follow_up",
    "target": "Says what was changed",
    "covered": [{"point": "Says how the cause was found", "verdict": "met", "quote": "I looked at the logs"}],
    "passages": [{"id": "p", "source": "job", "title": "", "text": "We use Python.", "score": 0.81}],
    "guard": [{"text": "How old are you?", "reason": "protected topic"}],
    "prompt": "interviewer@3f2a91c0",
    "fallback": "It took too long.",
    "seconds": 0.04,
    "tokens_in": 1200,
    "tokens_out": 40,
    "cost": 0.0021,
}


@pytest.fixture
def robin(held: Platform) -> Recruiter:
    """A recruiter at the report of a running interview: a question, an answer, a follow-up, and a question back."""
    made = Recruiter(held)
    with session(held.engine) as db:
        job = builders.job(db, made.actor)
        question = builders.question(db, job, competency_id=builders.competency(db, job).id)
        application = builders.application(db, made.actor, job)
        interview = builders.interview(db, made.actor, application, plan=[question.id], status="live", started_at=now())
        builders.turn(db, interview, 0, "agent", question.text, question_id=question.id, engine="Authored")
        builders.turn(db, interview, 1, "candidate", SAID, question_id=question.id, started_seconds=6.0)
        builders.turn(
            db,
            interview,
            2,
            "agent",
            "What did you change afterwards?",
            kind="follow_up",
            question_id=question.id,
            because="Not heard yet: what was changed.",
            engine="Offline interviewer",
            trace=TRACE,
            started_seconds=12.0,
        )
        db.add(
            CandidateQuestion(
                organisation_id=made.actor.organisation_id, interview_id=interview.id, text="Is there a canteen?"
            )
        )
    made.interview = interview.id  # type: ignore[attr-defined]
    made.at(routes.report(interview.id))
    return made


async def test_every_step_is_told_in_words(robin: Recruiter) -> None:
    await robin.does(TraceState.load)
    first, second = robin.state(TraceState).steps
    assert (first.title, first.clock, second.title, second.clock) == (
        "Question 1",
        "00:00",
        "Follow-up, on question 1",
        "00:12",
    )
    assert second.decision == "Asked for what was still missing"
    assert (second.heard, second.heard_as) == (SAID, "a question about the job, the employer or the process")
    assert [(line.said, line.quote) for line in second.covered] == [("Shown", "I looked at the logs")]
    assert [(line.title, line.fit) for line in second.sources] == [("Job", "fits 81%")]
    assert [line.reason for line in second.refused] == ["protected topic"]
    assert second.facts == [
        "Worded by Offline interviewer",
        "prompt interviewer@3f2a91c0",
        "0.04 s",
        "1,200 tokens read, 40 written",
        "$0.0021",
    ]


async def test_the_top_of_the_report_says_who_spoke(robin: Recruiter) -> None:
    await robin.does(TraceState.load)
    assert robin.state(TraceState).who_spoke == (
        "Offline interviewer worded 1 turn; 1 of 2 turns are words written beforehand. "
        "1 time the offline interviewer stepped in."
    )


async def test_the_interviewers_own_speech_stands_beside_the_candidates(robin: Recruiter) -> None:
    await robin.does(TraceState.load)
    lines = {line.name: line for line in robin.state(TraceState).speech}
    assert lines["Words per turn"].candidate == f"{len(SAID.split()):.1f}"
    assert lines["Share of speech"].candidate != ""
    assert (lines["Refused before it was said"].value, lines["Refused before it was said"].found) == ("once", "1 place")
    assert lines["Refused before it was said"].evidence[0].at == 12.0
    assert "Engines" not in lines


async def test_a_passed_on_question_is_ticked_off_and_opened_again(held: Platform, robin: Recruiter) -> None:
    await robin.does(TraceState.load)
    page = robin.state(TraceState)
    assert (page.waiting, page.asked[0].text, page.asked[0].who) == (1, "Is there a canteen?", "Ada Candidate")
    await robin.does(TraceState.tick, page.asked[0].key, True)
    assert (page.waiting, page.asked[0].when) == (0, "Done by Robin Reyes")
    await robin.does(TraceState.tick, page.asked[0].key, False)
    assert page.waiting == 1
    with session(held.engine) as db:
        assert [row.status for row in db.exec(select(CandidateQuestion))] == ["open"]


async def test_a_strangers_interview_is_not_told(held: Platform, robin: Recruiter) -> None:
    stranger = Recruiter(held, email="stranger@example.com")
    stranger.at(routes.report(robin.interview))  # type: ignore[attr-defined]
    await stranger.does(TraceState.load)
    assert stranger.state(TraceState).steps == []


async def test_a_running_interview_shows_its_question_and_why(robin: Recruiter) -> None:
    robin.at(routes.INTERVIEWS)
    await robin.does(LiveState.load)
    page = robin.state(LiveState)
    (line,) = page.running
    assert (line.name, line.facts) == ("Ada Candidate", "Backend Engineer · question 1 of 1")
    await robin.does(LiveState.watch, line.key)
    assert (page.watched.said, page.watched.because) == (
        "What did you change afterwards?",
        "Not heard yet: what was changed.",
    )
    await robin.does(LiveState.watch, line.key)
    assert page.watched.key == ""


async def test_a_core_question_is_explained_by_its_place_in_the_plan(held: Platform, robin: Recruiter) -> None:
    with session(held.engine) as db:
        interview = db.get_one(Interview, robin.interview)  # type: ignore[attr-defined]
        builders.turn(db, interview, 3, "agent", "Again?", kind="core", question_id=interview.plan[0])
    robin.at(routes.INTERVIEWS)
    await robin.does(LiveState.watch, robin.interview)  # type: ignore[attr-defined]
    assert "on Debugging: every candidate of this job is asked it" in robin.state(LiveState).watched.because


async def test_an_interview_that_ends_while_it_is_watched_says_so(held: Platform, robin: Recruiter) -> None:
    robin.at(routes.INTERVIEWS)
    await robin.does(LiveState.load)
    await robin.does(LiveState.watch, robin.interview)  # type: ignore[attr-defined]
    with session(held.engine) as db:
        row = db.get_one(Interview, robin.interview)  # type: ignore[attr-defined]
        row.status = "ended"
        db.add(row)
    await robin.does(LiveState.again)
    page = robin.state(LiveState)
    assert page.watched.over
    assert [line.over for line in page.running] == [True]


async def test_questions_that_wait_stand_on_the_interviews_page_until_they_are_done(robin: Recruiter) -> None:
    robin.at(routes.INTERVIEWS)
    await robin.does(LiveState.load)
    page = robin.state(LiveState)
    assert [line.text for line in page.asked] == ["Is there a canteen?"]
    await robin.does(LiveState.tick, page.asked[0].key, True)
    assert page.asked == []


def test_everything_a_trace_can_hold_has_words() -> None:
    decisions = {
        value
        for name, value in vars(trace_keys).items()
        if name.isupper() and isinstance(value, str) and name != "AUTHORED"
    }
    assert decisions - set(trace_words.DECISIONS) == set()
    assert set(get_args(intents.Intent)) - set(trace_words.INTENTS) == set()
