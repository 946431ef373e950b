"""Feedback becomes evaluation: cases, their replay against the present judge, and the judge beside people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import BadInput, NotFound
from interview_platform.evaluation import feedback
from interview_platform.models import Replay, session
from interview_platform.ports import PointVerdict
from interview_platform.services import calibration, comparing, feedback_cases, ratings, reports, review
from interview_platform.services.access import Actor
from tests import builders
from tests.services.scoring.material import ANSWER, FOUND, Held, SetJudge, ended

NOTHING = SetJudge(lambda point, answer: PointVerdict(point, "not_shown"))


@pytest.fixture
def held(engine: Engine) -> Held:
    """A report with everything met, rated blind by one person, with one level changed, one flag, one correction."""
    made = ended(engine)
    reports.build(engine, made.interview.id, SetJudge())
    with session(engine) as db:
        ratings.set_blind_first(db, made.actor, made.job.id, True)
    with session(engine) as db:
        report = reports.newest(db, made.interview.id)
        assert report is not None
        names = list(reports.seen(db, made.interview).scores)
        ratings.rate(db, made.actor, report, {score.name: 1 for score in names})
        review.override(db, made.actor, names[0].score_id, 1, "Only the cause of somebody else.")
        said = f"Shown: {FOUND}"
        review.flag(db, made.actor, made.interview.id, None, "", "hallucination", said)
        review.flag(db, made.actor, made.interview.id, None, "Unclear.", "other", said)
        review.correct(db, made.actor, made.answer.id, ANSWER.replace("orders table", "order table"), "Heard at 0:20.")
    return made


def _replayed(engine: Engine, held: Held, judge: SetJudge) -> dict[str, list[bool | None]]:
    with session(engine) as db:
        _, cases = feedback_cases.replay(db, held.actor.organisation_id, judge)
    found: dict[str, list[bool | None]] = {}
    for case in cases:
        found.setdefault(case.kind, []).append(case.agreed)
    return found


def test_everything_people_said_of_the_judge_is_a_case(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        kinds = [case.kind for case in feedback_cases.gather(db, held.actor.organisation_id)]
    assert sorted(set(kinds)) == ["correction", "flag", "override", "rating"]
    assert kinds.count("override") == 1


def test_a_judge_that_still_errs_is_told_so_and_one_that_does_not_agrees(engine: Engine, held: Held) -> None:
    same = _replayed(engine, held, SetJudge())
    assert same["override"] == [False]
    assert set(same["rating"]) == {False}
    assert sorted(same["flag"], key=str) == [False, None]
    better = _replayed(engine, held, NOTHING)
    assert better["override"] == [True]
    assert set(better["rating"]) == {True}
    assert sorted(better["flag"], key=str) == [None, True]
    assert better["correction"] == [True]


def test_an_override_carried_to_a_new_version_stays_one_case(engine: Engine, held: Held) -> None:
    reports.build(engine, held.interview.id, SetJudge())
    with session(engine) as db:
        kinds = [case.kind for case in feedback_cases.gather(db, held.actor.organisation_id)]
    assert kinds.count("override") == 1


def test_the_command_keeps_every_run_and_writes_the_cases(engine: Engine, held: Held, tmp_path: Path) -> None:
    first = feedback.measure(engine, SetJudge(), out=tmp_path / "cases.jsonl")
    second = feedback.measure(engine, NOTHING, held.actor.organisation_id)
    assert first["agreement"] < second["agreement"] == 1.0
    assert [run["agreed"] for run in second["over_time"]] == [first["agreed"], second["agreed"]]
    lines = [json.loads(line) for line in (tmp_path / "cases.jsonl").read_text().splitlines()]
    assert len(lines) == first["cases"]
    assert "Ada" not in (tmp_path / "cases.jsonl").read_text()
    with session(engine) as db:
        assert len(db.exec(select(Replay)).all()) == 2
    with pytest.raises(NotFound):
        feedback.measure(engine, NOTHING, "nobody")


def test_the_page_shows_judge_and_people_per_competency_and_what_was_changed_most(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        seen = calibration.figures(db, held.actor)
    debugging = next(line for line in seen.lines if line.name == "Debugging")
    assert (debugging.blind.pairs, debugging.blind.bias, debugging.changed, debugging.scored) == (1, 4.0, 1, 1)
    assert (seen.overall.pairs, seen.overall.same) == (2, 0.0)
    assert [(q.text, q.changed, q.asked) for q in seen.questions] == [(held.question.text, 1, 1)]
    assert [(month.reports, month.mean) for month in seen.months] == [(1, 5.0)]


def test_another_jobs_figures_and_other_organisations_stay_apart(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        other = builders.job(db, held.actor)
        assert calibration.figures(db, held.actor, other.id).lines == ()
        with pytest.raises(NotFound):
            calibration.figures(db, Actor("another", "owner", "u"), held.job.id)
        assert calibration.figures(db, Actor("another", "owner", "u")).cases == ()


def _second(engine: Engine, held: Held) -> str:
    with session(engine) as db:
        who = builders.candidate(db, held.actor, name="Grace Other", email="grace@example.com")
        application = builders.application(db, held.actor, held.job, who)
        row = builders.interview(db, held.actor, application, plan=[held.question.id], status="ended")
        builders.turn(db, row, 0, "agent", held.question.text, question_id=held.question.id)
        builders.turn(db, row, 1, "candidate", "We never had any fault.", question_id=held.question.id)
    reports.build(engine, row.id, NOTHING)
    with session(engine) as db:
        ratings.set_blind_first(db, held.actor, held.job.id, False)
    return str(row.id)


def test_people_stand_side_by_side_on_the_same_question(engine: Engine, held: Held) -> None:
    other = _second(engine, held)
    with session(engine) as db:
        seen = comparing.compare(db, held.actor, [held.interview.id, other])
    assert [view.candidate_name for view in seen.reports] == ["Ada Candidate", "Grace Other"]
    assert dict(seen.levels)["Debugging"] == (1, 1)  # the first is a person's: it counts
    ((question, answers),) = seen.answers
    assert question == held.question.text
    assert answers[1].text == "We never had any fault."


def test_only_two_to_five_people_of_one_job_with_finished_reports_are_compared(engine: Engine, held: Held) -> None:
    other = _second(engine, held)
    elsewhere = ended_elsewhere(engine, held)
    with session(engine) as db:
        for wanted in ([other], [other, other], [other] * 2 + ["a", "b", "c", "d", "e"]):
            with pytest.raises(BadInput, match="Choose"):
                comparing.compare(db, held.actor, wanted)
        with pytest.raises(BadInput, match="different jobs"):
            comparing.compare(db, held.actor, [other, elsewhere])


def ended_elsewhere(engine: Engine, held: Held) -> str:
    with session(engine) as db:
        job = builders.job(db, held.actor, title="Nurse")
        who = builders.candidate(db, held.actor, name="Nia", email="nia@example.com")
        return str(
            builders.interview(db, held.actor, builders.application(db, held.actor, job, who), status="ended").id
        )
