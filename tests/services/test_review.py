"""People's part: flags, overrides beside the machine's level, decisions that send nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from interview_platform.errors import BadInput, NotAllowed, NotFound
from interview_platform.models import (
    Application,
    AuditEvent,
    Competency,
    Correction,
    Feedback,
    Message,
    Score,
    Turn,
    session,
)
from interview_platform.ports import PointVerdict
from interview_platform.services import reports, review
from interview_platform.services.access import Actor
from tests import builders
from tests.services.scoring.material import ANSWER, Held, SetJudge, ended


@pytest.fixture
def reported(engine: Engine) -> Held:
    """An interview with a report in which nothing was shown."""
    held = ended(engine)
    reports.build(engine, held.interview.id, SetJudge(lambda point, answer: PointVerdict(point, "not_shown")))
    return held


def test_an_override_stands_beside_the_machines_level(engine: Engine, reported: Held) -> None:
    with session(engine) as db:
        score = reports.view(db, reported.actor, reported.interview.id).scores[0]
        review.override(db, reported.actor, score.score_id, 4, "She showed it on the whiteboard.")
    with session(engine) as db:
        seen = reports.view(db, reported.actor, reported.interview.id)
        assert db.get(Score, score.score_id).level == 1  # type: ignore[union-attr]
    shown = seen.scores[0]
    assert (shown.level, shown.shown_level) == (1, 4)
    assert shown.override is not None
    assert (shown.override.reason, shown.override.by) == ("She showed it on the whiteboard.", "Robin Reyes")
    assert seen.overridden
    assert seen.overall == 1.0
    assert seen.adjusted_overall is not None
    assert seen.adjusted_overall > seen.overall
    assert next(g for g in seen.groups if g.key == "technical").adjusted == 4.0


def test_the_newest_override_counts_and_may_take_a_level_away(engine: Engine, reported: Held) -> None:
    with session(engine) as db:
        score = reports.view(db, reported.actor, reported.interview.id).scores[0]
        review.override(db, reported.actor, score.score_id, 5, "Too strict.")
    with session(engine) as db:
        review.override(db, reported.actor, score.score_id, None, "The sound was gone.")
    with session(engine) as db:
        seen = reports.view(db, reported.actor, reported.interview.id)
    assert seen.scores[0].shown_level is None
    assert seen.adjusted_coverage < seen.coverage


@pytest.mark.parametrize(("level", "reason"), [(0, "x"), (6, "x"), (3, "  ")])
def test_an_override_needs_a_level_on_the_scale_and_a_reason(
    engine: Engine, reported: Held, level: int, reason: str
) -> None:
    with session(engine) as db:
        score = reports.view(db, reported.actor, reported.interview.id).scores[0]
        with pytest.raises(BadInput):
            review.override(db, reported.actor, score.score_id, level, reason)


@pytest.mark.parametrize(
    ("decision", "stage"), [("reject", "rejected"), ("follow_up", "follow_up"), ("next_step", "next_step")]
)
def test_a_decision_moves_the_stage_is_logged_and_sends_nothing(
    engine: Engine, reported: Held, decision: str, stage: str
) -> None:
    with session(engine) as db:
        assert (
            review.decide(db, reported.actor, reported.interview.id, decision, "After talking to the team.") == decision
        )
    with session(engine) as db:
        assert db.get(Application, reported.interview.application_id).stage == stage  # type: ignore[union-attr]
        assert "application.decided" in [event.action for event in db.exec(select(AuditEvent))]
        assert not db.exec(select(Message)).all()
        (made,) = reports.view(db, reported.actor, reported.interview.id).decisions
    assert (made.decision, made.note) == (decision, "After talking to the team.")


def test_an_unknown_decision_changes_nothing(engine: Engine, reported: Held) -> None:
    with session(engine) as db:
        with pytest.raises(BadInput):
            review.decide(db, reported.actor, reported.interview.id, "hire")
        assert not db.exec(select(Feedback).where(Feedback.kind == "decision")).all()


def test_nobody_decides_on_an_interview_that_goes_on(engine: Engine) -> None:
    held = ended(engine, status="live")
    with session(engine) as db, pytest.raises(BadInput):
        review.decide(db, held.actor, held.interview.id, "next_step")


def test_a_flag_shows_on_its_turn(engine: Engine, reported: Held) -> None:
    with session(engine) as db:
        review.flag(db, reported.actor, reported.interview.id, reported.answer.id, "The transcript is wrong here.")
    with session(engine) as db:
        seen = reports.view(db, reported.actor, reported.interview.id)
    turn = next(t for t in seen.turns if t.turn_id == reported.answer.id)
    assert [flag.text for flag in turn.flags] == ["The transcript is wrong here."]
    assert len(seen.flags) == 1


def test_a_flag_on_a_turn_of_another_interview_is_refused(engine: Engine, reported: Held) -> None:
    with session(engine) as db:
        other = builders.application(
            db, reported.actor, reported.job, builders.candidate(db, reported.actor, email="b@x.org")
        )
        row = builders.interview(db, reported.actor, other)
        with pytest.raises(NotFound):
            review.flag(db, reported.actor, row.id, reported.answer.id, "Wrong.")


def test_an_auditor_reads_and_does_not_write(engine: Engine, reported: Held) -> None:
    auditor = Actor(reported.actor.organisation_id, "auditor", reported.actor.user_id)
    with session(engine) as db:
        score = reports.view(db, auditor, reported.interview.id).scores[0]
        with pytest.raises(NotAllowed):
            review.override(db, auditor, score.score_id, 3, "No.")
        with pytest.raises(NotAllowed):
            review.decide(db, auditor, reported.interview.id, "reject")
        with pytest.raises(NotAllowed):
            review.flag(db, auditor, reported.interview.id, None, "No.")


RIGHT = (
    "Our checkout service timed out every evening. I looked at the slow query log and saw that one report held a lock. "
    "I moved the report to a replica and added an alert."
)


def test_a_correction_keeps_what_was_heard_and_both_are_shown(engine: Engine, reported: Held) -> None:
    with session(engine) as db:
        review.correct(db, reported.actor, reported.answer.id, RIGHT, "Heard at 0:06.")
    with session(engine) as db:
        assert db.get_one(Turn, reported.answer.id).text == ANSWER
        seen = reports.view(db, reported.actor, reported.interview.id)
    turn = next(t for t in seen.turns if t.turn_id == reported.answer.id)
    assert turn.text == RIGHT
    assert turn.correction is not None
    assert (turn.correction.heard, turn.correction.by) == (ANSWER, "Robin Reyes")


def test_a_corrected_transcript_is_judged_anew_with_quotes_that_stand_in_it(engine: Engine, reported: Held) -> None:
    with session(engine) as db:
        review.correct(db, reported.actor, reported.answer.id, RIGHT, "Heard at 0:06.")
    judge = SetJudge(lambda point, answer: PointVerdict(point, "met", (answer.split(". ")[1],)))
    reports.build(engine, reported.interview.id, judge, keep_rubric=True)
    with session(engine) as db:
        score = reports.view(db, reported.actor, reported.interview.id).scores[0]
    assert score.level == 5
    for shown in score.evidence:
        assert RIGHT[shown.start_char : shown.end_char] == shown.quote


def test_a_correction_is_judged_by_the_rubric_the_report_was_made_with(engine: Engine, reported: Held) -> None:
    with session(engine) as db:
        row = db.get_one(Competency, reported.competency.id)
        row.weight, row.name = 9.0, "Debugging in depth"
        db.add(row)
        review.correct(db, reported.actor, reported.answer.id, RIGHT, "Heard at 0:06.")
    with session(engine) as db:
        before = reports.view(db, reported.actor, reported.interview.id)
    reports.build(engine, reported.interview.id, SetJudge(), keep_rubric=True)
    with session(engine) as db:
        after = reports.view(db, reported.actor, reported.interview.id)
    assert before.rubric_changed
    assert after.rubric_changed
    assert (after.scores[0].name, after.scores[0].weight) == (before.scores[0].name, before.scores[0].weight)
    assert after.versions["rubric"] == before.versions["rubric"]
    reports.build(engine, reported.interview.id, SetJudge())
    with session(engine) as db:
        anew = reports.view(db, reported.actor, reported.interview.id)
    assert (anew.scores[0].name, anew.rubric_changed) == ("Debugging in depth", False)


def test_the_newest_correction_counts_and_every_one_is_kept(engine: Engine, reported: Held) -> None:
    for words in ("First hearing of it.", "Second hearing of it."):
        with session(engine) as db:
            review.correct(db, reported.actor, reported.answer.id, words, "Heard again.")
    with session(engine) as db:
        seen = reports.view(db, reported.actor, reported.interview.id)
        kept = [(row.before, row.text) for row in db.exec(select(Correction).order_by(col(Correction.created_at)))]
    assert next(t for t in seen.turns if t.turn_id == reported.answer.id).text == "Second hearing of it."
    assert kept == [(ANSWER, "First hearing of it."), ("First hearing of it.", "Second hearing of it.")]


@pytest.mark.parametrize(("text", "reason"), [("", "Heard."), ("New words.", " "), (ANSWER, "Heard.")])
def test_a_correction_needs_words_that_differ_and_a_reason(
    engine: Engine, reported: Held, text: str, reason: str
) -> None:
    with session(engine) as db, pytest.raises(BadInput):
        review.correct(db, reported.actor, reported.answer.id, text, reason)


def test_what_the_agent_said_cannot_be_corrected(engine: Engine, reported: Held) -> None:
    with session(engine) as db:
        asked = db.exec(select(Turn).where(Turn.speaker == "agent")).first()
        assert asked is not None
        with pytest.raises(BadInput):
            review.correct(db, reported.actor, asked.id, "Another question?", "Heard.")


def test_a_flag_names_its_kind_and_the_sentence_it_is_on(engine: Engine, reported: Held) -> None:
    with session(engine) as db:
        review.flag(db, reported.actor, reported.interview.id, None, "", "hallucination", "Finds causes fast.")
        with pytest.raises(BadInput):
            review.flag(db, reported.actor, reported.interview.id, None, "x", "nonsense")
    with session(engine) as db:
        (made,) = reports.view(db, reported.actor, reported.interview.id).flags
    assert (made.about, made.quote, made.text) == ("hallucination", "Finds causes fast.", "Not what was said")


def test_a_comment_is_a_note_among_colleagues(engine: Engine, reported: Held) -> None:
    with session(engine) as db:
        review.comment(db, reported.actor, reported.interview.id, "Ask about the replica.", reported.answer.id)
    with session(engine) as db:
        (made,) = reports.view(db, reported.actor, reported.interview.id).comments
    assert (made.text, made.by, made.turn_id) == ("Ask about the replica.", "Robin Reyes", reported.answer.id)


def test_a_decision_for_several_needs_a_reason_and_each_is_logged(engine: Engine, reported: Held) -> None:
    with session(engine) as db:
        with pytest.raises(BadInput, match="reason"):
            review.decide_many(db, reported.actor, [reported.interview.id], "reject", " ")
        with pytest.raises(BadInput, match="Nobody"):
            review.decide_many(db, reported.actor, [], "reject", "Filled.")
        assert review.decide_many(db, reported.actor, [reported.interview.id], "next_step", "Both fit.") == 1
    with session(engine) as db:
        (made,) = reports.view(db, reported.actor, reported.interview.id).decisions
    assert (made.decision, made.note) == ("next_step", "Both fit.")


def test_who_was_shown_an_earlier_stage_is_told_who_decided_meanwhile(engine: Engine, reported: Held) -> None:
    with session(engine) as db:
        before = db.get_one(Application, reported.interview.application_id).stage
        review.decide(db, reported.actor, reported.interview.id, "next_step", seen=before)
    with session(engine) as db, pytest.raises(BadInput, match=r"Robin Reyes moved .* “next step” while you looked"):
        review.decide(db, reported.actor, reported.interview.id, "reject", seen=before)
    with session(engine) as db:
        review.decide(db, reported.actor, reported.interview.id, "reject", seen="next_step")


def test_of_people_who_decide_at_once_one_decides(engine: Engine, reported: Held) -> None:
    with session(engine) as db:
        before = db.get_one(Application, reported.interview.application_id).stage

    def decide(decision: str) -> str:
        try:
            with session(engine) as db:
                return review.decide(db, reported.actor, reported.interview.id, decision, seen=before)
        except BadInput:
            return ""

    with ThreadPoolExecutor(4) as threads:
        decided = [made for made in threads.map(decide, ["reject", "next_step", "reject", "follow_up"]) if made]
    assert len(decided) == 1
    with session(engine) as db:
        assert db.get_one(Application, reported.interview.application_id).stage == review.STAGES[decided[0]]
        assert [event.action for event in db.exec(select(AuditEvent))].count("application.decided") == 1
        assert len(db.exec(select(Feedback).where(Feedback.kind == "decision")).all()) == 1


def test_several_are_decided_on_as_they_were_shown_or_not_at_all(engine: Engine, reported: Held) -> None:
    shown = {reported.interview.id: "interviewed"}
    with session(engine) as db:
        review.decide(db, reported.actor, reported.interview.id, "next_step")
    with session(engine) as db, pytest.raises(BadInput, match="while you looked"):
        review.decide_many(db, reported.actor, [reported.interview.id], "reject", "Filled.", shown)
    with session(engine) as db:
        assert db.get_one(Application, reported.interview.application_id).stage == "next_step"
