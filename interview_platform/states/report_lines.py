"""A report put into words for its page: pure, from services/report_view to what the browser shows."""

from dataclasses import dataclass

from interview_platform.services import report_levels
from interview_platform.services.report_view import (
    RECOMMENDATIONS,
    EvidenceView,
    ReportView,
    ScoreView,
    SignalView,
    StatementView,
    ToneView,
    TurnView,
)
from interview_platform.states.report_people import heard_before
from interview_platform.states.words import clock, day, moment

KINDS = {
    "greeting": "greeting",
    "core": "question",
    "resume": "question from the résumé",
    "custom": "your own question",
    "follow_up": "follow-up",
    "repeat": "asked again",
    "notice": "notice",
    "closing": "closing",
    "answer": "",
    "skip": "skipped",
    "typed": "typed",
    "reply": "reply",
    "request": "request",
    "unheard": "could not be heard",
    "question": "asked back",
    "correction": "correction",
}
VERDICTS = {"met": "Shown", "partly": "Not shown clearly: listen", "not_shown": "Not shown in the answers"}
SOURCES = {"face": "Picture", "speech": "Speech", "voice": "Voice"}
NO_TIME = -1.0


@dataclass
class PointLine:
    """One point of the rubric. `at` below 0: no time is known for the quote."""

    point: str
    verdict: str
    said: str
    quote: str
    at: float


@dataclass
class LevelsLine:
    """One question that was asked, with what an answer to it tells at the levels 1 to 5."""

    question: str
    levels: list[str]


@dataclass
class ScoreLine:
    """One competency. `level` 0: not assessed."""

    key: str
    name: str
    group: str
    level: int
    words: str
    interval: str
    anchor: str
    why_not: str
    best_quote: str
    best_at: float
    points: list[PointLine]
    evidence_count: str
    machine: str
    override_reason: str
    override_by: str
    levels: list[LevelsLine]


@dataclass
class GroupCell:
    """One group's level in words, with the machine's beside it where a person changed it."""

    title: str
    words: str
    note: str


@dataclass
class StatementLine:
    """A strength or concern, with its quote."""

    text: str
    quote: str
    at: float


@dataclass
class ToneLine:
    """Wording to look at."""

    who: str
    kind: str
    quote: str
    note: str
    at: float


@dataclass
class MeasureLine:
    """One delivery measure over the whole interview."""

    source: str
    label: str
    value: str
    note: str


@dataclass
class SeriesLine:
    """One measure over time."""

    label: str
    note: str
    points: list[dict[str, str | float]]


@dataclass
class DecisionLine:
    """One decision a person made."""

    words: str
    note: str
    by: str


def out_of_five(level: float | int | None) -> str:
    """ "4 of 5", "3.8 of 5", "Not assessed"."""
    if level is None:
        return "Not assessed"
    return f"{level} of 5" if isinstance(level, int) else f"{level:.1f} of 5"


def interval(low: float | None, high: float | None) -> str:
    """ "3.4–4.1", or "" where there is none to speak of."""
    if low is None or high is None or f"{low:.1f}" == f"{high:.1f}":
        return ""
    return f"{low:.1f}–{high:.1f}"


def score_line(score: ScoreView, groups: dict[str, str]) -> ScoreLine:
    """One competency; the level that counts is the person's where there is one."""
    shown, best = score.shown_level, _best(score.evidence)
    changed = score.override
    return ScoreLine(
        key=score.score_id,
        name=score.name,
        group=groups.get(score.group, score.group),
        level=shown or 0,
        words=out_of_five(shown),
        interval="" if changed else interval(score.low, score.high),
        anchor=score.anchor if not changed else "",
        why_not=score.not_assessed if shown is None else "",
        best_quote=best.quote if best else "",
        best_at=_at(best.started_seconds if best else None),
        points=[_point(held) for held in score.evidence],
        evidence_count=report_levels.basis(score),
        machine=out_of_five(score.level) if changed else "",
        override_reason=changed.reason if changed else "",
        override_by=f"{changed.by}, {day(changed.at)}" if changed else "",
        levels=[LevelsLine(held.question, list(held.levels)) for held in score.levels],
    )


def group_cells(view: ReportView) -> list[GroupCell]:
    """The groups in order."""
    cells = []
    for group in view.groups:
        level = group.adjusted if view.overridden else group.level
        changed = view.overridden and group.adjusted != group.level
        note = f"Judge: {out_of_five(group.level)}" if changed else (group.note if level is None else "")
        cells.append(GroupCell(group.title, out_of_five(level), note))
    return cells


def turn_lines(view: ReportView) -> list[dict[str, str | float]]:
    """The transcript for the player."""
    return [_turn(turn, view) for turn in view.turns]


def chapters(view: ReportView) -> list[dict[str, str | float]]:
    """The questions that were asked, as places in the recording."""
    return [
        {"id": held.question_id, "label": f"Q{held.number}", "text": held.text, "start": held.started_seconds}
        for held in view.questions
        if held.asked and held.started_seconds is not None
    ]


