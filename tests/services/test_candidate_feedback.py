"""Feedback to the candidate: from verified strengths, one hint, never a score or a promise; a person may read first."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Engine

from interview_platform.errors import BadInput, NotAllowed, NotFound
from interview_platform.models import CandidateFeedback, Organisation, session
from interview_platform.ports import PointVerdict
from interview_platform.services import candidate_feedback, reports
from interview_platform.services.access import Actor
from tests.services.scoring.material import FOUND, Held, SetJudge, ended

LOOKED = "I looked at the slow query log and saw that one report held a lock on the orders table"


def _reported(engine: Engine, mode: str, judge: SetJudge | None = None, **build: bool) -> Held:
    held = ended(engine)
    with session(engine) as db:
        row = db.get_one(Organisation, held.actor.organisation_id)
        row.candidate_feedback = mode
        db.add(row)
    some = SetJudge(lambda point, answer: PointVerdict(point, "met" if point == FOUND else "not_shown", (LOOKED,)))
    reports.build(engine, held.interview.id, judge or some, **build)
    return held


def _prepared(engine: Engine, held: Held) -> CandidateFeedback | None:
    with session(engine) as db:
        return candidate_feedback.prepare(db, held.interview.id)


def _read(engine: Engine, held: Held) -> str:
    with session(engine) as db:
        return candidate_feedback.for_candidate(db, held.interview.id)


def test_it_quotes_what_was_good_and_gives_one_hint_without_score_or_promise(engine: Engine) -> None:
    row = _prepared(engine, _reported(engine, "on"))
    assert row is not None
    assert f"Your answer says how the cause was found: “{LOOKED}”" in row.text
    assert row.text.count("One idea") == 1
    assert "says what was changed so that it stays away" in row.hint
    assert not re.search(r"\bof 5\b|level|score|%|we will hire|offer|next round|passed|failed", row.text, re.IGNORECASE)


def test_without_a_verified_strength_nothing_is_praised(engine: Engine) -> None:
    nothing = SetJudge(lambda point, answer: PointVerdict(point, "not_shown"))
    row = _prepared(engine, _reported(engine, "on", nothing))
    assert row is not None
    assert (row.strengths, "stood out" in row.text) == ([], False)


def test_it_waits_for_a_person_where_the_organisation_wants_that(engine: Engine) -> None:
    held = _reported(engine, "approve")
    row = _prepared(engine, held)
    assert row is not None
    assert _read(engine, held) == ""
    with session(engine) as db:
        candidate_feedback.approve(db, held.actor, held.interview.id, "Thank you, Ada.")
    assert _read(engine, held) == "Thank you, Ada."
    with session(engine) as db:
        candidate_feedback.withhold(db, held.actor, held.interview.id)
    assert _read(engine, held) == ""


def test_what_a_person_decided_is_not_written_over_by_a_new_report(engine: Engine) -> None:
    held = _reported(engine, "on")
    _prepared(engine, held)
    with session(engine) as db:
        candidate_feedback.approve(db, held.actor, held.interview.id, "In my own words.")
    reports.build(engine, held.interview.id, SetJudge())
    _prepared(engine, held)
    assert _read(engine, held) == "In my own words."


def test_switched_off_or_provisional_there_is_none(engine: Engine) -> None:
    off = _reported(engine, "off")
    assert _prepared(engine, off) is None
    with session(engine) as db, pytest.raises(NotFound):
        candidate_feedback.approve(db, off.actor, off.interview.id, "Text")


def test_a_provisional_report_gives_none(engine: Engine) -> None:
    assert _prepared(engine, _reported(engine, "on", provisional=True)) is None


def test_only_writers_approve_and_never_an_empty_text(engine: Engine) -> None:
    held = _reported(engine, "approve")
    _prepared(engine, held)
    with session(engine) as db:
        with pytest.raises(BadInput):
            candidate_feedback.approve(db, held.actor, held.interview.id, " ")
        reviewer = Actor(held.actor.organisation_id, "reviewer", held.actor.user_id)
        with pytest.raises(NotAllowed):
            candidate_feedback.approve(db, reviewer, held.interview.id, "Text")
