"""Puts a report's rows together into one ReportView. Reads only; who may read is settled before (services/reports)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from interview_platform.errors import NotFound
from interview_platform.models import (
    Application,
    Candidate,
    Competency,
    Feedback,
    Interview,
    Job,
    Organisation,
    Question,
    Recording,
    Report,
    Signal,
    Turn,
    User,
)
from interview_platform.services import interview_clock, report_events, report_numbers, transcript, webvtt
from interview_platform.services.analysis import signals
from interview_platform.services.report_view import (
    CorrectionView,
    DecisionView,
    FlagView,
    QuestionView,
    ReportView,
    SignalView,
    TurnView,
)

_SOURCES = {"face": "Framing and light", "voice": "Voice", "speech": "Speech rate and pauses"}
_NOTHING = "there was nothing to measure, or the feature is off here"
_SWITCHED_OFF = "switched off by the organisation"


def status_of(interview: Interview, report: Report | None) -> str:
    """waiting | working | ready | failed."""
    if report is not None:
        return report.status
    return {"planned": "waiting", "live": "waiting", "failed": "failed"}.get(interview.status, "working")


def view(db: Session, interview: Interview, report: Report | None) -> ReportView:
    """The whole page for an interview and the report that counts."""
    application, candidate, job, organisation = _about(db, interview)
    script = transcript.of(db, interview.id)
    turns = script.turns
    feedback = _all(db, Feedback, Feedback.interview_id, interview.id, Feedback.created_at)
    names = {u.id: u.name for u in _all(db, User, User.organisation_id, interview.organisation_id, User.name)}
    flags = tuple(_flag(f, names) for f in _of(feedback, "flag"))
    corrections = _corrections(script, names)
    held = _all(db, Signal, Signal.interview_id, interview.id, Signal.name)
    whole, parts = _recording(db, interview)
    shown = interview_clock.shown(script.heard)
    return ReportView(
        interview_id=interview.id,
        application_id=application.id,
        job_id=job.id,
        job_title=job.title,
        candidate_name=candidate.name,
        candidate_email=candidate.email,
        stage=application.stage,
        interview_status=interview.status,
        interviewer=interview.interviewer,
        started_at=interview.started_at,
        ended_at=interview.ended_at,
        ended_by=interview.ended_by,
        status=status_of(interview, report),
        questions=_questions(db, interview, turns),
        turns=tuple(_turn(t, flags, corrections.get(t.id), shown[t.id]) for t in turns),
        recording_key=whole.blob_key if whole else "",
        recording_media_type=whole.media_type if whole else "video/webm",
        recording_seconds=whole.seconds if whole else 0.0,
        recording_note=_recording_note(interview, whole, parts),
        captions=webvtt.document(turns),
        signals=tuple(_signal(s) for s in held if s.at_seconds is None),
        series=tuple(_signal(s) for s in sorted(held, key=lambda s: s.at_seconds or 0.0) if s.at_seconds is not None),
        not_measured=_not_measured(held, organisation),
        flags=flags,
        decisions=tuple(_decision(f, names) for f in _of(feedback, "decision")),
        comments=tuple(_flag(f, names) for f in _of(feedback, "note")),
        degraded=report_events.degraded(interview, script),
        events=report_events.events(db, interview, parts),
        asked=report_events.asked(db, interview.id),
        **(report_numbers.of(db, report, turns, names) if report else {}),
    )


def _about(db: Session, interview: Interview) -> tuple[Application, Candidate, Job, Organisation]:
    application = db.get(Application, interview.application_id)
    organisation = db.get(Organisation, interview.organisation_id)
    candidate = db.get(Candidate, application.candidate_id) if application else None
    job = db.get(Job, application.job_id) if application else None
    if application is None or candidate is None or job is None or organisation is None:
        raise NotFound("This interview does not exist, or is not yours to see.")
    return application, candidate, job, organisation


def _all(db: Session, table: type[SQLModel], key: Any, value: str, order: Any) -> list[Any]:
    return list(db.exec(select(table).where(key == value).order_by(order)))


def _of(feedback: Iterable[Feedback], kind: str) -> list[Feedback]:
    return [f for f in feedback if f.kind == kind]


def _by(names: dict[str, str], user_id: str | None) -> str:
    return names.get(user_id or "", "A former user")


def _decision(row: Feedback, names: dict[str, str]) -> DecisionView:
    decision, _, note = row.text.partition("\n")
    return DecisionView(decision, note, _by(names, row.user_id), row.created_at)


def _flag(row: Feedback, names: dict[str, str]) -> FlagView:
    return FlagView(row.id, row.turn_id, row.text, _by(names, row.user_id), row.created_at, row.about, row.quote)


def _corrections(script: transcript.Transcript, names: dict[str, str]) -> dict[str, CorrectionView]:
    heard = {turn.id: turn.text for turn in script.heard}
    return {
        key: CorrectionView(heard.get(key, row.before), row.reason, _by(names, row.user_id), row.created_at)
        for key, row in script.corrections.items()
    }


def _turn(turn: Turn, flags: Sequence[FlagView], correction: CorrectionView | None, shown: float) -> TurnView:
    return TurnView(
        turn_id=turn.id,
        position=turn.position,
        speaker=turn.speaker,
        kind=turn.kind,
        text=turn.text,
        because=turn.because,
        question_id=turn.question_id,
        started_seconds=turn.started_seconds,
        ended_seconds=turn.ended_seconds,
        confidence=turn.confidence,
        flags=tuple(f for f in flags if f.turn_id == turn.id),
        correction=correction,
        shown_seconds=shown,
    )


def _questions(db: Session, interview: Interview, turns: Sequence[Turn]) -> tuple[QuestionView, ...]:
    held = {q.id: q for q in db.exec(select(Question).where(col(Question.id).in_(interview.plan)))}
    wanted = {q.competency_id for q in held.values() if q.competency_id}
    names = {c.id: c.name for c in db.exec(select(Competency).where(col(Competency.id).in_(wanted)))}
    planned = [held[i] for i in interview.plan if i in held]
    return tuple(_question(q, n, names.get(q.competency_id or "", ""), turns) for n, q in enumerate(planned, start=1))


def _question(question: Question, number: int, competency: str, turns: Sequence[Turn]) -> QuestionView:
    own = [t for t in turns if t.question_id == question.id]
    asked = [t for t in own if t.speaker == "agent"]
    answered = any(t.speaker == "candidate" and t.kind != "skip" and t.text.strip() for t in own)
    started = asked[0].started_seconds if asked else None
    return QuestionView(question.id, number, question.text, question.kind, competency, bool(asked), answered, started)


def _recording(db: Session, interview: Interview) -> tuple[Recording | None, list[Recording]]:
    held = _all(db, Recording, Recording.interview_id, interview.id, Recording.part)
    whole = next((r for r in held if r.part == 0 and r.blob_key), None)
    return whole, [r for r in held if r.part > 0]


def _recording_note(interview: Interview, whole: Recording | None, parts: Sequence[Recording]) -> str:
    if whole is not None:
        return ""
    if interview.status in ("planned", "live"):
        return "The recording can be played after the interview."
    if interview.status == "ended":
        return "The recording is being put together."
    if not parts:
        return "Nothing was recorded."
    return "The recording could not be put together. Its parts are kept; finish the interview again to retry."


def _signal(row: Signal) -> SignalView:
    return SignalView(
        row.source, row.name, signals.label(row.name), row.value, row.unit, row.note, row.turn_id, row.at_seconds
    )


def _not_measured(held: Sequence[Signal], organisation: Organisation) -> tuple[str, ...]:
    """One sentence per source without measures: the organisation's switch, else what it usually comes from."""
    switched_on = {"face": organisation.face_analysis, "voice": organisation.voice_analysis, "speech": True}
    sources = {s.source for s in held}
    return tuple(
        f"{_SOURCES[source]}: not measured ({_NOTHING if on else _SWITCHED_OFF})."
        for source, on in switched_on.items()
        if source not in sources
    )
