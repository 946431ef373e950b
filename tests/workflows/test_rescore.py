"""A job's interviews scored anew: beside what counts, to be paused, over a restart, and only a person lets it count."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import BadInput, NotAllowed, ServiceUnavailable
from interview_platform.models import AuditEvent, Interview, Report, Score, Turn, session
from interview_platform.ports import PointVerdict
from interview_platform.services import plans, ratings, reports, rescoring, review, rubrics, seals
from interview_platform.services.access import Actor
from interview_platform.workflows.rescore import Rescoring
from tests import builders
from tests.services.scoring.material import FOUND, BrokenJudge, Held, SetJudge, ended

KEY = b"a secret"
SAID = "First I looked at the slow query log and saw that one report held a lock on the orders table."


def seen(point: str, answer: str) -> PointVerdict:
    """Everything but what nobody was asked for."""
    told = not point.startswith("Names")
    return PointVerdict(point, "met", (" ".join(answer.split()[:4]),)) if told else PointVerdict(point, "not_shown")


@pytest.fixture
def job(engine: Engine) -> Held:
    """Three reported interviews of one job, and a rubric that asks for more since."""
    held = ended(engine)
    with session(engine) as db:
        plans.save(db, held.actor, held.job.id, [held.question.id])
        rubrics.current(db, held.actor, held.job.id)
        for n in range(2):
            who = builders.candidate(db, held.actor, name=f"Person {n}", email=f"p{n}@example.com")
            application = builders.application(db, held.actor, held.job, who)
            row = builders.interview(db, held.actor, application, plan=[held.question.id], status="reported")
            builders.turn(db, row, 0, "agent", held.question.text, question_id=held.question.id)
            builders.turn(db, row, 1, "candidate", f"{SAID} It was number {n}.", question_id=held.question.id)
    for interview_id in interviews(engine):
        reports.build(engine, interview_id, SetJudge(seen), key=KEY)
    with session(engine) as db:
        first, *rest = rubrics.current(db, held.actor, held.job.id).lines
        more = (
            (FOUND, "How?"),
            ("Names who was told", "Whom did you tell?"),
            ("Names what it cost", "What did it cost?"),
        )
        asked = replace(first.asked[0], points=more)
        rubrics.save(db, held.actor, held.job.id, [replace(first, asked=(asked,)), *rest])
    return held


def interviews(engine: Engine) -> list[str]:
    with session(engine) as db:
        return list(db.exec(select(Interview.id).order_by(Interview.id)))


def workflow(engine: Engine, judge: object | None = None) -> Rescoring:
    return Rescoring(engine, lambda: judge or SetJudge(seen), KEY)  # type: ignore[arg-type, return-value]


def does(engine: Engine, job: Held, act, actor: Actor | None = None):
    with session(engine) as db:
        return act(db, actor or job.actor, job.job.id)


def counting(engine: Engine, interview_id: str) -> Report:
    with session(engine) as db:
        report = reports.newest(db, interview_id)
        assert report is not None
        return report


def test_every_reported_interview_is_scored_and_nothing_counts_yet(engine: Engine, job: Held) -> None:
    before = {key: counting(engine, key).id for key in interviews(engine)}
    does(engine, job, rescoring.start)

    workflow(engine).work(job.job.id)

    run = does(engine, job, rescoring.read)
    assert (run.state, run.total, run.done, run.failed) == (rescoring.READY, 3, 3, 0)
    assert {key: counting(engine, key).id for key in interviews(engine)} == before


def test_it_says_which_recommendation_and_which_levels_would_change(engine: Engine, job: Held) -> None:
    does(engine, job, rescoring.start)
    workflow(engine).work(job.job.id)

    found = does(engine, job, rescoring.outcomes)

    assert len(found) == 3
    assert all(one.turns and one.before is not None and one.after is not None for one in found)
    assert all(one.after < one.before for one in found)
    assert found[0].levels[0][0] == job.competency.name
    assert found[0].levels[0][1] > found[0].levels[0][2]


def test_taken_scores_count_with_an_intact_seal_and_the_old_ones_stay(engine: Engine, job: Held) -> None:
    old = counting(engine, job.interview.id)
    does(engine, job, rescoring.start)
    workflow(engine).work(job.job.id)
    does(engine, job, rescoring.take)

    workflow(engine).work(job.job.id)

    new = counting(engine, job.interview.id)
    assert new.id != old.id
    assert new.rubric["version"] != old.rubric["version"]
    with session(engine) as db:
        assert seals.check(db, new, KEY).state == seals.INTACT
        assert db.get(Report, old.id).overall == old.overall
        assert not reports.view(db, job.actor, job.interview.id, KEY).rubric_changed
    assert does(engine, job, rescoring.read).state == rescoring.OVER


def test_dropped_scores_are_gone_and_change_nothing(engine: Engine, job: Held) -> None:
    old = counting(engine, job.interview.id)
    does(engine, job, rescoring.start)
    workflow(engine).work(job.job.id)

    does(engine, job, rescoring.drop)

    assert counting(engine, job.interview.id).id == old.id
    with session(engine) as db:
        assert not db.exec(select(Report).where(Report.status == rescoring.PROPOSED)).all()


def test_paused_work_stops_and_goes_on_where_it_was(engine: Engine, job: Held) -> None:
    class PausesAfterOne(SetJudge):
        def judge(self, question, points, answer):
            made = super().judge(question, points, answer)
            if does(engine, job, rescoring.read).state == rescoring.RUNNING:
                does(engine, job, rescoring.pause)
            return made

    does(engine, job, rescoring.start)
    workflow(engine, PausesAfterOne(seen)).work(job.job.id)
    paused = does(engine, job, rescoring.read)
    does(engine, job, rescoring.resume)
    workflow(engine).work(job.job.id)

    assert (paused.state, paused.done) == (rescoring.WAITS, 1)
    assert does(engine, job, rescoring.read).done == 3


def test_a_restart_goes_on_without_doing_anything_twice(engine: Engine, job: Held) -> None:
    class DiesAtTheSecond(SetJudge):
        asked = 0

        def judge(self, question, points, answer):
            self.asked += 1
            if self.asked > 1:
                raise KeyboardInterrupt
            return super().judge(question, points, answer)

    does(engine, job, rescoring.start)
    with pytest.raises(KeyboardInterrupt):
        workflow(engine, DiesAtTheSecond(seen)).work(job.job.id)
    first = does(engine, job, rescoring.read)

    again = workflow(engine)
    assert again.recover() == [job.job.id]
    again.wait()

    with session(engine) as db:
        proposed = db.exec(select(Report.interview_id).where(Report.status == rescoring.PROPOSED)).all()
    assert first.done == 1
    assert sorted(proposed) == interviews(engine)


def test_an_interview_that_cannot_be_judged_is_named_and_the_others_go_on(engine: Engine, job: Held) -> None:
    class FailsOnce(SetJudge):
        failed = False

        def judge(self, question, points, answer):
            if not self.failed:
                self.failed = True
                raise ServiceUnavailable("The model did not answer.")
            return super().judge(question, points, answer)

    does(engine, job, rescoring.start)
    workflow(engine, FailsOnce(seen)).work(job.job.id)

    run = does(engine, job, rescoring.read)
    assert (run.state, run.done, run.failed) == (rescoring.READY, 2, 1)


def test_without_a_judge_nothing_is_scored_and_nothing_is_lost(engine: Engine, job: Held) -> None:
    does(engine, job, rescoring.start)
    workflow(engine, BrokenJudge()).work(job.job.id)

    run = does(engine, job, rescoring.read)
    assert (run.done, run.failed) == (0, 3)
    assert counting(engine, job.interview.id).status == "ready"


def test_a_report_that_was_written_meanwhile_is_not_replaced(engine: Engine, job: Held) -> None:
    does(engine, job, rescoring.start)
    workflow(engine).work(job.job.id)
    later = reports.build(engine, job.interview.id, SetJudge(seen), key=KEY)
    does(engine, job, rescoring.take)
    workflow(engine).work(job.job.id)

    assert counting(engine, job.interview.id).id == later.id


def test_a_proposal_that_was_tampered_with_does_not_count(engine: Engine, job: Held) -> None:
    old = counting(engine, job.interview.id)
    does(engine, job, rescoring.start)
    workflow(engine).work(job.job.id)
    with session(engine) as db:
        query = select(Report).where(Report.status == rescoring.PROPOSED, Report.interview_id == job.interview.id)
        row = db.exec(query).one()
        row.overall = 5.0
        db.add(row)
    does(engine, job, rescoring.take)
    workflow(engine).work(job.job.id)

    assert counting(engine, job.interview.id).id == old.id
    with session(engine) as db:
        event = db.exec(select(AuditEvent).where(AuditEvent.action == rescoring.TAKEN)).one()
    assert event.detail == {"taken": 2, "stale": 1}


def test_a_correction_made_meanwhile_makes_a_proposal_stale(engine: Engine, job: Held) -> None:
    old = counting(engine, job.interview.id)
    does(engine, job, rescoring.start)
    workflow(engine).work(job.job.id)
    with session(engine) as db:
        turn = db.exec(select(Turn).where(Turn.interview_id == job.interview.id, Turn.speaker == "candidate")).one()
        review.correct(db, job.actor, turn.id, "I do not know.", "Listened again")
    does(engine, job, rescoring.take)
    workflow(engine).work(job.job.id)

    assert counting(engine, job.interview.id).id == old.id


def test_a_persons_level_goes_with_the_new_report(engine: Engine, job: Held) -> None:
    does(engine, job, rescoring.start)
    workflow(engine).work(job.job.id)
    old = counting(engine, job.interview.id)
    with session(engine) as db:
        score = db.exec(select(Score).where(Score.report_id == old.id, Score.name == job.competency.name)).one()
        review.override(db, job.actor, score.id, 4, "She drew the whole system on paper.")
    does(engine, job, rescoring.take)
    workflow(engine).work(job.job.id)

    with session(engine) as db:
        view = reports.view(db, job.actor, job.interview.id, KEY)
    line = next(one for one in view.scores if one.name == job.competency.name)
    assert (line.shown_level, line.level != 4, view.seal.state) == (4, True, seals.INTACT)


def test_who_rates_first_sees_nobodys_new_levels(engine: Engine, job: Held) -> None:
    does(engine, job, rescoring.start)
    workflow(engine).work(job.job.id)
    with session(engine) as db:
        ratings.set_blind_first(db, job.actor, job.job.id, True)

    found = does(engine, job, rescoring.outcomes)

    assert all(one.hidden and one.after is None and not one.levels and not one.says for one in found)


def test_one_job_is_scored_once_at_a_time(engine: Engine, job: Held) -> None:
    does(engine, job, rescoring.start)

    with pytest.raises(BadInput, match="already"):
        does(engine, job, rescoring.start)


def test_a_reviewer_cannot_start_or_take_it(engine: Engine, job: Held) -> None:
    reviewer = replace(job.actor, role="reviewer")

    with pytest.raises(NotAllowed):
        does(engine, job, rescoring.start, reviewer)
    with pytest.raises(NotAllowed):
        does(engine, job, rescoring.take, reviewer)


def test_it_gives_way_to_live_interviews_and_goes_on_when_they_are_over(engine: Engine, job: Held) -> None:
    live = [True, True, False]
    made = Rescoring(engine, lambda: SetJudge(seen), KEY, busy=lambda: live.pop(0) if live else False)
    does(engine, job, rescoring.start)

    made.work(job.job.id)

    assert (live, does(engine, job, rescoring.read).done) == ([], 3)


def test_scores_of_a_rubric_that_was_changed_meanwhile_cannot_be_taken(engine: Engine, job: Held) -> None:
    does(engine, job, rescoring.start)
    workflow(engine).work(job.job.id)
    with session(engine) as db:
        first, *rest = rubrics.current(db, job.actor, job.job.id).lines
        rubrics.save(db, job.actor, job.job.id, [replace(first, weight=1.5), *rest])

    assert does(engine, job, rescoring.read).stale
    with pytest.raises(BadInput, match="changed after"):
        does(engine, job, rescoring.take)
    assert not does(engine, job, rescoring.start).stale


def test_an_interview_that_was_tampered_with_is_not_made_clean_by_scoring_it_anew(engine: Engine, job: Held) -> None:
    with session(engine) as db:
        turn = db.exec(select(Turn).where(Turn.interview_id == job.interview.id, Turn.speaker == "candidate")).one()
        turn.text += " I led it alone."
        db.add(turn)
    does(engine, job, rescoring.start)
    workflow(engine).work(job.job.id)
    run = does(engine, job, rescoring.read)
    does(engine, job, rescoring.take)
    workflow(engine).work(job.job.id)

    assert (run.done, run.failed) == (2, 1)
    with session(engine) as db:
        assert reports.view(db, job.actor, job.interview.id, KEY).seal.state == seals.CHANGED


def test_it_is_said_where_the_judge_is_another_one_too(engine: Engine, job: Held) -> None:
    other = SetJudge(seen)
    other.label = "Another judge"
    does(engine, job, rescoring.start)
    workflow(engine, other).work(job.job.id)

    assert all(one.by_other_rules for one in does(engine, job, rescoring.outcomes))
