"""Everything a report page shows, as plain frozen values. Seconds are on the interview's timeline."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from interview_platform.services.agreement import Agreement
from interview_platform.services.ratings import Disagreement, PersonRating
from interview_platform.services.report_versions import EarlierView
from interview_platform.services.seals import UNSEALED, Check

GROUPS: dict[str, str] = {
    "technical": "Technical",
    "communication": "Communication",
    "problem_solving": "Problem solving",
    "cultural_fit": "Cultural fit",
}
"""Score groups in the order they are shown, with their titles."""

RECOMMENDATIONS: dict[str, str] = {
    "strong_yes": "Strong yes: go on with this candidate",
    "yes": "Yes: go on with this candidate",
    "mixed": "Mixed: look at the answers before deciding",
    "no": "The answers shown do not meet the rubric yet",
    "": "No recommendation: too little was assessed",
}
"""Words for `recommendation`; a person decides in every case."""


@dataclass(frozen=True)
class EvidenceView:
    """One point of the rubric; `quote` is the candidate's own words, found word for word, or ""."""

    point: str
    verdict: str  # met | partly | not_shown
    quote: str = ""
    turn_id: str | None = None
    start_char: int = 0
    end_char: int = 0
    started_seconds: float | None = None
    ended_seconds: float | None = None


@dataclass(frozen=True)
class OverrideView:
    """A person's correction of a level; None means "not assessed"."""

    level: int | None
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class LevelsView:
    """What an answer to one question that was asked tells at each of the levels 1 to 5."""

    question: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class ScoreView:
    """One competency: the machine's level, the evidence, and the newest override."""

    score_id: str
    name: str
    group: str
    weight: float
    level: int | None
    low: float | None
    high: float | None
    not_assessed: str
    anchor: str
    evidence: tuple[EvidenceView, ...] = ()
    override: OverrideView | None = None
    levels: tuple[LevelsView, ...] = ()  # of the questions behind it that have authored ones

    @property
    def shown_level(self) -> int | None:
        """The level that counts for people: the override where there is one."""
        return self.override.level if self.override else self.level


@dataclass(frozen=True)
class GroupView:
    """One group's mean level 1..5; `note` says why when it is None. `adjusted` counts overrides."""

    key: str
    title: str
    level: float | None
    adjusted: float | None
    note: str = ""


@dataclass(frozen=True)
class StatementView:
    """A strength or a concern in words, with the quote behind it where there is one."""

    text: str
    turn_id: str | None = None
    quote: str = ""
    started_seconds: float | None = None


@dataclass(frozen=True)
class ToneView:
    """Wording to look at, of either side."""

    speaker: str  # agent | candidate
    turn_id: str
    quote: str
    kind: str  # gendered | age | disability | protected_topic | hostile
    note: str
    started_seconds: float | None = None


@dataclass(frozen=True)
class FlagView:
    """A person's flag on a turn or on the whole report (turn_id None)."""

    flag_id: str
    turn_id: str | None
    text: str
    by: str
    at: datetime
    about: str = ""  # hallucination | bias | transcript | inconsistent | other
    quote: str = ""  # the sentence it is about, as it stood


@dataclass(frozen=True)
class CorrectionView:
    """What was heard before a person corrected it."""

    heard: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class WordingView:
    """Words of the report or of a person's note to look at. `instead`: a neutral wording, "" = better left out."""

    where: str
    sentence: str
    words: str
    why: str
    instead: str


@dataclass(frozen=True)
class EventView:
    """Something to look at, never a score. `at` None: over the whole interview."""

    text: str
    at: datetime | None


@dataclass(frozen=True)
class DecisionView:
    """One decision a person made."""

    decision: str  # reject | follow_up | next_step
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class TurnView:
    """One utterance of the transcript."""

    turn_id: str
    position: int
    speaker: str  # agent | candidate
    kind: str
    text: str
    because: str
    question_id: str | None
    started_seconds: float
    ended_seconds: float
    confidence: float | None
    flags: tuple[FlagView, ...] = ()
    correction: CorrectionView | None = None  # then `text` is the corrected one
    shown_seconds: float = 0.0  # since the interview began, time spent writing included


