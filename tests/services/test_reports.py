"""Reports: every number from verified words, failures visible, nothing made up."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import NotFound, ServiceUnavailable
from interview_platform.models import Evidence, Report, Score, session
from interview_platform.ports import PointVerdict
from interview_platform.services import report_list, reports, review
from interview_platform.services.report_view import ReportView
from tests import builders
from tests.services.scoring.material import ANSWER, FOUND, BrokenJudge, Held, SetJudge, ended

LOOKED = "I looked at the slow query log and saw that one report held a lock on the orders table."


def _cause_only(point: str, answer: str) -> PointVerdict:
    return PointVerdict(point, "met", (LOOKED,)) if point == FOUND else PointVerdict(point, "not_shown")


def _built(engine: Engine, judge: SetJudge | None = None, **interview: object) -> tuple[Held, ReportView]:
    held = ended(engine, **interview)
    reports.build(engine, held.interview.id, judge or SetJudge(_cause_only))
    with session(engine) as db:
        return held, reports.view(db, held.actor, held.interview.id)


def test_a_report_shows_the_level_with_quotes_that_stand_in_the_transcript(engine: Engine) -> None:
    held, seen = _built(engine)
    debugging = seen.scores[0]
    assert (debugging.name, debugging.level, debugging.anchor) == ("Debugging", 3, "Anchor 3")
    evidence = debugging.evidence[0]
    assert (evidence.point, evidence.verdict, evidence.turn_id) == (FOUND, "met", held.answer.id)
    assert ANSWER[evidence.start_char : evidence.end_char] == evidence.quote == LOOKED.rstrip(".")
    assert evidence.started_seconds is not None
    assert 6 < evidence.started_seconds < 36
    assert seen.status == "ready"
    assert seen.judge == "Set judge"


def test_strengths_carry_their_quote_and_concerns_speak_of_the_answers_only(engine: Engine) -> None:
    _, seen = _built(engine)
    assert seen.strengths[0].text == "Debugging: says how the cause was found"
    assert seen.strengths[0].quote in ANSWER
    assert seen.strengths[0].started_seconds is not None
    assert all(concern.text.startswith("Not shown in the answers: ") for concern in seen.concerns)


def test_a_quote_the_candidate_never_said_is_discarded_with_its_verdict(engine: Engine) -> None:
    made_up = SetJudge(lambda point, answer: PointVerdict(point, "met", ("I rewrote the whole kernel",)))
    _, seen = _built(engine, made_up)
    assert [score.level for score in seen.scores] == [None] * len(seen.scores)
    assert seen.overall is None
    assert seen.recommendation == ""
    assert not seen.strengths
    with session(engine) as db:
        assert not db.exec(select(Evidence)).all()


def test_groups_without_questions_are_not_assessed_and_say_so(engine: Engine) -> None:
    _, seen = _built(engine)
    groups = {g.key: g for g in seen.groups}
    assert list(groups) == ["technical", "communication", "problem_solving", "cultural_fit"]
    assert groups["technical"].level == 3.0
    assert (groups["cultural_fit"].level, groups["cultural_fit"].note) == (None, "Not assessed: not asked.")


def test_a_failing_judge_leaves_a_failed_report_and_no_number(engine: Engine) -> None:
    held = ended(engine)
    with pytest.raises(ServiceUnavailable):
        reports.build(engine, held.interview.id, BrokenJudge())
    with session(engine) as db:
        seen = reports.view(db, held.actor, held.interview.id)
        assert (seen.status, seen.overall, seen.scores) == ("failed", None, ())
        assert "did not answer" in seen.error
        assert not db.exec(select(Score)).all()


def test_a_failed_report_is_replaced_when_it_is_built_again(engine: Engine) -> None:
    held = ended(engine)
    with pytest.raises(ServiceUnavailable):
        reports.build(engine, held.interview.id, BrokenJudge())
    reports.build(engine, held.interview.id, SetJudge(_cause_only))
    with session(engine) as db:
        assert [r.status for r in db.exec(select(Report))] == ["ready"]


def test_building_again_adds_a_version_with_the_same_numbers_and_keeps_overrides(engine: Engine) -> None:
    held, seen = _built(engine)
    with session(engine) as db:
        review.override(db, held.actor, seen.scores[0].score_id, 4, "The second half was in the follow-up call.")
    reports.build(engine, held.interview.id, SetJudge(_cause_only))
    with session(engine) as db:
        again = reports.view(db, held.actor, held.interview.id)
        assert len(db.exec(select(Report)).all()) == 2
    assert again.report_id != seen.report_id
    assert (again.overall, again.coverage) == (seen.overall, seen.coverage)
    assert again.scores[0].override is not None
    assert again.scores[0].override.level == 4


def test_before_the_interview_is_over_the_page_waits(engine: Engine) -> None:
    held = ended(engine, status="live")
    with session(engine) as db:
        seen = reports.view(db, held.actor, held.interview.id)
    assert (seen.status, seen.scores) == ("waiting", ())
    assert [turn.text for turn in seen.turns][1] == ANSWER


def test_another_organisation_sees_neither_report_nor_row(engine: Engine) -> None:
    held, _ = _built(engine)
    with session(engine) as db:
        _, stranger = builders.recruiter(db, email="other@example.com")
        assert report_list.listing(db, stranger) == []
        with pytest.raises(NotFound):
            reports.view(db, stranger, held.interview.id)
        assert [row.interview_id for row in report_list.listing(db, held.actor)] == [held.interview.id]


def test_the_list_shows_the_newest_numbers(engine: Engine) -> None:
    held, seen = _built(engine)
    with session(engine) as db:
        (row,) = report_list.listing(db, held.actor)
    assert (row.status, row.overall, row.recommendation) == ("ready", seen.overall, seen.recommendation)


def test_questionable_wording_of_the_agent_is_shown_with_a_note(engine: Engine) -> None:
    held = ended(engine)
    with session(engine) as db:
        builders.turn(db, held.interview, 2, "agent", "Are you married, by the way?", started_seconds=40)
    reports.build(engine, held.interview.id, SetJudge(_cause_only))
    with session(engine) as db:
        (tone,) = reports.view(db, held.actor, held.interview.id).tone
    assert (tone.speaker, tone.kind, tone.quote, tone.started_seconds) == (
        "agent",
        "protected_topic",
        "Are you married",
        40,
    )


def test_earlier_reports_stay_beside_the_one_that_counts(engine: Engine) -> None:
    held = ended(engine)
    first = reports.build(engine, held.interview.id, SetJudge(_cause_only))
    reports.build(engine, held.interview.id, SetJudge())

    with session(engine) as db:
        view = reports.view(db, held.actor, held.interview.id)

    (earlier,) = view.earlier
    assert (earlier.report_id, earlier.overall) == (first.id, first.overall)
    assert view.overall != first.overall
    ((name, then, now),) = [one for one in earlier.levels if one[0] == held.competency.name]
    assert (then or 0) < (now or 0), name
    assert earlier.changes == ()


def test_one_good_sentence_in_a_weak_answer_is_no_strength_and_no_quote_stands_twice(engine: Engine) -> None:
    held = ended(engine)
    reports.build(engine, held.interview.id, SetJudge(_cause_only))
    with session(engine) as db:
        half = reports.view(db, held.actor, held.interview.id)
    reports.build(engine, held.interview.id, SetJudge())
    with session(engine) as db:
        whole = reports.view(db, held.actor, held.interview.id)
    nothing = SetJudge(
        lambda point, answer: (
            PointVerdict(point, "partly", (LOOKED,)) if point == FOUND else PointVerdict(point, "not_shown")
        )
    )
    reports.build(engine, held.interview.id, nothing)
    with session(engine) as db:
        weak = reports.view(db, held.actor, held.interview.id)

    assert [one.quote for one in half.strengths] == [LOOKED.rstrip(".")]
    assert len({one.quote for one in whole.strengths}) == len(whole.strengths)
    assert weak.strengths == ()
