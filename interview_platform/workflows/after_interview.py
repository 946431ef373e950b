"""What is done once an interview has ended: last transcripts, delivery measures, the report, the whole recording.

The report comes first. Where the transcript of record is not whole in time, a provisional report is written at once,
and the final one when it is. Each step can fail by itself and leaves a state that people see: a report with status
"failed" that says what to do, parts of a recording that are kept. `run` may be called again at any time and takes up
what is missing; `recover` does so at start. As durable work (`follow`) its steps are kept one by one: a process that
dies between two of them repeats neither, and one that is cut off bears being begun again.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from interview_platform.errors import NotFound, PlatformError
from interview_platform.models import Application, Interview, Recording, Report, session
from interview_platform.ports import AnswerJudge, Blobs, Steps
from interview_platform.services import access, audit, candidate_feedback, correlation, recordings, reports, seals
from interview_platform.workflows.after_answer import AfterAnswer
from interview_platform.workflows.durable import AtOnce
from interview_platform.workflows.face_watch import FaceWatch
from interview_platform.workflows.part_uploads import PartUploads

Join = Callable[[Sequence[Path], Path], float]
"""Joins parts of a recording, in order, into one file; its length in seconds."""

Judge = AnswerJudge | Callable[[], AnswerJudge]
"""A judge, or what makes one and may fail (weights that are missing)."""

WAIT_SECONDS = 5.0
"""How long the first report waits for transcripts of record; it has to be there 10 s after the end."""
RECORD_SECONDS = 900.0
"""How long the final report waits for them."""
SHORT_SECONDS = 0.5
"""A whole that lacks more than this of its parts' seconds is no reason to let go of them."""

_log = structlog.get_logger()


@correlation.together
def run(
    engine: Engine,
    blobs: Blobs,
    judge: Judge,
    interview_id: str,
    *,
    join: Join,
    after_answer: AfterAnswer | None = None,
    face_watch: FaceWatch | None = None,
    uploads: PartUploads | None = None,
    key: bytes = b"",
    wait_seconds: float = WAIT_SECONDS,
    record_seconds: float = RECORD_SECONDS,
    steps: Steps | None = None,
) -> bool:
    """Finish one ended interview; whether everything worked. Never raises: what failed is kept and shown.

    `key` seals the report (services/seals).
    """
    write = partial(_report, engine, interview_id, judge, key)
    course = _Course(interview_id, steps or AtOnce())
    in_time = course.do("transcripts", lambda: after_answer is None or after_answer.wait(interview_id, wait_seconds))
    if not in_time:
        course.do("provisional_report", partial(write, provisional=True))
    course.do("record", lambda: _finished(after_answer, interview_id, 0.0 if in_time else record_seconds))
    judged = course.works("report", write)
    course.do("face_signals", lambda: face_watch.finish(interview_id) if face_watch else None)
    course.do("recording", lambda: store_recording(engine, blobs, interview_id, join, uploads))
    if judged:  # last words may have come in while the report was being written
        judged = course.works("report_again", write)
    if judged:
        course.do("candidate_feedback", partial(_tell_candidate, engine, interview_id), needed=False)
    # last: until then pages wait for the recording
    course.do("status", partial(_mark, engine, interview_id, "reported" if judged else "failed"))
    return not course.problems


def follow(steps: Steps, interview_id: str, finish: Callable[[Steps], bool]) -> None:
    """`run` as durable work: `finish` calls it with these steps. Raises PlatformError with the first step's cause."""
    kept = _Kept(steps)
    if not finish(kept):
        raise PlatformError(kept.causes[0] if kept.causes else "Not everything could be done. Try again.")