@dataclass(frozen=True)
class QuestionView:
    """One planned question; a chapter of the recording. `started_seconds` None = it was not asked."""

    question_id: str
    number: int
    text: str
    kind: str  # core | resume | custom
    competency: str
    asked: bool
    answered: bool
    started_seconds: float | None


@dataclass(frozen=True)
class SignalView:
    """One delivery measure, described and never scored. `label` is for people; turn_id None = whole interview."""

    source: str  # face | voice | speech
    name: str
    label: str
    value: float
    unit: str
    note: str = ""
    turn_id: str | None = None
    at_seconds: float | None = None


@dataclass(frozen=True)
class ReportView:
    """The whole page. `status`: waiting (interview not over) | working | ready | failed."""

    interview_id: str
    application_id: str
    job_id: str
    job_title: str
    candidate_name: str
    candidate_email: str
    stage: str
    interview_status: str
    interviewer: str
    started_at: datetime | None
    ended_at: datetime | None
    ended_by: str
    status: str
    error: str = ""
    report_id: str = ""
    created_at: datetime | None = None
    judge: str = ""
    overall: float | None = None
    overall_low: float | None = None
    overall_high: float | None = None
    coverage: float = 0.0
    recommendation: str = ""
    recommendation_text: str = ""
    adjusted_overall: float | None = None
    adjusted_low: float | None = None
    adjusted_high: float | None = None
    adjusted_coverage: float = 0.0
    adjusted_recommendation: str = ""
    overridden: bool = False  # whether any override is in force (then the adjusted numbers differ in meaning)
    groups: tuple[GroupView, ...] = ()
    scores: tuple[ScoreView, ...] = ()
    strengths: tuple[StatementView, ...] = ()
    concerns: tuple[StatementView, ...] = ()
    tone: tuple[ToneView, ...] = ()
    questions: tuple[QuestionView, ...] = ()
    turns: tuple[TurnView, ...] = ()
    recording_key: str = ""  # "" = no whole recording (yet)
    recording_media_type: str = "video/webm"
    recording_seconds: float = 0.0
    captions: str = ""  # the transcript as WebVTT
    recording_note: str = ""  # why there is no recording to play, "" = there is one
    signals: tuple[SignalView, ...] = ()  # aggregates only (at_seconds None)
    series: tuple[SignalView, ...] = ()  # small series over time
    not_measured: tuple[str, ...] = ()  # one sentence per source that has no measures, with the reason
    flags: tuple[FlagView, ...] = ()  # every flag, those of turns included
    decisions: tuple[DecisionView, ...] = field(default=())
    comments: tuple[FlagView, ...] = ()  # notes for colleagues
    seal: Check = field(
        default_factory=lambda: Check(UNSEALED)
    )  # whether report and transcript are as they were written
    anchors: dict[str, tuple[str, ...]] = field(default_factory=dict)  # levels 1..5 of each line of its rubric, by name
    rubric_changed: bool = False  # the job's rubric is another one by now
    provisional: bool = False  # the transcript of record is still to come
    versions: dict[str, str] = field(default_factory=dict)  # services/scoring/versions
    fairness: dict[str, Any] = field(default_factory=dict)  # services/scoring/fairness
    enough_coverage: float = 0.5  # below it there is no recommendation
    hidden: bool = False  # the judge's levels are kept from this reader until she has rated
    ratings: tuple[PersonRating, ...] = ()  # people's own levels, the reader's among them
    disagreements: tuple[Disagreement, ...] = ()  # among people
    agreement: Agreement | None = None  # of people with the judge, in this interview
    wording: tuple[WordingView, ...] = ()  # the report's own words and people's notes
    events: tuple[EventView, ...] = ()  # integrity: to be reviewed, never scored
    asked: tuple[str, ...] = ()  # what the candidate asked that was passed on to people
    degraded: tuple[str, ...] = ()  # what did not work as it should have
    earlier: tuple[EarlierView, ...] = ()  # other reports on this interview, newest first
