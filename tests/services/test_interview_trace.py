"""The trace of an interview, as the rows hold it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from interview_platform.errors import NotFound
from interview_platform.models import Application, Interview, Rating, Turn, now, session
from interview_platform.services import interview_trace, ratings
from interview_platform.services.access import Actor
from tests import builders

SAID = "First I looked at the logs and found the lock."
FOLLOW_UP = {
    "intent": "answer",
    "decision": "follow_up",
    "target": "Says what was changed so that it stays away",
    "covered": [{"point": "Says how the cause was found", "verdict": "met", "quote": "I looked at the logs"}],
    "passages": [{"id": "p1", "source": "job", "title": "Job description", "text": "We use Python.", "score": 0.8}],
    "guard": [{"text": "How old are you?", "reason": "protected topic"}],
    "prompt": "interviewer@3f2a91c0",
    "fallback": "took longer than its time",
    "seconds": 1.5,
    "tokens_in": 900,
    "tokens_out": 40,
    "cost": 0.002,
}
Place = tuple[str, Actor]


@pytest.fixture
def place(engine: Engine) -> Place:
    """A running interview: a question, an answer, a follow-up with everything that led to it."""
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor)
        competency = builders.competency(db, job)
        first, second = (
            builders.question(db, job, competency_id=competency.id, text=text) for text in ("One?", "Two?")
        )
        interview = builders.interview(
            db,
            actor,
            builders.application(db, actor, job),
            plan=[first.id, second.id],
            status="live",
            started_at=now(),
        )
        builders.turn(db, interview, 0, "agent", "Hello.", kind="greeting", engine="Authored")
        builders.turn(db, interview, 1, "agent", "One?", question_id=first.id, engine="Authored")
        answer = builders.turn(db, interview, 2, "candidate", SAID, question_id=first.id)
        refers = {"turn_id": answer.id, "start": 6, "end": 26}
        builders.turn(
            db,
            interview,
            3,
            "agent",
            "What did you change afterwards?",
            kind="follow_up",
            question_id=first.id,
            because="Not heard yet: what was changed.",
            engine="Offline interviewer",
            trace={**FOLLOW_UP, "refers": refers},
        )
        return interview.id, actor


def test_a_step_tells_what_was_said_and_everything_that_led_to_it(engine: Engine, place: Place) -> None:
    with session(engine) as db:
        step = interview_trace.trace(db, place[1], place[0]).steps[-1]
    assert (step.kind, step.decision, step.number, step.reply_to) == ("follow_up", "follow_up", 1, SAID)
    assert step.covered == (interview_trace.Covered("Says how the cause was found", "met", "I looked at the logs"),)
    assert [(held.title, held.score) for held in step.sources] == [("Job description", 0.8)]
    assert [held.reason for held in step.refused] == ["protected topic"]
    assert (step.prompt, step.took_seconds, step.tokens_in, step.cost) == ("interviewer@3f2a91c0", 1.5, 900, 0.002)
    assert step.refers == "I looked at the logs"


def test_the_sums_say_who_spoke_what_was_refused_and_what_it_took(engine: Engine, place: Place) -> None:
    with session(engine) as db:
        found = interview_trace.trace(db, place[1], place[0])
    assert found.engines == (("Authored", 2), ("Offline interviewer", 1))
    assert (found.refused, found.fallbacks, found.tokens, found.cost) == (1, 1, 940, 0.002)


@pytest.mark.parametrize(
    "held",
    [
        {},
        {"covered": "all", "passages": [1, None], "guard": {"text": "x"}, "seconds": "fast", "tokens_in": True},
        {"refers": {"turn_id": "nobody", "start": 0, "end": 5}, "decision": 3},
    ],
)
def test_a_trace_of_another_shape_is_left_out_and_breaks_nothing(
    engine: Engine, place: Place, held: dict[str, object]
) -> None:
    from interview_platform.models import Interview

    with session(engine) as db:
        interview = db.get_one(Interview, place[0])
        builders.turn(db, interview, 4, "agent", "Two?", question_id=interview.plan[1], trace=held)
        step = interview_trace.trace(db, place[1], place[0]).steps[-1]
    assert (step.covered, step.sources, step.refused, step.refers, step.decision) == ((), (), (), "", "")
    assert (step.took_seconds, step.tokens_in, step.cost) == (None, None, None)


def test_what_runs_shows_the_open_question_and_why_it_is_asked(engine: Engine, place: Place) -> None:
    with session(engine) as db:
        (found,) = interview_trace.running(db, place[1])
    assert (found.candidate_name, found.job_title) == ("Ada Candidate", "Backend Engineer")
    assert (found.question, found.number, found.total, found.competency) == ("One?", 1, 2, "Debugging")
    assert found.said is not None
    assert found.said.because == "Not heard yet: what was changed."


def test_before_the_first_question_nothing_is_open(engine: Engine, place: Place) -> None:
    with session(engine) as db:
        actor = place[1]
        application = builders.application(db, actor, builders.job(db, actor))
        fresh = builders.interview(db, actor, application, status="live", started_at=now())
        found = interview_trace.live(db, actor, fresh.id)
    assert (found.question, found.number, found.said) == ("", 0, None)


def test_practice_and_other_employers_interviews_are_not_shown_running(engine: Engine, place: Place) -> None:
    with session(engine) as db:
        actor = place[1]
        application = builders.application(db, actor, builders.job(db, actor))
        builders.interview(db, actor, application, status="live", started_at=now(), practice=True)
        _, stranger = builders.recruiter(db, email="s@example.com")
        assert len(interview_trace.running(db, actor)) == 1
        assert interview_trace.running(db, stranger) == []
        with pytest.raises(NotFound):
            interview_trace.trace(db, stranger, place[0])


def test_who_rates_first_sees_what_was_said_and_nothing_of_what_the_agent_made_of_it(
    engine: Engine, place: Place
) -> None:
    with session(engine) as db:
        interview = db.get(Interview, place[0])
        job = db.get(Application, interview.application_id).job_id
        ratings.set_blind_first(db, place[1], job, True)
        db.add(Turn(interview_id=place[0], position=4, speaker="candidate", kind="answer", text=SAID))
        db.flush()
        hidden = interview_trace.trace(db, place[1], place[0]).steps[-1]
        watched = interview_trace.live(db, place[1], place[0]).said
        db.add(
            Rating(
                organisation_id=place[1].organisation_id,
                interview_id=place[0],
                user_id=place[1].user_id,
                name="Debugging",
                level=3,
            )
        )
        db.flush()
        shown = interview_trace.trace(db, place[1], place[0]).steps[-1]

    assert (hidden.text, hidden.reply_to) == ("What did you change afterwards?", SAID)
    assert (hidden.covered, hidden.target, hidden.because) == ((), "", interview_trace.HIDDEN)
    assert watched is not None
    assert (watched.covered, watched.target) == ((), "")
    assert (len(shown.covered), shown.because) == (1, "Not heard yet: what was changed.")
