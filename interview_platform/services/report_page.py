"""Puts a report's rows together into one ReportView. Reads only; who may read is settled before (services/reports)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from interview_platform.errors import NotFound
from interview_platform.models import (
    Application,
    Candidate,
    Competency,
    Evidence,
    Feedback,
    Interview,
    Job,
    Organisation,
    Override,
    Question,
    Recording,
    Report,
    Score,
    Signal,
    Turn,
    User,
)
from interview_platform.services import report_levels, webvtt
from interview_platform.services.analysis import signals
from interview_platform.services.report_view import (
    GROUPS,
    RECOMMENDATIONS,
    DecisionView,
    EvidenceView,
    FlagView,
    GroupView,
    LevelsView,
    OverrideView,
    QuestionView,
    ReportView,
    ScoreView,
    SignalView,
    StatementView,
    ToneView,
    TurnView,
)
from interview_platform.services.scoring import combine

NOT_ASKED = "Not assessed: not asked."
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
    turns = _all(db, Turn, Turn.interview_id, interview.id, Turn.position)
    feedback = _all(db, Feedback, Feedback.interview_id, interview.id, Feedback.created_at)
    names = {u.id: u.name for u in _all(db, User, User.organisation_id, interview.organisation_id, User.name)}
    flags = tuple(FlagView(f.id, f.turn_id, f.text, _by(names, f.user_id), f.created_at) for f in _of(feedback, "flag"))
    held = _all(db, Signal, Signal.interview_id, interview.id, Signal.name)
    whole, parts = _recording(db, interview)
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
        turns=tuple(_turn(t, flags) for t in turns),
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
        **(_numbers(db, report, turns, names) if report else {}),
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


def _turn(turn: Turn, flags: Sequence[FlagView]) -> TurnView:
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


def _numbers(db: Session, report: Report, turns: Sequence[Turn], names: dict[str, str]) -> dict[str, Any]:
    """What depends on the report: the machine's numbers, and beside them those with people's overrides."""
    scores = _scores(db, report, names, report_levels.of(db, report, turns))
    adjusted = combine.overall(_part(s) for s in scores)
    started = {t.id: t.started_seconds for t in turns}
    times = {(e.turn_id, e.quote): e.started_seconds for s in scores for e in s.evidence}
    return {
        "error": report.error,
        "report_id": report.id,
        "created_at": report.created_at,
        "judge": report.judge,
        "overall": report.overall,
        "overall_low": report.overall_low,
        "overall_high": report.overall_high,
        "coverage": report.coverage,
        "recommendation": report.recommendation,
        "recommendation_text": RECOMMENDATIONS[report.recommendation],
        "adjusted_overall": adjusted.value,
        "adjusted_low": adjusted.low,
        "adjusted_high": adjusted.high,
        "adjusted_coverage": adjusted.coverage,
        "adjusted_recommendation": combine.recommendation(adjusted),
        "overridden": any(s.override for s in scores),
        "groups": _groups(report, scores),
        "scores": scores,
        "strengths": tuple(_statement(s, times) for s in report.strengths),
        "concerns": tuple(_statement(s, times) for s in report.concerns),
        "tone": tuple(ToneView(**t, started_seconds=started.get(t["turn_id"])) for t in report.tone),
    }


def _statement(held: dict[str, Any], times: dict[tuple[str | None, str], float | None]) -> StatementView:
    key = (held.get("turn_id"), held.get("quote", ""))
    return StatementView(held["text"], key[0], key[1], times.get(key) if key[1] else None)


def _groups(report: Report, scores: Sequence[ScoreView]) -> tuple[GroupView, ...]:
    adjusted = combine.group_means((_part(s) for s in scores), GROUPS)
    made = []
    for key, title in GROUPS.items():
        own = [s for s in scores if s.group == key]
        level = report.groups.get(key)
        note = "" if level is not None else next((s.not_assessed for s in own if s.not_assessed), NOT_ASKED)
        made.append(GroupView(key, title, level, adjusted[key], note))
    return tuple(made)


def _part(score: ScoreView) -> combine.Part:
    if score.override is not None:
        level = score.override.level
        return combine.Part(score.group, score.weight, level, level, level)
    return combine.Part(score.group, score.weight, score.level, score.low, score.high)


def _scores(
    db: Session, report: Report, names: dict[str, str], levels: dict[str, tuple[LevelsView, ...]]
) -> tuple[ScoreView, ...]:
    rows = _all(db, Score, Score.report_id, report.id, Score.position)
    ids = [row.id for row in rows]
    evidence = list(db.exec(select(Evidence).where(col(Evidence.score_id).in_(ids))))
    overrides = db.exec(select(Override).where(col(Override.score_id).in_(ids)).order_by(col(Override.created_at)))
    newest = {o.score_id: o for o in overrides}
    made = (_score(r, [e for e in evidence if e.score_id == r.id], newest.get(r.id), names) for r in rows)
    return tuple(replace(view, levels=levels.get(view.score_id, ())) for view in made)


def _score(row: Score, evidence: Sequence[Evidence], override: Override | None, names: dict[str, str]) -> ScoreView:
    shown = sorted(evidence, key=lambda e: (("met", "partly", "not_shown").index(e.verdict), e.started_seconds or 0.0))
    return ScoreView(
        score_id=row.id,
        name=row.name,
        group=row.group,
        weight=row.weight,
        level=row.level,
        low=row.low,
        high=row.high,
        not_assessed=row.not_assessed,
        anchor=row.anchor,
        evidence=tuple(_evidence(e) for e in shown),
        override=_override(override, names) if override else None,
    )


def _override(row: Override, names: dict[str, str]) -> OverrideView:
    at: datetime = row.created_at
    return OverrideView(row.level, row.reason, _by(names, row.user_id), at)


def _evidence(row: Evidence) -> EvidenceView:
    return EvidenceView(
        row.point,
        row.verdict,
        row.quote,
        row.turn_id,
        row.start_char,
        row.end_char,
        row.started_seconds,
        row.ended_seconds,
    )
