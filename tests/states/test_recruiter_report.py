"""A report read and acted on: levels in words, quotes with their time, flags, overrides, decisions."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import pytest
from sqlmodel import select

from interview_platform import routes
from interview_platform.models import (
    Application,
    AuditEvent,
    Evidence,
    Interview,
    Job,
    Message,
    Override,
    Recording,
    Report,
    Score,
    Turn,
    now,
    session,
)
from interview_platform.services import reports
from interview_platform.states.recruiter_audit import AuditState
from interview_platform.states.recruiter_decide import DecideState
from interview_platform.states.recruiter_flag import FlagState
from interview_platform.states.recruiter_home import HomeState
from interview_platform.states.recruiter_rate import RateState
from interview_platform.states.recruiter_report import ReportState
from interview_platform.states.recruiter_reports import ReportsState
from interview_platform.states.recruiter_settings import SettingsState
from interview_platform.wiring import Platform
from tests import builders
from tests.services.scoring.material import SetJudge
from tests.states.recruiter_pages import Recruiter

SAID = "I first looked at the logs and found the lock that was released too early."


@pytest.fixture
def robin(held: Platform) -> Recruiter:
    """A recruiter at the report of an interview with one assessed competency and one that was not asked."""
    made = Recruiter(held)
    with session(held.engine) as db:
        job = builders.job(db, made.actor)
        asked = builders.question(db, job)
        application = builders.application(db, made.actor, job, stage="interviewed")
        interview = builders.interview(
            db, made.actor, application, plan=[asked.id], status="reported", started_at=now(), ended_at=now()
        )
        builders.turn(db, interview, 0, "agent", asked.text, question_id=asked.id, ended_seconds=5.0)
        answer = builders.turn(
            db, interview, 1, "candidate", SAID, question_id=asked.id, started_seconds=6.0, ended_seconds=12.0
        )
        report = Report(interview_id=interview.id, overall=3.0, coverage=0.5, judge="Offline judge", groups={})
        db.add(report)
        db.flush()
        scored = Score(report_id=report.id, name="Debugging", level=3, low=2.5, high=3.5, anchor="Finds the cause.")
        db.add(scored)
        db.add(Score(report_id=report.id, name="Design", position=1, not_assessed="Not assessed: not asked."))
        db.flush()
        quoted = {"quote": "I first looked at the logs", "started_seconds": 6.0, "ended_seconds": 8.0}
        db.add(Evidence(score_id=scored.id, turn_id=answer.id, point="Says how", verdict="met", **quoted))
    made.interview, made.turn = interview.id, answer.id  # type: ignore[attr-defined]
    made.at(routes.report(interview.id))
    return made


async def test_levels_are_words_with_the_quote_and_its_time(robin: Recruiter) -> None:
    await robin.does(ReportState.load)
    assessed, other = robin.state(ReportState).scores
    assert (assessed.words, assessed.anchor, assessed.interval) == ("3 of 5", "Finds the cause.", "2.5–3.5")
    assert (assessed.best_quote, assessed.best_at) == ("I first looked at the logs", 6.0)
    assert (other.words, other.why_not) == ("Not assessed", "Not assessed: not asked.")


async def test_the_player_gets_the_transcript_with_times_and_a_chapter_per_question(robin: Recruiter) -> None:
    await robin.does(ReportState.load)
    page = robin.state(ReportState)
    assert [(turn["speaker"], turn["start"]) for turn in page.turns] == [("agent", 0.0), ("candidate", 6.0)]
    assert [chapter["label"] for chapter in page.chapters] == ["Q1"]
    assert page.recording == ""
    assert page.recording_note != ""


async def test_a_recording_that_comes_after_the_report_appears_without_a_reload(
    held: Platform, robin: Recruiter
) -> None:
    key = robin.interview  # type: ignore[attr-defined]
    _set_status(held, key, "ended")
    assert await robin.does(ReportState.load) == [ReportState.wait]
    held.blobs.put("recordings/whole.webm", io.BytesIO(b"whole"), "video/webm")
    with session(held.engine) as db:
        db.add(Recording(interview_id=key, part=0, blob_key="recordings/whole.webm", seconds=12.0))
    _set_status(held, key, "reported")
    await robin.does_in_background(ReportState.wait)
    assert robin.state(ReportState).recording != ""
    assert await robin.does(ReportState.load) == []


def _set_status(held: Platform, interview_id: str, status: str) -> None:
    with session(held.engine) as db:
        row = db.get_one(Interview, interview_id)
        row.status = status
        db.add(row)


async def test_another_level_needs_a_reason_and_keeps_the_judges(held: Platform, robin: Recruiter) -> None:
    await robin.does(ReportState.load)
    page = robin.state(ReportState)
    await robin.does(ReportState.ask_override, page.scores[0].key)
    await robin.does(ReportState.pick_level, "5")
    await robin.does(ReportState.override)
    assert page.wrong != ""
    await robin.does(ReportState.write_reason, "The lock shows more.")
    await robin.does(ReportState.override)
    assert (page.scores[0].words, page.scores[0].machine) == ("5 of 5", "3 of 5")
    assert "The lock shows more." in page.scores[0].override_reason
    with session(held.engine) as db:
        assert [row.level for row in db.exec(select(Override))] == [5]
        assert [row.level for row in db.exec(select(Score).where(Score.name == "Debugging"))] == [3]


async def _flag(robin: Recruiter, turn: str, quote: str, about: str, text: str) -> None:
    await robin.does(FlagState.ask, turn, quote)
    await robin.does(FlagState.pick, about)
    await robin.does(FlagState.write, text)
    await robin.does_in_background(FlagState.save)
    await robin.does(ReportState.refresh)


async def test_a_flag_shows_at_its_turn(robin: Recruiter) -> None:
    await robin.does(ReportState.load)
    await _flag(robin, robin.turn, "", "inconsistent", "Misheard")  # type: ignore[attr-defined]
    assert robin.state(ReportState).turns[1]["flags"] == "Misheard (Robin Reyes)"


async def test_a_flag_on_a_sentence_of_the_report_shows_with_the_sentence(robin: Recruiter) -> None:
    await robin.does(ReportState.load)
    await _flag(robin, "", "Finds the cause.", "hallucination", "")
    (note,) = robin.state(ReportState).notes
    assert (note.about, note.quote, note.text) == ("Not what was said", "Finds the cause.", "")


async def test_a_flag_needs_its_kind(robin: Recruiter) -> None:
    await robin.does(ReportState.load)
    await robin.does(FlagState.ask, "", "")
    await robin.does_in_background(FlagState.save)
    assert robin.state(FlagState).wrong == "Choose what is wrong."
    assert robin.state(FlagState).is_open


async def test_a_wrong_transcript_is_corrected_and_judged_again_with_what_was_heard_beside_it(
    held: Platform, robin: Recruiter
) -> None:
    held.__dict__["judge"] = SetJudge()
    await robin.does(ReportState.load)
    await robin.does(FlagState.ask, robin.turn, "")  # type: ignore[attr-defined]
    await robin.does(FlagState.pick, "transcript")
    dialog = robin.state(FlagState)
    assert (dialog.corrects, dialog.corrected) == (True, SAID)
    await robin.does(FlagState.write_words, "I first looked at the logs and found the deadlock.")
    await robin.does_in_background(FlagState.save)
    assert "how you know" in dialog.wrong
    await robin.does(FlagState.write, "Heard at 0:06.")
    await robin.does_in_background(FlagState.save)
    await robin.does(ReportState.refresh)
    page = robin.state(ReportState)
    assert page.turns[1]["text"] == "I first looked at the logs and found the deadlock."
    assert f"Heard as “{SAID}”" in str(page.turns[1]["flags"])
    assert [line.tone for line in page.banners if line.tone == "danger"] == []
    with session(held.engine) as db:
        assert db.get_one(Turn, robin.turn).text == SAID  # type: ignore[attr-defined]


async def test_a_report_changed_behind_the_products_back_says_so_in_red(held: Platform, robin: Recruiter) -> None:
    reports.build(held.engine, robin.interview, SetJudge(), key=held.secret)  # type: ignore[attr-defined]
    await robin.does(ReportState.load)
    assert [line.tone for line in robin.state(ReportState).banners if line.tone == "danger"] == []
    assert "intact" in robin.state(ReportState).made_by[-1].value
    with session(held.engine) as db:
        turn = db.get_one(Turn, robin.turn)  # type: ignore[attr-defined]
        turn.text = "I rewrote the whole system alone."
        db.add(turn)
    await robin.does(ReportState.refresh)
    (first, *_) = robin.state(ReportState).banners
    assert (first.tone, first.title) == ("danger", "This report was tampered with.")
    assert "The transcript was changed" in first.lines[0]


async def test_in_a_blind_job_levels_show_only_after_ones_own(held: Platform, robin: Recruiter) -> None:
    with session(held.engine) as db:
        job = db.exec(select(Job)).one()
        job.blind_first = True
        db.add(job)
    await robin.does(ReportState.load)
    await robin.does(ReportsState.load)
    page = robin.state(ReportState)
    assert page.hidden
    assert "3 of 5" not in str([page.scores, page.headline, page.groups])
    assert robin.state(ReportsState).lines[0].overall == "Rate first"
    await robin.does(RateState.show)
    for line in robin.state(RateState).lines:
        await robin.does(RateState.pick, line.name, "4")
    await robin.does(RateState.save)
    await robin.does(ReportState.refresh)
    assert not page.hidden
    assert (page.rated[0].judge, page.rated[0].people) == ("3 of 5", ["Robin Reyes: 4 of 5"])


async def test_every_line_is_rated_before_the_levels_show(robin: Recruiter) -> None:
    await robin.does(ReportState.load)
    await robin.does(RateState.show)
    await robin.does(RateState.pick, "Debugging", "2")
    await robin.does(RateState.save)
    assert "Design" in robin.state(RateState).wrong


async def test_a_comment_stands_on_the_page_with_who_wrote_it(robin: Recruiter) -> None:
    await robin.does(ReportState.load)
    await robin.does(RateState.write_comment, "Ask about the lock in the next round.")
    await robin.does(RateState.add_comment)
    await robin.does(ReportState.refresh)
    (note,) = robin.state(ReportState).comments
    assert note.text == "Ask about the lock in the next round."
    assert note.by.startswith("Robin Reyes")


async def test_a_decision_moves_the_stage_and_sends_the_letter_as_it_was_changed(
    held: Platform, robin: Recruiter
) -> None:
    await robin.does(DecideState.show)
    await robin.does(DecideState.pick, "next_step")
    dialog = robin.state(DecideState)
    assert "Ada Candidate" in dialog.text
    await robin.does(DecideState.write, "text", "Dear Ada, come and see us.")
    await robin.does(DecideState.write, "note", "Strong on incidents.")
    robin.state(DecideState)._wait = 0
    await robin.does_in_background(DecideState.decide)
    with session(held.engine) as db:
        [mail] = db.exec(select(Message)).all()
        assert (mail.purpose, mail.text, mail.status) == ("next_step", "Dear Ada, come and see us.", "kept")
        assert "Strong on incidents." not in mail.text
        assert [row.stage for row in db.exec(select(Application))] == ["next_step"]
    await robin.does(ReportState.load)
    assert robin.state(ReportState).decisions[0].words == "Next step"


async def test_deciding_without_a_mail_sends_none(held: Platform, robin: Recruiter) -> None:
    await robin.does(DecideState.show)
    await robin.does(DecideState.pick, "reject")
    await robin.does(DecideState.switch_mail)
    robin.state(DecideState)._wait = 0
    await robin.does_in_background(DecideState.decide)
    with session(held.engine) as db:
        assert db.exec(select(Message)).all() == []
        assert [row.stage for row in db.exec(select(Application))] == ["rejected"]


async def test_nothing_is_decided_before_a_choice(held: Platform, robin: Recruiter) -> None:
    await robin.does(DecideState.show)
    await robin.does_in_background(DecideState.decide)
    assert robin.state(DecideState).wrong == "Choose what comes next."
    with session(held.engine) as db:
        assert [row.stage for row in db.exec(select(Application))] == ["interviewed"]


async def test_home_asks_for_a_decision_until_there_is_one(held: Platform, robin: Recruiter) -> None:
    await robin.does(HomeState.load)
    assert [need.kind for need in robin.state(HomeState).needs] == ["report"]
    with session(held.engine) as db:
        row = db.exec(select(Application)).one()
        row.stage = "rejected"
        db.add(row)
    await robin.does(HomeState.load)
    assert list(robin.state(HomeState).needs) == []


async def test_a_running_interview_is_on_the_home_page_and_not_among_the_reports(
    held: Platform, robin: Recruiter
) -> None:
    with session(held.engine) as db:
        row = db.exec(select(Interview)).one()
        row.status = "live"
        db.add(row)
        for report in db.exec(select(Report)):
            db.delete(report)
    await robin.does(HomeState.load)
    await robin.does(ReportsState.load)
    assert [need.kind for need in robin.state(HomeState).needs] == ["live"]
    assert list(robin.state(ReportsState).lines) == []


async def test_a_report_of_another_organisation_does_not_open(held: Platform, robin: Recruiter) -> None:
    other = Recruiter(held, "other@example.com")
    other.at(routes.report(robin.interview))  # type: ignore[attr-defined]
    await other.does(ReportState.load)
    assert other.state(ReportState).problem != ""
    assert list(other.state(ReportState).turns) == []


async def test_the_audit_page_finds_what_a_named_person_did(held: Platform, robin: Recruiter) -> None:
    await robin.does(AuditState.load)
    await robin.does(AuditState.find, "robin")
    lines = robin.state(AuditState).lines
    with session(held.engine) as db:
        done = db.exec(select(AuditEvent).where(AuditEvent.actor == f"user:{robin.actor.user_id}")).all()
    assert len(lines) == len(done) > 0
    assert {line.who for line in lines} == {"Robin Reyes"}


async def test_a_switch_takes_effect_at_once_and_unsaved_words_stay(held: Platform, robin: Recruiter) -> None:
    await robin.does(SettingsState.load)
    await robin.does(SettingsState.write, "name", "Harbour Clinics")
    await robin.does(SettingsState.flip, "face_analysis")
    page = robin.state(SettingsState)
    assert (page.face_analysis, page.name, page.unsaved) == (False, "Harbour Clinics", True)
    await robin.does(SettingsState.save)
    await robin.does(SettingsState.load)
    assert (page.name, page.unsaved) == ("Harbour Clinics", False)


async def test_deciding_the_same_again_sends_no_second_letter(held: Platform, robin: Recruiter) -> None:
    for text in ("Dear Ada, come and see us.", "Dear Ada, once more."):
        await robin.does(DecideState.show)
        await robin.does(DecideState.pick, "next_step")
        await robin.does(DecideState.write, "text", text)
        robin.state(DecideState)._wait = 0
        told = await robin.does_in_background(DecideState.decide)
    assert "none was sent a second time" in str(told[-1])
    with session(held.engine) as db:
        assert [mail.text for mail in db.exec(select(Message))] == ["Dear Ada, come and see us."]


async def _deciding(robin: Recruiter, decision: str) -> asyncio.Task[list[Any]]:
    """Decide, up to the seconds in which it can be undone."""
    await robin.does(DecideState.show)
    await robin.does(DecideState.pick, decision)
    robin.state(DecideState)._wait = 30
    task = asyncio.create_task(robin.does_in_background(DecideState.decide))
    for _ in range(500):
        if robin.state(DecideState).left:
            break
        await asyncio.sleep(0.01)
    return task


async def test_a_decision_is_taken_back_with_its_letter_while_the_seconds_run(held: Platform, robin: Recruiter) -> None:
    deciding = await _deciding(robin, "reject")
    with session(held.engine) as db:
        assert [mail.status for mail in db.exec(select(Message))] == ["queued"]
    told = await robin.does(DecideState.undo)
    await deciding
    assert "no e-mail was sent" in str(told[0])
    with session(held.engine) as db:
        assert db.exec(select(Message)).all() == []
        assert [row.stage for row in db.exec(select(Application))] == ["interviewed"]


async def test_a_letter_that_shall_not_wait_goes_at_once(held: Platform, robin: Recruiter) -> None:
    deciding = await _deciding(robin, "next_step")
    await robin.does(DecideState.go)
    await deciding
    with session(held.engine) as db:
        assert [mail.status for mail in db.exec(select(Message))] == ["kept"]