class _Kept:
    """Steps, and why those failed that did."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self.causes: list[str] = []

    def do(self, name: str, work: Callable[[], Any]) -> Any:
        try:
            return self._steps.do(name, work)
        except PlatformError as error:
            self.causes.append(str(error))
            raise


class _Course:
    """Steps of which each may fail and the next is taken all the same."""

    def __init__(self, interview_id: str, steps: Steps) -> None:
        self._interview_id, self._steps = interview_id, steps
        self.problems: list[str] = []

    def works(self, step: str, work: Callable[[], object]) -> bool:
        """Whether the step succeeded."""
        before = len(self.problems)
        self.do(step, work)
        return len(self.problems) == before

    def do(self, step: str, work: Callable[[], object], needed: bool = True) -> bool:
        """What the step says, as yes or no; no when it failed. What is not `needed` may fail."""
        try:
            return bool(self._steps.do(step, lambda: bool(work())))
        except PlatformError as error:
            _log.warning("after_interview_step_failed", step=step, interview_id=self._interview_id, error=str(error))
        except Exception:
            _log.exception("after_interview_step_failed", step=step, interview_id=self._interview_id)
        self.problems += [step] if needed else []
        return False


def _finished(after_answer: AfterAnswer | None, interview_id: str, seconds: float) -> bool:
    """Whether all transcripts of record are in; none comes in after this."""
    done = after_answer is None or after_answer.finish(interview_id, seconds)
    if not done:
        _log.warning("reported_with_live_transcript", interview_id=interview_id)
    return done


def _report(engine: Engine, interview_id: str, judge: Judge, key: bytes, provisional: bool = False) -> None:
    """Write a report; without a judge, a failed one that says what is missing and what to do about it. One that is
    there and stands is not written a second time."""
    if _has_report(engine, interview_id) and _stands(engine, interview_id, key):
        return
    try:
        chosen = judge() if callable(judge) else judge
    except PlatformError as error:
        reports.fail(engine, interview_id, f"There is no judge to read the answers: {error}")
        raise
    reports.build(engine, interview_id, chosen, key=key, provisional=provisional)


def _tell_candidate(engine: Engine, interview_id: str) -> None:
    with session(engine) as db:
        report, told = reports.newest(db, interview_id), candidate_feedback.of(db, interview_id)
        if told is None or report is None or told.report_id != report.id:
            candidate_feedback.prepare(db, interview_id)


def _stands(engine: Engine, interview_id: str, key: bytes) -> bool:
    with session(engine) as db:
        report = reports.newest(db, interview_id)
        return report is None or seals.check(db, report, key).state != seals.CHANGED


def _mark(engine: Engine, interview_id: str, status: str) -> None:
    with session(engine) as db:
        interview = db.get(Interview, interview_id)
        if interview is None or interview.status == status:
            return
        interview.status = status
        db.add(interview)
        application = db.get(Application, interview.application_id)
        if application is not None and application.stage in ("new", "invited"):
            application.stage = "interviewed"
            db.add(application)
        actor = access.system(interview.organisation_id)
        audit.record(db, actor, f"interview.{status}", f"interview:{interview_id}")


def store_recording(
    engine: Engine, blobs: Blobs, interview_id: str, join: Join, uploads: PartUploads | None = None
) -> Recording | None:
    """Join the parts, store the whole, and note it as part 0 (in place of an earlier one). None without parts.

    Then the parts go, here and in `uploads`, unless the whole is shorter than they are: something of them could not
    be read. Raises what `join` and `blobs` raise; the parts stay where they are.
    """
    with session(engine) as db:
        interview = db.get(Interview, interview_id)
        if interview is None:
            raise NotFound("This interview does not exist.")
        parts = _parts(db, interview_id)
    held = [Path(part.path) for part in parts if part.path and Path(part.path).is_file()]
    if not held:
        return None
    folder = Path(tempfile.mkdtemp(prefix="recording-"))
    try:
        whole = folder / "whole"
        seconds = join(held, whole)
        suffix, media_type = _kind(whole)
        key = f"{recordings.folder_key(interview.organisation_id, interview_id)}/whole{suffix}"
        with whole.open("rb") as content:
            blobs.put(key, content, media_type)
        row = _note(engine, interview_id, key, media_type, seconds, whole)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if uploads is not None and len(held) == len(parts) and seconds >= sum(p.seconds for p in parts) - SHORT_SECONDS:
        uploads.drop(interview_id)
    return row


def _kind(whole: Path) -> tuple[str, str]:
    """Suffix and media type: WebM, or MP4 where a browser sent H264."""
    with whole.open("rb") as content:
        head = content.read(8)
    return (".mp4", "video/mp4") if head[4:] == b"ftyp" else (".webm", "video/webm")


def _parts(db: Session, interview_id: str) -> list[Recording]:
    query = select(Recording).where(Recording.interview_id == interview_id, Recording.part > 0)
    return list(db.exec(query.order_by(col(Recording.part))))


def _note(engine: Engine, interview_id: str, key: str, media_type: str, seconds: float, whole: Path) -> Recording:
    with whole.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    with session(engine) as db:
        query = select(Recording).where(Recording.interview_id == interview_id, Recording.part == 0)
        row = db.exec(query).first() or Recording(interview_id=interview_id, part=0)
        row.blob_key, row.media_type, row.seconds = key, media_type, seconds
        row.bytes, row.sha256 = whole.stat().st_size, digest
        db.add(row)
    return row


def unfinished(engine: Engine) -> list[str]:
    """Ended interviews whose report is missing or failed, or whose recording was not put together; oldest first."""
    with session(engine) as db:
        query = select(Interview).where(col(Interview.status).in_(("ended", "failed", "reported")))
        ended = list(db.exec(query.order_by(col(Interview.ended_at))))
        final = select(Report.interview_id).where(Report.status == "ready", col(Report.provisional).is_(False))
        ready = set(db.exec(final))
        recorded = {(r.interview_id, r.part > 0) for r in db.exec(select(Recording)) if r.part > 0 or r.blob_key}
    return [
        i.id
        for i in ended
        if i.id not in ready or i.status != "reported" or ((i.id, True) in recorded and (i.id, False) not in recorded)
    ]


def recover(engine: Engine, finish: Callable[[str], object]) -> list[str]:
    """At start: finish what an earlier process left unfinished; the interviews it tried."""
    found = unfinished(engine)
    for interview_id in found:
        finish(interview_id)
    return found


def _has_report(engine: Engine, interview_id: str) -> bool:
    with session(engine) as db:
        report = reports.newest(db, interview_id)
        return report is not None and report.status == "ready" and not report.provisional