def statement_line(held: StatementView) -> StatementLine:
    """A strength or a concern."""
    return StatementLine(held.text, held.quote, _at(held.started_seconds))


def tone_line(held: ToneView) -> ToneLine:
    """Wording to look at, of either side."""
    who = "Interviewer" if held.speaker == "agent" else "Candidate"
    return ToneLine(who, held.kind.replace("_", " "), held.quote, held.note, _at(held.started_seconds))


def measures(signals: tuple[SignalView, ...]) -> list[MeasureLine]:
    """What was measured over the whole interview."""
    whole = sorted((held for held in signals if held.turn_id is None), key=lambda held: held.source)
    return [MeasureLine(SOURCES.get(held.source, held.source), held.label, _value(held), held.note) for held in whole]


def series(view: ReportView) -> list[SeriesLine]:
    """Measures over time (from pictures), and from answer to answer; those with two or more values."""
    starts = {turn.turn_id: turn.started_seconds for turn in view.turns}
    found: dict[str, SeriesLine] = {}
    for held in (*view.series, *(signal for signal in view.signals if signal.turn_id)):
        at = held.at_seconds if held.at_seconds is not None else starts.get(held.turn_id or "", 0.0)
        line = found.setdefault(held.name, SeriesLine(f"{held.label} ({held.unit})", held.note, []))
        line.points.append({"name": clock(at), "value": round(held.value, 2)})
    return [line for line in found.values() if len(line.points) > 1]


def headline(view: ReportView) -> dict[str, str | int]:
    """The overall in words: level, interval, coverage, what counts and what the judge said."""
    changed = view.overridden
    overall = view.adjusted_overall if changed else view.overall
    low, high = (view.adjusted_low, view.adjusted_high) if changed else (view.overall_low, view.overall_high)
    coverage = view.adjusted_coverage if changed else view.coverage
    recommendation = view.adjusted_recommendation if changed else view.recommendation
    return {
        "overall": out_of_five(overall),
        "steps": round(overall or 0),
        "interval": interval(low, high),
        "coverage": f"{100 * coverage:.0f}% of the rubric's weight was assessed",
        "recommendation": RECOMMENDATIONS.get(recommendation, ""),
        "machine": f"Judge: {out_of_five(view.overall)}" if changed else "",
    }


def facts_of(view: ReportView) -> str:
    """One line under the title."""
    minutes = max(view.recording_seconds, max((turn.ended_seconds for turn in view.turns), default=0.0)) / 60
    parts = [view.job_title, moment(view.ended_at or view.started_at), f"{minutes:.0f} min" if minutes >= 1 else ""]
    ended = {"candidate": "ended by the candidate", "recruiter": "ended by a recruiter"}.get(view.ended_by, "")
    return " · ".join(part for part in (*parts, ended) if part)


def _turn(turn: TurnView, view: ReportView) -> dict[str, str | float]:
    kind = KINDS.get(turn.kind, turn.kind)
    number = next((q.number for q in view.questions if q.question_id == turn.question_id), None)
    if turn.speaker == "agent" and number and turn.kind in ("core", "resume", "custom"):
        kind = f"question {number}" + ("" if turn.kind == "core" else f", {KINDS[turn.kind]}".replace("question ", ""))
    return {
        "id": turn.turn_id,
        "who": "Interviewer" if turn.speaker == "agent" else view.candidate_name or "Candidate",
        "speaker": turn.speaker,
        "kind": f"{kind} · corrected" if kind and turn.correction else "corrected" if turn.correction else kind,
        "text": turn.text,
        "because": turn.because,
        "start": turn.started_seconds,
        "shown": turn.shown_seconds,
        "end": turn.ended_seconds,
        "flags": "; ".join([*heard_before(turn), *(f"{flag.text} ({flag.by})" for flag in turn.flags)]),
    }


def _point(held: EvidenceView) -> PointLine:
    said = VERDICTS.get(held.verdict, held.verdict)
    return PointLine(held.point, held.verdict, said, held.quote, _at(held.started_seconds))


def _best(evidence: tuple[EvidenceView, ...]) -> EvidenceView | None:
    quoted = [held for held in evidence if held.quote and held.verdict in ("met", "partly")]
    return next((held for held in quoted if held.verdict == "met"), quoted[0] if quoted else None)


def _at(seconds: float | None) -> float:
    return NO_TIME if seconds is None else max(0.0, seconds)


def _value(held: SignalView) -> str:
    if held.unit.startswith("share"):
        return f"{100 * held.value:.0f}% of pictures"
    number = f"{held.value:.0f}" if held.unit in ("count", "words per minute") else f"{held.value:.2g}"
    if held.unit == "count":
        return number
    return f"{number} ({held.unit})" if held.unit[:1].isdigit() else f"{number} {held.unit}"
