"""After the end: report and recording, each step by itself, and what is missing is taken up again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.adapters.local_files import LocalFiles
from interview_platform.errors import ModelMissing, ServiceUnavailable
from interview_platform.models import Application, Interview, Recording, Turn, session
from interview_platform.ports import AnswerJudge
from interview_platform.services import reports, seals
from interview_platform.services.report_view import ReportView
from interview_platform.workflows import after_interview
from tests import builders
from tests.services.scoring.material import BrokenJudge, Held, SetJudge, ended


@pytest.fixture
def blobs(tmp_path: Path) -> LocalFiles:
    """Local files."""
    return LocalFiles(tmp_path / "blobs", builders.SECRET, "http://localhost")


def _join(parts: Sequence[Path], out: Path) -> float:
    out.write_bytes(b"".join(part.read_bytes() for part in parts))
    return 2.5 * len(parts)


def _broken_join(parts: Sequence[Path], out: Path) -> float:
    raise ServiceUnavailable("A part of the recording cannot be read.")


def _finish(engine: Engine, blobs: LocalFiles, judge: AnswerJudge) -> Callable[[str], bool]:
    return lambda interview_id: after_interview.run(engine, blobs, judge, interview_id, join=_join)


def _record(engine: Engine, held: Held, folder: Path) -> None:
    with session(engine) as db:
        for part, content in enumerate((b"first", b"second"), start=1):
            path = folder / f"{held.interview.id}-{part}.webm"
            path.write_bytes(content)
            db.add(
                Recording(interview_id=held.interview.id, part=part, path=str(path), offset_seconds=2.5 * (part - 1))
            )


def _seen(engine: Engine, held: Held) -> ReportView:
    with session(engine) as db:
        return reports.view(db, held.actor, held.interview.id)


def test_a_report_and_the_whole_recording_are_there_after_the_end(
    engine: Engine, blobs: LocalFiles, tmp_path: Path
) -> None:
    held = ended(engine)
    _record(engine, held, tmp_path)
    assert after_interview.run(engine, blobs, SetJudge(), held.interview.id, join=_join)
    seen = _seen(engine, held)
    assert (seen.status, seen.interview_status, seen.stage) == ("ready", "reported", "interviewed")
    assert seen.recording_key == f"recordings/{held.actor.organisation_id}/{held.interview.id}/whole.webm"
    assert (seen.recording_seconds, seen.recording_note) == (5.0, "")
    assert blobs.get(seen.recording_key) == b"firstsecond"
    with session(engine) as db:
        whole = db.exec(select(Recording).where(Recording.part == 0)).one()
    assert (whole.bytes, whole.sha256) == (11, hashlib.sha256(b"firstsecond").hexdigest())


def test_until_the_recording_is_whole_the_report_says_that_it_is_still_to_come(
    engine: Engine, blobs: LocalFiles, tmp_path: Path
) -> None:
    held = ended(engine)
    _record(engine, held, tmp_path)
    meanwhile: list[ReportView] = []

    def join(parts: Sequence[Path], out: Path) -> float:
        meanwhile.append(_seen(engine, held))
        return _join(parts, out)

    after_interview.run(engine, blobs, SetJudge(), held.interview.id, join=join)
    assert [(seen.status, seen.interview_status) for seen in meanwhile] == [("ready", "ended")]
    assert "being put together" in meanwhile[0].recording_note


def test_a_failing_judge_still_leaves_the_recording_and_a_visible_state(
    engine: Engine, blobs: LocalFiles, tmp_path: Path
) -> None:
    held = ended(engine)
    _record(engine, held, tmp_path)
    assert not after_interview.run(engine, blobs, BrokenJudge(), held.interview.id, join=_join)
    seen = _seen(engine, held)
    assert (seen.status, seen.interview_status) == ("failed", "failed")
    assert seen.error
    assert seen.recording_key


def test_a_recording_that_cannot_be_joined_leaves_the_report_and_its_parts(
    engine: Engine, blobs: LocalFiles, tmp_path: Path
) -> None:
    held = ended(engine)
    _record(engine, held, tmp_path)
    assert not after_interview.run(engine, blobs, SetJudge(), held.interview.id, join=_broken_join)
    seen = _seen(engine, held)
    assert (seen.status, seen.recording_key) == ("ready", "")
    assert "parts are kept" in seen.recording_note
    assert after_interview.unfinished(engine) == [held.interview.id]


def test_running_again_takes_up_what_is_missing(engine: Engine, blobs: LocalFiles, tmp_path: Path) -> None:
    held = ended(engine)
    _record(engine, held, tmp_path)
    after_interview.run(engine, blobs, BrokenJudge(), held.interview.id, join=_broken_join)
    assert after_interview.run(engine, blobs, SetJudge(), held.interview.id, join=_join)
    assert _seen(engine, held).status == "ready"
    assert after_interview.unfinished(engine) == []


def test_at_start_interviews_that_ended_without_a_report_are_finished(engine: Engine, blobs: LocalFiles) -> None:
    unreported, live = ended(engine), ended(engine, status="live")
    assert after_interview.recover(engine, _finish(engine, blobs, SetJudge())) == [unreported.interview.id]
    assert _seen(engine, unreported).status == "ready"
    assert _seen(engine, live).status == "waiting"
    assert after_interview.recover(engine, _finish(engine, blobs, SetJudge())) == []


def test_at_start_a_report_that_is_there_is_not_made_again(engine: Engine, blobs: LocalFiles) -> None:
    held = ended(engine)
    reports.build(engine, held.interview.id, SetJudge())
    first = _seen(engine, held).report_id
    after_interview.recover(engine, _finish(engine, blobs, BrokenJudge()))
    seen = _seen(engine, held)
    assert (seen.report_id, seen.interview_status) == (first, "reported")


def test_a_stage_a_person_has_set_is_kept(engine: Engine, blobs: LocalFiles) -> None:
    held = ended(engine)
    with session(engine) as db:
        application = db.get(Application, held.interview.application_id)
        assert application is not None
        application.stage = "rejected"
        db.add(application)
    after_interview.run(engine, blobs, SetJudge(), held.interview.id, join=_join)
    assert _seen(engine, held).stage == "rejected"


def test_an_interview_without_a_recording_is_reported_all_the_same(engine: Engine, blobs: LocalFiles) -> None:
    held = ended(engine)
    assert after_interview.run(engine, blobs, SetJudge(), held.interview.id, join=_join)
    assert _seen(engine, held).recording_note == "Nothing was recorded."
    with session(engine) as db:
        assert db.get(Interview, held.interview.id).status == "reported"  # type: ignore[union-attr]


class _Heard:
    """Transcripts of record that are late: the words come in while the final report is waited for."""

    def __init__(self, engine: Engine, turn_id: str, in_time: bool) -> None:
        self._engine, self._turn, self._in_time = engine, turn_id, in_time
        self.reports: list[tuple[str, bool]] = []

    def wait(self, interview_id: str, timeout_seconds: float) -> bool:
        """Whether the answers are done."""
        return self._in_time

    def finish(self, interview_id: str, timeout_seconds: float) -> bool:
        """Notes the report that people see meanwhile, then puts the record's words in."""
        with session(self._engine) as db:
            report = reports.newest(db, interview_id)
            self.reports.append((report.status, report.provisional) if report else ("", False))
            turn = db.get_one(Turn, self._turn)
            turn.text, turn.confidence = "The words of record.", 0.9
            db.add(turn)
        return True


