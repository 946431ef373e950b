"""Beside a score stand the levels of the very questions that were asked, where somebody wrote them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine

from interview_platform.models import Question, session
from interview_platform.services import report_levels, reports
from interview_platform.services.agent import bank
from interview_platform.services.report_view import EvidenceView, OverrideView, ScoreView
from tests.services.scoring.material import Held, SetJudge, ended

AUTHORED = bank.family("sales").questions[0]


def _scores(engine: Engine, held: Held, **question: object) -> dict[str, ScoreView]:
    """The report's scores once the asked question is changed to this."""
    with session(engine) as db:
        row = db.get_one(Question, held.question.id)
        for name, value in question.items():
            setattr(row, name, value)
        db.add(row)
    reports.build(engine, held.interview.id, SetJudge())
    with session(engine) as db:
        return {score.name: score for score in reports.view(db, held.actor, held.interview.id).scores}


def test_a_score_shows_the_levels_of_the_question_from_the_banks(engine: Engine) -> None:
    points = [entry.as_row() for entry in AUTHORED.points]
    scores = _scores(engine, ended(engine), text=AUTHORED.text, points=points, source=AUTHORED.id)
    shown = scores["Debugging"].levels
    assert [one.question for one in shown] == [AUTHORED.text]
    assert shown[0].levels == tuple(AUTHORED.anchors[level] for level in (1, 2, 3, 4, 5))


def test_a_question_with_other_points_has_no_levels_and_the_anchor_stays_the_jobs_own(engine: Engine) -> None:
    scored = _scores(engine, ended(engine), source=AUTHORED.id)["Debugging"]
    assert scored.levels == ()
    assert scored.anchor == f"Anchor {scored.level}"


def test_a_question_on_an_employers_value_shows_the_levels_written_for_values(engine: Engine) -> None:
    value = "We keep our word"
    points = [
        {"point": entry.point.replace("{value}", value), "follow_up": entry.follow_up} for entry in bank.values().points
    ]
    scores = _scores(engine, ended(engine), source=f"values:{value}", points=points, competency_id=None)
    assert scores[f"Value: {value}"].levels[0].levels == tuple(bank.values().anchors.values())
    assert scores["Debugging"].levels == ()


def test_a_planned_question_that_was_not_asked_shows_no_levels(engine: Engine) -> None:
    held = ended(engine)
    with session(engine) as db:
        other = Question(
            job_id=held.job.id,
            competency_id=held.competency.id,
            text=AUTHORED.text,
            points=[entry.as_row() for entry in AUTHORED.points],
            source=AUTHORED.id,
        )
        db.add(other)
        db.flush()
        interview = db.get_one(type(held.interview), held.interview.id)
        interview.plan = [*interview.plan, other.id]
        db.add(interview)
    assert _scores(engine, held)["Debugging"].levels == ()


def _score(level: int, *verdicts: str) -> ScoreView:
    held = tuple(EvidenceView(f"Point {n}", verdict) for n, verdict in enumerate(verdicts))
    return ScoreView("s", "Debugging", "technical", 1.0, level, 1.0, 5.0, "", "", held)


def test_a_level_that_claims_alone_would_not_bear_out_is_called_an_estimate() -> None:
    assert report_levels.basis(_score(4, "met", "met", "met", "not_shown")) == "3 of 4 points shown"
    guessed = report_levels.basis(_score(4, "met", "partly", "partly", "not_shown"))
    assert guessed == f"1 of 4 points shown, 2 not clearly. {report_levels.ESTIMATE}"


def test_a_point_with_two_quotes_is_counted_once_and_a_persons_level_is_no_estimate() -> None:
    score = _score(5, "not_shown", "not_shown")
    twice = (EvidenceView("Point", "met", "a"), EvidenceView("Point", "met", "b"))
    assert report_levels.basis(replace(score, evidence=twice)) == "1 of 1 points shown"
    theirs = OverrideView(5, "I was there.", "Ada", datetime(2026, 1, 1, tzinfo=UTC))
    assert report_levels.basis(replace(score, override=theirs)) == "0 of 2 points shown"