def test_a_late_transcript_of_record_gives_a_provisional_report_first_and_then_the_final_one(
    engine: Engine, blobs: LocalFiles
) -> None:
    held = ended(engine)
    heard = _Heard(engine, held.answer.id, in_time=False)
    assert after_interview.run(engine, blobs, SetJudge(), held.interview.id, join=_join, after_answer=heard, key=b"k")
    assert heard.reports == [("ready", True)]
    with session(engine) as db:
        seen = reports.view(db, held.actor, held.interview.id, b"k")
    assert (seen.status, seen.provisional, seen.seal.state) == ("ready", False, seals.INTACT)
    assert seen.scores[0].evidence[0].quote == "The words of record"


def test_transcripts_of_record_in_time_give_one_final_report(engine: Engine, blobs: LocalFiles) -> None:
    held = ended(engine)
    heard = _Heard(engine, held.answer.id, in_time=True)
    after_interview.run(engine, blobs, SetJudge(), held.interview.id, join=_join, after_answer=heard)
    assert heard.reports == [("", False)]
    assert not _seen(engine, held).provisional


def test_an_interview_left_with_a_provisional_report_is_finished_at_start(engine: Engine, blobs: LocalFiles) -> None:
    held = ended(engine)
    reports.build(engine, held.interview.id, SetJudge(), provisional=True)
    assert after_interview.recover(engine, _finish(engine, blobs, SetJudge())) == [held.interview.id]
    assert not _seen(engine, held).provisional


def test_without_the_judges_weights_the_report_says_what_is_missing_and_what_to_do(
    engine: Engine, blobs: LocalFiles
) -> None:
    def missing() -> SetJudge:
        raise ModelMissing("The weights of minilm are not here. Run: python -m interview_platform models pull")

    held = ended(engine)
    assert not after_interview.run(engine, blobs, missing, held.interview.id, join=_join)
    seen = _seen(engine, held)
    assert (seen.status, seen.interview_status) == ("failed", "failed")
    assert "models pull" in seen.error
    assert after_interview.recover(engine, _finish(engine, blobs, SetJudge())) == [held.interview.id]
    assert _seen(engine, held).status == "ready"
